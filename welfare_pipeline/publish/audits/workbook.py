"""The workbook of a field check: whom to visit. It leaves out our findings, so that the visitors are unbiased."""

from pathlib import Path

import polars as pl
import xlsxwriter

from welfare_pipeline.contracts.code_lists import AUDIT_FINDING
from welfare_pipeline.contracts.words import month_words
from welfare_pipeline.lake import PRIVATE_FILE
from welfare_pipeline.publish.worklists.cells import heading_height, row_height
from welfare_pipeline.publish.worklists.workbook import NO_PROOF

_HEADER = 6  # from 0
_COLUMNS = (
    ("No", "number", 5), ("ID Sampel", "sample_id", 15), ("Nama", "name", 18), ("NIK", "nik", 11),
    ("No KK", "family_card_number", 11), ("Alamat", "address", 15), ("Desa", "village_name", 14),
    ("Kecamatan", "subdistrict_name", 14), ("Program", "programme_label", 11), ("Hasil", "", 12),
    ("Tanggal Kunjungan", "", 12),
)  # fmt: skip
_NOTES = (
    NO_PROOF,
    "RAHASIA: berisi data pribadi (UU 27/2022). Kunjungi setiap baris; sampel acak tidak boleh ditukar.",
    "Hasil: LAYAK, TIDAK LAYAK, TIDAK DITEMUKAN, atau MENOLAK. Baris tanpa Program: rumah tangga, apakah layak.",
    "Serahkan berkas ini sebagai audit_answers.xlsx pada bulan hasilnya; hapus baris yang belum dikunjungi.",
)


def write_audit(path: Path, district: str, period: str, drawn: pl.DataFrame) -> None:
    """Write the workbook in place of a former one; only its owner may read it."""
    draft = path.with_name(f".{path.name}")
    with xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("Kunjungan")
        title, plain = book.add_format({"bold": True, "font_size": 13}), book.add_format({"font_size": 10})
        page.write_string(0, 0, f"Pemeriksaan lapangan {district}, data {month_words(period)}", title)
        for row, note in enumerate(_NOTES, 1):
            page.write_string(row, 0, note, plain)
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top", "font_size": 11})
        answer = book.add_format({"border": 1, "bg_color": "#FFF2CC", "font_size": 11})
        day = book.add_format({"border": 1, "bg_color": "#FFF2CC", "font_size": 11, "num_format": "dd/mm/yyyy"})
        head = book.add_format({"border": 1, "bold": True, "bg_color": "#D9E1F2", "text_wrap": True, "font_size": 11})
        page.set_row(_HEADER, heading_height({heading: width for heading, _, width in _COLUMNS}))
        for place, (heading, _, width) in enumerate(_COLUMNS):
            page.set_column(place, place, width)
            page.write_string(_HEADER, place, heading, head)
        rows = drawn.with_row_index("number", 1).cast({"number": pl.String})
        texts = rows.select(field for _, field, _ in _COLUMNS if field).rows()
        heights = rows.select(row_height({field: width for _, field, width in _COLUMNS if field})).to_series()
        for row, values in enumerate(texts, _HEADER + 1):
            page.set_row(row, heights[row - _HEADER - 1])
            for place, value in enumerate(values):
                page.write_string(row, place, value or "", cell)
            page.write_blank(row, len(values), None, answer)
            page.write_blank(row, len(values) + 1, None, day)
        last = _HEADER + max(len(texts), 1)
        choices = {"validate": "list", "source": list(AUDIT_FINDING.values)}
        page.data_validation(_HEADER + 1, len(_COLUMNS) - 2, last, len(_COLUMNS) - 2, choices)
        page.freeze_panes(_HEADER + 1, 3)
        page.repeat_rows(_HEADER)
        page.set_landscape()
        page.set_paper(9)
        page.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&8RAHASIA: data pribadi&R&8Halaman &P dari &N")
    draft.chmod(PRIVATE_FILE)
    draft.replace(path)
