"""Tables of the published databases that are made of those already in them: names beside codes, and provinces."""

from collections.abc import Sequence

import duckdb
import polars as pl

from welfare_pipeline.contracts.areas import districts, province_names
from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.contracts.tables import DISTRICT_STATUS
from welfare_pipeline.contracts.words import CATALOGUE
from welfare_pipeline.lake import DeclarationError, breaches_of, literal, read_frame
from welfare_pipeline.publish.database import Database, derived_query


def write_code_tables(con: duckdb.DuckDBPyConnection, database: Database) -> None:
    """Put every derived table into a database, whose other tables are there; one that is right already stays.

    Raises:
        DeclarationError: one is not as declared.

    """
    con.register("known_districts", _known_districts())
    con.register("catalogue_reasons", _reasons())
    con.register("noted_status", _noted_status(database))
    there = {name for (name,) in con.execute(_THERE).fetchall()}
    for table in database.derived:
        _write(con, table, is_there=table.name in there)


def comments(table: Table, columns: Sequence[Column]) -> str:
    """The statements that say what a table and its columns are."""
    on_columns = (f'comment on column "{table.name}"."{c.name}" is {literal(c.description)};' for c in columns)
    return "".join([f'comment on table "{table.name}" is {literal(f"One row per {table.row_per}")};', *on_columns])


def _write(con: duckdb.DuckDBPyConnection, table: Table, *, is_there: bool) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    con.execute(f"create or replace temp table made as select {columns} from ({derived_query(table)})")  # noqa: S608  names of the contract
    if is_there and not con.execute(_DIFFERENCE.format(name=table.name)).fetchall():
        return
    con.execute(f'create or replace table "{table.name}" as from made order by all')
    breaches = breaches_of(con, table, f'"{table.name}"')
    if breaches:
        raise DeclarationError(table.name, "codes", breaches)
    con.execute(comments(table, table.columns))


_THERE = "select table_name from duckdb_tables() where database_name = current_database()"
_DIFFERENCE = """
(from made except all from "{name}") union all (from "{name}" except all from made) limit 1
"""


def _known_districts() -> pl.DataFrame:
    names = province_names()
    rows = [(code, name, code[:2], names[code[:2]]) for code, name in districts().items()]
    return pl.DataFrame(rows, ["district_code", "district_name", "province_code", "province_name"], orient="row")


def _noted_status(database: Database) -> pl.DataFrame:
    nothing = pl.DataFrame(schema=dict.fromkeys(DISTRICT_STATUS.column_types(), pl.String))
    return pl.concat([nothing, *map(read_frame, database.status)])


def _reasons() -> pl.DataFrame:
    """The reasons in their order of precedence, with the law of the day."""
    rows = [
        (place, code, of.id.meaning, of.en.meaning, of.certainty, max(of.legal_basis, key=lambda law: law.starts).text)
        for place, (code, of) in enumerate(CATALOGUE.reasons.items())
    ]
    names = ["place", "reason", "meaning_id", "meaning_en", "certainty", "legal_basis"]
    return pl.DataFrame(rows, names, orient="row")
