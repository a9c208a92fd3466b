"""What a column of a list looks like as it was understood, for people who look before they land. No identities.

Dates and numbers are shown by themselves, a few of each column and never a row; of numbers that identify people, how
many are of which kind; of texts, only how many there are.
"""

from collections.abc import Iterable

import polars as pl

from welfare_pipeline.contracts.column import Kind, SourceColumn

_SHOWN = 3  # values of a column
_MOST_CODES = 6
_STATUS = {Kind.NIK: "nik_status", Kind.CARD: "card_status"}
_DATES = (Kind.DATE, Kind.SEMESTER)
_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY)


def understood(column: SourceColumn, rows: pl.DataFrame) -> str:
    """How the column's values in these accepted rows were understood, in a line."""
    if column.name not in rows.columns or rows.is_empty():
        return "no rows"
    status = _STATUS.get(column.kind)
    if status in rows.columns:
        return _counted(rows[str(status)])
    values = rows[column.name]
    filled = values.drop_nulls()
    if filled.is_empty():
        return "empty in every row"
    return "; ".join([*_shown(column, filled), *_blanks(column, values)])


def _shown(column: SourceColumn, filled: pl.Series) -> list[str]:
    if column.kind in _DATES:
        return [f"for example {', '.join(str(value) for value in _some(filled))}"]
    if column.kind in _NUMBERS:
        return [f"for example {', '.join(f'{value:,}' for value in _some(filled))}"]
    if column.kind is Kind.VILLAGE_CODE:
        return [f"{filled.n_unique():,} villages of {', '.join(sorted(filled.str.slice(0, 4).unique())[:_SHOWN])}"]
    if column.kind in (Kind.DECILE, Kind.STAGE, Kind.SNAPSHOT, Kind.YES_NO):
        return [_counted(filled.cast(pl.String))]
    if column.kind is Kind.CODE and column.codes is not None:
        known = filled.is_in(list(column.codes.values))
        others = int((~known).sum())
        return [_counted(filled.filter(known)), *([f"{others:,} not known, kept as landed"] if others else [])]
    return [f"filled in {filled.len():,} rows"]


def _blanks(column: SourceColumn, values: pl.Series) -> Iterable[str]:
    if values.null_count() and column.kind not in (Kind.TEXT, Kind.NAME):
        what = "without a known village" if column.kind is Kind.VILLAGE_CODE else "empty"
        yield f"{values.null_count():,} rows {what}"


def _some(filled: pl.Series) -> list[object]:
    """A few values, the most frequent first: they say least of anybody."""
    counts = filled.value_counts().sort(["count", filled.name], descending=[True, False])
    return counts[filled.name].head(_SHOWN).to_list()


def _counted(values: pl.Series) -> str:
    counts = values.value_counts().sort(["count", values.name], descending=[True, False])
    told = [f"{value} ({count:,})" for value, count in counts.head(_MOST_CODES).iter_rows()]
    return ", ".join([*told, *(["..."] if counts.height > _MOST_CODES else [])])
