"""Files that cannot be used are refused as a whole, on record and in words; the other files go on."""

import io
import os
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from tests.unit.ingest.landing import BUDI, DISTRICT, PERIOD, SITI, land, read, zipped
from welfare_pipeline.ingest.landing_folder import districts_landed

PKH = f"nik,nama\n{SITI},SITI AMINAH\n"
TWO = f"nik,nama\n{SITI},SITI AMINAH\n{BUDI},BUDI\n"
HTML = b"<html><body><table><tr><th>nik</th><th>nama</th></tr><tr><td>1</td><td>SITI</td></tr></table></body></html>"


def workbook() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Peserta")
        for number, row in enumerate((("nik", "nama"), *((f"14010157089{i:05d}", "SITI") for i in range(500)))):
            sheet.write_row(number, 0, row)
    return buffer.getvalue()


def parquet() -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame({"nik": [SITI] * 500, "nama": ["SITI"] * 500}).write_parquet(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("pkh_csv", b"", "empty"),
        ("pkh_csv", b" \n\n", "empty"),
        ("pkh_csv", PKH.encode() + b"\0\0\0\0", "NUL"),
        ("pkh_csv", PKH.encode("utf-16")[2:], "NUL"),
        ("pkh_csv", PKH.encode("utf-16")[:-1], "breaks off"),
        ("pkh_csv", HTML, "HTML"),
        ("pkh_csv", b"\xef\xbb\xbf\n <!DOCTYPE html><table>", "HTML"),
        ("pkh_csv", workbook(), "ZIP"),
        ("pkh_csv", zipped(PKH), "gzip"),
        ("pkh_csv_gz", zipped(PKH)[:-5], "breaks off"),
        ("pkh_csv_gz", PKH.encode(), "gzip"),
        ("pkh_csv_gz", b"", "empty"),
        ("pkh_xlsx", b"", "empty"),
        ("pkh_xlsx", HTML, "HTML"),
        ("pkh_xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        ("pkh_xlsx", workbook()[:3000], "damaged"),
        ("pkh_xlsx", workbook()[:600] + bytes(300) + workbook()[900:], "damaged"),
        ("pkh_xlsx", PKH.encode(), "damaged"),
        ("pkh_xls", HTML, ".xls is not read"),
        ("pkh_xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls is not read"),
        ("pkh_parquet", b"", "empty"),
        ("pkh_parquet", parquet()[:-40], "damaged"),
        ("pkh_parquet", parquet()[:20], "damaged"),
        ("pkh_parquet", b"PAR1" + bytes(100) + b"PAR1", "damaged"),
        ("pkh_parquet", HTML, "HTML"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_in_words(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    landed = land(tmp_path, **{name: content, "bst_csv": PKH})
    refused = next(file for file in landed.delivery.files if file.source == "pkh")
    assert refused.error is not None
    assert refused.source_file in refused.error
    assert says in refused.error
    assert "SITI" not in refused.error
    assert (refused.state, refused.rows_landed, refused.rows_accepted, refused.rows_rejected) == ("rejected", 0, 0, 0)
    assert landed.delivery.arrived == {"bst"}
    assert "pkh" not in landed.tables
    assert len(landed.rows("bst")) == 1


def test_every_way_to_break_a_workbook_or_parquet_file_ends_in_words(tmp_path: Path) -> None:
    parts = {}
    for ending, content in (("xlsx", workbook()), ("parquet", parquet()), ("csv_gz", zipped(TWO * 50))):
        for cut in range(1, len(content), max(1, len(content) // 5)):
            broken = content[:cut] + bytes(min(16, len(content) - cut)) + content[cut + 16 :]
            parts |= {f"pkh__cut{ending}{cut}_{ending}": content[:cut], f"pkh__hole{ending}{cut}_{ending}": broken}
    reports = land(tmp_path, **parts).delivery.files
    assert len(reports) == len(parts)
    assert all(report.rows_landed == report.rows_accepted + report.rows_rejected for report in reports)


def test_refused_lists_are_named(tmp_path: Path) -> None:
    landed = land(tmp_path, registry_csv="nama,alamat,desa\nSITI,A,B\n", pkh_csv="x")
    assert {file.source for file in landed.delivery.rejected_files} == {"registry", "pkh"}


def test_the_same_content_again_is_refused_in_file_order(tmp_path: Path) -> None:
    landed = land(tmp_path, pkh__a_csv=PKH, pkh__b_csv=PKH, pkh__c_csv_gz=zipped(PKH), pkh__d_csv=TWO)
    assert [f.state for f in landed.delivery.files] == ["accepted", "rejected", "rejected", "accepted"]
    assert "same content as pkh.a.csv" in landed.error("pkh.b.csv")
    assert "same content as pkh.a.csv" in landed.error("pkh.c.csv.gz")
    assert landed.column("pkh", "source_file") == ["pkh.a.csv", "pkh.d.csv", "pkh.d.csv"]


def test_one_part_in_two_formats_is_refused_the_second_time(tmp_path: Path) -> None:
    landed = land(tmp_path, pkh_csv=PKH, pkh_xlsx=workbook(), bst__kec01_csv=PKH, bst__KEC01_csv_gz=zipped(TWO))
    assert landed.delivery.arrived == {"pkh", "bst"}
    assert "same part as pkh.csv" in landed.error("pkh.xlsx")
    assert [f.state for f in landed.delivery.files if f.source == "bst"] == ["accepted", "rejected"]


def test_a_list_saved_anew_beside_the_one_that_could_not_be_read_is_read(tmp_path: Path) -> None:
    landed = land(tmp_path, pkh_csv="<html><table></table></html>", pkh_xlsx=workbook())
    assert [f.state for f in landed.delivery.files] == ["rejected", "accepted"]


def test_the_same_people_in_two_programmes_are_read(tmp_path: Path) -> None:
    landed = land(tmp_path, pkh_csv=PKH, bst_csv=PKH)
    assert landed.delivery.arrived == {"pkh", "bst"}
    assert len({file.sha256 for file in landed.delivery.files}) == 1  # the check `lists_are_no_copies` warns of it


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text(PKH)
    folder = tmp_path / "landing" / PERIOD / DISTRICT
    folder.mkdir(parents=True)
    (folder / "pkh.csv").symlink_to(outside)
    (folder / "bst.csv").symlink_to(folder / "gone.csv")
    (folder / "real.csv").write_text(PKH)
    (folder / "sembako.csv").symlink_to(folder / "real.csv")
    os.mkfifo(folder / "yapi.csv")
    landed = read(tmp_path)
    assert landed.delivery.arrived == {"sembako"}
    assert "link" in landed.error("pkh.csv")
    assert "regular" in landed.error("bst.csv")
    assert "regular" in landed.error("yapi.csv")


def test_files_of_no_known_source_are_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "landing" / PERIOD / DISTRICT / "kecamatan").mkdir(parents=True)
    landed = land(
        tmp_path, **{"catatan.txt": "x", "~$pkh.xlsx": "x", "pkh.csv.tmp": "x", ".pkh.csv": "x", "PKH.CSV": PKH}
    )
    assert landed.delivery.unknown_files == (".pkh.csv", "catatan.txt", "kecamatan", "pkh.csv.tmp", "~$pkh.xlsx")
    assert landed.delivery.arrived == {"pkh"}
    assert landed.column("pkh", "source_file") == ["PKH.CSV"]


def test_only_folders_of_known_districts_count(tmp_path: Path) -> None:
    period = tmp_path / PERIOD
    for name in ("1401", "7501", "9999", "Kampar", "140", "1401 (copy)"):
        (period / name).mkdir(parents=True)
    (period / "1403").write_text("a file")
    (period / "1404").symlink_to("/etc")
    codes, warnings = districts_landed(period)
    assert codes == ["1401", "7501"]
    assert len(warnings) == 6
    assert all(any(name in warning for warning in warnings) for name in ("9999", "Kampar", "1403", "1404"))
    assert districts_landed(tmp_path / "2021-12") == ([], [])
