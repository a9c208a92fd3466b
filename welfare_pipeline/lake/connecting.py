"""The lake's files as DuckDB sees them: connections, views, and the few pieces of SQL that are put together."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import resources
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.lake.encryption import literal, rows_of, unlock
from welfare_pipeline.lake.interruption import letting_go
from welfare_pipeline.lake.one_file import own_connection
from welfare_pipeline.lake.scratch import scratch
from welfare_pipeline.lake.share import keep_to_share

WILDCARDS = frozenset("?*[")  # with one in a path, DuckDB and Polars read or write other files
_LOOKS = count()
SMALL = 2**20  # bytes of lake files: so few rows that a second thread costs more than it does


@contextmanager
def connected(
    lake: Path, files: Mapping[str, Sequence[Path]], threads: int | None = None, *, keeps_order: bool = True
) -> Iterator[duckdb.DuckDBPyConnection]:
    """An in-memory DuckDB with a view of each table over its files; what does not fit in memory is put into the lake.

    (DuckDB's default is the working directory, where everybody may look and nobody cleans up.) `threads`: by default
    one for little data, which also stays in memory, else as many as there are cores; whoever gives them, or no files,
    may read more than these files. Without `keeps_order` rows of much data come in any order, even those of a query
    that ends with `order by`; only what is written to a file is sorted.
    """
    little = threads is None and bool(files) and is_small(files)
    with _of_little() if little else _of_its_own(lake, threads, keeps_order=keeps_order) as con:
        con.execute(resources.files("welfare_pipeline.lake").joinpath("macros.sql").read_text("utf-8"))
        for name, paths in files.items():
            replace_view(con, TABLE_BY_NAME[name], *paths)
        yield con


@contextmanager
def _of_its_own(lake: Path, threads: int | None, *, keeps_order: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        scratch(lake, "spill") as folder,
        duckdb.connect(config={"threads": threads} if threads else {}) as con,
        letting_go(con),
    ):
        keep_to_share(con, threads)
        unlock(con)
        con.execute(f"set temp_directory = {literal(folder / 'duckdb')}")
        con.execute("set enable_progress_bar = false")
        con.execute(f"set preserve_insertion_order = {str(keeps_order).lower()}")
        yield con


@contextmanager
def _of_little() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in this process's one for little data, which sees nothing of it: a tenth of what another one costs."""
    name = f"little_{next(_LOOKS)}"
    with own_connection(little=True) as con, letting_go(con):
        keep_to_share(con, 1)
        con.execute(f"attach ':memory:' as {name}; use {name}")
        try:
            yield con
        finally:
            with suppress(duckdb.Error):  # of a connection that was interrupted; what is little stays in memory
                con.execute(f"use memory; detach {name}")


@contextmanager
def looking_at(files: Mapping[str, Sequence[Path]]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that sees a few tables for a question or two, at a fraction of what `connected` costs.

    It has no macros, and makes no tables.
    """
    schema = f"look_{next(_LOOKS)}"
    with own_connection(little=is_small(files)) as con, letting_go(con):
        con.execute(f"create schema {schema}")
        con.execute(f"set schema = '{schema}'")
        try:
            for name, paths in files.items():
                replace_view(con, TABLE_BY_NAME[name], *paths)
            yield con
        finally:
            with suppress(duckdb.Error):  # of a connection that was interrupted; a few views stay in memory
                con.execute("set schema = 'main'")
                con.execute(f"drop schema {schema} cascade")


def is_small(files: Mapping[str, Sequence[Path]]) -> bool:
    """Whether the files (of which some may not exist) are little data in all."""
    return sum(file.stat().st_size for paths in files.values() for file in paths if file.exists()) < SMALL


def replace_view(con: duckdb.DuckDBPyConnection, table: Table, *files: Path, name: str | None = None) -> None:
    """Let `con` see the table in `files` under its (or another) name; without files, an empty table."""
    found = [file for file in files if file.exists()]
    if found:
        body = f"select * from {rows_of(found)}"  # noqa: S608  files of the lake
    else:
        body = "select " + ", ".join(f'null::{c.type} as "{c.name}"' for c in table.columns) + " where false"
    con.execute(f'create or replace view "{name or table.name}" as {body}')


def only_named(query: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values whose `$name` stands in the query (DuckDB refuses others)."""
    named = set(re.findall(r"\$([a-z0-9_]+)", query))
    return {name: value for name, value in values.items() if name in named}
