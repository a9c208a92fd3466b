"""What the model file means: Splink, given the shipped model, weighs every pair as the run's SQL does.

Except for pairs of two valid numbers with different births: whatever the weights, they are two people.
"""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest

from tests.conftest import Keep
from tests.unit.linkage.people import CARD, JOKO, NEXT_VILLAGE, OTHER_CARD, SITI, VILLAGE, recipient, registered
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import draft_person_rows
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.matching import STAGES, Matching, compared, normalised_people, priors
from welfare_pipeline.linkage.model import load_model, shipped_content
from welfare_pipeline.linkage.people import thresholds
from welfare_pipeline.linkage.splink_model import level_columns, score

ROUNDING = 0.001  # bits
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
        matching = Matching(con, load_model(), thresholds(policy))
        gather(matching)
        normalised_people(matching)
        matching.run("create temp table answered_pair as select 1 as left_id, 2 as right_id, '' as answer where false")
        for stage in STAGES[: STAGES.index(compared) + 1]:
            stage(matching)
        matching.run(
            "create temp table scored as select row_number() over (order by left_id, right_id) as pair,"
            " pair_level.*, pair_score.bits from pair_level inner join pair_score"
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
