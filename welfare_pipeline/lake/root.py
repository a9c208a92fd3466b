"""The folders of a deployment: where everything is, in which order people get their turn, and what may be seen."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.tables import TABLES
from welfare_pipeline.lake.connecting import connected, looking_at
from welfare_pipeline.lake.integrity import Damage, lost_in
from welfare_pipeline.lake.locking import held_by, locked, locked_if_free
from welfare_pipeline.lake.partition import WHOLE_DISTRICTS, Partition
from welfare_pipeline.lake.pointer import Pointer, ever_made, read_pointer
from welfare_pipeline.lake.scratch import scratch
from welfare_pipeline.lake.secret import SecretError, present_secret, usable_secret
from welfare_pipeline.lake.versions import (
    districts_in,
    link_month,
    linked_in,
    newest_in,
    newest_version,
    published_in,
    published_version,
    versions_in,
)


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

    def boundaries(self, district: str) -> Path:
        """The file of the district's village boundaries, which may not have landed."""
        return self.path / "boundaries" / f"{district}.geojson"

    def letters(self, period: str, district: str) -> Path:
        """The folder of a district's letters to families; identities included."""
        return self.published / "letters" / period / district

    def audit(self, period: str, district: str) -> Path:
        """The workbook of a district's field check; identities included."""
        return self.published / "audits" / period / f"{district}.xlsx"

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

    @property
    def known_files(self) -> Path:
        """Digests of landed files as they were seen last."""
        return self.lake / ".known_files.json"

    def alone(self, what: str) -> AbstractContextManager[None]:
        """Inside, nobody else on this data root works on `what` (a district, a published file); waits for its turn."""
        return locked(self.lock(what), is_long=True)

    def alone_if_free(self, what: str) -> AbstractContextManager[bool]:
        """Like `alone`, but instead of waiting it tells whether nobody was at work."""
        return locked_if_free(self.lock(what))

    def locks_held(self) -> dict[str, str]:
        """Who holds a lock now: the number of the process by the lock's name."""
        return held_by(self.lock("x").parent)

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
        """What the newest delivery of a period and district has come to; a version without tables, if there is none."""
        return newest_version(self.lake, period, district)

    def published_partition(self, period: str, district: str) -> Partition:
        """What everybody reads of a period and district; a version without tables, if there is nothing."""
        return published_version(self.lake, period, district)

    def nothing(self, period: str, district: str) -> Partition:
        """A version without tables, to draft the first tables of a delivery over."""
        return Partition(self.lake, period, district)

    def pointer(self, period: str, district: str) -> Pointer | None:
        """Which version of a period and district is what; `None` if there is nothing that can be read."""
        return read_pointer(self.lake / period / district)

    def district_status(self, district: str) -> Path:
        """How the months of a district stood when that was looked at last; may not exist."""
        return self.lake / ".status" / f"{district}.parquet"

    def number_hashes(self, period: str) -> Path:
        """The folder of keyed hashes of a month's recipients' numbers, a file a district; made again if it is gone."""
        return self.lake / ".across" / period

    def noted_status(self, district: str | None = None) -> list[Path]:
        """The files in which it was noted how months stand, of all districts or of one; those that are there."""
        return sorted(self.district_status("x").parent.glob(f"{district or '*'}.parquet"))

    def partitions(self, district: str = "*") -> list[Partition]:
        """Everything that is published (of all districts or of one), by period and district."""
        return published_in(self.lake, district)

    def newest_deliveries(self) -> list[Partition]:
        """What each newest delivery has come to (held back: its records), by period and district."""
        return newest_in(self.lake)

    def versions(self) -> list[Partition]:
        """Every version that is kept: newest, published, and published before."""
        return versions_in(self.lake)

    def ever_made(self) -> list[tuple[str, str]]:
        """Period and district of everything that was ever in the lake, also if it is gone or withdrawn."""
        return districts_in(self.lake)

    def lost(self, district: str = "*") -> list[Damage]:
        """The months (of all districts or of one) of which something is gone."""
        return lost_in(self.lake, district)

    def across(
        self, partitions: Sequence[Partition], tables: Sequence[str] | None = None
    ) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A DuckDB that sees each table of all these partitions as one view; with `tables`, a look at these few."""
        names = [table.name for table in TABLES] if tables is None else tables
        files = {name: [p.path(name) for p in partitions] for name in names}
        return connected(self.lake, files) if tables is None else looking_at(files)

    @contextmanager
    def snapshot(self, reader: str, district: str | None = None, period: str | None = None) -> Iterator["Snapshot"]:
        """The newest and published versions (of a district, of a period) as they are now, whatever happens meanwhile.

        Links, so nothing is copied. `reader` names it.
        """
        with scratch(self.lake, f"snapshot-{reader}") as folder:
            with locked(self.lock("content")):
                for name in ever_made(self.lake):
                    if period in {None, name[0]} and district in {None, name[1]}:
                        link_month(self.lake, folder, *name)
            yield Snapshot(folder)


@dataclass(frozen=True)
class Snapshot:
    """The versions of a moment."""

    folder: Path

    def __iter__(self) -> Iterator[Partition]:
        """What is published, by period and district."""
        return iter(published_in(self.folder))

    def newest_deliveries(self) -> list[Partition]:
        """What each newest delivery has come to."""
        return newest_in(self.folder)

    def linked(self) -> list[Partition]:
        """The versions whose links other districts go by."""
        return linked_in(self.folder)

    def lost(self) -> list[Damage]:
        """The months and districts of which something is gone."""
        return lost_in(self.folder)
