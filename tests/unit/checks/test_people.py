"""Lists of people: identities that can be read, nobody twice, places and dates that can be believed."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.checks.delivery import Delivery


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path)


def crowd(rows: int) -> list[str]:
    return ["Orang lain"] * rows


def test_niks_are_readable_as_long_as_enough_of_them_are(delivery: Delivery) -> None:
    delivery.lands("pkh", *crowd(8))
    delivery.lands("pkh", "Siti", nik_status="precision_lost")
    delivery.lands("pkh", "Tono", nik=None, nik_status="missing")
    assert delivery.finding("pkh", "nik_is_readable").passed
    delivery.lands("pkh", "Wati", nik=None, nik_status="missing")
    finding = delivery.finding("pkh", "nik_is_readable")
    assert not finding.passed
    assert (finding.failing_rows, finding.rows) == (3, 11)
    assert finding.details["share missing"] == pytest.approx(2 / 11, abs=1e-4)
    assert finding.details["first_failing"] == ["pkh.csv:9", "pkh.csv:10", "pkh.csv:11"]
    assert finding.explanation.startswith(
        "3 of 11 rows have no readable NIK (27.3%); up to 20.0% passes. First: pkh.csv:9, pkh.csv:10, pkh.csv:11."
    )


def test_two_registry_rows_of_one_nik_are_both_reported(delivery: Delivery) -> None:
    delivery.lands("registry", *crowd(2))
    assert delivery.finding("registry", "niks_are_unique").passed
    delivery.lands("registry", "Siti", "Siti Aminah", nik="1401015506850001")
    finding = delivery.finding("registry", "niks_are_unique")
    assert not finding.passed
    assert finding.details["first_failing"] == ["registry.csv:3", "registry.csv:4"]


def test_two_rows_without_nik_are_no_duplicate(delivery: Delivery) -> None:
    delivery.lands("registry", "Siti", "Tono", nik=None, nik_status="missing")
    assert delivery.finding("registry", "niks_are_unique").passed


def test_a_registry_number_stands_on_one_row(delivery: Delivery) -> None:
    delivery.lands("registry", *crowd(2))
    assert delivery.finding("registry", "registry_ids_are_unique").passed
    delivery.lands("registry", "Siti", "Tono", registry_id="DTKS-1")
    assert delivery.finding("registry", "registry_ids_are_unique").failing_rows == 2


def test_a_placeholder_of_two_people_is_reported(delivery: Delivery) -> None:
    delivery.lands("registry", "Siti", nik="9999999999999999", nik_status="placeholder")
    assert delivery.finding("registry", "placeholder_niks_are_not_shared").passed
    delivery.lands("registry", "Tono", nik="9999999999999999", nik_status="placeholder")
    assert delivery.finding("registry", "placeholder_niks_are_not_shared").failing_rows == 2


@pytest.mark.parametrize(("people", "passed"), [(25, True), (26, False)])
def test_a_family_card_has_no_more_people_than_a_family(delivery: Delivery, people: int, *, passed: bool) -> None:
    delivery.lands("registry", *crowd(people), family_card_number="1401010101070001", card_status="valid")
    assert delivery.finding("registry", "family_cards_are_of_one_family").passed is passed


def test_a_blank_name_in_a_hundred_passes_and_two_do_not(delivery: Delivery) -> None:
    delivery.lands("registry", *crowd(99))
    delivery.lands("registry", name=None)
    assert delivery.finding("registry", "names_are_not_blank").passed
    delivery.lands("registry", name=" ")
    assert not delivery.finding("registry", "names_are_not_blank").passed


def test_people_of_unknown_villages_are_counted(delivery: Delivery) -> None:
    delivery.lands("registry", *crowd(99))
    delivery.lands("registry", "Siti", village_code=None)
    assert delivery.finding("registry", "villages_are_known").passed
    delivery.lands("registry", "Tono", village_code=None)
    assert delivery.finding("registry", "villages_are_known").failing_rows == 2


@pytest.mark.parametrize(
    ("born", "passed"),
    [(date(1900, 1, 1), True), (date(1899, 12, 31), False), (date(2021, 11, 30), True), (date(2021, 12, 1), False)],
)
def test_nobody_is_born_before_1900_or_after_the_period(delivery: Delivery, born: date, *, passed: bool) -> None:
    delivery.lands("registry", "Siti", birth_date=born)
    assert delivery.finding("registry", "birth_dates_are_plausible").passed is passed


@pytest.mark.parametrize(("births", "passed"), [(5, True), (6, False)])
def test_births_on_the_day_of_export_stand_for_blanks(delivery: Delivery, births: int, *, passed: bool) -> None:
    delivery.lands("registry", *crowd(20), birth_date=date(1970, 1, 1))
    delivery.lands("registry", *crowd(births), birth_date=date(2021, 11, 5))
    finding = delivery.finding("registry", "birth_dates_are_not_a_default")
    assert finding.passed is passed
    assert finding.details["most births on one day of the last year"] == births


def test_a_recipient_paid_in_two_stages_is_not_listed_twice(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti", nik="1401015506850001", stage="1")
    delivery.lands("pkh", "Siti", nik="1401015506850001", stage="2")
    assert delivery.finding("pkh", "nobody_is_listed_twice").passed
    delivery.lands("pkh", "Siti", nik="1401015506850001", stage="2")
    assert delivery.finding("pkh", "nobody_is_listed_twice").details["first_failing"] == ["pkh.csv:2", "pkh.csv:3"]


def test_a_recipient_with_one_registry_number_and_two_niks_is_listed_twice(delivery: Delivery) -> None:
    delivery.lands("sembako", "Siti", "Siti A", registry_id="DTKS-1")
    assert delivery.finding("sembako", "nobody_is_listed_twice").failing_rows == 2


def test_recipients_are_described(delivery: Delivery) -> None:
    delivery.lands("pbi_jkn", *crowd(4))
    assert delivery.finding("pbi_jkn", "people_are_described").passed
    delivery.lands("pbi_jkn", "Siti", village_code=None)
    delivery.lands("pbi_jkn", "Tono", birth_date=date(2033, 1, 1))
    delivery.lands("pbi_jkn", name=None)
    finding = delivery.finding("pbi_jkn", "people_are_described")
    assert finding.failing_rows == 3
    faults = ("blank_names", "unknown_villages", "impossible_birth_dates")
    assert [finding.details[fault] for fault in faults] == [1, 1, 1]
