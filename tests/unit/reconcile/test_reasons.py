"""Each reason with two named people: it applies to the first, and nearly applies to the second."""

from datetime import date
from pathlib import Path

import pytest

from tests.scenario import Month, born, card
from tests.told_together import Story, together
from welfare_pipeline.contracts.policy import load_policy


@together
def test_a_registered_recipient_is_on_target(month: Month) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("pkh", "Siti", family_card_number=card(1))
    yield
    assert month.outcomes() == {"Siti": "on_target"}
    assert month.reasons() == {"Siti": []}


@together
def test_a_death_in_the_civil_registry_counts_from_its_date(month: Month) -> Story:
    for who in ("Amat", "Budi", "Citra"):
        month.lists("registry", who)
        month.lists("sembako", who)
    month.lists("civil_status", "Amat", status="MD", status_date=date(2021, 11, 30))
    month.lists("civil_status", "Budi", status="MD", status_date=date(2021, 12, 1))
    month.lists("civil_status", "Citra", status="MD")
    yield
    assert month.reasons() == {"Amat": ["DECEASED"], "Budi": [], "Citra": ["DECEASED"]}


@together
def test_the_latest_answer_of_the_civil_registry_holds(month: Month) -> Story:
    month.lists("registry", "Amat")
    month.lists("sembako", "Amat")
    month.lists("civil_status", "Amat", status="MD", status_date=date(2021, 9, 1))
    month.lists("civil_status", "Amat", status="AKTIF", status_date=date(2021, 10, 1))
    yield
    assert month.reasons() == {"Amat": []}


@together
def test_a_registry_status_of_death_or_move_says_so_and_not_that_they_are_unregistered(month: Month) -> Story:
    month.lists("registry", "Amat", status="MD", status_date=date(2021, 5, 1))
    month.lists("registry", "Budi", status="PD")
    month.lists("registry", "Citra", status="TT")
    month.lists("registry", "Dewi", status="MD", status_date=date(2021, 12, 5))
    for who in ("Amat", "Budi", "Citra", "Dewi"):
        month.lists("pkh", who)
    yield
    assert month.reasons() == {
        "Amat": ["DECEASED"],
        "Budi": ["MOVED_AWAY"],
        "Citra": ["NOT_IN_REGISTRY"],
        "Dewi": [],
    }


@together
def test_a_death_concerns_the_person_named_and_not_the_family(month: Month) -> Story:
    month.lists("registry", "Amat", family_card_number=card(1))
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("pkh", "Siti", family_card_number=card(1))
    month.lists("pbi_jkn", "Amat", family_card_number=card(1))
    month.lists("eligibility_decisions", "Amat", family_card_number=card(1), outcome="MD")
    yield
    assert month.reasons() == {"Siti": [], "Amat": ["DECEASED"]}


@pytest.mark.parametrize(("seen_again", "reasons"), [("Siti", ["DECEASED"]), ("Amat", [])])
@together
def test_a_later_judgement_of_a_relative_brings_nobody_back_to_life(
    month: Month, seen_again: str, reasons: list[str]
) -> Story:
    for who in ("Amat", "Siti"):
        month.lists("registry", who, family_card_number=card(1))
    month.lists("pkh", "Amat", family_card_number=card(1))
    month.lists("eligibility_decisions", "Amat", outcome="MD", decided_on=date(2021, 2, 1))
    month.lists("eligibility_decisions", seen_again, outcome="LAYAK", decided_on=date(2021, 6, 1))
    yield
    assert month.reasons() == {"Amat": reasons}


