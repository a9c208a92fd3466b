"""The facts of a month that later months remember: drafted once the month is linked, seen by every later month."""

from importlib import resources

import duckdb

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import LINKS, PERSON_ROWS, REMEMBERED_FACTS, TABLE_BY_NAME
from welfare_pipeline.contracts.words import REASONS
from welfare_pipeline.lake.connecting import replace_view
from welfare_pipeline.lake.earlier import earlier_months
from welfare_pipeline.lake.encryption import literal
from welfare_pipeline.lake.partition import Draft, Partition
from welfare_pipeline.lake.person_rows import see_person_rows
from welfare_pipeline.lake.sql_text import tables_read

EARLIER_FACTS = "remembered_before"  # the facts of every earlier month


def draft_facts(con: duckdb.DuckDBPyConnection, draft: Draft, secret: str) -> None:
    """Draft `remembered_facts` from the landed tables and the links that `con` sees."""
    draft.write_query(con, REMEMBERED_FACTS.name, _query("remembered_facts"), secret=secret, reasons=list(REASONS))


def see_earlier_facts(con: duckdb.DuckDBPyConnection, partition: Partition, policy: Policy) -> None:
    """Let `con` see the facts of the district's earlier months as `remembered_before`, each once.

    A month that was linked before there was a memory gives them from its landed tables; keyed hashes are missing then.
    """
    months = earlier_months(partition)
    files = [month.path(REMEMBERED_FACTS.name) for month in months]
    replace_view(con, REMEMBERED_FACTS, *files, name="facts_kept")
    replace_view(con, REMEMBERED_FACTS, name="nothing_told")
    con.execute("create table facts_told_anew as from nothing_told")
    for month in months:
        if not month.path(REMEMBERED_FACTS.name).exists() and month.path(LINKS.name).exists():
            _make_anew(con, month, policy)
    con.execute("create view facts_told as from facts_kept union all by name from facts_told_anew")
    con.execute(f"create or replace table {EARLIER_FACTS} as {_query('known_facts')}")
    con.execute("drop view facts_told; drop table facts_told_anew")


def _make_anew(con: duckdb.DuckDBPyConnection, month: Partition, policy: Policy) -> None:
    [(own,)] = con.execute("select current_schema()").fetchall()
    con.execute("create schema unremembered")
    con.execute("set schema = 'unremembered'")
    for table in tables_read(_query("remembered_facts")) & TABLE_BY_NAME.keys() - {PERSON_ROWS.name}:
        replace_view(con, TABLE_BY_NAME[table], month.path(table))
    see_person_rows(con, PERSON_ROWS.name, month, policy)
    values = f"{literal(month.period)} as period, {literal(month.district)} as district_code, *"
    insert = f'insert into "{own}".facts_told_anew by name select {values} from ({_query("remembered_facts")})'  # noqa: S608
    con.execute(insert, {"secret": None, "reasons": list(REASONS)})
    con.execute(f"set schema = '{own}'")
    con.execute("drop schema unremembered cascade")


def _query(name: str) -> str:
    return resources.files("welfare_pipeline.lake").joinpath(f"{name}.sql").read_text("utf-8")
