"""Links between landed rows and registry persons."""

from pathlib import Path
from typing import Any

import pytest

from tests.unit.checks.delivery import SOURCES, Delivery

SITI_IN_REGISTRY, TONO_IN_REGISTRY = 2_000_000_001, 2_000_000_002
SITI = SOURCES["pkh"].first_row_id
TONO = SITI + 1


@pytest.fixture
def delivery(tmp_path: Path) -> Delivery:
    """Siti and Tono are registered and receive PKH, and each is linked to her and his registry row."""
    delivery = Delivery(tmp_path)
    delivery.lands("registry", "Siti", "Tono")
    delivery.lands("pkh", "Siti", "Tono")
    delivery.rows["links"] = [
        link(SITI_IN_REGISTRY, SITI_IN_REGISTRY),
        link(TONO_IN_REGISTRY, TONO_IN_REGISTRY),
        link(SITI, SITI_IN_REGISTRY),
        link(TONO, TONO_IN_REGISTRY),
    ]
    return delivery


def link(row_id: int, registry_row_id: int | None, **more: Any) -> dict[str, Any]:
    usual = {"source": "pkh", "match_band": "same", "match_method": "nik", "person_key": "p", "family_key": "f"}
    return usual | {"row_id": row_id, "person_id": registry_row_id or row_id, "registry_row_id": registry_row_id} | more


def test_every_row_of_people_has_a_link(delivery: Delivery) -> None:
    assert delivery.finding("links", "every_person_row_has_one_link").passed
    delivery.rows["links"].pop()
    finding = delivery.finding("links", "every_person_row_has_one_link")
    assert finding.details["first_failing"] == [f"row {TONO}"]


def test_a_second_link_of_a_row_is_one_too_many(delivery: Delivery) -> None:
    delivery.rows["links"].append(link(SITI, None, match_band="different"))
    assert delivery.finding("links", "every_person_row_has_one_link").failing_rows == 1


def test_a_link_of_no_landed_row_is_one_too_many(delivery: Delivery) -> None:
    delivery.rows["links"].append(link(9, None, match_band="different"))
    assert delivery.finding("links", "every_person_row_has_one_link").failing_rows == 1


def test_a_link_points_at_a_registry_row(delivery: Delivery) -> None:
    assert delivery.finding("links", "linked_registry_rows_exist").passed
    delivery.rows["links"][2] = link(SITI, 2_000_000_999)
    assert delivery.finding("links", "linked_registry_rows_exist").failing_rows == 1


def test_two_different_people_do_not_claim_one_registry_row(delivery: Delivery) -> None:
    assert delivery.finding("links", "registry_persons_are_claimed_once").passed
    delivery.rows["links"][3] = link(TONO, SITI_IN_REGISTRY, person_id=TONO)
    assert not delivery.finding("links", "registry_persons_are_claimed_once").passed


def test_many_links_for_review_warn(delivery: Delivery) -> None:
    assert delivery.finding("links", "few_links_need_review").passed
    delivery.rows["links"][3] = link(TONO, TONO_IN_REGISTRY, match_band="review", person_id=TONO)
    finding = delivery.finding("links", "few_links_need_review")
    assert not finding.passed
    assert finding.details["pkh review"] == 1
    assert finding.details["first_failing"] == ["pkh.csv:2"]


def test_a_crowd_that_is_not_compared_warns(delivery: Delivery) -> None:
    quality = {"source": "pkh", "rows": 40, "same": 38, "review": 0, "different": 2, "rows_not_fully_compared": 0}
    quality |= dict.fromkeys(("false_links_expected", "missed_links_expected"), 0.0)
    quality |= dict.fromkeys(("false_links_upper", "missed_links_upper"), 1)
    delivery.rows["linkage_quality"] = [quality]
    assert delivery.finding("links", "rows_are_fully_compared").passed
    quality["rows_not_fully_compared"] = 2
    finding = delivery.finding("links", "rows_are_fully_compared")
    assert (finding.passed, finding.details["first_failing"]) == (False, ["pkh: 2 of 40 rows"])


def test_published_families_are_compared_with_the_families_of_the_linked_list(delivery: Delivery) -> None:
    assert delivery.finding("links", "published_family_totals_agree").passed is None
    for registered in delivery.rows["links"][:2]:
        registered["source"] = "registry"
    delivery.lands("control_totals", measure="pkh", unit="KELUARGA", value=1)
    delivery.lands("control_totals", measure="pkh", unit="BARIS", value=2)
    assert delivery.finding("links", "published_family_totals_agree").passed
    assert delivery.finding("published_figures", "published_totals_agree").passed
    delivery.lands("control_totals", measure="registry_persons", unit="kk", value=2)
    finding = delivery.finding("links", "published_family_totals_agree")
    assert (finding.passed, finding.failing_rows) == (False, 1)