@together
def test_who_died_or_left_by_the_answer_of_one_programme_did_so_in_every_programme(month: Month) -> Story:
    gone = {"Amat": "MD", "Budi": "PD", "Citra": "TT", "Dewi": "PD", "Edi": "MD"}
    for place, (who, outcome) in enumerate(gone.items(), 1):
        month.lists("registry", who, family_card_number=card(place))
        for programme in ("pbi_jkn", "sembako"):
            month.lists(programme, who, family_card_number=card(place))
        month.lists("eligibility_decisions", who, programme="sembako", outcome=outcome, decided_on=date(2021, 9, 1))
    month.lists("eligibility_decisions", "Dewi", programme="pbi_jkn", outcome="LAYAK", decided_on=date(2021, 10, 1))
    month.lists("eligibility_decisions", "Edi", programme="pbi_jkn", outcome="TIDAK LAYAK", decided_on=date(2021, 8, 1))
    yield
    told = {"Amat": ["DECEASED"], "Budi": ["MOVED_AWAY"], "Citra": ["NOT_FOUND"], "Dewi": [], "Edi": ["DECEASED"]}
    assert month.reasons("pbi_jkn") == told
    assert month.reasons("sembako") == told


@together
def test_a_decision_that_names_only_the_card_concerns_every_member(month: Month) -> Story:
    for who, number in (("Amat", 1), ("Siti", 1), ("Wati", 2)):
        month.lists("registry", who, family_card_number=card(number))
        month.lists("pbi_jkn", who, family_card_number=card(number))
    month.lists("eligibility_decisions", family_card_number=card(1), outcome="PD")
    yield
    assert month.reasons() == {"Amat": ["MOVED_AWAY"], "Siti": ["MOVED_AWAY"], "Wati": []}


@together
def test_a_judgement_of_one_member_binds_family_programmes_only(month: Month) -> Story:
    for who in ("Amat", "Siti"):
        month.lists("registry", who, family_card_number=card(1))
    month.lists("pkh", "Siti", family_card_number=card(1))
    month.lists("pbi_jkn", "Siti", family_card_number=card(1))
    month.lists("eligibility_decisions", "Amat", family_card_number=card(1), outcome="SUDAH MAMPU")
    yield
    assert month.reasons("pkh") == {"Siti": ["JUDGED_INELIGIBLE"]}
    assert month.reasons("pbi_jkn") == {"Siti": []}


@together
def test_a_decision_for_another_programme_does_not_count(month: Month) -> Story:
    month.lists("registry", "Siti")
    month.lists("pkh", "Siti")
    month.lists("sembako", "Siti")
    month.lists("eligibility_decisions", "Siti", outcome="TIDAK LAYAK", programme="pkh")
    yield
    assert month.reasons("pkh") == {"Siti": ["JUDGED_INELIGIBLE"]}
    assert month.reasons("sembako") == {"Siti": []}


@pytest.mark.parametrize(
    ("first", "second", "reasons"),
    [
        (date(2021, 10, 1), date(2021, 11, 1), []),
        (date(2021, 11, 1), date(2021, 10, 1), ["JUDGED_INELIGIBLE"]),
        (date(2021, 10, 1), date(2021, 10, 1), []),
        (date(2021, 10, 1), date(2021, 12, 1), ["JUDGED_INELIGIBLE"]),
        (None, date(2021, 1, 1), ["JUDGED_INELIGIBLE"]),  # an undated one is of the month's last day
    ],
)
@together
def test_the_latest_decision_holds_by_date_then_file_order(
    month: Month, first: date | None, second: date, reasons: list[str]
) -> Story:
    month.lists("registry", "Siti")
    month.lists("pkh", "Siti")
    month.lists("eligibility_decisions", "Siti", outcome="TIDAK LAYAK", decided_on=first)
    month.lists("eligibility_decisions", "Siti", outcome="LAYAK", decided_on=second)
    yield
    assert month.reasons() == {"Siti": reasons}


@together
def test_a_person_who_could_not_be_found(month: Month) -> Story:
    month.lists("registry", "Siti")
    month.lists("pkh", "Siti")
    month.lists("eligibility_decisions", "Siti", outcome="TT")
    yield
    assert month.reasons() == {"Siti": ["NOT_FOUND"]}


