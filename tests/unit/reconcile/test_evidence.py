"""What every reason rests on, as items and as a sentence in both languages. All people are made up."""

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.scenario import Month, born, card
from welfare_pipeline.contracts.words import CATALOGUE, REASONS
from welfare_pipeline.lake import DataRoot, UnknownCodeError, check_codes
from welfare_pipeline.reconcile.evidence import make_evidence_macros

PERIOD, NIK = "2025-11", "1401015708900001"
DAY = date(2025, 9, 3)


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """Each recipient is named for the reason that the story gives them."""
    month = Month(tmp_path_factory.mktemp("evidence"), period=PERIOD)
    _register(month, "Died", "Moved", "Lost", "Denied", "Twice", "Ranked high", "Not ranked", "Failed", "Forgot")
    month.rows["registry"][5] |= {"decile": None, "decile_lowest": 6, "decile_highest": 10}
    month.rows["registry"][6] |= {"decile": None, "decile_lowest": None, "decile_highest": None, "unranked": True}
    month.lists("civil_status", "Died", status="MD", status_date=DAY)
    month.lists("eligibility_decisions", "Died", outcome="MD", decided_on=None)
    month.lists("eligibility_decisions", "Lost", outcome="TT", decided_on=DAY)
    month.lists("eligibility_decisions", "Denied", outcome="SUDAH MAMPU", decided_on=DAY)
    for who in ("Died", "Lost", "Denied", "Twice", "Twice", "Ranked high", "Not ranked", "Failed", "Forgot", "Outside"):
        month.lists("sembako", who)
    month.lists("sembako", "Moved", status="PD")
    month.lists("disbursements", "Failed", programme="sembako", status="SALDO KOSONG", paid_on=None)
    month.lists("disbursements", "Forgot", programme="sembako", status="SUKSES SALUR", paid_on=DAY)
    month.lists("elderly", "Young", birth_date=born(1990))
    month.lists("elderly", "Abroad", birth_date=born(1950))
    month.lists("pbi_jkn", "Insured")
    _on_cards(month)
    month.reconcile()
    _list_elsewhere(month, "Abroad")
    return month


def _register(month: Month, *people: str) -> None:
    for who in people:
        month.lists("registry", who, birth_date=born(1980), decile=1)


def _on_cards(month: Month) -> None:
    _register(month, "Single")
    month.lists("pkh", "Single")
    for number, who in enumerate(("Holder", "Wife", "Child"), 1):
        month.lists(
            "registry", who, family_card_number=card(1), birth_date=born(1980 if number < 3 else 2010), decile=1
        )
        month.lists("sembako", who, family_card_number=card(1), stage=str(min(number, 2)))
    month.lists("bst", "Holder", family_card_number=card(1))
    month.lists("public_employees", "Holder", category="asn")
    month.lists("formal_workers", "Wife", monthly_wage=9_000_000)
    month.lists("company_officers", "Holder")


def _list_elsewhere(month: Month, who: str) -> None:
    [row] = [row["source_row"] for row in month.rows["elderly"] if row["name"] == who]
    own = {"period": PERIOD, "district_code": month.district, "programme": "elderly", "source_file": "elderly.csv"}
    own |= {"source_row": row, "person_key": None, "other_source_file": "elderly.csv", "other_source_row": 1}
    own |= {"other_person_key": None}
    with DataRoot(month.root).partition(PERIOD, month.district).draft() as draft:
        types = {"person_key": pl.String, "other_person_key": pl.String}
        told = pl.DataFrame([own | {"other_district": code} for code in ("1403", "1404")], schema_overrides=types)
        draft.write_frame("cross_district_duplicates", told)
        draft.accept()
    month.decide()


def found(month: Month, reason: str) -> list[dict[str, Any]]:
    query = f"""
        select name, evidence, evidence_id, evidence_items as items
        from recipient_reasons join recipient_rows using (row_id) where reason = '{reason}' order by row_id
    """
    with DataRoot(month.root).partition(PERIOD, month.district).connect(threads=1) as con:
        return con.sql(query).pl().to_dicts()


def items(row: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(i["kind"], i["source"], i["source_row"], i["dated"], i["value"]) for i in row["items"]]


