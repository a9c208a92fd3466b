"""Poor households that the registry ranks above every programme's limit, or not at all."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.scenario import VILLAGE, Month, card
from tests.told_together import Story, together

PERIOD = "2025-11"


def households(month: Month, columns: str) -> list[tuple[Any, ...]]:
    """These columns of every household, by the name of its first member."""
    return month.select(f"select {columns} from misranked_poor_households order by member_names[1], household_key")


@together
def test_who_is_poor_by_evidence_and_ranked_above_every_limit_is_listed_with_the_way_out(
    month: Month,
) -> Story:
    month.lists("registry", "Siti", decile=7, family_card_number=card(1), snapshot="2025-Q3")
    month.lists("proposals", "Siti", family_card_number=card(1), proposed_on=date(2025, 11, 5))
    month.lists("sembako", "Siti", family_card_number=card(1))
    yield
    columns = "members, village_code, evidence, certainty, decile, snapshot, decile_limit, proposal_path, deadline_on"
    assert households(month, columns) == [
        (1, VILLAGE, ["PROPOSED"], "certain", "7", "2025-Q3", 5, "USULAN_PEMBARUAN_DATA", date(2025, 12, 11))
    ]
    [(missed, action)] = households(month, "programmes_missed, recommended_action")
    assert missed == ["pkh", "pbi_jkn", "blt_kesra", "rice_aid"]  # Sembako reaches the family
    assert "Usulan Pembaruan Data" in action
    assert "1 to 11" in action
    assert "until day 14" in action
    assert "until day 17" in action


@together
def test_a_misranked_member_whom_several_lists_say_to_be_poor_is_named_once(month: Month) -> Story:
    month.lists("registry", "Siti", decile=7, family_card_number=card(1))
    month.lists("proposals", "Siti", family_card_number=card(1), proposed_on=date(2025, 11, 5))
    month.lists("eligibility_decisions", "Siti", outcome="LAYAK", decided_on=date(2025, 11, 5))
    yield
    assert households(month, "members, member_names, member_niks") == [(1, ["Siti"], ["nik of Siti"])]


@pytest.mark.parametrize(
    ("ranked", "decile"),
    [
        ({"decile": 5}, []),
        ({"decile": 6}, ["6"]),
        ({"decile_lowest": 6, "decile_highest": 10}, ["6-10"]),
        ({"decile_lowest": 5, "decile_highest": 10}, []),
        ({"unranked": True}, ["unranked"]),
        ({}, []),
        ({"decile": 9, "status": "MD"}, []),
    ],
)
@together
def test_all_of_the_range_is_above_or_the_registry_says_unranked(
    month: Month, ranked: dict[str, Any], decile: list[str]
) -> Story:
    month.lists("registry", "Siti", **ranked)
    month.lists("eligibility_decisions", "Siti", outcome="LAYAK")
    yield
    assert [row[0] for row in households(month, "decile")] == decile


@pytest.mark.parametrize(
    ("source", "values", "evidence"),
    [
        ("proposals", {}, ["PROPOSED"]),
        ("proposals", {"outcome": "TIDAK LAYAK"}, []),
        ("eligibility_decisions", {"outcome": "LAYAK"}, ["JUDGED_ELIGIBLE"]),
        ("eligibility_decisions", {"outcome": "TIDAK LAYAK"}, []),
        ("complaints", {"kind": "EXCLUDED"}, ["COMPLAINT"]),
        ("complaints", {"kind": "INCLUDED"}, []),
        ("sembako", {}, []),
    ],
)
@together
def test_only_evidence_of_poverty_counts(
    month: Month, source: str, values: dict[str, Any], evidence: list[str]
) -> Story:
    month.lists("registry", "Siti", decile=8)
    month.lists(source, "Siti", **values)
    yield
    assert [kind for row in households(month, "evidence") for kind in row[0]] == evidence


@pytest.mark.parametrize(
    ("wifes_card", "found"), [(card(1), []), (card(2), ["7"])], ids=["of one family", "of another"]
)
@together
def test_a_judgement_against_the_wife_holds_though_the_proposal_names_an_older_card(
    month: Month, wifes_card: str, found: list[str]
) -> Story:
    month.lists("registry", "Firman", decile=7, family_card_number=card(1))
    month.lists("registry", "Cindy", decile=7, family_card_number=wifes_card)
    month.lists("eligibility_decisions", "Cindy", outcome="TIDAK LAYAK", family_card_number=wifes_card)
    month.lists("proposals", "Firman", family_card_number=card(3))
    yield
    assert [row[0] for row in households(month, "decile")] == found


@together
def test_evidence_that_names_only_a_card_is_of_its_active_members(month: Month) -> Story:
    month.lists("registry", "Budi", decile=8, family_card_number=card(4))
    month.lists("complaints", kind="EXCLUDED", family_card_number=card(4))
    month.lists("complaints", kind="EXCLUDED", family_card_number=card(5))
    yield
    assert households(month, "household_key, family_card_number, certainty") == [
        (f"family {card(4)}", card(4), "certain")
    ]


@together
def test_a_link_that_people_have_to_settle_makes_it_possible(month: Month) -> Story:
    month.lists("registry", "Amat", decile=8)
    month.lists("proposals", "Amat", band="review")
    yield
    assert households(month, "certainty, next_step") == [("possible", "SETTLE_PAIRS")]


@together
def test_it_is_about_nobody_whose_family_was_judged_not_to_be_poor(month: Month) -> Story:
    for who, number in {"Firman": 1, "Cindy": 1, "Amat": 2, "Ana": 2}.items():
        month.lists("registry", who, decile=7, family_card_number=card(number))
    month.lists("eligibility_decisions", "Cindy", outcome="TIDAK LAYAK", family_card_number=card(1))
    for who in ("Firman", "Amat"):
        month.lists("complaints", who, kind="EXCLUDED", band="review")
    yield
    assert households(month, "household_key, certainty") == [(f"family {card(2)}", "possible")]


def test_an_unsettled_complaint_is_remembered_until_people_say_that_it_is_about_somebody_else(tmp_path: Path) -> None:
    def reconciled(period: str, *answers: str) -> list[tuple[Any, ...]]:
        month = Month(tmp_path, period)
        month.lists("registry", "Amat", decile=8)
        if period == PERIOD:
            month.lists("complaints", "Amat", kind="EXCLUDED", band="review", received_on=date(2025, 11, 20))
            month.links[-1] |= {"person_key": "key of whoever complained"}
        for answer in answers:
            month.answers(answer, "key of whoever complained", "key of Amat")
        month.reconcile()
        return households(month, "household_key, certainty, evidence")

    possible = [("family Amat", "possible", ["COMPLAINT"])]
    assert reconciled(PERIOD) == possible
    assert reconciled("2025-12") == possible
    assert reconciled("2026-01", "DIFFERENT") == []
    assert reconciled("2026-02") == []


def test_the_verify_limit_counts_as_within_and_before_limits_nobody_is_misranked(tmp_path: Path) -> None:
    for period, found in (("2026-02", ["6"]), ("2025-03", [])):
        month = Month(tmp_path, period)
        for who, decile in {"Siti": 5, "Budi": 6}.items():
            month.lists("registry", who, decile=decile)
            month.lists("proposals", who)
        month.reconcile()
        assert [row[0] for row in households(month, "decile")] == found


def test_summaries_count_them(month: Month) -> None:
    month.lists("population", village_code=VILLAGE, total=10)
    month.lists("registry", "Siti", decile=7)
    month.lists("proposals", "Siti")
    month.reconcile()
    columns = "misranked_households_certain, misranked_households_possible"
    assert month.select(f"select {columns} from district_summary") == [(1, 0)]
    assert month.select(f"select {columns} from village_summary") == [(1, 0)]


THIS, LAST, LONG_AGO = date(2025, 11, 20), date(2025, 10, 20), date(2024, 10, 20)
MEETING, PROPOSAL, LOOKED_UP = "eligibility_decisions", ("proposals", {}), "civil_status"
STANDING: list[tuple[list[tuple[str, dict[str, Any]]], list[str]]] = [
    # what is said of somebody in decile 8, and what of it still shows poverty at the end of November 2025
    ([("proposals", {"proposed_on": LONG_AGO})], []),
    ([("proposals", {"proposed_on": date(2024, 12, 20)})], ["PROPOSED"]),
    ([("proposals", {"outcome": "DITARIK"})], []),
    ([("proposals", {"proposed_on": LAST}), ("proposals", {"proposed_on": THIS, "outcome": "TIDAK LAYAK"})], []),
    (
        [("proposals", {"proposed_on": LAST, "outcome": "TIDAK LAYAK"}), ("proposals", {"proposed_on": THIS})],
        ["PROPOSED"],
    ),
    ([("proposals", {"proposed_on": date(2025, 12, 1)})], []),
    ([(MEETING, {"outcome": "LAYAK", "decided_on": LONG_AGO})], []),
    ([(MEETING, {"outcome": "LAYAK", "decided_on": date(2024, 12, 20)})], ["JUDGED_ELIGIBLE"]),
    ([(MEETING, {"outcome": "LAYAK", "programme": "pkh"})], ["JUDGED_ELIGIBLE"]),
    ([(MEETING, {"outcome": "LAYAK", "decided_on": date(2025, 12, 1)})], []),
    (
        [
            (MEETING, {"outcome": "TIDAK LAYAK", "decided_on": LAST}),
            (MEETING, {"outcome": "LAYAK", "decided_on": THIS}),
        ],
        ["JUDGED_ELIGIBLE"],
    ),
    ([(MEETING, {"outcome": "LAYAK", "decided_on": LAST}), (MEETING, {"outcome": "MM", "decided_on": THIS})], []),
    ([(MEETING, {"outcome": "TIDAK LAYAK", "decided_on": date(2023, 10, 20)}), PROPOSAL], ["PROPOSED"]),
    ([(MEETING, {"outcome": "TIDAK LAYAK", "decided_on": LONG_AGO}), PROPOSAL], []),
    ([(MEETING, {"outcome": "TIDAK LAYAK", "programme": "pkh"}), PROPOSAL], ["PROPOSED"]),
    ([(MEETING, {"outcome": "MD", "decided_on": LAST}), PROPOSAL], []),
    ([(MEETING, {"outcome": "PD", "decided_on": LAST}), PROPOSAL], []),
    (
        [(MEETING, {"outcome": "PD", "decided_on": LAST}), (MEETING, {"outcome": "DD", "decided_on": THIS}), PROPOSAL],
        ["PROPOSED"],
    ),
    ([(LOOKED_UP, {"status": "MD", "status_date": LAST}), ("complaints", {"kind": "EXCLUDED"})], []),
    ([(LOOKED_UP, {"status": "AKTIF"}), ("complaints", {"kind": "EXCLUDED"})], ["COMPLAINT"]),
    ([("complaints", {"kind": "EXCLUDED", "received_on": date(2025, 12, 1)})], []),
]


@together
def test_what_is_said_of_somebody_counts_as_long_as_it_stands(month: Month) -> Story:
    for number, (said, _) in enumerate(STANDING):
        who = f"Siti {number:02}"
        month.lists("registry", who, decile=8)
        for source, values in said:
            month.lists(source, who, **values)
    yield
    found = dict(households(month, "member_names[1], evidence"))
    assert found == {f"Siti {number:02}": shown for number, (_, shown) in enumerate(STANDING) if shown}


@together
def test_what_was_said_of_a_wife_who_died_is_said_of_the_family_she_left(month: Month) -> Story:
    for who, number in {"Nabila": 1, "Fajar": 1, "Hasan": 2, "Husna": 2}.items():
        month.lists("registry", who, decile=6, family_card_number=card(number))
    month.lists(MEETING, "Nabila", outcome="LAYAK", decided_on=LAST, family_card_number=card(1))
    month.lists("proposals", "Hasan", family_card_number=card(2))
    for who in ("Nabila", "Hasan", "Husna"):
        month.lists(LOOKED_UP, who, status="MD", status_date=THIS)
    yield
    assert households(month, "family_card_number, evidence") == [(card(1), ["JUDGED_ELIGIBLE"])]


@together
def test_who_arrives_ends_no_judgement_and_is_none(month: Month) -> Story:
    for number, (head, wife) in enumerate([("Amat", "Ana"), ("Badu", "Bunga")], start=1):
        for who in (head, wife):
            month.lists("registry", who, decile=8, family_card_number=card(number))
        month.lists(MEETING, wife, outcome="DD", decided_on=THIS, family_card_number=card(number))
        month.lists("proposals", head, family_card_number=card(number))
    month.lists(MEETING, "Ana", outcome="TIDAK LAYAK", decided_on=LAST, family_card_number=card(1))
    yield
    assert households(month, "member_names[1], evidence") == [("Badu", ["PROPOSED"])]


@together
def test_two_signals_under_two_cards_are_of_the_one_family_that_the_registry_knows(month: Month) -> Story:
    month.lists("registry", "Siti", decile=7, family_card_number=card(1))
    month.lists("registry", "Budi", decile=7, family_card_number=card(1))
    month.lists("proposals", "Siti", family_card_number=card(1))
    month.lists("proposals", "Budi", family_card_number=card(2))
    month.lists("complaints", "Budi", kind="EXCLUDED")
    yield
    columns = "household_key, members, evidence, family_card_number, len(sources)"
    assert households(month, columns) == [(f"family {card(1)}", 2, ["COMPLAINT", "PROPOSED"], card(1), 3)]


@together
def test_on_a_card_in_two_deciles_it_is_the_member_meant_who_counts(month: Month) -> Story:
    for number, (head, wife) in enumerate([("Amat", "Ana"), ("Badu", "Bunga"), ("Cahyo", "Citra")], start=1):
        month.lists("registry", head, decile=3, family_card_number=card(number))
        month.lists("registry", wife, decile=9, family_card_number=card(number))
    month.lists("proposals", "Amat", family_card_number=card(1))
    month.lists("proposals", "Bunga", family_card_number=card(2))
    month.lists("complaints", kind="EXCLUDED", family_card_number=card(3))
    yield
    assert households(month, "family_card_number, members, decile") == [(card(2), 1, "9"), (card(3), 1, "9")]


@together
def test_a_family_that_every_programme_reaches_is_misranked_all_the_same(month: Month) -> Story:
    month.lists("registry", "Siti", decile=8, family_card_number=card(1))
    month.lists("complaints", "Siti", kind="EXCLUDED")
    for programme in ("pkh", "sembako", "pbi_jkn", "blt_kesra", "rice_aid"):
        month.lists(programme, "Siti", family_card_number=card(1))
    yield
    assert households(month, "decile, programmes_missed") == [("8", [])]


@together
def test_what_stands_in_the_way_of_a_new_rank_is_named(month: Month) -> Story:
    month.lists("village_meetings", village_code=VILLAGE, held_on=None)
    for who in ("Amat", "Badu", "Cahyo"):
        month.lists("registry", who, decile=8)
        month.lists("proposals", who)
    month.lists("civil_status", "Amat", status="AKTIF", ktp_recorded=False)
    month.lists("civil_status", "Badu", status="TT")
    month.lists("registry", "Dewi", decile=8, nik="12", nik_status="wrong_length")
    month.lists("proposals", "Dewi", nik="12", nik_status="wrong_length")
    month.lists("registry", "Eko", decile=8)
    month.lists("proposals", "Eko", nik="12", nik_status="wrong_length")
    yield
    meeting = "VILLAGE_MEETING_NOT_HELD"
    assert dict(households(month, "member_names[1], blockers")) == {
        "Amat": ["NO_E_KTP", meeting],
        "Badu": ["NIK_NOT_IN_CIVIL_REGISTRY", meeting],
        "Cahyo": [meeting],
        "Dewi": ["NIK_INVALID", meeting],
        "Eko": [meeting],
    }
