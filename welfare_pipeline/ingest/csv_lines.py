"""The lines below a CSV header -> rows of text fields. Sound lines are read at once, the rest in `csv_quotes.py`.

A line of delimiters only is blank; a line with a wrong number of fields becomes a malformed row, never a lost one.
A long text is read in pieces, which end where no record goes on.
"""

import csv
import re
from collections.abc import Iterator

import polars as pl

from welfare_pipeline.ingest.csv_quotes import LONGEST_RECORD, Repaired, Shape, repaired
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.sheet import END_OF_DATA, MALFORMED, is_number_row

PIECE = 48 * 2**20  # bytes of a text that are read at once
_EMPTY = ' \t"\u00a0\ufeff'


def rows_of(
    text: bytes, start: int, shape: Shape, columns: dict[str, int], headings: list[str]
) -> Iterator[pl.DataFrame]:
    """The data rows from that place in the text on, in file order, in at least one part.

    A text column per recognised header, and the text of malformed lines.

    Raises:
        FileRejectedError: lines cannot be told apart.

    """
    has_begun = has_ended = False
    left = pl.DataFrame(schema={"line": pl.String, "plain": pl.Boolean})  # a record may go on behind them
    while not has_ended:
        end = _end_of_piece(text, start)
        piece, start = text[start:end], end
        above, is_marked = _above_the_end(_lines(piece), piece, shape.delimiter)
        has_ended = is_marked or end == len(text)
        data = _data_lines(above, shape, headings, has_begun=has_begun)
        has_begun = has_begun or not data.is_empty()
        marked = data.with_columns(plain=pl.col("line").str.contains(_record_pattern(shape, shape.fields)))
        if left.is_empty() and marked["plain"].all() and marked.height == _lines_in(piece):
            yield _parsed(piece, marked.height, shape, columns)
            continue
        marked = pl.concat([left, marked])
        cut = marked.height if has_ended else _between_records(marked)
        left = marked.slice(cut)
        yield _mixed(marked.head(cut), shape, columns)


def _end_of_piece(text: bytes, start: int) -> int:
    """Where a piece of whole lines ends."""
    if len(text) - start <= PIECE:
        return len(text)
    within = text.rfind(b"\n", start, start + PIECE) + 1
    return within or (text.find(b"\n", start + PIECE) + 1) or len(text)


def _lines_in(piece: bytes) -> int:
    return piece.count(b"\n") + (not piece.endswith(b"\n"))


def _between_records(marked: pl.DataFrame) -> int:
    """The last place among the lines at which no record goes on: those that it may belong to end before."""
    suspects = marked.select((~pl.col("plain") & pl.col("line").str.contains('"', literal=True)).arg_true()).to_series()
    if suspects.is_empty():
        return marked.height
    following = suspects.shift(-1, fill_value=marked.height)
    apart = following.filter(following - suspects >= LONGEST_RECORD)
    return int(suspects[0]) if apart.is_empty() else int(apart[-1])


def _data_lines(lines: pl.DataFrame, shape: Shape, headings: list[str], *, has_begun: bool) -> pl.DataFrame:
    """Every `line` that may be data: not blank, no heading, no number row, which stands above the others only."""
    blank = pl.col("line").str.strip_chars().str.strip_chars(_EMPTY + shape.delimiter) == ""
    data = lines.filter(~blank & ~pl.col("line").is_in(headings))
    if has_begun or data.is_empty():
        return data
    return data.slice(1) if _counts_columns(data["line"][0], shape.delimiter) else data


def _lines(body: bytes) -> pl.DataFrame:
    if not body:
        return pl.DataFrame(schema={"line": pl.String})
    lines = pl.read_csv(body, separator="\0", quote_char=None, has_header=False, schema={"line": pl.String})
    return lines.fill_null("")


def _above_the_end(lines: pl.DataFrame, piece: bytes, delimiter: str) -> tuple[pl.DataFrame, bool]:
    """The lines above `###`, and whether it is there."""
    if END_OF_DATA.encode() not in piece:
        return lines, False
    d = re.escape(delimiter)
    ends = lines["line"].str.contains(rf'(?:^|{d})\s*"?\s*{END_OF_DATA}\s*"?\s*(?:{d}|$)')
    return (lines.head(int(ends.arg_true()[0])), True) if ends.any() else (lines, False)


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
