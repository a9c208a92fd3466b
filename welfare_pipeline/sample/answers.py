"""What came back on the findings of the month before: what the field found, and what recipients object to.

Rows come out as persons of the world plus the lists' own columns. Nothing of it takes a reason away: whoever is said to
have died did so, and an objection only makes a reason one to verify.
"""

from datetime import date

import polars as pl

from welfare_pipeline.sample.dice import Ints
from welfare_pipeline.sample.people import World
from welfare_pipeline.sample.profile import MAIN_PERIOD, month_number
from welfare_pipeline.sample.programmes import Programme

ANSWERED_IN = MAIN_PERIOD
_SENT_BACK = 0.75  # of the findings sent out
_FOUND, _FOUND_WEIGHTS = ("TERBUKTI", "BELUM JELAS"), (0.94, 0.06)
_OBJECTING = 0.12  # of families on a list and outside the registry
_RESULTS, _RESULT_WEIGHTS = (None, "DITERIMA", "DITOLAK"), (0.6, 0.15, 0.25)
_BEGUN, _DAYS, _DAYS_TO_DECIDE = date(2021, 11, 3), 12, 13


def dispositions(world: World, on_lists: dict[Programme, pl.DataFrame]) -> pl.DataFrame:
    """One row per person on a list whom the lists of the month before said to have died or left: confirmed or not."""
    told = pl.col("known_to_civil_registry") & (pl.col("leaves") < month_number(ANSWERED_IN))
    told &= pl.col("leaving").is_in(["MD", "PD"])
    people = _listed(world, on_lists, tuple(Programme)).filter(told)
    ids = people["person_id"].to_numpy()
    people = people.with_columns(
        disposition=pl.Series(_FOUND).gather(world.dice.choice(ids, "what the field found", _FOUND_WEIGHTS)),
        reason=pl.col("leaving").replace_strict({"MD": "DECEASED", "PD": "MOVED_AWAY"}),
        decided_on=_days_after(world, ids, pl.lit(_BEGUN), "disposition", _DAYS),
        minutes_number=pl.format("BA/{}/11/2021", "village_code"),
        subject=pl.lit("person"),
        row_key="person_id",
    )
    return people.filter(pl.Series(world.dice.chance(ids, "worklist sent back", _SENT_BACK)))


def objections(world: World, on_lists: dict[Programme, pl.DataFrame]) -> pl.DataFrame:
    """One row per recipient of a family outside the registry who objects; some are decided by the month's end."""
    people = _listed(world, on_lists, (Programme.PKH, Programme.SEMBAKO)).filter(~pl.col("registered_family"))
    ids = people["person_id"].to_numpy()
    people = people.with_columns(
        received_on=_days_after(world, ids, pl.lit(_BEGUN), "objection", _DAYS),
        outcome=pl.Series(_RESULTS).gather(world.dice.choice(ids, "what became of it", _RESULT_WEIGHTS)),
        reason=pl.lit("NOT_IN_REGISTRY"),
        row_key="person_id",
    ).with_columns(decided_on=_days_after(world, ids, pl.col("received_on"), "objection decided", _DAYS_TO_DECIDE))
    people = people.with_columns(decided_on=pl.when(pl.col("outcome").is_not_null()).then("decided_on"))
    return people.filter(pl.Series(world.dice.chance(ids, "objects", _OBJECTING)))


def _listed(world: World, on_lists: dict[Programme, pl.DataFrame], programmes: tuple[Programme, ...]) -> pl.DataFrame:
    listed = [on_lists[p].filter(~pl.col("guest")).select("person_id") for p in programmes if p in on_lists]
    return world.people.join(pl.concat(listed).unique(), on="person_id", how="semi", maintain_order="left")


def _days_after(world: World, ids: Ints, begun: pl.Expr, what: str, days: int) -> pl.Expr:
    return begun + pl.duration(days=pl.lit(pl.Series(world.dice.below(ids, f"day of the {what}", days))))
