"""One linkage under way: its connection, model and thresholds, and how its tables are made. Its stages: `stages.py`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.policy_linkage import Linkage
from welfare_pipeline.contracts.vocabulary import Guard
from welfare_pipeline.lake import only_named
from welfare_pipeline.linkage.model import Model
from welfare_pipeline.linkage.queries import sql


@dataclass(frozen=True)
class Thresholds:
    """From which probability on a pair is one person (`same`) or to be looked at (`review`), and the block cap.

    `usual`: everything else that the policy says of linkage. `thorough`: also compare people who share no more than a
    rare word: lists without numbers need it, a district with NIKs and cards hardly. `relatives`: cards, mothers and
    even numbers are shared by families, so that another name is another person. `registered_share`: of listed rows,
    those that belong to a registry person, where it is not the usual one; on a card of the registry the usual holds.
    `without`: guards that are switched off, to measure what they are worth.
    """

    same: float
    review: float
    block_limit: int
    usual: Linkage
    relatives: bool = True
    thorough: bool = False
    registered_share: float | None = None
    without: tuple[Guard, ...] = ()

    @classmethod
    def of(cls, policy: Policy) -> "Thresholds":
        """What the policy says about linkage."""
        limits = policy.thresholds
        return cls(
            limits["linkage_same_probability"],
            limits["linkage_review_probability"],
            int(limits["linkage_block_limit"]),
            policy.linkage,
        )

    def values(self) -> dict[str, Any]:
        """All of them by the name they have in SQL."""
        return self.usual.values() | {
            "same": self.same,
            "review": self.review,
            "relatives": self.relatives,
            "block_limit": self.block_limit,
        }


@dataclass(frozen=True)
class Matching:
    """One linkage under way: the connection in which its tables are, the model and the thresholds."""

    con: duckdb.DuckDBPyConnection
    model: Model
    thresholds: Thresholds

    def make(self, table: str, file: str, *, where: str = "true", **values: Any) -> None:
        """The table `table` from the rows of `sql/<file>.sql` of which `where` holds.

        The query finds every threshold under its name, and `values` beside them.
        """
        self.make_from(table, sql(file), where=where, **values)

    def make_from(self, table: str, query: str, *, where: str = "true", **values: Any) -> None:
        """The same from the text of a query.

        Raises:
            duckdb.CatalogException: there is such a table.

        """
        self.con.execute(
            f"create table {table} as from ({query}) where {where}",
            only_named(query, self.thresholds.values() | values),
        )

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """A schema of that name, in which tables are made meanwhile."""
        self.run(f"create schema {name}")
        self.run(f"set schema = '{name}'")
        try:
            yield
        finally:
            self.run("set schema = 'main'")

    def run(self, statement: str) -> None:
        """A statement without values."""
        self.con.execute(statement)

    def count(self, table: str) -> int:
        """The rows of a table."""
        row = self.con.execute(f"select count(*) from {table}").fetchone()  # noqa: S608  a table of ours
        return int(row[0]) if row else 0
