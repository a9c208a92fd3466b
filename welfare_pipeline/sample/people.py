"""The made-up people of a district as they truly are: who, where, in which family, registered or not, and since when.

Nothing here is wrong or missing: errors are put in by `noise.py`, lists are drawn up by `lists.py` and `facts.py`.
Names are given in `kinship.py`.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from welfare_pipeline.sample import families, kinship, naming, numbers
from welfare_pipeline.sample.dice import Dice, Ints
from welfare_pipeline.sample.places import villages
from welfare_pipeline.sample.profile import MAIN_PERIOD, DistrictProfile, month_number, profile, tokens

FAMILY_SPACE = 10_000_000  # family ids of one district
ACTIVE_PER_FAMILY = 2.35  # fewer than there are, so that enough families are made
_REGISTERED_FAMILIES = 0.91
_REGISTERED_MEMBERS = 0.975
_JOINING_PER_MONTH = 0.004
_LEAVING_PER_MONTH = 0.0015
_MONTHS_AHEAD = 24
NEVER = 10_000
_FRAIL = 65
_DISABLED = 0.015
_DISABILITIES = ("PDFSK", "PDINT", "PDMTL", "PDSNS")
_FIRST_DAY = pl.date(2021, 10, 1)
_KINDS_OF_LEAVING = ("MD", "PD", "TT")


@dataclass(frozen=True)
class World:
    """A district's villages and people (in the order of person_id) and the dice that made them."""

    profile: DistrictProfile
    dice: Dice
    villages: pl.DataFrame
    people: pl.DataFrame


def populate(code: str, scale: float, seed: int) -> World:
    """The people of a district; exactly the wanted number is active in the registry in `MAIN_PERIOD`.

    Raises:
        KeyError: no such district in the sample.

    """
    district, dice = profile(code, scale), Dice(seed)
    places = villages(district, dice)
    count = int(district.registry_persons / ACTIVE_PER_FAMILY) + 60
    everybody = unnamed(district, dice, places, count)
    people = cut_to(everybody, district.registry_persons, month_number(MAIN_PERIOD))
    return named(people, district, dice, places)


def first_families(code: str, scale: float, seed: int, count: int) -> World:
    """Only the first `count` families of the district; the registered ones are as `populate` makes them."""
    district, dice = profile(code, scale), Dice(seed)
    places = villages(district, dice)
    return named(unnamed(district, dice, places, count), district, dice, places)


def families_of(world: World, count: int) -> World:
    """The world with only its first `count` families."""
    end = int(world.profile.code) * FAMILY_SPACE + count
    return World(world.profile, world.dice, world.villages, world.people.filter(pl.col("family_id") < end))


def unnamed(
    district: DistrictProfile, dice: Dice, places: pl.DataFrame, count: int, *, born_later: bool = False
) -> pl.DataFrame:
    """The people of the first `count` families and what becomes of them, without names and numbers."""
    ids = int(district.code) * FAMILY_SPACE + np.arange(count, dtype=np.int64)
    households = _households(ids, district, dice, places)
    members = families.members(households["family_id"].to_numpy(), dice, born_later=born_later)
    return _with_fates(members.join(households, on="family_id", how="left", maintain_order="left"), dice)


def named(people: pl.DataFrame, district: DistrictProfile, dice: Dice, places: pl.DataFrame) -> World:
    """The world of these people, with names and numbers."""
    there = people.join(places.drop("place", "weight"), on="village", how="left", maintain_order="left")
    return World(district, dice, places, _with_numbers(kinship.with_names(there, dice), district, dice))


def active_in(month: int) -> pl.Expr:
    """Whether the registry shows the person as active at the end of that month (number since the first period)."""
    struck_off = pl.col("known_to_registry") & (pl.col("leaves") <= month)
    return listed_in(month) & ~struck_off


def listed_in(month: int) -> pl.Expr:
    """Whether the registry has a row of the person in that month, active or not."""
    return pl.col("ever_registered") & (pl.col("enters") <= month)


