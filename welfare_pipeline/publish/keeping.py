"""What a published database showed of months whose files in the lake are damaged or gone: it is kept, not lost.

Running the month again mends the lake; until then the former database is the only one that has its rows.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.contracts.tables import OF_DELIVERIES, RUN_MANIFEST
from welfare_pipeline.lake import (
    WHOLE,
    DataRoot,
    Fault,
    Partition,
    Snapshot,
    attach,
    damages_in,
    literal,
    locked_out,
    unlock,
)

FORMER = "former"
Names = frozenset[tuple[str, str]]  # period and district


@dataclass(frozen=True)
class Former:
    """A database that is about to be replaced, and the months and districts it alone has."""

    path: Path
    months: Names
    nameless_before: str = ""

    def rows(self, con: duckdb.DuckDBPyConnection, table: Table, columns: Sequence[Column]) -> list[str]:
        """The SQL of the table's rows of those months, in a connection that has it attached; none if it has no such."""
        found = {row[0] for row in con.sql(_COLUMNS, params={"database": FORMER, "table": table.name}).fetchall()}
        if not found:
            return []
        months = ", ".join(f"({literal(period)}, {literal(district)})" for period, district in sorted(self.months))
        kept = ", ".join(self._value(column) for column in columns if column.name in found)
        return [f'(select {kept} from {FORMER}.main."{table.name}" where (period, district_code) in ({months}))']  # noqa: S608  names of the contract, months and districts

    def _value(self, column: Column) -> str:
        if column.identity and self.nameless_before:
            return f'if(period < {literal(self.nameless_before)}, null, "{column.name}") as "{column.name}"'
        return f'"{column.name}"'


@dataclass(frozen=True)
class Kept:
    """The sound versions of a lake, and the months and districts of which only the former database has the rows.

    `sound`: the published ones; `deliveries`: the newest, of which the records are shown.
    """

    path: Path
    sound: tuple[Partition, ...]
    deliveries: tuple[Partition, ...]
    months: Names
    private: bool

    def of(self, table: Table) -> tuple[Partition, ...]:
        """The versions that the table is shown of."""
        return self.deliveries if table in OF_DELIVERIES else self.sound

    def former(self, tables: Sequence[Table], nameless_before: str = "") -> Former | None:
        """The former database, if rows of it are to be kept and every one of them can be read."""
        former = Former(self.path, self.months, nameless_before)
        return former if self.months and _is_readable(former, tables, private=self.private) else None


def damaged_partitions(path: Path, lake: Snapshot, shown: Sequence[Table], *, private: bool) -> Kept:
    """Which partitions of the lake may be shown, and which months the database at `path` has to be kept for."""
    names = {table.name for table in shown}
    versions = {*lake, *lake.newest_deliveries()}
    found = (damage for partition in versions for damage in damages_in(partition, names))
    damages = [damage for damage in found if damage.table in {*names, WHOLE}]
    damaged = {damage.where for damage in damages if damage.fault is not Fault.OLDER}
    changed = {damage.where for damage in damages if damage.fault is Fault.OLDER and not damage.is_as_made}
    lost = {damage.where for damage in lake.lost()}
    months = damaged | lost | (changed & published_months(path, private=private))
    sound = tuple(partition for partition in lake if partition.name not in months)
    deliveries = tuple(partition for partition in lake.newest_deliveries() if partition.name not in months)
    return Kept(path, sound, deliveries, frozenset(months), private)


def published_months(path: Path, *, private: bool) -> Names:
    """Period and district of what a published database shows; nothing if it is not there or damaged."""
    try:
        with _opened(path, private=private) as con:
            return frozenset(con.sql(_SHOWN).fetchall())
    except duckdb.Error:
        return frozenset()


def months_ever_published(root: DataRoot) -> Names:
    """Period and district of everything that the published databases show."""
    shared = published_months(root.published / "welfare.duckdb", private=False)
    own = (published_months(path, private=True) for path in root.published.glob("districts/[0-9]*.duckdb"))
    return shared.union(*own)


_SHOWN = f"select distinct period, district_code from {FORMER}.{RUN_MANIFEST.name}"  # noqa: S608  of the contract
_COLUMNS = "select column_name from duckdb_columns() where database_name = $database and table_name = $table"


def _is_readable(former: Former, tables: Sequence[Table], *, private: bool) -> bool:
    """Whether every row to be kept can be read.

    Raises:
        duckdb.Error: it is encrypted with another key.

    """
    try:
        with _opened(former.path, private=private) as con:
            for table in tables:
                for rows in former.rows(con, table, table.columns):
                    con.sql(f"select sum(hash(kept)) from {rows} as kept").fetchall()  # noqa: S608
    except duckdb.Error as error:
        if locked_out(error):
            raise
        return False
    return True


@contextmanager
def _opened(path: Path, *, private: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        unlock(con)
        if not path.is_file():
            message = f"{path.name} is not there"
            raise duckdb.IOException(message)
        attach(con, path, FORMER, private=private, options="read_only")
        yield con
