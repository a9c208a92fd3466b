"""Cells of a workbook that are merged downwards: their value in each of their rows.

The reader (fastexcel 0.21) gives the text of a merged cell in its first row and does not say how far it reaches, so
that is looked up in the workbook's XML. Nothing is raised here: what cannot be told is not filled.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

import fastexcel
import polars as pl

_CHUNK = 4 * 2**20
_LONGEST_TAG = 256  # bytes
_TAG = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']""")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"

Span = tuple[int, int, int]  # column and, both inclusive, rows, counted from 0


def filled_down(content: bytes, title: str, cells: pl.DataFrame, columns: Sequence[int]) -> pl.DataFrame:
    """The cells of the workbook's sheet, those columns (by position) filled where merged cells give a value."""
    gaps = [i for i in columns if _blank(cells.to_series(i)).any()]
    spans = _spans(content, title) if gaps else []
    if not spans:
        return cells
    above, places = _origin(content, title, cells.height)
    of_column = {i: [(top - above, end - above) for column, top, end in spans if column == places[i]] for i in gaps}
    return cells.with_columns(_filled(cells.to_series(i), own) for i, own in of_column.items() if own)


def _blank(column: pl.Series) -> pl.Series:
    return column.str.strip_chars().fill_null("") == ""


def _filled(column: pl.Series, spans: Sequence[tuple[int, int]]) -> pl.Series:
    """The blank rows of each span with the value of its first."""
    within = pl.DataFrame(spans, schema={"top": pl.Int64, "end": pl.Int64}, orient="row").select(
        pl.col("top").clip(0), pl.col("end").clip(upper_bound=column.len() - 1)
    )
    apart = within.sort("top", "end").filter((pl.col("top") > pl.col("end").cum_max().shift()).fill_null(value=True))
    rows = apart.with_columns(row=pl.int_ranges("top", pl.col("end") + 1)).explode("row").drop_nulls()
    sources = pl.int_range(column.len(), eager=True).scatter(rows["row"], rows["top"])
    return column.zip_with(~_blank(column), column.gather(sources))


def _origin(content: bytes, title: str, height: int) -> tuple[int, list[int]]:
    """How many empty rows the reader has skipped, and which columns of the sheet it gives."""
    sheet = fastexcel.read_excel(content).load_sheet(title, header_row=None, skip_rows=0, dtypes="string")
    return sheet.height - height, [column.absolute_index for column in sheet.available_columns()]


def _spans(content: bytes, title: str) -> list[Span]:
    try:
        number = fastexcel.read_excel(content).sheet_names.index(title)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return [span for chunk in _chunks(archive, _part(archive, number)) for span in _in_chunk(chunk)]
    except (zipfile.BadZipFile, zlib.error, KeyError, IndexError, ValueError, OSError, NotImplementedError):
        return []


def _part(archive: zipfile.ZipFile, number: int) -> str:
    """The path of a sheet's XML."""
    book, relations = (archive.read(name).decode("utf-8", "replace") for name in (_BOOK, _RELATIONS))
    target = {_attribute(tag, "Id"): _attribute(tag, "Target") for tag in _RELATION.findall(relations)}
    return posixpath.normpath(posixpath.join("/xl", target[_attribute(_SHEET.findall(book)[number], r"\w+:id")]))[1:]


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""\s{name}=["']([^"']*)["']""", tag)
    return found[1] if found else ""


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    end = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            yield end + chunk
            end = chunk[-_LONGEST_TAG:]


def _in_chunk(chunk: bytes) -> Iterator[Span]:
    for letters, top, end in _TAG.findall(chunk) if b"mergeCell" in chunk else ():
        if int(end) > int(top):
            yield _column(letters), int(top) - 1, int(end) - 1


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
