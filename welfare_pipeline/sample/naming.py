"""What made-up people are called: by ethnic group, sex and generation, in capitals, true spelling.

How registers misspell it stands in `name_noise.py`.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from welfare_pipeline.sample.dice import Dice, Flags, Floats, Ints
from welfare_pipeline.sample.profile import tokens

GROUPS = ("MALAY", "MINANG", "JAVANESE", "BATAK", "GORONTALO")
_KINDS = ("male_old", "male_new", "female_old", "female_new", "second_male", "second_female", "family")
PREFIXES = ("MUHAMMAD", "ABDUL", "AHMAD", "SITI", "NUR")
_PREFIXES_OF_MEN, _PREFIXES_OF_WOMEN = (0.66, 0.84), (0.55,)  # where one prefix ends and the next begins
_DEVOUT = np.array([1.0, 0.8, 0.5, 0.0, 0.7])  # how common Arabic first tokens are in each group
_ONE_WORD_OLD = np.array([0.45, 0.5, 0.72, 0.0, 0.08])
_ONE_WORD_NEW = np.array([0.10, 0.12, 0.15, 0.0, 0.03])
_WITH_CLAN = np.array([0.0, 0.0, 0.0, 1.0, 0.85])
_THIRD_TOKEN = 0.12


@dataclass(frozen=True)
class Persons:
    """Who needs a name. `clan` is the id whose draws decide the family name, `pair` the second token (twins)."""

    ids: Ints
    female: Flags
    old: Flags
    group: Ints
    clan: Ints
    pair: Ints


@cache
def _pool() -> tuple[pl.Series, Ints, Ints]:
    """Every token in one series, with the first position and the size of each group's kinds."""
    words: list[str] = []
    start = np.zeros((len(GROUPS), len(_KINDS)), dtype=np.int64)
    size = np.zeros_like(start)
    for g, group in enumerate(GROUPS):
        for k, kind in enumerate(_KINDS):
            own = tokens(group, kind)
            start[g, k], size[g, k] = len(words), len(own)
            words += own
    return pl.Series(words), start, size


def full_names(people: Persons, dice: Dice, question: str) -> pl.Series:
    """One full name per person; the same question gives the same person the same name."""
    female, old, group = people.female, people.old, people.group
    prefix = _prefixes(people, dice, question)
    alone = dice.uniform(people.ids, f"{question} one word") < np.where(old, _ONE_WORD_OLD[group], _ONE_WORD_NEW[group])
    clan = dice.chance(people.clan, f"{question} clan", _WITH_CLAN[group])
    middle = dice.chance(people.ids, f"{question} middle", 0.2)
    second = np.where(clan, middle, ~alone | (prefix.is_not_null().to_numpy() & old))
    third = second & ~old & ~clan & dice.chance(people.ids, f"{question} third", _THIRD_TOKEN)
    seconds = np.where(female, 5, 4)
    words = pl.DataFrame(
        {
            "prefix": prefix,
            "first": _drawn(people.ids, group, np.where(female, 2, 0) + np.where(old, 0, 1), dice, f"{question} first"),
            "second": _only(second, _drawn(people.pair, group, seconds, dice, f"{question} second")),
            "third": _only(third, _drawn(people.pair, group, seconds, dice, f"{question} third token")),
            "clan": _only(clan, _drawn(people.clan, group, np.full_like(group, 6), dice, "family name")),
        }
    )
    repeated = pl.col("second") == pl.col("first")
    return words.with_columns(second=pl.when(~repeated.fill_null(value=False)).then("second")).select(
        pl.concat_str(pl.all(), separator=" ", ignore_nulls=True).alias("name")
    )["name"]


def _prefixes(people: Persons, dice: Dice, question: str) -> pl.Series:
    shares: Floats = np.where(people.female, 0.16, np.where(people.old, 0.13, 0.33)) * _DEVOUT[people.group]
    drawn = dice.uniform(people.ids, f"{question} prefix")
    which = dice.uniform(people.ids, f"{question} which prefix")
    male = np.searchsorted(_PREFIXES_OF_MEN, which)
    position = np.where(people.female, len(_PREFIXES_OF_MEN) + 1 + np.searchsorted(_PREFIXES_OF_WOMEN, which), male)
    return _only(drawn < shares, pl.Series(PREFIXES).gather(position))


def _drawn(ids: Ints, group: Ints, kind: Ints, dice: Dice, question: str) -> pl.Series:
    words, start, size = _pool()
    sizes = size[group, kind]
    return words.gather(start[group, kind] + np.minimum(dice.skewed(ids, question, sizes), np.maximum(sizes - 1, 0)))


def _only(wanted: Flags, values: pl.Series) -> pl.Series:
    return pl.select(pl.when(pl.Series(wanted)).then(values)).to_series()
