"""The lines below a CSV header -> rows of text fields. Sound lines are read at once, the rest in `csv_quotes.py`.

A line of delimiters only is blank; a line with a wrong number of fields becomes a malformed row, never a lost one.
"""

import csv
import re

import polars as pl

from welfare_pipeline.ingest.csv_quotes import Repaired, Shape, repaired
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.sheet import END_OF_DATA, MALFORMED, is_number_row

_EMPTY = ' \t"\u00a0\ufeff'


def rows_of(body: bytes, shape: Shape, columns: dict[str, int], headings: list[str]) -> pl.DataFrame:
    """The data rows in file order: a text column per recognised header, and the text of malformed lines."""
    lines = _data_lines(body, shape, headings)
    marked = lines.with_columns(plain=pl.col("line").str.contains(_record_pattern(shape, shape.fields)))
    if marked["plain"].all() and marked.height == body.count(b"\n") + (not body.endswith(b"\n")):
        return _parsed(body, marked.height, shape, columns)
    return _mixed(marked, shape, columns)


def _data_lines(body: bytes, shape: Shape, headings: list[str]) -> pl.DataFrame:
    """Every `line` that may be data: before `###`, not blank, no heading, no number row."""
    lines = _lines(body)
    if END_OF_DATA.encode() in body:
        lines = _before_the_end(lines, shape.delimiter)
    blank = pl.col("line").str.strip_chars().str.strip_chars(_EMPTY + shape.delimiter) == ""
    data = lines.filter(~blank & ~pl.col("line").is_in(headings))
    return data.slice(1) if data.height and _counts_columns(data["line"][0], shape.delimiter) else data


def _lines(body: bytes) -> pl.DataFrame:
    if not body:
        return pl.DataFrame(schema={"line": pl.String})
    lines = pl.read_csv(body, separator="\0", quote_char=None, has_header=False, schema={"line": pl.String})
    return lines.fill_null("")


def _before_the_end(lines: pl.DataFrame, delimiter: str) -> pl.DataFrame:
    d = re.escape(delimiter)
    ends = lines["line"].str.contains(rf'(?:^|{d})\s*"?\s*{END_OF_DATA}\s*"?\s*(?:{d}|$)')
    return lines.head(int(ends.arg_true()[0])) if ends.any() else lines


def _counts_columns(line: str, delimiter: str) -> bool:
    return is_number_row(tuple(next(csv.reader([line], delimiter=delimiter))))


def _field_pattern(shape: Shape) -> tuple[str, str]:
    d = re.escape(shape.delimiter)
    return d, rf'(?:"(?:[^"]|"")*"|[^"{d}]*)'


def _record_pattern(shape: Shape, fields: int) -> str:
    d, field = _field_pattern(shape)
    return rf"^{field}(?:{d}{field}){{{fields - 1}}}$"


def _parsed(text: bytes, expected: int, shape: Shape, columns: dict[str, int]) -> pl.DataFrame:
    """Sound lines as fields."""
    if not expected:
        return pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    rows = pl.read_csv(
        text,
        separator=shape.delimiter,
        quote_char='"' if b'"' in text else None,
        has_header=False,
        schema={str(i): pl.String for i in range(shape.fields)},
        columns=sorted(columns.values()),
    )
    if rows.height != expected:
        message = "its lines could not be told apart (quotation marks); save it as .xlsx and land that"
        raise FileRejectedError(message)
    return rows.select(pl.col(str(i)).alias(name) for name, i in columns.items())


def _mixed(lines: pl.DataFrame, shape: Shape, columns: dict[str, int]) -> pl.DataFrame:
    """Sound lines, lines with more or fewer empty fields at the end, broken quoting and malformed lines together."""
    padded = lines.select(pl.when("plain").then("line").otherwise(_padded(shape))).to_series()
    suspects = padded.is_null() & lines["line"].str.contains('"', literal=True)
    repair = repaired(lines["line"], suspects.arg_true().to_list(), shape)
    places = pl.Series(range(lines.height), dtype=pl.UInt32)
    free = ~places.is_in(list(repair.lines))
    sound, broken = padded.is_not_null() & free, padded.is_null() & free
    text = (padded.filter(sound).str.join("\n").item() or "").encode()
    parsed = _parsed(text, int(sound.sum()), shape, columns).with_columns(place=places.filter(sound))
    malformed = pl.DataFrame({"place": places.filter(broken), MALFORMED: lines["line"].filter(broken)})
    rows = pl.concat([parsed, _from_repair(repair, columns), malformed], how="diagonal")
    return rows.sort("place").drop("place")


def _padded(shape: Shape) -> pl.Expr:
    """The line with exactly the header's fields if only empty fields at its end are too many or too few, else null."""
    d, field = _field_pattern(shape)
    line = pl.col("line")
    trimmed = line.str.replace(rf'(?:{d} *(?:"")? *)+$', "")
    enough = line.str.contains(rf"^{field}(?:{d}{field}){{{shape.headed - 1},}}$")
    few = trimmed.str.contains(rf"^{field}(?:{d}{field}){{0,{shape.headed - 1}}}$")
    filled = trimmed + pl.lit(shape.delimiter * shape.fields)
    cut = filled.str.extract(rf"^({field}(?:{d}{field}){{{shape.fields - 1}}})(?:{d})*$", 1)
    return pl.when(enough & few).then(cut)


def _from_repair(repair: Repaired, columns: dict[str, int]) -> pl.DataFrame:
    places = [*repair.records, *repair.malformed]
    texts = [*([None] * len(repair.records)), *repair.malformed.values()]
    fixed = {"place": pl.Series(places, dtype=pl.UInt32), MALFORMED: pl.Series(texts, dtype=pl.String)}
    lost = [None] * len(repair.malformed)
    read = {name: [*(values[i] for values in repair.records.values()), *lost] for name, i in columns.items()}
    return pl.DataFrame(fixed | {name: pl.Series(values, dtype=pl.String) for name, values in read.items()})
