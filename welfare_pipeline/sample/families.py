"""Who lives with whom: family cards with heads, spouses, children, elderly and others, of plausible ages.

Names and numbers are given in `people.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from welfare_pipeline.sample.dice import Dice, Flags, Floats, Ints

SLOTS = 16  # a person's id is the family's id times this plus the place in the family
CHILD, OWN_PARENT, PARENT_IN_LAW = 4, 7, 8  # relationships (SHDK)
HEAD, SPOUSE, FIRST_CHILD, PARENT, GRANDCHILD, OTHER, SON_IN_LAW, BORN_LATER = 0, 1, 2, 8, 9, 10, 11, 12
_CHILDREN = 5
_CHILDREN_WEIGHTS = (0.10, 0.19, 0.30, 0.23, 0.12, 0.06)
_TWINS = 0.012
_DAYS = 365.25
_WIDOWHOOD, _GROWN, _LEFT_HOME, _OLDEST, _GRANDPARENTS = 70.0, 18.5, 25.0, 97.0, 50.0
_YOUNGEST = 0.05
_BORN_LATER, _MOTHERS, _YEARS_LATER = 0.3, (18.0, 38.0), (0.1, 3.2)
_DRAWN_ON = np.datetime64("2021-10-01")


@dataclass(frozen=True)
class _Slot:
    """One place in every family: who stands there, if anybody. Ages in years."""

    place: int
    relationship: int | Ints
    present: Flags
    female: Flags
    age: Floats
    twin: Flags


def members(families: Ints, dice: Dice, *, born_later: bool = False) -> pl.DataFrame:
    """One row per member: person_id, family_id, place, relationship (SHDK), female, birth_date, twin_of.

    `born_later`: with a child for some families that was born in the years after the others were drawn.
    """
    slots = list(_slots(families, dice))
    if born_later:
        slots.append(_born_later(families, slots[HEAD], slots[SPOUSE], dice))
    return pl.concat([_frame(slot, families) for slot in slots]).sort("person_id")


def _frame(slot: _Slot, families: Ints) -> pl.DataFrame:
    ids = families * SLOTS + slot.place
    return pl.DataFrame(
        {
            "person_id": ids,
            "family_id": families,
            "place": np.full_like(ids, slot.place),
            "relationship": np.broadcast_to(np.asarray(slot.relationship, dtype=np.int64), ids.shape),
            "female": slot.female,
            "birth_date": _DRAWN_ON - (slot.age * _DAYS).astype("timedelta64[D]"),
            "twin_of": ids - slot.twin,
        },
        schema_overrides={"birth_date": pl.Date},
    ).filter(pl.Series(slot.present))


def _slots(families: Ints, dice: Dice) -> Iterator[_Slot]:
    head = _head(families, dice)
    spouse = _spouse(families, head, dice)
    yield head
    yield spouse
    yield from _children(families, head, spouse, dice)
    yield _parent(families, head, dice)
    yield from _others(families, head, dice)


def _head(families: Ints, dice: Dice) -> _Slot:
    female = dice.chance(families, "head is a woman", 0.13)
    drawn = dice.around(families, "age of head", 46.0, 12.5) + np.where(female, 8.0, 0.0)
    age = _turned_back(drawn, 21.0).clip(max=92.0)
    nobody_missing = np.ones(len(families), dtype=bool)
    return _Slot(HEAD, 1, nobody_missing, female, age, ~nobody_missing)


def _turned_back(age: Floats, least: float) -> Floats:
    """Ages below the least as far above it: raised to it, they would all be born on one day."""
    return least + np.abs(age - least)


def _spouse(families: Ints, head: _Slot, dice: Dice) -> _Slot:
    married = np.where(head.female, 0.04, np.where(head.age < _WIDOWHOOD, 0.92, 0.6))
    older = np.where(head.female, 2.0, -3.5)
    age = _turned_back(head.age + older + dice.around(families, "age of spouse", 0.0, 3.5), 17.5).clip(max=90.0)
    present = dice.chance(families, "married", married)
    return _Slot(SPOUSE, np.where(head.female, 2, 3), present, ~head.female, age, ~present & present)


def _children(families: Ints, head: _Slot, spouse: _Slot, dice: Dice) -> Iterator[_Slot]:
    mother_age = np.where(head.female, head.age, spouse.age)
    wanted = dice.choice(families, "children", _CHILDREN_WEIGHTS)
    age = mother_age - dice.around(families, "age at first birth", 23.0, 3.5).clip(17.0, 38.0)
    before: _Slot | None = None
    for n in range(_CHILDREN):
        ids = families * SLOTS + FIRST_CHILD + n
        at_home = dice.uniform(ids, "lives with parents") < np.where(
            age < _GROWN, 1.0, np.where(age < _LEFT_HOME, 0.5, 0.13)
        )
        twin = np.zeros(len(families), dtype=bool)
        present = (n < wanted) & (age > _YOUNGEST) & at_home
        if before is not None:
            twin = present & before.present & ~before.twin & dice.chance(ids, "twin", _TWINS)
            age = np.where(twin, before.age, age)
        before = _Slot(FIRST_CHILD + n, CHILD, present, dice.chance(ids, "girl", 0.49), age, twin)
        yield before
        age = age - dice.around(ids, "years to next birth", 3.4, 1.4).clip(1.0, 9.0)


def _parent(families: Ints, head: _Slot, dice: Dice) -> _Slot:
    age = head.age + 19.0 + 14.0 * dice.uniform(families, "age of parent")
    present = dice.chance(families, "parent lives here", 0.07) & (age < _OLDEST)
    in_law = dice.chance(families, "parent in law", 0.4)
    female = dice.chance(families, "mother", 0.66)
    return _Slot(PARENT, np.where(in_law, PARENT_IN_LAW, OWN_PARENT), present, female, age, ~present & present)


def _others(families: Ints, head: _Slot, dice: Dice) -> Iterator[_Slot]:
    old = head.age > _GRANDPARENTS
    nobody = np.zeros(len(families), dtype=bool)
    ages = dice.uniform(families, "age of other")
    girl = dice.chance(families, "other is a woman", 0.5)
    yield _Slot(GRANDCHILD, 6, old & dice.chance(families, "grandchild", 0.12), girl, 0.1 + 11.0 * ages, nobody)
    yield _Slot(OTHER, 9, dice.chance(families, "relative", 0.03), ~girl, 9.0 + 60.0 * ages, nobody)
    yield _Slot(SON_IN_LAW, 5, old & dice.chance(families, "son in law", 0.05), girl, 20.0 + 15.0 * ages, nobody)


def _born_later(families: Ints, head: _Slot, spouse: _Slot, dice: Dice) -> _Slot:
    ids = families * SLOTS + BORN_LATER
    mother_age = np.where(head.female, head.age, spouse.age)
    of_age = (mother_age > _MOTHERS[0]) & (mother_age < _MOTHERS[1]) & (head.female | spouse.present)
    first, last = _YEARS_LATER
    age = -(first + (last - first) * dice.uniform(ids, "years until born"))
    present = of_age & dice.chance(ids, "born later", _BORN_LATER)
    return _Slot(BORN_LATER, CHILD, present, dice.chance(ids, "girl", 0.49), age, ~present & present)
