"""Columns of dates that a file writes month first (08/17/1990), as spreadsheets set to another country do.

One date does not say which it is; a whole column does: no day is ever above 12, and many a month is. Single dates are
read in `dates.py`, the day first.
"""

from collections.abc import Iterable, Sequence

import polars as pl

from welfare_pipeline.contracts.column import Kind, Source

_DATE = r"^([^0-9]*)([0-9]{1,2})( *[-/.] *)([0-9]{1,2})( *[-/.] *(?:[0-9]{4}|[0-9]{2})(?:[^0-9].*)?)$"
_MONTHS = 12
_LEAST_DATES = 5  # that cannot be read the day first, for the column to be taken as written month first ...
_LEAST_SHARE = 0.2  # ... and their share of the dates with numbers only; of real ones six in ten are such
_AT_FIRST = 1_000  # rows: nearly every column has a day above 12 among them


def columns_month_first(parts: Iterable[pl.DataFrame], source: Source) -> list[str]:
    """The columns of a file, of all its parts, in which dates are written month first."""
    names = [column.name for column in source.columns if column.kind is Kind.DATE]
    dates, unreadable = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for rows in parts:
        for name in [name for name in names if rows.schema.get(name) == pl.String]:
            for looked_at in (rows[name].head(_AT_FIRST), rows[name]):
                first, second = (looked_at.str.extract(_DATE, group).cast(pl.Int8) for group in (2, 4))
                if (first > _MONTHS).any():
                    names.remove(name)
                    break
            else:
                dates[name] += first.count()
                unreadable[name] += int((second > _MONTHS).sum())
    return [name for name in names if unreadable[name] >= max(_LEAST_DATES, _LEAST_SHARE * dates[name])]


def with_days_first(rows: pl.DataFrame, month_first: Sequence[str]) -> pl.DataFrame:
    """The rows, day and month changing places in the dates of these columns."""
    there = [name for name in month_first if name in rows.columns]
    return rows.with_columns(pl.col(name).str.replace(_DATE, "${1}${4}${3}${2}${5}") for name in there)
