"""Lines of a CSV with quotes that need care: a record that goes over several lines, a quote in the middle of a text.

A quote that is never closed costs its own line, not the rest of the file.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

LONGEST_RECORD = 60  # lines


@dataclass(frozen=True)
class Shape:
    """How a record looks: the delimiter, the fields of the header line, and those of them that have a header."""

    delimiter: str
    fields: int
    headed: int

    def fitted(self, values: list[str]) -> list[str] | None:
        """The values padded or cut to the header's fields; `None` if their number is wrong."""
        if len(values) == self.fields:
            return values
        if len(values) < self.headed or any(value.strip() for value in values[self.headed :]):
            return None
        return (values[: self.headed] + [""] * self.fields)[: self.fields]


@dataclass(frozen=True)
class Repaired:
    """What suspect lines hold: place of a record's first line -> its fields, or the text of a malformed line."""

    records: dict[int, list[str]]
    malformed: dict[int, str]
    lines: frozenset[int]  # the places of all lines that belong to one of them


def repaired(lines: pl.Series, suspects: list[int], shape: Shape) -> Repaired:
    """Read the suspect lines (by place), each with the lines it continues on."""
    records: dict[int, list[str]] = {}
    malformed: dict[int, str] = {}
    used: set[int] = set()
    for place in suspects:
        if place in used:
            continue
        values, length = _record(lines.slice(place, LONGEST_RECORD), shape)
        used.update(range(place, place + length))
        if values is None:
            malformed[place] = lines[place]
        else:
            records[place] = values
    return Repaired(records, malformed, frozenset(used))


def _record(texts: pl.Series, shape: Shape) -> tuple[list[str] | None, int]:
    for values in _readings(texts[0], shape.delimiter):
        fitted = shape.fitted(values)
        if fitted is not None:
            return fitted, 1
    return _over_lines(texts, shape)


def _readings(text: str, delimiter: str) -> Iterator[list[str]]:
    """The ways one line may be meant, the strictest first."""
    for skip_spaces in (False, True):
        try:
            yield next(csv.reader([text], delimiter=delimiter, strict=True, skipinitialspace=skip_spaces))
        except csv.Error:
            continue
    yield from _with_inner_quotes(text, delimiter)


def _with_inner_quotes(text: str, delimiter: str) -> Iterator[list[str]]:
    """A quote closes a field only before a delimiter or the end: `"JL. "MELATI" 2",L`."""
    d = re.escape(delimiter)
    field = rf'(?:"((?:[^"]|"(?!{d}|$))*)"(?={d}|$)|((?!")[^{d}]*))'
    if re.fullmatch(rf"{field}(?:{d}{field})*", text):
        yield [quoted or plain for quoted, plain in re.findall(rf"(?:^|{d}){field}", text)]


def _over_lines(texts: pl.Series, shape: Shape) -> tuple[list[str] | None, int]:
    reader = csv.reader((f"{line}\n" for line in texts), delimiter=shape.delimiter, strict=True)
    try:
        values = next(reader)
    except csv.Error:
        return None, 1
    fitted = shape.fitted(values)
    return (None, 1) if fitted is None or _swallows_records(values, shape) else (fitted, reader.line_num)


def _swallows_records(values: list[str], shape: Shape) -> bool:
    """Whether a line inside a quoted field looks like a record of its own: then the opening quote was a stray one."""
    inner = (line for value in values for line in value.split("\n")[1:-1])
    return shape.headed > 1 and any(line.count(shape.delimiter) >= shape.headed - 1 for line in inner)
