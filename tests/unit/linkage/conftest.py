"""Linking the rows of a story."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import polars as pl
import pytest

from tests.conftest import Keep, keeper
from tests.told_together import Corner, is_told, stories
from tests.unit.linkage.people import JOKO, SITI, others, placed, registered
from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.linkage import link_people

Rows = Sequence[dict[str, Any]]
REGISTERED = [registered(1, **SITI), registered(2, **JOKO)]
ROW_IDS = ("row_id", "person_id", "registry_row_id")


class Link(Protocol):
    """Links the rows and gives `links` by row_id."""

    def __call__(
        self, period: str = "2021-11", district: str = "1401", policy: Policy | None = None, **tables: Rows
    ) -> dict[int, dict[str, Any]]: ...


@dataclass
class LinkCorner(Corner):
    """One story's place in a month that is linked: its people live where those of no other story do."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    links: dict[int, dict[str, Any]] = field(default_factory=dict)

    def __call__(self, **tables: Rows) -> dict[int, dict[str, Any]]:
        """Land the rows; the links by row_id are there once all stories are linked."""
        tables.setdefault("registry", REGISTERED)
        for table, rows in tables.items():
            own = [placed(row, self.number) | {"row_id": row["row_id"] + self._first} for row in rows]
            self.rows.setdefault(table, []).extend(own)
        return self.links

    def find(self, links: Iterable[dict[str, Any]]) -> None:
        """Take the story's own among the links."""
        own = {row["row_id"] for rows in self.rows.values() for row in rows}
        self.links |= {
            row["row_id"] - self._first: row | {name: row[name] and row[name] - self._first for name in ROW_IDS}
            for row in links
            if row["row_id"] in own
        }

    @property
    def _first(self) -> int:
        return 1000 * (self.number + 1)


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, LinkCorner]:
    """The stories of the module that are told together, linked."""
    corners = {}
    for number, (test, story, given) in enumerate(stories(request.node, request.session.items)):
        corners[test] = LinkCorner(number)
        corners[test].tell(story, link=corners[test], **given)
    tables: dict[str, list[dict[str, Any]]] = {"registry": others()}
    for corner in corners.values():
        for table, rows in corner.rows.items():
            tables.setdefault(table, []).extend(rows)
    links = linked(keeper(DataRoot(tmp_path_factory.mktemp("together"))), **tables)
    for corner in corners.values():
        corner.find(links.values())
    return corners


@pytest.fixture
def link(request: pytest.FixtureRequest) -> Link | LinkCorner:
    """Links a month; Siti and Joko are registered unless the story brings its own registry."""
    if is_told(request.node):
        corners: dict[str, LinkCorner] = request.getfixturevalue("told")
        return corners[request.node.nodeid]
    return partial(linked, request.getfixturevalue("keep"))


def linked(
    keep: Keep, period: str = "2021-11", district: str = "1401", policy: Policy | None = None, **tables: Rows
) -> dict[int, dict[str, Any]]:
    """The links of the month with these tables, by row_id."""
    tables.setdefault("registry", REGISTERED)
    partition = keep(period, district, **tables)
    with partition.draft() as draft:
        link_people(draft, policy or load_policy(), "secret")
        partition = draft.accept()
    return {row["row_id"]: row for row in pl.read_parquet(partition.path("links")).to_dicts()}
