"""What the model file means: Splink, given the shipped model, weighs every pair as the run's SQL does.

Except for pairs of two valid numbers with different births: whatever the weights, they are two people.
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.conftest import Keep
from tests.unit.linkage.people import CARD, JOKO, NEXT_VILLAGE, OTHER_CARD, SITI, VILLAGE, recipient, registered
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import draft_person_rows, only_named
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.matching import Matching, Thresholds
from welfare_pipeline.linkage.model import COMPARISONS, load_model, shipped_content
from welfare_pipeline.linkage.queries import sql
from welfare_pipeline.linkage.stages import compared, match_normalised, normalised_people, priors
from welfare_pipeline.training.splink_model import level_columns, score

ROUNDING = 1e-6  # bits: the order of a sum
SPOILED: dict[str, tuple[Any, ...]] = {
    "nik": (SITI["nik"], "1401015203800007", "1401021506750003", None),
    "name": ("SITI AMINAH", "SITI AMINA", "SITI", "SITI LESTARI", "JOKO SUPRIYADI"),
    "birth_date": (date(1980, 3, 12), date(1980, 12, 3), date(1991, 9, 8), None),
    "mother_name": ("RUKIAH", "RUKIYAH", "PONIYEM", None),
    "family_card_number": (CARD, OTHER_CARD, None),
    "village_code": (VILLAGE, NEXT_VILLAGE),
    "sex": ("P", "L"),
}


@pytest.fixture
def matching(keep: Keep) -> Iterator[Matching]:
    """Siti and Joko in the registry, and Siti again with every mixture of faults: compared, not yet decided."""
    fields = [dict(zip(SPOILED, values, strict=True)) for values in product(*SPOILED.values())]
    rows = [recipient(n, **row) for n, row in enumerate(fields)]
    partition = keep("2021-11", "1401", registry=[registered(1, **SITI), registered(2, **JOKO)], pkh=rows)
    policy = load_policy()
    with partition.draft() as draft:
        draft_person_rows(draft, policy)
        partition = draft.accept()
    with partition.connect() as con:
        matching = Matching(con, load_model(), Thresholds.of(policy))
        gather(matching)
        normalised_people(matching)
        matching.run("create temp table answered_pair as select 1 as left_id, 2 as right_id, '' as answer where false")
        match_normalised(matching, last=compared)
        matching.run(
            "create temp table scored as select row_number() over (order by left_id, right_id) as pair,"
            " pair_level.*, pair_score.bits from compared.pair_level inner join compared.pair_score"
            " using (left_id, right_id)"
        )
        yield matching


@pytest.mark.parametrize(("half", "prior"), [("population", "population_prior"), ("family", "family_prior")])
def test_splink_and_sql_give_the_same_weights(matching: Matching, half: str, prior: str) -> None:
    levels = matching.con.sql(
        f"select pair, bits, name_share, mother_share, {level_columns()} from scored"
        " where family = $family and (family or not two_births)",
        params={"family": half == "family"},
    ).pl()
    by_splink = score(levels.drop("bits"), shipped_content(), half)
    both = levels.select("pair", "bits").join(by_splink, on="pair", validate="1:1")
    given = priors(matching, 2, 0.9, 0.9)[prior]
    differing = both.filter((both["bits"] - given - both["match_weight"]).abs() > ROUNDING)
    assert (both.height, differing.height) == (levels.height, 0)
    assert both["bits"].n_unique() > 100, "the people differ in many ways"


LEVELS = {"nik": 5, "birth": 5, "name": 6, "mother": 6, "sex": 3, "card": 4, "village": 4}
USUAL = {"nik": 1, "birth": 1, "name": 5, "mother": 5, "sex": 2, "card": 1, "village": 2}
FACTS = (
    "birth_date_agrees",
    "two_births",
    "two_birth_years",
    "neighbouring_numbers",
    "one_digit_off",
    "successive_numbers",
)


def pairs_of_every_level() -> pl.DataFrame:
    """Rows of `pair_level`: NIK and birth date, card and village in every mixture, the others one by one."""
    joint = [{**USUAL, "nik": nik, "birth": birth} for nik, birth in product(range(5), range(5))]
    joint += [{**USUAL, "card": card, "village": village} for card, village in product(range(4), range(4))]
    single = [{**USUAL, field: level} for field in LEVELS for level in range(LEVELS[field])]
    rows = [
        {
            **{f"{field}_level": level for field, level in levels.items()},
            **{f"{name}_share": share for name in ("name", "mother")},
            **dict.fromkeys(FACTS, False), "consecutive_numbers": False, "number_level": levels["nik"],
            "family": family, "is_near": near or family,
            "number_birth_code": 25 * (near or family) + 5 * levels["nik"] + levels["birth"],
            "birth_code": 25 * (near or family) + levels["birth"],
            "card_village_code": 4 * levels["card"] + levels["village"],
        }
        for levels in [*joint, *single]
        for family, near in ((False, False), (False, True), (True, True))
        for share in (0.02, 1e-7)
    ]  # fmt: skip
    numbers = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    return pl.DataFrame(rows).with_columns(pair=numbers, left_id=numbers, right_id=-numbers)


@pytest.mark.parametrize("half", ["population", "family"])
def test_every_level_of_every_comparison_weighs_the_same_in_splink_and_in_sql(half: str) -> None:
    con = duckdb.connect()
    con.register("pair_level", pairs_of_every_level())
    no_prior = {"population_prior": 0.0, "family_prior": 0.0, "least_weight": -1e9, "relatives": False}
    con.execute(
        f"create table scored as {sql('pair_scores')}",
        only_named(sql("pair_scores"), load_model().parameters() | no_prior),
    )
    levels = con.sql(
        f"select pair, name_share, mother_share, {level_columns()} from pair_level where family = $family",
        params={"family": half == "family"},
    ).pl()
    by_sql = con.sql("select pair, bits from scored join pair_level using (left_id, right_id)").pl()
    both = score(levels, shipped_content(), half).join(by_sql, on="pair", validate="1:1")
    assert both.height == levels.height
    assert both.filter((pl.col("bits") - pl.col("match_weight")).abs() > ROUNDING).to_dicts() == []
    met = {c.name: set(levels[c.name].drop_nulls()) for c in COMPARISONS if half == "population"}
    assert met == {c.name: {code for code, _ in c.levels} for c in COMPARISONS if half == "population"}
