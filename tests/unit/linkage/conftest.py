"""Linking the rows of a story."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol

import polars as pl
import pytest

from tests.conftest import Keep, keeper
from tests.told_together import Corner, is_told, stories
from tests.unit.linkage.people import JOKO, SITI, VILLAGE, others, placed, registered
from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.lake import DataRoot, Partition
from welfare_pipeline.people import link_people

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
    """One story's place in months that are linked: its people live where those of no other story do."""

    rows: dict[str, dict[str, list[dict[str, Any]]]] = field(default_factory=dict)
    links: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    months: dict[str, Partition] = field(default_factory=dict)

    def __call__(self, period: str = "2021-11", **tables: Rows) -> dict[int, dict[str, Any]]:
        """Land the rows of the month; its links by row_id are there once all stories are linked."""
        tables.setdefault("registry", REGISTERED)
        for table, rows in tables.items():
            own = [placed(row, self.number) | {"row_id": row["row_id"] + self._first} for row in rows]
            self.rows.setdefault(period, {}).setdefault(table, []).extend(own)
        return self.links.setdefault(period, {})

    def find(self, period: str, partition: Partition) -> None:
        """Take the story's own among the links of the month."""
        self.months[period] = partition
        own = {row["row_id"] for rows in self.rows[period].values() for row in rows}
        self.links[period] |= {
            row["row_id"] - self._first: row | {name: row[name] and row[name] - self._first for name in ROW_IDS}
            for row in pl.read_parquet(partition.path("links")).to_dicts()
            if row["row_id"] in own
        }

    def pair(self, period: str) -> dict[str, Any]:
        """The only pair of that month that people have to settle about the story's people."""
        [pair] = self.pairs(period)
        return pair

    def pairs(self, period: str) -> list[dict[str, Any]]:
        """The pairs of that month that people have to settle about the story's people."""
        village = placed({"village_code": VILLAGE}, self.number)["village_code"]
        return pl.read_parquet(self.months[period].path("review_pairs")).filter(village_code=village).to_dicts()

    @property
    def _first(self) -> int:
        return 1000 * (self.number + 1)


@pytest.fixture(scope="module")
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, LinkCorner]:
    """The stories of the module that are told together, linked month by month."""
    corners = {}
    for number, (test, story, given) in enumerate(stories(request.node, request.session.items)):
        corners[test] = LinkCorner(number)
        corners[test].tell(story, link=corners[test], **given)
    keep = keeper(DataRoot(tmp_path_factory.mktemp("together")))
    linked_months: set[str] = set()
    while landed := {period for corner in corners.values() for period in corner.rows} - linked_months:
        period = min(landed)
        linked_months.add(period)
        there = [corner for corner in corners.values() if period in corner.rows]
        tables: dict[str, list[dict[str, Any]]] = {"registry": others()}
        for corner in there:
            for table, rows in corner.rows[period].items():
                tables.setdefault(table, []).extend(rows)
        tables = {table: rows for table, rows in tables.items() if rows}
        partition = linked_month(keep, period, **tables)
        for corner in there:
            corner.find(period, partition)
            corner.go_on()
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
    partition = linked_month(keep, period, district, policy, **tables)
    return {row["row_id"]: row for row in pl.read_parquet(partition.path("links")).to_dicts()}


def linked_month(
    keep: Keep, period: str, district: str = "1401", policy: Policy | None = None, **tables: Rows
) -> Partition:
    """The month with these tables, linked."""
    tables.setdefault("registry", REGISTERED)
    with keep(period, district, **tables).draft() as draft:
        link_people(draft, policy or load_policy(), "secret")
        return draft.accept()
