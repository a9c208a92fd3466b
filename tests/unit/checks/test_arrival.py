"""Which lists arrived, which files and rows could be used."""

from pathlib import Path

import pytest

from tests.unit.checks.delivery import Delivery, sound_delivery
from welfare_pipeline.checks import held_back_because
from welfare_pipeline.contracts.vocabulary import Severity


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path)


def test_a_list_with_a_usable_row_arrived(delivery: Delivery) -> None:
    delivery.lands("registry", "Siti")
    delivery.rejects("registry")
    finding = delivery.finding("registry", "list_arrived")
    assert finding.passed
    assert finding.details["rows_landed"] == 2


def test_a_registry_that_was_not_landed_holds_the_district_back(delivery: Delivery) -> None:
    delivery.lands("population")
    finding = delivery.finding("registry", "list_arrived")
    assert finding.severity is Severity.BLOCKING
    assert held_back_because([finding]) == (
        "Held back: No registry file was landed. Land the registry list as a readable file and run the district again."
    )


def test_a_registry_without_a_usable_row_did_not_arrive(delivery: Delivery) -> None:
    delivery.rejects("registry")
    finding = delivery.finding("registry", "list_arrived")
    assert finding.explanation.startswith("No row of the registry list can be used.")


def test_one_unreadable_part_of_the_registry_holds_the_district_back(delivery: Delivery) -> None:
    delivery.lands("registry", "Siti")
    delivery.rejects_file("registry", "registry.kec02.xlsx", "has no header row")
    finding = delivery.finding("registry", "list_arrived")
    assert not finding.passed
    assert "registry.kec02.xlsx (has no header row)" in finding.explanation


def test_an_optional_list_that_did_not_arrive_warns_what_it_costs(delivery: Delivery) -> None:
    delivery.lands("registry", "Siti")
    finding = delivery.finding("civil_status", "list_arrived")
    assert not finding.passed
    assert finding.severity is Severity.WARNING
    assert "deaths and moves known to the civil registry cannot be found" in finding.explanation
    assert held_back_because([finding]) is None


def test_an_optional_list_with_a_header_and_no_rows_arrived(delivery: Delivery) -> None:
    delivery.lands_nothing("civil_status")
    assert delivery.finding("civil_status", "list_arrived").passed
    delivery.rejects_file("civil_status", "civil_status.b.csv", "has no header row")
    assert not delivery.finding("civil_status", "list_arrived").passed


def test_a_worklist_that_nobody_answered_is_no_list_of_decisions(delivery: Delivery) -> None:
    delivery.lands_nothing("eligibility_decisions", rows_unanswered=12)
    assert not delivery.finding("eligibility_decisions", "list_arrived").passed


def test_a_registry_with_a_header_and_no_rows_holds_the_district_back_and_says_so(delivery: Delivery) -> None:
    delivery.lands_nothing("registry")
    finding = delivery.finding("registry", "list_arrived")
    assert held_back_because([finding]) == (
        "Held back: The registry list has a header but no rows. "
        "Land the registry list as a readable file and run the district again."
    )


def test_the_recipients_of_one_programme_are_enough(delivery: Delivery) -> None:
    assert not delivery.finding("landed_files", "a_programme_list_arrived").passed
    delivery.lands("bst", "Siti")
    assert delivery.finding("landed_files", "a_programme_list_arrived").passed


