"""The stages of linkage, in the order they are applied, and the steps that several of them take.

Needs the tables `landed_person`, `spelling` and `answered_pair`. Every stage has a schema of its own name, such as
`compared`, for the tables that are only its own: they go when it ends, but for the last one's. What it hands on is in
`main`: `registry_person`, `exact_link`, `decision`, `found_link`, `settled_link`, `linked` (rows with their registry
person), `person_row` (rows with the number of their person). No table is made twice, or changed.
"""

from collections.abc import Callable
from importlib.resources import files
from math import log2
from typing import Any

from welfare_pipeline.contracts.vocabulary import Guard
from welfare_pipeline.linkage.blocking import REGISTRY_RULES, RULES, THOROUGH_RULES, Rule, block_keys
from welfare_pipeline.linkage.guards import pair_guards
from welfare_pipeline.linkage.matching import Matching


def normalised_people(matching: Matching) -> None:
    """Names by spelling, and people in the standard columns."""
    matching.run(files("welfare_pipeline.linkage").joinpath("macros.sql").read_text("utf-8"))
    matching.make("name", "names")
    matching.make("word", "words")
    matching.make("name_word", "name_words")
    matching.make("vouched_number", "vouched_numbers")
    matching.make("person", "persons")


def registry_duplicates(matching: Matching) -> None:
    """The same person twice in the registry: `registry_person`."""
    _block_within(matching, REGISTRY_RULES, "is_reference")
    _tie(matching, matching.count("person"), matching.thresholds.usual.repeated_share)
    matching.make("main.registry_person", "registry_persons")


def exact(matching: Matching) -> None:
    """`exact_link`: what people have confirmed; equal valid NIK with an agreeing name and birth date."""
    matching.make("confirmed_link", "confirmed_links")
    matching.make("main.exact_link", "exact_links")


def compared(matching: Matching) -> None:
    """What is left is compared with everybody of a common block, weighed, and the best taken: `found_link`."""
    rules = _rules(matching)
    matching.make_from(
        "left_key", block_keys(rules, "not is_reference and row_id not in (select row_id from exact_link)")
    )
    matching.make_from("right_key", block_keys(rules, "is_reference"), where="block in (select block from left_key)")
    matching.make("main.bare_row", Guard.NAME_ONLY)
    matching.make("bare_pair", "bare_name_pairs")
    matching.make("block_pair", "block_pairs")
    matching.make_from("candidate", "from block_pair union from bare_pair")
    _score_listed(matching)
    matching.make("main.crowded_row", "crowded_rows")
    matching.make("main.person_score", "person_scores")
    matching.make("claimant", "claimants")
    matching.make("weighed_pair", "weighed_pairs")
    decide(matching)


def decide(matching: Matching) -> None:
    """`decision` and `found_link` from `weighed_pair`: the band that the probability or a guard gives each row."""
    guard_pairs(matching)
    matching.make("banded_pair", "banded_pairs")
    matching.make("main.decision", "decide")
    matching.make("main.found_link", "found_links")


def competing_claims(matching: Matching) -> None:
    """Two rows of one list on one person: the same person twice, or the weaker is for review: `settled_link`."""
    matching.make("claim", "claim_pairs")
    matching.make_from("candidate", "select distinct left_id, right_id from claim")
    _score(matching, {"population_prior": 0.0, "family_prior": 0.0})  # only their own evidence counts
    off = Guard.COMPETING_CLAIM in matching.thresholds.without
    matching.make("contradicted", Guard.COMPETING_CLAIM, where="false" if off else "true")
    matching.make("main.settled_link", "settled_claims")


def known_numbers(matching: Matching) -> None:
    """Rows whose NIK, or card and name, are known from a row linked by other evidence: with all others `linked`."""
    matching.make("by_number", "adopted_links")
    matching.make("by_card", "card_links", where=str(matching.thresholds.relatives).lower())
    matching.make_from("adopted", "from by_number union all by name from by_card anti join by_number using (row_id)")
    matching.make_from(
        "main.linked", "from adopted union all by name from settled_link anti join adopted using (row_id)"
    )


