"""XLSX and Parquet: sheets, title rows, end marks, and cells that are numbers or dates."""

import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from tests.unit.ingest.landing import BUDI, RINI, SITI, TONO, land

Sheets = dict[str, list[list[Any]]]
VILLAGE_ROWS = [["kode", "nama", "jumlah"], ["1401012001", "Batu Belah", 2101]]


def workbook(sheets: Sheets) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"default_date_format": "dd/mm/yyyy"}) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def parquet(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_parquet(buffer)
    return buffer.getvalue()


def test_every_sheet_with_a_header_is_part_of_the_list(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Sampul": [["DINAS SOSIAL"], ["Nama", "Daftar PKH"]],
        "Kec. Kampar": [["DAFTAR"], [], ["NIK", "Nama", "Catatan"], [1, 2, 3], [SITI, "SITI", "x"], [], [BUDI, "BUDI"]],
        "Rekap": [["Kecamatan", "Desa", "Jumlah"], ["Kampar", "Batu Belah", 2]],
        "Kec. Tapung": [["Nama", "NIK", "Tgl Lahir"], ["TONO", TONO, "01/01/1970"], ["###"], ["Catatan:", "x"]],
        "Kosong": [],
    }
    landed = land(tmp_path, pkh_xlsx=workbook(sheets))
    assert landed.column("pkh", "name") == ["SITI", "BUDI", "TONO"]
    assert landed.column("pkh", "nik") == [SITI, BUDI, TONO]
    assert landed.column("pkh", "source_row") == [1, 2, 3]
    assert landed.column("pkh", "birth_date") == [None, None, date(1970, 1, 1)]
    assert landed.file("pkh.xlsx").headers_ignored == ("Catatan",)
    assert landed.file("pkh.xlsx").rows_landed == 3


def test_a_sheet_of_people_without_its_header_is_told(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Kec. Kampar": [["NIK", "Nama"], [SITI, "SITI"]],
        "SITI AMINAH": [[BUDI, "BUDI"], [f"'{TONO}", "TONO"]],
        "Tapung": [["DAFTAR"] for _ in range(20)] + [["NIK", "Nama"], [int(RINI), "RINI"]],
        "Rekap": [["Desa", "Jumlah"], ["Batu Belah", 2]],
        "Petugas": [["NIP", "197001011990031001"], ["Telepon", "081234567890"]],
    }
    landed = land(tmp_path, pkh_xlsx=workbook(sheets), population_xlsx=workbook({"Desa": VILLAGE_ROWS} | sheets))
    assert landed.column("pkh", "name") == ["SITI"]
    told = [(row["source_file"], row["sheet"], row["finding"]) for row in landed.rows("delivery_findings")]
    assert told == [("pkh.xlsx", "sheet 2", "SHEET_NOT_READ"), ("pkh.xlsx", "sheet 3", "SHEET_NOT_READ")]


def test_cells_that_are_numbers_or_dates_lose_nothing(tmp_path: Path) -> None:
    rows = [
        ["NIK", "Nama", "Tgl Lahir", "Desil", "Hamil", "SHDK", "RT"],
        [int(SITI), "SITI", datetime(1990, 8, 17), 3, True, 3, "001"],  # noqa: DTZ001
        [float(RINI), "RINI", 32330, 4.0, False, 1, 2],
    ]
    landed = land(tmp_path, registry_xlsx=workbook({"A": rows}))
    assert landed.column("registry", "nik") == [SITI, RINI]
    assert landed.column("registry", "birth_date") == [date(1990, 8, 17), date(1988, 7, 6)]
    assert landed.column("registry", "decile") == [3, 4]
    assert landed.column("registry", "pregnant") == [True, False]
    assert landed.column("registry", "relationship") == ["3", "1"]
    assert landed.column("registry", "rt") == ["001", "2"]


def test_a_sheet_that_lacks_the_number_refuses_the_workbook_and_is_named(tmp_path: Path) -> None:
    sheets: Sheets = {"Kampar": [["NIK", "Nama"], [SITI, "SITI"]], "Tapung": [["Nama", "Alamat"], ["TONO", "B"]]}
    refused = land(tmp_path, pkh_xlsx=workbook(sheets)).file("pkh.xlsx")
    error = refused.error or ""
    assert "sheet 2" in error
    assert "Tapung" not in error  # a sheet may be named after somebody
    assert "sheet 'Tapung'" in (refused.error_whole or "")
    assert "nik" in error


def test_a_workbook_without_any_list_is_refused(tmp_path: Path) -> None:
    error = land(tmp_path, pkh_xlsx=workbook({"Kunci": [["Nama", "SITI AMINAH"], ["NIK", SITI]]})).error("pkh.xlsx")
    assert "no header row" in error
    assert "SITI" not in error


def test_the_form_of_opensid_is_read(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Program": [["ID Program", 7], ["Nama Program", "Bantuan Sosial Tunai"], ["###"], ["Catatan:"]],
        "Peserta": [
            ["Peserta", "No. Peserta", "NIK", "Nama", "Tempat Lahir", "Tanggal Lahir", "Alamat"],
            [SITI, 1, SITI, "SITI AMINAH", "MANGSIT", "1990-08-17", "RT 004"],
            [BUDI, 12, BUDI, "BUDI", "MANGSIT", "1985-12-05", "RT 004"],
            ["###"],
            ["1. Kolom Peserta wajib diisi"],
        ],
    }
    landed = land(tmp_path, bst_xlsx=workbook(sheets))
    assert landed.column("bst", "birth_date") == [date(1990, 8, 17), date(1985, 12, 5)]
    assert landed.column("bst", "member_id") == ["1", "12"]


def test_parquet_of_any_types_is_read_as_text_first(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {
            "NIK": [int(SITI), int(BUDI), None],
            "nama": ["SITI", "BUDI", None],
            "tgl_lahir": [date(1990, 8, 17), date(1985, 12, 5), None],
            "no_kk": [1401012005100007.0, 1401012005100008.0, None],
            "nominal": [Decimal("600000.00"), Decimal("1.00"), None],
            "tgl_salur": [datetime(2021, 11, 1, 8), None, None],  # noqa: DTZ001
            "lain": [[1], [2], None],
        }
    )
    landed = land(tmp_path, pkh_parquet=parquet(frame))
    assert landed.column("pkh", "nik") == [SITI, BUDI]
    assert landed.column("pkh", "birth_date") == [date(1990, 8, 17), date(1985, 12, 5)]
    assert landed.column("pkh", "family_card_number") == ["1401012005100007", "1401012005100008"]
    assert landed.column("pkh", "amount") == [600000, 1]
    assert landed.column("pkh", "paid_on") == [date(2021, 11, 1), None]
    assert landed.file("pkh.parquet").headers_ignored == ("lain",)
    assert landed.file("pkh.parquet").rows_landed == 2


@pytest.mark.parametrize(
    "written_with",
    [
        {"data_page_version": "2.0", "column_encoding": {"nik": "DELTA_LENGTH_BYTE_ARRAY", "nama": "DELTA_BYTE_ARRAY"}},
        {"compression": "gzip", "version": "1.0"},
        {"use_dictionary": ["nama"], "write_page_index": True, "write_page_checksum": True, "compression": "zstd"},
    ],
    ids=["delta", "old", "dictionary"],
)
def test_a_long_parquet_list_of_any_writer_is_read(tmp_path: Path, written_with: dict[str, Any]) -> None:
    rows = 60_000  # so many that what its texts take has to be looked at
    table = pa.table({"nik": [str(int(SITI) + i) for i in range(rows)], "nama": [None, *["SITI"] * (rows - 1)]})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **{"use_dictionary": False} | written_with)
    landed = land(tmp_path, pkh_parquet=buffer.getvalue())
    assert (landed.file("pkh.parquet").rows_accepted, landed.column("pkh", "nik")[0]) == (rows, SITI)


