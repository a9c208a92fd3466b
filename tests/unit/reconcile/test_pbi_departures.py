"""Who was on the PBI list and is not on it any more, why most likely, and what it takes to come back."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.scenario import Month


def month_of(tmp_path: Path, period: str, registry: dict[str, dict[str, Any]], members: list[str]) -> Month:
    """A month with that registry and these people on the PBI list."""
    month = Month(tmp_path, period)
    for who, values in registry.items():
        month.lists("registry", who, **values)
    for who in members:
        month.lists("pbi_jkn", who)
    return month


def departures(month: Month, columns: str) -> dict[str, list[Any]]:
    """These columns by name."""
    rows = month.select(f"select replace(person_key, 'key of ', ''), {columns} from pbi_departures order by all")
    return {who: values for who, *values in rows}


EVERYBODY = ["Siti", "Budi", "Amat", "Joko", "Tuti", "Rina"]


def test_who_left_is_listed_with_the_likely_reason(tmp_path: Path) -> None:
    before = month_of(tmp_path, "2026-01", {who: {"decile": 3} for who in EVERYBODY}, EVERYBODY)
    before.reconcile()
    ranks: dict[str, dict[str, Any]] = {"Siti": {"decile": 2}, "Budi": {"decile": 8}, "Rina": {"decile": 3}}
    month = month_of(tmp_path, "2026-03", ranks | {"Joko": {"status": "MD"}, "Tuti": {"status": "PD"}}, ["Rina"])
    month.reconcile()
    assert departures(month, "movement, previous_period, likely_reason, decile, within_limit") == {
        "Siti": ["left", "2026-01", "unknown", "2", True],
        "Budi": ["left", "2026-01", "above_limit", "8", False],
        "Amat": ["left", "2026-01", "not_in_registry", None, None],
        "Joko": ["left", "2026-01", "deceased", None, None],
        "Tuti": ["left", "2026-01", "moved_away", None, None],
    }
    came_back = month_of(tmp_path, "2026-04", ranks, ["Rina", "Siti", "Baru"])
    came_back.reconcile()
    assert departures(came_back, "movement, previous_period, likely_reason, requirements") == {
        "Siti": ["returned", "2026-03", None, []]
    }


def test_the_ill_cannot_wait_and_each_is_told_what_is_missing(tmp_path: Path) -> None:
    people = ["Siti", "Budi", "Amat"]
    month_of(tmp_path, "2026-01", {who: {"decile": 3} for who in people}, people).reconcile()
    month = month_of(tmp_path, "2026-02", {"Siti": {"decile": 3}, "Budi": {"decile": 3}, "Amat": {"decile": 9}}, [])
    month.lists("pbi_jkn", "Baru")
    month.lists("reactivation_requests", "Siti", reason="KRONIS", requested_on=date(2026, 2, 9))
    month.lists("reactivation_requests", "Amat", reason="DARURAT", facility_letter="445/1")
    month.lists("proposals", "Budi", proposed_on=date(2026, 2, 5))
    month.reconcile()
    assert departures(month, "illness, urgency, proposed, requirements") == {
        "Siti": ["KRONIS", "high", False, ["FACILITY_LETTER", "OFFICE_LETTER", "PROPOSAL"]],
        "Budi": [None, "normal", True, ["OFFICE_LETTER"]],
        "Amat": ["DARURAT", "high", False, ["OFFICE_LETTER", "DATA_RENEWAL"]],
    }


def test_without_a_list_or_an_earlier_one_nobody_left(tmp_path: Path) -> None:
    first = month_of(tmp_path, "2026-01", {"Siti": {"decile": 3}}, ["Siti"])
    first.reconcile()
    assert departures(first, "movement") == {}
    without = month_of(tmp_path, "2026-02", {"Siti": {"decile": 3}}, [])
    without.reconcile()
    assert departures(without, "movement") == {}
