"""The tables of households, repairs, summaries, control totals and readiness, one named family at a time."""

from datetime import date
from pathlib import Path

import pytest

from tests.scenario import DISTRICT, OTHER_VILLAGE, VILLAGE, Month, born, card
from tests.told_together import Story, together
from welfare_pipeline.contracts.areas import district_name

HOUSEHOLDS = (
    "select member_names, registration, evidence, blockers, certainty from unregistered_poor_households "
    "order by member_names"
)


def test_a_proposed_family_is_an_unregistered_household_until_it_is_refused(month: Month) -> None:
    month.lists("proposals", "Siti", family_card_number=card(1))
    month.lists("proposals", "Ujang", family_card_number=card(1))
    month.lists("proposals", "Tono", family_card_number=card(2), outcome="TIDAK LAYAK")
    month.lists("proposals", "Wati", family_card_number=card(3), outcome="LAYAK", proposed_on=date(2021, 12, 1))
    month.reconcile()
    assert month.select(HOUSEHOLDS) == [(["Siti", "Ujang"], "none", ["PROPOSED"], [], "certain")]
    assert month.select("select members, sources from unregistered_poor_households") == [
        (
            2,
            [
                {"period": "2021-11", "source_file": "proposals.csv", "source_row": 1},
                {"period": "2021-11", "source_file": "proposals.csv", "source_row": 2},
            ],
        )
    ]


@together
def test_a_member_whom_several_lists_say_to_be_poor_is_named_once(month: Month) -> Story:
    for who in ("Siti", "Ujang"):
        month.lists("proposals", who, family_card_number=card(1))
    month.lists("eligibility_decisions", "Siti", family_card_number=card(1), outcome="LAYAK", name="Sitti")
    yield
    [(members, names, numbers)] = month.select(
        "select members, member_names, member_niks from unregistered_poor_households"
    )
    assert (members, sorted(names), sorted(numbers)) == (2, ["Sitti", "Ujang"], ["nik of Siti", "nik of Ujang"])


@together
def test_a_proposal_for_a_registered_person_is_no_evidence(month: Month) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("proposals", "Siti", family_card_number=card(9))
    yield
    assert month.select(HOUSEHOLDS) == []


def test_an_eligible_judgement_of_somebody_unregistered(month: Month) -> None:
    month.lists("pkh", "Siti")
    month.lists("eligibility_decisions", "Siti", outcome="LAYAK")
    month.lists("eligibility_decisions", "Tono", outcome="LAYAK", decided_on=date(2021, 9, 1))
    month.lists("eligibility_decisions", "Tono", outcome="SUDAH MAMPU", decided_on=date(2021, 10, 1))
    month.reconcile()
    assert month.select(HOUSEHOLDS) == [(["Siti"], "none", ["JUDGED_ELIGIBLE"], [], "certain")]


@together
def test_a_proposal_of_a_family_later_judged_well_off_is_no_evidence(month: Month) -> Story:
    month.lists("proposals", "Siti", family_card_number=card(1))
    month.lists("eligibility_decisions", family_card_number=card(1), outcome="SUDAH MAMPU")
    yield
    assert month.select(HOUSEHOLDS) == []


def test_an_unregistered_member_of_a_registered_family_makes_it_partial(month: Month) -> None:
    month.lists("registry", "Amat", family_card_number=card(1))
    month.lists("pbi_jkn", "Bayi", family_card_number=card(1))
    month.reconcile()
    assert month.select(HOUSEHOLDS) == [(["Bayi"], "partial", ["RECIPIENT_FAMILY"], [], "certain")]


@together
def test_an_unsettled_link_makes_a_household_possible(month: Month) -> Story:
    month.lists("registry", "Siti")
    month.lists("proposals", "Siti", family_card_number=card(2), band="review")
    yield
    assert month.select("select certainty from unregistered_poor_households") == [("possible",)]


@together
def test_the_dead_are_no_household(month: Month) -> Story:
    month.lists("proposals", "Siti", family_card_number=card(1))
    month.lists("civil_status", "Siti", status="MD")
    yield
    assert month.select(HOUSEHOLDS) == []


