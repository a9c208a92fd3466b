"""A merged cell gives its value to each of its rows, where the sheet says so; nothing else is filled in."""

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from tests.unit.ingest.landing import BUDI, CARD, SITI, TONO, VILLAGES, land

PEOPLE = [["KECAMATAN", "DESA", "NO KK", "NIK", "NAMA"]]
POPULATION = """kode;desa;kecamatan;jumlah
1401012001;Batu Belah;Kampar;2.101
1401012002;Tanjung Berulak;;1.502
1401022001;Sukamaju;Bangkinang;3.003
1401032001;Sukamaju;;900
1401032002;Pagar;Tapung;700
1401032003;Sari;;800
"""


def workbook(
    rows: list[list[Any]], *merged: str, left: int = 0, above: int = 0, titles: tuple[str, ...] = ("A",)
) -> bytes:
    """The rows, `left` columns and `above` rows from the corner, on each sheet; `merged` ones keep their text."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for title in titles:
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number + above, left, row)
            for place in merged:
                sheet.merge_range(place, "")
                first_row, first_column = xlsxwriter.utility.xl_cell_to_rowcol(place.split(":")[0])
                sheet.write(first_row, first_column, rows[first_row - above][first_column - left])
    return buffer.getvalue()


def test_a_merged_subdistrict_is_that_of_all_its_rows(tmp_path: Path) -> None:
    rows = [
        ["DAFTAR KPM"],
        *PEOPLE,
        ["Bangkinang", "Sukamaju", "", SITI, "SITI"],
        ["", "", "", BUDI, "BUDI"],
        ["Tapung", "Sukamaju", "", TONO, "TONO"],
    ]
    landed = land(tmp_path, population_csv=VILLAGES, pkh_xlsx=workbook(rows, "A3:A4", "B3:B4"))
    assert landed.column("pkh", "subdistrict_name") == ["Bangkinang", "Bangkinang", "Tapung"]
    assert landed.column("pkh", "village_code") == ["1401022001", "1401022001", "1401032001"]


def test_a_sheet_of_the_civil_registry_with_everything_merged(tmp_path: Path) -> None:
    rows = [
        ["DATA AGREGAT KEPENDUDUKAN SEMESTER I TAHUN 2021"],
        [],
        ["KECAMATAN", "KODE", "DESA/KELURAHAN", "JUMLAH PENDUDUK", "", "", "JUMLAH KK"],
        ["", "", "", "LK", "PR", "JML", ""],
        ["Kampar", "1401012001", "Batu Belah", 1000, 1101, 2101, 560],
        ["", "1401012002", "Tanjung Berulak", 700, 802, 1502, 400],
        ["Bangkinang", "1401022001", "Sukamaju", 1500, 1503, 3003, 800],
    ]
    merged = ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "A5:A6")
    landed = land(tmp_path, population_xlsx=workbook(rows, *merged))
    assert landed.column("population", "subdistrict_name") == ["Kampar", "Kampar", "Bangkinang"]
    assert landed.column("population", "total") == [2101, 1502, 3003]
    assert landed.column("population", "male") == [1000, 700, 1500]
    assert landed.column("population", "families") == [560, 400, 800]


def test_it_does_not_matter_where_on_the_sheet_the_list_begins(tmp_path: Path) -> None:
    rows = [*PEOPLE, ["Kampar", "Batu Belah", "", SITI, "SITI"], ["", "", "", BUDI, "BUDI"]]
    content = workbook(rows, "C7:C8", "D7:D8", left=2, above=5, titles=("Kec. A & B", "Kec. <C>"))
    landed = land(tmp_path, pkh_xlsx=content)
    assert landed.column("pkh", "subdistrict_name") == ["Kampar"] * 4


def test_a_merged_family_card_is_the_whole_familys_but_a_merged_name_or_number_is_nobody_elses(tmp_path: Path) -> None:
    rows = [*PEOPLE, ["", "", CARD, SITI, "SITI"], ["", "", "", BUDI, ""], ["", "", "", "", "TONO"]]
    landed = land(tmp_path, registry_xlsx=workbook(rows, "C2:C4", "D3:D4", "E2:E3"))
    assert landed.column("registry", "family_card_number") == [CARD] * 3
    assert landed.column("registry", "nik") == [SITI, BUDI, None]
    assert landed.column("registry", "name") == ["SITI", None, "TONO"]


def test_blank_cells_of_a_list_of_people_stay_blank(tmp_path: Path) -> None:
    rows = [*PEOPLE, ["Kampar", "Batu Belah", CARD, SITI, "SITI"], ["", "", "", BUDI, "BUDI"]]
    for name, content in {
        "pkh_xlsx": workbook(rows),
        "pkh_csv": "\n".join(";".join(row) for row in rows).encode(),
    }.items():
        landed = land(tmp_path / name, **{name: content})
        assert landed.column("pkh", "subdistrict_name") == ["Kampar", None]
        assert landed.column("pkh", "family_card_number") == [CARD, None]


def test_a_row_with_nothing_of_its_own_is_no_row(tmp_path: Path) -> None:
    rows = [*PEOPLE, ["Kampar", "Batu Belah", "", SITI, "SITI"], [""], [""], ["", "", "", BUDI, "BUDI"]]
    landed = land(tmp_path, pkh_xlsx=workbook(rows, "A2:A5", "B2:B5"))
    assert (landed.file("pkh.xlsx").rows_landed, landed.column("pkh", "village_name")) == (2, ["Batu Belah"] * 2)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_blank_subdistrict_of_the_population_is_the_one_above_if_the_village_codes_say_so(
    tmp_path: Path, kind: str
) -> None:
    rows = [line.split(";") for line in POPULATION.splitlines()]
    content = POPULATION.encode() if kind == "csv" else workbook(rows)
    landed = land(
        tmp_path, **{f"population_{kind}": content}, pkh_csv=f"nik,nama,desa,kecamatan\n{SITI},SITI,Sari,Tapung\n"
    )
    found = landed.column("population", "subdistrict_name")
    assert found == ["Kampar", "Kampar", "Bangkinang", None, "Tapung", "Tapung"]
    assert landed.column("pkh", "village_code") == ["1401032003"]
