"""What earlier months of the district tell: the keys people were given, the pairs asked about, the answers.

A district's own partitions only: nothing crosses districts.
"""

import duckdb

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import CONFIRMED_PAIRS, LINKS, PERSON_ROWS, REVIEW_PAIRS
from welfare_pipeline.lake import Partition, earlier_months, replace_view, rows_of, see_person_rows
from welfare_pipeline.linkage.matching import sql


def remember(con: duckdb.DuckDBPyConnection, partition: Partition, policy: Policy) -> bool:
    """Make the temporary tables `earlier_pair`, `earlier_answer` and `earlier_person`; whether there is a past."""
    earlier = earlier_months(partition)
    _union(con, "earlier_pair", REVIEW_PAIRS.name, earlier)
    _union(con, "earlier_answer", CONFIRMED_PAIRS.name, earlier[-1:])
    if earlier:
        _remember_people(con, earlier[-1], policy)
    return bool(earlier)


def _union(con: duckdb.DuckDBPyConnection, name: str, table: str, partitions: list[Partition]) -> None:
    files = [partition.path(table) for partition in partitions if partition.path(table).exists()]
    body = f"from {rows_of(files)}" if files else f'from "{table}" where false'
    con.execute(f"create or replace temp table {name} as {body}")


def _remember_people(con: duckdb.DuckDBPyConnection, partition: Partition, policy: Policy) -> None:
    con.execute("create schema earlier")
    con.execute("set schema = 'earlier'")
    replace_view(con, LINKS, partition.path(LINKS.name))
    see_person_rows(con, PERSON_ROWS.name, partition, policy)
    con.execute(f"create temp table earlier_person as {sql('earlier_people')}")
    con.execute("set schema = 'main'")