def test_what_stands_in_the_way_of_registration_is_named(month: Month) -> None:
    month.lists("village_meetings", village_code=VILLAGE, held_on=date(2021, 11, 3))
    month.lists("proposals", "Ani", birth_date=born(1980))
    month.lists("civil_status", "Ani", status="AKTIF", ktp_recorded=False)
    month.lists("proposals", "Bayu", birth_date=born(2015))
    month.lists("civil_status", "Bayu", status="AKTIF", ktp_recorded=False)
    month.lists("proposals", "Cici")
    month.lists("civil_status", "Cici", status="TT")
    month.lists("proposals", "Dedi", nik=None, nik_status="missing")
    month.lists("proposals", "Euis", village_code=OTHER_VILLAGE)
    month.lists("proposals", "Fitri")
    month.lists("complaints", "Fitri", kind="EXCLUDED", nik=None, nik_status="missing")
    month.lists("eligibility_decisions", "Gita", outcome="LAYAK", village_code=None)
    month.reconcile()
    blockers = dict(month.select("select member_names[1], blockers from unregistered_poor_households"))
    assert blockers == {
        "Ani": ["NO_E_KTP"],
        "Bayu": [],
        "Cici": ["NIK_NOT_IN_CIVIL_REGISTRY"],
        "Dedi": ["NIK_INVALID"],
        "Euis": ["VILLAGE_MEETING_NOT_HELD"],
        "Fitri": [],
        "Gita": [],
    }


@together
def test_a_decision_without_a_village_is_of_the_village_that_the_person_s_list_names(month: Month) -> Story:
    month.lists("pbi_jkn", "Gita", village_code=OTHER_VILLAGE)
    month.lists("eligibility_decisions", "Gita", outcome="LAYAK", village_code=None)
    yield
    assert month.select("select village_code from unregistered_poor_households") == [(OTHER_VILLAGE,)]


@together
def test_a_registered_family_that_no_list_names_is_unserved(month: Month) -> Story:
    for who, number in (("Amat", 1), ("Siti", 1), ("Tono", 2), ("Umi", 3)):
        month.lists("registry", who, family_card_number=card(number))
    month.lists("pkh", "Amat", family_card_number=card(1))
    month.lists("pbi_jkn", "Bayi", family_card_number=card(3))
    yield
    rows = month.select("select family_card_number, members, village_code from unserved_registered_households")
    assert rows == [(card(2), 1, VILLAGE)]


@pytest.mark.parametrize(("decile", "families"), [(5, 1), (6, 0), (None, 1)])
def test_a_family_above_every_decile_limit_need_not_be_served(
    tmp_path: Path, decile: int | None, families: int
) -> None:
    month = Month(tmp_path, "2025-04")
    month.lists("registry", "Tono", decile=decile)
    month.lists("registry", "Uang", decile=10)
    month.lists("pkh", "Uang")
    month.reconcile()
    assert month.select("select count(*) from unserved_registered_households") == [(families,)]


@pytest.mark.parametrize(
    ("ranked", "families"),
    [
        ({"decile_lowest": 5, "decile_highest": 10}, [(5, 10, False)]),
        ({"decile_lowest": 6, "decile_highest": 10}, []),
        ({"unranked": True}, [(None, None, True)]),
    ],
)
def test_a_family_that_may_be_within_a_limit_is_to_be_served(
    tmp_path: Path, ranked: dict[str, object], families: list[tuple[object, ...]]
) -> None:
    month = Month(tmp_path, "2025-06")
    month.lists("registry", "Tono", **ranked)
    month.lists("pkh", "Uang")
    month.reconcile()
    assert month.select("select decile, decile_highest, unranked from unserved_registered_households") == families


