"""The month a story is told in: one for all that are told together, else one of its own."""

from pathlib import Path

import pytest

from tests.scenario import PERIOD, Month
from tests.told_together import Corner, Told, is_told


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The stories of the module that are told together, decided; its `PERIOD` is their month's."""
    month = Month(tmp_path_factory.mktemp("together"), getattr(request.module, "PERIOD", PERIOD))
    return Told.of(month, request.node, request.session.items)


@pytest.fixture
def month(request: pytest.FixtureRequest, tmp_path: Path) -> Month | Corner:
    """Where the story is told."""
    if is_told(request.node):
        told: Told = request.getfixturevalue("told")
        return told.corners[request.node.nodeid]
    return Month(tmp_path, getattr(request.module, "PERIOD", PERIOD))
