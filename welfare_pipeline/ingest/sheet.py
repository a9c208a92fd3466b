"""A list as it was landed: every cell still text, columns already named. The readers make it, `rows.py` reads it."""

from dataclasses import dataclass, field

import polars as pl

from welfare_pipeline.ingest.header import Header

MALFORMED = "malformed_line"  # text of a line with a wrong number of fields, null for a sound row
END_OF_DATA = "###"
LANDED_TEXT = {"source_file": pl.String, "source_row": pl.Int64, MALFORMED: pl.String}
FOUND = {"sheet": pl.String, "source_row": pl.Int64, "finding": pl.String, "column_name": pl.String}


def nothing_found() -> pl.DataFrame:
    """No row of `delivery_findings`."""
    return pl.DataFrame(schema=FOUND)


@dataclass(frozen=True)
class RawList:
    """The data rows of one file: `source_row` (from 1), `malformed_line`, and a text column per recognised header.

    `findings`: what is odd about the file, as rows of `delivery_findings` (`FOUND`).
    `rows_unanswered`: rows of a worklist that nobody answered, which are no data rows; `None` for any other list.
    """

    rows: pl.DataFrame
    columns_ignored: tuple[str, ...]
    rows_unanswered: int | None = None
    findings: pl.DataFrame = field(default_factory=nothing_found)


def numbered(sheets: list[tuple[Header, pl.DataFrame]]) -> RawList:
    """One list out of the sheets of a file, its rows counted from 1 on."""
    rows = pl.concat([rows for _, rows in sheets], how="diagonal")
    if MALFORMED not in rows.columns:
        rows = rows.with_columns(pl.lit(None, pl.String).alias(MALFORMED))
    ignored = dict.fromkeys(text for header, _ in sheets for text in header.ignored())
    return RawList(rows.with_row_index("source_row", 1).cast({"source_row": pl.Int64}), tuple(ignored))


def answered(listed: RawList, column: str) -> RawList:
    """The rows of a worklist with an answer in `column`; each keeps its number on the worklist."""
    blank = listed.rows[column].str.strip_chars().fill_null("") == ""
    return RawList(listed.rows.filter(~blank), (), int(blank.sum()))


def body_of(cells: pl.DataFrame, header: Header) -> pl.DataFrame:
    """The data rows below a header: up to `###`, without blank rows, the number row and repeated headers."""
    body = _without_blank_rows(_before_the_end(cells))
    body = body.filter(~_repeats(header, body.columns))
    if body.height and is_number_row(body.row(0)):
        body = body.slice(1)
    return body.select(pl.col(body.columns[i]).alias(name) for name, i in header.columns().items())


def _before_the_end(cells: pl.DataFrame) -> pl.DataFrame:
    marks = cells.select(pl.all().str.contains(END_OF_DATA, literal=True).any()).row(0) if cells.width else ()
    marked = [name for name, mark in zip(cells.columns, marks, strict=True) if mark]
    ends = [i for name in marked for i in (cells[name].str.strip_chars() == END_OF_DATA).arg_true()]
    return cells.head(min(ends)) if ends else cells


def _without_blank_rows(cells: pl.DataFrame) -> pl.DataFrame:
    """Looks at a row's cells only until one is filled."""
    places = pl.int_range(cells.height, eager=True)
    blank = places
    for column in cells:
        blank = blank.filter(column.gather(blank).str.strip_chars().fill_null("") == "")
        if blank.is_empty():
            return cells
    return cells.filter(~places.is_in(blank.implode()))


def _repeats(header: Header, names: list[str]) -> pl.Expr:
    known = [i for positions in header.positions.values() for i in positions]
    return pl.all_horizontal([pl.col(names[i]).str.strip_chars().eq_missing(pl.lit(header.texts[i])) for i in known])


def is_number_row(cells: tuple[str | None, ...]) -> bool:
    """Whether the row only counts the columns: 1, 2, 3 or (1), (2), (3)."""
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    stripped = [text.strip("()[]-. ").removesuffix(".0") for text in filled]
    return len(stripped) > 1 and stripped == [str(i) for i in range(1, len(stripped) + 1)]