@together
def test_the_second_row_of_a_person_in_one_stage_is_a_duplicate(month: Month) -> Story:
    month.lists("registry", "Siti")
    month.lists("pkh", "Siti", stage="Tahap 1")
    month.lists("pkh", "Siti", stage="01", nik="another number")
    month.lists("pkh", "Siti", stage="2")
    yield
    rows = month.select("select source_row, reasons from recipient_outcomes order by source_row")
    assert rows == [(1, []), (2, ["DUPLICATE_PERSON"]), (3, [])]


@together
def test_a_second_member_of_one_card_doubles_a_family_programme_only(month: Month) -> Story:
    for who, number in (("Amat", 1), ("Siti", 1), ("Wati", 2)):
        month.lists("registry", who, family_card_number=card(number))
        month.lists("sembako", who, family_card_number=card(number))
        month.lists("pbi_jkn", who, family_card_number=card(number))
    yield
    assert month.reasons("sembako") == {"Amat": [], "Siti": ["DUPLICATE_FAMILY"], "Wati": []}
    assert month.reasons("pbi_jkn") == {"Amat": [], "Siti": [], "Wati": []}


@together
def test_a_card_number_typed_on_half_the_village_proves_no_family(month: Month) -> Story:
    people = [f"Orang {number}" for number in range(30)]
    for who in people:
        month.lists("registry", who)
        month.lists("sembako", who, family_card_number=card(1))
    yield
    assert set(month.outcomes().values()) == {"on_target"}


@together
def test_bst_yields_to_pkh_and_sembako_of_the_family(month: Month) -> Story:
    for who, number in (("Amat", 1), ("Siti", 1), ("Wati", 2)):
        month.lists("registry", who, family_card_number=card(number))
    month.lists("pkh", "Amat", family_card_number=card(1))
    month.lists("bst", "Siti", family_card_number=card(1))
    month.lists("bst", "Wati", family_card_number=card(2))
    yield
    assert month.reasons("bst") == {"Siti": ["EXCLUSIVE_PROGRAMMES"], "Wati": []}
    assert month.reasons("pkh") == {"Amat": []}


@together
def test_a_stranger_is_not_in_the_registry_but_a_family_member_is_covered_by_the_card(month: Month) -> Story:
    month.lists("registry", "Amat", family_card_number=card(1))
    month.lists("registry", "Lama", family_card_number=card(3), status="TT")
    for programme in ("pkh", "pbi_jkn", "elderly"):
        month.lists(programme, "Siti", family_card_number=card(1), birth_date=born(1950))
        month.lists(programme, "Tono", family_card_number=card(2), birth_date=born(1950))
        month.lists(programme, "Umi", family_card_number=card(3), birth_date=born(1950))
    yield
    assert month.reasons("pkh") == {"Siti": [], "Tono": ["NOT_IN_REGISTRY"], "Umi": ["NOT_IN_REGISTRY"]}
    outside = ["PBI_OUTSIDE_REGISTRY"]
    assert month.reasons("pbi_jkn") == {"Siti": outside, "Tono": outside, "Umi": outside}
    assert month.reasons("elderly") == {"Siti": [], "Tono": [], "Umi": []}
    assert month.outcomes("pkh")["Tono"] == "off_target"
    assert month.outcomes("pbi_jkn")["Tono"] == "to_verify"


def test_a_stranger_under_a_registered_person_s_number_is_outside_the_registry_for_pbi_alone(month: Month) -> None:
    month.lists("registry", "Siti", nik="nik of Siti")
    for programme in ("pbi_jkn", "pkh"):
        month.lists(programme, "Budi", nik="nik of Siti", band="review")
        month.dispute(programme, "Siti")
    month.reconcile()
    assert month.reasons("pbi_jkn") == {"Budi": ["PBI_OUTSIDE_REGISTRY"]}
    assert month.outcomes("pbi_jkn") == {"Budi": "to_verify"}
    assert month.outcomes("pkh") == {"Budi": "unresolved"}


