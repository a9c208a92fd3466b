"""How a worklist looks: locked but for the answers, drop-downs, ready to print on A4. Its rows come of `cells.py`."""

import hashlib
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.words import month_words
from welfare_pipeline.contracts.worklists import SHEETS, Use, WorklistSheet
from welfare_pipeline.publish.worklists.cells import HEADER_ROW, STYLE_MARKS, Lines, heading_height

TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
A4 = 9
_EARLIEST = date(2000, 1, 1)
_LONGEST_MARGIN = 200  # characters; a page header takes 255
_PROTECTION = {"autofilter": True, "format_columns": True, "format_rows": True}
_CELL = {"font_size": 11, "border": 1, "text_wrap": True, "valign": "top"}
NO_PROOF = "Temuan adalah pertentangan antardaftar yang harus diperiksa, bukan bukti."
_NOTES = (
    NO_PROOF,
    "RAHASIA: berisi data pribadi (UU 27/2022). Hanya untuk petugas desa/kelurahan dan Dinas Sosial.",
    "Isilah hanya kolom berwarna kuning; yang belum diputuskan dibiarkan kosong dan tidak dihitung sebagai jawaban.",
    "LAYAK: berhak. TIDAK LAYAK: tidak berhak. SUDAH MAMPU: sudah mampu. MM: menolak.",
    "MD: meninggal dunia. PD: pindah. TT: tidak ditemukan.",
    "Temuan: TERBUKTI, TIDAK TERBUKTI, atau BELUM JELAS. Yang tidak terbukti tak ditanyakan lagi sampai ada data baru.",
    "Nomor yang benarnya sudah ada dalam data terpadu diperbaiki operator kabupaten/kota dan tidak dicantumkan.",
)


@dataclass(frozen=True)
class Heading:
    """What stands above every sheet and on every printed page."""

    district: str
    period: str
    village: str
    decided_pairs: int = 0
    decided_here: int = 0


@dataclass(frozen=True)
class _Styles:
    title: Format
    plain: Format
    heading: Format
    differs: Format
    cells: dict[Use, Format]


class _Page(Worksheet):  # type: ignore[misc]  # xlsxwriter has no types
    """A sheet whose rows below the header are given as XML."""

    lines = Lines()
    marked: Mapping[str, Format] = MappingProxyType({})

    def _write_dimension(self) -> None:
        if self.lines.height:
            self._check_dimensions(HEADER_ROW + self.lines.height, self.dim_colmax)
        super()._write_dimension()

    def _write_rows(self) -> None:
        super()._write_rows()
        xml = self.lines.xml
        for mark, style in self.marked.items():
            xml = xml.replace(mark, str(style._get_xf_index()))  # noqa: SLF001  as xlsxwriter does when it writes a cell
        self.fh.write(xml)


def write_workbook(path: Path, heading: Heading, rows: Mapping[str, Lines], deadline: str) -> None:
    """Write a village's workbook: `rows` by sheet name; `deadline` is the month the answers are landed in.

    The file's time and its keywords tell `is_still` that it is the one written from these rows.
    """
    with xlsxwriter.Workbook(str(path), TEXT_ONLY) as book:
        properties = {"title": "Daftar kerja verifikasi", "keywords": fingerprint(heading, rows)}
        book.set_properties(properties | {"created": _written_at(heading)})
        styles = _styles(book)
        _write_notes(book, styles, heading, rows, deadline)
        for sheet in SHEETS:
            _write_sheet(book, styles, heading, sheet, rows[sheet.name])
    os.utime(path, (_written_at(heading).timestamp(),) * 2)


def is_still(path: Path, heading: Heading, rows: Mapping[str, Lines]) -> bool:
    """Whether the workbook there was written from these rows by this program and nobody changed it since."""
    try:
        if path.stat().st_mtime != _written_at(heading).timestamp():
            return False
        with zipfile.ZipFile(path) as package:
            return fingerprint(heading, rows).encode() in package.read("docProps/core.xml")
    except (OSError, KeyError, zipfile.BadZipFile):
        return False


def fingerprint(heading: Heading, rows: Mapping[str, Lines]) -> str:
    """A hash of everything a workbook depends on: its rows, this layout, and the words."""
    digest = hashlib.sha256(_program())
    digest.update(repr(heading).encode())
    for name, lines in sorted(rows.items()):
        digest.update(name.encode())
        digest.update(lines.xml.encode())
    return digest.hexdigest()


@cache
def _program() -> bytes:
    layout = files("welfare_pipeline.contracts").joinpath("worklists.py").read_bytes()
    return layout + Path(__file__).read_bytes() + str(xlsxwriter.__version__).encode()


def _written_at(heading: Heading) -> datetime:
    return datetime.combine(last_day(heading.period), datetime.min.time())


def _styles(book: Workbook) -> _Styles:
    filled = {"bg_color": "#FFF2CC", "locked": False}
    return _Styles(
        title=book.add_format({"bold": True, "font_size": 13}),
        plain=book.add_format({"font_size": 10}),
        heading=book.add_format(_CELL | {"bold": True, "bg_color": "#D9E1F2", "valign": "vcenter"}),
        differs=book.add_format({"bg_color": "#F8CBAD"}),
        cells={
            Use.READ: book.add_format(_CELL),
            Use.ANSWER: book.add_format(_CELL | filled),
            Use.DATE: book.add_format(_CELL | filled | {"num_format": "dd/mm/yyyy"}),
            Use.FREE: book.add_format(_CELL | filled | {"num_format": "@"}),
        },
    )


