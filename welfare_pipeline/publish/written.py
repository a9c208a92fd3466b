"""Rows that were written to a database are held to their declaration, some districts at a time.

To know that the keys of a nation's rows are unique would take its memory; a key is unique within its district.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.lake import Breach, DeclarationError, Rule, breaches_of, literal, rows_of
from welfare_pipeline.publish.database import Database
from welfare_pipeline.publish.months import Month

WITHIN = ("period", "district_code")  # each its own rows and keys
AT_ONCE = 3_000_000  # rows: checked in less than half a gigabyte


@dataclass(frozen=True)
class Written:
    """So many rows of a table, made of the files of these months."""

    con: duckdb.DuckDBPyConnection
    database: Database
    table: Table
    months: Sequence[Month]
    rows: int

    def refuse_undeclared(self, written: str, *, is_partly_former: bool = False) -> None:
        """See that they (SQL that can stand behind `from`) are as declared; what a former database had may be empty.

        Raises:
            DeclarationError: they are not.

        """
        breaches = [
            breach
            for breach in self._breaches(written)
            if breach.rule is not Rule.NOT_NULL or not (is_partly_former or self._is_new(breach))
        ]
        if breaches:
            raise DeclarationError(self.table.name, self.database.path.name, breaches)

    def _breaches(self, written: str) -> list[Breach]:
        found: dict[tuple[str, Rule], int] = {}
        for part in self._parts(written) if self.rows > AT_ONCE else [written]:
            for breach in breaches_of(self.con, self.table, part, self.database.columns(self.table), within=WITHIN):
                of = breach.column, breach.rule
                found[of] = found.get(of, 0) + breach.rows
        return [Breach(column, rule, rows) for (column, rule), rows in found.items()]

    def _parts(self, written: str) -> Iterator[str]:
        """The rows of a few districts each."""
        counted = f"select period, district_code, count(*) from {written} group by all order by all"  # noqa: S608  of the contract
        for period, first, last in stretches(self.con.sql(counted).fetchall(), AT_ONCE):
            districts = f"district_code between {literal(first)} and {literal(last)}"
            yield f"(from {written} where period = {literal(period)} and {districts})"

    def _is_new(self, breach: Breach) -> bool:
        """Whether every empty value of the column is from files that lack it: those of an older contract do."""
        files = [rows_of([file]) for month in self.months if (file := month.file(self.table))]
        lacking = [rows for rows in files if breach.column not in self.con.sql(f"from {rows}").columns]
        return bool(lacking) and breach.rows == sum(
            self.con.sql(f"from {rows}").count("*").fetchall()[0][0] for rows in lacking
        )


def stretches(sizes: Sequence[tuple[str, str, int]], at_once: int) -> list[tuple[str, str, str]]:
    """Period, first and last district of stretches with so many rows (or of one district); `sizes` are in order."""
    found: list[tuple[str, str, str]] = []
    taken = 0
    for period, district, rows in sizes:
        taken += rows
        if found and found[-1][0] == period and taken <= at_once:
            found[-1] = (period, found[-1][1], district)
        else:
            found.append((period, district, district))
            taken = rows
    return found
