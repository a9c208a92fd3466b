"""The same district years later, in the registry that has everybody: more families, new fates, families split in two.

The people of 2021 who are still there are the same, with their names and numbers. Deciles stand in `ranks.py`.
"""

from functools import lru_cache

import numpy as np
import polars as pl

from welfare_pipeline.sample import families, numbers
from welfare_pipeline.sample.dice import Dice, Ints
from welfare_pipeline.sample.people import NEVER, World, cut_to, named, unnamed
from welfare_pipeline.sample.places import villages
from welfare_pipeline.sample.profile import DTSEN_PERIODS, month_number, profile

ACTIVE_PER_FAMILY = 2.55  # fewer than there are, so that enough families are made
FIRST_MONTH = month_number(DTSEN_PERIODS[0])
_REGISTERED_FAMILIES, _REGISTERED_MEMBERS = 0.98, 0.994
_JOINING_PER_MONTH, _LEAVING_PER_MONTH, _MONTHS_AHEAD = 0.001, 0.0015, 24
_FRAIL_BORN_BEFORE = pl.date(1960, 9, 1)
_SPLIT, _SPLIT_IF_POORER_THAN = 0.02, 0.25  # of spouses of poor families: a card of their own, to receive twice
_SCANDAL, _SPLIT_IN_SCANDAL = ("750105",), 0.5  # sub-districts where somebody went from door to door, early
_SPLITS_IN, _EARLY_SPLITS = (month_number("2025-10"), month_number("2026-05")), 0.5
_OWN_FAMILY = 4_000_000  # added to a family's number, that of the part that left it
_CARDS_OF_SPLITS = ("2025-08-18", 30)


@lru_cache(maxsize=3)
def populated(code: str, scale: float, seed: int) -> World:
    """The people of a district since DTSEN; exactly the wanted number is active in the first month.

    Raises:
        KeyError: no such district in the sample.

    """
    count = int(profile(code, scale, since_dtsen=True).registry_persons / ACTIVE_PER_FAMILY) + 60
    world = first_families(code, scale, seed, count)
    people = cut_to(world.people, world.profile.registry_persons, FIRST_MONTH)
    return World(world.profile, world.dice, world.villages, people)


def first_families(code: str, scale: float, seed: int, count: int) -> World:
    """Only the first `count` families of the district, as `populated` makes them."""
    district, dice = profile(code, scale, since_dtsen=True), Dice(seed)
    places = villages(district, dice)
    world = named(unnamed(district, dice, places, count, born_later=True), district, dice, places)
    still_there = world.people.filter(pl.col("leaves") == NEVER)  # of those who left by 2023 no list is left
    return World(district, dice, places, _with_splits(_with_fates(still_there, dice), dice))


def since_dtsen(world: World) -> bool:
    """Whether the people are those of the years since DTSEN."""
    return "splits_in" in world.people.columns


def in_families_of(world: World, month: int) -> World:
    """The world with those who have split off by that month in families of their own."""
    if not since_dtsen(world):
        return world
    split = pl.col("splits_in") <= month
    own = {
        "family_id": pl.col("family_id") + _OWN_FAMILY,
        "place": pl.lit(families.HEAD, dtype=pl.Int64),
        "relationship": pl.lit(1, dtype=pl.Int64),
        "card": pl.col("own_card"),
        "old_card": pl.col("own_old_card"),
        "relative_nik": pl.lit(None, dtype=pl.String),
        "splits_in": pl.lit(NEVER, dtype=pl.Int64),
    }
    people = world.people.with_columns(
        *(pl.when(split).then(value).otherwise(name).alias(name) for name, value in own.items()),
        split_off=pl.col("split_off") | split,
    )
    return World(world.profile, world.dice, world.villages, people)


def _with_fates(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Registered nearly all; who leaves from 2024 on, and in which month a few families join."""
    ids, houses = people["person_id"].to_numpy(), people["family_id"].to_numpy()
    frail = people.select(pl.col("birth_date") < _FRAIL_BORN_BEFORE).to_series().to_numpy()
    gone = np.where(frail, 0.025, 0.008)
    drawn, joins = dice.uniform(ids, "leaves since DTSEN"), dice.uniform(houses, "family joins DTSEN")
    later = np.floor((drawn - gone) / _LEAVING_PER_MONTH).astype(np.int64)
    leaves = np.where(drawn < gone, FIRST_MONTH, np.where(later < _MONTHS_AHEAD, FIRST_MONTH + 1 + later, NEVER))
    joined = FIRST_MONTH + 1 + (joins / _JOINING_PER_MONTH).astype(np.int64)
    registered = pl.Series(dice.chance(houses, "registered family", _REGISTERED_FAMILIES))
    member = pl.Series(dice.chance(ids, "member is registered", _REGISTERED_MEMBERS))
    return people.with_columns(
        registered_family=registered,
        ever_registered=registered & member,
        enters=pl.Series(np.where(joins < _JOINING_PER_MONTH * _MONTHS_AHEAD, joined, 0)),
        leaves=pl.Series(leaves),
        left_on=_left_on(leaves, ids, dice),
    )


def _left_on(month: Ints, ids: Ints, dice: Dice) -> pl.Series:
    day = dice.below(ids, "day of leaving", 28)
    earlier = np.datetime64(f"{DTSEN_PERIODS[0]}-28") - dice.below(ids, "days since leaving", 450).astype(
        "timedelta64[D]"
    )
    begun = (np.datetime64("2021-10") + np.minimum(month, 240).astype("timedelta64[M]")).astype("datetime64[D]")
    return pl.Series(np.where(month == FIRST_MONTH, earlier, begun + day.astype("timedelta64[D]"))).cast(pl.Date)


def _with_splits(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Add splits_in (the month, or never), split_off (not yet), family_splits, and the cards that the parts get."""
    houses = people["family_id"].to_numpy()
    scandal = people["subdistrict_code"].is_in(_SCANDAL).to_numpy()
    splits = pl.Series(dice.chance(houses, "family splits", np.where(scandal, _SPLIT_IN_SCANDAL, _SPLIT)))
    early = pl.Series(dice.chance(houses, "family splits early", np.where(scandal, 1.0, _EARLY_SPLITS)))
    month = pl.when(early).then(_SPLITS_IN[0]).otherwise(_SPLITS_IN[1])
    poor = (pl.col("poverty") < _SPLIT_IF_POORER_THAN) & (pl.col("enters") == 0)
    fit = (pl.col("place") == families.SPOUSE) & pl.col("ever_registered") & (pl.col("leaves") == NEVER) & poor
    marked = people.with_columns(
        splits_in=pl.when(splits & fit).then(month).otherwise(NEVER).cast(pl.Int64), split_off=pl.lit(value=False)
    ).with_columns(family_splits=(pl.col("splits_in") < NEVER).any().over("family_id"))
    parts = marked.filter(pl.col("splits_in") < NEVER)
    own = parts.select(
        "person_id",
        own_card=numbers.cards(parts, dice, "card of a split family", 0, _CARDS_OF_SPLITS),
        own_old_card=numbers.cards(parts, dice, "card of a split family, misprinted", 5000, _CARDS_OF_SPLITS),
    )
    return marked.join(own, on="person_id", how="left", maintain_order="left")