def _households(ids: Ints, district: DistrictProfile, dice: Dice, places: pl.DataFrame) -> pl.DataFrame:
    mixture = [district.ethnicities.get(group, 0.0) for group in naming.GROUPS]
    street = pl.Series(tokens("VILLAGE", "street")).gather(dice.below(ids, "street", len(tokens("VILLAGE", "street"))))
    joins = dice.uniform(ids, "family joins")
    return (
        pl.DataFrame(
            {
                "family_id": ids,
                "village": dice.choice(ids, "village", places["weight"].to_list()),
                "group": dice.choice(ids, "ethnic group", mixture),
                "poverty": dice.uniform(ids, "poverty"),
                "registered_family": dice.chance(ids, "registered family", _REGISTERED_FAMILIES),
                "enters": np.where(
                    joins < _JOINING_PER_MONTH * _MONTHS_AHEAD, 1 + (joins / _JOINING_PER_MONTH).astype(np.int64), 0
                ),
                "rt": dice.below(ids, "rt", 12) + 1,
                "rw": dice.below(ids, "rw", 6) + 1,
                "street": street,
                "house": dice.below(ids, "house", 180) + 1,
            }
        )
        .with_columns(
            pl.col("rt", "rw").cast(pl.String).str.zfill(3),
            address=pl.format("JL. {} NO. {}", "street", "house"),
        )
        .drop("street", "house")
    )


def _with_fates(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Add who leaves (dies, moves, vanishes), in which month, and which lists know of it."""
    ids = people["person_id"].to_numpy()
    age = people.select((_FIRST_DAY - pl.col("birth_date")).dt.total_days() // 365).to_series().to_numpy()
    gone = np.where(age > _FRAIL, 0.035, 0.012)
    drawn = dice.uniform(ids, "leaves")
    later = (drawn - gone) / _LEAVING_PER_MONTH
    month = np.where(drawn < gone, 0, np.where(later < _MONTHS_AHEAD, 1 + later.astype(np.int64), NEVER))
    kind = np.where(
        age > _FRAIL,
        dice.choice(ids, "how old people leave", (0.86, 0.08, 0.06)),
        dice.choice(ids, "how people leave", (0.25, 0.55, 0.2)),
    )
    registry, civil = (
        dice.chance(ids, "registry knows", 0.45),
        dice.chance(ids, "civil registry knows", 0.6) & (kind < _KINDS_OF_LEAVING.index("TT")),
    )
    decision = dice.chance(ids, "village knows", 0.3) | ~(registry | civil)
    return people.with_columns(
        ever_registered=pl.col("registered_family")
        & pl.Series(dice.chance(ids, "member is registered", _REGISTERED_MEMBERS)),
        leaves=pl.Series(month),
        leaving=pl.Series(_KINDS_OF_LEAVING).gather(kind),
        left_on=_left_on(month, ids, dice),
        known_to_registry=pl.Series(registry),
        known_to_civil_registry=pl.Series(civil),
        known_to_village=pl.Series(decision),
    )


def _left_on(month: Ints, ids: Ints, dice: Dice) -> pl.Series:
    day = dice.below(ids, "day of leaving", 28)
    earlier = np.datetime64("2021-10-28") - dice.below(ids, "days since leaving", 900).astype("timedelta64[D]")
    in_month = (np.datetime64("2021-10") + np.minimum(month, 120).astype("timedelta64[M]")).astype(
        "datetime64[D]"
    ) + day.astype("timedelta64[D]")
    return pl.Series(np.where(month == 0, earlier, in_month)).cast(pl.Date)


def cut_to(people: pl.DataFrame, active: int, month: int) -> pl.DataFrame:
    """The first people among whom exactly `active` are active in that month."""
    running = people.select(active_in(month).cast(pl.Int64).cum_sum()).to_series()
    return people.filter(running <= active).head(int((running < active).sum()) + 1)


def _with_numbers(people: pl.DataFrame, district: DistrictProfile, dice: Dice) -> pl.DataFrame:
    houses = people.unique("family_id", keep="first", maintain_order=True).select("family_id", "subdistrict_code")
    houses = houses.select(
        "family_id",
        card=numbers.cards(houses, dice, "card issued", 0),
        old_card=numbers.cards(houses, dice, "old card issued", 5000),
    )
    ids = people["person_id"].to_numpy()
    disabled = pl.Series(dice.chance(ids, "disabled", _DISABLED))
    return (
        people.join(houses, on="family_id", how="left", maintain_order="left")
        .with_columns(
            disability=pl.when(disabled).then(
                pl.lit(pl.Series(_DISABILITIES)).gather(pl.Series(dice.below(ids, "disability", len(_DISABILITIES))))
            ),
            occupation=pl.lit(pl.Series(tokens("VILLAGE", "occupation"))).gather(
                pl.Series(dice.skewed(ids, "occupation", np.full_like(ids, len(tokens("VILLAGE", "occupation")))))
            ),
            nik=numbers.niks(people, district, dice),
            registry_id=numbers.registry_ids(people["person_id"].to_numpy()),
        )
        .with_columns(
            relative_nik=pl.coalesce(
                pl.col("nik").shift(1).over("family_id"), pl.col("nik").shift(-1).over("family_id")
            )
        )
    )
