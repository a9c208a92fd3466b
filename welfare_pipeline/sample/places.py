"""Made-up villages of a district: codes, names (some equal in two sub-districts), size and kind.

How many people the civil registry counts in them stands in `facts.py`.
"""

import numpy as np
import polars as pl

from welfare_pipeline.sample.dice import Dice
from welfare_pipeline.sample.profile import DistrictProfile, tokens

_NAME_STRIDE = 7  # coprime to the number of names, so that names repeat between sub-districts only
_URBAN, _RURAL = 1001, 2001


def villages(profile: DistrictProfile, dice: Dice) -> pl.DataFrame:
    """One row per village, `village` being its number from 0; `weight` is its share of the people, unscaled."""
    number = np.arange(profile.village_count, dtype=np.int64)
    codes = sorted(profile.subdistricts)
    subdistrict, place = number % len(codes), number // len(codes)
    urban = number < profile.urban_villages
    names = [f"{first} {second}" for second in tokens("VILLAGE", "second") for first in tokens("VILLAGE", "first")]
    offset = dice.below(subdistrict + int(profile.code), "first village name of the sub-district", len(names))
    return pl.DataFrame(
        {
            "village": number,
            "subdistrict_code": pl.Series(codes).gather(subdistrict),
            "subdistrict_name": pl.Series([profile.subdistricts[code] for code in codes]).gather(subdistrict),
            "village_name": pl.Series(names).gather((offset + place * _NAME_STRIDE) % len(names)),
            "urban": urban,
            "weight": np.maximum(dice.around(number, "village size", 1.0, 0.35), 0.3) * np.where(urban, 2.2, 1.0),
            "place": place + np.where(urban, _URBAN, _RURAL),
        }
    ).with_columns(village_code=pl.col("subdistrict_code") + pl.col("place").cast(pl.String))


def spread(total: int, weights: pl.Series, at_least: pl.Series | None = None) -> pl.Series:
    """`total` split over the rows by weight into whole numbers that add up to it, none below `at_least`."""
    floor = pl.zeros(len(weights), dtype=pl.Int64, eager=True) if at_least is None else at_least.cast(pl.Int64)
    room = total - int(floor.sum())
    exact = weights / weights.sum() * room
    whole = exact.floor().cast(pl.Int64)
    missing = room - int(whole.sum())
    rank = (exact - whole).rank("ordinal", descending=True)
    return floor + whole + (rank <= missing).cast(pl.Int64)
