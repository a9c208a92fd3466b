"""Each stage's tables are its own: a name stands for one table, that one place makes and nothing changes."""

import re
from collections import Counter

import pytest
from sqlglot import exp, parse_one

from tests.conftest import Keep
from tests.unit.linkage.people import JOKO, SITI, recipient, registered
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import draft_person_rows
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.matching import Matching, Thresholds
from welfare_pipeline.linkage.model import load_model
from welfare_pipeline.linkage.stages import STAGES, match_people

ROWS = [recipient(1, **SITI | {"nik": None}), recipient(2, **SITI), recipient(3, "BUDI HARTONO")]


@pytest.fixture
def statements(keep: Keep) -> list[tuple[str, str]]:
    """What was said to DuckDB from the normalising of names to the questions, each with the schema it was said in."""
    said: list[tuple[str, str]] = []
    policy = load_policy()
    with keep("2021-11", "1401", registry=[registered(1, **SITI), registered(2, **JOKO)], pkh=ROWS).draft() as draft:
        draft_person_rows(draft, policy)
        with draft.connect() as con:

            class Heard:
                """The connection, overheard."""

                def __getattr__(self, name: str) -> object:
                    return getattr(con, name)

                def execute(self, statement: str, *values: object) -> object:
                    [(schema,)] = con.execute("select current_schema()").fetchall()
                    said.append((schema, statement))
                    return con.execute(statement, *values)

            matching = Matching(Heard(), load_model(), Thresholds.of(policy))  # type: ignore[arg-type]
            gather(matching)
            matching.run("create table answered_pair as select 1 as left_id, 2 as right_id, '' as answer where false")
            match_people(matching)
    return said


def made(statements: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Schema and name of every table and view that a statement makes, in their order."""
    kinds = ("create table", "create view")
    trees = [(schema, parse_one(text, dialect="duckdb")) for schema, text in statements if text.startswith(kinds)]
    tables = [(schema, create.find(exp.Table)) for schema, create in trees if isinstance(create, exp.Create)]
    return [(table.db or schema, table.name) for schema, table in tables if table is not None]


def test_no_table_is_made_twice_and_none_of_a_stage_has_the_name_of_one_that_all_see(
    statements: list[tuple[str, str]],
) -> None:
    tables = made(statements)
    assert [name for name, times in Counter(tables).items() if times > 1] == []
    seen_by_all = {name for schema, name in tables if schema == "main"}
    assert {
        "person",
        "registry_person",
        "exact_link",
        "found_link",
        "settled_link",
        "linked",
        "person_row",
    } <= seen_by_all
    assert {name for schema, name in tables if schema != "main"} & seen_by_all == set()
    assert {schema for schema, _ in tables} == {"main", *(stage.__name__ for stage in STAGES)}


def test_no_stage_changes_a_table(statements: list[tuple[str, str]]) -> None:
    plain = [re.sub(r"--.*", "", text).split() for _, text in statements]
    words = {first for first, *_ in plain}
    assert words == {"create", "set", "select", "drop"}
    assert [text for _, text in statements if "or replace" in text] == []
    dropped = [text for _, text in statements if text.startswith("drop")]
    assert dropped == [f"drop schema {stage.__name__} cascade" for stage in STAGES[:-1]]


def test_only_the_steps_that_several_stages_take_have_one_name_in_each(
    statements: list[tuple[str, str]],
) -> None:
    shared = {name for name, times in Counter(name for _, name in made(statements)).items() if times > 1}
    assert shared == {
        "left_key", "candidate", "alike_name", "name_pair", "pair_level", "pair_score", "weighed_pair",
        "misspelt_pair", "guarded_pair", "tie", "person_group",
    }  # fmt: skip
