"""The rows of one source -> accepted rows of the contract's shape, rejected rows, and what is odd about them.

The same steps for every source, driven by its declaration alone. Rules about single values stand in `values.py`,
`identity_numbers.py` and `villages.py`; why a row is rejected in `rejections.py`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from welfare_pipeline.contracts.code_lists import ALL_PROGRAMMES, PROGRAMME
from welfare_pipeline.contracts.column import DUCKDB_TYPES, Kind, Source, SourceColumn
from welfare_pipeline.contracts.vocabulary import DeliveryFinding
from welfare_pipeline.ingest import deciles
from welfare_pipeline.ingest.cells import with_tidied
from welfare_pipeline.ingest.codes import read_codes
from welfare_pipeline.ingest.identity_numbers import (
    CARD,
    NAME,
    NIK,
    FileNumbers,
    FileRules,
    cleaned_numbers,
    nik_warnings,
    with_card_status,
    with_nik_status,
)
from welfare_pipeline.ingest.masking import HOLDS_SOMEBODYS
from welfare_pipeline.ingest.rejections import described, first_rule, rejection_rules
from welfare_pipeline.ingest.sheet import CONTRADICTS, MALFORMED
from welfare_pipeline.ingest.values import is_place, values_of
from welfare_pipeline.ingest.villages import VILLAGE_CODE, Villages, with_subdistricts, with_villages

PolarsType = pl.DataType | type[pl.DataType]
POLARS_TYPES: dict[str, PolarsType] = {
    "VARCHAR": pl.String,
    "DATE": pl.Date,
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "BOOLEAN": pl.Boolean,
    "VARCHAR[]": pl.List(pl.String),
}
_NUMBERS = (Kind.NIK, Kind.CARD)
_TEXT = "text of "
_NEVER_UNREADABLE = (Kind.TEXT, Kind.NAME, *_NUMBERS)


@dataclass(frozen=True)
class ReadRows:
    """The rows of one source: accepted and rejected are all that landed; `findings` are about accepted rows."""

    accepted: pl.DataFrame
    rejected: pl.DataFrame
    findings: pl.DataFrame


def read_rows(  # noqa: PLR0913
    landed: pl.DataFrame,
    source: Source,
    villages: Villages,
    rules: FileRules,
    year: int,
    *,
    period_end: date | None = None,
    whole: FileNumbers | None = None,
) -> ReadRows:
    """Read the landed rows (text columns, `source_file`, `source_row`, `malformed_line`) of a source.

    They are all rows of their files, or a part of one file; then `whole` is what that file says about its numbers.

    `year` is the period's: a two-digit year of birth is not after it. `period_end` is its last day: a fact
    dated before 2000, or more than a year after that day, is undated, and its date counted as unreadable.
    """
    landed = (
        landed if CONTRADICTS in landed.columns else landed.with_columns(pl.lit(None, pl.String).alias(CONTRADICTS))
    )
    texts = with_tidied(landed, {c.name: c.kind for c in source.columns if c.name in landed.columns})
    texts = texts.with_columns(_blank_for_all(c) for c in source.columns if c.name in texts.columns and _may_be_all(c))
    kept = ("source_file", "source_row", MALFORMED, CONTRADICTS)
    values = texts.select(*kept, *(_values(texts, c, year, period_end) for c in source.columns))
    unread = _unread(texts, values, source.columns)
    judged = _with_identity(values.unnest(_deciles(source)), rules, whole).pipe(_with_places, source, villages)
    reasons = rejection_rules(source)
    first = first_rule(judged, unread, reasons)
    accepted = judged.filter(first.is_null())
    return ReadRows(
        accepted,
        described(judged, landed, first, reasons),
        pl.concat([_unreadable(accepted, unread.filter(first.is_null())), _unknown(accepted, source.columns)]),
    )


def _may_be_all(column: SourceColumn) -> bool:
    """Whether the column names a programme, and blank means every one."""
    return column.blank_means_all and column.codes is not None and column.codes.name == PROGRAMME.name


def _blank_for_all(column: SourceColumn) -> pl.Expr:
    """The column, blank where it says in words that all are meant (and no programme is called so)."""
    text, codes = pl.col(column.name), column.codes or PROGRAMME
    names_all = read_codes(text, ALL_PROGRAMMES).is_not_null() & read_codes(text, codes).is_null()
    return pl.when(~names_all).then(text).alias(column.name)


def numbers_of(landed: Iterable[pl.DataFrame], source: Source, rules: FileRules) -> FileNumbers:
    """What a file says about the numbers in it, of the parts it landed in (at least one)."""
    columns = [column for column in source.columns if column.name in {NIK, CARD, NAME}]
    parts = [_numbers_in(part, columns) for part in landed]
    return FileNumbers.of(pl.concat(parts), rules)


def _numbers_in(landed: pl.DataFrame, columns: Sequence[SourceColumn]) -> pl.DataFrame:
    there = {column.name: column.kind for column in columns if column.name in landed.columns}
    texts = with_tidied(landed.select("source_row", *there), there)
    return texts.select("source_row", *(_values(texts, column, 0, None) for column in columns)).drop("source_row")


def _values(texts: pl.DataFrame, column: SourceColumn, year: int, period_end: date | None) -> pl.Series | pl.Expr:
    if column.name not in texts.columns:
        kind = deciles.DTYPE if column.kind is Kind.DECILE else POLARS_TYPES[DUCKDB_TYPES[column.kind]]
        return pl.Series(column.name, [None], dtype=kind).new_from_index(0, texts.height)
    if column.kind in _NUMBERS:
        return cleaned_numbers(texts[column.name])
    return values_of(texts[column.name], column, year, period_end)


def _deciles(source: Source) -> list[str]:
    """The columns that hold a decile with its lowest, its highest and whether there is one."""
    return [column.name for column in source.columns if column.kind is Kind.DECILE]


def _unread(texts: pl.DataFrame, values: pl.DataFrame, columns: Sequence[SourceColumn]) -> pl.DataFrame:
    """Which rows have a text in a column that could not be read."""
    read = {c.name for c in columns if c.name in texts.columns and c.kind not in _NEVER_UNREADABLE}
    beside = values.hstack(texts.select(pl.col(read).name.prefix(_TEXT)))
    unread = {name: pl.col(_TEXT + name).is_not_null() & pl.col(name).is_null() for name in read}
    places = [c.name for c in columns if c.name in texts.columns and is_place(c)]
    beside = beside.hstack(texts.select(pl.col(places).name.prefix(_TEXT)))
    unread |= {name: pl.col(_TEXT + name).str.contains(HOLDS_SOMEBODYS).fill_null(value=False) for name in places}
    names = [column.name for column in columns]
    return beside.with_columns(unread.get(name, pl.lit(value=False)).alias(name) for name in names).select(names)


def _with_identity(rows: pl.DataFrame, rules: FileRules, whole: FileNumbers | None) -> pl.DataFrame:
    if CARD in rows.columns:
        rows = with_card_status(rows, rules, whole)
    if NIK not in rows.columns:
        return rows
    judged = with_nik_status(rows, rules, whole)
    return judged.with_columns(nik_warnings=nik_warnings(set(rows.columns)))


def _with_places(rows: pl.DataFrame, source: Source, villages: Villages) -> pl.DataFrame:
    column = next((column for column in source.columns if column.name == VILLAGE_CODE), None)
    if column is None:
        return rows.with_columns(is_foreign=pl.lit(value=False))
    if source.table == "population":
        elsewhere = ~pl.col(VILLAGE_CODE).str.starts_with(villages.district)
        return with_subdistricts(rows).with_columns(is_foreign=elsewhere.fill_null(value=False))
    return with_villages(rows, villages, keep_unlisted=column.required)


def _unreadable(rows: pl.DataFrame, unread: pl.DataFrame) -> pl.DataFrame:
    """One finding per value that became empty, without the value."""
    return _findings(rows, unread, DeliveryFinding.UNREADABLE_VALUE)


def _unknown(rows: pl.DataFrame, columns: Sequence[SourceColumn]) -> pl.DataFrame:
    """One finding per code that nobody knows; it stays as it landed, as an empty one would mean all."""
    codes = {c.name: c.codes.values.keys() for c in columns if c.blank_means_all and c.codes is not None}
    unknown = rows.select((~pl.col(name).is_in(list(known))).fill_null(value=False) for name, known in codes.items())
    return _findings(rows, unknown, DeliveryFinding.UNKNOWN_CODE)


def _findings(rows: pl.DataFrame, odd: pl.DataFrame, what: DeliveryFinding) -> pl.DataFrame:
    """One finding per row and column of `odd` that is true."""
    position = rows.select("source_file", "source_row")
    found = [
        position.filter(odd[name]).with_columns(column_name=pl.lit(name)) for name in odd.columns if odd[name].any()
    ]
    finding = pl.lit(str(what)).alias("finding")
    schema = {"source_file": pl.String, "source_row": pl.Int64, "column_name": pl.String}
    return pl.concat([pl.DataFrame(schema=schema), *found]).with_columns(finding)
