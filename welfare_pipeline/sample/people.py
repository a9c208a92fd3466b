"""The made-up people of a district as they truly are: who, where, in which family, registered or not, and since when.

Nothing here is wrong or missing; errors are put in by `noise.py`, lists are drawn up by `lists.py` and `facts.py`.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from welfare_pipeline.sample import families, naming, numbers
from welfare_pipeline.sample.dice import Dice, Flags, Ints
from welfare_pipeline.sample.places import villages
from welfare_pipeline.sample.profile import MAIN_PERIOD, DistrictProfile, month_number, profile, tokens

_FAMILY_SPACE = 10_000_000  # family ids of one district
_ACTIVE_PER_FAMILY = 2.35  # fewer than there are, so that enough families are made
_REGISTERED_FAMILIES = 0.91
_REGISTERED_MEMBERS = 0.975
_JOINING_PER_MONTH = 0.004
_LEAVING_PER_MONTH = 0.0015
_MONTHS_AHEAD = 24
NEVER = 10_000
_NAMESAKES = 0.12
_FRAIL = 65
_DISABLED = 0.015
_DISABILITIES = ("PDFSK", "PDINT", "PDMTL", "PDSNS")
_OLD = pl.date(1985, 1, 1)
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
    count = int(district.registry_persons / _ACTIVE_PER_FAMILY) + 60
    households = _households(int(code) * _FAMILY_SPACE + np.arange(count, dtype=np.int64), district, dice, places)
    people = _with_fates(
        families.members(households["family_id"].to_numpy(), dice).join(
            households, on="family_id", how="left", maintain_order="left"
        ),
        dice,
    )
    people = _cut(people, district.registry_persons)
    named = _with_names(
        people.join(places.drop("place", "weight"), on="village", how="left", maintain_order="left"), dice
    )
    return World(district, dice, places, _with_numbers(named, district, dice))


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


def _cut(people: pl.DataFrame, active: int) -> pl.DataFrame:
    """The first people among whom exactly `active` are active in the main period."""
    running = people.select(active_in(month_number(MAIN_PERIOD)).cast(pl.Int64).cum_sum()).to_series()
    return people.filter(running <= active).head(int((running < active).sum()) + 1)


def _with_names(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    people = people.with_columns(name=naming.full_names(_persons(people), dice, "name"))
    people = _namesakes(_name_like_father(people, dice), dice)
    return people.with_columns(_mothers(people, dice), _fathers(people, dice), _birth_places(people, dice))


def _persons(people: pl.DataFrame) -> naming.Persons:
    ids = people["person_id"].to_numpy()
    of_the_house = (
        people["place"]
        .is_in([families.HEAD, *range(families.FIRST_CHILD, families.PARENT), families.GRANDCHILD])
        .to_numpy()
    )
    return naming.Persons(
        ids=ids,
        female=people["female"].to_numpy(),
        old=people.select(pl.col("birth_date") < _OLD).to_series().to_numpy(),
        group=people["group"].to_numpy(),
        clan=np.where(of_the_house, people["family_id"].to_numpy() * families.SLOTS, ids),
        pair=people["twin_of"].to_numpy(),
    )


def _of_family(people: pl.DataFrame, place: int, *, female: bool) -> pl.Series:
    """The name of the family's member in that place if of that sex, for every person."""
    there = (pl.col("place") == place) & (pl.col("female") == female)
    return people.select(pl.col("name").filter(there).first().over("family_id")).to_series()


def _name_like_father(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """A few sons bear their father's name."""
    son = pl.Series(dice.chance(people["person_id"].to_numpy(), "named like father", 0.005))
    father = _of_family(people, families.HEAD, female=False)
    like_him = son & (people["relationship"] == families.CHILD) & ~people["female"] & father.is_not_null()
    return people.with_columns(name=pl.when(like_him).then(father).otherwise("name"))


def _namesakes(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Some people outside the registry bear the name of a registered one of their village, sex and generation."""
    chosen = (
        pl.Series(dice.chance(people["person_id"].to_numpy(), "namesake", _NAMESAKES)) & ~people["registered_family"]
    )
    neighbour = (
        pl.when("registered_family").then("name").forward_fill().over("village", "female", pl.col("birth_date") < _OLD)
    )
    return people.with_columns(name=pl.when(chosen).then(pl.coalesce(neighbour, "name")).otherwise("name"))


def _parents_elsewhere(people: pl.DataFrame, dice: Dice, *, female: bool) -> pl.Series:
    """Parents who do not live in the family: one name for the children of a family, else one a person."""
    siblings = (people["relationship"] == families.CHILD).to_numpy()
    ids = np.where(siblings, people["family_id"].to_numpy() * families.SLOTS + 15, people["person_id"].to_numpy())
    sex: Flags = np.full(len(ids), female)
    persons = naming.Persons(ids, sex, np.ones(len(ids), dtype=bool), people["group"].to_numpy(), ids, ids)
    return naming.full_names(persons, dice, "mother" if female else "father")


def _mothers(people: pl.DataFrame, dice: Dice) -> pl.Expr:
    child, own_parent = (
        pl.col("relationship") == families.CHILD,
        (pl.col("relationship") == families.OWN_PARENT).any().over("family_id"),
    )
    wife = _of_family(people, families.SPOUSE, female=True)
    head = _of_family(people, families.HEAD, female=True)
    elder = _of_family(people, families.PARENT, female=True)
    at_home = pl.when(child).then(pl.coalesce(wife, head)).when(own_parent & (pl.col("relationship") == 1)).then(elder)
    return pl.coalesce(at_home, _parents_elsewhere(people, dice, female=True)).alias("mother_name")


def _fathers(people: pl.DataFrame, dice: Dice) -> pl.Expr:
    child = pl.col("relationship") == families.CHILD
    head = _of_family(people, families.HEAD, female=False)
    return pl.coalesce(pl.when(child).then(head), _parents_elsewhere(people, dice, female=False)).alias("father_name")


def _birth_places(people: pl.DataFrame, dice: Dice) -> pl.Expr:
    ids = people["person_id"].to_numpy()
    towns = pl.Series(tokens("VILLAGE", "town"))
    town = towns.gather(dice.below(ids, "town of birth", len(towns)))
    at_home = pl.Series(dice.chance(ids, "born in the village", 0.6))
    return pl.when(at_home).then("village_name").otherwise(town).alias("birth_place")


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
