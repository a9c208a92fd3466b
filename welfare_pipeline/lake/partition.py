"""The tables of one period and district: as everybody reads them, as a run is making them, as a step drafts them.

A run gathers its tables in the partition's *pending* folder, which takes the place of the former tables in one step at
the end: until then (and if the run dies) everybody reads the former ones, never some of each.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.tables import TABLE_BY_NAME, TABLES
from welfare_pipeline.lake.connecting import connected, only_named, replace_view
from welfare_pipeline.lake.declaration import DeclarationError, breaches_of
from welfare_pipeline.lake.encryption import literal, parquet_options, row_count, rows_of, unlock, write_frame
from welfare_pipeline.lake.folders import PRIVATE_FILE, make_private, replace_folder
from welfare_pipeline.lake.locking import locked
from welfare_pipeline.lake.register import noted, version_noted
from welfare_pipeline.lake.scratch import scratch

WHOLE_DISTRICTS = "all"  # the partition of period-wide tables
PENDING = ".pending"


@dataclass(frozen=True)
class Partition:
    """The tables of one period and district: `lake/<period>/<district>/<table>.parquet`."""

    lake: Path
    period: str
    district: str
    is_pending: bool = False

    @property
    def folder(self) -> Path:
        """Where the partition's files are."""
        return (self.lake / PENDING if self.is_pending else self.lake) / self.period / self.district

    @property
    def version(self) -> str:
        """The id of what it holds, which changes when its tables may have changed."""
        return version_noted(self.lake, self.period, self.district)

    def path(self, table: str) -> Path:
        """The file of a table, which may not exist."""
        return self.folder / f"{table}.parquet"

    def tables(self) -> list[str]:
        """The tables it has, by name."""
        return sorted(file.stem for file in self.folder.glob("*.parquet"))

    def month(self, period: str) -> "Partition":
        """The same district in another month, as everybody reads it."""
        return Partition(self.lake, period, self.district)

    def connect(self, threads: int | None = None) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """An in-memory DuckDB with every declared table of this partition as a view; one not there is empty."""
        return connected(self.lake, {table.name: [self.path(table.name)] for table in TABLES}, threads)

    def rows(self, table: str) -> int | None:
        """The number of rows of a table; `None` if the partition does not have it."""
        path = self.path(table)
        return row_count(path) if path.exists() else None

    def under_way(self) -> "Partition":
        """The partition as an unfinished run left it, else as everybody reads it; nothing is made."""
        pending = replace(self, is_pending=True)
        return pending if pending.folder.exists() else self

    def pending(self, *, afresh: bool = False) -> "Partition":
        """The partition as the present run makes it: as an unfinished run left it (not so `afresh`), else as it is."""
        pending = replace(self, is_pending=True)
        if afresh or (self.folder.exists() and not pending.folder.exists()):
            with scratch(self.lake, "pending") as folder:
                copy = self.linked_to(folder / "copy")
                replace_folder(copy, pending.folder)
        return pending

    def promote(self) -> None:
        """Let the pending tables take the place of the partition's former ones, all in one step."""
        replace(self, is_pending=False).take_over(self.folder)

    def take_over(self, fresh: Path) -> None:
        """Let the folder take the place of the partition's own, and note which files are in it."""
        with self.unread(), nullcontext() if self.is_pending else noted(self.lake, self.period, self.district, fresh):
            replace_folder(fresh, self.folder)

    def linked_to(self, folder: Path) -> Path:
        """Make the folder, with the partition's files in it; links, so that nothing is copied."""
        make_private(folder)
        for file in self.folder.glob("*.parquet"):
            with suppress(FileNotFoundError):
                if file.is_file():  # a folder in a table's place is damage, which whoever reads the copy sees
                    folder.joinpath(file.name).hardlink_to(file)
        return folder

    def unread(self) -> AbstractContextManager[None]:
        """Inside, nobody takes a snapshot of the lake."""
        return locked(self.lake / ".locks" / "content")

    @contextmanager
    def draft(self, *, from_nothing: bool = False) -> Iterator["Draft"]:
        """Tables being made; nothing of them is in the partition before `Draft.keep`.

        `from_nothing`: the partition's tables are neither seen nor kept.
        """
        with scratch(self.lake, f"{self.period}-{self.district}") as folder:
            yield Draft(self, folder, from_nothing)


