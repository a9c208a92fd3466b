"""A partition's `person_rows` in; links, questions and the month's memory out."""

from dataclasses import replace

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.vocabulary import Guard
from welfare_pipeline.contracts.words import Language
from welfare_pipeline.lake import Draft, make_supports, make_words, require_person_rows, tables_named_in
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.matching import Matching, Thresholds
from welfare_pipeline.linkage.model import load_model
from welfare_pipeline.linkage.stages import match_normalised, normalised_people
from welfare_pipeline.people.error_rates import load_error_rates, see_accepting
from welfare_pipeline.people.history import Recollection, recall
from welfare_pipeline.people.keys import give_keys
from welfare_pipeline.people.remembering import remember


def link_people(draft: Draft, policy: Policy, secret: str, without: tuple[Guard, ...] = ()) -> None:
    """Draft `contracts.tables.LINKAGE` from the partition's `person_rows`, and what its answers contradict.

    `secret` is behind the keys. `without`: guards that are switched off, to measure what they are worth.
    """
    with draft.connect(tables=tables_named_in("linkage", "people")) as con:
        require_person_rows(con, draft, policy)
        matching = Matching(con, load_model(), replace(Thresholds.of(policy), without=without))
        gather(matching)
        normalised_people(matching)
        month = Recollection(matching, draft.partition, secret, policy)
        recall(month)
        match_normalised(matching)
        give_keys(month)
        month.write(draft, "links", asks_about_names=Guard.NAME_ONLY not in without)
        make_words(con, Language.ENGLISH)
        make_supports(con, Language.ENGLISH, policy.linkage.support_from())
        month.write(draft, "review_pairs", secret=secret)
        month.write(draft, "match_weights")
        rates = load_error_rates()
        see_accepting(con, rates)
        month.write(draft, "linkage_quality", **matching.thresholds.values(), **rates.parameters())
        remember(month, draft)
