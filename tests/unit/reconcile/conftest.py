"""The month a story is told in: one for all that are told together, else one of its own."""

from pathlib import Path

import pytest

from tests.scenario import PERIOD, Month
from tests.told_together import FIRST, MonthCorner, is_told, stories
from welfare_pipeline.contracts.tables import TABLE_BY_NAME


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, MonthCorner]:
    """The stories of the module that are told together, decided; its `PERIOD` is their month's."""
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
    """Where the story is told."""
    if is_told(request.node):
        corners: dict[str, MonthCorner] = request.getfixturevalue("told")
        return corners[request.node.nodeid]
    return Month(tmp_path, getattr(request.module, "PERIOD", PERIOD))
