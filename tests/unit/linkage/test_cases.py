"""Every linkage story of one shape (`cases.py`), linked in one district: a place of the country for each."""

from collections.abc import Iterable
from typing import Any

import polars as pl
import pytest

from tests.conftest import keeper
from tests.unit.linkage.cases import CASES, FAR_VILLAGE, Case
from tests.unit.linkage.people import others, person, placed
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.people import link_people

FIRST_ROW = {"registry": 2, "pkh": 3, "pbi_jkn": 5, "civil_status": 10, "company_officers": 17, "disbursements": 18}
NAMESAKES = 60
Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[int, dict[str, Any]]]:
    """The links by row: of all cases together, and of those that are linked apart by story."""
    together = [case for case in CASES if not case.apart]
    districts = {"": together} | {case.story: [case] for case in CASES if case.apart}
    return {story: _linked(tmp_path_factory.mktemp("cases"), cases) for story, cases in districts.items()}


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.story for case in CASES])
def test_a_case(linked: dict[str, dict[int, dict[str, Any]]], number: int) -> None:
    case = CASES[number]
    link = linked[case.story if case.apart else ""][_row_id(case.source, number, 0)]
    registered = link["registry_row_id"]
    person = None if registered is None else registered - _row_id("registry", number, 0)
    assert (link["match_band"], person) == (case.band, case.person)
    assert case.method in {None, link["match_method"]}
    assert link["guard"] == case.guard


def _linked(folder: Any, cases: Iterable[Case]) -> dict[int, dict[str, Any]]:
    rows: Rows = {"registry": others()}
    for case in cases:
        for source, told in _rows(case, CASES.index(case)).items():
            rows.setdefault(source, []).extend(told)
    partition = keeper(DataRoot(folder / "data"))("2021-11", "1401", **rows)
    with partition.draft() as draft:
        link_people(draft, load_policy(), "secret")
        partition = draft.accept()
    return {row["row_id"]: row for row in pl.read_parquet(partition.path("links")).to_dicts()}


def _rows(case: Case, number: int) -> Rows:
    namesakes = [
        {"name": case.namesakes, "nik": f"14010201019{n:05d}", "village_code": FAR_VILLAGE}
        for n in range(NAMESAKES if case.namesakes else 0)
    ]
    told: dict[str, list[Any]] = {"registry": [None, *case.registry, *namesakes], case.source: [case.row]}
    for source, rows in case.beside.items():
        told[source] = [*told.get(source, []), *rows]
    return {
        source: [_row(source, number, place, row) for place, row in enumerate(rows) if row is not None]
        for source, rows in told.items()
    }


def _row(source: str, number: int, place: int, columns: Any) -> dict[str, Any]:
    """The row in the place of the case."""
    return placed(person(_row_id(source, number, place), **({"name": None} | dict(columns))), number)


def _row_id(source: str, number: int, place: int) -> int:
    return FIRST_ROW[source] * 1_000_000_000 + 1_000_000 + 1000 * number + place
