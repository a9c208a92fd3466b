"""Tidied texts -> typed values, by the kind the contract declares. What cannot be read becomes null.

Every distinct text of a long list is read once. Codes, deciles, stages and identity numbers have modules of their own.
"""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl

from welfare_pipeline.contracts.code_lists import YES_NO
from welfare_pipeline.contracts.column import Kind, SourceColumn
from welfare_pipeline.ingest.codes import read_codes
from welfare_pipeline.ingest.dates import read_dates, read_semesters
from welfare_pipeline.ingest.deciles import read_deciles
from welfare_pipeline.ingest.masking import HOLDS_SOMEBODYS
from welfare_pipeline.ingest.numbers import read_decimals, read_integers, read_money
from welfare_pipeline.ingest.snapshots import read_snapshots
from welfare_pipeline.ingest.stages import read_stages
from welfare_pipeline.ingest.usual_spellings import usual_reader

BIRTH_DATE = "birth_date"
_TOTAL = r"(?i)^(?:sub[ -]?|grand )?(?:total|jumlah)\b"  # the row below a list that adds it up names nobody
_SHORT = 500  # rows: to look for equal texts among so few costs more than to read each
_FIRST_FACT = date(2000, 1, 1)  # a status, decision or payment dated before was mistyped ...
_AHEAD = timedelta(days=366)  # ... and one that is announced for more than a year ahead


def read_values(text: pl.Series, column: SourceColumn, year: int, period_end: date | None = None) -> pl.Series:
    """The values of a tidied text column; `year` is the period's: no two-digit year of birth is after it.

    `period_end`: the period's last day; a date that is no birth date and cannot be that of a fact then is unreadable.
    """
    return text.to_frame().select(values_of(text, column, year, period_end)).to_series()


def values_of(text: pl.Series, column: SourceColumn, year: int, period_end: date | None = None) -> pl.Series | pl.Expr:
    """The same; of a short list an expression over the column, so that all columns of it are read at once."""
    if column.kind is Kind.NAME:
        named = pl.col(text.name)
        is_other = named.str.contains(HOLDS_SOMEBODYS if is_place(column) else _TOTAL)
        return pl.when(named.str.contains(r"\p{L}") & ~is_other).then(named).alias(text.name)
    usual = usual_reader(text, column.kind)
    if usual is not None:
        read_so = usual(pl.col(text.name))
        bounds = column.bounds if column.kind in (Kind.INTEGER, Kind.MONEY) else None
        return _possible(_within(read_so, bounds), column, period_end).alias(text.name)
    if column.kind is Kind.DECILE:
        distinct = text.drop_nulls().unique()
        return _spread(text, pl.DataFrame({"text": distinct, "value": read_deciles(distinct)}))
    read = _reader(column, year, period_end)
    if read is None:
        return text
    return read(pl.col(text.name)).alias(text.name) if len(text) < _SHORT else _by_distinct(text, read)


def is_place(column: SourceColumn) -> bool:
    """Whether the column names a village or sub-district: names are published, so somebody's number is none."""
    return column.kind is Kind.NAME and not column.identity


def _reader(column: SourceColumn, year: int, period_end: date | None) -> Callable[[pl.Expr], pl.Expr] | None:
    newest = year if column.name == BIRTH_DATE else year + 10
    readers: dict[Kind, Callable[[pl.Expr], pl.Expr]] = {
        Kind.DATE: lambda text: _possible(read_dates(text, newest), column, period_end),
        Kind.SEMESTER: lambda text: read_semesters(text, newest),
        Kind.SNAPSHOT: lambda text: read_snapshots(text, newest),
        Kind.DECIMAL: lambda text: _within(read_decimals(text), column.bounds),
        Kind.INTEGER: lambda text: _within(read_integers(text), column.bounds),
        Kind.MONEY: lambda text: _within(read_money(text), column.bounds),
        Kind.STAGE: read_stages,
        Kind.YES_NO: lambda text: read_codes(text, YES_NO) == "1",
        Kind.VILLAGE_CODE: read_area_codes,
    }
    if column.kind is Kind.CODE and column.codes is not None:
        codes = column.codes
        if column.blank_means_all:
            return lambda text: pl.coalesce(read_codes(text, codes), text)
        return lambda text: read_codes(text, codes)
    return readers.get(column.kind)


def _by_distinct(text: pl.Series, read: Callable[[pl.Expr], pl.Expr]) -> pl.Series:
    return _spread(text, pl.DataFrame({"text": text.drop_nulls().unique()}).with_columns(value=read(pl.col("text"))))


def _spread(text: pl.Series, distinct: pl.DataFrame) -> pl.Series:
    """The value of each text, by those of the distinct ones."""
    values = text.to_frame("text").join(distinct, on="text", how="left", maintain_order="left")["value"]
    return values.alias(text.name)


def _within(number: pl.Expr, bounds: tuple[int, int] | None) -> pl.Expr:
    return number if bounds is None else pl.when(number.is_between(*bounds)).then(number)


def _possible(day: pl.Expr, column: SourceColumn, period_end: date | None) -> pl.Expr:
    if column.kind is not Kind.DATE or column.name == BIRTH_DATE or period_end is None:
        return day
    return pl.when(day.is_between(_FIRST_FACT, period_end + _AHEAD)).then(day)


def read_area_codes(text: pl.Expr) -> pl.Expr:
    """The ten digits of a village code, which may be written with dots; null for anything else."""
    digits = text.str.replace(r"^([0-9]+)\.0$", "$1").str.replace_all(r"[\s.'-]", "")
    return pl.when(digits.str.contains(r"^[0-9]{10}$")).then(digits)
