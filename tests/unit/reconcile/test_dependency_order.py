"""Tables that need each other are made in turn, others side by side; an error stops what has not begun."""

import graphlib

import duckdb
import pytest

from welfare_pipeline.reconcile.dependency_order import make_in_dependency_order

CHAIN = {
    "third": "select sum(n) as n from second  -- from first, as a comment only",
    "second": "with doubled as (select n * 2 as n from first) select n from doubled",
    "first": "select 21 as n",
    "alone": "select 1 as n",
}


def create(queries: dict[str, str], con: duckdb.DuckDBPyConnection) -> list[str]:
    made: list[str] = []

    def make(cursor: duckdb.DuckDBPyConnection, name: str) -> None:
        cursor.execute(f"create table {name} as {queries[name]}")
        made.append(name)

    make_in_dependency_order(con, queries, make)
    return made


def test_a_table_is_made_after_those_it_reads_whatever_order_they_are_named_in() -> None:
    with duckdb.connect() as con:
        made = create(CHAIN, con)
        assert con.sql("select n from third").fetchone() == (42,)
    assert sorted(made) == sorted(CHAIN)
    assert made.index("first") < made.index("second") < made.index("third")


def test_many_tables_at_once_do_not_hinder_each_other() -> None:
    queries = {f"t{number}": "select * from range(100000) as numbers(n)" for number in range(60)}
    with duckdb.connect() as con:
        create(queries, con)
        assert con.sql("select count(*) from duckdb_tables()").fetchone() == (60,)


def test_an_error_is_told_and_nothing_after_it_is_begun() -> None:
    queries = CHAIN | {"second": "select n from nobody_made_this"}
    with duckdb.connect() as con:
        with pytest.raises(duckdb.CatalogException, match="nobody_made_this"):
            create(queries, con)
        assert con.sql("select count(*) from duckdb_tables() where table_name = 'third'").fetchone() == (0,)


def test_tables_that_read_each_other_are_refused_before_anything_is_made() -> None:
    with duckdb.connect() as con:
        with pytest.raises(graphlib.CycleError):
            create({"egg": "select * from hen", "hen": "select * from egg"}, con)
        assert con.sql("select count(*) from duckdb_tables()").fetchone() == (0,)
