"""The rows of a worklist's sheet as the XML of their cells, made for many villages of a district at once.

xlsxwriter makes a cell at a time, in Python: ten times as long, 9 s of a full-size district's month. It still writes
all the rest of a workbook (`workbook.py`); a cell's style is a mark here, whose number only a workbook knows.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache

import polars as pl
from xlsxwriter.worksheet import Worksheet

from welfare_pipeline.contracts.worklists import Use, WorklistSheet, mark_of

HEADER_ROW = 4  # counted from 0: title, village, instruction and a blank line stand above
STYLE_MARKS: Mapping[Use, str] = {Use.READ: "\1", Use.ANSWER: "\2", Use.DATE: "\3", Use.FREE: "\4"}  # in no text
LINE = 15  # points, of the cells' font
HIGHEST = 409  # points; a spreadsheet has no higher rows
CHARACTERS = 1.1  # of the cells' font in a column as wide as one digit
CAPITALS = 0.95  # of it in the same column, where all are capitals: what has fewer stands on one line
WORDS_BREAK = 0.45  # of a line that is lost where words do not fit any more
_SHOWN = frozenset({Use.READ, Use.HIDDEN})
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_UNWRITABLE = r"[\x00-\x08\x0b-\x1f\u{fffe}\u{ffff}]|_x[0-9a-fA-F]{4}_"
_PADDED = r"^\s|\s$"


@dataclass(frozen=True)
class Lines:
    """The data rows of one village's sheet: how many, and their XML with style marks."""

    height: int = 0
    xml: str = ""


def lines_of(sheet: WorklistSheet, rows: pl.DataFrame) -> Lines:
    """The rows (the sheet's fields and `key`) as one village's."""
    return lines_by_village(sheet, rows.with_columns(village=pl.lit(None, pl.String)), "village").get(None, Lines())


def lines_by_village(
    sheet: WorklistSheet, rows: pl.DataFrame, village: str = "village_code", padded: Collection[str] | None = None
) -> dict[str | None, Lines]:
    """The rows of each village by its code, in their order.

    `padded`: `padded_fields` of the sheet, if these are not all rows of it.
    """
    if rows.is_empty():  # most sheets of a small district
        return {}
    place = (pl.int_range(pl.len()).over(village) + HEADER_ROW + 2).cast(pl.String)
    placed = rows.with_columns(seal=_seals(rows, sheet)).with_columns(place.alias("place"))
    cells = [
        _cell(placed, chr(ord("A") + i), column.field, column.use, padded) for i, column in enumerate(sheet.laid_out)
    ]  # fewer than 26
    height = _heights(sheet).cast(pl.String)
    begun = pl.concat_str(pl.lit('<row r="'), "place", pl.lit('" ht="'), height, pl.lit('" customHeight="1">'))
    row = pl.concat_str(begun, *cells, pl.lit("</row>"))
    lines = placed.select(village, row=row).group_by(village).agg(pl.len(), xml=pl.col("row").str.join(""))
    return {code: Lines(height, xml) for code, height, xml in lines.iter_rows()}


def _heights(sheet: WorklistSheet) -> pl.Expr:
    """The height of each row in points."""
    return row_height({column.field: column.width for column in sheet.laid_out if column.use is Use.READ})


def row_height(widths: Mapping[str, float]) -> pl.Expr:
    """The height in points of rows of these text columns, for the longest wrapped one: spreadsheets do not find it."""
    lengths = [(pl.col(name).str.len_chars(), width) for name, width in widths.items()]
    lines = [
        pl.when(length > width * CAPITALS).then((length / (width * CHARACTERS) + WORDS_BREAK).ceil())
        for length, width in lengths
    ]
    most = pl.max_horizontal(pl.lit(1), *lines).clip(1, HIGHEST // LINE)
    return most.cast(pl.Int64) * LINE + LINE // 4


def heading_height(headings: Mapping[str, float]) -> int:
    """The height in points of a header row of these headings, each in a column of that width."""
    return _heading_height(tuple(headings.items()))


@cache
def _heading_height(headings: tuple[tuple[str, float], ...]) -> int:
    """One answer for the workbooks of all villages."""
    widths = {str(place): width for place, (_, width) in enumerate(headings)}
    rows = pl.DataFrame([{str(place): heading for place, (heading, _) in enumerate(headings)}])
    return int(rows.select(row_height(widths)).item())


def _seals(rows: pl.DataFrame, sheet: WorklistSheet) -> pl.Series:
    marked = [pl.lit(f"{field}:") + _marks(rows[field]) for field in sheet.sealed]
    return rows.select(pl.concat_str(marked, separator=" ")).to_series()


def _marks(texts: pl.Series) -> pl.Series:
    """The mark of each text; a text is marked once, in however many rows it stands."""
    distinct = texts.fill_null("").unique()
    return texts.fill_null("").replace_strict(distinct, [mark_of(text) for text in distinct], return_dtype=pl.String)


def padded_fields(sheet: WorklistSheet, rows: pl.DataFrame) -> frozenset[str]:
    """The columns of a sheet in which a text begins or ends with a space, which is said of every cell of them."""
    shown = {column.field for column in sheet.laid_out if column.use in _SHOWN} & set(rows.columns)  # but for the seal
    return frozenset(field for field in shown if _is_padded(_escaped(rows[field])))


def _is_padded(texts: pl.Series) -> bool:
    return texts.str.contains(_PADDED).any() is True


def _cell(rows: pl.DataFrame, letter: str, field: str, use: Use, padded: Collection[str] | None) -> pl.Expr:
    """A cell is text or blank, never anything a spreadsheet works out."""
    mark = STYLE_MARKS.get(use)
    begun = pl.concat_str(pl.lit(f'<c r="{letter}'), "place", pl.lit(f'" s="{mark}"' if mark else '"'))
    blank = begun + "/>" if mark else pl.lit("")
    if use not in _SHOWN:
        return blank
    text = _escaped(rows[field])
    is_padded = _is_padded(text) if padded is None else field in padded
    kept = ' xml:space="preserve"' if is_padded else ""
    written = pl.concat_str(begun, pl.lit(f' t="inlineStr"><is><t{kept}>'), pl.lit(text), pl.lit("</t></is></c>"))
    return pl.when(pl.lit(text).is_null()).then(blank).otherwise(written)


def _escaped(texts: pl.Series) -> pl.Series:
    odd = texts.str.contains(_UNWRITABLE).fill_null(value=False)
    if odd.any():
        own = texts.filter(odd).map_elements(Worksheet._escape_control_characters, pl.String)  # noqa: SLF001  as it writes them
        texts = texts.scatter(odd.arg_true(), own)
    return texts.str.replace_many(list(_ESCAPED), list(_ESCAPED.values()))
