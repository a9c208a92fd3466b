"""Who is the same person, for any people in the standard columns: the stages, in the order they are applied.

Needs the temporary tables `landed_person`, `spelling` and `answered_pair` (see `people.py`). Leaves `linked` (rows
with their registry person), `person_row` (rows with the number of their person), `match_weight` (how each weighed row
compares with the registry person it is nearest to) and `question` (how the pairs that people have to settle compare).
Nothing here knows a landing file or a lake table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log2
from typing import Any

import duckdb

from welfare_pipeline.contracts.policy_linkage import Linkage
from welfare_pipeline.contracts.vocabulary import Guard
from welfare_pipeline.lake import only_named
from welfare_pipeline.linkage.guards import pair_guards
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

    def values(self) -> dict[str, Any]:
        """All of them by the name they have in SQL; a limit of 0: no such blocks are made."""
        return self.usual.values() | {
            "same": self.same,
            "review": self.review,
            "relatives": self.relatives,
            "block_limit": self.block_limit,
            "word_block_limit": self.usual.word_block_limit if self.thorough else 0,
            "rare_block_limit": self.usual.rare_block_limit if self.thorough else 0,
        }


@dataclass(frozen=True)
class Matching:
    """One linkage under way: the connection with its temporary tables, the model and the thresholds."""

    con: duckdb.DuckDBPyConnection
    model: Model
    thresholds: Thresholds

    def make(self, table: str, file: str, *, where: str = "true", **values: Any) -> None:
        """The temporary table `table` from the rows of `sql/<file>.sql` of which `where` holds.

        The query finds every threshold under its name, and `values` beside them.
        """
        self.make_from(table, sql(file), where=where, **values)

    def make_from(self, table: str, query: str, *, where: str = "true", **values: Any) -> None:
        """The same from the text of a query."""
        self.con.execute(
            f"create or replace temp table {table} as from ({query}) where {where}",
            only_named(query, self.thresholds.values() | values),
        )

    def run(self, statement: str) -> None:
        """A statement without values."""
        self.con.execute(statement)

    def count(self, table: str) -> int:
        """The rows of a temporary table."""
        row = self.con.execute(f"select count(*) from {table}").fetchone()  # noqa: S608  a table of ours
        return int(row[0]) if row else 0


# DuckDB's hash() of 16 digits collides (4 of 10,000 NIKs of a registry): it is good for blocks, not for equality.
# The odds that bits of evidence stand for, so bounded that their sums stay numbers.
MACROS = """
create or replace temp macro number_key(digits) as coalesce(
    case when length(digits) = 16 and digits not ilike '%e%' then try_cast(digits as ubigint) end,
    md5_number_lower(digits)
);
create or replace temp macro odds_of(bits) as pow(2, least(bits, 60));
create or replace temp macro nik_agreement(level) as
    case level when 4 then 'same' when 1 then 'different' when 0 then 'missing' else 'similar' end;
create or replace temp macro name_agreement(level) as
    case level when 5 then 'same' when 1 then 'different' when 0 then 'missing' else 'similar' end;
create or replace temp macro birth_agreement(level) as
    case level when 4 then 'same' when 3 then 'same' when 2 then 'similar' when 1 then 'different' else 'missing' end;
create or replace temp macro place_agreement(level) as
    case level when 3 then 'same' when 2 then 'similar' when 1 then 'different' else 'missing' end;
create or replace temp macro sex_agreement(level) as
    case level when 2 then 'same' when 1 then 'different' else 'missing' end;
