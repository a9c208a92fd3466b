"""How right links are: pairs of rows said to be one person, held against the pairs that are."""

from dataclasses import dataclass

import duckdb

LINKS = """
-- One row: pairs of a listed and a reference row that are one person, that are linked, and both.
with known as (
    select l.row_id as left_id, r.row_id as right_id
    from truth as tl
    inner join truth as tr on tl.person = tr.person
    inner join person as l on tl.row_id = l.row_id
    inner join person as r on tr.row_id = r.row_id
    where not l.is_reference and r.is_reference
),

found as (
    select l.row_id as left_id, r.row_id as right_id
    from person_row as a
    inner join person_row as b on a.person_id = b.person_id
    inner join person as l on a.row_id = l.row_id
    inner join person as r on b.row_id = r.row_id
    where not l.is_reference and r.is_reference
)

select
    (select count(*) from known) as known_pairs,
    (select count(*) from found) as found_pairs,
    (select count(*) from known inner join found using (left_id, right_id)) as right_pairs
"""
DUPLICATES = """
-- One row: pairs of rows of one list that are one person, that are said to be, and both.
with counted as (
    select person_row.person_id, truth.person, count(*) as n
    from person_row
    inner join truth on person_row.row_id = truth.row_id
    group by grouping sets ((person), (person_id), (person_id, person))
)

select
    sum(n * (n - 1) // 2) filter (where person_id is null) as known_pairs,
    sum(n * (n - 1) // 2) filter (where person is null) as found_pairs,
    sum(n * (n - 1) // 2) filter (where person_id is not null and person is not null) as right_pairs
from counted
"""


@dataclass(frozen=True)
class Score:
    """Pairs that are one person, that were found, and that were rightly found."""

    known: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Of the pairs found, the share that is one person."""
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        """Of the pairs that are one person, the share found."""
        return self.right / max(self.known, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.right / max(self.known + self.found, 1)


def scored(con: duckdb.DuckDBPyConnection, query: str) -> Score:
    """What a query of three counts says."""
    row = con.execute(query).fetchone()
    known, found, right = row or (0, 0, 0)
    return Score(int(known), int(found), int(right))
