"""Names that fit a family: clan names, mothers and fathers of the house, sons like fathers, namesakes next door.

How a single name is made stands in `naming.py`.
"""

import numpy as np
import polars as pl

from welfare_pipeline.sample import families, naming
from welfare_pipeline.sample.dice import Dice, Flags
from welfare_pipeline.sample.profile import tokens

_OLD = pl.date(1985, 1, 1)
_NAMESAKES = 0.12


def with_names(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Add name, mother_name, father_name and birth_place. Needs the columns of families, households and villages."""
    people = people.with_columns(name=naming.full_names(_persons(people), dice, "name"))
    people = _namesakes(_name_like_father(people, dice), dice)
    for question in ("another name", "a third name", "a fourth name"):
        people = _no_name_twice(people, naming.full_names(_persons(people), dice, question))
    return people.with_columns(_mothers(people, dice), _fathers(people, dice), _birth_places(people, dice))


def _no_name_twice(people: pl.DataFrame, others: pl.Series) -> pl.DataFrame:
    """No parents give two of their children one name, or one that differs in a usual first word or the order only."""
    words = pl.col("name").str.split(" ").list.set_difference(list(naming.PREFIXES)).list.sort().list.join(" ")
    taken = (pl.col("relationship") == families.CHILD) & ~words.is_first_distinct().over("family_id", "relationship")
    return people.with_columns(name=pl.when(taken).then(others).otherwise("name"))


def _persons(people: pl.DataFrame) -> naming.Persons:
    ids = people["person_id"].to_numpy()
    of_the_house = (
        people["place"]
        .is_in([families.HEAD, *range(families.FIRST_CHILD, families.PARENT), families.GRANDCHILD, families.BORN_LATER])
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
    named_after = pl.col("registered_family") & (pl.col("place") != families.BORN_LATER)
    neighbour = pl.when(named_after).then("name").forward_fill().over("village", "female", pl.col("birth_date") < _OLD)
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
