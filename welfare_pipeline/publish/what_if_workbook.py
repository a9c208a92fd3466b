"""What another policy would change, as a workbook of counts and rupiah: by programme, by district, by village."""

import os
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import xlsxwriter

NAME = "what-if.xlsx"
READABLE = 0o644  # counts only, as in the reports
_WIDEST = 40
_FIRST = 3  # row of the headings: title and two notes stand above
_NO_PROOF = "A finding is a contradiction between lists that has to be looked into, no proof."


def write_what_if(folder: Path, title: str, note: str, sheets: Mapping[str, pl.DataFrame]) -> Path:
    """Write `what-if.xlsx` in the folder (made if it is not there), in the place of a former one; its path.

    Raises:
        OSError: it could not be written; a former one stands.
        FileCreateError: the same.

    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    building = folder / f".{NAME}.building"
    with xlsxwriter.Workbook(str(building), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        for name, rows in sheets.items():
            _write(book, name, title, note, rows)
    building.chmod(READABLE)
    os.replace(building, path)  # noqa: PTH105  Path.replace is the same; this one says what it does
    return path


def _write(book: xlsxwriter.Workbook, name: str, title: str, note: str, rows: pl.DataFrame) -> None:
    bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
    page = book.add_worksheet(name)
    page.write_string(0, 0, title, bold)
    page.write_string(1, 0, note)
    page.write_string(2, 0, _NO_PROOF)
    for place, column in enumerate(rows.columns):
        texts = rows[column].cast(pl.String).fill_null("").to_list()
        page.set_column(place, place, min(_WIDEST, max(map(len, [column, *texts])) + 2), number)
        page.write_string(_FIRST, place, column, bold)
        page.write_column(_FIRST + 1, place, rows[column].to_list())
    page.freeze_panes(_FIRST + 1, 0)
    page.autofilter(_FIRST, 0, _FIRST + max(rows.height, 1), len(rows.columns) - 1)
