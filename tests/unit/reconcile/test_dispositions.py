"""What the field says of single findings, and what recipients object to."""

from datetime import date

from tests.scenario import Month, card
from tests.told_together import Story, together


def _registered(month: Month, *people: str, programme: str = "pkh") -> None:
    for place, who in enumerate(people, 1):
        month.lists("registry", who, family_card_number=card(place))
        month.lists(programme, who, family_card_number=card(place))


def _disposes(
    month: Month, who: str, disposition: str, reason: str | None = None, decided_on: date | None = None
) -> None:
    month.lists("eligibility_decisions", who, disposition=disposition, reason=reason, decided_on=decided_on)


@together
def test_a_finding_that_is_not_confirmed_is_taken_away_until_a_newer_fact_says_it_again(month: Month) -> Story:
    _registered(month, "Siti", "Tono", "Umi", "Wati", "Yusuf")
    for who in ("Siti", "Tono", "Umi", "Wati"):
        month.lists("civil_status", who, status="MD", status_date=date(2021, 9, 1))
    _disposes(month, "Siti", "TIDAK TERBUKTI", "DECEASED", date(2021, 11, 10))
    _disposes(month, "Tono", "TERBUKTI", "DECEASED", date(2021, 11, 10))
    _disposes(month, "Umi", "BELUM JELAS", None, date(2021, 11, 10))
    _disposes(month, "Wati", "TIDAK TERBUKTI", "DECEASED", date(2021, 8, 1))
    month.lists("eligibility_decisions", "Yusuf", outcome="TT")
    _disposes(month, "Yusuf", "TIDAK TERBUKTI")
    yield
    dead = ["DECEASED"]
    assert month.reasons() == {"Siti": [], "Tono": dead, "Umi": dead, "Wati": dead, "Yusuf": []}


@together
def test_each_finding_of_a_row_has_its_own_disposition(month: Month) -> Story:
    month.lists("registry", "Other")
    month.lists("sembako", "Siti", family_card_number=card(1))
    month.lists("sembako", "Umi", family_card_number=card(2))
    for who in ("Siti", "Umi"):
        month.lists("public_employees", who, category="ASN")
    _disposes(month, "Siti", "TIDAK TERBUKTI", "PUBLIC_EMPLOYEE")
    _disposes(month, "Umi", "TIDAK TERBUKTI")
    yield
    assert month.reasons() == {"Siti": ["NOT_IN_REGISTRY"], "Umi": ["PUBLIC_EMPLOYEE"]}
    assert month.outcomes() == {"Siti": "off_target", "Umi": "to_verify"}


@together
def test_a_judgement_is_taken_away_from_the_person_it_was_about(month: Month) -> Story:
    _registered(month, "Siti", "Tono")
    for who in ("Siti", "Tono"):
        month.lists("eligibility_decisions", who, outcome="SUDAH MAMPU", decided_on=date(2021, 10, 1))
    _disposes(month, "Siti", "TIDAK TERBUKTI", "JUDGED_INELIGIBLE", date(2021, 11, 1))
    yield
    assert month.outcomes() == {"Siti": "on_target", "Tono": "off_target"}


@together
def test_an_open_objection_makes_certain_reasons_ones_to_verify(month: Month) -> Story:
    people = ("Siti", "Tono", "Umi", "Wati", "Amat", "Budi", "Cici")
    _registered(month, *people)
    for who in people:
        month.lists("civil_status", who, status="MD", status_date=date(2021, 9, 1))
    received = {"received_on": date(2021, 11, 5)}
    month.lists("objections", "Siti", **received)
    month.lists("objections", "Tono", **received, outcome="DITOLAK", decided_on=date(2021, 11, 20))
    month.lists("objections", "Umi", received_on=date(2021, 8, 1))
    month.lists("objections", "Wati", **received, programme="sembako")
    month.lists("objections", "Amat", **received, reason="NOT_IN_REGISTRY")
    month.lists("objections", "Budi", **received, programme="pkh", reason="DECEASED")
    month.lists("objections", "Cici", **received)
    month.lists("eligibility_decisions", "Cici", outcome="SUDAH MAMPU", decided_on=date(2021, 11, 6))
    yield
    open_ones = {"Siti", "Budi"}
    assert month.outcomes() == {who: "to_verify" if who in open_ones else "off_target" for who in people}
    assert month.reasons()["Siti"] == ["DECEASED"]
    shown = month.select("select name, certainty, objected_on from off_target_recipients where objected_on is not null")
    assert {name: found for name, *found in shown}["Siti"] == ["to_verify", date(2021, 11, 5)]


