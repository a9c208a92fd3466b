"""What ranks must lead to: above the limit or not ranked, how certainly, and from which month on certainly.

Worked out from the true families and what the registry's files show of their deciles, in this and in earlier months.
The limits are those of `ranks.py`.
"""

import polars as pl

from welfare_pipeline.sample.conditions import in_month
from welfare_pipeline.sample.people import World, listed_in
from welfare_pipeline.sample.profile import DTSEN_PERIODS, month_number
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.ranks import Limit, has_ranks, limit_of, shown_lowest

COLUMNS = ("ranked_lowest", "said_unranked", "above_since", "listed_before")
_CERTAIN, _TO_VERIFY = "certain", "to_verify"


def with_ranks(world: World, period: str, base: World | None = None) -> World:
    """The world of the month with the columns `COLUMNS`.

    The lowest decile shown of each person, whether the registry says there is none, since which month the person has
    been above the limit of PBI, and whether an earlier registry has the person.
    """
    listed = listed_in(month_number(period))
    if not has_ranks(period):
        nothing = {"ranked_lowest": pl.Int64, "above_since": pl.String}
        empty = {name: pl.lit(None, dtype=kind) for name, kind in nothing.items()}
        people = world.people.with_columns(
            **empty, said_unranked=pl.lit(value=False), listed_before=pl.lit(value=False)
        )
        return World(world.profile, world.dice, world.villages, people)
    lowest = world.people.select(pl.when(listed).then(pl.lit(shown_lowest(world, period)))).to_series()
    people = world.people.with_columns(
        ranked_lowest=lowest,
        said_unranked=listed & pl.col("unranked") & pl.col("decile").is_null(),
        **_history(base or world, period, lowest),
    )
    return World(world.profile, world.dice, world.villages, people)


def _history(base: World, period: str, lowest: pl.Series) -> dict[str, pl.Expr]:
    """Since when the person has been above the limit of PBI without a break, and whether listed before."""
    limit = limit_of(Programme.PBI_JKN, period)
    if limit is None:
        return {"above_since": pl.lit(None, dtype=pl.String), "listed_before": pl.lit(value=False)}
    since = _when(_above(lowest, limit), period)
    unbroken, before = since.is_not_null(), pl.Series([False]).new_from_index(0, len(lowest))
    for earlier in reversed([p for p in DTSEN_PERIODS if limit.since <= p < period]):
        listed = base.people.select(listed_in(month_number(earlier))).to_series()
        shown = shown_lowest(in_month(base, earlier), earlier)
        unbroken = unbroken & listed & _above(shown, limit)
        since = pl.select(pl.when(unbroken).then(pl.lit(earlier)).otherwise(since)).to_series()
        before = before | listed
    return {"above_since": pl.lit(since), "listed_before": pl.lit(before)}


def _above(lowest: pl.Series, limit: Limit) -> pl.Series:
    return (lowest > limit.decile).fill_null(value=False)


def _when(flags: pl.Series, value: str) -> pl.Series:
    return pl.select(pl.when(flags).then(pl.lit(value))).to_series()


def rules(programme: Programme, period: str) -> dict[str, pl.Expr]:
    """When the two reasons hold for a list's row."""
    limit = limit_of(programme, period)
    if limit is None:
        return {}
    return {"DECILE_ABOVE_LIMIT": pl.col("ranked_lowest") > limit.decile, "NOT_RANKED": pl.col("said_unranked")}


def certainty(programme: Programme, period: str) -> tuple[pl.Expr, pl.Expr]:
    """How certain DECILE_ABOVE_LIMIT is (where it holds), and the month from which it is, if it is not yet.

    Within a limit that is only to be verified it never becomes certain; in grace it does after as many months. Without
    a row in an earlier registry it is certain at once.
    """
    limit = limit_of(programme, period)
    never = pl.lit(None, dtype=pl.String)
    if limit is None:
        return never, never
    if limit.grace_months:
        becomes = (pl.col("above_since") + pl.lit("-01")).str.to_date().dt.offset_by(f"{limit.grace_months}mo")
        month = becomes.dt.strftime("%Y-%m")
        waits = pl.col("listed_before") & (month > period)
        return pl.when(waits).then(pl.lit(_TO_VERIFY)).otherwise(pl.lit(_CERTAIN)), pl.when(waits).then(month)
    verify = pl.col("ranked_lowest") <= pl.lit(limit.verify, dtype=pl.Int64)
    return pl.when(verify).then(pl.lit(_TO_VERIFY)).otherwise(pl.lit(_CERTAIN)), never
