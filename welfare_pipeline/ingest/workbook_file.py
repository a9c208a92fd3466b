"""A landed XLSX workbook -> its data rows as text (numbers in full, dates as yyyy-mm-dd hh:mm:ss)."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

import fastexcel
import polars as pl

from welfare_pipeline.contracts.column import Kind, Source
from welfare_pipeline.contracts.vocabulary import DeliveryFinding
from welfare_pipeline.contracts.worklists import ANSWERS, source_of
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.header import (
    SEARCHED_ROWS,
    Header,
    check_header,
    find_header,
    needed_columns,
)
from welfare_pipeline.ingest.merged_cells import filled_down
from welfare_pipeline.ingest.plain import placed_sheet
from welfare_pipeline.ingest.sheet import FOUND, RawList, ReadSheet, body_of, numbered, read_sheet
from welfare_pipeline.ingest.shown import visible
from welfare_pipeline.ingest.worklist_file import answers_in, with_marks
from welfare_pipeline.ingest.worklist_pages import Grid

_Sheet = tuple[int, str, pl.DataFrame]  # its place in the workbook, its name, its cells
logging.getLogger("calamine").addHandler(logging.NullHandler())  # else its warnings reach the terminal
_NOT_THIS_LIST = "it is a worklist; land it as worklist.<village>.xlsx"
_SEPARATORS, _NIK_OR_CARD = r"[\s.'\-]", r"^[0-9]{16}$"
_DAMAGED = "the workbook is damaged or was not written to its end; open it, save it again and land that"


def read_workbook(content: bytes, source: Source) -> RawList:
    """The list in the workbook: every sheet that has a header for it, in the workbook's order.

    Of a worklist, whatever the file is called, only the sheets whose answers belong to the source, and their answered
    rows.

    Raises:
        FileRejectedError: the workbook cannot be opened, no sheet has a header, or a sheet's header lacks a column.

    """
    found = list(_sheets(content))
    if not any(_answers_to(cells) for _, _, cells in found):
        return _list(found, source, content)
    if source.name not in ANSWERS:
        raise FileRejectedError(_NOT_THIS_LIST)
    return read_worklist(content, source)


def read_worklist(content: bytes, source: Source) -> RawList:
    """The rows of a published worklist that were answered and are rows of this source; there may be none.

    Raises:
        FileRejectedError: the workbook cannot be opened, or is no worklist.

    """
    return answers_in(with_marks(list(_sheets(content, skip_rows=0)), content), source)


def workbook_headers(content: bytes, sources: Sequence[Source]) -> Iterator[tuple[Source, Header | None]]:
    """For each source the header of the sheet that has most of its columns.

    Raises:
        FileRejectedError: the workbook cannot be opened.

    """
    tops = [cells.head(SEARCHED_ROWS).rows() for _, _, cells in _sheets(content)]
    for source in sources:
        headers = [header for top in tops if (header := find_header(top, source)) is not None]
        yield source, max(headers, key=lambda header: len(header.positions), default=None)


def _answers_to(cells: pl.DataFrame) -> str | None:
    """The source that the answers of a worklist's sheet belong to; `None`: the sheet is of no worklist."""
    top = (text for row in cells.head(SEARCHED_ROWS).iter_rows() for text in row)
    return next(filter(None, map(source_of, top)), None)


def _list(found: list[_Sheet], source: Source, content: bytes | None = None) -> RawList:
    """The list in these sheets; `content`: the workbook whose merged cells give values to several rows.

    A sheet without its header that names people is no part of it, and a finding.
    """
    sheets: list[tuple[ReadSheet, pl.DataFrame]] = []
    candidates: list[Header | None] = []
    for position, title, cells in found:
        header = find_header(cells.head(SEARCHED_ROWS).rows(), source)
        candidates.append(header)
        if header is not None and _is_a_list(header, source):
            _check(position, title, header, source)
            below = header.last + 1
            filled = _filled(content, title, cells, header, source).slice(below) if content else None
            rows = body_of(cells.slice(below), header, filled)
            sheets.append((read_sheet(header, rows.height, position, title), rows))
    if not sheets:
        check_header(next(filter(None, candidates), None), source)
    return replace(numbered(sheets), findings=_not_read(found, {sheet.position for sheet, _ in sheets}, source))


def _not_read(found: list[_Sheet], read: set[int], source: Source) -> pl.DataFrame:
    """A finding for each sheet that is not read though a NIK or card stands in it, for a list that has such numbers."""
    numbered_list = any(column.kind in {Kind.NIK, Kind.CARD} for column in source.columns)
    rows = [
        (Grid(title, cells, position=position).shown, title, None, str(DeliveryFinding.SHEET_NOT_READ), None)
        for position, title, cells in found
        if numbered_list and position not in read and _holds_numbers(cells)
    ]
    return pl.DataFrame(rows, schema=FOUND, orient="row")


def _holds_numbers(cells: pl.DataFrame) -> bool:
    digits = pl.all().str.replace_all(_SEPARATORS, "")
    return any(cells.select(digits.str.contains(_NIK_OR_CARD).any()).row(0))


def _filled(content: bytes, title: str, cells: pl.DataFrame, header: Header, source: Source) -> pl.DataFrame:
    columns = header.columns()
    return filled_down(
        content, title, cells, [columns[c.name] for c in source.columns if c.spans_rows and c.name in columns]
    )


def _is_a_list(header: Header, source: Source) -> bool:
    """Whether the sheet is meant as the list: it has one of the needed columns, not only words a summary has too."""
    return any(column.name in header.positions for choice in needed_columns(source) for column in choice)


def _check(position: int, title: str, header: Header, source: Source) -> None:
    try:
        check_header(header, source)
    except FileRejectedError as error:
        shown, whole = f"{placed_sheet(title, position)}: ", f"sheet '{visible(title)}': "
        raise FileRejectedError(shown + error.problem, whole + error.whole) from error


def _sheets(content: bytes, skip_rows: int | None = None) -> Iterator[_Sheet]:
    try:
        workbook = fastexcel.read_excel(content)
        titles = workbook.sheet_names
    except fastexcel.FastExcelError as error:
        raise FileRejectedError(_DAMAGED) from error
    for position, title in enumerate(titles):
        cells = _cells(workbook, title, skip_rows)
        if cells.height:
            yield position, title, cells


def _cells(workbook: fastexcel.ExcelReader, title: str, skip_rows: int | None) -> pl.DataFrame:
    try:
        return workbook.load_sheet(title, header_row=None, skip_rows=skip_rows, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        if "not a valid worksheet" in str(error):  # a sheet that is only a chart
            return pl.DataFrame()
        raise FileRejectedError(_DAMAGED) from error
