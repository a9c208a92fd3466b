"""The bridge between a partition and the matching: `person_rows` in; links, questions and the month's memory out."""

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.words import Language
from welfare_pipeline.lake import Draft, make_supports, make_words, require_person_rows
from welfare_pipeline.linkage.error_rates import load_error_rates
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.history import Recollection, recall
from welfare_pipeline.linkage.keys import give_keys
from welfare_pipeline.linkage.matching import Matching, Thresholds, match_normalised, normalised_people, sql
from welfare_pipeline.linkage.model import load_model
from welfare_pipeline.linkage.remembering import remember


def link_people(draft: Draft, policy: Policy, secret: str) -> None:
    """Draft `contracts.tables.LINKAGE` from the partition's `person_rows`, and what its answers contradict.

    `secret` is behind the keys.
    """
    with draft.connect() as con:
        require_person_rows(con, draft, policy)
        matching = Matching(con, load_model(), thresholds(policy))
        gather(matching)
        normalised_people(matching)
        month = Recollection(matching, draft.partition, secret, policy)
        recall(month)
        match_normalised(matching)
        give_keys(month)
        draft.write_query(con, "links", sql("links"))
        make_words(con, Language.ENGLISH)
        make_supports(con, Language.ENGLISH, policy.linkage.support_from())
        draft.write_query(con, "review_pairs", sql("review_pairs"), secret=secret)
        draft.write_query(con, "match_weights", "from match_weight")
        rates = load_error_rates().parameters()
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