"""


def normalised_people(matching: Matching) -> None:
    """Names by spelling, people in the standard columns, and the blocks they fall into."""
    matching.run(MACROS)
    matching.make("name", "names")
    matching.make("word", "words")
    matching.make("person", "persons")


def registry_duplicates(matching: Matching) -> None:
    """The same person twice in the registry."""
    matching.make("left_key", "duplicate_keys")
    matching.run("create or replace temp table right_key as from left_key")
    _compare(matching, matching.count("person"), matching.thresholds.usual.repeated_share, ordered=True)
    _group(matching)
    matching.make("registry_person", "registry_persons")


def confirmed_and_exact(matching: Matching) -> None:
    """What people have confirmed; equal valid NIK with an agreeing name and birth date."""
    matching.make("confirmed_link", "confirmed_links")
    matching.make("linked", "exact_links")


def compared(matching: Matching) -> None:
    """What is left: compared with everybody of a common block, weighed, and the best taken."""
    matching.make("name_word", "name_words")
    _block(matching, "left_key", "not is_reference and row_id not in (select row_id from linked)")
    _block(matching, "right_key", "is_reference", "block in (select block from left_key)")
    matching.make("candidate", "candidates", ordered=False)
    _add_bare_names(matching)
    _score_listed(matching)
    matching.make("crowded_row", "crowded_rows")
    matching.make("person_score", "person_scores")
    matching.make("claimant", "claimants")
    matching.make("weighed_pair", "weighed_pairs")
    guard_pairs(matching)
    matching.make("banded_pair", "banded_pairs")
    matching.make("decision", "decide")
    matching.make("match_weight", "match_weights")
    matching.run("insert into linked by name select * from decision where match_band <> 'different'")


def competing_claims(matching: Matching) -> None:
    """Two rows of one list on one registry person: the same person twice, or the weaker one is left for review."""
    matching.make("claim", "claim_pairs")
    matching.run("create or replace temp table candidate as select distinct left_id, right_id from claim")
    _score(matching, {"population_prior": 0.0, "family_prior": 0.0})  # only their own evidence counts
    off = Guard.COMPETING_CLAIM in matching.thresholds.without
    matching.make("contradicted", "competing_claim", where="false" if off else "true")
    matching.make("settled", "settled_claims")
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
    _compare(matching, int(rows[0]) if rows else 0, matching.thresholds.usual.shared_share, ordered=True)
    _group(matching)
    matching.make("person_row", "person_ids")


def questions(matching: Matching) -> None:
    """What people are asked about: how each row left for review compares with the registry person it may be."""
    matching.run(
        "create or replace temp table candidate as"
        " select row_id as left_id, registry_row_id as right_id from linked where match_band = 'review'"
    )
    _score_listed(matching)
    matching.run("create or replace temp table question as from pair_score")


STAGES: tuple[Callable[[Matching], None], ...] = (
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
    normalised_people(matching)
    match_normalised(matching)


def match_normalised(matching: Matching) -> None:
    """Apply the stages after the first."""
    for stage in STAGES:
        stage(matching)


def _block(matching: Matching, table: str, people: str, blocks: str = "true") -> None:
    matching.run(f"create or replace temp table blocked as from person where {people}")
    matching.make(table, "block_keys", where=blocks)


def _compare(matching: Matching, people: int, share: float, *, ordered: bool) -> None:
    """Rows of one list with each other, of whose people that share stands in it again."""
    matching.make("candidate", "candidates", ordered=ordered)
    _score(matching, priors(matching, people, share, share))


def _add_bare_names(matching: Matching) -> None:
    """Candidates of rows that nothing but a name is known of, such as complaints."""
    matching.make("bare", Guard.NAME_ONLY)
    matching.make("bare_pair", "bare_name_pairs", bare_block_limit=matching.thresholds.usual.word_block_limit)
    matching.run("insert into candidate from bare_pair anti join candidate using (left_id, right_id)")


def _score_listed(matching: Matching) -> None:
    """Listed rows with registry persons."""
    limits = matching.thresholds
    usual = limits.usual.registered_share
    share = usual if limits.registered_share is None else limits.registered_share
    _score(matching, priors(matching, matching.count("registry_person"), share, usual))


def priors(matching: Matching, people: int, share: float, family_share: float) -> dict[str, float]:
    """Bits before any evidence: one of so many people is the row's with that chance, of a family with the other."""
    return {
        "population_prior": log2(share / max(people, 1)),
        "family_prior": log2(family_share / (1 - family_share) / matching.thresholds.usual.usual_family_size),
    }


def _score(matching: Matching, priors: dict[str, float]) -> None:
    matching.make("alike_names", "alike_names")
    matching.make("name_pair", "name_pairs")
    matching.make("pair_level", "pair_levels")
    values: dict[str, Any] = matching.model.parameters() | priors
    matching.make("pair_score", "pair_scores", **values)


def _group(matching: Matching) -> None:
    """Rows tied by surely equal pairs get the smallest row_id of their group."""
    matching.make("weighed_pair", "lone_pairs")
    guard_pairs(matching)
    matching.make("tie", "same_pairs")
    matching.make("person_group", "person_groups")


def guard_pairs(matching: Matching) -> None:
    """Make `guarded_pair`: which guards hold for which pairs of `weighed_pair`."""
    if matching.thresholds.relatives:
        matching.make_from("guarded_pair", pair_guards(matching.thresholds.without))
    else:
        columns = "left_id bigint, right_id bigint, guard varchar, precedence integer, effect varchar"
        matching.run(f"create or replace temp table guarded_pair ({columns})")
