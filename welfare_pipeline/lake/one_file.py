"""What is asked of a single lake file, and how a frame becomes one."""

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import duckdb
import polars as pl

from welfare_pipeline.lake.encryption import (
    ROW_GROUP,
    encryption_key,
    ends_encrypted,
    literal,
    locked_out,
    parquet_options,
    rows_of,
    unlock,
)
from welfare_pipeline.lake.share import keep_to_share


def own_connection(*, little: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to ask something of a single file: to open a database for it costs more than most answers.

    The database is this process's one for the purpose, in memory; it keeps nothing of the files. `little`: so few rows
    that a second thread costs more than it does.
    """
    return _own_database(os.getpid(), encryption_key(), 1 if little else None).cursor()


@lru_cache(maxsize=2)
def _own_database(_process: int, _key: str | None, threads: int | None) -> duckdb.DuckDBPyConnection:
    """What is opened in one process, or for one key, is not for another."""
    con = duckdb.connect(config={"threads": threads} if threads else {})
    keep_to_share(con, threads)
    unlock(con)
    con.execute("set enable_external_file_cache = false")
    con.execute("set enable_progress_bar = false")
    if threads:  # little data stays in memory
        con.execute("set temp_directory = ''")
    return con


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    """Write a lake file; rows stay in their order."""
    if encryption_key() is None:
        frame.write_parquet(path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP)
        return
    with own_connection() as con:
        con.register("frame", frame)
        con.execute(f"copy (from frame) to {literal(path)} {parquet_options()}")


def read_frame(path: Path) -> pl.DataFrame:
    """The rows of a lake file, in their order."""
    if encryption_key() is None:
        return pl.read_parquet(path)
    with own_connection() as con:
        return con.execute(f"from {rows_of([path])}").pl()


def read_matching(path: Path, column: str, values: pl.Series, columns: Sequence[str]) -> pl.DataFrame:
    """The rows of a lake file in whose column (text) one of the values stands, in any order.

    Of `columns` those that it has.
    """
    there = set(columns_of(path))
    own = ", ".join(f'"{name}"' for name in columns if name in there)
    with own_connection() as con:
        con.register("wanted", values.unique().to_frame("value").to_arrow())
        query = f'select {own} from {rows_of([path])} semi join wanted on "{column}" = value'  # noqa: S608  names of ours
        return con.execute(query).pl()


def columns_of(path: Path) -> list[str]:
    """The names of a lake file's columns."""
    if encryption_key() is None:
        return list(pl.read_parquet_schema(path))
    with own_connection() as con:
        return list(con.sql(f"from {rows_of([path])}").columns)


def row_count(path: Path) -> int:
    """How many rows a lake file has."""
    if encryption_key() is None:
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())
    with own_connection() as con:
        return int(con.execute(f"select count(*) from {rows_of([path])}").fetchall()[0][0])  # noqa: S608  a file of the lake


def is_locked(path: Path) -> bool:
    """Whether a lake file is encrypted with another key than the present one, or there is none."""
    if not ends_encrypted(path):
        return False
    try:
        return encryption_key() is None or row_count(path) < 0
    except duckdb.Error as error:
        return locked_out(error) is not None