def test_a_namesake_born_on_the_same_day_with_all_else_of_her_own_is_outside_the_registry_for_pbi(month: Month) -> None:
    siti = {"birth_date": date(1980, 3, 12), "nik": "1401015203800001", "family_card_number": card(1)}
    elsewhere = {"nik": "1401195203800001", "family_card_number": card(2), "village_code": "1401192003"}
    broken = {"nik": None, "nik_status": "missing"}  # who has no number may have hers
    for who, own in {
        "Siti": elsewhere,
        "Wati": elsewhere | broken,
        "Yuni": elsewhere | {"family_card_number": None},
        "Rina": elsewhere | {"village_code": "1401012002"},
    }.items():
        month.lists("registry", who, village_code="1401012001", **siti)
        month.lists("pbi_jkn", who, band="review", **{**siti, **own})
    month.reconcile()
    others = {"Wati": "unresolved", "Yuni": "unresolved", "Rina": "unresolved"}
    assert month.outcomes("pbi_jkn") == {"Siti": "to_verify"} | others


@together
def test_a_decision_settles_people_outside_the_registry(month: Month) -> Story:
    for who, outcome in (("Siti", "LAYAK"), ("Tono", "TIDAK LAYAK")):
        month.lists("pkh", who)
        month.lists("pbi_jkn", who)
        month.lists("eligibility_decisions", who, outcome=outcome)
    month.lists("pbi_jkn", "Umi")
    month.lists("eligibility_decisions", "Umi", outcome="TIDAK LAYAK", programme="pkh")
    yield
    assert month.reasons("pkh") == {"Siti": [], "Tono": ["JUDGED_INELIGIBLE", "NOT_IN_REGISTRY"]}
    assert month.reasons("pbi_jkn") == {"Siti": [], "Tono": ["JUDGED_INELIGIBLE"], "Umi": ["PBI_OUTSIDE_REGISTRY"]}


@together
def test_an_unsettled_identity_is_unresolved_unless_something_certain_is_known(month: Month) -> Story:
    month.lists("registry", "Siti")
    month.lists("registry", "Amat")
    month.lists("pkh", "Siti", band="review")
    month.lists("pkh", "Amat", family_card_number=card(5), band="review")
    month.lists("eligibility_decisions", family_card_number=card(5), outcome="TIDAK LAYAK")
    yield
    assert month.outcomes() == {"Siti": "unresolved", "Amat": "off_target"}
    assert month.reasons()["Siti"] == []


@pytest.mark.parametrize(("period", "reasons"), [("2025-03", []), ("2025-04", ["DECILE_ABOVE_LIMIT"])])
def test_decile_limits_hold_from_their_date(tmp_path: Path, period: str, reasons: list[str]) -> None:
    month = Month(tmp_path, period)
    month.lists("registry", "Siti", decile=5)
    month.lists("pkh", "Siti")
    month.lists("sembako", "Siti")
    month.reconcile()
    assert month.reasons("pkh") == {"Siti": reasons}
    assert month.reasons("sembako") == {"Siti": []}


@pytest.mark.parametrize(
    ("ranked", "reasons"),
    [
        ({"decile_lowest": 6, "decile_highest": 10}, ["DECILE_ABOVE_LIMIT"]),
        ({"decile_lowest": 5, "decile_highest": 10}, []),
        ({"decile_lowest": 1, "decile_highest": 4}, []),
        ({"unranked": True}, ["NOT_RANKED"]),
        ({"unranked": False, "decile": 5}, []),
        ({}, []),
    ],
)
def test_all_of_a_range_must_be_above_the_limit_and_no_rank_is_a_question(
    tmp_path: Path, ranked: dict[str, object], reasons: list[str]
) -> None:
    month = Month(tmp_path, "2025-06")
    month.lists("registry", "Siti", **ranked)
    month.lists("sembako", "Siti")
    month.lists("elderly", "Siti", birth_date=born(1950))
    month.reconcile()
    assert month.reasons("sembako") == {"Siti": reasons}
    assert month.reasons("elderly") == {"Siti": []}
    outcome = {"DECILE_ABOVE_LIMIT": "off_target", "NOT_RANKED": "to_verify"}
    assert month.outcomes("sembako") == {"Siti": outcome[reasons[0]] if reasons else "on_target"}


