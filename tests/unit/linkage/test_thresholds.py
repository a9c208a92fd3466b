"""No threshold of linkage stands in SQL: numbers that may are listed here, all others are the policy's."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from tests.unit.linkage.conftest import Link
from tests.unit.linkage.people import SITI, recipient
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.policy_linkage import Linkage
from welfare_pipeline.lake.sql_text import parsed
from welfare_pipeline.linkage.blocking import THOROUGH_RULES, block_keys
from welfare_pipeline.linkage.queries import query_files, sql

ROOMS = ("linkage", "people", "training")
QUERIES = [(room, file.name) for room in ROOMS for file in query_files(room).values()]
HIGHEST = {"nik": 4, "number": 4, "birth": 4, "name": 5, "mother": 5, "sex": 2, "card": 3, "village": 3, "": 5}
DEFINITIONS = {
    "16": "digits of a NIK and of a family card",
    "40": "what the day of a woman's NIK is more by",
    "400000": "the same in DDMMYY",
    "100": "the places of month ...",
    "10000": "... and day in DDMMYY; a year's two digits",
    "9": "decimal places a probability is rounded to",
    "126": "bits of the filter of word starts and ends",
}
EVIDENCE = {
    str(2**place): "a kind of evidence, the higher the stronger: an order, no threshold" for place in range(1, 7)
}
NAMED = {  # by query: what is no threshold there, and why
    "family_keys.sql": {"2": "more than half of the members"},
    "identities.sql": {"64": "bits of half a hash", str(2**64 - 1): "those bits"},
    "recognised.sql": EVIDENCE,
    "recognised_ids.sql": EVIDENCE,
    "recognised_people.sql": EVIDENCE,
    "pair_levels.sql": {"2": "digits two swapped ones change; two of day, month, year", "25": "", "5": "", "4": ""},
    "near_pair_shares.sql": {"2": "pairs of n people: n * (n - 1) / 2"},
    "blocking rules": {"2": "half a number", "5": "5/8 of a card: what follows its place", "8": ""},
    "macros.sql": {
        "2": "digits two swapped ones change; half a number",
        "60": "bits whose odds are numbers",
        "5": "the same name",
    },
    "review_pairs.sql": {"7": "fields of a sentence"},
}


def _numbers(query: exp.Expr) -> Iterator[exp.Literal]:
    return (node for node in query.find_all(exp.Literal) if not node.is_string and node.name not in {"0", "1", "1.0"})


def _is_level_code(number: exp.Literal) -> bool:
    """Whether the number is compared with a level of agreement, or given to one, and such a level exists."""
    around = number.parent
    if isinstance(around, exp.If):
        case = around.parent
        compared = case.this if isinstance(case, exp.Case) and around.this is number else None
    else:
        compared = around.this if isinstance(around, exp.Binary | exp.In) else None
    alias = number.find_ancestor(exp.Alias)
    given = alias.alias if isinstance(around, exp.If) and alias and around.this is not number else ""
    name = compared.name if isinstance(compared, exp.Column) else given
    return name.endswith("level") and int(number.name) <= HIGHEST[name.removesuffix("level").removesuffix("_")]


def _is_position(number: exp.Literal) -> bool:
    """Whether it is a place in a number or list, a type's digits, or the base of bits."""
    is_base = isinstance(number.parent, exp.Log | exp.Pow) and number.parent.this is number
    return is_base or number.find_ancestor(exp.Bracket, exp.Slice, exp.DataType) is not None


def test_a_number_in_a_macro_of_linkage_is_a_position_a_level_or_a_definition() -> None:
    for macro in sqlglot.parse(files("welfare_pipeline.linkage").joinpath("macros.sql").read_text("utf-8"), "duckdb"):
        assert macro is not None
        assert _thresholds(macro, "macros.sql") == []


@pytest.mark.parametrize(("room", "query"), QUERIES)
def test_a_number_in_the_sql_of_linkage_is_a_position_a_level_or_a_definition(room: str, query: str) -> None:
    assert _thresholds(parsed(sql(query.removesuffix(".sql"), room)), query) == []


def test_a_number_in_a_blocking_rule_is_a_place_in_a_number() -> None:
    assert _thresholds(parsed(block_keys(THOROUGH_RULES, "true")), "blocking rules") == []


def _thresholds(tree: exp.Expr, query: str) -> list[str]:
    """The numbers of the query that are none of these."""
    allowed = DEFINITIONS.keys() | NAMED.get(query, {}).keys()
    numbers = [n for n in _numbers(tree) if not (_is_position(n) or _is_level_code(n) or n.name in allowed)]
    return [f"{n.name} in {n.parent.sql() if n.parent else ''}" for n in numbers]


def test_a_deployment_says_from_where_on_two_spellings_beside_one_number_are_one_person(
    link: Link, tmp_path: Path
) -> None:
    told = SITI | {"name": "SITI AMINAHTI", "family_card_number": None, "mother_name": None}
    assert link(pkh=[recipient(1, **told)])[3_000_000_001]["match_probability"] == 0.9999
    own = tmp_path / "policy.toml"
    less_sure = "[linkage]\nexact_probability = 0.97\nexact_without_name_probability = 0.96\n"
    own.write_text(less_sure)
    linked = link("2021-12", policy=load_policy(own), pkh=[recipient(1, **told), recipient(2, **told | {"name": None})])
    assert [linked[3_000_000_000 + row]["match_probability"] for row in (1, 2)] == [0.97, 0.96]
    own.write_text(f"{less_sure}[linkage.names]\nsame_number_slips = 0.0\nleast_letters = 20\n")
    compared = link("2022-01", policy=load_policy(own), pkh=[recipient(1, **told)])[3_000_000_001]
    assert compared["match_probability"] != 0.97, "by all that is known, not by the number alone"


def test_a_threshold_has_one_name_in_policy_and_sql() -> None:
    linkage = load_policy().linkage
    keys = [*Linkage.model_fields, *type(linkage.names).model_fields, *type(linkage.numbers).model_fields]
    assert len({*keys, *load_policy().thresholds}) == len(keys) + len(load_policy().thresholds)
