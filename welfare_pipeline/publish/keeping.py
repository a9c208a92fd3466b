"""What a published database showed of months whose files in the lake are damaged or gone: it is kept, not lost.

Running the month again mends the lake; until then the former database is the only one that has its rows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.contracts.tables import RUN_MANIFEST
from welfare_pipeline.lake import attach, keep_to_share, letting_go, literal, locked_out, unlock
from welfare_pipeline.publish.database import Database
from welfare_pipeline.publish.months import Names

FORMER = "former"


@dataclass(frozen=True)
class Former:
    """A database that is about to be replaced, and the months and districts it alone has."""

    path: Path
    months: Names
    nameless_before: str = ""

    def rows(self, con: duckdb.DuckDBPyConnection, table: Table, columns: Sequence[Column]) -> list[str]:
        """The SQL of the table's rows of those months, in a connection that has it attached; none if it has no such."""
        found = {row[0] for row in con.execute(_COLUMNS, {"database": FORMER, "table": table.name}).fetchall()}
        if not found:
            return []
        months = ", ".join(f"({literal(period)}, {literal(district)})" for period, district in sorted(self.months))
        kept = ", ".join(self._value(column) for column in columns if column.name in found)
        return [f'(select {kept} from {FORMER}.main."{table.name}" where (period, district_code) in ({months}))']  # noqa: S608  names of the contract, months and districts

    def _value(self, column: Column) -> str:
        if column.identity and self.nameless_before:
            return f'if(period < {literal(self.nameless_before)}, null, "{column.name}") as "{column.name}"'
        return f'"{column.name}"'


def former_with(database: Database, months: Names, nameless_before: str = "") -> Former | None:
    """The present file, if it is to be kept for these months and every row of theirs can be read.

    Raises:
        duckdb.Error: it is encrypted with another key.

    """
    former = Former(database.path, months, nameless_before)
    if not months:
        return None
    try:
        with _opened(database.path, private=database.private) as con:
            for table in database.tables:
                for rows in former.rows(con, table, table.columns):
                    con.execute(f"select sum(hash(kept)) from {rows} as kept").fetchall()  # noqa: S608  names of the contract
    except duckdb.Error as error:
        if locked_out(error):
            raise
        return None
    return former


def published_months(path: Path, *, private: bool) -> Names:
    """Period and district of what a published database shows; nothing if it is not there or damaged."""
    try:
        with _opened(path, private=private) as con:
            return frozenset(con.execute(_SHOWN).fetchall())
    except duckdb.Error:
        return frozenset()


_SHOWN = f"select distinct period, district_code from {FORMER}.{RUN_MANIFEST.name}"  # noqa: S608  of the contract
_COLUMNS = "select column_name from duckdb_columns() where database_name = $database and table_name = $table"


@contextmanager
def _opened(path: Path, *, private: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    if not path.is_file():
        message = f"{path.name} is not there"
        raise duckdb.IOException(message)
    with duckdb.connect() as con, letting_go(con):
        keep_to_share(con)
        unlock(con)
        attach(con, path, FORMER, private=private, options="read_only")
        yield con