@dataclass(frozen=True)
class Draft:
    """Tables written beside the lake, readable through `connect`, put in place by `keep` or `hold_back`."""

    partition: Partition
    folder: Path
    from_nothing: bool = False

    def path(self, table: str) -> Path:
        """The drafted file of a table."""
        return self.folder / f"{table}.parquet"

    def connect(self, threads: int | None = None) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """Like `Partition.connect`, with drafted tables in place of those in the lake."""
        return connected(self.partition.lake, {t.name: [self._newest(t.name)] for t in TABLES}, threads)

    def has(self, table: str) -> bool:
        """Whether the table can be read: it is drafted, or in the partition."""
        return self._newest(table).exists()

    def _newest(self, table: str) -> Path:
        drafted = self.path(table)
        return drafted if self.from_nothing or drafted.exists() else self.partition.path(table)

    def write_frame(self, table: str, frame: pl.DataFrame) -> None:
        """Draft a table from a frame that has the declared columns in the order of its key.

        Raises:
            DeclarationError: it is not as declared.

        """
        declared = list(TABLE_BY_NAME[table].column_types())
        self.path(table).unlink(missing_ok=True)  # it may be kept already
        write_frame(frame.select(declared), self.path(table))
        with duckdb.connect() as con:
            unlock(con)
            self._hold(con, TABLE_BY_NAME[table])

    def write_query(self, con: duckdb.DuckDBPyConnection, table: str, query: str, **values: Any) -> None:
        """Draft a table from a select that yields the declared columns but period and district; sorted by key.

        The table also becomes a view of `con`, for the queries after it.

        Raises:
            DeclarationError: it is not as declared.

        """
        declared = TABLE_BY_NAME[table]
        rows = self._typed_select(declared, query)
        con.execute(f"copy ({rows}) to {literal(self.path(table))} {parquet_options()}", only_named(query, values))
        self._hold(con, declared)
        replace_view(con, declared, self.path(table))

    def _hold(self, con: duckdb.DuckDBPyConnection, table: Table) -> None:
        """See that the drafted table is as declared; else it is no draft."""
        path = self.path(table.name)
        breaches = breaches_of(con, table, rows_of([path]))
        if breaches:
            path.unlink()
            raise DeclarationError(table.name, f"{self.partition.period}, {self.partition.district}", breaches)

    def _typed_select(self, table: Table, query: str) -> str:
        fixed = {"period": literal(self.partition.period), "district_code": literal(self.partition.district)}
        values = {column.name: fixed.get(column.name, f'"{column.name}"') for column in table.columns}
        columns = ", ".join(f'cast({values[c.name]} as {c.type}) as "{c.name}"' for c in table.columns)
        order = ", ".join(f'"{name}" nulls last' for name in table.key)
        return f"select {columns} from ({query}) order by {order}"  # noqa: S608  names and types of the contract

    def keep(self) -> None:
        """Put the drafted tables in place, all in one step, beside the partition's other ones."""
        self._put_in_place(None)

    def hold_back(self, records: Sequence[str]) -> None:
        """Leave only these tables in the partition, the drafted ones before its own."""
        self._put_in_place(records)

    def _put_in_place(self, only: Sequence[str] | None) -> None:
        """A folder of the partition's tables with the drafted ones over them takes the place of the former folder."""
        fresh = self.folder / "next"
        make_private(fresh)
        for folder in [self.folder] if self.from_nothing else [self.partition.folder, self.folder]:
            for file in sorted(folder.glob("*.parquet")):
                if only is None or file.stem in only:
                    _link_over(fresh / file.name, file)
        self.partition.take_over(fresh)


def _link_over(link: Path, file: Path) -> None:
    link.unlink(missing_ok=True)
    link.hardlink_to(file)
    link.chmod(PRIVATE_FILE)


def pending_in(lake: Path) -> list[Partition]:
    """Every partition that a run is making, or has left unfinished."""
    folders = sorted(lake.joinpath(PENDING).glob("[0-9]*/*/"))
    return [Partition(lake, folder.parent.name, folder.name, is_pending=True) for folder in folders]


def partitions_in(lake: Path) -> list[Partition]:
    """Every partition with at least one table, by period and district."""
    folders = sorted(lake.glob("[0-9]*/*/"))
    return [Partition(lake, f.parent.name, f.name) for f in folders if any(f.glob("*.parquet"))]
