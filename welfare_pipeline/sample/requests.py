"""Who asks to come back to PBI, and why it cannot wait: some of those switched off, some ranked above the limit.

Rows come out as persons of the world plus reason, requested_on and facility_letter.
"""

from datetime import date

import numpy as np
import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.sample.dice import Dice, Ints
from welfare_pipeline.sample.people import World, active_in
from welfare_pipeline.sample.profile import month_number
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.ranks import limit_of
from welfare_pipeline.sample.within_limits import SWITCHED_OFF, off_draw

_REASONS, _WEIGHTS = ("KRONIS", "KATASTROPIK", "DARURAT"), (0.6, 0.25, 0.15)
_ILL, _ILL_ABOVE = 0.25, 0.01  # of those switched off; of those above the limit
_SURELY_LISTED, _PERHAPS_LISTED = 0.3, 0.65  # of the order of poverty
_WITH_LETTER = 0.85
_DAYS = 25


def reactivation_requests(world: World, period: str) -> pl.DataFrame:
    """One row per request so far: of those switched off this month's list repeats what came in before."""
    ids, dice = world.people["person_id"].to_numpy(), world.dice
    drawn = pl.Series(off_draw(dice, ids))
    begun = [(since, (drawn >= first) & (drawn < last)) for since, first, last, _, _ in SWITCHED_OFF if since <= period]
    since = pl.coalesce(*(pl.when(off).then(pl.lit(_first_day(month))) for month, off in begun), pl.lit(None, pl.Date))
    ill = pl.Series(dice.chance(ids, "PBI member is ill", _ILL))
    limit = limit_of(Programme.PBI_JKN, period)
    above = pl.col("decile") > (limit.decile if limit else 10)
    asks_though_above = pl.Series(dice.chance(ids, "asks though above the limit", _ILL_ABOVE))
    off = since.is_not_null() & ill & (pl.col("poverty") < _SURELY_LISTED)
    wanted = off | (above & asks_though_above & (pl.col("poverty") < _PERHAPS_LISTED))
    rows = world.people.with_columns(since=pl.when(off).then(since), wanted=wanted)
    rows = rows.filter("wanted", active_in(month_number(period))).drop("wanted")
    return _told(rows, dice, period).sort("requested_on", "person_id").drop("since")


def _told(rows: pl.DataFrame, dice: Dice, period: str) -> pl.DataFrame:
    ids = rows["person_id"].to_numpy()
    days = pl.duration(days=pl.lit(pl.Series(dice.below(ids, "asked on", _DAYS))))
    letter = pl.Series(dice.chance(ids, "letter of a facility", _WITH_LETTER))
    return rows.with_columns(
        reason=pl.Series(_REASONS).gather(dice.choice(ids, "illness", _WEIGHTS)),
        requested_on=pl.when(pl.col("since").is_null())
        .then(pl.lit(last_day(period)) - days)
        .otherwise(pl.col("since") + days),
        facility_letter=pl.when(letter).then(pl.lit("445/RSUD/") + _number(ids)),
        row_key="person_id",
    )


def _number(ids: Ints) -> pl.Expr:
    return pl.lit(pl.Series(ids % np.int64(9973))).cast(pl.String)


def _first_day(month: str) -> date:
    return date.fromisoformat(f"{month}-02")
