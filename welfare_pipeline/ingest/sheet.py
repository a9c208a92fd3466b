"""A list as it was landed: every cell still text, columns already named. The readers make it, `rows.py` reads it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import polars as pl

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.ingest.header import Header
from welfare_pipeline.ingest.kept_rows import KeptRows
from welfare_pipeline.ingest.nearest import nearest_alias
from welfare_pipeline.ingest.plain import placed_column
from welfare_pipeline.ingest.shown import visible

MALFORMED = "malformed_line"  # text of a line with a wrong number of fields, null for a sound row
CONTRADICTS = "contradicts"  # of an answer: the printed field that its id is not of, or the id nobody gave out
END_OF_DATA = "###"
LANDED_TEXT = {"source_file": pl.String, "source_row": pl.Int64, MALFORMED: pl.String}
FOUND = {
    "sheet": pl.String, "sheet_name": pl.String, "source_row": pl.Int64, "finding": pl.String, "column_name": pl.String,
}  # fmt: skip


def nothing_found() -> pl.DataFrame:
    """No row of `delivery_findings`."""
    return pl.DataFrame(schema=FOUND)


@dataclass(frozen=True)
class ReadSheet:
    """A sheet that is (part of) the list, or the whole of a file without sheets: how it was read.

    `position` among the workbook's sheets, from 0; `title` is empty for a file without sheets; `header_rows` from 1;
    `headers` as they are, for restricted places; `columns`: position by column name.
    """

    header_rows: tuple[int, ...]
    headers: tuple[str, ...]
    columns: dict[str, int]
    rows: int
    position: int = 0
    title: str = ""

    @property
    def unknown(self) -> dict[int, str]:
        """The headers nobody knows, by position."""
        known = set(self.columns.values())
        return {i: text for i, text in enumerate(self.headers) if text and i not in known}


@dataclass(frozen=True)
class RawList:
    """The data rows of one file: `source_row` (from 1), `malformed_line`, and a text column per recognised header.

    They are kept in parts.

    `sheets`: how it was read. `findings`: what is odd about the file, as rows of `delivery_findings` (`FOUND`).
    `rows_unanswered`: rows of a worklist that nobody answered, which are no data rows; `None` for any other list.
    """

    rows: KeptRows
    sheets: tuple[ReadSheet, ...]
    rows_unanswered: int | None = None
    findings: pl.DataFrame = field(default_factory=nothing_found)

    def columns_ignored(self, source: Source) -> tuple[str, ...]:
        """Columns nobody knows by their place, each with the nearest known alias, as everybody may see them."""
        placed = (ignored_column(i, sheet, source) for sheet in self.sheets for i in sheet.unknown)
        return tuple(dict.fromkeys(placed))

    def headers_ignored(self) -> tuple[str, ...]:
        """The headers nobody knows as they are, for restricted places."""
        return tuple(dict.fromkeys(visible(text) for sheet in self.sheets for text in sheet.unknown.values()))


def ignored_column(position: int, sheet: ReadSheet, source: Source) -> str:
    """A column nobody knows: its place, and the known alias that its header is nearest."""
    text = sheet.unknown[position]
    suggestion = nearest_alias(text, source)
    if suggestion is None:
        return placed_column(text, position)
    there = sheet.columns.get(suggestion.column)
    taken = "" if there is None else f", which column {there + 1} is already"
    return f"{placed_column(text, position)}, {suggestion.text}{taken}"


def read_sheet(header: Header, rows: int, position: int = 0, title: str = "") -> ReadSheet:
    """How a sheet with this header and so many data rows was read."""
    header_rows = tuple(range(header.first + 1, header.last + 2))
    return ReadSheet(header_rows, header.texts, header.columns(), rows, position, title)


def numbered(read: list[tuple[ReadSheet, pl.DataFrame]]) -> RawList:
    """One list out of the sheets of a file, its rows counted from 1 on."""
    rows = pl.concat([rows for _, rows in read], how="diagonal")
    sheets = tuple(sheet for sheet, _ in read)
    return RawList(KeptRows.of(with_numbers(rows)), sheets)


def kept_there(raw: RawList, kept: KeptRows) -> RawList:
    """The same list, its rows kept there."""
    for rows in raw.rows:
        kept.add(rows)
    return replace(raw, rows=kept)


def with_numbers(rows: pl.DataFrame, before: int = 0) -> pl.DataFrame:
    """The rows with `source_row`, of which so many came before, and `malformed_line`."""
    if MALFORMED not in rows.columns:
        rows = rows.with_columns(pl.lit(None, pl.String).alias(MALFORMED))
    return rows.with_row_index("source_row", before + 1).cast({"source_row": pl.Int64})


def body_of(cells: pl.DataFrame, header: Header, filled: pl.DataFrame | None = None) -> pl.DataFrame:
    """The data rows below a header: up to `###`, without blank rows, the number row and repeated headers.

    `filled`: the same rows with values that merged cells give them; they make no blank row a data row.
    """
    rows = _before_the_end(cells)
    return _data(rows, rows if filled is None else filled.head(rows.height), header)


def bodies_of(parts: Iterable[pl.DataFrame], header: Header) -> Iterator[pl.DataFrame]:
    """The data rows below a header (`body_of`) of cells that come in parts."""
    has_begun = False
    for cells in parts:
        rows = _before_the_end(cells)
        body = _data(rows, rows, header, has_begun=has_begun)
        has_begun = has_begun or not body.is_empty()
        yield body
        if rows.height < cells.height:
            return


def _data(rows: pl.DataFrame, values: pl.DataFrame, header: Header, *, has_begun: bool = False) -> pl.DataFrame:
    """The data rows with their values; the number row can only be the first, unless the data `has_begun` above."""
    is_data = _is_filled(rows) & ~rows.select(_repeats(header, rows.columns)).to_series()
    first = None if has_begun else is_data.arg_max()
    if first is not None and is_data[first] and is_number_row(rows.row(first)):
        is_data[first] = False
    body = values.select(pl.col(rows.columns[i]).alias(name) for name, i in header.columns().items())
    return body if is_data.all() else body.filter(is_data)


def _before_the_end(cells: pl.DataFrame) -> pl.DataFrame:
    marks = cells.select(pl.all().str.contains(END_OF_DATA, literal=True).any()).row(0) if cells.width else ()
    marked = [name for name, mark in zip(cells.columns, marks, strict=True) if mark]
    ends = [i for name in marked for i in (cells[name].str.strip_chars() == END_OF_DATA).arg_true()]
    return cells.head(min(ends)) if ends else cells


def _is_filled(cells: pl.DataFrame) -> pl.Series:
    """Which rows are not blank. Looks at a row's cells only until one is filled."""
    blank = pl.int_range(cells.height, eager=True)
    for column in cells:
        blank = blank.filter(column.gather(blank).str.strip_chars().fill_null("") == "")
        if blank.is_empty():
            break
    return pl.repeat(value=True, n=cells.height, eager=True).scatter(blank, values=False)


def _repeats(header: Header, names: list[str]) -> pl.Expr:
    """Whether a row is one of the header's rows once more, as on top of every printed page."""
    known = [i for positions in header.positions.values() for i in positions]
    texts = [{i: row[i] if i < len(row) else "" for i in known} for row in header.rows]
    same = (
        pl.all_horizontal([pl.col(names[i]).str.strip_chars().fill_null("") == text for i, text in row.items()])
        for row in texts
        if any(row.values())
    )
    return pl.any_horizontal(same)


def is_number_row(cells: tuple[str | None, ...]) -> bool:
    """Whether the row only counts the columns: 1, 2, 3 or (1), (2), (3)."""
    filled = [cell.strip() for cell in cells if cell and cell.strip()]
    stripped = [text.strip("()[]-. ").removesuffix(".0") for text in filled]
    return len(stripped) > 1 and stripped == [str(i) for i in range(1, len(stripped) + 1)]
