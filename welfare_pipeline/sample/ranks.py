"""Deciles as the registry has them since it ranks everybody: by quarterly snapshot, family by family; and the limits.

Who lives in which family stands in `dtsen.py`; how a file writes a decile in `formats.py`.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from welfare_pipeline.sample.dice import Dice, Flags, Ints
from welfare_pipeline.sample.files import files_of
from welfare_pipeline.sample.people import World
from welfare_pipeline.sample.profile import DTSEN_FROM
from welfare_pipeline.sample.programmes import Programme

FIRST_SNAPSHOT, CENSUS_SNAPSHOT = "2025-Q3", "2026-Q3"  # the economic census of 2026 renewed every family
# Bengkalis landed May with the ranks of the quarter before; Gorontalo drew June up in July, with those of the census.
_OTHER_SNAPSHOTS = {("1403", "2026-05"): "2026-Q1", ("7501", "2026-06"): "2026-Q3"}
_QUARTERS = 4
_LOWEST_UPPER, _HIGHEST = 6, 10
_MISPLACED, _UNRANKED, _BLANK = 0.03, 0.01, 0.005  # poor all the same; said to be unranked; nothing said
_RANKED_ANEW, _RANKED_ANEW_BY_CENSUS = 0.06, 0.4
_STEPS, _CENSUS_STEPS = (-1, 1, -2, 2), (-1, 1, -2, 2, -3, 3)
_SHOWN_FROM = {"looked_up": 6, "classes": 5}  # the lowest decile of the class that a file shows for all above


@dataclass(frozen=True)
class Limit:
    """The highest decile that may receive; up to `verify` to be verified; who rises above it may stay some months."""

    of: Programme
    since: str
    decile: int
    verify: int | None = None
    grace_months: int = 0


_LIMITS = (
    Limit(Programme.PKH, "2025-04", 4),
    Limit(Programme.SEMBAKO, "2025-04", 5),
    Limit(Programme.SEMBAKO, "2026-01", 4, verify=5),
    Limit(Programme.PBI_JKN, "2025-06", 5, grace_months=3),
)


def limit_of(programme: Programme, period: str) -> Limit | None:
    """The limit in force in that month."""
    return next((x for x in reversed(_LIMITS) if x.of is programme and x.since <= period), None)


def highest_limit(period: str) -> int | None:
    """The highest decile that any programme's limit lets through in that month, if only to be verified."""
    limits = [limit_of(programme, period) for programme in Programme]
    return max((max(limit.decile, limit.verify or 0) for limit in limits if limit), default=None)


def snapshot_of(code: str, period: str) -> str:
    """The quarter whose ranks the district's registry of that month has."""
    return _OTHER_SNAPSHOTS.get((code, period), f"{period[:4]}-Q{(int(period[5:]) + 2) // 3}")


def before(snapshot: str) -> str:
    """The quarter before."""
    return _quarter(_number(snapshot) - 1)


def ranked(world: World, snapshot: str) -> pl.DataFrame:
    """One row a person, in the order of the world: decile (1 poorest), unranked, misplaced (poor, yet ranked high)."""
    ids, dice = world.people["family_id"].to_numpy(), world.dice
    badly = misplaced(dice, ids)
    upper = _LOWEST_UPPER + dice.below(ids, "upper decile", _HIGHEST - _LOWEST_UPPER + 1)
    usual = 1 + np.floor(world.people["poverty"].to_numpy() * _HIGHEST).astype(np.int64)
    decile = np.where(badly, upper, usual)
    for number in range(_number(FIRST_SNAPSHOT) + 1, _number(snapshot) + 1):
        quarter = _quarter(number)
        census = quarter == CENSUS_SNAPSHOT
        anew = dice.chance(ids, f"ranked anew {quarter}", _RANKED_ANEW_BY_CENSUS if census else _RANKED_ANEW)
        steps = np.asarray(_CENSUS_STEPS if census else _STEPS)
        moved = decile + steps[dice.below(ids, f"ranks moved {quarter}", len(steps))]
        decile = np.where(anew, np.clip(moved, 1, _HIGHEST), decile)
    unranked = dice.chance(ids, "family unranked", _UNRANKED)
    without = unranked | dice.chance(ids, "decile blank", _BLANK)
    frame = pl.DataFrame({"decile": decile, "unranked": unranked, "misplaced": badly, "without": without})
    return frame.select(pl.when(~pl.col("without")).then("decile"), "unranked", "misplaced")


def misplaced(dice: Dice, families: Ints) -> Flags:
    """Which families are poor, yet ranked high."""
    return dice.chance(families, "decile above need", _MISPLACED)


def shown_lowest(world: World, period: str) -> pl.Series:
    """The lowest decile of what the registry's files of that month show of each person; null: none.

    `world`: as that month finds it.
    """
    number = world.villages["subdistrict_code"].str.slice(4, 2).cast(pl.Int64).gather(world.people["village"])
    place = world.people.select("village", "decile").with_columns(subdistrict_number=number)
    shown = pl.coalesce(
        pl.when(file.holds()).then(_lowest(file.writing("decile")))
        for file in files_of(world.profile.code, period, "registry")
    )
    return place.select(shown).to_series()


def _lowest(writing: str) -> pl.Expr:
    lowest = _SHOWN_FROM.get(writing)
    # Of nobody without a decile: a blank cell is shown, and no class.
    return pl.col("decile") if lowest is None else pl.when(pl.col("decile") > lowest).then(lowest).otherwise("decile")


def has_ranks(period: str) -> bool:
    """Whether the registry of that month ranks families."""
    return period >= DTSEN_FROM


def _number(snapshot: str) -> int:
    return int(snapshot[:4]) * _QUARTERS + int(snapshot[6:]) - 1


def _quarter(number: int) -> str:
    return f"{number // _QUARTERS}-Q{number % _QUARTERS + 1}"
