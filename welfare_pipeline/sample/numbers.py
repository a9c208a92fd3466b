"""Numbers of made-up people and families: NIK, family card, registry id; all unique within the sample.

How they are corrupted stands in `number_noise.py`.
"""

import numpy as np
import polars as pl

from welfare_pipeline.sample.dice import Dice, Ints
from welfare_pipeline.sample.profile import DistrictProfile

_ELSEWHERE = (
    "137101",
    "137502",
    "127103",
    "120708",
    "121204",
    "147105",
    "147203",
    "140509",
    "330802",
    "350617",
    "351205",
    "717103",
)
_REGISTERED_ELSEWHERE = 0.14
_ELSEWHERE_SERIALS = 2500  # each district has its own serials of a foreign prefix: no NIK twice in the sample
_WOMEN = 40


def niks(people: pl.DataFrame, profile: DistrictProfile, dice: Dice) -> pl.Series:
    """PPKKCC of the place of first registration, DDMMYY (women: day + 40), serial; in the order of `people`.

    Needs person_id, subdistrict_code, female, birth_date.
    """
    ids = people["person_id"].to_numpy()
    elsewhere = pl.Series(dice.chance(ids, "first registered elsewhere", _REGISTERED_ELSEWHERE))
    there = pl.Series(_ELSEWHERE).gather(dice.below(ids, "where first registered", len(_ELSEWHERE)))
    later = pl.Series(np.where(dice.chance(ids, "later serial", 0.25), dice.below(ids, "serial gap", 40), 0))
    start = pl.when(elsewhere).then(1000 + _ELSEWHERE_SERIALS * profile.number).otherwise(0)
    day = pl.col("birth_date").dt.day() + pl.when("female").then(_WOMEN).otherwise(0)
    born = day.cast(pl.String).str.zfill(2) + pl.col("birth_date").dt.strftime("%m%y")
    place = pl.when(elsewhere).then(there).otherwise("subdistrict_code")
    return (
        people.select("person_id", stem=place + born, serial=start, gap=later)
        .with_columns(gap=pl.col("gap").cum_max().over("stem"))
        .select(pl.col("stem") + _serial(pl.col("serial") + pl.col("gap"), "stem").alias("nik"))
        .to_series()
    )


def cards(
    families: pl.DataFrame,
    dice: Dice,
    question: str,
    first_serial: int,
    issued_in: tuple[str, int] = ("2006-01-02", 5500),
) -> pl.Series:
    """PPKKCC, day of issue, serial from `first_serial` on. Needs family_id, subdistrict_code.

    `issued_in`: the first day that a card can be issued on, and from how many days.
    """
    ids = families["family_id"].to_numpy()
    first_day, days = issued_in
    issued = np.datetime64(first_day) + dice.below(ids, question, days).astype("timedelta64[D]")
    return (
        families.select("subdistrict_code", issued=pl.Series(issued).cast(pl.Date))
        .with_columns(stem=pl.col("subdistrict_code") + pl.col("issued").dt.strftime("%d%m%y"))
        .select(pl.col("stem") + _serial(pl.lit(first_serial), "stem"))
        .to_series()
    )


def registry_ids(ids: Ints) -> pl.Series:
    """The registry's own number of a person."""
    return pl.select(pl.lit("ID") + pl.lit(pl.Series(ids)).cast(pl.String).str.zfill(14)).to_series()


def _serial(start: pl.Expr, stem: str) -> pl.Expr:
    place = pl.int_range(1, pl.len() + 1).over(stem)
    return (start + place).cast(pl.String).str.zfill(4)
