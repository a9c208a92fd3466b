"""What the district's earlier months remember of people: their keys by keyed hashes, and the answers about two of them.

Everything is the union of what each earlier month has added (`lake.earlier_months`): no month is read through another.
Keys are given in `keys.py`.
"""

from dataclasses import dataclass
from typing import Any

import duckdb

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.tables import (
    REMEMBERED_ANSWERS,
    REMEMBERED_FACTS,
    REMEMBERED_KEYS,
    REMEMBERED_PEOPLE,
    REVIEW_PAIRS,
)
from welfare_pipeline.lake import Partition, earlier_months, replace_view
from welfare_pipeline.linkage.matching import Matching

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

    @property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The connection with all tables."""
        return self.matching.con

    def make(self, table: str, file: str) -> None:
        """The temporary table `table` from `sql/<file>.sql`."""
        period = self.partition.period
        values: dict[str, Any] = {"period": period, "period_end": last_day(period), "secret": self.secret}
        self.matching.make(table, file, **values, has_past=self.has_past)

    @property
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
    month.make("identity", "identities")
    month.make("registry_key", "registry_keys")
    month.make("recognised", "recognised")
    month.make("recognised_id", "recognised_ids")
    month.make("known_answer", "known_answers")
    month.make("standing_answer", "standing_answers")
    month.make("two_people", "two_people")
    month.make("asked_row", "asked_rows")
    month.make("answered_pair", "answered_pairs")


def _see(con: duckdb.DuckDBPyConnection, name: str, table: Table, months: list[Partition]) -> None:
    replace_view(con, table, *(month.path(table.name) for month in months), name=f"every_{name}")
    con.execute(f"create or replace temp table {name} as from every_{name}")
