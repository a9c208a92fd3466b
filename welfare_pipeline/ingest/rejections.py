"""Why a row cannot be used: the rules of a source in the order in which they are asked; the first to apply counts."""

from dataclasses import dataclass

import polars as pl

from welfare_pipeline.contracts.column import Kind, Source, SourceColumn
from welfare_pipeline.contracts.sources import AUDIT_ANSWERS
from welfare_pipeline.contracts.vocabulary import CardStatus, NikStatus, RejectionReason
from welfare_pipeline.contracts.worklists import ANSWERS, IDENTIFYING
from welfare_pipeline.ingest.field_checks import SAMPLE_ID
from welfare_pipeline.ingest.header import choices
from welfare_pipeline.ingest.identity_numbers import CARD, NAME, NIK
from welfare_pipeline.ingest.sheet import CONTRADICTS, MALFORMED
from welfare_pipeline.ingest.villages import VILLAGE_CODE

USABLE_NIK = (NikStatus.VALID, NikStatus.TEMPORARY, NikStatus.BAD_BIRTH_DATE, NikStatus.BAD_REGION)
_UNREAD = "unread:"


@dataclass(frozen=True)
class RejectionRule:
    """A reason, the column it is about (`None`: the whole line), and the rows it holds for."""

    reason: RejectionReason
    column: str | None
    holds: pl.Expr


def rejection_rules(source: Source) -> list[RejectionRule]:
    """The rules for the source's rows, in order."""
    required = [column for column in source.columns if column.required]
    return [
        RejectionRule(RejectionReason.MALFORMED, None, pl.col(MALFORMED).is_not_null()),
        *(_contradicts_worklist() if source.name in ANSWERS else ()),
        *(_no_identity(source) if source.about_people else ()),
        *(
            RejectionRule(RejectionReason.REQUIRED_VALUE_MISSING, c.name, _missing(c))
            for c in required
            if not (source.about_people and _identifies(c))
        ),
        *(RejectionRule(RejectionReason.UNREADABLE_VALUE, c.name, _unread(c)) for c in required),
        *(_unknown_case() if source.name == AUDIT_ANSWERS.name else ()),
        *(rule for columns in choices(source).values() for rule in _one_needed(columns)),
        RejectionRule(RejectionReason.FOREIGN_DISTRICT, VILLAGE_CODE, pl.col("is_foreign")),
    ]


def _one_needed(columns: tuple[SourceColumn, ...]) -> list[RejectionRule]:
    """None of these columns has a value; said of the one that could not be read, if there is one."""
    nothing = pl.all_horizontal(pl.col(column.name).is_null() for column in columns)
    unread = [RejectionRule(RejectionReason.UNREADABLE_VALUE, c.name, nothing & _unread(c)) for c in columns]
    return [*unread, RejectionRule(RejectionReason.REQUIRED_VALUE_MISSING, columns[0].name, nothing)]


def _contradicts_worklist() -> list[RejectionRule]:
    reason, found = RejectionReason.CONTRADICTS_WORKLIST, pl.col(CONTRADICTS)
    return [RejectionRule(reason, field, found == field) for field in IDENTIFYING]


def _unknown_case() -> list[RejectionRule]:
    """A number that no field check gave out can be read as nobody's."""
    return [RejectionRule(RejectionReason.UNREADABLE_VALUE, SAMPLE_ID, pl.col(CONTRADICTS) == SAMPLE_ID)]


def _unread(column: SourceColumn) -> pl.Expr:
    return pl.col(_UNREAD + column.name)


def _missing(column: SourceColumn) -> pl.Expr:
    missing = pl.col(column.name).is_null() & ~_unread(column)
    return missing & ~pl.col("is_foreign") if column.kind is Kind.VILLAGE_CODE else missing


def _identifies(column: SourceColumn) -> bool:
    return column.name == NAME or column.kind is Kind.NIK


def _no_identity(source: Source) -> list[RejectionRule]:
    """Neither a name nor a number to find the person by; said of the number if there is one."""
    columns = {column.name: column for column in source.columns}
    known = [pl.col(NAME).is_not_null()] if NAME in columns else []
    if NIK in columns:
        known.append(pl.col("nik_status").is_in(list(map(str, USABLE_NIK))))
    if CARD in columns and columns[CARD].any_of:
        known.append(pl.col("card_status") == str(CardStatus.VALID))
    nobody = ~pl.any_horizontal(known)
    numbers = [name for name in (NIK, CARD) if name in columns and (name == NIK or columns[name].any_of)]
    about = [RejectionRule(RejectionReason.NO_IDENTITY, name, nobody & pl.col(name).is_not_null()) for name in numbers]
    return [*about, RejectionRule(RejectionReason.NO_IDENTITY, NAME if NAME in columns else NIK, nobody)]


def first_rule(rows: pl.DataFrame, unread: pl.DataFrame, rules: list[RejectionRule]) -> pl.Series:
    """For each row the place of the first rule that holds; null if the row is accepted."""
    asked = rows.hstack(unread.rename(lambda name: _UNREAD + name))
    return asked.select(pl.coalesce(pl.when(rule.holds).then(i) for i, rule in enumerate(rules))).to_series()


def described(rows: pl.DataFrame, landed: pl.DataFrame, first: pl.Series, rules: list[RejectionRule]) -> pl.DataFrame:
    """The rejected rows with file, row, reason, column and the value as it landed."""
    applied = set(first.drop_nulls().unique())
    parts = [
        rows.select("source_file", "source_row")
        .with_columns(
            reason=pl.lit(str(rule.reason)),
            column_name=pl.lit(rule.column, pl.String),
            value=_landed_value(landed, rule.column),
        )
        .filter(first == i)
        for i, rule in enumerate(rules)
        if i in applied or not (i or applied)  # of none, the first: an empty frame of these columns
    ]
    return pl.concat(parts).sort("source_file", "source_row")


def _landed_value(landed: pl.DataFrame, column: str | None) -> pl.Series:
    name = MALFORMED if column is None else column
    missing = pl.Series([None], dtype=pl.String)
    return landed[name] if name in landed.columns else missing.new_from_index(0, landed.height)