def test_an_unserved_family_is_proposed_by_the_path_that_its_rank_allows(tmp_path: Path) -> None:
    month = Month(tmp_path, "2025-11")
    month.lists("registry", "Siti", decile=3)
    month.lists("registry", "Tono", unranked=True)
    month.lists("pkh", "Uang")
    month.reconcile()
    paths = "select family_key, proposal_path, deadline_on, recommended_action from unserved_registered_households"
    [(siti, bansos, day, action), (tono, renewal, _, _)] = month.select(f"{paths} order by family_key")
    assert (siti, bansos, day) == ("family Siti", "USULAN_BANSOS", date(2025, 12, 11))
    assert (tono, renewal) == ("family Tono", "USULAN_PEMBARUAN_DATA")
    assert "Usulan Bansos" in action
    assert "until day 14" in action


@together
def test_a_broken_number_is_listed_with_the_registry_person_it_should_be(month: Month) -> Story:
    month.lists("registry", "Siti")
    month.lists("registry", "Budi", nik_status="bad_birth_date")
    month.lists("pkh", "Siti", nik="another", nik_status="wrong_length")
    month.lists("sembako", "Siti", nik="one digit off")
    month.lists("bst", "Siti")
    month.lists("elderly", "Asih", nik_warnings=["sex_mismatch"])
    month.lists("yapi", "Cici")
    month.lists("civil_status", "Cici", status="TT")
    yield
    rows = month.select(
        "select source, name, nik_status, warnings, civil_status, suggested_registry_person_key, suggested_nik "
        "from identity_repairs order by source"
    )
    assert rows == [
        ("elderly", "Asih", "valid", ["sex_mismatch"], None, None, None),
        ("pkh", "Siti", "wrong_length", [], None, "key of Siti", "nik of Siti"),
        ("registry", "Budi", "bad_birth_date", [], None, None, None),
        ("sembako", "Siti", "valid", ["nik_differs_from_registry"], None, "key of Siti", "nik of Siti"),
        ("yapi", "Cici", "valid", [], "TT", None, None),
    ]


RETURNED = "select source, name, returned_because from identity_repairs where len(returned_because) > 0 order by all"


def test_rows_with_an_invalid_number_or_card_are_returned_to_the_sender(tmp_path: Path) -> None:
    month = Month(tmp_path, "2025-11")
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("proposals", "Amat", family_card_number=card(2))
    month.lists("proposals", "Budi", nik="0", nik_status="placeholder", family_card_number=card(3))
    month.lists("proposals", "Cici", family_card_number="99", card_status="wrong_length")
    month.lists("proposals", "Dedi")  # others of this file have a card
    month.lists("proposals", "Elok", nik=None, nik_status="missing", family_card_number="0", card_status="placeholder")
    month.lists("pkh", "Siti")  # nobody of this file has a card: the list does not carry them
    month.lists("sembako", "Fitri", nik="15", nik_status="wrong_length", family_card_number=card(4))
    month.lists("eligibility_decisions", "Gani", nik="12", nik_status="wrong_length", outcome="LAYAK")
    month.reconcile()
    assert month.select(RETURNED) == [
        ("proposals", "Budi", ["NIK_INVALID"]),
        ("proposals", "Cici", ["CARD_INVALID"]),
        ("proposals", "Dedi", ["CARD_INVALID"]),
        ("proposals", "Elok", ["NIK_INVALID", "CARD_INVALID"]),
        ("sembako", "Fitri", ["NIK_INVALID"]),
    ]
    steps = "select name, card_status, next_step from identity_repairs where name in ('Budi', 'Cici') order by name"
    assert month.select(steps) == [
        ("Budi", "valid", "READ_FROM_CARD"),
        ("Cici", "wrong_length", "READ_CARD_NUMBER"),
    ]


def test_before_dtsen_nothing_is_returned(tmp_path: Path) -> None:
    month = Month(tmp_path, "2025-03")
    month.lists("proposals", "Amat", family_card_number=card(2))
    month.lists("proposals", "Budi", nik="0", nik_status="placeholder", family_card_number=card(3))
    month.lists("proposals", "Cici", family_card_number="99", card_status="wrong_length")
    month.reconcile()
    assert month.select("select name, returned_because from identity_repairs") == [("Budi", [])]


