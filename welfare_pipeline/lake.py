"""The data root: the only module that knows paths.

A partition (period x district) is one folder of Parquet files, one a table. Tables are drafted beside the lake and
renamed into place, so a reader meets whole files only; DuckDB sees a partition's tables as views of their names.
"""

import fcntl
import os
import re
import secrets
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.tables import TABLE_BY_NAME, TABLES

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600
WHOLE_DISTRICTS = "all"  # the partition of period-wide tables


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

    @property
    def secret(self) -> Path:
        """The deployment's secret behind the keys."""
        return self.path / "secret"

    def deployment_secret(self) -> str:
        """The secret behind the keys: `WELFARE_SECRET`, else a file made on first use that only its owner reads."""
        given = os.environ.get("WELFARE_SECRET")
        if given:
            return given
        self.path.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            _write_new(self.secret, secrets.token_hex(32))
        return self.secret.read_text("ascii").strip()

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Inside, nobody else on this data root works on `what` (a partition, a published file); waits for its turn."""
        locks = self.path / "lake" / ".locks"
        _make_private(locks)
        with (locks / what).open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def landing(self, period: str, district: str | None = None) -> Path:
        """The folder of landed files of a period, or of one district in it."""
        folder = self.path / "landing" / period
        return folder if district is None else folder / district

    def landed_months(self) -> list[str]:
        """The periods that have a landing folder, oldest first."""
        return sorted(folder.name for folder in (self.path / "landing").glob("*/") if is_period(folder.name))

    def partition(self, period: str, district: str = WHOLE_DISTRICTS) -> "Partition":
        """The lake's tables of one period and district."""
        return Partition(self.path / "lake", period, district)

    def partitions(self) -> list["Partition"]:
        """Every partition with at least one table, by period and district."""
        return _partitions(self.path / "lake")

    def across(self, partitions: list["Partition"]) -> duckdb.DuckDBPyConnection:
        """An in-memory DuckDB that sees each table of all these partitions as one view."""
        con = duckdb.connect()
        for table in TABLES:
            files = [partition.path(table.name) for partition in partitions]
            replace_view(con, table, *(file for file in files if file.exists()))
        return con

    @contextmanager
    def snapshot(self, reader: str, district: str | None = None) -> Iterator[list["Partition"]]:
        """Every partition (of a district) as it is now: what is kept or withdrawn meanwhile does not change it.

        Hard links, so nothing is copied. A `reader` of one name at a time; what a killed one left is removed.
        """
        folder = self.path / "lake" / ".snapshots" / reader
        shutil.rmtree(folder, ignore_errors=True)
        try:
            for partition in self.partitions():
                if district not in {None, partition.district}:
                    continue
                pinned = Partition(folder, partition.period, partition.district)
                _make_private(pinned.folder)
                for file in partition.folder.glob("*.parquet"):
                    with suppress(FileNotFoundError):
                        pinned.path(file.stem).hardlink_to(file)
            yield _partitions(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Partition:
    """The tables of one period and district: `lake/<period>/<district>/<table>.parquet`."""

    lake: Path
    period: str
    district: str

    @property
    def folder(self) -> Path:
        """Where the partition's files are."""
        return self.lake / self.period / self.district

    def path(self, table: str) -> Path:
        """The file of a table, which may not exist."""
        return self.folder / f"{table}.parquet"

    def connect(self, threads: int | None = None) -> duckdb.DuckDBPyConnection:
        """An in-memory DuckDB with every declared table of this partition as a view; one not there is empty."""
        return _connect({table.name: self.path(table.name) for table in TABLES}, threads, self.folder)

    def rows(self, table: str) -> int | None:
        """The number of rows of a table; `None` if the partition does not have it."""
        path = self.path(table)
        return pl.scan_parquet(path).select(pl.len()).collect().item() if path.exists() else None

    def withdraw(self, keep: tuple[str, ...] = ()) -> None:
        """Take the partition's tables out of the lake, but those named."""
        for file in self.folder.glob("*.parquet"):
            if file.stem not in keep:
                file.unlink()

    @contextmanager
    def draft(self, *, from_nothing: bool = False) -> Iterator["Draft"]:
        """Tables being made; nothing of them is in the lake before `Draft.keep`. `from_nothing`: without the lake's."""
        folder = self.lake / ".drafts" / f"{self.period}-{self.district}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
        _make_private(folder)
        try:
            yield Draft(self, folder, from_nothing)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Draft:
    """Tables written beside the lake, readable through `connect`, put in place by `keep`."""

    partition: Partition
    folder: Path
    from_nothing: bool = False

    def path(self, table: str) -> Path:
        """The drafted file of a table."""
        return self.folder / f"{table}.parquet"

    def connect(self, threads: int | None = None) -> duckdb.DuckDBPyConnection:
        """Like `Partition.connect`, with drafted tables in place of those in the lake."""
        return _connect({t.name: self._newest(t.name) for t in TABLES}, threads, self.folder)

    def _newest(self, table: str) -> Path:
        drafted = self.path(table)
        return drafted if self.from_nothing or drafted.exists() else self.partition.path(table)

    def write_frame(self, table: str, frame: pl.DataFrame) -> None:
        """Draft a table from a frame that has the declared columns (checked) in the order of its key."""
        declared = list(TABLE_BY_NAME[table].column_types())
        frame.select(declared).write_parquet(self.path(table), compression="zstd", compression_level=1)

    def write_query(self, con: duckdb.DuckDBPyConnection, table: str, query: str, **values: Any) -> None:
        """Draft a table from a select that yields the declared columns but period and district; sorted by key.

        The table also becomes a view of `con`, for the queries after it.
        """
        declared = TABLE_BY_NAME[table]
        rows = self._typed_select(declared, query)
        options = "(format parquet, compression zstd, compression_level 1)"
        con.execute(f"copy ({rows}) to {literal(self.path(table))} {options}", only_named(query, values))
        replace_view(con, declared, self.path(table))

    def _typed_select(self, table: Table, query: str) -> str:
        fixed = {"period": literal(self.partition.period), "district_code": literal(self.partition.district)}
        values = {column.name: fixed.get(column.name, f'"{column.name}"') for column in table.columns}
        columns = ", ".join(f'cast({values[c.name]} as {c.type}) as "{c.name}"' for c in table.columns)
        order = ", ".join(f'"{name}" nulls last' for name in table.key)
        return f"select {columns} from ({query}) order by {order}"  # noqa: S608  names and types of the contract

    def keep(self, only: tuple[str, ...] | None = None) -> None:
        """Rename the drafted tables (or only those named) into the lake."""
        _make_private(self.partition.folder)
        for file in sorted(self.folder.glob("*.parquet")):
            if only is None or file.stem in only:
                file.chmod(PRIVATE_FILE)
                file.replace(self.partition.path(file.stem))


def _partitions(lake: Path) -> list[Partition]:
    folders = sorted(lake.glob("[0-9]*/*/"))
    return [Partition(lake, f.parent.name, f.name) for f in folders if any(f.glob("*.parquet"))]


def _write_new(path: Path, text: str) -> None:
    """Put the file there whole or not at all; `FileExistsError` if somebody else was first."""
    draft = path.with_name(f".{path.name}-{uuid.uuid4().hex[:8]}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w") as file:
            file.write(text)
        path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)