CIVIL, DECISIONS, PAYMENTS = "civil_status", "eligibility_decisions", "disbursements"
EXPECTED: list[tuple[str, str, list[tuple[Any, ...]], str, str]] = [
    (
        "DECEASED", "Died",
        [("civil_registry", CIVIL, 1, DAY, "MD"), ("decision", DECISIONS, 1, None, "MD")],
        "civil registry: civil_status.csv row 1, 2025-09-03; decision: eligibility_decisions.csv row 1, undated",
        "Dukcapil: civil_status.csv baris 1, 03/09/2025; keputusan: eligibility_decisions.csv baris 1, tanpa tanggal",
    ),
    (
        "MOVED_AWAY", "Moved", [("programme_list", "sembako", 11, None, "PD")],
        "programme list: sembako.csv row 11, undated", "daftar penerima: sembako.csv baris 11, tanpa tanggal",
    ),
    (
        "NOT_FOUND", "Lost", [("decision", DECISIONS, 2, DAY, "TT")],
        "decision: eligibility_decisions.csv row 2, 2025-09-03",
        "keputusan: eligibility_decisions.csv baris 2, 03/09/2025",
    ),
    (
        "JUDGED_INELIGIBLE", "Denied", [("judgement", DECISIONS, 3, DAY, "SUDAH MAMPU")],
        "decision SUDAH MAMPU: eligibility_decisions.csv row 3, 2025-09-03",
        "keputusan SUDAH MAMPU: eligibility_decisions.csv baris 3, 03/09/2025",
    ),
    (
        "DUPLICATE_PERSON", "Twice", [("same_person", "sembako", 4, None, None)],
        "the same person as sembako.csv row 4", "orang yang sama dengan sembako.csv baris 4",
    ),
    (
        "DUPLICATE_FAMILY", "Child", [("same_family", "sembako", 13, None, None)],
        "another member of the family card of sembako.csv row 13", "satu KK dengan sembako.csv baris 13",
    ),
    (
        "EXCLUSIVE_PROGRAMMES", "Holder", [("other_programme", "sembako", 12, None, None)],
        "the family receives Sembako / BPNT: sembako.csv row 12", "keluarga menerima Sembako: sembako.csv baris 12",
    ),
    (
        "NOT_IN_REGISTRY", "Outside", [("not_registered", "sembako", 10, None, None)],
        "no registry person agrees in number, family card, or name with birth date",
        "tidak ada orang dalam data terpadu yang cocok nomor, KK, atau nama dengan tanggal lahirnya",
    ),
    (
        "PBI_OUTSIDE_REGISTRY", "Insured", [("not_registered", "pbi_jkn", 1, None, None)],
        "no registry person agrees in number, family card, or name with birth date",
        "tidak ada orang dalam data terpadu yang cocok nomor, KK, atau nama dengan tanggal lahirnya",
    ),
    (
        "DECILE_ABOVE_LIMIT", "Ranked high",
        [
            ("decile", "registry", 6, None, "6-10"), ("decile_limit", "policy", None, None, "5"),
            ("snapshot", "registry", None, None, "2025-Q4"),
        ],
        "decile 6 to 10, limit 5: registry.csv row 6 (ranks of 2025-Q4)",
        "desil 6 sampai 10, batas 5: registry.csv baris 6 (peringkat 2025-Q4)",
    ),
    (
        "NOT_RANKED", "Not ranked",
        [
            ("decile_limit", "policy", None, None, "5"), ("snapshot", "registry", None, None, "2025-Q4"),
            ("unranked", "registry", 7, None, None),
        ],
        "not ranked, limit 5: registry.csv row 7 (ranks of 2025-Q4)",
        "belum diperingkat, batas 5: registry.csv baris 7 (peringkat 2025-Q4)",
    ),
    (
        "AGE_OUT_OF_RANGE", "Young",
        [("age", "elderly", 1, None, "35"), ("age_range", "policy", None, None, "60-150")],
        "age 35, range 60 to 150: elderly.csv row 1", "umur 35, rentang 60 sampai 150: elderly.csv baris 1",
    ),
    (
        "PUBLIC_EMPLOYEE", "Holder", [("listed", "public_employees", 1, None, "ASN")],
        "listed: public_employees.csv row 1 (ASN)", "daftar: public_employees.csv baris 1 (ASN)",
    ),
    (
        "WAGE_ABOVE_MINIMUM", "Holder",
        [("listed_relative", "formal_workers", 1, None, None), ("minimum_wage", "policy", None, None, "3634593")],
        "wage above the minimum of Rp3634593, somebody of the family card is listed: formal_workers.csv row 1",
        "upah di atas upah minimum Rp3.634.593, anggota lain pada KK terdaftar: formal_workers.csv baris 1",
    ),
    (
        "COMPANY_OFFICER", "Holder", [("listed", "company_officers", 1, None, None)],
        "listed: company_officers.csv row 1", "daftar: company_officers.csv baris 1",
    ),
    (
        "UNDERAGE_HOLDER", "Child", [("age", "sembako", 14, None, "15")],
        "age 15 on the last day of the month: sembako.csv row 14",
        "umur 15 pada hari terakhir bulan ini: sembako.csv baris 14",
    ),
    (
        "NO_PKH_COMPONENT", "Single",
        [("active_members", "registry", None, None, "1"), ("family_member", "registry", 10, None, None)],
        "1 active members, none of them meets a component: registry.csv row 10",
        "1 anggota aktif, tidak ada yang memenuhi komponen: registry.csv baris 10",
    ),
    (
        "NOT_TRANSACTED", "Failed", [("payment_failed", PAYMENTS, 1, None, "SALDO KOSONG")],
        "SALDO KOSONG, undated: disbursements.csv row 1", "SALDO KOSONG, tanpa tanggal: disbursements.csv baris 1",
    ),
    (
        "NOT_TRANSACTED", "Forgot", [("not_transacted", PAYMENTS, 2, DAY, None)],
        "paid 2025-09-03, not used: disbursements.csv row 2",
        "dibayar 03/09/2025, tidak ditransaksikan: disbursements.csv baris 2",
    ),
    (
        "DUPLICATE_ACROSS_DISTRICTS", "Abroad",
        [("other_district", "elderly", None, None, "1403"), ("other_district", "elderly", None, None, "1404")],
        "the same person in the list of Kabupaten Bengkalis (1403), Kabupaten Indragiri Hilir (1404)",
        "orang yang sama pada daftar Kabupaten Bengkalis (1403), Kabupaten Indragiri Hilir (1404)",
    ),
]  # fmt: skip