@together
def test_without_a_limit_in_that_month_it_does_not_matter_who_is_not_ranked(month: Month) -> Story:
    month.lists("registry", "Siti", unranked=True)
    month.lists("sembako", "Siti")
    yield
    assert month.reasons() == {"Siti": []}


@pytest.mark.parametrize(
    ("status", "on", "reasons"),
    [
        ("MD", None, ["DECEASED"]),
        ("MD", date(2021, 11, 30), ["DECEASED"]),
        ("MD", date(2021, 12, 1), []),
        ("PD", None, ["MOVED_AWAY"]),
        ("TT", None, []),
        ("AKTIF", None, []),
    ],
)
@together
def test_what_a_programme_s_own_list_says_counts_for_all_rows_of_the_person(
    month: Month, status: str, on: date | None, reasons: list[str]
) -> Story:
    for who in ("Amat", "Siti"):
        month.lists("registry", who, family_card_number=card(1))
    month.lists("pkh", "Amat", family_card_number=card(1), status=status, status_date=on)
    month.lists("pbi_jkn", "Amat", family_card_number=card(1))
    month.lists("sembako", "Siti", family_card_number=card(1))
    yield
    assert month.reasons("pkh") == {"Amat": reasons}
    assert month.reasons("pbi_jkn") == {"Amat": reasons}
    assert month.reasons("sembako") == {"Siti": []}


@together
def test_who_has_died_by_a_programme_s_list_is_neither_unregistered_nor_a_poor_member_to_add(
    month: Month,
) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("pbi_jkn", "Amat", family_card_number=card(1), status="MD")
    month.lists("pbi_jkn", "Umar", family_card_number=card(1))
    yield
    assert month.reasons() == {"Amat": ["DECEASED"], "Umar": ["PBI_OUTSIDE_REGISTRY"]}
    assert month.select("select member_names from unregistered_poor_households") == [(["Umar"],)]


@pytest.mark.parametrize("status", ["KPM MENINGGAL", "PINDAH/TIDAK DITEMUKAN"])
@together
def test_a_bank_s_remark_of_death_or_move_is_a_question_and_nothing_more(month: Month, status: str) -> Story:
    month.lists("registry", "Siti")
    month.lists("pkh", "Siti", stage="Tahap III")
    month.lists("disbursements", "Siti", programme="pkh", stage="3/2021", status=status)
    yield
    assert month.reasons() == {"Siti": ["NOT_TRANSACTED"]}
    assert month.outcomes() == {"Siti": "to_verify"}
    [(evidence,)] = month.select("select evidence from off_target_recipients")
    assert evidence == f"NOT_TRANSACTED: {status}, undated: disbursements.csv row 1"


@pytest.mark.parametrize(
    ("birth_date", "reasons"),
    [(born(1961, 11, 30), []), (born(1961, 12, 1), ["AGE_OUT_OF_RANGE"]), (None, [])],
)
@together
def test_elderly_aid_starts_on_the_sixtieth_birthday(
    month: Month, birth_date: date | None, reasons: list[str]
) -> Story:
    month.lists("elderly", "Nenek Upik", birth_date=birth_date, nik_status="missing")
    yield
    assert month.reasons() == {"Nenek Upik": reasons}


@together
def test_children_s_aid_ends_on_the_eighteenth_birthday(month: Month) -> Story:
    month.lists("yapi", "Rian", birth_date=born(2003, 12, 1))
    month.lists("yapi", "Dodi", birth_date=born(2003, 11, 30))
    yield
    assert month.reasons() == {"Rian": [], "Dodi": ["AGE_OUT_OF_RANGE"]}


