"""Linking the rows of a story."""

from collections.abc import Sequence
from typing import Any, Protocol

import polars as pl
import pytest

from tests.conftest import Keep
from tests.unit.linkage.people import JOKO, SITI, registered
from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.linkage import link_people

Rows = Sequence[dict[str, Any]]


class Link(Protocol):
    """Links the rows and gives `links` by row_id."""

    def __call__(
        self, period: str = "2021-11", district: str = "1401", policy: Policy | None = None, **tables: Rows
    ) -> dict[int, dict[str, Any]]: ...


@pytest.fixture
def link(keep: Keep) -> Link:
    """Links a month; Siti and Joko are registered unless the story brings its own registry."""

    def linked(
        period: str = "2021-11", district: str = "1401", policy: Policy | None = None, **tables: Rows
    ) -> dict[int, dict[str, Any]]:
        tables.setdefault("registry", [registered(1, **SITI), registered(2, **JOKO)])
        partition = keep(period, district, **tables)
        with partition.draft() as draft:
            link_people(draft, policy or load_policy(), "secret")
            partition = draft.accept()
        return {row["row_id"]: row for row in pl.read_parquet(partition.path("links")).to_dicts()}

    return linked
