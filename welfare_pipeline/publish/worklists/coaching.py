"""`pembinaan.xlsx`, beside a district's worklists: facilitators and outlets to be warned, by name, for the office only.

Nothing in it is answered or landed again; the report has the same rows without names.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl
import xlsxwriter

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.lake import PRIVATE_FILE
from welfare_pipeline.publish.worklists.cells import heading_height, row_height
from welfare_pipeline.publish.worklists.workbook import A4, NO_PROOF, TEXT_ONLY, Heading, place_of

FILE = "pembinaan.xlsx"
_THOUSANDS = '[<1000]0;[<1000000]0"."000;0"."000"."000'  # with points, whatever the spreadsheet's country
_FORMATS = {
    **dict.fromkeys(("daily_report_share", "p2k2_share", "above_reference_share"), "0%"),
    **dict.fromkeys(("price", "reference_price", "families_assisted"), _THOUSANDS),
}


@dataclass(frozen=True)
class _Sheet:
    """A sheet: its name, title and query, and each column's heading and width."""

    name: str
    title: str
    query: str
    columns: Mapping[str, tuple[str, float]]


SHEETS = (
    _Sheet(
        "Pendamping",
        "Pendamping calon teguran",
        "facilitators",
        {
            "facilitator_id": ("ID", 20),
            "name": ("Nama", 26),
            "families_assisted": ("Keluarga", 10),
            "daily_report_share": ("Laporan Harian", 10),
            "p2k2_share": ("P2K2", 10),
            "monthly_report_filed": ("Laporan Bulanan", 10),
            "reasons": ("Sebab", 40),
        },
    ),
    _Sheet(
        "E-warong",
        "E-warong calon sanksi",
        "outlets",
        {
            "outlet_id": ("ID", 20),
            "outlet_name": ("Nama", 26),
            "village_code": ("Kode Desa", 14),
            "commodity": ("Komoditas", 16),
            "unit": ("Satuan", 10),
            "price": ("Harga", 12),
            "reference_price": ("Harga Acuan", 12),
            "above_reference_share": ("Di Atas Acuan", 12),
        },
    ),
)


def write_coaching(folder: Path, heading: Heading, rows: Mapping[str, pl.DataFrame]) -> None:
    """Write the workbook, if there is anybody to warn; only its owner may read it. Same rows, same bytes."""
    if not any(frame.height for frame in rows.values()):
        return
    path = folder / FILE
    with xlsxwriter.Workbook(str(path), TEXT_ONLY) as book:
        made = datetime.combine(last_day(heading.period), datetime.min.time())
        book.set_properties({"title": "Pembinaan pendamping dan e-warong", "created": made})
        for sheet in SHEETS:
            _write(book, sheet, heading, rows[sheet.query])
    path.chmod(PRIVATE_FILE)


def _write(book: xlsxwriter.Workbook, sheet: _Sheet, heading: Heading, rows: pl.DataFrame) -> None:
    page = book.add_worksheet(sheet.name)
    cell = {"font_size": 10, "border": 1, "text_wrap": True, "valign": "top"}
    head = book.add_format(cell | {"bold": True, "bg_color": "#D9E1F2"})
    styles = {name: book.add_format(cell | {"num_format": _FORMATS.get(name, "General")}) for name in sheet.columns}
    page.write_string(0, 0, sheet.title, book.add_format({"bold": True, "font_size": 13}))
    page.write_string(1, 0, f"{place_of(heading)}. RAHASIA: berisi nama orang; hanya untuk Dinas Sosial.")
    page.write_string(2, 0, NO_PROOF if rows.height else f"Tidak ada. {NO_PROOF}")
    page.set_row(4, heading_height(dict(sheet.columns.values())))
    for place, (title, width) in enumerate(sheet.columns.values()):
        page.set_column(place, place, width)
        page.write_string(4, place, title, head)
    texts = {name: width for name, (_, width) in sheet.columns.items() if rows.schema[name] == pl.String}
    heights = rows.select(row_height(texts)).to_series()
    for at, row in enumerate(rows.select(*sheet.columns).iter_rows(named=True), 5):
        page.set_row(at, heights[at - 5])
        for place, name in enumerate(sheet.columns):
            _write_cell(page, at, place, row[name], styles[name])
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(4)
    page.set_footer("&L&8RAHASIA: data pribadi&R&8Halaman &P dari &N")


def _write_cell(
    page: xlsxwriter.worksheet.Worksheet, row: int, place: int, value: object, style: xlsxwriter.format.Format
) -> None:
    """A text is a text, whatever it looks like."""
    if value is None:
        page.write_blank(row, place, None, style)
    elif isinstance(value, bool):
        page.write_string(row, place, "sudah" if value else "belum", style)
    elif isinstance(value, (int, float)):
        page.write_number(row, place, value, style)
    else:
        page.write_string(row, place, str(value), style)
