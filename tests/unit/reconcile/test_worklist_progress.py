"""How far villages answered last month's worklist. All people are made up."""

from datetime import date
from pathlib import Path

import pytest

from tests.scenario import VILLAGE, Month


def _month(folder: Path, period: str) -> Month:
    """Siti is registered and receives Sembako; Tono receives it and is not in the registry."""
    month = Month(folder, period)
    month.lists("population", village_code=VILLAGE, village_name="BATU BELAH", total=100)
    month.lists("registry", "Siti")
    month.lists("sembako", "Siti")
    month.lists("sembako", "Tono")
    return month


@pytest.mark.parametrize(("answered", "progress"), [((), (2, 0)), (("Siti",), (2, 1)), (("Siti", "Tono"), (2, 2))])
def test_answers_about_people_with_a_reason_or_a_complaint_count(
    tmp_path: Path, answered: tuple[str, ...], progress: tuple[int, int]
) -> None:
    november = _month(tmp_path, "2021-11")
    november.lists("complaints", "Siti", kind="INCLUDED")
    november.reconcile()
    december = _month(tmp_path, "2021-12")
    for name in answered:
        december.lists("eligibility_decisions", name, outcome="LAYAK")
    december.reconcile()
    assert december.select("select worklist_rows, worklist_answered from village_readiness") == [progress]


def test_a_decision_known_when_the_worklist_was_drawn_up_is_no_answer_to_it(tmp_path: Path) -> None:
    november, december = _month(tmp_path, "2021-11"), _month(tmp_path, "2021-12")
    for month in (november, december):
        month.lists("eligibility_decisions", "Siti", outcome="TIDAK LAYAK", decided_on=date(2021, 9, 1))
    december.lists("eligibility_decisions", "Tono", outcome="LAYAK", decided_on=date(2021, 9, 1))
    november.reconcile()
    december.reconcile()
    assert december.select("select worklist_rows, worklist_answered from village_readiness") == [(2, 1)]
