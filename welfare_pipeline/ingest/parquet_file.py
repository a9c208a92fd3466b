"""A landed Parquet file -> its data rows as text, whatever the types of its columns."""

import io
from collections.abc import Iterator
from itertools import chain

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.header import check_header, find_header
from welfare_pipeline.ingest.kept_rows import PART, KeptRows
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.parquet_pages import chunks_of
from welfare_pipeline.ingest.plain import shown_column
from welfare_pipeline.ingest.sheet import RawList, bodies_of, read_sheet, with_numbers

_SEVENTEEN_DIGITS = 1e16
_DAYS_OF_THE_CALENDAR = (-719_162, 2_932_896)  # years 1 to 9999, counted from 1970; Polars panics on others
_DAY = {"ms": 86_400_000, "us": 86_400_000_000, "ns": 86_400_000_000_000}


def read_parquet(content: bytes, source: Source, limits: Limits, kept: KeptRows) -> RawList:
    """The list in the file, its rows kept there.

    Raises:
        FileRejectedError: the file cannot be read, is too large unpacked, or its columns do not make the list.

    """
    parts = _parts(content, limits)
    none = next(parts)
    header = check_header(find_header([none.column_names], source), source)
    for i in header.columns().values():
        _refuse_without_text(pl.Series(none.column(i)), shown_column(none.column_names[i], i))
    texts = (_texts(part) for part in chain([none], parts))
    for rows in bodies_of(texts, header):
        kept.add(with_numbers(rows, kept.height))
    return RawList(kept, (read_sheet(header, kept.height),))


def _parts(content: bytes, limits: Limits) -> Iterator[pa.Table]:
    """The file's rows part by part, the first of none; Polars takes Arrow's word for what is in them."""
    try:
        _check_size(content, limits)
        file = pq.ParquetFile(io.BytesIO(content))
        yield file.schema_arrow.empty_table()
        for batch in file.iter_batches(batch_size=PART, use_threads=False):
            batch.validate(full=True)
            yield pa.Table.from_batches([batch])
    except (pa.ArrowException, OSError, ValueError) as error:
        message = "it is damaged or was not written to its end (Parquet); copy it again from where it was made"
        raise FileRejectedError(message) from error


def _texts(part: pa.Table) -> pl.DataFrame:
    named = part.rename_columns([str(i) for i in range(part.num_columns)])  # a name may be there twice
    return pl.DataFrame(map(_as_text, pl.DataFrame(named).get_columns()))


def _refuse_without_text(column: pl.Series, header: str) -> None:
    if not _has_text(column.dtype):
        message = f"its column {header} holds lists, structures or times without a date; write it as text"
        raise FileRejectedError(message)


def _has_text(dtype: pl.DataType) -> bool:
    return not dtype.is_nested() and dtype not in (pl.Duration, pl.Time, pl.Object)


def _check_size(content: bytes, limits: Limits) -> None:
    """Its pages tell what they unpack to, but not how often a text is repeated: each is in the file only once."""
    about = pq.ParquetFile(io.BytesIO(content)).metadata
    limits.check_cells(about.num_rows * about.num_columns)
    chunks = chunks_of(content, about)
    limits.check_bytes(sum(chunk.unpacked for chunk in chunks))
    texts = [chunk for chunk in chunks if chunk.repeats_texts]
    if sum(chunk.values * chunk.unpacked for chunk in texts) > limits.file_bytes:
        names = {chunk.path for chunk in texts if "." not in chunk.path}
        limits.check_bytes(sum(_text_bytes(content, name) for name in sorted(names)))


def _text_bytes(content: bytes, name: str) -> int:
    column = pq.ParquetFile(io.BytesIO(content), read_dictionary=[name]).read([name]).column(0)
    return sum(
        pc.sum(pc.take(pc.binary_length(chunk.dictionary), chunk.indices)).as_py() or 0
        for chunk in column.chunks
        if isinstance(chunk, pa.DictionaryArray)
    )


def _as_text(column: pl.Series) -> pl.Series:
    """Whole numbers without a fraction or exponent; null for what has no text, such as lists."""
    if column.dtype.is_float():
        whole = (column == column.round()) & (column.abs() < _SEVENTEEN_DIGITS)
        integers = column.set(~whole.fill_null(value=False), None).cast(pl.Int64).cast(pl.String)
        return integers.zip_with(integers.is_not_null(), column.fill_nan(None).cast(pl.String))
    if isinstance(column.dtype, pl.Date | pl.Datetime):
        return _within_the_calendar(column, column.dtype).cast(pl.String)
    if not _has_text(column.dtype):
        return pl.Series(column.name, [None], dtype=pl.String).new_from_index(0, column.len())
    if column.dtype == pl.Binary:
        return _decoded(column)
    return column.cast(pl.String, strict=False)


def _within_the_calendar(column: pl.Series, dtype: pl.Date | pl.Datetime) -> pl.Series:
    day = _DAY[dtype.time_unit] if isinstance(dtype, pl.Datetime) else 1
    days = column.to_physical().cast(pl.Int64) // day
    return pl.select(pl.when(days.is_between(*_DAYS_OF_THE_CALENDAR)).then(column)).to_series().alias(column.name)


def _decoded(column: pl.Series) -> pl.Series:
    """Programs of old write text as bytes."""
    texts = [None if text is None else text.decode("utf-8", "replace") for text in column]
    return pl.Series(column.name, texts, dtype=pl.String)
