"""Reasons that rest on other lists and on the family: employees, wages, officers, age, components, payments."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.scenario import Month, born, card
from tests.told_together import Story, together
from welfare_pipeline.contracts.policy import NO_MINIMUM_WAGE, load_policy


def family(month: Month, number: int, *members: str, **values: Any) -> None:
    for who in members:
        month.lists("registry", who, family_card_number=card(number), birth_date=born(1980), **values)


@together
def test_an_employee_on_the_card_is_asked_about_in_family_programmes_only(month: Month) -> Story:
    family(month, 1, "Amat", "Siti")
    for programme in ("sembako", "pbi_jkn"):
        month.lists(programme, "Siti", family_card_number=card(1))
    month.lists("public_employees", "Amat", category="ASN")
    yield
    assert month.reasons("sembako")["Siti"] == ["PUBLIC_EMPLOYEE"]
    assert month.reasons("pbi_jkn")["Siti"] == []
    assert month.outcomes("sembako")["Siti"] == "to_verify"
    told = month.select("select evidence from off_target_recipients")
    assert told == [("PUBLIC_EMPLOYEE: somebody of the family card is listed: public_employees.csv row 1 (ASN)",)]


@together
def test_a_namesake_with_another_number_is_no_employee(month: Month) -> Story:
    family(month, 1, "Amat")
    month.lists("sembako", "Amat", family_card_number=card(1))
    month.lists("public_employees", "Amat", nik="a namesake's number", category="TNI")
    month.lists("public_employees", "Amat", nik_status="wrong_length", category="TNI")
    yield
    assert month.reasons() == {"Amat": []}


@together
def test_a_number_without_a_name_proves_no_employment(month: Month) -> Story:
    family(month, 1, "Amat")
    month.lists("sembako", "Amat", family_card_number=card(1))
    month.lists("public_employees", "Amat", name=None, category="POLRI")
    yield
    assert month.reasons() == {"Amat": []}


@together
def test_an_unregistered_recipient_may_be_an_officer_too(month: Month) -> Story:
    month.lists("elderly", "Tua", birth_date=born(1940))
    month.lists("company_officers", "Tua")
    yield
    assert month.reasons() == {"Tua": ["COMPANY_OFFICER"]}


@pytest.mark.parametrize(("wage", "reasons"), [(3023840, []), (3023841, ["WAGE_ABOVE_MINIMUM"])])
@together
def test_only_a_wage_above_the_minimum_of_the_year_counts(month: Month, wage: int, reasons: list[str]) -> Story:
    family(month, 1, "Amat")
    month.lists("sembako", "Amat", family_card_number=card(1))
    month.lists("formal_workers", "Amat", monthly_wage=wage)
    yield
    assert month.reasons() == {"Amat": reasons}


def test_the_minimum_wage_is_the_district_s_own_where_it_has_one(tmp_path: Path) -> None:
    override = tmp_path / "policy.toml"
    override.write_text('[minimum_wages]\n"1408" = [{ from = "2021-01", amount = 3081146 }]\n')
    policy = load_policy(override)
    assert policy.minimum_wage("2021-11", "1401") == 3023840
    assert policy.minimum_wage("2025-03", "1401") == 3634593
    assert policy.minimum_wage("2021-11", "1403") == 3342891
    assert policy.minimum_wage("2021-11", "1408") == 3081146
    assert policy.minimum_wage("2021-11", "1471") == 2888564
    assert policy.minimum_wage("2020-06", "1408") == 2888564  # its own figure begins later: the province's
    assert policy.minimum_wage("2025-03", "7501") == 3221731
    assert policy.minimum_wage("2021-11", "3171") == 4416186
    assert policy.minimum_wage("2018-12", "1401") == NO_MINIMUM_WAGE


@together
def test_a_child_holds_no_family_card_payment_unless_married(month: Month) -> Story:
    child = born(2005)
    month.lists("registry", "Rian", family_card_number=card(1), birth_date=child, relationship="4")
    month.lists("registry", "Wulan", family_card_number=card(2), birth_date=child, relationship="3")
    month.lists("registry", "Joko", family_card_number=card(3), birth_date=child, relationship="1")
    month.lists("registry", "Istri Joko", family_card_number=card(3), birth_date=child, relationship="3")
    month.lists("registry", "Yatim", family_card_number=card(4), birth_date=child, relationship="1")
    month.lists("registry", "Dewasa", family_card_number=card(5), birth_date=born(2003, 11, 30), relationship="4")
    for number, who in enumerate(("Rian", "Wulan", "Joko", "Istri Joko", "Yatim", "Dewasa"), start=1):
        month.lists("sembako", who, birth_date=None, stage=str(number))
        month.lists("pbi_jkn", who, birth_date=None)
    yield
    reasons = month.reasons("sembako")
    assert [who for who, found in reasons.items() if found] == ["Rian", "Yatim"]
    assert reasons["Rian"] == ["UNDERAGE_HOLDER"]
    assert not any(month.reasons("pbi_jkn").values())


@pytest.mark.parametrize(
    ("member", "component"),
    [
        ({"birth_date": born(1980)}, None),
        ({"birth_date": born(1980), "pregnant": True}, "PREGNANT"),
        ({"birth_date": born(1980), "disability": "PDFSK"}, "DISABILITY"),
        ({"birth_date": born(1980), "disability": "NONE"}, None),
        ({"birth_date": born(2018)}, "CHILD_0_6"),
        ({"birth_date": born(2001)}, "SCHOOL_6_21"),
        ({"birth_date": born(2001), "school_level": "Tamat SMA"}, None),
        ({"birth_date": born(1951, 11, 30)}, "ELDERLY"),
        ({"birth_date": born(1951, 12, 1)}, None),
        ({"birth_date": None}, "AGE_UNKNOWN"),
        ({"birth_date": born(2018), "status": "PD"}, None),
    ],
)
@together
def test_a_pkh_family_needs_a_component(month: Month, member: dict[str, Any], component: str | None) -> Story:
    family(month, 1, "Siti")
    month.lists("registry", "Anggota", family_card_number=card(1), **member)
    month.lists("pkh", "Siti", family_card_number=card(1))
    month.lists("sembako", "Siti", family_card_number=card(1))
    yield
    assert month.reasons("pkh") == {"Siti": [] if component else ["NO_PKH_COMPONENT"]}
    assert month.reasons("sembako") == {"Siti": []}
    found = month.select("select components from recipient_outcomes where programme = 'pkh'")
    assert found == [([component] if component else [],)]


@pytest.mark.parametrize(
    ("payment", "reasons", "finding"),
    [
        ({"status": "SALDO KOSONG"}, ["NOT_TRANSACTED"], "failed"),
        ({"status": "KKS RUSAK/HILANG"}, ["NOT_TRANSACTED"], "failed"),
        ({"status": "GAGAL SALUR"}, [], "failed"),
        ({"status": "SUKSES SALUR", "paid_on": date(2021, 10, 1)}, ["NOT_TRANSACTED"], "paid_not_transacted"),
        ({"status": "SUKSES SALUR", "paid_on": date(2021, 10, 2)}, [], "paid_not_transacted"),
        (
            {"status": "SUKSES SALUR", "paid_on": date(2021, 8, 1), "transacted_on": date(2021, 11, 30)},
            [],
            "paid_and_transacted",
        ),
        (
            {"status": "SUKSES SALUR", "paid_on": date(2021, 8, 1), "transacted_on": date(2021, 12, 1)},
            ["NOT_TRANSACTED"],
            "paid_not_transacted",
        ),
    ],
)
@together
def test_a_payment_that_was_not_used(month: Month, payment: dict[str, Any], reasons: list[str], finding: str) -> Story:
    family(month, 1, "Siti")
    month.lists("sembako", "Siti", family_card_number=card(1), stage="1")
    month.lists("disbursements", "Siti", programme="sembako", stage="Tahap 1", **payment)
    yield
    assert month.reasons() == {"Siti": reasons}
    assert month.select("select finding from disbursement_reconciliation") == [(finding,)]


@together
def test_every_payment_and_every_unpaid_family_is_accounted_for(month: Month) -> Story:
    for number, who in enumerate(("Siti", "Amat", "Lupa"), start=1):
        family(month, number, who)
        month.lists("sembako", who, family_card_number=card(number))
    month.lists("sembako", "Asing", family_card_number=card(9))
    for who in ("Siti", "Asing", "Bukan"):
        month.lists(
            "disbursements",
            who,
            programme="sembako",
            status="SUKSES SALUR",
            transacted_on=date(2021, 11, 5),
            received_confirmed="KPM",
            card_holder="E-WARONG",
            amount=200_000,
        )
    month.lists("disbursements", "Amat", programme="sembako", status="GAGAL SALUR", received_confirmed="KETUA KELOMPOK")
    yield
    rows = month.select(
        "select name, finding, confirmed_by, card_held_by_other, outcome from disbursement_reconciliation order by name"
    )
    assert rows == [
        ("Amat", "failed", "group head or village", None, "on_target"),
        ("Asing", "paid_not_entitled", "family in person", True, "off_target"),
        ("Bukan", "paid_not_listed", "family in person", True, None),
        ("Lupa", "entitled_not_paid", "nobody", None, "on_target"),
        ("Siti", "paid_and_transacted", "family in person", True, "on_target"),
    ]


HOME = {"address": "JL. MERDEKA NO. 7", "rt": "002", "rw": "001"}


@pytest.mark.parametrize(
    ("child", "reasons"),
    [
        ({"family_card_number": None, **HOME}, []),
        ({"family_card_number": card(1).replace("010107", "010117"), **HOME}, []),
        ({"family_card_number": card(8), **HOME}, ["NO_PKH_COMPONENT"]),
        ({"family_card_number": card(9), **HOME}, ["NO_PKH_COMPONENT"]),
        ({"family_card_number": None, **HOME, "rt": "003"}, ["NO_PKH_COMPONENT"]),
    ],
    ids=[
        "no card",
        "a digit of the date mistyped",
        "a card of one person",
        "the card of the family next door",
        "another address",
    ],
)
@together
def test_a_child_of_the_house_whose_card_is_mistyped_may_be_a_member(
    month: Month, child: dict[str, Any], reasons: list[str]
) -> Story:
    family(month, 1, "Siti", "Amat", **HOME)
    month.lists("registry", "Rian", birth_date=born(2012), **child)
    family(month, 9, "Pak Budi", **HOME)
    month.lists("pkh", "Siti", family_card_number=card(1))
    yield
    assert month.reasons() == {"Siti": reasons}


@pytest.mark.parametrize(
    ("born_on", "nik", "reasons"),
    [
        (born(2006), "1401015506060001", ["UNDERAGE_HOLDER"]),
        (born(2006), "1401015506960001", []),
        (date(2021, 11, 27), None, []),
        (born(2006), None, ["UNDERAGE_HOLDER"]),
    ],
    ids=["number agrees", "number says 25 years", "a blank that became the day of export", "no number"],
)
@together
def test_a_holder_is_under_age_only_if_every_date_says_so(
    month: Month, born_on: date, nik: str | None, reasons: list[str]
) -> Story:
    family(month, 1, "Ibu")
    status = "valid" if nik else "missing"
    month.lists("sembako", "Rina", family_card_number=card(1), birth_date=born_on, nik=nik, nik_status=status)
    yield
    assert month.reasons() == {"Rina": reasons}


@together
def test_whether_a_young_holder_is_married_is_not_known_while_the_link_is_open(month: Month) -> Story:
    month.lists("registry", "Rina", family_card_number=card(1), birth_date=born(2004), relationship="3")
    month.lists("sembako", "Rina", birth_date=born(2004), band="review")
    yield
    assert month.outcomes() == {"Rina": "unresolved"}


@together
def test_an_address_of_half_a_hamlet_makes_nobody_a_member(month: Month) -> Story:
    family(month, 1, "Siti", **HOME)
    for number in range(2, 14):
        family(month, number, f"Bapak {number}", f"Ibu {number}", **HOME)
    month.lists("registry", "Rian", birth_date=born(2012), **HOME)
    month.lists("pkh", "Siti", family_card_number=card(1))
    yield
    assert month.reasons() == {"Siti": ["NO_PKH_COMPONENT"]}


@pytest.mark.parametrize(("nik", "reasons"), [("1401010109080001", []), ("1401010109980001", ["NO_PKH_COMPONENT"])])
@together
def test_a_pupil_whose_year_of_birth_is_mistyped_is_still_a_pupil(month: Month, nik: str, reasons: list[str]) -> Story:
    family(month, 1, "Siti")
    month.lists("registry", "Winda", family_card_number=card(1), birth_date=born(1998, 9, 1), nik=nik)
    month.lists("pkh", "Siti", family_card_number=card(1))
    yield
    assert month.reasons() == {"Siti": reasons}
