"""A district's own database: names of files and headers as they are, where every other place has them masked.

The lake's tables name a file by its masked name; `landed_files` has the whole one beside it, for this place alone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import duckdb

from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.contracts.tables import LANDED_FILES
from welfare_pipeline.lake import Partition, literal, own_connection, rows_of
from welfare_pipeline.publish.months import Month, is_of_delivery

_DECIDED, _DELIVERED = "decided_names", "delivered_names"  # variables of a connection
_NAMES = """
select distinct concat_ws('/', period, district_code, source_file) as place, landed_name
from {files}
where landed_name <> source_file
order by all
"""


@dataclass(frozen=True)
class WholeNames:
    """The whole name of each file whose name is masked elsewhere, by period, district and masked name."""

    decided: dict[str, str] = field(default_factory=dict)
    delivered: dict[str, str] = field(default_factory=dict)

    def let_know(self, con: duckdb.DuckDBPyConnection) -> None:
        """Let a connection know them, for `whole_rows`."""
        for variable, names in ((_DECIDED, self.decided), (_DELIVERED, self.delivered)):
            places, whole = (f"[{', '.join(map(literal, of))}]::varchar[]" for of in (names, names.values()))
            con.execute(f"set variable {variable} = map({places}, {whole})")

    def digest(self, month: Month) -> str:
        """A digest of the names of the month's files and of those before, which its rows may name; empty: none."""
        known = [item for names in (self.decided, self.delivered) for item in sorted(names.items())]
        named = [item for item in known if item[0].split("/")[0] <= month.name[0]]
        return sha256(repr(named).encode()).hexdigest()[:16] if named else ""


def read_whole_names(months: Sequence[Month]) -> WholeNames:
    """The whole names of the files of these months."""
    with own_connection() as con:
        decided = _read(con, [month.decided for month in months if month.decided])
        is_same = all(month.in_force for month in months)
        return WholeNames(decided, decided if is_same else _read(con, [month.delivery for month in months]))


def _read(con: duckdb.DuckDBPyConnection, partitions: Sequence[Partition]) -> dict[str, str]:
    paths = [partition.path(LANDED_FILES.name) for partition in partitions]
    found = [path for path in paths if path.exists()]
    if not found or "landed_name" not in con.sql(f"from {rows_of(found)}").columns:  # lakes of before do not have it
        return {}
    return dict(con.execute(_NAMES.format(files=rows_of(found))).fetchall())


def whole_rows(con: duckdb.DuckDBPyConnection, table: Table, rows: str) -> str:
    """The SQL for the table's `rows` (a relation) as a district's own database has them; see `WholeNames.let_know`."""
    variable = _DELIVERED if is_of_delivery(table) else _DECIDED
    there = {*con.sql(f"from {rows}").columns}
    [(masked,)] = con.execute(f"select cardinality(getvariable('{variable}'))").fetchall()
    known = variable if masked else ""
    changed = {column.name: _whole(table, column, there, known) for column in table.columns}
    replaced = ", ".join(f'{whole} as "{name}"' for name, whole in changed.items() if whole and name in there)
    return f"(select * replace ({replaced}) from {rows})" if replaced else rows  # noqa: S608  names of the contract


def _whole(table: Table, column: Column, there: set[str], known: str) -> str:
    twin = next((other.name for other in table.columns if other.whole_of == column.name), "")
    if twin in there:
        return f'coalesce("{twin}", "{column.name}")'
    if not known:
        return ""
    if column.name == "source_file":
        return _looked_up(known, "period", "source_file")
    if re.search(r"STRUCT\(.*\bsource_file VARCHAR.*\)\[\]", column.type):
        period = "file.period" if "period VARCHAR" in column.type else "period"
        looked_up = _looked_up(known, period, "file.source_file")
        return f'list_transform("{column.name}", lambda file: struct_update(file, source_file := {looked_up}))'
    return ""


def _looked_up(variable: str, period: str, name: str) -> str:
    return f"coalesce(getvariable('{variable}')[concat_ws('/', {period}, district_code, {name})], {name})"
