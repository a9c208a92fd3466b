"""Dates, numbers and codes in the ways Indonesian exports write them."""

from datetime import date

import polars as pl
import pytest

from welfare_pipeline.contracts import code_lists
from welfare_pipeline.contracts.code_lists import (
    DECISION,
    PAYMENT_STATUS,
    PRESENCE,
    PROPOSAL_OUTCOME,
    RELATIONSHIP,
    SEX,
)
from welfare_pipeline.contracts.column import CodeList, Kind, SourceColumn
from welfare_pipeline.contracts.sources import CIVIL_STATUS, DISBURSEMENTS, POPULATION, REGISTRY
from welfare_pipeline.ingest.cells import tidied
from welfare_pipeline.ingest.codes import read_codes
from welfare_pipeline.ingest.numbers import read_decimals, read_integers, read_money
from welfare_pipeline.ingest.values import read_values

BORN = date(1990, 8, 17)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *((text, BORN) for text in (
            "17/08/1990", "17/8/1990", "17-08-1990", "17.08.1990", "17 08 1990", "1990-08-17", "1990/08/17",
            "1990-08-17 00:00:00", "1990-08-17T00:00:00.000Z", "17/08/1990 10:30", "33102", "33102.5", "'17/08/1990",
            "17 Agustus 1990", "17-AGT-1990", "17-Ags-90", "17 Aug 1990", "August 17, 1990", "17Agt1990", "19900817",
            "17081990", "17/08/90", "Bangkinang, 17-08-1990",
        )),
        ("5 MEI 2001", date(2001, 5, 5)),
        ("1 Okt 1999", date(1999, 10, 1)),
        ("25 Desember 2001", date(2001, 12, 25)),
        ("2 Pebruari 1980", date(1980, 2, 2)),
        ("29/02/2020", date(2020, 2, 29)),
        ("17/08/21", date(2021, 8, 17)),
        ("17/08/22", date(1922, 8, 17)),
        *((text, None) for text in (
            "29/02/2021", "31/02/1990", "08/17/1990", "0000-00-00", "00/00/0000", "1990", "1", "99999", "kemarin",
            "17 Xyz 1990", "17/08/1790",
        )),
    ],
)  # fmt: skip
def test_dates_of_birth(text: str, expected: date | None) -> None:
    assert read_values(tidied(pl.Series([text]), Kind.DATE), REGISTRY.column("birth_date"), 2021)[0] == expected


def test_two_digit_years_of_other_dates_may_lie_ahead() -> None:
    assert read_values(pl.Series(["15/01/22"]), REGISTRY.column("status_date"), 2021)[0] == date(2022, 1, 15)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        *((text, 12) for text in (
            "Semester II 2021", "SEMESTER 2 TAHUN 2021", "DKB Semester II 2021", "2021-2", "2021 semester 2", "II/2021",
            "20212", "31/12/2021", "15/08/2021", "Desember 2021", "2021-12",
        )),
        *((text, 6) for text in (
            "Semester I 2021", "smt 1 2021", "2021-1", "30/06/2021", "44377", "Juni 2021", "2021-06",
        )),
    ],
)  # fmt: skip
def test_a_population_count_is_dated_at_its_semesters_end(text: str, month: int) -> None:
    expected = date(2021, month, 31 if month == 12 else 30)
    assert read_values(pl.Series([text]), POPULATION.column("as_of"), 2021)[0] == expected


@pytest.mark.parametrize(
    ("text", "integer", "money"),
    [
        ("24.355", 24355, 24355),
        ("798,421", 798421, 798421),
        ("1.234.567", 1234567, 1234567),
        ("1,234,567.89", None, 1234568),
        ("Rp600.000,00", 600000, 600000),
        ("Rp. 600.000,-", 600000, 600000),
        ("600000.00", 600000, 600000),
        ("600.000,50", None, 600001),
        ("24355.0", 24355, 24355),
        ("24 355", 24355, 24355),
        ("379.034 jiwa", 379034, 379034),
        ("6E+05", 600000, 600000),
        ("0", 0, 0),
        ("-24.355", -24355, -24355),
        ("(600.000)", -600000, -600000),
        ("12.5", None, 13),
        ("1.23.456", None, None),
        ("banyak", None, None),
        ("12a", None, None),
    ],
)
def test_numbers(text: str, integer: int | None, money: int | None) -> None:
    frame = pl.DataFrame({"text": [text]})
    read = frame.select(integer=read_integers(pl.col("text")), money=read_money(pl.col("text")))
    assert read.row(0) == (integer, money)