def test_published_figures_stand_beside_the_counted(month: Month) -> None:
    month.lists("population", village_code=VILLAGE, total=120)
    month.lists("registry", "Siti")
    month.lists("registry", "Amat", status="MD")
    month.lists("sembako", "Siti")
    for measure, value in (("population", 120), ("registry_persons", 1), ("sembako", 3), ("pkh", 5)):
        month.lists("control_totals", measure=measure, value=value)
    month.reconcile()
    rows = month.select("select measure, published, counted, difference from control_totals order by source_row")
    assert rows == [
        ("population", 120, 120, 0),
        ("registry_persons", 1, 1, 0),
        ("sembako", 3, 1, -2),
        ("pkh", 5, None, None),
    ]
    totals = month.select("select control_totals_published, control_totals_differing from district_summary")
    assert totals == [(3, 1)]


def test_beside_a_poverty_rate_stands_who_is_registered_in_the_lowest_decile(tmp_path: Path) -> None:
    month = Month(tmp_path, "2025-11")
    month.lists("population", village_code=VILLAGE, total=40)
    for name, decile in (("Siti", 1), ("Amat", 2), ("Tono", 10)):
        month.lists("registry", name, decile=decile)
    month.lists("pkh", "Siti")
    month.lists("control_totals", measure="susenas_poverty_rate", value=6.83)
    month.reconcile()
    [(published, counted, difference, words)] = month.select(
        "select published, counted, difference, explanation from control_totals"
    )
    assert (published, counted, difference) == (6.83, 2.5, None)
    assert words.startswith("For information")
    totals = "select control_totals_published, control_totals_differing from district_summary"
    assert month.select(totals) == [(0, 0)]  # no figure that could differ


@together
def test_readiness_counts_only_meetings_held_by_the_end_of_the_month(month: Month) -> Story:
    for village, held_on in ((VILLAGE, date(2021, 11, 3)), (OTHER_VILLAGE, date(2021, 12, 3))):
        month.lists("population", village_code=village, total=10, ktp_eligible=8, ktp_recorded=6)
        month.lists("village_meetings", village_code=village, held_on=held_on, minutes_number="BA/1")
    month.lists("population", village_code="1401012003", total=10)
    month.lists("proposals", "Siti")
    yield
    rows = month.select(
        "select village_code, meeting_held, minutes_number, proposals, ktp_recorded_share from village_readiness"
    )
    assert rows == [
        (VILLAGE, True, "BA/1", 1, 0.75),
        (OTHER_VILLAGE, False, None, 0, 0.75),
        ("1401012003", None, None, 0, None),
    ]


def test_summaries_add_up_also_for_people_of_an_unknown_village(month: Month) -> None:
    month.lists("population", village_code=VILLAGE, village_name="Sungai Jalau", total=4)
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("registry", "Amat", village_code=None)
    month.lists("sembako", "Siti", family_card_number=card(1))
    month.lists("sembako", "Siti", family_card_number=card(1))
    month.lists("sembako", "Tono", village_code=None)
    month.lists("pbi_jkn", "Umi", village_code=None)
    month.reconcile()
    villages = month.select(
        "select village_code, population, registry_persons, recipients, off_target, to_verify, on_target "
        "from village_summary order by village_code nulls last"
    )
    assert villages == [(VILLAGE, 4, 1, 2, 1, 0, 1), (None, None, 1, 2, 1, 1, 0)]
    district = month.select(
        "select district_name, population, registry_persons, registry_coverage, recipients, persons, "
        "recipients_sembako, persons_sembako, off_target, to_verify, unresolved, on_target from district_summary"
    )
    assert district == [(district_name(DISTRICT), 4, 2, 0.5, 4, 3, 3, 2, 2, 1, 0, 1)]
    programmes = month.select(
        "select programme, rows_landed, off_target, duplicate_person, not_in_registry, pbi_outside_registry, deceased "
        "from programme_summary order by programme"
    )
    assert programmes == [("pbi_jkn", 1, 0, 0, 0, 1, 0), ("sembako", 3, 2, 1, 1, 0, 0)]
