"""Rows that cannot be used, why, and that every landed row is accounted for."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.ingest.landing import BUDI, CARD, RINI, SITI, TONO, VILLAGES, land, read


def test_a_name_or_a_usable_number_is_enough(tmp_path: Path) -> None:
    text = f"""nik,nama,alamat
{SITI},,A
,SITI,B
,,C
0000000000000000,,D
1.40101E+15,-,E
0140101200100001,,F
9901015708900001,,G
1401017208900001,,H
ABC,123,I
140101,BUDI,J
"""
    landed = land(tmp_path, registry_csv=text)
    assert landed.column("registry", "source_row") == [1, 2, 6, 7, 8, 10]
    assert landed.rejections() == [
        ("registry.csv", 3, "NO_IDENTITY", "name"),
        ("registry.csv", 4, "NO_IDENTITY", "nik"),
        ("registry.csv", 5, "NO_IDENTITY", "nik"),
        ("registry.csv", 9, "NO_IDENTITY", "nik"),
    ]
    assert landed.column("rejected_rows", "value") == [None, "0000000000000000", "1.40101E+15", "ABC"]


@pytest.mark.parametrize("total", ["JUMLAH", "Total 2 orang", "SUB TOTAL", "Grand Total :", "Jumlah seluruhnya"])
def test_the_line_that_adds_a_list_up_is_no_recipient(tmp_path: Path, total: str) -> None:
    """Below Siti and Budi somebody has added up what they are paid, under the heading of the names."""
    text = f"nama,nik,nominal\nSITI TOTALIA,{SITI},200000\nBUDI,{BUDI},200000\n{total},,400000\n"
    landed = land(tmp_path, pkh_csv=text)
    assert landed.column("pkh", "name") == ["SITI TOTALIA", "BUDI"]
    assert landed.rejections() == [("pkh.csv", 3, "NO_IDENTITY", "name")]


DAYS = [(5, 11), (17, 8), (30, 1), (12, 3), (25, 6), (28, 2), (14, 9), (3, 4)]  # day and month of eight decisions


@pytest.mark.parametrize("written", ["{month}/{day}/2021", "{month:02d}-{day:02d}-21 0:00", " {month}/{day}/2021 "])
def test_a_column_of_dates_written_month_first_is_read_so(tmp_path: Path, written: str) -> None:
    """A spreadsheet set to another country wrote 8/17/2021: 11/5/2021 is of November beside it, and not of May."""
    rows = [f"{SITI},{CARD},LAYAK,{written.format(day=day, month=month)}\n" for day, month in DAYS]
    landed = land(tmp_path, eligibility_decisions_csv="nik,no_kk,hasil,tanggal\n" + "".join(rows))
    assert landed.column("eligibility_decisions", "decided_on") == [date(2021, month, day) for day, month in DAYS]
    assert landed.rows("delivery_findings") == []


def test_one_date_the_day_first_or_too_few_slips_leave_the_day_first(tmp_path: Path) -> None:
    header, days = "nik,nama,tgl_lahir\n", [f"{month}/{day}/1985" for day, month in DAYS]
    mixed = "".join(f"{SITI},SITI,{text}\n" for text in [*days, "31/12/1985"])
    slips = "".join(f"{BUDI},BUDI,{text}\n" for text in ["8/17/1985", "11/5/1985", "1/30/1985", *["5/11/1985"] * 9])
    landed = land(tmp_path, pkh__a_csv=header + mixed, pkh__b_csv=header + slips)
    born = landed.column("pkh", "birth_date")
    assert born[:9] == [
        date(1985, 5, 11),
        *[None] * 2,
        date(1985, 12, 3),
        *[None] * 3,
        date(1985, 3, 4),
        date(1985, 12, 31),
    ]
    assert born[9:12] == [None, date(1985, 5, 11), None]
    assert set(born[12:]) == {date(1985, 11, 5)}


def test_a_decision_may_name_the_family_only(tmp_path: Path) -> None:
    text = f"nik,nama,no_kk,hasil\n,,{CARD},TT\n,,123,TT\n,,,TT\n"
    landed = land(tmp_path, eligibility_decisions_csv=text)
    assert landed.column("eligibility_decisions", "source_row") == [1]
    assert [row[1:] for row in landed.rejections()] == [
        (2, "NO_IDENTITY", "family_card_number"),
        (3, "NO_IDENTITY", "name"),
    ]
    registry = land(tmp_path / "b", registry_csv=f"nik,nama,no_kk\n{SITI},SITI,{CARD}\n,,{CARD}\n")
    assert registry.rejections() == [("registry.csv", 2, "NO_IDENTITY", "name")]


def test_other_required_values_must_be_there_and_readable(tmp_path: Path) -> None:
    population = VILLAGES + "1401012005;A;B;\n;C;D;5\n1401012006;E;F;banyak\n14010120;G;H;7\n1401012007;I;J;-5\n"
    decisions = f"nik,nama,hasil\n{SITI},SITI,\n{BUDI},BUDI,ENTAH\n{TONO},TONO,layak\n"
    civil = f"nik,nama,status\n,SITI,AKTIF\n{BUDI},,MENINGGAL\n"
    landed = land(tmp_path, population_csv=population, eligibility_decisions_csv=decisions, civil_status_csv=civil)
    assert landed.rejections() == [
        ("civil_status.csv", 1, "REQUIRED_VALUE_MISSING", "nik"),
        ("eligibility_decisions.csv", 1, "REQUIRED_VALUE_MISSING", "outcome"),
        ("eligibility_decisions.csv", 2, "UNREADABLE_VALUE", "outcome"),
        ("population.csv", 6, "REQUIRED_VALUE_MISSING", "total"),
        ("population.csv", 7, "REQUIRED_VALUE_MISSING", "village_code"),
        ("population.csv", 8, "UNREADABLE_VALUE", "total"),
        ("population.csv", 9, "UNREADABLE_VALUE", "village_code"),
        ("population.csv", 10, "UNREADABLE_VALUE", "total"),
    ]
    assert landed.column("civil_status", "status") == ["MD"]
    assert landed.column("eligibility_decisions", "outcome") == ["LAYAK"]


def test_the_first_reason_counts(tmp_path: Path) -> None:
    decisions = f"nik,nama,hasil,kode_desa\n,,,1406012001\n{SITI},SITI,,1406012001\n{BUDI},BUDI,TT,1406012001\n,\n"
    landed = land(tmp_path, population_csv=VILLAGES, eligibility_decisions_csv=decisions + f"{RINI},RINI\n")
    assert [row[1:3] for row in landed.rejections()] == [
        (1, "NO_IDENTITY"),
        (2, "REQUIRED_VALUE_MISSING"),
        (3, "FOREIGN_DISTRICT"),
        (4, "MALFORMED"),
    ]


def test_unreadable_optional_values_become_empty_and_each_is_a_finding_without_the_value(tmp_path: Path) -> None:
    head = "nik,nama,tgl_lahir,jenkel,desil\n"
    landed = land(
        tmp_path,
        registry__a_csv=f"{head}{SITI},SITI,31/02/1990,P,3\n{BUDI},BUDI,32/01/1990,X,11\n",
        registry__b_csv=f"{head}{TONO},TONO,,L,-\n{RINI},RINI,kemarin,P,1\n,,kemarin,P,1\n",
    )
    assert landed.column("registry", "decile") == [3, None, None, 1]
    assert landed.column("registry", "sex") == ["P", None, "L", "P"]
    keys = ("source_file", "source_row", "finding", "column_name")
    assert [tuple(row[key] for key in keys) for row in landed.rows("delivery_findings")] == [
        ("registry.a.csv", 1, "UNREADABLE_VALUE", "birth_date"),
        ("registry.a.csv", 2, "UNREADABLE_VALUE", "birth_date"),
        ("registry.a.csv", 2, "UNREADABLE_VALUE", "decile"),
        ("registry.a.csv", 2, "UNREADABLE_VALUE", "sex"),
        ("registry.b.csv", 2, "UNREADABLE_VALUE", "birth_date"),
    ]


@pytest.mark.parametrize("source", ["pkh", "population", "eligibility_decisions", "control_totals", "civil_status"])
def test_landed_rows_are_accepted_or_rejected_whatever_is_in_them(tmp_path: Path, source: str) -> None:
    header = "nik,nama,kode,jumlah,hasil,status,ukuran" if source != "control_totals" else "ukuran,nilai,satuan,a,b,c,d"
    rows = ["1,2,3,4,5,6,7", "a,b,c,d,e,f,g", ",,,,,,x", "x", '"a,b', f"{SITI},,,,,,", ",,,,,,", "a,b,c,d,e,f,g,h"]
    landed = land(tmp_path, **{f"{source}_csv": header + "\n" + "\n".join(rows) + "\n"})
    report = landed.delivery.files[0]
    assert report.state == "accepted", report.error
    assert report.rows_landed == 7 - 1  # the first counts the columns
    assert report.rows_landed == report.rows_accepted + report.rows_rejected
    table = "published_figures" if source == "control_totals" else source
    assert report.rows_accepted == len(landed.rows(table))
    assert report.rows_rejected == len(landed.rejections())


def test_the_same_folder_gives_the_same_rows(tmp_path: Path) -> None:
    rows = "".join(f"14010115089{i:05d},NAMA {i % 7},{i % 3},x\n" for i in range(500))
    files = {"population_csv": VILLAGES, "registry_csv": "nik,nama,desil,jenkel\n" + rows}
    assert land(tmp_path, **files).tables == land(tmp_path, **files).tables


def test_a_decision_about_a_programme_nobody_knows_is_not_one_about_all(tmp_path: Path) -> None:
    text = f"nik,nama,hasil,program\n{SITI},SITI,LAYAK,\n{BUDI},BUDI,TIDAK LAYAK,KARTU PRAKERJA\n{TONO},TONO,TT,bpnt\n"
    landed = land(tmp_path, eligibility_decisions_csv=text)
    assert landed.column("eligibility_decisions", "programme") == [None, "KARTU PRAKERJA", "sembako"]
    found = [landed.column("delivery_findings", name) for name in ("source_row", "finding", "column_name")]
    assert found == [[2], ["UNKNOWN_CODE"], ["programme"]], "and it is told that it is about none"


def test_all_programmes_may_be_written_out_instead_of_left_blank(tmp_path: Path) -> None:
    words = ["", "SEMUA", "Semua Program", "seluruh program bansos", "-", "Semua PKH"]
    rows = "".join(f"{SITI},SITI,LAYAK,{word}\n" for word in words)
    landed = land(tmp_path, eligibility_decisions_csv=f"nik,nama,hasil,program\n{rows}")
    assert landed.column("eligibility_decisions", "programme") == [*[None] * 5, "Semua PKH"]
    assert landed.column("delivery_findings", "source_row") == [6]


def test_an_empty_folder_or_none_is_an_empty_delivery(tmp_path: Path) -> None:
    landed = read(tmp_path)
    assert landed.delivery.arrived == frozenset()
    assert landed.rows("landed_files") == []


def test_a_fact_of_an_impossible_date_is_undated_and_the_date_counted(tmp_path: Path) -> None:
    days = ["1921-10-04", "1999-12-31", "2000-01-01", "2021-12-05", "2022-11-30", "2022-12-05", "2201-10-04"]
    rows = "".join(f"{SITI};LAYAK;{day}\n" for day in days)
    landed = land(tmp_path, population_csv=VILLAGES, eligibility_decisions_csv=f"nik;hasil;tanggal\n{rows}")
    read = [None if day is None else str(day) for day in landed.column("eligibility_decisions", "decided_on")]
    assert read == [None, None, "2000-01-01", "2021-12-05", "2022-11-30", None, None]
    told = [(row["finding"], row["column_name"], row["source_row"]) for row in landed.rows("delivery_findings")]
    assert told == [("IMPOSSIBLE_DATE", "decided_on", row) for row in (1, 2, 6, 7)]


def test_a_registry_says_of_which_quarter_its_ranks_are_and_when_it_was_renewed(tmp_path: Path) -> None:
    head = "nik;nama;desil;Triwulan;Tgl Update\n"
    rows = f"{SITI};SITI;3;TW III 2025;30/09/2025\n{BUDI};BUDI;6-10;Triwulan 3 2025;\n{TONO};TONO;4;kapan-kapan;\n"
    landed = land(tmp_path, registry_csv=head + rows)
    assert landed.column("registry", "snapshot") == ["2025-Q3", "2025-Q3", None]
    assert landed.rows("delivery_findings")[-1]["column_name"] == "snapshot"
    assert [file.columns_ignored for file in landed.delivery.files] == [()]


def test_requests_to_come_back_to_pbi_say_why(tmp_path: Path) -> None:
    head = "NIK;NAMA;ALASAN;TANGGAL_PERMOHONAN;SURAT_FASKES\n"
    rows = (
        f"{SITI};SITI;Penyakit kronis;02/11/2021;RSUD/1\n{BUDI};BUDI;gawat darurat;;\n{TONO};TONO;bosan;;\n;;KRONIS;;\n"
    )
    landed = land(tmp_path, population_csv=VILLAGES, reactivation_requests_csv=head + rows)
    assert landed.column("reactivation_requests", "reason") == ["KRONIS", "DARURAT"]
    assert landed.column("reactivation_requests", "requested_on") == [date(2021, 11, 2), None]
    assert [rejected[2:] for rejected in landed.rejections()] == [
        ("UNREADABLE_VALUE", "reason"),
        ("NO_IDENTITY", "name"),
    ]


def test_a_published_share_keeps_its_decimals(tmp_path: Path) -> None:
    text = "ukuran;nilai\nSUSENAS;7,35\nPersentase penduduk miskin;6.9 %\nPKH;24.355\n"
    landed = land(tmp_path, control_totals_csv=text)
    found = [(row["measure"], row["value"]) for row in landed.rows("published_figures")]
    assert found == [("susenas_poverty_rate", 7.35), ("susenas_poverty_rate", 6.9), ("pkh", 24355)]