def _write_notes(book: Workbook, styles: _Styles, heading: Heading, rows: Mapping[str, Lines], deadline: str) -> None:
    page = book.add_worksheet("Petunjuk")
    page.set_column(0, 0, 110)
    page.write_string(0, 0, "Daftar kerja verifikasi bantuan sosial", styles.title)
    counts = [f"Lembar {sheet.name}: {rows[sheet.name].height} baris. {sheet.title}." for sheet in SHEETS]
    landed_in = f"Kembalikan berkas ini ke Dinas Sosial untuk periode {month_words(deadline)}."
    lines = (place_of(heading), heading.village, "", *_NOTES, landed_in, "", *counts)
    for row, line in enumerate(lines, 1):
        page.write_string(row, 0, line, styles.plain)
    _lay_out(page, heading)


def _write_sheet(book: Workbook, styles: _Styles, heading: Heading, sheet: WorklistSheet, lines: Lines) -> None:
    page = book.add_worksheet(sheet.name, _Page)
    page.write_string(0, 0, sheet.title, styles.title)
    page.write_string(1, 0, f"{heading.village}. {place_of(heading)}", styles.plain)
    page.write_string(2, 0, sheet.instruction if lines.height else "Tidak ada.", styles.plain)
    page.write_string(3, 0, _said_of_rows(sheet, lines, heading), styles.plain)
    _write_columns(page, styles, sheet)
    last = HEADER_ROW + max(lines.height, 1)
    if lines.height:
        page.lines, page.marked = lines, {STYLE_MARKS[use]: style for use, style in styles.cells.items()}
        _restrict_answers(page, sheet, last)
        _mark_differences(page, sheet, last, styles.differs)
    page.ignore_errors({"number_stored_as_text": f"A1:Z{last + 1}"})
    page.freeze_panes(HEADER_ROW + 1, 2)
    page.repeat_rows(HEADER_ROW)
    width = len(sheet.laid_out)
    page.autofilter(HEADER_ROW, 0, last, width - 1)  # hidden columns, too: sorting takes them along
    page.print_area(0, 0, last, width - 1)
    _lay_out(page, heading)


def _write_columns(page: Worksheet, styles: _Styles, sheet: WorklistSheet) -> None:
    """Widths and the header row."""
    shown = {column.heading: column.width for column in sheet.laid_out if column.use is not Use.HIDDEN}
    page.set_row(HEADER_ROW, heading_height(shown))
    for place, column in enumerate(sheet.laid_out):
        page.set_column(place, place, column.width, None, {"hidden": True} if column.use is Use.HIDDEN else None)
        page.write_string(HEADER_ROW, place, column.heading, styles.heading)


def _restrict_answers(page: Worksheet, sheet: WorklistSheet, last: int) -> None:
    first = HEADER_ROW + 1
    for place, column in enumerate(sheet.laid_out):
        if column.use is Use.ANSWER:
            page.data_validation(first, place, last, place, _choice(column.choices or sheet.choices))
        elif column.use is Use.DATE:
            page.data_validation(first, place, last, place, _a_date())


def _said_of_rows(sheet: WorklistSheet, lines: Lines, heading: Heading) -> str:
    """The line above the header: that a finding is no proof; of pairs, how many are decided."""
    if not sheet.side_by_side:
        return NO_PROOF
    decided = (
        f"{heading.decided_here} pasangan desa ini dan {heading.decided_pairs} pasangan kabupaten/kota ini sudah "
        f"diputuskan; {lines.height} di lembar ini belum."
    )
    return f"Yang berbeda diberi warna. {decided} {NO_PROOF}"


def _mark_differences(page: Worksheet, sheet: WorklistSheet, last: int, style: Format) -> None:
    """Colour the cells of a pair that differ, wherever its row is sorted to."""
    first = HEADER_ROW + 1
    for own, other in sheet.side_by_side:
        left, right = (f"${chr(ord('A') + place)}{first + 1}" for place in (own, other))
        rule = {"type": "formula", "criteria": f'=AND({left}<>"",{right}<>"",{left}<>{right})', "format": style}
        for place in (own, other):
            page.conditional_format(first, place, last, place, rule)


def _choice(choices: tuple[str, ...]) -> dict[str, object]:
    return {
        "validate": "list",
        "source": list(choices),
        "error_title": "Pilihan tidak dikenal",
        "error_message": f"Pilih salah satu: {', '.join(choices)}.",
    }


def _a_date() -> dict[str, object]:
    return {
        "validate": "date",
        "criteria": ">=",
        "value": _EARLIEST,
        "error_title": "Bukan tanggal",
        "error_message": "Isi tanggal keputusan, misalnya 17/12/2021.",
    }


def place_of(heading: Heading) -> str:
    """The district and the month, as every sheet names them."""
    return f"{heading.district}, periode {month_words(heading.period)}"


def _lay_out(page: Worksheet, heading: Heading) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.3, right=0.3, top=0.7, bottom=0.6)
    page.fit_to_pages(1, 0)
    village = heading.village[:_LONGEST_MARGIN].replace("&", "&&")
    page.set_header(f"&L&8 {village}&R&8Periode {month_words(heading.period)}")
    page.set_footer("&L&8RAHASIA: data pribadi&R&8Halaman &P dari &N")
    page.protect("", _PROTECTION)
