"""A registry that ranks everybody, held against the calendar, the month before and what is known of the district."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.scenario import OTHER_VILLAGE, VILLAGE, card
from tests.unit.checks.delivery import POLICY, Delivery
from welfare_pipeline.checks import held_back_because
from welfare_pipeline.contracts.vocabulary import Severity

OCTOBER, NOVEMBER, JANUARY = "2025-10", "2025-11", "2026-01"


def lands_families(delivery: Delivery, deciles: Mapping[int, int | None], **values: Any) -> None:
    """A person on each of these cards, in that decile."""
    for number, decile in deciles.items():
        ranked = {"decile_lowest": decile, "decile_highest": decile, "unranked": decile is None}
        delivery.lands(
            "registry", f"Siti {number}", family_card_number=card(number), card_status="valid", **ranked, **values
        )


def month(root: Path, period: str, deciles: Mapping[int, int | None], **values: Any) -> Delivery:
    delivery = Delivery(root, period)
    lands_families(delivery, deciles, **values)
    return delivery


@pytest.mark.parametrize(
    ("period", "registered", "severity", "passed"),
    [
        ("2025-03", 101, Severity.BLOCKING, False),  # the poor alone cannot be more than everybody
        ("2025-04", 100, Severity.BLOCKING, True),
        ("2025-04", 101, Severity.WARNING, False),
        ("2025-04", 110, Severity.WARNING, False),
        ("2025-04", 111, Severity.BLOCKING, False),
    ],
)
def test_a_registry_of_everybody_may_exceed_an_older_count(
    tmp_path: Path, period: str, registered: int, severity: Severity, *, passed: bool
) -> None:
    delivery = Delivery(tmp_path, period)
    delivery.lands("population", total=100)
    delivery.lands("registry", *(f"Siti {number}" for number in range(registered)))
    finding = delivery.finding("registry", "registry_does_not_exceed_population")
    assert (finding.severity, finding.passed) == (severity, passed)
    assert (held_back_because([finding]) is not None) == (severity is Severity.BLOCKING and not passed)


def test_how_far_a_registry_may_exceed_the_count_is_policy(tmp_path: Path) -> None:
    delivery = Delivery(tmp_path, NOVEMBER)
    delivery.lands("population", total=2)
    delivery.lands("registry", "Siti", "Tono", "Wati")
    lenient = replace(POLICY, thresholds={**POLICY.thresholds, "registry_population_ratio": 1.5})
    finding = delivery.finding("registry", "registry_does_not_exceed_population", lenient)
    assert finding.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("period", "snapshot", "passed"),
    [
        (NOVEMBER, "2025-Q4", True),
        (NOVEMBER, None, True),  # by the calendar it is this quarter's
        (NOVEMBER, "2025-Q3", False),
        ("2025-03", "2024-Q4", True),  # not ranked yet
    ],
)
def test_a_registry_older_than_the_quarter_warns(
    tmp_path: Path, period: str, snapshot: str | None, *, passed: bool
) -> None:
    finding = month(tmp_path, period, {1: 3, 2: 4}, snapshot=snapshot).finding(
        "registry", "registry_is_of_this_quarter"
    )
    assert finding.passed is passed
    assert finding.severity is Severity.WARNING
    assert passed or "registry.csv:1 (ranks of 2025-Q3)" in finding.explanation


JUMP = ("registry", "deciles_do_not_jump")


def test_families_that_change_decile_between_two_snapshots_are_counted(tmp_path: Path) -> None:
    month(tmp_path, "2025-08", {1: 3, 2: 4, 3: 5, 4: 6}, snapshot="2025-Q3").is_published()
    month(tmp_path, OCTOBER, {1: 9, 2: 9, 3: 9, 4: 9}, snapshot="2025-Q4").is_published()
    few = month(tmp_path, NOVEMBER, {1: 4, 2: 4, 3: 5, 4: 6, 5: 1}, snapshot="2025-Q4")
    finding = few.finding(*JUMP)  # against the third quarter: October has the same one
    assert (finding.passed, finding.failing_rows, finding.rows) == (True, 1, 4)
    many = month(tmp_path, NOVEMBER, {1: 4, 2: None, 3: 5, 4: 6}, snapshot="2025-Q4").finding(*JUMP)
    assert (many.passed, many.failing_rows) == (False, 2)
    assert "2 of 4 families" in many.explanation
    strict = replace(POLICY, thresholds={**POLICY.thresholds, "snapshot_jump_share": 0.2})
    assert not few.finding(*JUMP, strict).passed


def test_without_the_column_the_calendar_tells_the_quarters_apart(tmp_path: Path) -> None:
    month(tmp_path, OCTOBER, {1: 3, 2: 4}).is_published()
    assert month(tmp_path, NOVEMBER, {1: 8, 2: 8}).finding(*JUMP).rows == 0
    assert not month(tmp_path, JANUARY, {1: 8, 2: 8}).finding(*JUMP).passed


def test_a_village_whose_share_within_the_limits_jumps_is_named(tmp_path: Path) -> None:
    def landed(period: str, poor: int) -> Delivery:
        ranked = {number: 3 if number < poor else 9 for number in range(10)}
        delivery = month(tmp_path, period, ranked)
        lands_families(delivery, dict.fromkeys(range(20, 30), 3), village_code=OTHER_VILLAGE)
        return delivery

    landed(OCTOBER, 2).is_published()
    check = ("registry", "villages_within_limits_do_not_jump")
    assert landed(NOVEMBER, 3).finding(*check).passed
    finding = landed(NOVEMBER, 6).finding(*check)
    assert (finding.passed, finding.failing_rows, finding.rows) == (False, 1, 2)
    assert f"{VILLAGE} (60.0 %, before 20.0 %)" in finding.explanation


SINGLE = ("registry", "one_person_cards_do_not_rise")


def test_families_split_into_cards_of_one_person_are_noticed(tmp_path: Path) -> None:
    def landed(period: str, cards: list[int]) -> Delivery:
        delivery = Delivery(tmp_path, period)
        for number, of in enumerate(cards):
            delivery.lands("registry", f"Siti {number}", family_card_number=card(of), card_status="valid")
        return delivery

    assert landed(OCTOBER, [1, 1, 2, 2, 3]).finding(*SINGLE).passed, "nothing to hold it against"
    landed(OCTOBER, [1, 1, 2, 2, 3]).is_published()
    assert landed(NOVEMBER, [1, 1, 2, 2, 3]).finding(*SINGLE).passed
    finding = landed(NOVEMBER, [1, 4, 2, 2, 3]).finding(*SINGLE)
    assert finding.passed is False
    assert "75.00 % of the family cards in the registry have one person (3), in 2025-10 it was 33.33 % (1)" in (
        finding.explanation
    )
    assert f"{VILLAGE} (+2)" in finding.explanation


@pytest.mark.parametrize(
    ("updated_on", "passed"),
    [(date(2023, 11, 30), True), (date(2023, 11, 29), False), (None, True), (date(2025, 11, 2), True)],
)
def test_records_that_nobody_updated_for_two_years_are_counted(
    tmp_path: Path, updated_on: date | None, *, passed: bool
) -> None:
    finding = month(tmp_path, NOVEMBER, {1: 3}, updated_on=updated_on).finding("registry", "records_are_updated")
    assert finding.passed is passed


def test_the_poverty_rate_stands_beside_the_lowest_deciles_and_never_fails(tmp_path: Path) -> None:
    check = ("published_figures", "poverty_rate_stands_beside_the_registry")
    delivery = month(tmp_path, NOVEMBER, {1: 1, 2: 2, 3: 9})
    delivery.lands("population", total=40)
    delivery.lands("control_totals", measure="susenas_poverty_rate", value=6.83, unit="PERSEN")
    finding = delivery.finding(*check)
    assert finding.passed
    assert finding.explanation == (
        "Susenas: 6.83 % of the people are poor. Of the population 2.50 % are registered in decile 1."
    )
    two = replace(POLICY, thresholds={**POLICY.thresholds, "poverty_deciles": 2})
    assert "5.00 % are registered in deciles 1 to 2" in delivery.finding(*check, two).explanation