@together
def test_birth_dates_that_differ_are_settled_by_the_number_or_not_at_all(month: Month) -> Story:
    for who, nik in (("Upik", "1401015504550001"), ("Minah", "1401011506700001"), ("Asih", "1401011506990001")):
        month.lists("registry", who, birth_date=born(1955, 4, 15))
        month.lists("elderly", who, birth_date=born(1970), nik=nik)
    yield
    assert month.reasons() == {"Upik": [], "Minah": ["AGE_OUT_OF_RANGE"], "Asih": []}


@together
def test_without_a_birth_date_the_number_tells_the_age(month: Month) -> Story:
    month.lists("elderly", "Tua", nik="1401011506500001")
    month.lists("elderly", "Muda", nik="1401011506800001")
    month.lists("elderly", "Seratus", nik="1401011506150001")
    yield
    assert month.reasons() == {"Tua": [], "Muda": ["AGE_OUT_OF_RANGE"], "Seratus": []}


@together
def test_every_reason_comes_with_evidence_law_and_action(month: Month) -> Story:
    month.lists("registry", "Amat")
    month.lists("pkh", "Amat")
    month.lists("civil_status", "Amat", status="MD", status_date=date(2021, 3, 2))
    yield
    query = "select certainty, evidence, legal_basis, recommended_action from off_target_recipients"
    [(certainty, evidence, legal_basis, action)] = month.select(query)
    assert certainty == "certain"
    assert evidence == "DECEASED: civil registry: civil_status.csv row 1, 2021-03-02"
    assert "Permensos 1/2018" in legal_basis
    assert "record the death" in action


def test_a_deployment_may_change_a_rule_for_itself(month: Month, tmp_path: Path) -> None:
    override = tmp_path / "policy.toml"
    override.write_text('[programmes.elderly]\nages = [{ from = "2000-01", minimum = 75, maximum = 150 }]\n')
    month.lists("elderly", "Nenek Upik", birth_date=born(1950))
    month.reconcile(load_policy(override))
    assert month.reasons() == {"Nenek Upik": ["AGE_OUT_OF_RANGE"]}


def test_an_age_range_may_be_open_at_one_end(month: Month, tmp_path: Path) -> None:
    override = tmp_path / "policy.toml"
    override.write_text(
        '[programmes.elderly]\nages = [{ from = "2000-01", minimum = 75 }]\n'
        '[programmes.yapi]\nages = [{ from = "2000-01", maximum = 15 }]\n'
    )
    month.lists("elderly", "Nenek Upik", birth_date=born(1950))
    month.lists("elderly", "Nenek Rabiah", birth_date=born(1940))
    month.lists("yapi", "Putri", birth_date=born(2005))
    month.lists("yapi", "Rizki", birth_date=born(2010))
    month.reconcile(load_policy(override))
    assert month.reasons() == {
        "Nenek Upik": ["AGE_OUT_OF_RANGE"],
        "Nenek Rabiah": [],
        "Putri": ["AGE_OUT_OF_RANGE"],
        "Rizki": [],
    }


def test_a_programme_without_a_list_changes_nothing(month: Month, tmp_path: Path) -> None:
    override = tmp_path / "policy.toml"
    override.write_text(
        '[programmes.blt_village]\nlabel = "BLT"\nunit = "family"\nregistry = "to_verify"\nlegal_basis = "PMK"\n'
        '[programmes.bst]\nyields_to = ["pkh", "blt_village"]\n'
    )
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("pkh", "Siti", family_card_number=card(1))
    month.lists("bst", "Siti", family_card_number=card(1))
    month.reconcile(load_policy(override))
    assert sorted(month.select("select programme, reasons from recipient_outcomes")) == [
        ("bst", ["EXCLUSIVE_PROGRAMMES"]),
        ("pkh", []),
    ]