@pytest.mark.parametrize(
    ("codes", "text", "expected"),
    [
        (SEX, "l", "L"), (SEX, "Laki-Laki", "L"), (SEX, "2", "P"), (SEX, "2.0", "P"), (SEX, "X", None),
        (RELATIONSHIP, "01", "1"), (RELATIONSHIP, "05", "5"), (RELATIONSHIP, "1.0", "1"), (RELATIONSHIP, "10", "10"),
        (RELATIONSHIP, "3. ISTRI", "3"), (RELATIONSHIP, "Kepala Keluarga", "1"), (RELATIONSHIP, "12", None),
        (PRESENCE, "Meninggal Dunia", "MD"), (PRESENCE, "TIDAK PADAN", "TT"), (PRESENCE, "2 - Meninggal", "MD"),
        *((PRESENCE, text, "TT") for text in (
            "TIDAK AKTIF", "NON AKTIF", "NONAKTIF", "NON-AKTIF", "Tdk. Aktif", "Sudah tidak aktif", "inaktif", "6",
        )),
        *((PRESENCE, text, "MD") for text in (
            "Sudah meninggal", "TELAH MENINGGAL DUNIA", "Alm.", "MD - Meninggal Dunia", "Meninggal (MD)", "2.0",
            "NON AKTIF (MENINGGAL)", "tidak aktif karena wafat",
        )),
        (PRESENCE, "Tidak aktif/pindah", "PD"), (PRESENCE, "4", "PD"), (PRESENCE, "PINDAH DATANG", "DD"),
        (PRESENCE, "masih aktif", "AKTIF"), (PRESENCE, "\uff21\uff2b\uff34\uff29\uff26", "AKTIF"),
        *((PRESENCE, text, None) for text in (
            "BELUM AKTIF", "TIDAK TIDAK", "BUKAN AKTIF", "AKTIF/TIDAK AKTIF", "BELUM MENINGGAL", "TIDAK MENINGGAL",
            "ORANG TUA MENINGGAL", "TID\u0410K AKTIF", "7",
        )),
        *((PAYMENT_STATUS, text, "KPM MENINGGAL") for text in (
            "KPM MENINGGAL", "kpm meninggal dunia", "KPM MD", "Penerima meninggal", "Gagal salur - KPM meninggal",
        )),
        *((PAYMENT_STATUS, text, "PINDAH/TIDAK DITEMUKAN") for text in (
            "PINDAH/TIDAK DITEMUKAN", "Pindah / Tdk Ditemukan", "KPM pindah atau tidak ditemukan", "Tidak ditemukan",
            "KPM PINDAH", "Tidak ditemukan/pindah", "Alamat tidak ditemukan",
        )),
        (PAYMENT_STATUS, "KKS hilang", "KKS RUSAK/HILANG"), (PAYMENT_STATUS, "BELUM MENINGGAL", None),
        *((PROPOSAL_OUTCOME, text, "TIDAK LAYAK") for text in ("DITOLAK", "tolak", "TDK LAYAK", "Usulan ditolak")),
        (PROPOSAL_OUTCOME, "BELUM DITOLAK", None),
        (DECISION, "NONLAYAK", "TIDAK LAYAK"), (DECISION, "TIDAK MAMPU", None), (DECISION, "BELUM LAYAK", None),
        (DECISION, "tdk.layak", "TIDAK LAYAK"), (DECISION, "Mampu", "SUDAH MAMPU"), (DECISION, "MM", "MM"),
    ],
)  # fmt: skip
def test_codes(codes: CodeList, text: str, expected: str | None) -> None:
    assert pl.DataFrame({"text": [text]}).select(read_codes(pl.col("text"), codes)).item() == expected


