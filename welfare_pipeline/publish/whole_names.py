"""A district's own database: names of files and headers as they are, where every other place has them masked.

The lake's tables name a file by its masked name; `landed_files` has the whole one beside it, for this place alone.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import duckdb

from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.lake import rows_of

_VARIABLE = "whole_names"
_NONE = "map([]::varchar[], []::varchar[])"
_NAMES = """
select coalesce(map_from_entries(list(row(place, landed_name))), {none})
from (
    select distinct concat_ws('/', period, district_code, source_file) as place, landed_name
    from {files}
    where landed_name <> source_file
)
"""


def know_whole_names(con: duckdb.DuckDBPyConnection, landed_files: Sequence[Path]) -> None:
    """Let `con` know the whole name of every file in these `landed_files` whose name is masked elsewhere."""
    found = [path for path in landed_files if path.exists()]
    columns = {name for path in found for (name, *_) in con.sql(f"describe from {rows_of([path])}").fetchall()}
    known = "landed_name" in columns  # lakes of before do not have it
    names = _NAMES.format(files=rows_of(found), none=_NONE) if known else f"select {_NONE}"
    con.execute(f"set variable {_VARIABLE} = ({names})")


def whole_rows(con: duckdb.DuckDBPyConnection, table: Table, rows: str) -> str:
    """The SQL for the table's `rows` (a relation) as a district's own database has them; see `know_whole_names`."""
    there = {name for (name, *_) in con.sql(f"describe from {rows}").fetchall()}
    [(masked,)] = con.sql(f"select cardinality(getvariable('{_VARIABLE}'))").fetchall()
    changed = {column.name: _whole(table, column, there, masked=masked > 0) for column in table.columns}
    replaced = ", ".join(f'{whole} as "{name}"' for name, whole in changed.items() if whole and name in there)
    return f"(select * replace ({replaced}) from {rows})" if replaced else rows  # noqa: S608  names of the contract


def _whole(table: Table, column: Column, there: set[str], *, masked: bool) -> str:
    twin = next((other.name for other in table.columns if other.whole_of == column.name), "")
    if twin in there:
        return f'coalesce("{twin}", "{column.name}")'
    if not masked:
        return ""
    if column.name == "source_file":
        return _looked_up("period", "source_file")
    if re.search(r"STRUCT\(.*\bsource_file VARCHAR.*\)\[\]", column.type):
        period = "file.period" if "period VARCHAR" in column.type else "period"
        looked_up = _looked_up(period, "file.source_file")
        return f'list_transform("{column.name}", lambda file: struct_update(file, source_file := {looked_up}))'
    return ""


def _looked_up(period: str, name: str) -> str:
    return f"coalesce(getvariable('{_VARIABLE}')[concat_ws('/', {period}, district_code, {name})], {name})"
