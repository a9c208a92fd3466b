"""Lists against each other and against what is known of the district."""

from datetime import date
from pathlib import Path

import pytest

from tests.scenario import OTHER_VILLAGE, VILLAGE
from tests.unit.checks.delivery import Delivery
from welfare_pipeline.checks import held_back_because


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path)


def test_a_registry_larger_than_the_district_holds_it_back(delivery: Delivery) -> None:
    delivery.lands("population", total=2)
    delivery.lands("registry", "Siti", "Tono")
    assert delivery.finding("registry", "registry_does_not_exceed_population").passed
    delivery.lands("registry", "Wati")
    reason = held_back_because([delivery.finding("registry", "registry_does_not_exceed_population")])
    assert reason == (
        "Held back: The registry lists 3 active persons but the district has 2 people. "
        "Check that the registry files are this district's and none was landed twice."
    )


def test_the_dead_do_not_make_a_registry_too_large(delivery: Delivery) -> None:
    delivery.lands("population", total=1)
    delivery.lands("registry", "Siti")
    delivery.lands("registry", "Tono", status="MD")
    delivery.lands("registry", "Wati", status="PD", status_date=date(2021, 11, 30))
    assert delivery.finding("registry", "registry_does_not_exceed_population").passed
    delivery.lands("registry", "Ujang", status="MD", status_date=date(2021, 12, 1))
    assert not delivery.finding("registry", "registry_does_not_exceed_population").passed


def test_a_village_with_more_registered_than_people_is_named(delivery: Delivery) -> None:
    delivery.lands("population", total=1, village_name="Suka Maju")
    delivery.lands("population", total=100, village_code=OTHER_VILLAGE)
    delivery.lands("registry", "Siti")
    assert delivery.finding("registry", "registry_does_not_exceed_village_population").passed
    delivery.lands("registry", "Tono")
    finding = delivery.finding("registry", "registry_does_not_exceed_village_population")
    assert (finding.failing_rows, finding.rows) == (1, 2)
    assert f"{VILLAGE} Suka Maju: 2 in the registry, 1 people" in finding.explanation


def test_a_village_counted_twice_is_reported(delivery: Delivery) -> None:
    delivery.lands("population")
    assert delivery.finding("population", "villages_are_listed_once").passed
    delivery.lands("population")
    assert delivery.finding("population", "villages_are_listed_once").failing_rows == 2


@pytest.mark.parametrize(
    ("male", "female", "passed"), [(1000, 1101, True), (1000, 1100, False), (None, 1101, True), (2101, 1101, False)]
)
def test_a_total_that_is_not_its_men_and_women_is_named(
    delivery: Delivery, male: int | None, female: int, *, passed: bool
) -> None:
    delivery.lands("population", male=male, female=female, total=2101)
    finding = delivery.finding("population", "men_and_women_add_up_to_the_total")
    assert finding.passed is passed
    assert passed or f"population.csv:1 ({VILLAGE}: {male:,} and {female:,}, but 2,101)" in finding.explanation


@pytest.mark.parametrize(("as_of", "passed"), [(date(2021, 6, 30), True), (date(2020, 12, 31), False), (None, True)])
def test_a_population_count_of_an_older_semester_warns(delivery: Delivery, as_of: date | None, *, passed: bool) -> None:
    delivery.lands("population", as_of=as_of)
    assert delivery.finding("population", "count_is_recent").passed is passed


@pytest.mark.parametrize(("recorded", "passed"), [(95, True), (94, False), (None, True)])
def test_a_village_with_few_electronic_cards_is_named(
    delivery: Delivery, recorded: int | None, *, passed: bool
) -> None:
    delivery.lands("population", ktp_eligible=100, ktp_recorded=recorded)
    finding = delivery.finding("population", "electronic_cards_are_recorded")
    assert finding.passed is passed
    assert passed or f"{VILLAGE}: 94 of 100" in finding.explanation


def test_a_family_programme_has_no_more_recipients_than_families(delivery: Delivery) -> None:
    delivery.lands("population", total=9, families=2)
    delivery.lands("pkh", "Siti", "Tono")
    delivery.lands("pbi_jkn", "Siti", "Tono", "Wati")
    assert delivery.finding("population", "recipients_do_not_exceed_population").passed
    delivery.lands("pkh", "Ujang")
    finding = delivery.finding("population", "recipients_do_not_exceed_population")
    assert finding.explanation.startswith("Program Keluarga Harapan: 3 recipients, 2 families.")


def test_recipients_of_several_stages_are_counted_by_stage(delivery: Delivery) -> None:
    delivery.lands("population", total=2)
    delivery.lands("pkh", "Siti", "Tono", stage="1")
    delivery.lands("pkh", "Siti", "Tono", stage="2")
    assert delivery.finding("population", "recipients_do_not_exceed_population").passed


def test_villages_without_a_meeting_are_named(delivery: Delivery) -> None:
    delivery.lands("population")
    delivery.lands("population", village_code=OTHER_VILLAGE)
    delivery.lands("village_meetings", held_on=date(2021, 11, 3))
    delivery.lands("village_meetings", village_code=OTHER_VILLAGE, held_on=date(2021, 12, 1))
    finding = delivery.finding("village_meetings", "every_village_held_its_meeting")
    assert finding.explanation.startswith(
        f"1 of 2 villages have not held their meeting (50.0%). First: {OTHER_VILLAGE}."
    )
    delivery.lands("village_meetings", village_code=OTHER_VILLAGE, held_on=date(2021, 10, 3))
    assert delivery.finding("village_meetings", "every_village_held_its_meeting").passed


def test_a_misprinted_total_is_shown_with_both_figures(delivery: Delivery) -> None:
    delivery.lands("sembako", "Siti", "Tono")
    delivery.rejects("sembako")
    delivery.lands("control_totals", measure="sembako", value=2)
    assert delivery.finding("published_figures", "published_totals_agree").passed
    delivery.lands("control_totals", measure="sembako", value=2780)
    finding = delivery.finding("published_figures", "published_totals_agree")
    assert finding.explanation.startswith("Sembako / BPNT: published 2,780, counted 2 (difference 2,778).")
    assert finding.details["Sembako / BPNT published, row 2"] == 2780
    assert finding.details["Sembako / BPNT counted, row 2"] == 2


def test_population_and_registry_totals_are_compared_too(delivery: Delivery) -> None:
    delivery.lands("population", total=5)
    delivery.lands("population", total=5, village_code=OTHER_VILLAGE)
    delivery.lands("registry", "Siti")
    delivery.lands("registry", "Tono", status="MD")
    delivery.lands("control_totals", measure="population", value=10)
    delivery.lands("control_totals", measure="registry_persons", value=1)
    assert delivery.finding("published_figures", "published_totals_agree").passed
    delivery.lands("control_totals", measure="registry_persons", value=2)
    assert delivery.finding("published_figures", "published_totals_agree").failing_rows == 1


def test_a_published_total_of_a_list_that_did_not_arrive_is_not_judged(delivery: Delivery) -> None:
    delivery.lands("control_totals", measure="bst", value=700)
    assert delivery.finding("published_figures", "published_totals_agree").passed
