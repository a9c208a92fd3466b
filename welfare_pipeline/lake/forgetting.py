"""Takes the identities out of a partition: who people are goes, what was counted and decided stays."""

import duckdb
import polars as pl

from welfare_pipeline.contracts.tables import RUN_MANIFEST, TABLE_BY_NAME
from welfare_pipeline.lake.folders import sha256_of
from welfare_pipeline.lake.partition import Draft, Partition

_RESIGNED = "select * replace (coalesce(resigned.sha256, table_sha256) as table_sha256) from run_manifest"


def forget_identities(partition: Partition) -> dict[str, int]:
    """Empty every identity column of the partition's tables; the rows by table that had such columns.

    Keys, places, outcomes and counts stay, and so does every row. The manifest is signed anew, and the version gives
    way to one without them wherever it is pointed to.
    """
    with partition.draft() as draft, draft.connect() as con:
        forgotten: dict[str, int] = {}
        for name in (name for name in partition.tables() if name in TABLE_BY_NAME):
            identities = [column for column in TABLE_BY_NAME[name].columns if column.identity]
            if identities:
                draft.write_query(con, name, _nameless(con, name))
                [(forgotten[name],)] = con.execute(f"select count(*) from {name}").fetchall()  # noqa: S608
        _sign_anew(draft, forgotten)
        draft.take_place()
    return forgotten


def _nameless(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """The select of the table without identities; a column that an older version did not have is empty."""
    has = {*con.sql(f'from "{name}"').columns}
    values = (
        f'"{column.name}"' if column.name in has and not column.identity else f'null as "{column.name}"'
        for column in TABLE_BY_NAME[name].columns
    )
    return f'select {", ".join(values)} from "{name}"'  # noqa: S608  names of the contract


def _sign_anew(draft: Draft, tables: dict[str, int]) -> None:
    if not tables or RUN_MANIFEST.name not in draft.partition.tables():
        return
    signed = pl.DataFrame({"table": list(tables), "sha256": [sha256_of(draft.path(name)) for name in tables]})
    with draft.connect() as con:
        con.register("resigned", signed)
        draft.write_query(con, RUN_MANIFEST.name, f'{_RESIGNED} left join resigned using ("table")')
