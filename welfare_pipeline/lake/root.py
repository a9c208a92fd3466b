"""The folders of a deployment: where everything is, in which order people get their turn, and what may be seen."""

import os
import secrets
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.tables import TABLES
from welfare_pipeline.lake.connecting import connected
from welfare_pipeline.lake.folders import write_whole
from welfare_pipeline.lake.locking import locked, locked_if_free
from welfare_pipeline.lake.partition import WHOLE_DISTRICTS, Partition, partitions_in, pending_in
from welfare_pipeline.lake.scratch import scratch


@dataclass(frozen=True)
class DataRoot:
    """The folders of one deployment."""

    path: Path

    @property
    def policy(self) -> Path:
        """The deployment's own policy, which may not exist."""
        return self.path / "policy.toml"

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME."""
        return self.path / "dagster"

    @property
    def published(self) -> Path:
        """What users read."""
        return self.path / "published"

    def worklists(self, period: str, district: str) -> Path:
        """The folder of a district's workbooks for its villages; identities included."""
        return self.published / "worklists" / period / district

    def report(self, period: str, district: str) -> Path:
        """The page of a district's counts for a month."""
        return self.published / "reports" / period / f"{district}.html"

    @property
    def secret(self) -> Path:
        """The deployment's secret behind the keys."""
        return self.path / "secret"

    def deployment_secret(self) -> str:
        """The secret behind the keys: `WELFARE_SECRET`, else a file made on first use that only its owner reads."""
        given = os.environ.get("WELFARE_SECRET")
        if given:
            return given
        with locked(self.lock("secret")):
            if not self.secret.exists():
                write_whole(self.secret, secrets.token_hex(32))
        return self.secret.read_text("ascii").strip()

    @property
    def lake(self) -> Path:
        """The pipeline's own tables."""
        return self.path / "lake"

    def alone(self, what: str) -> AbstractContextManager[None]:
        """Inside, nobody else on this data root works on `what` (a district, a published file); waits for its turn."""
        return locked(self.lock(what), is_long=True)

    def alone_if_free(self, what: str) -> AbstractContextManager[bool]:
        """Like `alone`, but instead of waiting it tells whether nobody was at work."""
        return locked_if_free(self.lock(what))

    def lock(self, what: str) -> Path:
        """The file whose lock gives a turn."""
        return self.lake / ".locks" / what

    def landing(self, period: str, district: str | None = None) -> Path:
        """The folder of landed files of a period, or of one district in it."""
        folder = self.path / "landing" / period
        return folder if district is None else folder / district

    def landed_months(self) -> list[str]:
        """The periods that have a landing folder, oldest first."""
        return sorted(folder.name for folder in (self.path / "landing").glob("*/") if is_period(folder.name))

    def partition(self, period: str, district: str = WHOLE_DISTRICTS) -> Partition:
        """The lake's tables of one period and district."""
        return Partition(self.lake, period, district)

    def partitions(self) -> list[Partition]:
        """Every partition with at least one table, by period and district."""
        return partitions_in(self.lake)

    def pending_partitions(self) -> list[Partition]:
        """Every partition that a run is making, or has left unfinished."""
        return pending_in(self.lake)

    def across(self, partitions: list[Partition]) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """An in-memory DuckDB that sees each table of all these partitions as one view."""
        return connected(self.lake, {table.name: [p.path(table.name) for p in partitions] for table in TABLES})

    @contextmanager
    def snapshot(
        self, reader: str, district: str | None = None, period: str | None = None
    ) -> Iterator[list[Partition]]:
        """Every partition (of a district, of a period) as it is now, whatever is put in place meanwhile.

        Links, so nothing is copied. `reader` names it.
        """
        with scratch(self.lake, f"snapshot-{reader}") as folder:
            with locked(self.lock("content"), shared=True):
                for partition in self.partitions():
                    if district in {None, partition.district} and period in {None, partition.period}:
                        partition.linked_to(Partition(folder, partition.period, partition.district).folder)
            yield partitions_in(folder)
