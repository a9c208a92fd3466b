"""The known alias that a header nobody knows is most like: a suggestion for people, never a reading.

Words are compared after common abbreviations and synonyms (`contracts/plain_words.py`), so that `TGL MENINGGAL` is
near `tanggal_kejadian`; letters that differ or were left out count less than words that are missing.
"""

import math
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.plain_words import FILLERS, GENERIC, SAME_WORDS
from welfare_pipeline.ingest.plain import words_of

_NEAR = 0.62  # below it a suggestion is a guess
_ALIKE = 0.75  # of two words; below it they are two
_FILLER = 0.25  # what a word weighs that says nothing of its own
_SHORTEST = 3  # letters that can be compared by their likeness


@dataclass(frozen=True)
class Suggestion:
    """The column that a header may mean, and its alias that the header is nearest."""

    column: str
    alias: str

    @property
    def text(self) -> str:
        """`nearest known: tanggal_kejadian (status_date)`."""
        return f"nearest known: {self.alias}" + (f" ({self.column})" if self.alias != self.column else "")


def nearest_alias(header: str, source: Source) -> Suggestion | None:
    """The alias of the source that the header is most like; `None` if it is like none."""
    words = _meanings(header)
    if set(words) <= GENERIC:
        return None
    vocabulary = _vocabulary(tuple((column.name, column.aliases) for column in source.columns))
    scored = [(_likeness(words, alias.words, vocabulary), alias.suggestion) for alias in vocabulary.aliases]
    near = [(round(score, 3), _spelt_alike(header, found), found) for score, found in scored if score >= _NEAR]
    return max(near, key=lambda found: found[:2])[-1] if near else None


def _spelt_alike(header: str, suggestion: Suggestion) -> float:
    return SequenceMatcher(None, header.casefold(), suggestion.alias, autojunk=False).ratio()


@dataclass(frozen=True)
class _Alias:
    words: tuple[str, ...]
    suggestion: Suggestion


@dataclass(frozen=True)
class _Vocabulary:
    """The aliases of a source; a word that few of its columns have weighs more."""

    aliases: tuple[_Alias, ...]
    weights: dict[str, float]

    def weight(self, word: str) -> float:
        return self.weights.get(word, _FILLER if word in FILLERS or word.isdecimal() else 1.0)


@lru_cache(maxsize=64)
def _vocabulary(columns: tuple[tuple[str, tuple[str, ...]], ...]) -> _Vocabulary:
    names = [(column, text) for column, spellings in columns for text in (column, *spellings)]
    aliases = tuple(_Alias(_meanings(text), Suggestion(column, text)) for column, text in names)
    of_columns = {(word, alias.suggestion.column) for alias in aliases for word in alias.words}
    spread = Counter(word for word, _ in of_columns)
    weights = {word: _FILLER if word in FILLERS else 1 / (1 + math.log(found)) for word, found in spread.items()}
    return _Vocabulary(aliases, weights)


def _meanings(text: str) -> tuple[str, ...]:
    """Its words, each by what it means in the aliases."""
    words = (SAME_WORDS.get(word, word) for word in words_of(text))
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def _likeness(header: tuple[str, ...], alias: tuple[str, ...], vocabulary: _Vocabulary) -> float:
    """How much of both is in the other, 0..1; the words of the alias count twice."""
    if not alias:
        return 0.0
    joined = _alike("".join(header), "".join(alias)) if min(len(header), len(alias)) == 1 else 0.0
    found = _covered(alias, header, vocabulary)
    return max((2 * found + _covered(header, alias, vocabulary)) / 3, joined * joined)


def _covered(words: tuple[str, ...], others: tuple[str, ...], vocabulary: _Vocabulary) -> float:
    weights = [vocabulary.weight(word) for word in words]
    found = [weight * max(_alike(word, other) for other in others) for word, weight in zip(words, weights, strict=True)]
    return sum(found) / sum(weights)


@lru_cache(maxsize=65_536)
def _alike(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if min(len(word), len(other)) < _SHORTEST or word[0] != other[0]:
        return 0.0
    alike = SequenceMatcher(None, word, other, autojunk=False).ratio()
    short, long = sorted((word, other), key=len)
    if _is_shortened(short, long):
        return max(alike, _ALIKE)
    return alike if alike >= _ALIKE else 0.0


def _is_shortened(short: str, long: str) -> bool:
    """Whether the word is the other with letters left out, as in `klmn` for `kelamin`."""
    letters = iter(long)
    return all(letter in letters for letter in short)
