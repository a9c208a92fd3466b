"""Tables of codes of the analysts' database: names beside codes, one row each, made of the tables already in it."""

from importlib.resources import files

import duckdb
import polars as pl

from welfare_pipeline.contracts.areas import districts, province_names
from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.tables import CODE_TABLES
from welfare_pipeline.publish.writing import add_table


def add_code_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Put every table of codes into a database, whose other tables are there.

    Raises:
        DeclarationError: one is not as declared.

    """
    con.register("known_districts", _known_districts())
    for table in CODE_TABLES:
        add_table(con, table, _query(table))


def _query(table: Table) -> str:
    return files("welfare_pipeline.publish").joinpath("codes", f"{table.name}.sql").read_text("utf-8")


def _known_districts() -> pl.DataFrame:
    names = province_names()
    rows = [(code, name, code[:2], names[code[:2]]) for code, name in districts().items()]
    return pl.DataFrame(rows, ["district_code", "district_name", "province_code", "province_name"], orient="row")