def unregistered_people(matching: Matching) -> None:
    """Rows that are no registry person, tied to each other: one person in two lists, or twice in one: `person_row`."""
    rest = "not is_reference and row_id not in (select row_id from linked where match_band = 'same')"
    _block_within(matching, _rules(matching), rest)
    _tie(matching, matching.count("(select distinct row_id from left_key)"), matching.thresholds.usual.shared_share)
    matching.make("main.person_row", "person_ids")


def questions(matching: Matching) -> None:
    """How each row left for people compares with the registry person it may be."""
    asked = "select row_id as left_id, registry_row_id as right_id from linked where match_band = 'review'"
    matching.make_from("candidate", asked)
    _score_listed(matching)


STAGES: tuple[Callable[[Matching], None], ...] = (
    registry_duplicates,
    exact,
    compared,
    competing_claims,
    known_numbers,
    unregistered_people,
    questions,
)


def match_people(matching: Matching) -> None:
    """Apply the stages in order to normalised people."""
    normalised_people(matching)
    match_normalised(matching)


def match_normalised(matching: Matching, last: Callable[[Matching], None] = questions) -> None:
    """Apply the stages after the first, up to the `last`, whose own tables stay."""
    for stage in STAGES[: STAGES.index(last) + 1]:
        with matching.stage(stage.__name__):
            stage(matching)
        if stage is not last:
            matching.run(f"drop schema {stage.__name__} cascade")


def priors(matching: Matching, people: int, share: float, family_share: float) -> dict[str, float]:
    """Bits before any evidence: one of so many people is the row's with that chance, of a family with the other."""
    return {
        "population_prior": log2(share / max(people, 1)),
        "family_prior": log2(family_share / (1 - family_share) / matching.thresholds.usual.usual_family_size),
    }


def compare_candidates(matching: Matching) -> None:
    """How the rows of each `candidate` compare: `pair_level`, and what it is made of."""
    matching.make("alike_name", "alike_names")
    matching.make("name_pair", "name_pairs")
    matching.make("pair_level", "pair_levels")


def _rules(matching: Matching) -> tuple[Rule, ...]:
    return THOROUGH_RULES if matching.thresholds.thorough else RULES


def _block_within(matching: Matching, rules: tuple[Rule, ...], people: str) -> None:
    """Candidates among these people."""
    matching.make_from("left_key", block_keys(rules, people))
    matching.make("candidate", "pairs_within")


def _score(matching: Matching, prior_bits: dict[str, float]) -> None:
    compare_candidates(matching)
    values: dict[str, Any] = matching.model.parameters() | prior_bits
    matching.make("pair_score", "pair_scores", **values)


def _score_listed(matching: Matching) -> None:
    """Listed rows with registry persons."""
    limits = matching.thresholds
    usual = limits.usual.registered_share
    share = usual if limits.registered_share is None else limits.registered_share
    _score(matching, priors(matching, matching.count("registry_person"), share, usual))


def _tie(matching: Matching, people: int, share: float) -> None:
    """Rows of one list that are surely one person get the smallest row_id of their group.

    `share` of the `people` are expected to stand in it again.
    """
    _score(matching, priors(matching, people, share, share))
    matching.make("weighed_pair", "lone_pairs")
    tie_pairs(matching)
    matching.make("person_group", "person_groups")


def tie_pairs(matching: Matching) -> None:
    """`tie` from `weighed_pair`: the pairs that are surely one person and that no guard takes out."""
    guard_pairs(matching)
    matching.make("tie", "same_pairs")


def guard_pairs(matching: Matching) -> None:
    """`guarded_pair`: which guards hold for which pairs of `weighed_pair`; none where people are no families."""
    relatives = str(matching.thresholds.relatives).lower()
    matching.make("misspelt_pair", "misspelt_pairs", where=relatives)
    matching.make_from("guarded_pair", pair_guards(matching.thresholds.without), where=relatives)
