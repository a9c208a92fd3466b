"""Checks a table against its declaration (columns, types, not null, codes, key) before the table is put in place.

One query checks all rules of a table. An error names table, column, rule and number of rows, never a value.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import duckdb

from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.lake.encryption import literal


class Rule(StrEnum):
    """What is declared of a column."""

    DECLARED = "declared columns and types"
    NOT_NULL = "not null"
    CODES = "a code of the vocabulary"
    UNIQUE = "unique key"


@dataclass(frozen=True)
class Breach:
    """A rule that rows of a table break; `column`: of a key, all of its columns."""

    column: str
    rule: Rule
    rows: int

    def __str__(self) -> str:
        """The breach in words."""
        if self.rule is Rule.DECLARED:
            return f"column {self.column} is missing, not declared, or of another type or place"
        return f"column {self.column}: {self.rows} rows break the rule '{self.rule}'"


class DeclarationError(RuntimeError):
    """A table is not as the contract declares it; the message names table, columns, rules and rows, and no value."""

    def __init__(self, table: str, where: str, breaches: Sequence[Breach]) -> None:
        """`where`: the period and district, or the file."""
        self.table = table
        self.breaches = tuple(breaches)
        found = "; ".join(map(str, breaches))
        super().__init__(
            f"{table} ({where}) is not as the contract declares it: {found}. It was not put in place; what was there "
            "before stands. This is a fault of the program or of older data: report it, and run the month again."
        )


def breaches_of(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    rows: str,
    columns: Sequence[Column] | None = None,
    *,
    within: Sequence[str] = (),
) -> list[Breach]:
    """What is wrong with `rows` (SQL that can stand behind `from`), by the declaration of its `columns`.

    The key is unique `within` equal values of these columns.
    """
    declared = table.columns if columns is None else columns
    misfits = misfits_of(con, rows, declared)
    if misfits:
        return misfits
    rules = [*_not_null(declared), *_codes(declared), _unique(table, rows, within)]
    counts = con.execute(f"select {', '.join(count for _, _, count in rules)} from {rows}").fetchall()[0]  # noqa: S608  of the contract
    return [Breach(column, rule, found) for (column, rule, _), found in zip(rules, counts, strict=True) if found]


def misfits_of(con: duckdb.DuckDBPyConnection, rows: str, declared: Sequence[Column]) -> list[Breach]:
    """The columns of `rows` that are not as declared: all that can be wrong with a table that has no rows."""
    relation = con.sql(f"from {rows}")
    found = [(name, str(kind)) for name, kind in zip(relation.columns, relation.types, strict=True)]
    wanted = [(column.name, column.type) for column in declared]
    if found == wanted:
        return []
    names = {name for name, _ in set(found) ^ set(wanted)} or {name for name, _ in wanted}
    return [Breach(name, Rule.DECLARED, 0) for name in sorted(names)]


def _not_null(declared: Sequence[Column]) -> list[tuple[str, Rule, str]]:
    named = [column.name for column in declared if not column.nullable]
    return [(name, Rule.NOT_NULL, f'count(*) - count("{name}")') for name in named]


def _codes(declared: Sequence[Column]) -> list[tuple[str, Rule, str]]:
    return [(c.name, Rule.CODES, f"count(*) filter ({_is_unknown(c)})") for c in declared if c.codes]


def _is_unknown(column: Column) -> str:
    """A function and no `in`: DuckDB asks it of each different value of a column once, a third of the time."""
    codes = ", ".join(map(literal, column.codes))
    found_in = "list_has_all" if column.type.endswith("[]") else "list_contains"
    return f'not {found_in}([{codes}], "{column.name}")'


def _unique(table: Table, rows: str, within: Sequence[str]) -> tuple[str, Rule, str]:
    key = ", ".join(f'"{name}"' for name in dict.fromkeys((*within, *table.key)))
    repeated = f"(select coalesce(sum(n - 1), 0) from (select count(*) as n from {rows} group by {key}) where n > 1)"  # noqa: S608  as above
    return ", ".join(table.key), Rule.UNIQUE, f"any_value({repeated})"
