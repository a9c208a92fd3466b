"""What may be shown of the names of files, sheets and headers, and what a header or file most likely means."""

from pathlib import Path

import pytest

from tests.unit.ingest.landing import BUDI, DISTRICT, PERIOD, SITI, VILLAGES, land
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.ingest.landing_folder import districts_landed
from welfare_pipeline.ingest.masking import masked_names, without_numbers
from welfare_pipeline.ingest.nearest import nearest_alias
from welfare_pipeline.ingest.plain import placed_column, placed_sheet, shown_name

PEOPLE = f"nik,nama\n{SITI},SITI\n"

SOURCES = load_policy().sources


@pytest.mark.parametrize(
    "number", [SITI, "1401 0157 0890 0001", "140101.570890.0001", "1401-0157-0890-0001", "14_01_01_57_08_90_0001",
               "1401011234 567890", "1401*0157*0890*0001", "1401|0157|0890|0001", "1401\u200b0157\u200b08900001",
               r"1401\xa00157\xa00890\xa00001", r"140101\u200b570890\u200b0001",
               "".join(chr(ord(digit) + 0xFEE0) for digit in SITI), "0812345678901"],
)  # fmt: skip
def test_numbers_that_may_be_somebodys_are_masked_however_they_are_written(number: str) -> None:
    assert without_numbers(f"registry.{number} kec.csv") == "registry.(masked) kec.csv"


@pytest.mark.parametrize(
    "name", ["worklist.1401132001.xlsx", "pkh.2021-11-05.1401132001.csv", "registry.14.01.13.2001 2021-11.csv",
             "pkh.05-11-2021.csv", "bst.20211105_143000.csv", "pkh.1401132001-1401132005.csv", "registry.kec01_05.csv"],
)  # fmt: skip
def test_codes_of_villages_and_dates_stay(name: str) -> None:
    assert without_numbers(name) == name


def test_masked_names_stay_apart_and_never_meet_a_name_that_is_there() -> None:
    names = [f"pkh.{SITI}.csv", f"pkh.{BUDI}.csv", f"bst.{SITI}.csv", "pkh.(masked-1).csv", "pkh.csv"]
    shown = masked_names(names)
    assert len(set(shown.values())) == len(names)
    assert (shown["pkh.csv"], shown["pkh.(masked-1).csv"]) == ("pkh.csv", "pkh.(masked-1).csv")
    assert masked_names(reversed(names)) == shown


def test_a_header_or_sheet_is_told_by_its_place_and_by_name_only_if_it_is_nobodys() -> None:
    assert placed_column("STATUS KEPENDUDUKAN", 3) == "column 4 (STATUS KEPENDUDUKAN)"
    assert placed_sheet("Data Penerima 2021", 0) == "sheet 1 (Data Penerima 2021)"
    for name in ("SITI AMINAH", "DESI", "KAMIL", f"NIK {SITI}", "data budi", "NO 1401*0157*0890*0001"):
        assert (placed_column(name, 3), placed_sheet(name, 1)) == ("column 4", "sheet 2")


def test_words_that_may_be_a_name_are_left_out_of_a_files_name() -> None:
    assert shown_name("Data Sembako Nov 2021.csv") == "Data Sembako Nov 2021.csv"
    assert shown_name(f"Data BST WULAN SARI {SITI}.xlsx") == "Data BST ….xlsx"


@pytest.mark.parametrize(
    ("source", "header", "column"),
    [
        ("registry", "STATUS KEPENDUDUKAN", "status"), ("registry", "TGL MENINGGAL", "status_date"),
        ("registry", "NM_PENDUDUK_LENGKAP", "name"), ("pkh", "Tanggal Wafat", "status_date"),
        ("pkh", "JNS_KLMN", "sex"), ("pkh", "NOMER KARTU KK", "family_card_number"), ("pkh", "NAMMA", "name"),
        ("bst", "Tanggal Penyaluran", "paid_on"), ("registry", "STATUS KEHAMILAN", "pregnant"),
        ("registry", "PERINGKAT KESEJAHTERAAN", "decile"), ("registry", "NAMA_IBU_KDG", "mother_name"),
    ],
)  # fmt: skip
def test_the_nearest_known_alias_is_suggested(source: str, header: str, column: str) -> None:
    suggestion = nearest_alias(header, SOURCES[source])
    assert suggestion is not None
    assert suggestion.column == column


@pytest.mark.parametrize(
    "header", ["NO", "No Urut", "KETERANGAN", "WULAN SARI", "Warna Rumah", "FOTO RUMAH", "", "TANGGAL"]
)
def test_nothing_is_suggested_for_a_header_that_is_like_none(header: str) -> None:
    assert nearest_alias(header, SOURCES["registry"]) is None


def test_whole_lists_under_another_name_are_told_apart_from_other_files(tmp_path: Path) -> None:
    folder = tmp_path / "landing" / PERIOD / DISTRICT
    folder.mkdir(parents=True)
    for name, text in {"BNBA BPNT Tahap 3.csv": PEOPLE, "jumlah penduduk.csv": VILLAGES, "catatan.csv": "a,b\n1,2\n",
                       "Thumbs.db": "x", f"KTP WULAN {SITI}.pdf": "x", "unduhan.csv": PEOPLE}.items():  # fmt: skip
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "WULAN SARI").mkdir()
    strangers = land(tmp_path, pkh_csv=PEOPLE).delivery.strangers
    meant = {stranger.meant: (stranger.name, stranger.advice) for stranger in strangers if stranger.meant}
    assert meant.pop("sembako") == ("… BPNT Tahap 3.csv", "1 rows; name it sembako.csv")
    assert meant.pop("population") == ("jumlah penduduk.csv", "5 rows; name it population.csv")
    [(lists, (name, _))] = meant.items()  # its headers fit the registry and every programme alike
    assert (name, "registry" in lists, "pkh" in lists) == ("unduhan.csv", True, True)
    assert sorted(stranger.name for stranger in strangers if not stranger.meant) == [".csv", ".db", ".pdf", "folder"]


def test_damaged_files_of_no_list_harm_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "landing" / PERIOD / DISTRICT
    folder.mkdir(parents=True)
    for name in ("sembako lama.xlsx", "a.xlsx", "b.parquet", "c.csv.gz", "d.csv", "e.xls"):
        (folder / name).write_bytes(b"PK\x03\x04 no workbook\xff\x00" * 9)
    delivery = land(tmp_path, pkh_csv=PEOPLE).delivery
    assert [file.rows_accepted for file in delivery.files] == [1]
    assert [stranger.meant for stranger in delivery.strangers] == [None] * 6


def test_a_folder_that_is_no_district_is_named_only_if_its_name_is_nobodys(tmp_path: Path) -> None:
    for name in (DISTRICT, "kampar", "14O1", f"WULAN SARI {SITI}", "BUDI"):
        (tmp_path / PERIOD / name).mkdir(parents=True)
    codes, warnings = districts_landed(tmp_path / PERIOD)
    told = "\n".join(warnings)
    assert codes == [DISTRICT]
    assert f"{PERIOD}/kampar: " in told
    assert f"{PERIOD}/14O1: " in told
    assert f"{PERIOD}: 2 other entries: no known district" in told
    for name in ("WULAN", "BUDI", SITI):
        assert name not in told
