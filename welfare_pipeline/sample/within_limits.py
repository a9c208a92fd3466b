"""Whom a programme's decile limit lets onto its list, who stays all the same, and whom PBI switched off.

Ranks and limits stand in `ranks.py`; who among those allowed is on the list in `lists.py`.
"""

import polars as pl

from welfare_pipeline.sample.dice import Dice, Flags, Floats, Ints
from welfare_pipeline.sample.people import World
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.ranks import has_ranks, limit_of

_NOT_CUT_OFF = {Programme.PBI_JKN: 0.75}  # of those who were within the limit a quarter before
_NOT_CUT_OFF_FAMILIES, _NOT_CUT_OFF_IN_2026 = 0.3, 0.2
_CUT_OFF_FROM = "2026-02"
_ABOVE_ALL_THE_SAME = {Programme.PBI_JKN: 0.012}  # of everybody above the limit: on the list as if they were poor
_FAMILIES_ABOVE = 0.004
_FAVOURED, _SPLIT_FIRST = 0.35, 0.01  # their place on the list: as that of the neediest third; before everybody
# PBI members whom no rule concerned: switched off from, of which draws; back from, what share of them.
SWITCHED_OFF = (
    ("2025-10", 0.0, 0.008, "2026-05", 0.4),
    ("2026-02", 0.008, 0.032, "2026-06", 0.3),
    ("2026-06", 0.032, 0.040, "2026-09", 0.3),
)


def allowed(world: World, programme: Programme, period: str, group: Ints) -> list[pl.Expr]:
    """The columns `allowed` and `favoured` (times the own draw it is the place on the list; null: as usual).

    `group`: the family's or the person's number, whichever the programme is paid to. `world`: as the month finds it.
    """
    limit = limit_of(programme, period)
    nobody = pl.lit(None, dtype=pl.Float64).alias("favoured")
    if not has_ranks(period):
        return [pl.lit(value=True).alias("allowed"), nobody]
    split = pl.col("split_off") & pl.lit(programme in (Programme.PKH, Programme.SEMBAKO))
    first = pl.when(split).then(_SPLIT_FIRST)
    if limit is None:
        return [pl.lit(value=True).alias("allowed"), nobody]
    highest = limit.verify or limit.decile
    within = pl.col("decile").fill_null(1) <= highest
    anyhow = _flags(world.dice, group, f"{programme} above the decile limit", _above(programme))
    stays = _flags(world.dice, group, f"{programme} not cut off", _not_cut_off(programme, period))
    before = pl.col("decile_before").fill_null(1) <= highest
    here = within | anyhow | (before & stays)
    if programme is Programme.PBI_JKN:
        here &= ~pl.lit(pl.Series(switched_off(world.dice, world.people["person_id"].to_numpy(), period)))
    return [here.alias("allowed"), pl.coalesce(first, pl.when(anyhow & ~within).then(_FAVOURED)).alias("favoured")]


def _above(programme: Programme) -> float:
    return _ABOVE_ALL_THE_SAME.get(programme, _FAMILIES_ABOVE)


def _not_cut_off(programme: Programme, period: str) -> float:
    if period >= _CUT_OFF_FROM:
        return _NOT_CUT_OFF_IN_2026
    return _NOT_CUT_OFF.get(programme, _NOT_CUT_OFF_FAMILIES)


def _flags(dice: Dice, ids: Ints, question: str, share: float) -> pl.Expr:
    return pl.lit(pl.Series(dice.chance(ids, question, share)))


def off_draw(dice: Dice, ids: Ints) -> Floats:
    """By which of `SWITCHED_OFF` a PBI member is concerned, if by any."""
    return dice.uniform(ids, "PBI switched off")


def switched_off(dice: Dice, ids: Ints, period: str) -> Flags:
    """Who is off the PBI list in that month though poor, and not back yet."""
    drawn, back = off_draw(dice, ids), dice.uniform(ids, "PBI back")
    off = drawn < 0
    for since, first, last, returns, share in SWITCHED_OFF:
        if since <= period:
            gone = (drawn >= first) & (drawn < last)
            off |= gone & ~((back < share) & (returns <= period))
    return off
