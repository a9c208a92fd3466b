"""Who stands on which programme list in which month, rightly or wrongly.

Which rows have errors stands in `noise.py`; what becomes of the list in a file in `landing.py`.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from welfare_pipeline.sample import families
from welfare_pipeline.sample.dice import Ints
from welfare_pipeline.sample.dtsen import since_dtsen
from welfare_pipeline.sample.people import World, listed_in
from welfare_pipeline.sample.profile import MAIN_PERIOD, month_number
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.within_limits import allowed

FAMILY_PROGRAMMES = (Programme.PKH, Programme.SEMBAKO, Programme.BST)
REGISTRY_REQUIRED = (*FAMILY_PROGRAMMES, Programme.PBI_JKN)
_STRANGERS = {Programme.PKH: 0.03, Programme.SEMBAKO: 0.03, Programme.PBI_JKN: 0.03, Programme.BST: 0.04}
_STRANGERS_ELSEWHERE = 0.12  # on lists that do not demand the registry
_MISSING_MEMBERS = 0.008  # people absent from the registry whose family is in it
_STRANGERS_TO_DTSEN, _MISSING_IN_DTSEN = 0.012, 0.003  # since the registry has nearly everybody
_TWICE = 0.004
_SECOND_MEMBERS = 0.004
_OUTSIDE_AGE = 0.05
_LEFT_BUT_LISTED = 0.45
_JOINING, _LEAVING = 0.012, 0.010  # of a list, a month
_GROWTH, _YEAR = 0.004, 12  # of a list, a month, for a year
_CHILD_HOLDS = 0.02  # of families with a child from 12 to 17
_WITHOUT_COMPONENT = 0.035  # of families without a component: on the PKH list all the same
_HALF_GROWN = 12
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


def recipients(
    world: World, programme: Programme, period: str, guests: pl.DataFrame, away: pl.DataFrame
) -> pl.DataFrame:
    """The list's accepted rows as persons of the world, with copy, guest, abroad and row_key.

    `copy` is 1 where a person stands again; `guest`: of another district; `abroad`: on the lists of two districts.

    `guests`: persons of another district who stand on this list; `away`: person_id of those who surely stand on it.
    """
    shares = _shares(world, programme, month_number(period))
    pool = _candidates(world, programme, period, away["person_id"])
    outside = pool.filter(~pl.col("registered_family")).head(max(shares.strangers - len(guests), 0))
    missing = _missing_members(pool, programme).head(shares.missing_members)
    wanted = shares.total - shares.twice - shares.second_members - len(guests) - len(outside) - len(missing)
    usual = _insiders(pool, programme).head(wanted)
    twice = usual.sort("drawn").head(shares.twice).with_columns(copy=pl.lit(1, dtype=pl.Int64))
    second = _second_members(world, usual, programme, shares.second_members)
    rows = pl.concat([outside, missing, usual, twice, second, _as_listed(guests)], how="diagonal_relaxed")
    filler = _insiders(pool, programme).slice(wanted, shares.total - len(rows))
    listed = pl.concat([rows, filler], how="diagonal_relaxed")
    abroad = pl.col("guest") | pl.col("person_id").is_in(away["person_id"].implode())
    return _in_list_order(listed.with_columns(abroad=abroad), programme, world)


def _as_listed(guests: pl.DataFrame) -> pl.DataFrame:
    return guests.with_columns(copy=pl.lit(0, dtype=pl.Int64), guest=pl.lit(value=True))


def _shares(world: World, programme: Programme, month: int) -> _Shares:
    size = world.profile.lists[programme]
    since = month - month_number(MAIN_PERIOD)
    total = round(size * (1 + _GROWTH * (since if abs(since) <= _YEAR else 0)))
    family = programme in FAMILY_PROGRAMMES
    strangers, missing = _STRANGERS.get(programme, _STRANGERS_ELSEWHERE), _MISSING_MEMBERS
    if since_dtsen(world):
        strangers, missing = _STRANGERS_TO_DTSEN, _MISSING_IN_DTSEN
    return _Shares(
        total=total,
        strangers=_at_least_one(total * strangers),
        missing_members=0 if family else _at_least_one(total * missing),
        twice=_at_least_one(total * _TWICE),
        second_members=_at_least_one(total * _SECOND_MEMBERS) if family else 0,
    )


def _at_least_one(count: float) -> int:
    return max(round(count), 1)


def eligible(world: World, programme: Programme, period: str) -> pl.DataFrame:
    """Everybody whom the programme's holders could be, with what decides among them."""
    people, dice, name = world.people, world.dice, str(programme)
    families_drawn = people["family_id"].to_numpy()
    marked = people.with_columns(
        *allowed(world, programme, period, _group(people, programme)),
        listed=listed_in(month_number(period)),
        wife=pl.Series(dice.chance(families_drawn, f"{name} holder is the wife", 0.7)),
        minor=pl.Series(dice.chance(families_drawn, f"{name} holder is a child", _CHILD_HOLDS)),
        anyhow=pl.Series(dice.chance(families_drawn, f"{name} without a component", _WITHOUT_COMPONENT)),
        drawn=pl.Series(dice.uniform(people["person_id"].to_numpy(), f"{name} drawn")),
    )
    return marked.filter(pl.col("allowed") & _may_receive(programme))


