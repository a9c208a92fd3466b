"""What used to stand wrong in a published table without a word, told about named people. All of them are made up."""

from datetime import date
from pathlib import Path

import pytest

from tests.scenario import VILLAGE, Month, born, card
from tests.told_together import Story, together
from welfare_pipeline.contracts.policy import Policy, load_policy

DENIALS = ("TIDAK LAYAK", "SUDAH MAMPU", "MM")


def policy_with(folder: Path, text: str) -> Policy:
    override = folder / "policy.toml"
    override.write_text(text, encoding="utf-8")
    return load_policy(override)


@pytest.mark.parametrize(
    ("ages", "evidence"),
    [
        ("minimum = 60", ["AGE_OUT_OF_RANGE: age 31, at least 60: elderly.csv row 1"]),
        ("maximum = 30", ["AGE_OUT_OF_RANGE: age 31, at most 30: elderly.csv row 1"]),
        ("minimum = 60, maximum = 99", ["AGE_OUT_OF_RANGE: age 31, range 60 to 99: elderly.csv row 1"]),
        ("minimum = 31", []),
        ("maximum = 31", []),
    ],
)
def test_an_age_range_may_be_open_at_one_end(month: Month, tmp_path: Path, ages: str, evidence: list[str]) -> None:
    month.lists("elderly", "Siti", birth_date=born(1990))
    month.reconcile(policy_with(tmp_path, f'[programmes.elderly]\nages = [{{ from = "2000-01", {ages} }}]\n'))
    assert [said for (said,) in month.select("select evidence from off_target_recipients")] == evidence


@pytest.mark.parametrize(
    ("registry", "found"),
    [
        ("off_target", [("pbi_jkn", "NOT_IN_REGISTRY", "off_target"), ("sembako", "NOT_IN_REGISTRY", "off_target")]),
        ("to_verify", [("pbi_jkn", "PBI_OUTSIDE_REGISTRY", "to_verify"), ("sembako", "NOT_IN_REGISTRY", "to_verify")]),
        ("not_required", [("pbi_jkn", None, "on_target"), ("sembako", None, "on_target")]),
    ],
)
def test_the_policy_says_what_it_means_not_to_be_in_the_registry(
    month: Month, tmp_path: Path, registry: str, found: list[tuple[str, str | None, str]]
) -> None:
    month.lists("registry", "Amat")
    month.lists("sembako", "Siti")
    month.lists("pbi_jkn", "Siti")
    rules = "".join(f'[programmes.{name}]\nregistry = "{registry}"\n' for name in ("sembako", "pbi_jkn"))
    month.reconcile(policy_with(tmp_path, rules))
    query = "select programme, primary_reason, outcome from recipient_outcomes order by programme"
    assert month.select(query) == found


CHILD, GROWN = {"nik": "1401015506150001"}, {"nik": "1401015506900001"}


def test_only_who_must_hold_an_e_ktp_can_lack_it(month: Month) -> None:
    judged = {
        "Anak": CHILD,
        "Bayi": {"birth_date": born(2015)},
        "Cukup": {"birth_date": born(2004, 11, 30)},
        "Dewasa": GROWN,
        "Esok": {"birth_date": born(2004, 12, 1)},
        "Tanpa Tanggal": {},
    }
    for who, row in judged.items():
        month.lists("eligibility_decisions", who, outcome="LAYAK", **row)
        month.lists("civil_status", who, status="AKTIF", ktp_recorded=False)
    month.reconcile()
    lacking = month.select("select member_names[1] from unregistered_poor_households where blockers = ['NO_E_KTP']")
    assert sorted(who for (who,) in lacking) == ["Cukup", "Dewasa", "Tanpa Tanggal"]
    assert month.select("select count(*) from unregistered_poor_households") == [(len(judged),)]


