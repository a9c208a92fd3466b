"""Checks derived from the contract: every demand on a column is asked of the table, and a broken one is named."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.checks.delivery import SOURCES, Delivery
from welfare_pipeline.checks import held_back_because
from welfare_pipeline.checks.contract import contract_checks
from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.sources import CIVIL_STATUS, POPULATION, REGISTRY
from welfare_pipeline.contracts.vocabulary import Severity


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path)


def demanded(source: Source) -> set[str]:
    """What breaks the contract of the source's table, in words."""
    return {words for check in contract_checks(SOURCES) if source.name in check.needs for words, _ in check.demands}


def test_the_demands_follow_the_contract() -> None:
    told = demanded(REGISTRY)
    assert {f"{name} are empty" for name in ("row_id", "source_file", "nik_status", "card_status")} <= told
    coded = {"sex", "relationship", "status", "disability", "nik_status", "card_status"}
    assert {f"{name} are of no code list" for name in coded} == {words for words in told if "code list" in words}
    assert [words for words in told if "between" in words] == ["decile are not between 1 and 10"]
    assert "row_id are not unique" in told


def test_a_person_may_be_landed_without_name_but_a_village_not_without_people() -> None:
    assert "name are empty" not in demanded(REGISTRY)
    assert "total are empty" in demanded(POPULATION)
    assert "status are empty" in demanded(CIVIL_STATUS)


@pytest.mark.parametrize(
    ("check", "wrong", "told"),
    [
        ("required_values_are_present", {"nik_status": None}, "1 values of nik_status are empty"),
        ("codes_are_known", {"sex": "X"}, "1 values of sex are of no code list"),
        ("codes_are_known", {"nik_status": "good"}, "1 values of nik_status are of no code list"),
        ("numbers_are_in_range", {"decile": 11}, "1 values of decile are not between 1 and 10"),
        ("keys_are_unique", {"row_id": 2_000_000_001}, "2 values of row_id are not unique"),
    ],
)
def test_a_broken_demand_on_the_registry_holds_the_district_back(
    delivery: Delivery, check: str, wrong: dict[str, Any], told: str
) -> None:
    delivery.lands("registry", "Siti", sex="P", decile=10)
    assert delivery.finding("registry", check).passed
    delivery.lands("registry", "Tono")
    delivery.rows["registry"][1] |= wrong
    finding = delivery.finding("registry", check)
    assert finding.severity is Severity.BLOCKING
    assert told in str(held_back_because([finding]))


def test_only_the_programme_whose_list_is_broken_is_blamed(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti", relationship="1")
    delivery.lands("sembako", "Siti", amount=200_000)
    wanted = [("pkh", "rows_follow_the_contract"), ("sembako", "rows_follow_the_contract")]
    assert [finding.passed for finding in delivery.findings(wanted)] == [True, True]
    delivery.lands("sembako", "Tono", amount=-1)
    pkh, sembako = delivery.findings(wanted)
    assert pkh.passed
    assert "1 values of amount are not between 0 and 1,000,000,000,000" in sembako.explanation
    assert (sembako.failing_rows, sembako.rows) == (1, 2)


def test_the_contract_is_not_asked_of_a_list_that_did_not_arrive(delivery: Delivery) -> None:
    delivery.lands("pkh", "Siti")
    finding = delivery.finding("proposals", "rows_follow_the_contract")
    assert finding.passed is None
    assert finding.explanation.startswith("Not checked: the proposals list did not arrive.")
