"""The folders of a deployment: where everything is, in which order people get their turn, and what may be seen."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.tables import TABLES
from welfare_pipeline.lake.connecting import connected, looking_at
from welfare_pipeline.lake.ground import STORED, Ground
from welfare_pipeline.lake.integrity import Damage, lost_in
from welfare_pipeline.lake.locking import held_by, locked, locked_if_free
from welfare_pipeline.lake.partition import WHOLE_DISTRICTS, Partition, fetch
from welfare_pipeline.lake.pointer import Pointer, ever_made, read_pointer
from welfare_pipeline.lake.scratch import scratch
from welfare_pipeline.lake.secret import FINGERPRINT, present_secret, usable_secret
from welfare_pipeline.lake.store.copies import Store, store_at
from welfare_pipeline.lake.store.landed import Landed
from welfare_pipeline.lake.store.published import names_of, note_of_database, put_database, put_files, take_away
from welfare_pipeline.lake.store.refreshing import (
    fetch_fingerprint,
    put_audit,
    put_fingerprint,
    refresh,
    refresh_policy,
)
from welfare_pipeline.lake.store.settings import place_of, require_secret
from welfare_pipeline.lake.store_error import StoreError
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

Made = TypeVar("Made")


@dataclass(frozen=True)
class DataRoot:
    """The folders of one deployment."""

    path: Path

    @property
    def shared(self) -> Path:
        """Where landing, policy and lake are: here, or (with `WELFARE_STORE`) in a copy of the object store."""
        return place_of(self.path)

    @property
    def policy(self) -> Path:
        """The deployment's own policy, which may not exist."""
        return self.shared / "policy.toml"

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
        store, fingerprint = self.store, self.lake / FINGERPRINT
        with locked(self.lock("secret")):
            if store is None:
                return usable_secret(self.secret, self.lake, new=new)
            require_secret()
            fetch_fingerprint(store, fingerprint)
            is_first = new or not fingerprint.exists()
            secret = usable_secret(self.secret, self.lake, new=new)
            if is_first and not put_fingerprint(store, fingerprint, new=new):
                return usable_secret(self.secret, self.lake)  # held against that of the machine that was first
            return secret

    def secret_problem(self) -> str | None:
        """Why runs would stop for the secret, in a sentence; `None` if they would not. Nothing is made or changed."""
        try:
            if (store := self.store) is not None:
                require_secret()
                fetch_fingerprint(store, self.lake / FINGERPRINT)
            present_secret(self.secret, self.lake)
        except StoreError as error:
            return str(error)
        return None

    @property
    def lake(self) -> Path:
        """The pipeline's own tables."""
        return self.shared / "lake"

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
        folder = self.landings / period
        if district is not None and (store := store_at(self.shared)) is not None:
            Landed(store).fetch(period, district)
        return folder if district is None else folder / district

    @property
    def landings(self) -> Path:
        """The folder of all that has landed."""
        return self.shared / "landing"

    def landed_months(self) -> list[str]:
        """The periods that have a landing folder, oldest first."""
        return sorted(folder.name for folder in self.landings.glob("*/") if is_period(folder.name))

    def landed_bytes(self, period: str, district: str) -> int:
        """Bytes that have landed of a district; `OSError`, if its folder cannot be read."""
        if (store := store_at(self.shared)) is not None:
            return Landed(store).size(period, district)
        return sum(file.lstat().st_size for file in self.landing(period, district).iterdir())

    def read_now(self, period: str, district: str, lists: Iterable[str]) -> Ground:
        """With an object store: what marks a district's landed files as they were fetched, for the ground of a version.

        `lists`: which are read.
        """
        store = self.store
        return {} if store is None else {STORED: Landed(store).mark(period, district, lists, fetched=True)}

    def lies_as_read(self, version: Partition, lists: Iterable[str]) -> bool:
        """Whether just what a version was read from lies in the object store; `False`: that has to be looked at."""
        store, read = self.store, version.contents_or_nothing().ground.get(STORED)
        return store is not None and bool(read) and read == Landed(store).mark(*version.name, lists)

    def refresh(self, period: str | None = None, district: str | None = None) -> None:
        """With an object store: see how it is now (of what landed: of a month, of a district). Else nothing is done.

        Raises:
            StoreError: it cannot be reached, or does not let us.

        """
        if (store := store_at(self.shared)) is not None:
            refresh(store, period, district)

    def refresh_policy(self) -> None:
        """With an object store: fetch the deployment's policy. Else nothing is done.

        Raises:
            StoreError: the store cannot be reached, or does not let us.

        """
        if (store := self.store) is not None:
            refresh_policy(store)

    def where(self, place: Path) -> str:
        """A folder or file as people find it: in the object store, if it is a copy of one there."""
        store = self.store
        if store is None or not place.is_relative_to(store.home):
            return str(place)
        return f"{store.bucket.settings.address}/{place.relative_to(store.home).as_posix()}"

    def put_landing(self, period: str, district: str) -> None:
        """With an object store: put there what was written into a district's landing folder."""
        if (store := self.store) is not None:
            Landed(store).put(period, district)
            Landed(store).refresh(period, district)

    def put_audit(self, sample: Path) -> None:
        """With an object store: put a sample there that was drawn."""
        if (store := self.store) is not None:
            put_audit(store, sample)

    def putting(self, database: Path, make: Callable[[], Made]) -> Made:
        """What `make` returns, which brings a published database up to date; in an object store, too, if there is one.

        It is made again, if another machine published it meanwhile.
        """
        store = self.store
        note = self.published_note(database)
        return make() if store is None else put_database(store, self.published, database, note, make)

    def note_in_store(self, database: Path) -> str | None:
        """The note of what the database in the object store holds, whichever machine made it; `None`: nobody knows."""
        store = self.store
        return None if store is None else note_of_database(store, self.published, database)

    def put_published(self, *files: Path, instead_of: Path | None = None) -> None:
        """With an object store: put published files there; with `instead_of`, in place of all of that folder."""
        if (store := self.store) is not None:
            put_files(store, self.published, files, instead_of=instead_of)

    def take_published_away(self, *places: Path) -> None:
        """With an object store: take published files and folders out of it."""
        if (store := self.store) is not None:
            take_away(store, self.published, *places)

    def published_names(self, *folders: str) -> list[str]:
        """What is published in these folders, by this or (with an object store) by any machine; within `published`."""
        here = [path for name in folders for path in self.published.joinpath(name).rglob("*") if path.is_file()]
        names = {path.relative_to(self.published).as_posix() for path in here}
        store = self.store
        return sorted(names if store is None else names.union(*(names_of(store, folder) for folder in folders)))

    @property
    def store(self) -> Store | None:
        """The object store in place of landing, policy and lake; `None`: they are here."""
        return store_at(self.shared)

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

    def ever_made(self, district: str = "*") -> list[tuple[str, str]]:
        """Period and district of all (or of one district) that was ever in the lake, also if gone or withdrawn."""
        return districts_in(self.lake, district)

    def lost(self, district: str = "*") -> list[Damage]:
        """The months (of all districts or of one) of which something is gone."""
        return lost_in(self.lake, district)

    def across(
        self, partitions: Sequence[Partition], tables: Sequence[str] | None = None
    ) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A DuckDB that sees each table of all these partitions as one view; with `tables`, a look at these few."""
        names = [table.name for table in TABLES] if tables is None else tables
        fetch(partitions, names)
        files = {name: [p.path(name) for p in partitions] for name in names}
        return connected(self.lake, files) if tables is None else looking_at(files)

    @contextmanager
    def snapshot(self, reader: str, district: str | None = None, period: str | None = None) -> Iterator["Snapshot"]:
        """The newest and published versions (of a district, of a period) as they are now, whatever happens meanwhile.

        Links, so nothing is copied. `reader` names it.
        """
        with scratch(self.lake, f"snapshot-{reader}") as folder:
            with locked(self.lock("content")):
                for name in ever_made(self.lake, district or "*", period or "[0-9]*"):
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
