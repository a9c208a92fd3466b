"""What village meetings decide: about families (eligible or not) and about the presence of persons.

Rows come out as persons of the world plus the decision's own columns; how they are misspelt stands in `noise.py`.
"""

from datetime import date, timedelta

import numpy as np
import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.sample import families, ranks
from welfare_pipeline.sample.dtsen import since_dtsen
from welfare_pipeline.sample.people import NEVER, World
from welfare_pipeline.sample.profile import MAIN_PERIOD, month_number

_KNOWN_AHEAD = timedelta(days=15)  # files hold a few facts dated after their month
_MONTHS_LATER = month_number("2025-10") - month_number(MAIN_PERIOD)  # one calendar for all months since DTSEN
_CASES = pl.DataFrame(
    [
        # case, share of registered and of other families, whose, programme, outcome, first day, days
        ("person ineligible", 0.006, 0.04, "person", None, "TIDAK LAYAK", date(2021, 8, 2), 75),
        ("card ineligible", 0.003, 0.0, "card", None, "TIDAK LAYAK", date(2021, 8, 2), 75),
        ("well off", 0.003, 0.0, "person", None, "SUDAH MAMPU", date(2021, 9, 1), 70),
        ("refuses", 0.0015, 0.0, "person", None, "MM", date(2021, 9, 1), 70),
        ("no PKH", 0.002, 0.0, "person", "pkh", "TIDAK LAYAK", date(2021, 9, 1), 70),
        ("overturned", 0.0015, 0.0, "person", None, "TIDAK LAYAK", date(2021, 2, 1), 60),
        ("overturned", 0.0, 0.0, "person", None, "LAYAK", date(2021, 9, 1), 50),
        ("next month", 0.0015, 0.0, "person", None, "TIDAK LAYAK", date(2021, 12, 1), 14),
        ("eligible", 0.002, 0.09, "person", None, "LAYAK", date(2021, 8, 2), 75),
    ],
    schema=["case", "registered", "others", "subject", "programme", "outcome", "from", "days"],
    orient="row",
)


def decisions_until(world: World, period: str) -> pl.DataFrame:
    """One row per decision in the month's file: person, subject (person / card), programme, outcome, decided_on."""
    shown_until = last_day(period) + _KNOWN_AHEAD
    dated = pl.concat([_about_families(world), _about_presence(world, period)], how="diagonal")
    shown = dated.filter(pl.col("decided_on").is_null() | (pl.col("decided_on") <= shown_until))
    return shown.sort("village_code", "decided_on", "person_id", nulls_last=True).with_columns(
        minutes_number=pl.format("BA/{}/{}", "village_code", pl.col("decided_on").dt.strftime("%m/%Y")),
        row_key=pl.col("person_id") * 4 + pl.int_range(pl.len()).over("person_id"),
    )


def _judged(world: World) -> pl.DataFrame:
    """One row per family with a case: its judged person (the wife, else the head), who has not moved away.

    A judgement that somebody is eligible says that they are here.
    """
    moves = (pl.col("leaving") == "PD") & (pl.col("leaves") < NEVER)
    leaver = pl.col("known_to_village") & (pl.col("leaves") < NEVER)
    people = world.people.with_columns(leaver=leaver.any().over("family_id"))
    judged = (
        people.filter((pl.col("place") <= families.SPOUSE) & ~pl.col("leaver") & ~moves)
        .unique("family_id", keep="last", maintain_order=True)
        .drop("leaver")
    )
    if since_dtsen(world):
        judged = judged.filter(~pl.col("family_splits"))
    ids = judged["family_id"].to_numpy()
    cases = _CASES["case"].to_list()
    none = len(cases)
    drawn = [
        world.dice.choice(ids, "case", [*_CASES[kind].to_list(), 1 - float(_CASES[kind].sum())])
        for kind in ("registered", "others")
    ]
    usual = judged["registered_family"].to_numpy()
    if since_dtsen(world):
        usual &= ~ranks.misplaced(world.dice, ids)  # the village looks at those who are poor, yet ranked high
    number = np.where(usual, drawn[0], drawn[1])
    named = pl.Series([*cases, "none"]).gather(np.minimum(number, none))
    return judged.with_columns(case=named).filter(pl.col("case") != "none")


def _about_families(world: World) -> pl.DataFrame:
    judged = _judged(world)
    day = pl.Series(world.dice.uniform(judged["family_id"].to_numpy(), "day decided"))
    expanded = judged.with_columns(day=day).join(
        _CASES.drop("registered", "others"), on="case", maintain_order="left_right"
    )
    days = (pl.col("day") * pl.col("days")).cast(pl.Int64)
    later = _MONTHS_LATER if since_dtsen(world) else 0
    begun = pl.col("from").dt.offset_by(f"{later}mo")
    return expanded.with_columns(decided_on=begun + pl.duration(days=days)).drop("day", "days", "from", "case")


def _about_presence(world: World, period: str) -> pl.DataFrame:
    people = world.people.filter(
        pl.col("known_to_village") & pl.col("left_on").is_between(date(2020, 1, 1), last_day(period) + _KNOWN_AHEAD)
    )
    ids = people["person_id"].to_numpy()
    after = pl.duration(days=pl.lit(pl.Series(world.dice.below(ids, "days until decided", 12))))
    undated = pl.Series(world.dice.chance(ids, "decision undated", 0.08)) & (pl.col("left_on") <= last_day(period))
    return people.with_columns(
        subject=pl.lit("person"),
        programme=pl.lit(None, dtype=pl.String),
        outcome="leaving",
        decided_on=pl.when(~undated).then(pl.col("left_on") + after),
    )