@pytest.mark.parametrize("expected", EXPECTED, ids=[f"{reason} of {who}" for reason, who, *_ in EXPECTED])
def test_a_reason_tells_what_it_rests_on(month: Month, expected: tuple[str, str, list[Any], str, str]) -> None:
    reason, who, rests_on, english, indonesian = expected
    row = next(row for row in found(month, reason) if row["name"] == who)
    assert items(row) == rests_on
    assert (row["evidence"], row["evidence_id"]) == (english, indonesian)


def test_every_reason_has_its_story() -> None:
    assert {reason for reason, *_ in EXPECTED} == {*REASONS}


def test_the_published_row_has_all_items_of_all_reasons_in_their_order(month: Month) -> None:
    query = (
        "select reasons, evidence, evidence_items from off_target_recipients where name = 'Holder' and source = 'bst'"
    )
    [(reasons, evidence, rests_on)] = month.select(query)
    assert reasons == ["EXCLUSIVE_PROGRAMMES", "PUBLIC_EMPLOYEE", "WAGE_ABOVE_MINIMUM", "COMPANY_OFFICER"]
    kinds = ["other_programme", "listed", "listed_relative", "minimum_wage", "listed"]
    assert [item["kind"] for item in rests_on] == kinds
    assert {item["period"] for item in rests_on} == {PERIOD}
    assert evidence.startswith("EXCLUSIVE_PROGRAMMES: the family receives Sembako / BPNT: sembako.csv row 12; PUBLIC_")
    files = [item["source_file"] for item in rests_on if item["source_file"]]
    assert files == ["sembako.csv", "public_employees.csv", "formal_workers.csv", "company_officers.csv"]


@pytest.mark.parametrize("typed", [NIK, "SITI AMINAH", f"ASN {NIK}", "ASN"])
def test_an_identity_typed_in_place_of_a_category_is_no_value(tmp_path: Path, typed: str) -> None:
    month = Month(tmp_path)
    month.lists("registry", "Siti")
    month.lists("sembako", "Siti")
    month.lists("public_employees", "Siti", category=typed)
    month.reconcile()
    [(evidence, rests_on)] = month.select("select evidence, evidence_items from off_target_recipients")
    assert rests_on[0]["value"] == ("ASN" if typed == "ASN" else None)
    assert (typed in evidence) == (typed == "ASN")


@pytest.mark.parametrize(("typed", "value"), [(NIK, None), ("SITI AMINAH", None), ("SALDO KOSONG", "SALDO KOSONG")])
def test_a_value_is_a_number_or_a_code_whatever_a_table_holds(tmp_path: Path, typed: str, value: str | None) -> None:
    month = Month(tmp_path)
    with DataRoot(tmp_path).partition(PERIOD, month.district).connect(threads=1) as con:
        make_evidence_macros(con, PERIOD, month.policy.rules(PERIOD))
        values = [
            con.sql(
                f"select safe_item(evidence_item('{kind}', 'a list', 'a.csv', 1, value := '{typed}')).value"
            ).fetchone()
            for kind in ("payment_failed", "decile", "same_person")
        ]
    assert values == [(value,), (None,), (None,)]


def test_a_file_name_stands_as_it_is_in_both_languages(tmp_path: Path) -> None:
    month = Month(tmp_path)
    month.lists("elderly", "Siti", birth_date=born(1990), source_file="data to undated 2021-10-31 row 7 {value}.xlsx")
    month.reconcile()
    [told] = month.select("select evidence, evidence_id from recipient_reasons")
    file = "data to undated 2021-10-31 row 7 {value}.xlsx"
    assert told == (f"age 31, range 60 to 150: {file} row 1", f"umur 31, rentang 60 sampai 150: {file} baris 1")


def test_a_kind_that_the_catalogue_does_not_have_fails_at_once() -> None:
    check_codes(
        "decile_above_limit", "select [evidence_item('decile', 'registry', null, null)] as items from recipients"
    )
    with pytest.raises(UnknownCodeError, match="'decil' is no code of column kind of evidence_item"):
        check_codes(
            "decile_above_limit", "select [evidence_item('decil', 'registry', null, null)] as items from people"
        )


def test_every_kind_of_item_is_found_in_the_month(month: Month) -> None:
    kinds = {kind for (kind,) in month.select("select unnest(evidence_items).kind from recipient_reasons")}
    others = {"registry", "not_active", "minimum_age", "maximum_age"}  # told by the stories of other files
    others |= {"verify_limit", "above_since", "certain_from"}
    assert kinds | others == CATALOGUE.evidence.keys()
