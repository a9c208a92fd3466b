"""Who is the same person, for any people in the standard columns: the stages, in the order they are applied.

Needs the temporary tables `landed_person`, `spelling` and `answered_pair` (see `people.py`). Leaves `linked` (rows
with their registry person), `person_row` (rows with the number of their person) and `question` (how the pairs that
people have to settle compare). Nothing here knows a landing file or a lake table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import duckdb

from welfare_pipeline.lake import only_named
from welfare_pipeline.linkage.model import Model

REGISTERED_SHARE = 0.9  # of listed rows that belong to a registry person
REPEATED_SHARE = 0.01  # of registry persons that stand twice
SHARED_SHARE = 0.3  # of unregistered rows that stand in another list, too
NO_PRIOR = 1.0  # two claims on one registry person: only their own evidence counts


@dataclass(frozen=True)
class Thresholds:
    """From which probability on a pair is one person (`same`) or to be looked at (`review`), and the block cap.

    `thorough`: also compare people who share no more than a rare word: lists without numbers need it, a district with
    NIKs and cards hardly. `relatives`: cards, mothers and even
    numbers are shared by families, so that another name is another person. `registered_share`: of listed rows, those
    that belong to a registry person; on a card of the registry as many as usual do.
    """

    same: float
    review: float
    block_limit: int
    relatives: bool = True
    thorough: bool = False
    registered_share: float = REGISTERED_SHARE

    @property
    def word_limit(self) -> int:
        """The cap of blocks of a single word; 0: none are made."""
        return self.block_limit // 10 if self.thorough else 0

    @property
    def rare_limit(self) -> int:
        """The cap of blocks of a name alone; 0: none are made."""
        return self.block_limit // 30 if self.thorough else 0


@dataclass(frozen=True)
class Matching:
    """One linkage under way: the connection with its temporary tables, the model and the thresholds."""

    con: duckdb.DuckDBPyConnection
    model: Model
    thresholds: Thresholds

    def make(self, table: str, file: str, *, where: str = "true", **values: Any) -> None:
        """The temporary table `table` from the rows of `sql/<file>.sql` of which `where` holds."""
        query = sql(file)
        self.con.execute(
            f"create or replace temp table {table} as from ({query}) where {where}", only_named(query, values)
        )

    def run(self, statement: str) -> None:
        """A statement without values."""
        self.con.execute(statement)

    def count(self, table: str) -> int:
        """The rows of a temporary table."""
        row = self.con.execute(f"select count(*) from {table}").fetchone()  # noqa: S608  a table of ours
        return int(row[0]) if row else 0


def sql(name: str) -> str:
    """The text of `sql/<name>.sql`."""
    return files("welfare_pipeline.linkage").joinpath("sql", f"{name}.sql").read_text("utf-8")


# DuckDB's hash() of 16 digits collides (4 of 10,000 NIKs of a registry): it is good for blocks, not for equality.
NUMBER_KEY = """
create or replace temp macro number_key(digits) as coalesce(
    case when length(digits) = 16 and digits not ilike '%e%' then try_cast(digits as ubigint) end,
    md5_number_lower(digits)
)
"""


def normalised_people(matching: Matching) -> None:
    """Names by spelling, people in the standard columns, and the blocks they fall into."""
    matching.run(NUMBER_KEY)
    matching.make("name", "names")
    matching.make("word", "words")
    matching.make("person", "persons")


def registry_duplicates(matching: Matching) -> None:
    """The same person twice in the registry."""
    matching.make("left_key", "duplicate_keys", block_limit=matching.thresholds.block_limit)
    matching.run("create or replace temp table right_key as from left_key")
    _compare(matching, matching.count("person"), REPEATED_SHARE, ordered=True)
    _group(matching)
    matching.make("registry_person", "registry_persons")


def confirmed_and_exact(matching: Matching) -> None:
    """What people have confirmed; equal valid NIK with an agreeing name and birth date."""
    matching.make("confirmed_link", "confirmed_links")
    matching.make("linked", "exact_links")


def compared(matching: Matching) -> None:
    """What is left: compared with everybody of a common block, weighed, and the best taken."""
    limits = matching.thresholds
    matching.make("name_word", "name_words")
    _block(matching, "left_key", "not is_reference and row_id not in (select row_id from linked)")
    _block(matching, "right_key", "is_reference", "block in (select block from left_key)")
    _compare(matching, matching.count("registry_person"), limits.registered_share, family_share=REGISTERED_SHARE)
    matching.make("crowded_row", "crowded_rows", block_limit=limits.block_limit)
    matching.make("person_score", "person_scores")
    matching.make("claimant", "claimants")
    matching.make("decision", "decisions", same=limits.same, review=limits.review, relatives=limits.relatives)
    matching.run("insert into linked by name select * from decision where match_band <> 'different'")


def competing_claims(matching: Matching) -> None:
    """Two rows of one list on one registry person: the same person twice, or the weaker one is left for review."""
    matching.make("claim", "claim_pairs")
    matching.run("create or replace temp table candidate as select distinct left_id, right_id from claim")
    _score(matching, 1, NO_PRIOR)
    again = REPEATED_SHARE / REGISTERED_SHARE
    matching.make("settled", "settled_claims", claimed_again=again, same=matching.thresholds.same)
    matching.run("create or replace temp table linked as from settled")


def known_numbers(matching: Matching) -> None:
    """Rows whose NIK is known from a row linked by other evidence."""
    matching.make("adopted", "adopted_links")
    matching.run("delete from linked where row_id in (select row_id from adopted)")
    matching.run("insert into linked by name from adopted")


def unregistered_people(matching: Matching) -> None:
    """Rows that are no registry person, tied to each other: one person in two lists, or twice in one."""
    rest = "not is_reference and row_id not in (select row_id from linked where match_band = 'same')"
    _block(matching, "left_key", rest)
    matching.run("create or replace temp table right_key as from left_key")
    rows = matching.con.execute("select count(distinct row_id) from left_key").fetchone()
    _compare(matching, int(rows[0]) if rows else 0, SHARED_SHARE, ordered=True)
    _group(matching)
    matching.make("person_row", "person_ids")


def questions(matching: Matching) -> None:
    """What people are asked about: how each row left for review compares with the registry person it may be."""
    matching.run(
        "create or replace temp table candidate as"
        " select row_id as left_id, registry_row_id as right_id from linked where match_band = 'review'"
    )
    share = matching.thresholds.registered_share
    _score(matching, matching.count("registry_person"), share, family_share=REGISTERED_SHARE)
    matching.run("create or replace temp table question as from pair_score")


STAGES: tuple[Callable[[Matching], None], ...] = (
    normalised_people,
    registry_duplicates,
    confirmed_and_exact,
    compared,
    competing_claims,
    known_numbers,
    unregistered_people,
    questions,
)


def match_people(matching: Matching) -> None:
    """Apply the stages in order."""
    for stage in STAGES:
        stage(matching)


def _block(matching: Matching, table: str, people: str, blocks: str = "true") -> None:
    limits = matching.thresholds
    matching.run(f"create or replace temp table blocked as from person where {people}")
    matching.make(
        table,
        "block_keys",
        where=blocks,
        block_limit=limits.block_limit,
        word_limit=limits.word_limit,
        rare_limit=limits.rare_limit,
    )


def _compare(
    matching: Matching, people: int, share: float, *, family_share: float | None = None, ordered: bool = False
) -> None:
    matching.make("candidate", "candidates", ordered=ordered)
    _score(matching, people, share, family_share=family_share)


def _score(matching: Matching, people: int, share: float, *, family_share: float | None = None) -> None:
    matching.make("alike_names", "alike_names")
    matching.make("name_pair", "name_pairs")
    parameters = matching.model.parameters(people, share, family_share)
    if share == NO_PRIOR:
        parameters |= {"population_prior": 0.0, "family_prior": 0.0}
    relatives = matching.thresholds.relatives
    matching.make("pair_level", "pair_levels")
    matching.make("pair_score", "pair_scores", least_bits=LEAST_BITS, relatives=relatives, **parameters)


LEAST_BITS = -10.0  # weaker pairs (1 in 1000) are forgotten


def _group(matching: Matching) -> None:
    """Rows tied by surely equal pairs get the smallest row_id of their group, spread along the ties."""
    limits = matching.thresholds
    matching.make("tie", "same_pairs", same=limits.same, relatives=limits.relatives)
    matching.run(
        "create or replace temp table person_group as select left_id as row_id, left_id as person_id from tie"
        " union select right_id, right_id from tie"
    )
    matching.make("smaller", "smaller_numbers")
    while matching.count("smaller"):
        matching.run(
            "update person_group set person_id = smaller.person_id from smaller"
            " where person_group.row_id = smaller.row_id"
        )
        matching.make("smaller", "smaller_numbers")
