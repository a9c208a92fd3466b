"""The folders of a deployment: where everything is, in which order people get their turn, and what may be seen."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.tables import TABLES
from welfare_pipeline.lake.connecting import connected
from welfare_pipeline.lake.integrity import Damage, lost_partitions
from welfare_pipeline.lake.locking import locked, locked_if_free
from welfare_pipeline.lake.partition import WHOLE_DISTRICTS, Partition, partitions_in, pending_in
from welfare_pipeline.lake.register import link_note, noted_partitions
from welfare_pipeline.lake.scratch import scratch
from welfare_pipeline.lake.secret import SecretError, present_secret, usable_secret


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

    def published_note(self, database: Path) -> Path:
        """Where it is noted what a published database holds, beside the lake that it was made of."""
        return self.lake / ".published" / f"{database.stem}.json"

    def worklists(self, period: str, district: str) -> Path:
        """The folder of a district's workbooks for its villages; identities included."""
        return self.published / "worklists" / period / district

    def report(self, period: str, district: str) -> Path:
        """The page of a district's counts for a month."""
        return self.published / "reports" / period / f"{district}.html"

    @property
    def secret(self) -> Path:
        """The file of the deployment's secret behind the keys."""
        return self.path / "secret"

    def deployment_secret(self, *, new: bool = False) -> str:
        """The secret behind the keys: `WELFARE_SECRET`, else a file made on first use that only its owner reads.

        `new`: one that is lost, cannot be used or is another than before gives way, and every key changes.

        Raises:
            SecretError: it cannot be used, or is not the one that the lake's keys were made with.

        """
        with locked(self.lock("secret")):
            return usable_secret(self.secret, self.lake, new=new)

    def secret_problem(self) -> str | None:
        """Why runs would stop for the secret, in a sentence; `None` if they would not. Nothing is made or changed."""
        try:
            present_secret(self.secret, self.lake)
        except SecretError as error:
            return str(error)
        return None

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

    def newest_deliveries(self) -> list[Partition]:
        """What the newest delivery of every period and district has come to; its records tell of it."""
        return self.partitions()

    def lost(self) -> list[Damage]:
        """The partitions that were put in place once and whose folder is gone."""
        return lost_partitions(self.lake, self.partitions())

    def pending_partitions(self) -> list[Partition]:
        """Every partition that a run is making, or has left unfinished."""
        return pending_in(self.lake)

    def across(self, partitions: list[Partition]) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """An in-memory DuckDB that sees each table of all these partitions as one view."""
        return connected(self.lake, {table.name: [p.path(table.name) for p in partitions] for table in TABLES})

    @contextmanager
    def snapshot(self, reader: str, district: str | None = None, period: str | None = None) -> Iterator["Snapshot"]:
        """Every partition (of a district, of a period) as it is now, whatever is put in place meanwhile.

        Links, so nothing is copied. `reader` names it.
        """
        with scratch(self.lake, f"snapshot-{reader}") as folder:
            with locked(self.lock("content")):
                names = {(p.period, p.district) for p in self.partitions()} | {*noted_partitions(self.lake)}
                for name in sorted(names):
                    if district in {None, name[1]} and period in {None, name[0]}:
                        link_note(self.lake, *name, folder)
                        self.partition(*name).linked_to(Partition(folder, *name).folder)
            yield Snapshot(folder)


@dataclass(frozen=True)
class Snapshot:
    """The partitions of a moment, and what was noted of them then."""

    folder: Path

    def __iter__(self) -> Iterator[Partition]:
        """The partitions with at least one table, by period and district."""
        return iter(partitions_in(self.folder))

    def newest_deliveries(self) -> list[Partition]:
        """What the newest delivery of each has come to; its records tell of it."""
        return list(self)

    def lost(self) -> list[Damage]:
        """Those that were put in place once and are not there."""
        return lost_partitions(self.folder, self)