@together
def test_an_objection_of_a_member_or_of_the_card_is_the_family_s(month: Month) -> Story:
    for who in ("Siti", "Ujang"):
        month.lists("registry", who, family_card_number=card(1))
    month.lists("pkh", "Siti", family_card_number=card(1))
    month.lists("pbi_jkn", "Siti", family_card_number=card(1))
    month.lists("pkh", "Umi", family_card_number=card(2))
    month.lists("civil_status", "Siti", status="MD")
    month.lists("objections", "Ujang", received_on=date(2021, 11, 5))
    month.lists("objections", family_card_number=card(2), received_on=date(2021, 11, 5))
    yield
    outcomes = month.select("select programme, name, outcome from recipient_outcomes order by all")
    assert outcomes == [
        ("pbi_jkn", "Siti", "off_target"), ("pkh", "Siti", "to_verify"), ("pkh", "Umi", "to_verify"),
    ]  # fmt: skip


@together
def test_a_decision_about_the_card_closes_an_objection_and_answers_a_disposition_that_name_the_person(
    month: Month,
) -> Story:
    people = ("Siti", "Tono", "Umi", "Wati", "Yusuf")
    _registered(month, *people)
    for who in ("Siti", "Tono"):
        month.lists("civil_status", who, status="MD", status_date=date(2021, 9, 1))
        month.lists("objections", who, received_on=date(2021, 11, 5))
    _judges_card(month, people.index("Siti"), date(2021, 11, 10))
    _judges_card(month, people.index("Tono"), date(2021, 11, 1))
    for who in ("Umi", "Wati", "Yusuf"):
        _disposes(month, who, "TIDAK TERBUKTI", "JUDGED_INELIGIBLE", date(2021, 11, 5))
    _judges_card(month, people.index("Umi"), date(2021, 11, 1))
    _judges_card(month, people.index("Wati"), date(2021, 11, 10))
    _judges_card(month, people.index("Yusuf"), None)
    yield
    assert month.outcomes() == {
        "Siti": "off_target", "Tono": "to_verify", "Umi": "on_target", "Wati": "off_target", "Yusuf": "on_target",
    }  # fmt: skip


@together
def test_an_objection_is_closed_by_a_decision_about_the_card_that_only_a_list_shows(month: Month) -> Story:
    month.lists("registry", "Other")
    for place, who in enumerate(("Siti", "Tono"), 1):
        month.lists("pkh", who, family_card_number=card(place))
        month.lists("objections", who, received_on=date(2021, 11, 5))
    _judges_card(month, 0, date(2021, 11, 6))
    yield
    assert month.outcomes() == {"Siti": "off_target", "Tono": "to_verify"}


@together
def test_an_objection_about_every_programme_stays_open_for_those_that_nobody_judged_since(month: Month) -> Story:
    people = ("Siti", "Tono", "Umi")
    for place, who in enumerate(people, 1):
        for programme in ("pkh", "sembako"):
            month.lists(programme, who, family_card_number=card(place))
        month.lists("objections", who, received_on=date(2021, 11, 5))
    month.lists("registry", "Other")
    since = {"outcome": "SUDAH MAMPU", "decided_on": date(2021, 11, 6)}
    month.lists("eligibility_decisions", "Siti", programme="sembako", **since)
    month.lists("eligibility_decisions", "Tono", programme="bst", **since)
    month.lists("eligibility_decisions", "Umi", programme="sembako", **since)
    month.lists("eligibility_decisions", "Umi", programme="pkh", **since)
    yield
    assert month.outcomes("pkh") == {"Siti": "to_verify", "Tono": "to_verify", "Umi": "off_target"}
    assert month.outcomes("sembako") == {"Siti": "off_target", "Tono": "to_verify", "Umi": "off_target"}


def _judges_card(month: Month, place: int, decided_on: date | None) -> None:
    number = card(place + 1)
    month.lists("eligibility_decisions", family_card_number=number, outcome="SUDAH MAMPU", decided_on=decided_on)
