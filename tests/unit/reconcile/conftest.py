"""The month of a test of the reconciliation: shared with the module's other tests (`@together`), or its own."""

from pathlib import Path

import pytest

from tests.scenario import PERIOD, Month
from tests.told_together import FIRST, MonthCorner, is_told, stories
from welfare_pipeline.contracts.tables import TABLE_BY_NAME


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, MonthCorner]:
    """The shared month of the module's `@together` tests, decided, by test; the module's `PERIOD` says which month."""
    month = Month(tmp_path_factory.mktemp("together"), getattr(request.module, "PERIOD", PERIOD))
    corners = {}
    for number, (test, story, given) in enumerate(stories(request.node, request.session.items), FIRST):
        corners[test] = MonthCorner(number, whole=month)
        corners[test].tell(story, month=corners[test], **given)
    month.reconcile()
    month.decide_once(TABLE_BY_NAME)
    return corners


@pytest.fixture
def month(request: pytest.FixtureRequest, tmp_path: Path) -> Month | MonthCorner:
    """The month in which this test lands its rows."""
    if is_told(request.node):
        corners: dict[str, MonthCorner] = request.getfixturevalue("told")
        return corners[request.node.nodeid]
    return Month(tmp_path, getattr(request.module, "PERIOD", PERIOD))
