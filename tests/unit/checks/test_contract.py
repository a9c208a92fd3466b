"""Checks derived from the contract: every demand on a column is asked of the table, and a broken one is named."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.checks.delivery import Delivery
from welfare_pipeline.checks import held_back_because
from welfare_pipeline.checks.declared import Demand, column_rules
from welfare_pipeline.contracts.sources import CIVIL_STATUS, POPULATION, REGISTRY
from welfare_pipeline.contracts.vocabulary import Severity


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    return Delivery(tmp_path)


def demanded(demand: Demand) -> set[str]:
    return {rule.column for rule in column_rules(REGISTRY) if rule.demand is demand}


def test_the_demands_follow_the_contract() -> None:
    assert {"row_id", "source_file", "nik_status", "card_status"} <= demanded(Demand.FILLED)
    assert {"sex", "relationship", "status", "disability", "nik_status", "card_status"} == demanded(Demand.CODED)
    assert demanded(Demand.BOUNDED) == {"decile"}
    assert demanded(Demand.UNIQUE) == {"row_id"}


def test_a_person_may_be_landed_without_name_but_a_village_not_without_people() -> None:
    assert "name" not in demanded(Demand.FILLED)
    assert "total" in {rule.column for rule in column_rules(POPULATION) if rule.demand is Demand.FILLED}
    assert "status" in {rule.column for rule in column_rules(CIVIL_STATUS) if rule.demand is Demand.FILLED}


@pytest.mark.parametrize(
    ("demand", "wrong", "told"),
    [
        (Demand.FILLED, {"nik_status": None}, "1 values of nik_status are empty"),
        (Demand.CODED, {"sex": "X"}, "1 values of sex are of no code list"),
        (Demand.CODED, {"nik_status": "good"}, "1 values of nik_status are of no code list"),
        (Demand.BOUNDED, {"decile": 11}, "1 values of decile are not between 1 and 10"),
        (Demand.UNIQUE, {"row_id": 2_000_000_001}, "2 values of row_id are not unique"),
    ],
)
def test_a_broken_demand_on_the_registry_holds_the_district_back(
    delivery: Delivery, demand: Demand, wrong: dict[str, Any], told: str
) -> None:
    delivery.lands("registry", "Siti", sex="P", decile=10)
    assert delivery.finding("registry", demand.value).passed
    delivery.lands("registry", "Tono")
    delivery.rows["registry"][1] |= wrong
    finding = delivery.finding("registry", demand.value)
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
