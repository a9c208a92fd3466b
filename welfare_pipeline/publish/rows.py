"""The SQL of a table's published rows, made of the files of the lake: for those who write them and who verify them."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import duckdb

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.lake import literal, rows_of
from welfare_pipeline.publish.database import Database
from welfare_pipeline.publish.hashed_numbers import hashed_rows
from welfare_pipeline.publish.months import Month, Name
from welfare_pipeline.publish.whole_names import whole_rows


def rows_to_publish(
    con: duckdb.DuckDBPyConnection, database: Database, table: Table, months: Sequence[Month]
) -> Iterator[str]:
    """Selects of the table's rows in these months, in their order; a column that older files lack is not in them.

    `con` knows the whole names of files, if the database has them (see `WholeNames`).
    """
    there = [(month.in_force, path) for month in months if (path := month.file(table))]
    names = ", ".join(literal(column.name) for column in database.columns(table))
    for in_force, group in groupby(there, lambda of: of[0]):
        files = rows_of([path for _, path in group])
        rows = whole_rows(con, table, files) if database.private else hashed_rows(con, database, table, files)
        said = "".join(f', {str(in_force).lower()} as "{column.name}"' for column in table.said_when_published)
        yield f"select columns(lambda c: c in ({names})){said} from {rows}"  # noqa: S608  names of the contract, files of the lake


def of_months(names: Sequence[Name]) -> str:
    """The condition that a row is of one of these months and districts (at least one)."""
    periods = ", ".join(literal(period) for period in sorted({period for period, _ in names}))
    listed = ", ".join(f"({literal(period)}, {literal(district)})" for period, district in sorted(names))
    return f"period in ({periods}) and (period, district_code) in ({listed})"


def between(first: Name, last: Name) -> str:
    """The condition that a row is of one of the months and districts from the first to the last, in their order."""
    low, high = (literal("".join(name)) for name in (first, last))
    return f"period || district_code between {low} and {high}"