@pytest.mark.parametrize("codes", [c for c in vars(code_lists).values() if isinstance(c, CodeList) and c.values])
def test_every_declared_spelling_is_read_as_its_own_code(codes: CodeList) -> None:
    declared = [(spelling, code) for code, known in codes.values.items() for spelling in (code, *known)]
    frame = pl.DataFrame(declared, schema=["text", "code"], orient="row")
    read = frame.with_columns(read=read_codes(pl.col("text"), codes))
    assert read.filter(pl.col("read").ne_missing(pl.col("code"))).rows() == []


@pytest.mark.parametrize(
    ("text", "lowest", "highest"),
    [
        *((text, 3, 3) for text in (
            "3", "03", "3.0", "D3", "d.3", "Desil 3", "DESIL-3", "desil ke-3", "Desil III", "tiga",
            "Desil 3 (Hampir Miskin)",
        )),
        *((text, 6, 10) for text in (
            "6-10", "6 \u2013 10", "Desil 6-10", "D6-D10", "Desil 6 s/d 10", "Desil 6 sampai dengan Desil 10", "VI-X",
            "6+", "6 ke atas", "> 5", ">= 6", "di atas 5", "(6-10)", "Desil 6-10 (menengah ke atas)",
        )),
        ("5 s/d 10", 5, 10), ("Desil 5 s/d Desil 10", 5, 10), ("1-4", 1, 4), ("<= 4", 1, 4), ("6-6", 6, 6),
        *((text, None, None) for text in (
            "0", "11", "-5", "5.5", "6,10", "10-6", "6-11", "3 4", "2025-10-06", "6 Okt", "5 (belum final)", "Desil",
            "tidak masuk desil 1-4", "tidak diketahui", "belum", "TIDAK TIDAK",
        )),
    ],
)  # fmt: skip
def test_deciles_and_ranges_of_them(text: str, lowest: int | None, highest: int | None) -> None:
    read = decile(text)
    one = lowest if lowest == highest else None
    expected = {"decile": one, "decile_lowest": lowest, "decile_highest": highest, "unranked": False}
    assert read == (None if lowest is None else expected)


@pytest.mark.parametrize(
    "text",
    [
        "Belum diperingkat", "Belum diperingkat(kan)", "BELUM DIPERINGKATKAN", "belum di-ranking", "BELUM ADA DESIL",
        "Desil belum ada", "blm ada peringkat", "TIDAK DITEMUKAN", "Data tidak ditemukan", "Tdk ditemukan",
        "Tanpa desil", "belum memiliki desil", "Tidak terdaftar di DTSEN",
    ],
)  # fmt: skip
def test_words_for_not_ranked(text: str) -> None:
    nothing = {"decile": None, "decile_lowest": None, "decile_highest": None}
    assert decile(text) == nothing | {"unranked": True}


def decile(text: str) -> object:
    return read_values(tidied(pl.Series([text]), Kind.DECILE), REGISTRY.column("decile"), 2025)[0]


