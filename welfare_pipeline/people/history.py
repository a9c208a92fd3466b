"""What the district's earlier months remember of people: their keys by keyed hashes, and the answers about two of them.

Everything is the union of what each earlier month has added (`lake.earlier_months`): no month is read through another.
Keys are given in `keys.py`.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import duckdb
import polars as pl

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import REVIEW_ANSWERS
from welfare_pipeline.contracts.tables import (
    LINKS,
    PERSON_ROWS,
    REMEMBERED_ANSWERS,
    REMEMBERED_FACTS,
    REMEMBERED_KEYS,
    REMEMBERED_PEOPLE,
    REVIEW_PAIRS,
    TABLE_BY_NAME,
)
from welfare_pipeline.lake import Draft, Partition, earlier_months, replace_view, see_person_rows, tables_named_in
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.matching import Matching
from welfare_pipeline.linkage.queries import sql
from welfare_pipeline.linkage.stages import normalised_people

REVIEW_ANSWERS_ROWS = TABLE_BY_NAME[REVIEW_ANSWERS.table]
MEMORY = {
    "known_person": REMEMBERED_PEOPLE,
    "known_key": REMEMBERED_KEYS,
    "earlier_answer": REMEMBERED_ANSWERS,
    "earlier_pair": REVIEW_PAIRS,
}


@dataclass(frozen=True)
class Recollection:
    """A month that remembers earlier ones: the matching under way, and what its queries need."""

    matching: Matching
    partition: Partition
    secret: str
    policy: Policy

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection with all tables."""
        return self.matching.con

    def make(self, table: str, file: str) -> None:
        """The table `table` from `sql/<file>.sql`."""
        period = self.partition.period
        values: dict[str, Any] = {"period": period, "period_end": last_day(period), "secret": self.secret}
        self.matching.make_from(table, sql(file, "people"), **values, has_past=self.has_past)

    def write(self, draft: Draft, table: str, query: str = "", **values: Any) -> None:
        """Draft the table of the lake from `sql/<query>.sql`, which has its name unless told."""
        draft.write_query(self.con, table, sql(query or table, "people"), **values)

    @cached_property
    def has_past(self) -> bool:
        """Whether there are earlier months."""
        return bool(earlier_months(self.partition))


def recall(month: Recollection) -> None:
    """Make `identity`, `recognised`, `recognised_id`, the answers and what they are about: `answered_pair`.

    Needs `person` and `landed_person` of this month.
    """
    for name, table in MEMORY.items():
        _see(month.con, name, table, earlier_months(month.partition))
    facts = (earlier.path(REMEMBERED_FACTS.name) for earlier in earlier_months(month.partition))
    replace_view(month.con, REMEMBERED_FACTS, *facts, name="asked_number")
    _remember_anew(month)
    month.make("identity", "identities")
    month.make("registry_key", "registry_keys")
    month.make("recognised", "recognised")
    month.make("recognised_id", "recognised_ids")
    month.make("known_answer", "known_answers")
    month.make("standing_answer", "standing_answers")
    month.make("two_people", "two_people")
    month.make("asked_row", "asked_rows")
    month.make("answered_pair", "answered_pairs")


def _remember_anew(month: Recollection) -> None:
    """Add the people, and the answers landed, of months that were linked before there was a memory."""
    for earlier in earlier_months(month.partition):
        if earlier.path(LINKS.name).exists() and not earlier.path(REMEMBERED_PEOPLE.name).exists():
            month.con.register("of_older", _people_of(month, earlier))
            month.con.execute("insert into known_person by name from of_older")
            replace_view(month.con, REVIEW_ANSWERS_ROWS, earlier.path(REVIEW_ANSWERS_ROWS.name), name="older_answers")
            columns = (
                "period, district_code, row_id, source_file, source_row, pair_id, answer, decided_on, decided_by_role"
            )
            month.con.execute(f"insert into earlier_answer by name select {columns} from older_answers")  # noqa: S608


def _people_of(month: Recollection, earlier: Partition) -> pl.DataFrame:
    with earlier.connect(tables=tables_named_in("linkage", "people")) as con:
        see_person_rows(con, PERSON_ROWS.name, earlier, month.policy)
        older = replace(month, matching=replace(month.matching, con=con), partition=earlier)
        gather(older.matching)
        normalised_people(older.matching)
        older.make("identity", "identities")
        values = {"period": earlier.period, "district": earlier.district}
        return con.execute(sql("people_of_older", "people"), values).pl()


def _see(con: duckdb.DuckDBPyConnection, name: str, table: Table, months: list[Partition]) -> None:
    replace_view(con, table, *(month.path(table.name) for month in months), name=f"every_{name}")
    con.execute(f"create table {name} as from every_{name}")