def test_the_married_must_hold_an_e_ktp_at_any_age(month: Month) -> None:
    month.lists("proposals", "Istri", family_card_number=card(1), birth_date=born(2006), relationship="3")
    month.lists("proposals", "Kepala", family_card_number=card(1), birth_date=born(2005), relationship="1")
    month.lists("proposals", "Anak", family_card_number=card(2), birth_date=born(2006), relationship="4")
    for who in ("Istri", "Kepala", "Anak"):
        month.lists("civil_status", who, status="AKTIF", ktp_recorded=False)
    month.reconcile()
    rows = month.select("select member_names, blockers from unregistered_poor_households order by all")
    assert rows == [(["Anak"], []), (["Istri", "Kepala"], ["NO_E_KTP"])]


PAID = "select source_row, finding from disbursement_reconciliation where source = 'disbursements' order by all"
UNPAID = "select source_row from disbursement_reconciliation where finding = 'entitled_not_paid' order by all"


@together
def test_a_row_of_another_stage_hides_no_row_of_the_member_number(month: Month) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("pkh", "Siti", stage="3", family_card_number=card(1))
    month.lists("pkh", "Nama Lain", stage="4", member_id="6013010000000001", band="review")
    month.lists(
        "disbursements", "Siti", programme="pkh", stage="4", member_id="6013010000000001", status="SUKSES SALUR"
    )
    month.lists(
        "disbursements", "Siti", programme="pkh", stage="2", member_id="6013010000000001", status="SUKSES SALUR"
    )
    yield
    assert month.select(PAID) == [(1, "paid_not_transacted"), (2, "paid_not_listed")]
    assert month.select(UNPAID) == []  # nobody was paid for stage 3


@together
def test_a_payment_goes_to_the_row_of_its_own_stage_before_one_that_names_none(month: Month) -> Story:
    month.lists("registry", "Siti")
    month.lists("sembako", "Siti")
    month.lists("sembako", "Siti", stage="7")
    month.lists("disbursements", "Siti", programme="sembako", stage="7", status="SUKSES SALUR")
    yield
    assert month.select(UNPAID) == [(1,)]


@pytest.mark.parametrize(("status", "found"), [(None, True), ("TT", False), ("MD", False)])
@together
def test_a_recipient_of_a_registered_family_is_missing_only_if_no_registry_row_is_theirs(
    month: Month, status: str | None, *, found: bool
) -> Story:
    month.lists("registry", "Amat", family_card_number=card(1))
    if status:
        month.lists("registry", "Bayi", family_card_number=card(1), status=status)
    month.lists("pbi_jkn", "Bayi", family_card_number=card(1))
    yield
    households = month.select("select evidence, registration from unregistered_poor_households")
    assert households == ([(["RECIPIENT_FAMILY"], "partial")] if found else [])


@together
def test_a_family_that_was_denied_misses_nobody(month: Month) -> Story:
    decisions = [(outcome, programme) for outcome in (*DENIALS, "LAYAK") for programme in (None, "pbi_jkn", "bst")]
    for number, (outcome, programme) in enumerate(decisions):
        month.lists("registry", f"Ibu {number}", family_card_number=card(number))
        month.lists("pbi_jkn", f"{outcome} {programme}", family_card_number=card(number))
        month.lists("eligibility_decisions", f"Ibu {number}", outcome=outcome, programme=programme)
    yield
    missing = {name for (name,) in month.select("select unnest(member_names) from unregistered_poor_households")}
    of_another_programme = {f"{outcome} bst" for outcome in DENIALS}
    assert missing == {"LAYAK None", "LAYAK pbi_jkn", "LAYAK bst"} | of_another_programme


@pytest.mark.parametrize(("denied_on", "found"), [(date(2021, 1, 5), True), (date(2021, 11, 5), False)])
@together
def test_a_judgement_for_one_programme_outlives_an_older_denial_of_all(
    month: Month, denied_on: date, *, found: bool
) -> Story:
    month.lists("pkh", "Siti", family_card_number=card(1))
    month.lists("eligibility_decisions", "Siti", outcome="TIDAK LAYAK", decided_on=denied_on)
    month.lists("eligibility_decisions", "Siti", outcome="LAYAK", programme="pkh", decided_on=date(2021, 10, 4))
    yield
    assert month.reasons() == {"Siti": [] if found else ["JUDGED_INELIGIBLE", "NOT_IN_REGISTRY"]}
    assert len(month.select("from unregistered_poor_households")) == found


