"""Which village a row means, and when a row belongs to another district."""

from pathlib import Path

import pytest

from tests.unit.ingest.landing import SITI, VILLAGES, land

Place = tuple[str, str, str]


def villages(folder: Path, places: list[Place], population: str = VILLAGES) -> dict[Place, str | None]:
    """The village that a row of each place is given, or "foreign"."""
    rows = "".join(f"{SITI};SITI;{code};{name};{subdistrict}\n" for code, name, subdistrict in places)
    landed = land(folder, population_csv=population, pkh_csv="nik;nama;kode_desa;desa;kecamatan\n" + rows)
    found = {row["source_row"]: row["village_code"] for row in landed.rows("pkh")}
    assert {row[2:] for row in landed.rejections()} <= {("FOREIGN_DISTRICT", "village_code")}
    return {place: found.get(number, "foreign") for number, place in enumerate(places, 1)}


CASES = [
    # by code
    ("1401012001", "", "", "1401012001"),
    ("14.01.01.2001", "", "", "1401012001"),
    ("1401012001.0", "", "", "1401012001"),
    ("1401012001", "BATU BELAH", "KAMPAR", "1401012001"),
    ("1401012001", "Desa Batubelah", "Kec. Kampar", "1401012001"),
    # by names
    ("", "Batu Belah", "Kampar", "1401012001"),
    ("", "DESA BATU BELAH", "KECAMATAN KAMPAR", "1401012001"),
    ("", "Kel. Batu-Belah", "", "1401012001"),
    ("", "Sei. Pagar", "Kampar Kiri Hilir", "1401042001"),
    ("", "Batu Belah", "Kampat", "1401012001"),
    ("", "Sukamaju", "Tapung", "1401032001"),
    ("", "Sukamaju", "", None),
    ("", "Sukamaju", "Kuok", None),
    ("", "Pulau Permai", "Kampar", None),
    ("", "", "", None),
    ("0000000000", "", "", None),
    # a code of this district that the list lacks
    ("1401012099", "", "", None),
    ("1401012099", "Batu Belah", "Kampar", "1401012001"),
    ("1401012099", "Pulau Permai", "Kuok", None),
    # a code that contradicts the names
    ("1401012001", "Tanjung Berulak", "Kampar", "1401012002"),
    ("1401012001", "Sukamaju", "Tapung", "1401032001"),
    ("1401022001", "Sukamaju", "Tapung", "1401032001"),
    ("1401012001", "Lubuk Jambi", "Kuantan Mudik", "foreign"),
    ("1401012001", "Lubuk Jambi", "", "foreign"),
    # names spelt another way do not contradict
    ("1401012001", "Batu Bela", "Kuok", "1401012001"),
    ("1401012002", "Tanjung Barulak", "", "1401012002"),
    ("1401012001", "Dusun Melati", "Kampar", "1401012001"),
    # a code of another district
    ("1406012001", "", "", "foreign"),
    ("1406012001", "Rambah", "Rambah", "foreign"),
    ("1406012001", "Batu Belah", "Kampar", "1401012001"),
    ("1406012001", "Sukamaju", "Rambah", "foreign"),
    ("9999012001", "", "", "foreign"),
]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Place, str | None]:
    return villages(tmp_path_factory.mktemp("places"), [case[:3] for case in CASES])


@pytest.mark.parametrize(("code", "name", "subdistrict", "expected"), CASES)
def test_the_village_of_a_row(
    told: dict[Place, str | None], code: str, name: str, subdistrict: str, expected: str | None
) -> None:
    assert told[code, name, subdistrict] == expected


def test_without_a_population_list_codes_of_the_district_are_taken_as_they_are(tmp_path: Path) -> None:
    here, elsewhere = ("1401012099", "Rambah", ""), ("1406012001", "Rambah", "")
    assert villages(tmp_path, [here, elsewhere], population="kode\n") == {here: "1401012099", elsewhere: "foreign"}


def test_a_code_that_is_no_code_becomes_empty_and_is_counted(tmp_path: Path) -> None:
    landed = land(tmp_path, population_csv=VILLAGES, pkh_csv=f"nik,nama,kode_desa\n{SITI},SITI,1401-X\n")
    assert landed.column("pkh", "village_code") == [None]
    found = landed.rows("delivery_findings")
    assert [(row["source"], row["column_name"], row["source_row"], row["finding"]) for row in found] == [
        ("pkh", "village_code", 1, "UNREADABLE_VALUE")
    ]


@pytest.mark.parametrize("number", [SITI, "140101.570890.0001", "1401 0157 0890 0001", "1.401015708900001E+15"])
def test_a_village_is_not_called_by_somebodys_number(tmp_path: Path, number: str) -> None:
    """Names of villages are published: Siti's number, pasted into the list that names them, is not."""
    names = VILLAGES.replace("Batu Belah", f"Batu Belah {number}").replace("Tapung", f"Tapung/{number}")
    landed = land(tmp_path, population_csv=names + "1401042002;Mentulik 14.01.04.2002;Kampar Kiri Hilir;900\n")
    called = landed.column("population", "village_name")
    assert called == [None, "Tanjung Berulak", "Sukamaju", "Sukamaju", "Sungai Pagar", "Mentulik 14.01.04.2002"]
    assert landed.column("population", "subdistrict_name")[3] is None
    found = [(row["source_row"], row["column_name"], row["finding"]) for row in landed.rows("delivery_findings")]
    assert sorted(found) == [(1, "village_name", "UNREADABLE_VALUE"), (4, "subdistrict_name", "UNREADABLE_VALUE")]


def test_villages_of_other_districts_do_not_belong_to_the_population_list(tmp_path: Path) -> None:
    landed = land(tmp_path, population_csv=VILLAGES + "1406012001;Rambah;Rambah;500\n")
    assert landed.rejections() == [("population.csv", 6, "FOREIGN_DISTRICT", "village_code")]
    assert len(landed.rows("population")) == 5


def test_a_list_about_villages_keeps_codes_that_the_population_lacks(tmp_path: Path) -> None:
    meetings = "kode_desa,tgl_musdes\n1401012001,01/11/2021\n1401012099,\n1406012001,\n"
    landed = land(tmp_path, population_csv=VILLAGES, village_meetings_csv=meetings)
    assert landed.column("village_meetings", "village_code") == ["1401012001", "1401012099"]
    assert landed.rejections() == [("village_meetings.csv", 3, "FOREIGN_DISTRICT", "village_code")]