def _make_private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)


def _connect(files: Mapping[str, Path], threads: int | None, private_folder: Path) -> duckdb.DuckDBPyConnection:
    """`private_folder`: what does not fit in memory goes there; DuckDB's default is the working directory."""
    con = duckdb.connect(config={"threads": threads} if threads else {})
    con.execute(f"set temp_directory = {literal(private_folder / '.spill')}")
    con.execute("set enable_progress_bar = false")
    con.execute("set preserve_insertion_order = false")  # every table is sorted as it is written
    for name, path in files.items():
        replace_view(con, TABLE_BY_NAME[name], path)
    return con


def replace_view(con: duckdb.DuckDBPyConnection, table: Table, *files: Path, name: str | None = None) -> None:
    """Let `con` see the table in `files` under its (or another) name; without files, an empty table."""
    found = ", ".join(literal(file) for file in files if file.exists())
    if found:
        body = f"select * from read_parquet([{found}])"  # noqa: S608  files of the lake
    else:
        body = "select " + ", ".join(f'null::{c.type} as "{c.name}"' for c in table.columns) + " where false"
    con.execute(f'create or replace view "{name or table.name}" as {body}')


def literal(value: str | Path) -> str:
    """The value as an SQL string."""
    return "'" + str(value).replace("'", "''") + "'"


def only_named(query: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values whose `$name` stands in the query (DuckDB refuses others)."""
    named = set(re.findall(r"\$([a-z0-9_]+)", query))
    return {name: value for name, value in values.items() if name in named}
