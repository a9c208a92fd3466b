"""Who stands on which programme list in which month, rightly or wrongly.

Which rows have errors stands in `noise.py`; what becomes of the list in a file in `landing.py`.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.vocabulary import Programme
from welfare_pipeline.sample import families
from welfare_pipeline.sample.people import World, listed_in
from welfare_pipeline.sample.profile import MAIN_PERIOD, month_number

FAMILY_PROGRAMMES = (Programme.PKH, Programme.SEMBAKO, Programme.BST)
REGISTRY_REQUIRED = (*FAMILY_PROGRAMMES, Programme.PBI_JKN)
_STRANGERS = {Programme.PKH: 0.03, Programme.SEMBAKO: 0.03, Programme.PBI_JKN: 0.03, Programme.BST: 0.04}
_STRANGERS_ELSEWHERE = 0.12  # on lists that do not demand the registry
_MISSING_MEMBERS = 0.008  # people absent from the registry whose family is in it
_TWICE = 0.004
_SECOND_MEMBERS = 0.004
_OUTSIDE_AGE = 0.05
_LEFT_BUT_LISTED = 0.45
_JOINING, _LEAVING = 0.012, 0.010  # of a list, a month
_GROWTH = 0.004  # of a list, a month
_PAID_ANYHOW = 0.006  # of all families: BST without a look at the other lists
_ADULT, _OLD, _SCHOOL_LEAVER, _ALMOST_OLD = 18, 60, 21, 50


@dataclass(frozen=True)
class _Shares:
    """How many rows of a list are what."""

    total: int
    strangers: int
    missing_members: int
    twice: int
    second_members: int

    @property
    def usual(self) -> int:
        """The rows that are nothing special."""
        return self.total - self.strangers - self.missing_members - self.twice - self.second_members


def recipients(world: World, programme: Programme, month: int) -> pl.DataFrame:
    """The list's accepted rows as persons of the world, with `copy` (1: the same person again) and `row_key`."""
    shares = _shares(world, programme, month)
    pool = _candidates(world, programme, month)
    outside = pool.filter(~pl.col("registered_family")).head(shares.strangers)
    missing = _missing_members(pool, programme).head(shares.missing_members)
    wanted = shares.usual + shares.strangers - len(outside) + shares.missing_members - len(missing)
    usual = _insiders(pool, programme).head(wanted)
    twice = usual.sort("drawn").head(shares.twice).with_columns(copy=pl.lit(1, dtype=pl.Int64))
    rows = pl.concat([outside, missing, usual, twice])
    rows = pl.concat([rows, _second_members(world, usual, programme, shares.second_members)], how="diagonal")
    missing_rows = shares.total - len(rows)
    filler = _insiders(pool, programme).slice(wanted, missing_rows)
    return _in_list_order(pl.concat([rows, filler], how="diagonal"), programme, world)


def _shares(world: World, programme: Programme, month: int) -> _Shares:
    size = world.profile.lists[programme]
    total = round(size * (1 + _GROWTH * (month - month_number(MAIN_PERIOD))))
    family = programme in FAMILY_PROGRAMMES
    return _Shares(
        total=total,
        strangers=_at_least_one(total * _STRANGERS.get(programme, _STRANGERS_ELSEWHERE)),
        missing_members=0 if family else _at_least_one(total * _MISSING_MEMBERS),
        twice=_at_least_one(total * _TWICE),
        second_members=_at_least_one(total * _SECOND_MEMBERS) if family else 0,
    )


def _at_least_one(count: float) -> int:
    return max(round(count), 1)