@pytest.mark.parametrize(
    ("text", "snapshot"),
    [
        *((text, "2025-Q3") for text in (
            "2025-Q3", "2025Q3", "Q3 2025", "TW III 2025", "Triwulan 3 2025", "Triwulan III Tahun 2025", "tw.3/2025",
            "TW3-2025", "2025-TW3", "III/2025", "Triwulan Ketiga 2025", "DTSEN TW III 2025", "Juli-September 2025",
            "Juli s.d. September 2025", "September 2025", "2025-09", "30/09/2025",
        )),
        ("Triwulan IV-2025", "2025-Q4"), ("TW I 2026", "2026-Q1"), ("Q2-2026", "2026-Q2"),
        *((text, None) for text in (
            "3/2025", "2025-3", "TW 5 2025", "TW 0 2025", "2025", "TW III", "III", "kemarin", "Desil 3 2025",
        )),
    ],
)  # fmt: skip
def test_quarters_of_a_ranking(text: str, snapshot: str | None) -> None:
    read = read_values(tidied(pl.Series([text]), Kind.SNAPSHOT), REGISTRY.column("snapshot"), 2025)
    assert read.to_list() == [snapshot]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7,35", 7.35), ("7.35", 7.35), ("7,02 %", 7.02), ("6.5 persen", 6.5), ("24.355", 24355), ("42,780", 42780),
        ("1.234,5", 1234.5), ("12", 12), ("tujuh", None),
    ],
)  # fmt: skip
def test_figures_with_decimals(text: str, number: float | None) -> None:
    assert pl.DataFrame({"text": [text]}).select(read_decimals(pl.col("text"))).item() == number


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        *((text, "3") for text in (
            "3", "03", "3.0", "Tahap 3", "Tahap 3 Tahun 2021", "TAHAP III", "T3", "T.3", "TW3", "TW III", "TW-III/2021",
            "III/2021", "III", "Triwulan 3", "2021 Tahap 3", "2021-3", "tahap ke-3", "Tahap Ketiga", "Thp. 3 TA 2021",
            "Q3 2021", "PKH Tahap 3", "Penyaluran ke-3", "Tahap 3 (Juli s/d September) 2021",
        )),
        ("November 2021", "NOVEMBER 2021"), ("januari", "JANUARI"), ("Tahap 1-2", "TAHAP 1 2"), ("11", "11"),
        ("Tahap I s/d II", "TAHAP 1 S D 2"), ("Tahap 1 s/d 2", "TAHAP 1 S D 2"),
        ("Gelombang II", "GELOMBANG 2"), ("Tahap 3A", "TAHAP 3 A"), ("Tahap 3 Susulan", "TAHAP 3 SUSULAN"),
        ("2021", "2021"), ("0", "0"), ("#", "#"),
    ],
)  # fmt: skip
def test_stages(text: str, stage: str) -> None:
    assert read_values(pl.Series([text]), DISBURSEMENTS.column("stage"), 2021)[0] == stage


@pytest.mark.parametrize(
    ("text", "expected"), [("SUDAH", True), ("Y", True), ("1.0", True), ("BELUM", False), ("0", False)]
)
def test_yes_and_no(text: str, *, expected: bool) -> None:
    assert read_values(pl.Series([text]), CIVIL_STATUS.column("ktp_recorded"), 2021)[0] is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  SITI\t AMINAH \n", "SITI AMINAH"),
        ("SITI\u00a0AMINAH\u200b", "SITI AMINAH"),
        ("'SITI", "SITI"),
        ('="0012"', "0012"),
        ("NUR'AINI", "NUR'AINI"),
        ("#N/A", None), ("NULL", None), ("-", None), (" ", None), ("nan", None),
        ("NA", "NA"),
    ],
)  # fmt: skip
def test_what_surrounds_a_text_is_taken_off(text: str, expected: str | None) -> None:
    assert tidied(pl.Series([text]), Kind.NAME)[0] == expected


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        (REGISTRY.column("status_date"), ["17/08/2021", "31/02/2021", "00/00/0000", "01/01/1999", "05/12/2029"]),
        (REGISTRY.column("birth_date"), ["17-08-1990", "29-02-2021", "17-08-1790"]),
        (REGISTRY.column("birth_date"), ["1990-08-17", "0000-00-00", "1990-13-01"]),
        (POPULATION.column("as_of"), ["31/12/2020", "30/06/2021", "31/06/2021"]),
        (REGISTRY.column("snapshot"), ["2025-Q3", "2026-Q1"]),
        (POPULATION.column("total"), ["12", "007", "999999999999"]),
        (DISBURSEMENTS.column("amount"), ["600000", "0", "9999999999999"]),
        (REGISTRY.column("decile"), ["1", "10", "5"]),
        (DISBURSEMENTS.column("stage"), ["3", "12"]),
    ],
)
def test_a_column_of_one_usual_spelling_is_read_as_each_of_its_texts_would_be(
    column: SourceColumn, texts: list[str]
) -> None:
    odd = {Kind.STAGE: "Tahap III", Kind.SNAPSHOT: "TW III 2025"}.get(column.kind, "nobody knows")
    end = date(2021, 11, 30)
    usual = read_values(pl.Series(column.name, [*texts, None]), column, 2021, end)
    mixed = read_values(pl.Series(column.name, [*texts, None, odd]), column, 2021, end)
    assert usual.to_list() == mixed.head(len(texts) + 1).to_list()
    assert usual.dtype == mixed.dtype
