"""A file that may be a filled-in worklist -> its answers. Sheets are read in `worklist_pages`, rows in `worklist_rows`.

Recognised by what is in it, whatever the file and its sheets are called: the workbook, or a sheet of it saved as text.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import polars as pl

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.vocabulary import DeliveryFinding
from welfare_pipeline.contracts.worklists import ANSWERS, KEY_HEADING
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.header import SEARCHED_ROWS
from welfare_pipeline.ingest.sheet import FOUND, RawList
from welfare_pipeline.ingest.text_encoding import as_utf8
from welfare_pipeline.ingest.workbook_marks import marks_in
from welfare_pipeline.ingest.worklist_pages import Grid, page_of
from welfare_pipeline.ingest.worklist_rows import rows_of_pages

_NO_WORKLIST = (
    "it is no worklist (the hidden key column is missing); land the workbook that was published, filled in, or name "
    "the file after its list, for example eligibility_decisions.xlsx"
)
_DELIMITERS = (";", ",", "\t", "|")
_HEADINGS = ((b"Hasil", b"No BA", b"Sumber"), (b"Jawaban", b"Nama pada Daftar"))
_LARGEST_SEARCHED = 16 * 2**20
_COVER = 1  # column: the sheet of notes, like any sheet that is no table


def answers_in(grids: list[Grid], source: Source) -> RawList:
    """The rows of a worklist that were answered and are rows of this source; there may be none.

    Raises:
        FileRejectedError: it is no worklist.

    """
    pages = [(grid, page_of(grid)) for grid in grids]
    known = [page for _, page in pages if page is not None]
    if not known:
        raise FileRejectedError(_NO_WORKLIST)
    raw = rows_of_pages([page for page in known if page.source == source.name], source.name)
    if source.name != next(iter(ANSWERS)):
        return raw
    unread = [grid for grid, page in pages if page is None and not grid.is_read_only and _holds_a_table(grid)]
    rows = [(grid.shown, grid.title, None, str(DeliveryFinding.SHEET_NOT_READ), None) for grid in unread]
    findings = pl.concat([raw.findings, pl.DataFrame(rows, schema=FOUND, orient="row")])
    return replace(raw, findings=findings)


def _holds_a_table(grid: Grid) -> bool:
    return grid.cells.width > _COVER


def with_marks(sheets: list[tuple[int, str, pl.DataFrame]], content: bytes) -> list[Grid]:
    """The sheets of a workbook with the marks of their cells."""
    marks = marks_in(content)
    return [Grid(title, cells, marks.get(title), position) for position, title, cells in sheets]


def text_grid(content: bytes) -> Grid:
    """A sheet that was saved as text.

    Raises:
        FileRejectedError: it is no text, or no sheet of a worklist.

    """
    text = as_utf8(content).decode("utf-8", "replace")
    best = max(map(lambda d: _cut(text, d), _DELIMITERS), key=_fields, default=None)  # noqa: C417
    if best is None or not _fields(best):
        raise FileRejectedError(_NO_WORKLIST)
    return best


def _cut(text: str, delimiter: str) -> Grid:
    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    width = max(map(len, rows), default=0)
    columns = {f"column_{i}": [row[i] if i < len(row) else None for row in rows] for i in range(width)}
    return Grid(None, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))


def _fields(grid: Grid) -> int:
    page = page_of(grid)
    return 0 if page is None else len(page.fields)


def looks_like_a_worklist(content: bytes) -> bool:
    """Whether a file of an unknown name holds a worklist's headings."""
    packed = content.startswith(b"PK\x03\x04")
    texts = b"".join(_texts_of(content)) if packed else content[:_LARGEST_SEARCHED]
    return KEY_HEADING.encode() in texts or any(all(word in texts for word in words) for words in _HEADINGS)


def _texts_of(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [n for n in archive.namelist() if n.startswith(("xl/sharedStrings", "xl/worksheets/sheet"))]
            for name in islice(names, SEARCHED_ROWS):
                with archive.open(name) as part:
                    yield part.read(_LARGEST_SEARCHED)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error):
        return