def _group(people: pl.DataFrame, programme: Programme) -> Ints:
    return (people["family_id"] if programme in FAMILY_PROGRAMMES else people["person_id"]).to_numpy()


def _candidates(world: World, programme: Programme, period: str, away: pl.Series) -> pl.DataFrame:
    """Everybody who may stand on the list, the most deserving first."""
    people, dice, name = eligible(world, programme, period), world.dice, str(programme)
    month = month_number(period)
    group = _group(people, programme)
    joins, leaves = dice.uniform(group, f"{name} joins"), dice.uniform(group, f"{name} ends")
    on_the_list = (joins >= _JOINING * np.maximum(0, 24 - month)) & (leaves >= _LEAVING * min(month, _YEAR))
    stays = dice.chance(people["person_id"].to_numpy(), f"{name} still listed", _LEFT_BUT_LISTED)
    own = pl.Series(dice.uniform(group, f"{name} need"))
    poverty = pl.col("poverty")
    if programme is Programme.BST:
        whoever = pl.Series(dice.chance(group, "BST whoever else is paid", _PAID_ANYHOW))
        poverty = pl.when(whoever).then(0.0).otherwise(1 - poverty)
    sure = pl.col("person_id").is_in(away.implode())
    marked = people.with_columns(
        copy=pl.lit(0, dtype=pl.Int64),
        guest=pl.lit(value=False),
        need=pl.when(sure).then(-1.0).otherwise(pl.coalesce(pl.col("favoured") * own, 0.6 * poverty + 0.4 * own)),
        kept=pl.Series(on_the_list) | sure,
        stays=pl.Series(stays) | (pl.col("leaves") > month),
    )
    return marked.filter(pl.col("kept") & pl.col("stays")).sort("need", "person_id")


def _may_receive(programme: Programme) -> pl.Expr:
    age = pl.col("age")
    outside_age = pl.col("drawn") < _OUTSIDE_AGE
    return {
        Programme.YAPI: (pl.col("relationship") == families.CHILD)
        & pl.when(outside_age).then(age.is_between(_ADULT, _SCHOOL_LEAVER)).otherwise(age < _ADULT),
        Programme.ELDERLY: pl.when(outside_age).then(age.is_between(_ALMOST_OLD, _OLD - 2)).otherwise(age > _OLD),
        Programme.DISABILITY: pl.col("disability").is_not_null(),
        Programme.PBI_JKN: pl.lit(value=True),
        Programme.PKH: _holds_card() & (pl.col("component") | pl.col("anyhow") | ~pl.col("known_family")),
    }.get(programme, _holds_card())


def _holds_card() -> pl.Expr:
    """The member to whom a family programme is paid: the wife or the head, now and then a child."""
    spouse = (pl.col("place") == families.SPOUSE).any().over("family_id")
    adult = pl.when(pl.col("wife") & spouse).then(families.SPOUSE).otherwise(families.HEAD)
    half_grown = (pl.col("relationship") == families.CHILD) & pl.col("age").is_between(_HALF_GROWN, _ADULT - 1)
    eldest = pl.when(half_grown).then("place").min().over("family_id")
    return pl.col("place") == pl.when("minor").then(pl.coalesce(eldest, adult)).otherwise(adult)


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
        others.with_columns(drawn=pl.Series(drawn), copy=pl.lit(0, dtype=pl.Int64), guest=pl.lit(value=False))
        .filter(pl.col("person_id") != pl.col("holder"))
        .sort("drawn")
        .head(count)
        .drop("holder")
    )


def _in_list_order(rows: pl.DataFrame, programme: Programme, world: World) -> pl.DataFrame:
    keyed = rows.with_columns(row_key=pl.col("person_id") * 2 + pl.col("copy"))
    shuffled = world.dice.uniform(keyed["row_key"].to_numpy(), f"{programme} order")
    ordered = keyed.with_columns(order=pl.Series(shuffled)).sort("village_code", "order")
    return ordered.select(*world.people.columns, "copy", "guest", "abroad", "row_key")
