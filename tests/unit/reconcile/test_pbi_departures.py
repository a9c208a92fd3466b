"""Who was on the PBI list and is not on it any more, why most likely, and what it takes to come back."""

from datetime import date
from pathlib import Path
from typing import Any

from tests.scenario import VILLAGE, Month, card


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


def test_of_somebody_whose_identity_is_open_nobody_says_that_they_left_or_came_back(tmp_path: Path) -> None:
    def landed(period: str, *, settled: bool) -> Month:
        month = month_of(tmp_path, period, {"Amat": {"decile": 3}, "Budi": {"decile": 3}}, ["Budi"])
        month.lists("pbi_jkn", "Amat", band="same" if settled else "review")
        if not settled:
            month.links[-1] |= {"person_key": "key of a misprint"}
        month.reconcile()
        return month

    landed("2026-01", settled=False)
    assert departures(landed("2026-02", settled=True), "movement") == {}, "the misprint may be Amat, who is there"
    assert departures(landed("2026-03", settled=False), "movement") == {}, "Amat may be the misprint"


def test_a_mistyped_number_makes_nobody_leave_whose_name_and_card_are_there(tmp_path: Path) -> None:
    members = {"Hawa": ("HAWA YANTI", card(1)), "Nita": ("NITA WAHYUNI", card(2))}
    months = [members, {"Hawayanti": ("HAWAYANTI", card(1)), "Nita Sari": ("NITA SARI", card(2))}]
    for period, listed in zip(("2026-01", "2026-02"), months, strict=True):
        month = month_of(tmp_path, period, {}, [])
        for who, (name, number) in listed.items():
            month.lists("pbi_jkn", who, name=name, family_card_number=number)
        month.reconcile()
    assert departures(month, "movement") == {"Nita": ["left"]}


def test_who_left_is_named_to_the_district_with_the_way_back(tmp_path: Path) -> None:
    people = ["Siti", "Amat", "Joko"]
    month_of(tmp_path, "2026-01", {who: {"decile": 3} for who in people}, people).reconcile()
    month = month_of(tmp_path, "2026-02", {"Siti": {"decile": 3}, "Amat": {"decile": 9}, "Joko": {"status": "MD"}}, [])
    month.lists("population", village_code=VILLAGE, total=10)
    month.lists("pbi_jkn", "Baru")
    month.lists("reactivation_requests", "Siti", reason="KRONIS")
    month.reconcile()
    found = departures(month, "name, nik, proposal_path, deadline_on, recommended_action")
    assert {who: values[:4] for who, values in found.items()} == {
        "Siti": ["Siti", "nik of Siti", "USULAN_BANSOS", date(2026, 3, 11)],
        "Amat": ["Amat", "nik of Amat", "USULAN_PEMBARUAN_DATA", date(2026, 3, 11)],
        "Joko": ["Joko", "nik of Joko", None, None],
    }
    assert found["Joko"][4] is None
    assert "Letter of the health facility." in found["Siti"][4]
    assert "days 1 to 11" in found["Siti"][4]
    assert "Usulan Pembaruan Data" in found["Amat"][4]
    for table in ("district_summary", "village_summary"):
        assert month.select(f"select sum(pbi_left), sum(pbi_left_urgent), sum(pbi_returned) from {table}") == [
            (3, 1, 0)
        ]


def test_without_a_list_or_an_earlier_one_nobody_left(tmp_path: Path) -> None:
    first = month_of(tmp_path, "2026-01", {"Siti": {"decile": 3}}, ["Siti"])
    first.reconcile()
    assert departures(first, "movement") == {}
    without = month_of(tmp_path, "2026-02", {"Siti": {"decile": 3}}, [])
    without.reconcile()
    assert departures(without, "movement") == {}
