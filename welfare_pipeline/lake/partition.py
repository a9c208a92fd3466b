"""The tables of one period and district: a version of them, and the draft of the next.

A version is a folder that never changes: whoever reads it reads whole tables of one moment. A step drafts tables beside
the lake, and the version it builds on with the drafted tables over it becomes the next one; then the pointer moves.
"""

import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.contracts.vocabulary import DistrictState
from welfare_pipeline.lake.connecting import connected, is_small, looking_at, only_named, replace_view
from welfare_pipeline.lake.contents import Contents, digest_of, read_contents, today_declared, write_contents
from welfare_pipeline.lake.declaration import DeclarationError, breaches_of, misfits_of
from welfare_pipeline.lake.encryption import literal, parquet_options, rows_of
from welfare_pipeline.lake.folders import PRIVATE_FILE, make_private
from welfare_pipeline.lake.in_parts import write_frames
from welfare_pipeline.lake.locking import locked
from welfare_pipeline.lake.one_file import own_connection, row_count
from welfare_pipeline.lake.pointer import NONE, Pointer, is_version, new_version, note_made, read_pointer, write_pointer
from welfare_pipeline.lake.scratch import scratch
from welfare_pipeline.lake.store.copies import Known
from welfare_pipeline.lake.store.versions import month_at

KEPT = 2  # versions published before
UNSORTED = "rows_to_sort"
WHOLE_DISTRICTS = "all"  # the partition of period-wide tables


@dataclass(frozen=True)
class Partition:
    """A version of the tables of one period and district: `lake/<period>/<district>/<version>/<table>.parquet`."""

    lake: Path
    period: str
    district: str
    version: str = NONE

    @property
    def home(self) -> Path:
        """Where the versions of the period and district are, and the pointer to them."""
        return self.lake / self.period / self.district

    @property
    def folder(self) -> Path:
        """Where the version's files are; not there, if there is no version."""
        return self.home / self.version

    @property
    def name(self) -> tuple[str, str]:
        """Period and district."""
        return self.period, self.district

    def path(self, table: str) -> Path:
        """The file of a table, which may not exist; from an object store it is fetched now."""
        file = self.folder / f"{table}.parquet"
        if (stored := month_at(self.lake, *self.name)) is not None:
            stored.fetch_table(self.folder, self.version, file)
        return file

    def has(self, table: str) -> bool:
        """Whether it has the table."""
        return table in self._in_store() or (self.folder / f"{table}.parquet").exists()

    def tables(self) -> list[str]:
        """The tables it has, by name."""
        return sorted({*(file.stem for file in self.folder.glob("*.parquet")), *self._in_store()})

    def has_any(self) -> bool:
        """Whether it has any table."""
        return any(self.folder.glob("*.parquet")) or bool(self._in_store())

    def _in_store(self) -> Collection[str]:
        """The tables that were put in the object store, fetched or not; none, if there is no store."""
        if self.version == NONE or month_at(self.lake, *self.name) is None:
            return ()
        return self.contents_or_nothing().files

    def is_here(self, table: str) -> bool:
        """Whether the table's file is on this machine, or there is no object store that it could be fetched from."""
        return month_at(self.lake, *self.name) is None or (self.folder / f"{table}.parquet").exists()

    def look_again(self) -> None:
        """With an object store: let what is there count, not what was fetched of it."""
        if self.version != NONE and (stored := month_at(self.lake, *self.name)) is not None:
            stored.look_again(self.folder, self.version)

    def connect(
        self, threads: int | None = None, tables: Collection[str] = TABLE_BY_NAME
    ) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """An in-memory DuckDB with these (or all) declared tables of the partition as views; one not there is empty."""
        fetch([self], tables)
        return connected(self.lake, {name: [self.path(name)] for name in tables}, threads)

    def look(self, *tables: str) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A connection for a question or two about these tables: without macros, at a fraction of the cost."""
        fetch([self], tables)
        return looking_at({name: [self.path(name)] for name in tables})

    def rows(self, table: str) -> int | None:
        """The number of rows of a table; `None` if the partition does not have it."""
        path = self.path(table)
        return row_count(path) if path.exists() else None

    def contents(self) -> Contents | None:
        """What was noted of the version as it was made; `None` if that cannot be read."""
        if (stored := month_at(self.lake, *self.name)) is not None:
            stored.fetch_note(self.folder, self.version)
        return read_contents(self.folder)

    def point(self, change: Callable[[Pointer], Pointer], base: Known | None = None, *, at_once: bool = False) -> None:
        """Move the pointer of the period and district, and remove the versions that nothing points to any more.

        In an object store: only if it is still the `base`, and what it ceases to name goes after a while or `at_once`.

        Raises:
            SupersededError: another machine has moved the pointer there.

        """
        if (stored := month_at(self.lake, *self.name)) is not None:
            stored.point(change, base, at_once=at_once)
            return
        pointer = change(read_pointer(self.home) or Pointer())
        note_made(self.lake, *self.name)
        write_pointer(self.home, pointer)
        with locked(self.lake / ".locks" / "content"):  # nobody takes a snapshot meanwhile
            for folder in self.home.iterdir():
                if is_version(folder.name) and folder.name not in pointer.versions:
                    shutil.rmtree(folder, ignore_errors=True)

    def contents_or_nothing(self) -> Contents:
        """What was noted of the version as it was made; nothing, if that cannot be read."""
        return self.contents() or Contents({})

    @contextmanager
    def draft(self) -> Iterator["Draft"]:
        """Tables being made, over this version's; nobody else sees them before `Draft.keep`."""
        stored = month_at(self.lake, *self.name)
        base = None if stored is None else stored.base()
        with scratch(self.lake, f"{self.period}-{self.district}") as folder:
            yield Draft(self, folder, base)


