"""Headers of two and three rows with merged cells, as offices send them: in a workbook, and in the CSV made of it."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.unit.ingest.landing import BUDI, CARD, SITI, Landed, land
from tests.unit.ingest.test_workbooks import workbook

Rows = Sequence[Sequence[Any]]
MEASURES = ("village_code", "village_name", "subdistrict_name", "male", "female", "total", "families", "ktp_eligible")
BATU_BELAH = ("1401012001", "Batu Belah", "Kampar")


def as_workbook(folder: Path, source: str, rows: Rows) -> Landed:
    return land(folder, **{f"{source}_xlsx": workbook({"Sheet1": [list(row) for row in rows]})})


def as_csv(folder: Path, source: str, rows: Rows) -> Landed:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    return land(folder, **{f"{source}_csv": text.getvalue()})


as_sent = pytest.mark.parametrize("sent", [as_workbook, as_csv])
Sent = Callable[[Path, str, Rows], Landed]


def counted(landed: Landed) -> list[tuple[Any, ...]]:
    """The village rows as read; a measure that nothing was read for is left out at the end."""
    assert [file.error for file in landed.delivery.files if file.error] == []
    return [tuple(row[name] for name in MEASURES) for row in landed.rows("population")]


@as_sent
@pytest.mark.parametrize("people", ["JUMLAH PENDUDUK", "PENDUDUK", "JUMLAH JIWA", "Jumlah Penduduk (Jiwa)"])
@pytest.mark.parametrize(
    "parts",
    [
        ("LK", "PR", "JML"),
        ("L", "P", "L+P"),
        ("Laki-laki", "Perempuan", "Jumlah"),
        ("PRIA", "WANITA", "TOTAL"),
        ("LAKI-LAKI (L)", "PEREMPUAN (P)", "JUMLAH (L+P)"),
    ],
)
def test_men_women_and_all_of_them_below_one_heading(
    tmp_path: Path, sent: Sent, people: str, parts: Sequence[str]
) -> None:
    rows = [
        ["DATA AGREGAT KEPENDUDUKAN"],
        ["KODE", "DESA/KELURAHAN", "KECAMATAN", people, "", ""],
        ["", "", "", *parts],
        [1, 2, 3, 4, 5, 6],
        [*BATU_BELAH, 1000, 1101, 2101],
        ["1401012002", "Tanjung Berulak", "Kampar", 700, 802, 1502],
    ]
    assert counted(sent(tmp_path, "population", rows)) == [
        (*BATU_BELAH, 1000, 1101, 2101, None, None),
        ("1401012002", "Tanjung Berulak", "Kampar", 700, 802, 1502, None, None),
    ]


OF_PEOPLE_FAMILIES_AND_CARDS = {
    "names of places in the upper row": [
        ["NO", "KODE", "NAMA", "KECAMATAN", "JUMLAH KK", "", "", "JUMLAH PENDUDUK", "", "", "WAJIB KTP", "", ""],
        ["", "", "", "", "LK", "PR", "JML", "LK", "PR", "JML", "LK", "PR", "JML"],
    ],
    "names of places in the lower row": [
        ["", "", "", "", "JUMLAH KK", "", "", "JUMLAH PENDUDUK", "", "", "WAJIB KTP", "", ""],
        ["NO", "KODE", "NAMA", "KECAMATAN", "LK", "PR", "JML", "LK", "PR", "JML", "LK", "PR", "JML"],
    ],
    "in every cell": [
        ["NO", "KODE", "NAMA", "KECAMATAN", *["JUMLAH KK"] * 3, *["JUMLAH PENDUDUK"] * 3, *["WAJIB KTP"] * 3],
        ["NO", "KODE", "NAMA", "KECAMATAN", *["LK", "PR", "JML"] * 3],
    ],
    "three rows": [
        ["NO", "WILAYAH", "", "", "KEPENDUDUKAN", "", "", "", "", "", "", "", ""],
        ["", "KODE", "NAMA", "KECAMATAN", "JUMLAH KK", "", "", "JUMLAH PENDUDUK", "", "", "WAJIB KTP", "", ""],
        ["", "", "", "", "L", "P", "JML", "L", "P", "JML", "L", "P", "JML"],
    ],
    "three rows, the semester between": [
        ["NO", "KODE", "NAMA", "KECAMATAN", "JUMLAH KK", "", "", "JUMLAH PENDUDUK", "", "", "WAJIB KTP", "", ""],
        ["", "", "", "", "SEMESTER II", "", "", "SEMESTER II", "", "", "SEMESTER II", "", ""],
        ["", "", "", "", "L", "P", "JML", "L", "P", "JML", "L", "P", "JML"],
    ],
    "a code of the sub-district, too": [
        ["KECAMATAN", "", "DESA/KELURAHAN", "", "JUMLAH KK", "", "", "JUMLAH PENDUDUK", "", "", "WAJIB KTP", "", ""],
        ["KODE", "NAMA", "KODE", "NAMA", "LK", "PR", "JML", "LK", "PR", "JML", "LK", "PR", "JML"],
    ],
}  # fmt: skip


@as_sent
@pytest.mark.parametrize("shape", OF_PEOPLE_FAMILIES_AND_CARDS)
def test_each_count_is_taken_from_below_its_own_heading(tmp_path: Path, sent: Sent, shape: str) -> None:
    code, village, subdistrict = BATU_BELAH
    places = ["140101", subdistrict, code, village] if "sub-district" in shape else [1, code, village, subdistrict]
    figures = [500, 60, 560, 1000, 1101, 2101, 700, 750, 1450]
    rows = [*OF_PEOPLE_FAMILIES_AND_CARDS[shape], [*places, *figures]]
    assert counted(sent(tmp_path, "population", rows)) == [(*BATU_BELAH, 1000, 1101, 2101, 560, 1450)]


@as_sent
def test_a_unit_in_brackets_changes_no_meaning_but_another_word_does(tmp_path: Path, sent: Sent) -> None:
    rows = [["KODE", "JUMLAH (KK)", "JUMLAH (Jiwa)"], ["1401012001", 560, 2101]]
    assert [row[5] for row in counted(sent(tmp_path / "a", "population", rows))] == [2101]
    people = [["NIK", "NAMA", "NAMA (IBU KANDUNG)", "NOMINAL (Rp)"], [SITI, "SITI", "AMINAH", "600.000"]]
    row = sent(tmp_path / "b", "pkh", people).rows("pkh")[0]
    assert (row["name"], row["mother_name"], row["amount"]) == ("SITI", "AMINAH", 600_000)


@as_sent
@pytest.mark.parametrize("of_whom", ["JUMLAH KK", "KEPALA KELUARGA", "WAJIB KTP"])
def test_a_total_of_something_else_is_no_population(tmp_path: Path, sent: Sent, of_whom: str) -> None:
    rows = [["KODE", "DESA", of_whom, "", ""], ["", "", "LK", "PR", "JML"], ["1401012001", "Batu Belah", 500, 60, 560]]
    error = sent(tmp_path, "population", rows).delivery.files[0].error
    assert error is not None
    assert "required column missing: total" in error
    assert f"{of_whom} JML" in error


@as_sent
def test_men_and_women_without_their_sum_are_no_total(tmp_path: Path, sent: Sent) -> None:
    rows = [["KODE", "DESA", "JUMLAH PENDUDUK", ""], ["", "", "LK", "PR"], ["1401012001", "Batu Belah", 1000, 1101]]
    error = sent(tmp_path, "population", rows).delivery.files[0].error
    assert error is not None
    assert "required column missing: total" in error


@as_sent
def test_years_below_a_heading_are_no_count_to_choose_from(tmp_path: Path, sent: Sent) -> None:
    rows = [["KODE", "DESA", "JUMLAH PENDUDUK", ""], ["", "", 2020, 2021], ["1401012001", "Batu Belah", 2050, 2101]]
    error = sent(tmp_path, "population", rows).delivery.files[0].error
    assert error is not None
    assert "required column missing: total" in error


@as_sent
def test_a_person_is_named_below_the_head_of_the_family(tmp_path: Path, sent: Sent) -> None:
    rows = [
        ["DAFTAR KPM", "", "", "", ""],
        ["NO", "KEPALA KELUARGA", "", "ALAMAT", ""],
        ["", "NAMA", "NIK", "DUSUN", "RT"],
        [1, "SITI", SITI, "MELATI", 3],
        [2, "BUDI", BUDI, "MAWAR", 4],
    ]
    landed = sent(tmp_path, "pkh", rows)
    assert landed.column("pkh", "name") == ["SITI", "BUDI"]
    assert landed.column("pkh", "nik") == [SITI, BUDI]
    assert landed.column("pkh", "rt") == ["3", "4"]
    assert landed.column("pkh", "address") == ["MELATI", "MAWAR"]


@as_sent
def test_who_has_a_heading_alone_comes_before_whoever_stands_below_another(tmp_path: Path, sent: Sent) -> None:
    rows = [
        ["NIK", "NAMA", "KEPALA KELUARGA", "", "NAMA", ""],
        ["", "", "NIK", "NAMA", "KECAMATAN", "DESA"],
        [SITI, "SITI", BUDI, "BUDI", "Kampar", "Batu Belah"],
    ]
    landed = sent(tmp_path, "pkh", rows)
    row = landed.rows("pkh")[0]
    found = (row["nik"], row["name"], row["subdistrict_name"], row["village_name"])
    assert found == (SITI, "SITI", "Kampar", "Batu Belah")
    ignored = landed.delivery.files[0].columns_ignored
    assert [text.split(",")[0] for text in ignored] == [
        "column 3 (KEPALA KELUARGA NIK)",
        "column 4 (KEPALA KELUARGA NAMA)",
    ]


@as_sent
def test_names_below_two_headings_of_equal_worth_refuse_the_file(tmp_path: Path, sent: Sent) -> None:
    rows = [
        ["KEPALA KELUARGA", "", "ANGGOTA KELUARGA", ""],
        ["NIK", "NAMA", "NIK", "NAMA"],
        [BUDI, "BUDI", SITI, "SITI"],
    ]
    error = sent(tmp_path, "pkh", rows).delivery.files[0].error
    assert error is not None
    assert "two headers" in error
    assert "KEPALA KELUARGA NIK and ANGGOTA KELUARGA NIK" in error


@as_sent
def test_place_and_date_of_birth_below_one_heading(tmp_path: Path, sent: Sent) -> None:
    rows = [
        ["NO. KK", "NIK", "NAMA", "LAHIR", "", "JENIS KELAMIN", ""],
        ["", "", "", "TEMPAT", "TANGGAL", "L", "P"],
        [CARD, SITI, "SITI", "Bangkinang", "17/08/1990", "", "v"],
    ]
    row = sent(tmp_path, "registry", rows).rows("registry")[0]
    assert (row["birth_place"], str(row["birth_date"]), row["sex"]) == ("Bangkinang", "1990-08-17", None)


@as_sent
def test_the_first_row_of_people_is_no_part_of_the_header(tmp_path: Path, sent: Sent) -> None:
    rows = [
        ["NIK", "NAMA", "ALAMAT", "", "", "KET"],
        ["", "WULAN", "JL. MELATI", "RT", "RW", ""],
        [SITI, "SITI", "JL. MAWAR", 1, 2, ""],
    ]
    landed = sent(tmp_path, "pkh", rows)
    assert landed.column("pkh", "name") == ["WULAN", "SITI"]


@as_sent
def test_lines_of_a_form_above_a_header_are_no_part_of_it(tmp_path: Path, sent: Sent) -> None:
    form = [["Kecamatan", "Kampar", "", ""], ["Desa", "Batu Belah", "", ""], ["Bulan", "November", "Tahun", "2021"]]
    rows = [*form, ["NAMA", "NIK", "TAHAP", "CATATAN"], ["SITI", SITI, "3", "-"]]
    landed = sent(tmp_path, "pkh", rows)
    assert (landed.column("pkh", "nik"), landed.column("pkh", "village_name")) == ([SITI], [None])
    assert landed.delivery.files[0].columns_ignored == ("column 4 (CATATAN)",)


@as_sent
def test_a_header_again_on_every_page_is_no_data(tmp_path: Path, sent: Sent) -> None:
    header = [["KODE", "DESA", "KECAMATAN", "JUMLAH PENDUDUK", "", ""], ["", "", "", "LK", "PR", "JML"]]
    rows = [*header, [*BATU_BELAH, 1000, 1101, 2101], *header, [*BATU_BELAH, 1, 2, 3]]
    assert [row[5] for row in counted(sent(tmp_path, "population", rows))] == [2101, 3]
