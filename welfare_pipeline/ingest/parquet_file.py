"""A landed Parquet file -> its data rows as text, whatever the types of its columns."""

import io

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.header import check_header, find_header
from welfare_pipeline.ingest.sheet import RawList, body_of, numbered

_SEVENTEEN_DIGITS = 1e16


def read_parquet(content: bytes, source: Source) -> RawList:
    """The list in the file.

    Raises:
        FileRejectedError: the file cannot be read, or its columns do not make the list.

    """
    headers, cells = _read(content)
    header = check_header(find_header([headers], source), source)
    return numbered([(header, body_of(cells, header))])


def _read(content: bytes) -> tuple[list[str], pl.DataFrame]:
    try:
        table = pq.ParquetFile(io.BytesIO(content)).read()
        table.validate(full=True)  # Polars takes Arrow's word for what is in it
    except (pa.ArrowException, OSError, ValueError) as error:
        message = "it is damaged or was not written to its end (Parquet); copy it again from where it was made"
        raise FileRejectedError(message) from error
    headers = [str(name) for name in table.column_names]
    named = table.rename_columns([str(i) for i in range(len(headers))])  # a name may be there twice
    return headers, pl.DataFrame([_as_text(column) for column in pl.DataFrame(named)])


def _as_text(column: pl.Series) -> pl.Series:
    """Whole numbers without a fraction or exponent; null for what has no text, such as lists."""
    if column.dtype.is_float():
        whole = (column == column.round()) & (column.abs() < _SEVENTEEN_DIGITS)
        integers = column.set(~whole.fill_null(value=False), None).cast(pl.Int64).cast(pl.String)
        return integers.zip_with(integers.is_not_null(), column.fill_nan(None).cast(pl.String))
    if column.dtype.is_nested() or column.dtype in (pl.Duration, pl.Object):
        return pl.Series(column.name, [None], dtype=pl.String).new_from_index(0, column.len())
    return column.cast(pl.String, strict=False)
