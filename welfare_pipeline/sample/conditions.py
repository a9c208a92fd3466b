"""What a month finds people in: known to the registry, age, school, pregnancy, rank, and whether PKH has a reason.

Everything is true; what lists say of it is spoilt in `noise.py`. Who lives with whom stands in `families.py`.
"""

from datetime import date

import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.sample import ranks
from welfare_pipeline.sample.dtsen import in_families_of
from welfare_pipeline.sample.people import World, active_in
from welfare_pipeline.sample.profile import month_number

_PREGNANT = 0.03
_FERTILE = (18, 44)
_LEFT_SCHOOL = ("TAMAT SMA", "LULUS SMK", "KULIAH")
_FINISHED, _DROPPED_OUT = 0.75, 0.1
_YOUNG_CHILD, _PUPIL, _OLD = 6, 21, 70  # ages of the PKH components
_HALF_YEAR = 6


def in_month(world: World, period: str) -> World:
    """The world with the columns of that month.

    known_family (somebody in it is active in the registry), age, pregnant (YA or nothing), school_level,
    component (an active member of the family meets a component of PKH), and from 2025 on decile, that of the quarter
    before, unranked and misplaced (poor, yet ranked high).
    """
    month = month_number(period)
    world = in_families_of(world, month)
    people = world.people.with_columns(
        known_family=active_in(month).any().over("family_id"), age=age_on(last_day(period), "birth_date")
    )
    ids = people["person_id"].to_numpy()
    expecting = pl.Series(world.dice.chance(ids * 64 + month // _HALF_YEAR, "pregnant", _PREGNANT))
    people = people.with_columns(
        pregnant=pl.when(expecting & pl.col("female") & pl.col("age").is_between(*_FERTILE)).then(pl.lit("YA")),
        school_level=_school(world, people),
        **_ranks(world, period).to_dict(),
    )
    people = people.with_columns(component=(active_in(month) & _component()).any().over("family_id"))
    return World(world.profile, world.dice, world.villages, people)


def age_on(day: date, born: str) -> pl.Expr:
    """Completed years on that day."""
    in_year = pl.col(born).dt.month().cast(pl.Int32) * 31 + pl.col(born).dt.day()
    birthday_to_come = in_year > day.month * 31 + day.day
    return day.year - pl.col(born).dt.year() - birthday_to_come.cast(pl.Int32)


def _component() -> pl.Expr:
    """Whether the person meets a component of PKH."""
    age, at_school = pl.col("age"), ~pl.col("school_level").is_in(_LEFT_SCHOOL).fill_null(value=False)
    return (
        age.is_between(0, _YOUNG_CHILD)
        | (age.is_between(_YOUNG_CHILD, _PUPIL) & at_school)
        | (age >= _OLD)
        | pl.col("disability").is_not_null()
        | pl.col("pregnant").is_not_null()
    )


def _school(world: World, people: pl.DataFrame) -> pl.Expr:
    ids, age = people["person_id"].to_numpy(), pl.col("age")
    drawn = pl.Series(world.dice.uniform(ids, "schooling"))
    left = pl.lit(pl.Series(_LEFT_SCHOOL)).gather(pl.Series(world.dice.below(ids, "last school", len(_LEFT_SCHOOL))))
    return (
        pl.when(age.is_between(7, 12))
        .then(pl.lit("SD"))
        .when(age.is_between(13, 15))
        .then(pl.lit("SMP"))
        .when(age.is_between(16, 18))
        .then(pl.lit("SMA"))
        .when(age.is_between(19, 25) & (drawn < _FINISHED))
        .then(left)
        .when(age.is_between(19, 25) & (drawn > 1 - _DROPPED_OUT))
        .then(pl.lit("PUTUS SEKOLAH"))
    )


def _ranks(world: World, period: str) -> pl.DataFrame:
    """The columns of ranks, in the order of the world; before DTSEN nobody has one."""
    if not ranks.has_ranks(period):
        nobody = {"decile": pl.Int64, "unranked": pl.Boolean, "misplaced": pl.Boolean, "decile_before": pl.Int64}
        return pl.DataFrame(schema=nobody).clear(len(world.people))
    snapshot = ranks.snapshot_of(world.profile.code, period)
    earlier = ranks.ranked(world, ranks.before(snapshot)).select(decile_before="decile")
    return ranks.ranked(world, snapshot).hstack(earlier)
