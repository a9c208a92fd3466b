"""Names of files, folders and sheets without anybody's number: runs of 12 and more digits are masked.

A name is masked where it is found, so that nothing behind it knows another one; the whole name goes to restricted
places only. Codes of villages (10 digits) and dates stay.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count

MASK = "(masked)"
_FEWEST = 12  # digits of a number that may be somebody's: member and account numbers, NIK, family card
# A number that may be somebody's, where no date or code of a village belongs: in the name of a place.
HOLDS_SOMEBODYS = rf"\p{{Nd}}{{{_FEWEST}}}|(?:\p{{Nd}}[^\p{{L}}\p{{Nd}}]{{0,3}}){{15}}\p{{Nd}}"
_EXPLAINED_BUT_FOR = 4  # digits left over beside dates and village codes that are no number of anybody
_ESCAPED = r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})"  # how `shown.visible` writes what cannot be seen
_RUN = re.compile(rf"\d+(?:(?:{_ESCAPED}|[\W_]){{1,3}}\d+)*")
_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_NO_NUMBER = re.compile(
    rf"(?<!\d)(?:{_YEAR}\D{{1,3}}{_MONTH}(?:\D{{1,3}}{_DAY})?|{_DAY}\D{{1,3}}{_MONTH}\D{{1,3}}{_YEAR}"
    rf"|{_YEAR}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\D[0-2]\d[0-5]\d[0-5]\d)?|\d{{10}}|\d\d\.\d\d\.\d\d\.\d{{4}})(?!\d)"
)


def without_numbers(text: str) -> str:
    """The text with every number that may be somebody's masked, whatever separates its digits."""
    return _RUN.sub(lambda run: MASK if _is_somebodys(run[0]) else run[0], text)


def masked_names(names: Iterable[str]) -> dict[str, str]:
    """Each name as it may be shown; two names never look alike, and the same names always look the same."""
    whole = sorted(set(names))
    runs = dict.fromkeys(run for name in whole for run in _RUN.findall(name) if _is_somebodys(run))
    unused = (mark for mark in _marks() if not any(mark in name for name in whole))
    marks = dict(zip(runs, unused, strict=False))
    return {name: _RUN.sub(lambda run: marks.get(run[0], run[0]), name) for name in whole}


def _marks() -> Iterator[str]:
    return (f"(masked-{number})" for number in count(1))


def _is_somebodys(run: str) -> bool:
    if re.search(rf"\d{{{_FEWEST},}}", run):
        return True
    return _digits(run) >= _FEWEST and _digits(_NO_NUMBER.sub("", run)) >= _EXPLAINED_BUT_FOR


def _digits(text: str) -> int:
    return sum(letter.isdecimal() for letter in text)
