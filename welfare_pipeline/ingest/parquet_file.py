"""A landed Parquet file -> its data rows as text, whatever the types of its columns."""

import glob
from pathlib import Path

import duckdb
import polars as pl

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.header import check_header, find_header
from welfare_pipeline.ingest.sheet import RawList, body_of, numbered

_DAMAGED = "it is damaged or was not written to its end (Parquet); copy it again from where it was made"


def read_parquet(path: Path, source: Source) -> RawList:
    """The list in the file.

    Raises:
        FileRejectedError: the file cannot be read, or its columns do not make the list.

    """
    try:
        headers, cells = _read(path)
    except duckdb.Error as error:
        raise FileRejectedError(_DAMAGED) from error
    header = check_header(find_header([headers], source), source)
    return numbered([(header, body_of(cells, header))])


def _read(path: Path) -> tuple[list[str], pl.DataFrame]:
    file = {"file": glob.escape(str(path))}
    with duckdb.connect() as con:
        cells = con.sql("select cast(columns(*) as varchar) from read_parquet($file)", params=file).pl()
        names = con.sql("select name from parquet_schema($file) offset 1", params=file).fetchall()
    # DuckDB renames a column that is there twice; the file's own schema shows it, if no column is nested.
    headers = [str(name) for (name,) in names]
    return (headers if len(headers) == cells.width else cells.columns), cells
