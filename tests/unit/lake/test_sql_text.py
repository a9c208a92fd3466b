"""Which tables a query reads, whatever way it names them; what only looks like a table is none."""

import pytest

from welfare_pipeline.lake import tables_read

READS = {
    "a join, whatever its kind": ("from one anti join two using (x) left join three using (x)", "one two three"),
    "a comma join": ("select 1 from one, two as second where one.x = second.x", "one two"),
    "from before select": ("from one select x", "one"),
    "a name in quotes": ('select 1 from "Odd name"', "Odd_name"),
    "a subquery in from": ("select x from (select x from one) as inner_rows", "one"),
    "subqueries in where and select": (
        "select (select max(x) from one) from two where x in (select x from three) and exists (from four)",
        "one two three four",
    ),
    "parts of a union": ("select x from one union all by name select x from two", "one two"),
    "a lateral join": ("from one, lateral (select 1 from two where two.x = one.x), unnest(one.list)", "one two"),
    "an unpivoted table": ("unpivot (select a, b from one) on a, b into name n value v", "one"),
    "a common table expression is no table": ("with kin as (select x from one) select x from kin", "one"),
    "of several, each sees those before it": (
        "with first as (from one), second as (from first join two using (x)) from second",
        "one two",
    ),
    "one that sees only itself": (
        "with recursive chain as (select x from one union select x + 1 from chain, two) from chain",
        "one two",
    ),
    "one that has the name of a table hides it": ("with one as (select 1 as x) select x from one", ""),
    "but only inside its own query": (
        "select x from one where x in (with one as (select x from two) select x from one)",
        "one two",
    ),
    "and a schema names the table all the same": ("with one as (select x from main.one) select x from one", "one"),
    "also behind the query that defines it": ("select 1 from (with kin as (from one) from kin), kin", "one kin"),
    "comments": ("select 1 from one -- join two\n/* from three, four */", "one"),
    "strings": ("select 'from two join three' as words from one where x <> 'join four'", "one"),
    "table functions": ("select 1 from range(3) as r(n), one", "one"),
    "parameters": ("select 1 from one where x = $from_two and y between $a and $b", "one"),
    "no table": ("select 21 as n", ""),
}  # fmt: skip


@pytest.mark.parametrize(("query", "tables"), READS.values(), ids=READS.keys())
def test_tables_that_a_query_reads(query: str, tables: str) -> None:
    assert {table.replace(" ", "_") for table in tables_read(query)} == set(tables.split())