def _candidates(world: World, programme: Programme, month: int) -> pl.DataFrame:
    """Everybody who may stand on the list, the most deserving first."""
    people, dice, name = world.people, world.dice, str(programme)
    group = (people["family_id"] if programme in FAMILY_PROGRAMMES else people["person_id"]).to_numpy()
    joins, leaves = dice.uniform(group, f"{name} joins"), dice.uniform(group, f"{name} ends")
    on_the_list = (joins >= _JOINING * np.maximum(0, 24 - month)) & (leaves >= _LEAVING * month)
    stays = dice.chance(people["person_id"].to_numpy(), f"{name} still listed", _LEFT_BUT_LISTED)
    own = pl.Series(dice.uniform(group, f"{name} need"))
    poverty = pl.col("poverty")
    if programme is Programme.BST:
        whoever = pl.Series(dice.chance(group, "BST whoever else is paid", _PAID_ANYHOW))
        poverty = pl.when(whoever).then(0.0).otherwise(1 - poverty)
    marked = people.with_columns(
        listed=listed_in(month),
        copy=pl.lit(0, dtype=pl.Int64),
        drawn=pl.Series(dice.uniform(people["person_id"].to_numpy(), f"{name} drawn")),
        need=0.6 * poverty + 0.4 * own,
        age=_age(month),
        kept=pl.Series(on_the_list),
        stays=pl.Series(stays) | (pl.col("leaves") > month),
        wife=pl.Series(dice.chance(people["family_id"].to_numpy(), f"{name} holder is the wife", 0.7)),
        disabled_now=pl.col("disability").is_not_null(),
    )
    return marked.filter(pl.col("kept") & pl.col("stays") & _may_receive(programme)).sort("need", "person_id")


def _age(month: int) -> pl.Expr:
    year, number = divmod(9 + month, 12)
    day = last_day(f"{2021 + year}-{number + 1:02d}")
    before_birthday = pl.date(day.year, pl.col("birth_date").dt.month(), 1) > pl.lit(day)
    return day.year - pl.col("birth_date").dt.year() - before_birthday.cast(pl.Int32)


def _may_receive(programme: Programme) -> pl.Expr:
    age = pl.col("age")
    has_spouse = (pl.col("place") == families.SPOUSE).any().over("family_id")
    wife_holds = pl.col("wife") & has_spouse
    holder = pl.when(wife_holds).then(pl.col("place") == families.SPOUSE).otherwise(pl.col("place") == families.HEAD)
    outside_age = pl.col("drawn") < _OUTSIDE_AGE
    return {
        Programme.YAPI: (pl.col("relationship") == families.CHILD)
        & pl.when(outside_age).then(age.is_between(_ADULT, _SCHOOL_LEAVER)).otherwise(age < _ADULT),
        Programme.ELDERLY: pl.when(outside_age).then(age.is_between(_ALMOST_OLD, _OLD - 2)).otherwise(age > _OLD),
        Programme.DISABILITY: pl.col("disabled_now"),
        Programme.PBI_JKN: pl.lit(value=True),
    }.get(programme, holder)


def _missing_members(pool: pl.DataFrame, programme: Programme) -> pl.DataFrame:
    """People absent from the registry whose family is in it; of family lists they are ordinary rows."""
    if programme in FAMILY_PROGRAMMES:
        return pool.clear()
    return pool.filter(pl.col("registered_family") & ~pl.col("ever_registered"))


def _insiders(pool: pl.DataFrame, programme: Programme) -> pl.DataFrame:
    if programme in FAMILY_PROGRAMMES:
        return pool.filter("registered_family")
    return pool.filter("listed")


def _second_members(world: World, usual: pl.DataFrame, programme: Programme, count: int) -> pl.DataFrame:
    """Another adult of families that already have a row."""
    if not count:
        return usual.clear()
    holders = usual.select("family_id", holder="person_id")
    others = world.people.filter(pl.col("place") <= families.SPOUSE).join(holders, on="family_id")
    drawn = world.dice.uniform(others["person_id"].to_numpy(), f"{programme} second member")
    return (
        others.with_columns(drawn=pl.Series(drawn), copy=pl.lit(0, dtype=pl.Int64))
        .filter(pl.col("person_id") != pl.col("holder"))
        .sort("drawn")
        .head(count)
        .drop("holder")
    )


def _in_list_order(rows: pl.DataFrame, programme: Programme, world: World) -> pl.DataFrame:
    keyed = rows.with_columns(row_key=pl.col("person_id") * 2 + pl.col("copy"))
    shuffled = world.dice.uniform(keyed["row_key"].to_numpy(), f"{programme} order")
    ordered = keyed.with_columns(order=pl.Series(shuffled)).sort("village_code", "order")
    return ordered.select(*world.people.columns, "copy", "row_key")