def test_a_parquet_file_with_a_column_twice_or_brackets_in_its_name(tmp_path: Path) -> None:
    twice = pl.DataFrame({"nik": [SITI], "NIK": [SITI], "nama": ["SITI"]})
    assert "two headers" in land(tmp_path / "a", pkh_parquet=parquet(twice)).error("pkh.parquet")
    named = land(tmp_path / "b", **{"pkh.[1]*.parquet": parquet(twice.drop("NIK"))})
    assert named.column("pkh", "nik") == [SITI]


def test_parts_in_several_formats_are_one_list_in_file_order(tmp_path: Path) -> None:
    landed = land(
        tmp_path,
        registry__c_csv=f"nik,nama\n{SITI},SITI\n",
        registry__b_xlsx=workbook({"A": [["nik", "nama"], [BUDI, "BUDI"]]}),
        registry__a_parquet=parquet(pl.DataFrame({"nama": ["TONO", "RINI"], "nik": [TONO, RINI]})),
    )
    assert landed.column("registry", "name") == ["TONO", "RINI", "BUDI", "SITI"]
    assert landed.column("registry", "row_id") == [2_000_000_001, 2_000_000_002, 2_000_000_003, 2_000_000_004]
    assert landed.column("registry", "source_row") == [1, 2, 1, 1]
