"""The bridge between a partition and the matching: `person_rows` in; links, questions and the month's memory out."""

from dataclasses import replace

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.vocabulary import Guard
from welfare_pipeline.contracts.words import Language
from welfare_pipeline.lake import Draft, make_supports, make_words, require_person_rows, tables_named_in
from welfare_pipeline.linkage.error_rates import load_error_rates, see_accepting
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.matching import Matching, Thresholds, match_normalised, normalised_people
from welfare_pipeline.linkage.memory.history import Recollection, recall
from welfare_pipeline.linkage.memory.keys import give_keys
from welfare_pipeline.linkage.memory.remembering import remember
from welfare_pipeline.linkage.model import load_model
from welfare_pipeline.linkage.queries import sql


def link_people(draft: Draft, policy: Policy, secret: str, without: tuple[Guard, ...] = ()) -> None:
    """Draft `contracts.tables.LINKAGE` from the partition's `person_rows`, and what its answers contradict.

    `secret` is behind the keys. `without`: guards that are switched off, to measure what they are worth.
    """
    with draft.connect(tables=tables_named_in("linkage")) as con:
        require_person_rows(con, draft, policy)
        matching = Matching(con, load_model(), replace(thresholds(policy), without=without))
        gather(matching)
        normalised_people(matching)
        month = Recollection(matching, draft.partition, secret, policy)
        recall(month)
        match_normalised(matching)
        give_keys(month)
        draft.write_query(con, "links", sql("links"), asks_about_names=Guard.NAME_ONLY not in without)
        make_words(con, Language.ENGLISH)
        make_supports(con, Language.ENGLISH, policy.linkage.support_from())
        draft.write_query(con, "review_pairs", sql("review_pairs"), secret=secret)
        draft.write_query(con, "match_weights", sql("match_weights"))
        rates = load_error_rates().parameters()
        see_accepting(con, load_error_rates())
        draft.write_query(con, "linkage_quality", sql("linkage_quality"), **matching.thresholds.values(), **rates)
        remember(month, draft)


def thresholds(policy: Policy) -> Thresholds:
    """What the policy says about linkage."""
    limits = policy.thresholds
    return Thresholds(
        limits["linkage_same_probability"],
        limits["linkage_review_probability"],
        int(limits["linkage_block_limit"]),
        policy.linkage,
    )
