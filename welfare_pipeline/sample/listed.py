"""Who stands on the lists of public employees, formal workers and company officers.

A few of the district's poor, many who are none of them, namesakes, and numbers that office clerks confused.
Rows come out as persons of the world plus the list's own columns.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.sample import families, naming
from welfare_pipeline.sample.dice import Dice, Ints
from welfare_pipeline.sample.people import FAMILY_SPACE, World

_ADULTS = 0.65  # of the population
_NAMESAKES, _NUMBERS_CONFUSED = 0.08, 0.03  # of those who are not of the world
_FIRST_OUTSIDER, _OUTSIDERS = 9_000_000, 200_000  # numbers of families that no district reaches; one space a list
_WORKING = (19, 67)
_OLDEST, _DAYS_OF_BIRTH = np.datetime64("1957-01-01"), 15_000
_OLD_NAMES_UNTIL = np.datetime64("1985-01-01")
_WOMEN = 40
_SERIAL_GAP = 9
_CATEGORIES = ("ASN", "PPPK", "TNI", "POLRI", "PENSIUNAN", "BUMN", "PERANGKAT DESA", "SDM PKH")
_CATEGORY_WEIGHTS = (0.42, 0.12, 0.06, 0.06, 0.14, 0.06, 0.12, 0.02)
_COMPANIES = ("PT SAWIT MAKMUR JAYA", "CV KARYA BERSAMA", "PT RIAU MITRA ABADI", "CV TIGA SAUDARA", "PT BUMI LESTARI")
_WAGES = (0.12, 0.33, 0.03, 0.52)  # exactly the minimum, below, one rupiah above, more


@dataclass(frozen=True)
class _List:
    """How many there are: `share` of the district's adults, `poor` of the adults of the world."""

    number: int
    share: float
    poor: float


LISTS = {
    "public_employees": _List(0, 0.015, 0.004),
    "formal_workers": _List(1, 0.02, 0.012),
    "company_officers": _List(2, 0.003, 0.002),
}


def listed_people(world: World, source: str, period: str) -> pl.DataFrame:
    """One row per listed person, with row_key and the columns category, monthly_wage or company."""
    entry, dice = LISTS[source], world.dice
    adults = world.people.filter(pl.col("age").is_between(*_WORKING))
    poor = adults.filter(pl.Series(dice.chance(adults["person_id"].to_numpy(), f"on {source}", entry.poor)))
    count = max(round(world.profile.population * _ADULTS * entry.share) - len(poor), 1)
    people = pl.concat([poor, _outsiders(world, adults, entry.number, count)])
    ids = people["person_id"].to_numpy()
    shuffled = people.with_columns(
        row_key="person_id", order=pl.Series(dice.uniform(ids, f"{source} order")), **_own(dice, ids, world, period)
    )
    return shuffled.sort("order").drop("order")


def _own(dice: Dice, ids: Ints, world: World, period: str) -> dict[str, pl.Series]:
    category = dice.choice(ids, "category", _CATEGORY_WEIGHTS)
    minimum = load_policy().minimum_wage(period, world.profile.code)
    share = dice.uniform(ids, "wage")
    wages = np.stack(
        [
            np.full(len(ids), minimum),
            (minimum * (0.5 + 0.499 * share)).astype(np.int64),
            np.full(len(ids), minimum + 1),
            (minimum * (1.001 + 2 * share)).astype(np.int64),
        ]
    )
    return {
        "category": pl.Series(_CATEGORIES).gather(category),
        "monthly_wage": pl.Series(wages[dice.choice(ids, "kind of wage", _WAGES), np.arange(len(ids))]),
        "company": pl.Series(_COMPANIES).gather(dice.below(ids, "company", len(_COMPANIES))),
    }


def _outsiders(world: World, adults: pl.DataFrame, number: int, count: int) -> pl.DataFrame:
    """People who are not of the world, in the place of randomly drawn ones who are."""
    dice = world.dice
    first = int(world.profile.code) * FAMILY_SPACE + _FIRST_OUTSIDER + number * _OUTSIDERS
    houses = first + np.arange(count, dtype=np.int64)
    ids = houses * families.SLOTS
    like = adults[dice.below(ids, "lives beside", len(adults))]
    born = _OLDEST + dice.below(ids, "born", _DAYS_OF_BIRTH).astype("timedelta64[D]")
    persons = naming.Persons(
        ids, like["female"].to_numpy(), born < _OLD_NAMES_UNTIL, like["group"].to_numpy(), ids, ids
    )
    apart = like.with_columns(
        person_id=ids,
        family_id=houses,
        birth_date=pl.Series(born).cast(pl.Date),
        own_name=naming.full_names(persons, dice, "name"),
        namesake=pl.Series(dice.chance(ids, "namesake", _NAMESAKES)),
        confused=pl.Series(dice.chance(ids, "number confused", _NUMBERS_CONFUSED)),
        card=pl.lit(None, dtype=pl.String),
        relative_nik=pl.lit(None, dtype=pl.String),
        **{name: pl.lit(value=False) for name in ("registered_family", "ever_registered", "known_family")},
    )
    return apart.with_columns(
        name=pl.when("namesake").then("name").otherwise("own_name"),
        nik=pl.when(pl.col("confused") & _other_name()).then("nik").otherwise(_niks(2001 + 1000 * number)),
    ).select(adults.columns)


def _other_name() -> pl.Expr:
    """Whether the outsider's own name has no word of the name of the one whose number it got, nor begins like it."""
    begins_alike = pl.col("own_name").str.slice(0, 1) == pl.col("name").str.slice(0, 1)
    shared = pl.col("own_name").str.split(" ").list.set_intersection(pl.col("name").str.split(" "))
    return (shared.list.len() == 0) & ~begins_alike & ~pl.col("namesake")


def _niks(first_serial: int) -> pl.Expr:
    """Numbers of this district whose serials nobody of the world has."""
    day = (pl.col("birth_date").dt.day() + pl.when("female").then(_WOMEN).otherwise(0)).cast(pl.String).str.zfill(2)
    stem = pl.col("subdistrict_code") + day + pl.col("birth_date").dt.strftime("%m%y")
    spread = pl.col("family_id") % _SERIAL_GAP  # or every other number ended in one digit, like those Excel rounds
    return stem + (first_serial + spread + _SERIAL_GAP * pl.int_range(pl.len()).over(stem)).cast(pl.String).str.zfill(4)
