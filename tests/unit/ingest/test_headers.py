"""Which header means which column, and what is said when they cannot be understood."""

from pathlib import Path

import pytest

from tests.unit.ingest.landing import BUDI, CARD, SITI, land
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.ingest.header import normalised


@pytest.mark.parametrize(
    "header", ["NIK,NAMA", "nik , Nama Lengkap", "No. NIK,nama_lgkp", "NIK_KPM,NAMA-KPM", '"N I K",Nama']
)
def test_headers_match_by_letters_and_digits_only(tmp_path: Path, header: str) -> None:
    assert land(tmp_path, pkh_csv=f"{header}\n{SITI},SITI\n").column("pkh", "nik") == [SITI]


def test_no_header_means_two_columns_of_a_source() -> None:
    for source in load_policy().sources.lists:
        keys = [key for column in source.columns for key in set(map(normalised, (column.name, *column.aliases)))]
        assert len(keys) == len(set(keys)), source.name


def test_an_unknown_column_is_ignored_and_reported(tmp_path: Path) -> None:
    landed = land(tmp_path, pkh_csv=f"nik,nama,Warna Rumah,08123456789\n{SITI},SITI,biru,x\n")
    assert landed.file("pkh.csv").columns_ignored == ("column 3 (Warna Rumah)", "column 4")
    assert landed.file("pkh.csv").headers_ignored == ("Warna Rumah", "08123456789")


def test_a_missing_required_column_names_file_column_aliases_and_headers_found(tmp_path: Path) -> None:
    error = land(tmp_path, registry_csv="nama,tgl_lahir,warna\nSITI,1/1/1990,biru\n").error("registry.csv")
    for words in ("registry.csv", "nik", "no_nik", "nik_siks", "nama, tgl_lahir, warna"):
        assert words in error
    error = land(tmp_path / "b", population_csv="kode,desa\n1401012001,Batu Belah\n").error("population.csv")
    assert "jumlah_penduduk" in error
    error = land(tmp_path / "c", civil_status_csv=f"nik,nasib\n{SITI},AKTIF\n").error("civil_status.csv")
    assert "headers found: nik, (column 2)" in error  # it may be anybody's name


def test_two_headers_for_one_column_refuse_the_file(tmp_path: Path) -> None:
    error = land(tmp_path, pkh_csv=f"nik,no_nik,nama\n{SITI},{SITI},SITI\n").error("pkh.csv")
    assert "two headers" in error
    assert "nik and no_nik" in error
    error = land(tmp_path / "b", pkh_csv=f"nik,nama,nama\n{SITI},SITI,SITI\n").error("pkh.csv")
    assert "two headers" in error


@pytest.mark.parametrize(
    "text",
    [
        f"{SITI},SITI AMINAH,JL. MERDEKA\n{BUDI},BUDI,JL. MELATI\n",
        f"SITI AMINAH;{SITI};DESA;KECAMATAN\n",
        f"BUDI,{BUDI},ISTRI\nSITI AMINAH,,KK,MERDEKA\n",
        "Nama,SITI AMINAH\n",
        "\n".join(f"140101570890{i:04d},SITI AMINAH,KK,DESA" for i in range(30)),
    ],
)
def test_a_file_without_header_row_is_refused_without_quoting_a_cell(tmp_path: Path, text: str) -> None:
    error = land(tmp_path, pkh_csv=text).error("pkh.csv")
    assert "no header row" in error
    assert "no_nik" in error
    for cell in ("SITI", "AMINAH", SITI, "MERDEKA"):
        assert cell not in error


def test_peserta_stands_for_whatever_has_no_header_of_its_own(tmp_path: Path) -> None:
    assert land(tmp_path / "a", bst_csv=f"nik,peserta\n{SITI},SITI\n").column("bst", "name") == ["SITI"]
    assert land(tmp_path / "b", bst_csv=f"peserta,nama\n{SITI},SITI\n").column("bst", "nik") == [SITI]
    both = land(tmp_path / "c", bst_csv=f"peserta,nik,nama\n1,{SITI},SITI\n")
    assert both.file("bst.csv").headers_ignored == ("peserta",)


def test_a_decision_needs_a_number_of_the_person_or_of_the_family(tmp_path: Path) -> None:
    by_card = land(tmp_path / "a", eligibility_decisions_csv=f"no_kk,hasil\n{CARD},LAYAK\n")
    assert by_card.column("eligibility_decisions", "outcome") == ["LAYAK"]
    neither = land(tmp_path / "b", eligibility_decisions_csv="nama,hasil\nSITI,LAYAK\n")
    assert "nik" in neither.error("eligibility_decisions.csv")
    assert "family_card_number" in neither.error("eligibility_decisions.csv")