TOTALS = "select measure, published, counted, difference, explanation from control_totals order by source_row"


def test_a_published_figure_counts_what_its_unit_says(month: Month) -> None:
    month.lists("population", village_code=VILLAGE, total=120, families=30)
    for who, number in (("Amat", 1), ("Siti", 1), ("Tono", 2)):
        month.lists("registry", who, family_card_number=card(number))
        month.lists("pbi_jkn", who, family_card_number=card(number))
    for measure, unit, value in (
        ("population", "jiwa", 120),
        ("population", "KK", 30),
        ("registry_persons", None, 3),
        ("registry_persons", "Keluarga", 2),
        ("pbi_jkn", "orang", 3),
        ("pbi_jkn", "keluarga", 2),
    ):
        month.lists("control_totals", measure=measure, unit=unit, value=value)
    month.reconcile()
    assert [(row[2], row[3], row[4]) for row in month.select(TOTALS)] == [
        (value, 0, None) for value in (120, 30, 3, 2, 3, 2)
    ]


@pytest.mark.parametrize(
    ("published", "difference", "words"),
    [
        (6, -2, "the rows of the list that were rejected (2;"),
        (3, 1, "the rows that repeat a person of the list (1, duplicates)"),
        (2, 2, "the rows that repeat a family of the list (2, duplicates)"),
        (5, -1, "the rows that repeat a person (1, duplicates) less the rows that were rejected (2)"),
        (400, -396, "Not explained by rejected rows (2), duplicates (2) or a part known to be missing"),
    ],
)
def test_a_difference_that_equals_rejected_rows_or_duplicates_says_so(
    month: Month, published: int, difference: int, words: str
) -> None:
    for who, number in (("Amat", 1), ("Siti", 1), ("Tono", 2), ("Amat", 1)):
        month.lists("sembako", who, family_card_number=card(number))
    month.rejected["sembako"] = 2
    month.lists("control_totals", measure="sembako", value=published)
    month.lists("control_totals", measure="pkh", value=5)
    month.reconcile()
    row, absent = month.select(TOTALS)
    assert (row[2], row[3]) == (4, difference)
    assert words in row[4]
    assert absent[2:] == (None, None, "Nothing was counted: what the figure counts did not arrive.")


def test_a_list_that_has_nobody_of_a_sub_district_may_lack_a_part(month: Month) -> None:
    month.lists("population", village_code=VILLAGE, subdistrict_name="KAMPAR", total=9)
    month.lists("population", village_code="1401022001", subdistrict_name="TAPUNG", total=9)
    month.lists("sembako", "Amat")
    month.lists("control_totals", measure="sembako", value=40)
    month.reconcile()
    [(*_, explanation)] = month.select(TOTALS)
    assert explanation == "A part may be missing: the list has nobody of TAPUNG."


@together
def test_of_two_meetings_on_one_day_the_later_row_gives_the_minutes(month: Month) -> Story:
    month.lists("population", village_code=VILLAGE, total=9)
    for minutes in ("BA/1", "BA/2", "BA/3"):
        month.lists("village_meetings", village_code=VILLAGE, held_on=date(2021, 11, 3), minutes_number=minutes)
    yield
    assert month.select("select minutes_number from village_readiness") == [("BA/3",)]


def test_a_family_card_with_more_people_than_a_family_is_one_answer_for_everybody(month: Month) -> None:
    for number in range(13):  # without a number in one list, spelt otherwise in another: one family
        month.lists("registry", f"Orang {number}", family_card_number=card(1))
        month.lists("pbi_jkn", f"Orang {number}", nik=None, nik_status="missing", family_card_number=card(1))
    for number in range(26):
        month.lists("sembako", f"Warga {number}", family_card_number=card(2))
    month.reconcile()
    with month.partition.connect(threads=1) as con:
        assert con.sql(
            "select distinct family_card_number from person_rows where card_status = 'valid' and usable_card is null"
        ).fetchall() == [(card(2),)]
    assert "DUPLICATE_FAMILY" not in {reason for reasons in month.reasons().values() for reason in reasons}
