"""The one row model: every landed row that names a person, in the same columns, with what follows from it derived once.

Which lists these are follows from `contracts/sources.py`; what is derived stands in `person_rows.sql`.
"""

from importlib import resources
from typing import Any

import duckdb

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import FIXED, RECIPIENT_LIST
from welfare_pipeline.contracts.tables import PARTITION, PERSON_ROWS, RECIPIENT_ROWS, TABLE_BY_NAME
from welfare_pipeline.lake.connecting import only_named, replace_view
from welfare_pipeline.lake.encryption import literal
from welfare_pipeline.lake.partition import Draft, Partition

NAMED = tuple(source for source in (*FIXED, RECIPIENT_LIST) if source.names_people)
LANDED_COLUMNS = [
    column for column in PERSON_ROWS.columns if column not in PARTITION and column.name in RECIPIENT_ROWS.column_types()
]


def draft_person_rows(draft: Draft, policy: Policy) -> None:
    """Draft `person_rows` from the landed tables of the draft."""
    with draft.connect(tables={source.table for source in NAMED}) as con:
        query, values = person_rows_query(con, draft.partition.period, policy)
        draft.write_query(con, PERSON_ROWS.name, query, **values)


def require_person_rows(con: duckdb.DuckDBPyConnection, draft: Draft, policy: Policy) -> None:
    """Draft `person_rows` for `con` unless it is there: a version without the table may have landed the month."""
    if not draft.has(PERSON_ROWS.name):
        draft_person_rows(draft, policy)
        replace_view(con, PERSON_ROWS, draft.path(PERSON_ROWS.name))


def person_rows_query(con: duckdb.DuckDBPyConnection, period: str, policy: Policy) -> tuple[str, dict[str, Any]]:
    """The select of `person_rows` from the landed tables that `con` sees, and its values; makes the view it reads."""
    con.execute(f"create or replace temp view named_rows as {' union all '.join(map(_rows_of, NAMED))}")
    query = resources.files("welfare_pipeline.lake").joinpath("person_rows.sql").read_text("utf-8")
    values = policy.linkage.values() | {"family_size_limit": int(policy.thresholds["family_size_limit"])}
    return query, only_named(query, values | {"period_end": last_day(period)})


def see_person_rows(con: duckdb.DuckDBPyConnection, name: str, partition: Partition, policy: Policy) -> None:
    """Let `con` see a partition's `person_rows` under that name; of a month older than the table they are made anew."""
    path, tables = partition.path(PERSON_ROWS.name), {source.table for source in NAMED}
    if path.exists() or not any(partition.path(table).exists() for table in tables):
        replace_view(con, PERSON_ROWS, path, name=name)
        return
    [(own,)] = con.execute("select current_schema()").fetchall()
    con.execute("create schema landed_before")
    con.execute("set schema = 'landed_before'")
    for table in tables:
        replace_view(con, TABLE_BY_NAME[table], partition.path(table))
    query, values = person_rows_query(con, partition.period, policy)
    con.execute(f'drop view if exists "{own}"."{name}"')
    con.execute(f'create table "{own}"."{name}" as {query}', values)
    con.execute(f"set schema = '{own}'")


def _rows_of(source: Source) -> str:
    """The rows of a list in the standard columns: its own of the same name, type and codes.

    (A payment's `status` is no presence.)
    """
    own = {(column.name, column.type, column.codes) for column in TABLE_BY_NAME[source.table].columns}
    name = "programme" if source is RECIPIENT_LIST else literal(source.name)
    values = (
        f'"{column.name}"'
        if (column.name, column.type, column.codes) in own
        else f'null::{column.type} as "{column.name}"'
        for column in LANDED_COLUMNS
    )
    return f'select {name} as list, {source.may_repeat} as may_repeat, {", ".join(values)} from "{source.table}"'  # noqa: S608  names of the contract