def test_a_rejected_file_of_an_optional_list_is_named(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti")
    assert delivery.finding("landed_files", "optional_files_are_readable").passed
    delivery.rejects_file("pkh", "pkh.kec02.csv", "column nik is missing.")
    finding = delivery.finding("landed_files", "optional_files_are_readable")
    assert finding.explanation.startswith("Rejected pkh.kec02.csv: column nik is missing.")
    assert finding.severity is Severity.WARNING


def test_a_rejected_file_that_landed_files_does_not_know_is_named_too(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti")
    delivery.rejected_files.append(("sembako.csv", "sembako", "cannot be opened"))
    finding = delivery.finding("landed_files", "optional_files_are_readable")
    assert "sembako.csv: cannot be opened" in finding.explanation


def test_a_file_of_no_known_list_is_named(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti")
    assert delivery.finding("landed_files", "files_are_of_known_lists").passed
    delivery.rejects_file(None, "notes.csv", "is of no known source")
    assert "notes.csv" in delivery.finding("landed_files", "files_are_of_known_lists").explanation


@pytest.mark.parametrize(("sembako_s", "passed"), [("b", True), ("a", False)])
def test_one_file_under_the_names_of_two_programmes_warns(delivery: Delivery, sembako_s: str, *, passed: bool) -> None:
    for source, content in (("pkh", "a"), ("sembako", sembako_s)):
        delivery.lands(source, "Siti")
        delivery.files[f"{source}.csv"]["sha256"] = content
    finding = delivery.finding("landed_files", "lists_are_no_copies")
    assert finding.passed is passed
    assert finding.severity is Severity.WARNING
    assert passed or finding.explanation.startswith("sembako.csv has the same content as pkh.csv.")


def test_a_lost_row_holds_the_district_back(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti", "Tono")
    delivery.rejects("pkh")
    assert delivery.finding("landed_files", "rows_are_accounted_for").passed
    delivery.rows["pkh"].pop()
    finding = delivery.finding("landed_files", "rows_are_accounted_for")
    assert not finding.passed
    assert finding.explanation.startswith("pkh: 2 rows accepted, 1 found in its table.")


def test_a_row_counted_as_rejected_must_be_in_rejected_rows(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti")
    delivery.rejects("pkh", rows=2)
    delivery.rows["rejected_rows"].pop()
    finding = delivery.finding("landed_files", "rows_are_accounted_for")
    assert "2 rejected, 1 found in rejected_rows" in finding.explanation


@pytest.mark.parametrize(("accepted", "rejected", "passed"), [(10, 20, True), (10, 21, False), (60, 21, True)])
def test_few_rejected_rows_are_tolerated(delivery: Delivery, accepted: int, rejected: int, *, passed: bool) -> None:
    delivery.lands("pkh", *("Siti" for _ in range(accepted)))
    delivery.rejects("pkh", rows=rejected)
    finding = delivery.finding("rejected_rows", "rejected_rows_are_few")
    assert finding.passed is passed
    assert finding.details["pkh: NO_IDENTITY"] == rejected


def test_too_many_rejected_rows_say_how_many_of_which_list(delivery: Delivery) -> None:
    delivery.lands("registry", "Siti")
    delivery.rejects("registry", rows=99)
    reason = held_back_because([delivery.finding("rejected_rows", "rejected_rows_are_few")])
    assert reason is not None
    assert "The registry list lost 99 of 100 rows (99.0 %)" in reason


def test_unreadable_values_are_counted_by_column(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti")
    assert delivery.finding("delivery_findings", "optional_values_are_readable").passed
    value = {"source": "pkh", "source_file": "pkh.csv", "finding": "UNREADABLE_VALUE"}
    delivery.rows["delivery_findings"] = [
        value | {"column_name": column, "source_row": row} for column in ("birth_date", "decile") for row in (1, 2, 3)
    ]
    assert delivery.finding("delivery_findings", "nothing_odd_landed").passed
    finding = delivery.finding("delivery_findings", "optional_values_are_readable")
    assert finding.explanation.startswith("pkh: 6 unreadable values in 2 optional column(s).")
    assert finding.details["pkh.birth_date"] == 3


def test_a_check_of_a_list_that_did_not_arrive_neither_passes_nor_fails_and_says_what_to_land(
    delivery: Delivery,
) -> None:
    delivery.lands("registry", "Siti")
    finding = delivery.finding("pkh", "nik_is_readable")
    assert (finding.passed, finding.failing_rows, finding.rows) == (None, None, None)
    assert finding.explanation == (
        "Not checked: the pkh list did not arrive. "
        "To have it checked, land pkh.csv (or .xlsx, .parquet) and run the month again."
    )


def test_a_check_of_a_list_without_a_usable_row_is_not_executed_either(delivery: Delivery) -> None:
    delivery.rejects("pkh", 2)
    finding = delivery.finding("pkh", "nik_is_readable")
    assert finding.passed is None
    assert finding.explanation.startswith("Not checked: the pkh list has no row that can be used.")
    assert held_back_because([delivery.finding("pkh", "rows_follow_the_contract")]) is None


def test_in_a_sound_delivery_the_lists_have_all_arrived(tmp_path: Path) -> None:
    delivery = sound_delivery(tmp_path)
    assert delivery.finding("proposals", "list_arrived").passed
    assert delivery.finding("published_figures", "list_arrived").passed


def test_an_oddity_warns_with_file_sheet_row_and_count(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti")
    odd = {
        "source_file": "worklist.a.xlsx",
        "sheet": "Penerima",
        "finding": "ANSWER_ELSEWHERE",
        "column_name": "outcome",
    }
    delivery.rows["delivery_findings"] = [odd | {"source_row": row} for row in (4, 9)]
    finding = delivery.finding("delivery_findings", "nothing_odd_landed")
    assert (finding.passed, finding.failing_rows, finding.severity) == (False, 2, "warning")
    assert "worklist.a.xlsx sheet Penerima row 4 column outcome: ANSWER_ELSEWHERE" in finding.explanation
    assert finding.details["ANSWER_ELSEWHERE"] == 2