@dataclass(frozen=True)
class Draft:
    """Tables written beside the lake, readable through `connect`, which become the next version."""

    partition: Partition  # the version they lie over
    folder: Path
    base: Known | None = None  # the pointer in an object store as they were begun

    def path(self, table: str) -> Path:
        """The drafted file of a table."""
        return self.folder / f"{table}.parquet"

    def connect(
        self, threads: int | None = None, tables: Collection[str] = TABLE_BY_NAME
    ) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Like `Partition.connect`, with drafted tables in place of those in the lake."""
        fetch([self.partition], [name for name in tables if not self.path(name).exists()])
        files = {name: [self._newest(name)] for name in tables}
        # tables are sorted as they are written
        return connected(self.partition.lake, files, threads, keeps_order=False)

    def look(self, *tables: str) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Like `Partition.look`, with drafted tables in place of those in the lake."""
        return looking_at({name: [self._newest(name)] for name in tables})

    def has(self, table: str) -> bool:
        """Whether the table can be read: it is drafted, or in the partition."""
        return self._newest(table).exists()

    def _newest(self, table: str) -> Path:
        drafted = self.path(table)
        return drafted if drafted.exists() else self.partition.path(table)

    def write_frame(self, table: str, frame: pl.DataFrame) -> None:
        """Draft a table from a frame that has the declared columns in the order of its key.

        Raises:
            DeclarationError: it is not as declared.

        """
        self.write_frames(table, [frame])

    def write_frames(self, table: str, frames: Iterable[pl.DataFrame]) -> None:
        """Draft a table from frames (at least one) whose rows follow on each other; no more than a few are held.

        Raises:
            DeclarationError: it is not as declared.

        """
        declared, path = list(TABLE_BY_NAME[table].column_types()), self.path(table)
        path.unlink(missing_ok=True)  # it may be kept already
        rows = write_frames((frame.select(declared) for frame in frames), path)
        self._hold(own_connection(little=is_small({table: [path]})), TABLE_BY_NAME[table], is_empty=not rows)

    def write_query(self, con: duckdb.DuckDBPyConnection, table: str, query: str, **values: Any) -> None:
        """Draft a table from a select that yields the declared columns but period and district; sorted by key.

        The table also becomes a view of `con`, for the queries after it.

        Raises:
            DeclarationError: it is not as declared.

        """
        declared = TABLE_BY_NAME[table]
        rows, order = self._typed_select(declared, query), self._order(declared)
        # How many rows were written; a query of several statements (a pivot) does not say.
        try:
            told = con.execute(self._copy(table, f"{rows} {order}"), only_named(query, values)).fetchone()
        except duckdb.OutOfMemoryException:  # what the query holds and what is to be sorted are too much together
            con.execute(f"create or replace temp table {UNSORTED} as {rows}", only_named(query, values))
            told = con.execute(self._copy(table, f"from {UNSORTED} {order}")).fetchone()
            con.execute(f"drop table {UNSORTED}")
        self._hold(con, declared, is_empty=told == (0,))
        replace_view(con, declared, self.path(table))

    def _hold(self, con: duckdb.DuckDBPyConnection, table: Table, *, is_empty: bool) -> None:
        """See that the drafted table is as declared; else it is no draft. Of no rows only the columns are looked at."""
        path = self.path(table.name)
        rows = rows_of([path])
        breaches = (
            misfits_of(con, rows, table.columns) if is_empty else breaches_of(con, table, rows, within=self._within)
        )
        if breaches:
            path.unlink()
            raise DeclarationError(table.name, f"{self.partition.period}, {self.partition.district}", breaches)

    @property
    def _within(self) -> tuple[str, ...]:
        """Within equal values of which columns a table's key is unique: a period-wide one has every district's rows."""
        return ("district_code",) if self.partition.district == WHOLE_DISTRICTS else ()

    def _typed_select(self, table: Table, query: str) -> str:
        fixed = {"period": literal(self.partition.period), "district_code": literal(self.partition.district)}
        if self.partition.district == WHOLE_DISTRICTS:
            fixed.pop("district_code")
        values = {column.name: fixed.get(column.name, f'"{column.name}"') for column in table.columns}
        columns = ", ".join(f'cast({values[c.name]} as {c.type}) as "{c.name}"' for c in table.columns)
        return f"select {columns} from ({query})"  # noqa: S608  names and types of the contract

    def _order(self, table: Table) -> str:
        return "order by " + ", ".join(f'"{name}" nulls last' for name in (*self._within, *table.key))

    def _copy(self, table: str, rows: str) -> str:
        return f"copy ({rows}) to {literal(self.path(table))} {parquet_options()}"

    def keep(self, run_id: str = "", ground: Mapping[str, str] | None = None) -> Partition:
        """Make the next version, which the newest delivery has come to; what is published stays. Returns it.

        `ground`: what the version rests on. `SupersededError`, as of `accept` and `hold_back`: see `Partition.point`.
        """
        self._require_newest()
        version = self._version(None, Contents({}, run_id, ground or {}))
        version.point(lambda pointer: pointer.at(version.version, run_id), self.base)
        return version

    def accept(self, run_id: str = "", ground: Mapping[str, str] | None = None, kept: int = KEPT) -> Partition:
        """Make the next version and let everybody read it; the `kept` ones published before stay. Returns it."""
        self._require_newest()
        version = self._version(None, Contents({}, run_id, ground or {}))
        version.point(lambda pointer: pointer.accepting(version.version, run_id, kept), self.base)
        return version

    def hold_back(self, records: Sequence[str], reason: str = "", run_id: str = "") -> Partition:
        """Make a version of these tables only; what is published stays, and the pointer says why. Returns it."""
        self._require_newest()
        version = self._version(records, Contents({}, run_id))
        version.point(
            lambda pointer: pointer.at(version.version, run_id).ended(DistrictState.HELD_BACK, reason, run_id),
            self.base,
        )
        return version

    def take_place(self) -> Partition:
        """Make a version in the place of the one it lies over, wherever that is pointed to. Returns it."""
        before = self.partition.contents_or_nothing()
        drafted = {name: before.as_made(name) for name in before.files if self.path(name).exists()}
        version = self._version(None, replace(before, purged=dict(before.purged) | drafted))
        version.point(
            lambda pointer: pointer.with_in_place_of(self.partition.version, version.version), self.base, at_once=True
        )
        return version

    def _require_newest(self) -> None:
        """See that what the tables lie over is still the newest, where another machine may have gone on meanwhile."""
        stored = month_at(self.partition.lake, *self.partition.name)
        if stored is None or self.base is None or self.base.pointer is None:
            return
        if self.partition.version not in {NONE, self.base.pointer.newest}:
            raise stored.superseded()

    def _version(self, only: Sequence[str] | None, noted: Contents) -> Partition:
        """A folder of the version's tables with the drafted ones over them, put in the lake whole."""
        version = replace(self.partition, version=new_version(self.partition.version))
        fresh = self.folder / "next"
        make_private(fresh)
        fetch([self.partition], self.partition.tables())
        for folder in (self.partition.folder, self.folder):
            for file in sorted(folder.glob("*.parquet")):
                if only is None or file.stem in only:
                    _link_over(fresh / file.name, file)
        files = self._digests(fresh)
        write_contents(fresh, replace(noted, files=files, declared=self._declared(files)))
        make_private(version.home)
        fresh.rename(version.folder)
        return version

    def _declared(self, files: Collection[str]) -> str:
        """By which declaration these tables were made: drafted ones by today's, others as the version they lie over."""
        is_of_today = all(self.path(name).exists() for name in files)
        before = self.partition.contents_or_nothing()
        return today_declared() if is_of_today or before.declared == today_declared() else ""

    def _digests(self, fresh: Path) -> dict[str, str]:
        """Of a file that is not drafted, what was noted before: a damage is not made right by the next step."""
        before = self.partition.contents_or_nothing().files
        names = [file.stem for file in sorted(fresh.glob("*.parquet"))]
        return {
            name: before[name]
            if name in before and not self.path(name).exists()
            else digest_of(fresh / f"{name}.parquet")
            for name in names
        }


def fetch(partitions: Iterable[Partition], tables: Collection[str]) -> None:
    """Fetch what is asked for next from the object store, if there is one, several files at the same time."""
    wanted = [(partition, table) for partition in partitions for table in tables if not partition.is_here(table)]
    if wanted and (stored := month_at(wanted[0][0].lake, *wanted[0][0].name)) is not None:
        stored.store.bucket.each(lambda of: of[0].path(of[1]), wanted)


def _link_over(link: Path, file: Path) -> None:
    link.unlink(missing_ok=True)
    link.hardlink_to(file)
    link.chmod(PRIVATE_FILE)
