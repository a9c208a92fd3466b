"""A DuckDB database written from the lake's files, with comments, checked to be whole before anyone sees it.

Which tables and columns go in is decided in `databases.py`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.lake import Breach, DeclarationError, Rule, attach, breaches_of, literal, rows_of, unlock
from welfare_pipeline.publish.keeping import FORMER, Former
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.whole_names import know_whole_names, whole_rows

# Readers need DuckDB 1.4 (of 2025) or newer; the older format takes a third more time to compress.
FORMAT = "storage_version 'v1.4.0'"
WITHIN = ("period", "district_code")  # each its own rows and keys
_NAME = "published"


@dataclass(frozen=True)
class PublishedTable:
    """A table as one audience sees it: these columns of these files, in this order."""

    table: Table
    columns: tuple[Column, ...]
    files: tuple[Path, ...]
    landed_files: tuple[Path, ...] | None = None  # of a district's own database, in which files have their whole names


def write_database(
    path: Path,
    tables: Sequence[PublishedTable],
    *,
    private: bool,
    threads: int | None = None,
    former: Former | None = None,
) -> None:
    """Write the tables to a new database at `path`; rows by period, district and table key, as their files have them.

    A `private` one is encrypted, if the deployment has a key. Rows that only the `former` database has come last.

    Raises:
        DeclarationError: a table is not as the contract declares it.
        PublishError: the database on disk does not hold every row of the files.

    """
    with duckdb.connect(config={"threads": threads} if threads else {}) as con:
        unlock(con)
        con.execute(f"set temp_directory = {literal(path.parent / 'spill')}")
        con.execute("set enable_progress_bar = false")
        attach(con, path, _NAME, private=private, options=FORMAT)
        con.execute(f"use {_NAME}")
        if former is not None:
            attach(con, former.path, FORMER, private=private, options="read_only")
        con.begin()
        expected = {published.table.name: _write_table(con, published, former) for published in tables}
        for published in tables:
            _hold(con, published, path.name, is_kept=former is not None)
        con.commit()
        con.execute(f"checkpoint {_NAME}")
    check_whole(path, expected, private=private)


@contextmanager
def extended(path: Path, *, private: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which more can be put into a written database.

    Raises:
        PublishError: it stands in a write-ahead log beside the file.

    """
    with duckdb.connect() as con:
        unlock(con)
        attach(con, path, _NAME, private=private)
        con.execute(f"use {_NAME}")
        yield con
        con.execute(f"checkpoint {_NAME}")
    _require_written_out(path)


def add_table(con: duckdb.DuckDBPyConnection, table: Table, query: str) -> None:
    """Put the rows of the query into the database as a table with its comments.

    Raises:
        DeclarationError: they are not as declared.

    """
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    con.execute(f'create table "{table.name}" as select {columns} from ({query}) order by all')  # noqa: S608  names of the contract
    breaches = breaches_of(con, table, f'"{table.name}"')
    if breaches:
        raise DeclarationError(table.name, _NAME, breaches)
    _comment(con, table, table.columns)


def check_whole(path: Path, expected: dict[str, int], *, private: bool = False) -> None:
    """See that everything is in the file itself: DuckDB closes without a word when its checkpoint failed.

    Raises:
        PublishError: rows are missing, or stand in a write-ahead log beside the file.

    """
    _require_written_out(path)
    with duckdb.connect() as con:
        attach(con, path, _NAME, private=private, options="read_only")
        con.execute(f"use {_NAME}")
        found = {name: _count(con, f'"{name}"') for name in expected}
    for name, rows in expected.items():
        if found[name] != rows:
            message = f"{path.name}: table {name} has {found[name]} rows instead of {rows}; publish again."
            raise PublishError(message)


def _require_written_out(path: Path) -> None:
    if path.with_name(f"{path.name}.wal").exists():
        message = f"{path.name}: not written out completely; see that the disk has room and publish again."
        raise PublishError(message)


def _write_table(con: duckdb.DuckDBPyConnection, published: PublishedTable, former: Former | None) -> int:
    """Create, fill and describe one table; the rows its files, and of some months the former database, hold."""
    name = published.table.name
    columns = ", ".join(f'"{column.name}" {column.type}' for column in published.columns)
    con.execute(f'create table "{name}" ({columns})')
    _comment(con, published.table, published.columns)
    files = [rows_of(published.files)] if published.files else []
    kept = [] if former is None else former.rows(con, published.table, published.columns)
    for rows in [*(_rows(con, published, file) for file in files), *(f"from {rows}" for rows in kept)]:
        con.execute(f'insert into "{name}" by name {rows}')
    return sum(_count(con, rows) for rows in (*files, *kept))


def _hold(con: duckdb.DuckDBPyConnection, published: PublishedTable, database: str, *, is_kept: bool) -> None:
    """See that the table is as declared; what rows of an older contract do not have is empty, and may be.

    `is_kept`: rows of the former database are among them.
    """
    table = published.table
    breaches = breaches_of(con, table, f'"{table.name}"', published.columns, within=WITHIN)
    held = [b for b in breaches if b.rule is not Rule.NOT_NULL or not (is_kept or _is_new(con, published, b))]
    if held:
        raise DeclarationError(table.name, database, held)


def _is_new(con: duckdb.DuckDBPyConnection, published: PublishedTable, breach: Breach) -> bool:
    """Whether every empty value of the column is from files that lack it."""
    lacking = [file for file in published.files if breach.column not in _names(con, rows_of([file]))]
    return bool(lacking) and breach.rows == _count(con, rows_of(lacking))


def _names(con: duckdb.DuckDBPyConnection, rows: str) -> set[str]:
    return {name for name, *_ in con.sql(f"describe from {rows}").fetchall()}


def _rows(con: duckdb.DuckDBPyConnection, published: PublishedTable, files: str) -> str:
    """The select of the table's rows; a column that files of an older contract lack stays empty."""
    if published.landed_files is not None:
        know_whole_names(con, published.landed_files)
        files = whole_rows(con, published.table, files)
    names = ", ".join(literal(column.name) for column in published.columns)
    return f"select columns(lambda c: c in ({names})) from {files}"  # noqa: S608  names of the contract, files of the lake


def _comment(con: duckdb.DuckDBPyConnection, table: Table, columns: Sequence[Column]) -> None:
    con.execute(f'comment on table "{table.name}" is {literal(f"One row per {table.row_per}")}')
    for column in columns:
        con.execute(f'comment on column "{table.name}"."{column.name}" is {literal(column.description)}')


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int(con.sql(f"select count(*) from {rows}").fetchall()[0][0])  # noqa: S608  as above
