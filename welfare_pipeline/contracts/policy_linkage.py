"""The entries `[linkage]` of `policy.toml`: what linkage reckons with, and from where on it calls two things alike.

What each means stands beside it in the shipped file. A key is the `$name` of its value in SQL, so none stands twice.
What agreements are worth is learned, and stands in the linkage model; that a NIK has 16 digits is no choice.
"""

from typing import Any

from welfare_pipeline.contracts.policy_values import (
    AgainstWeight,
    Entry,
    Letters,
    Part,
    Positive,
    Serials,
    Share,
    Weight,
)
from welfare_pipeline.contracts.vocabulary import Support


class LinkageNames(Entry):
    """From where on two spellings may be one name."""

    compared_similarity: Share
    compared_letters: Letters
    block_word_letters: Letters
    least_letters: Letters
    short_letters: Letters
    sound_letters: Letters
    whole_similarity: Share
    rest_similarity: Share
    slip_similarity: Share
    word_similarity: Share
    word_slips: Letters
    initial_share: Part
    same_number_similarity: Share
    same_number_slips: Share
    words_in_longer_name: Positive
    misspelt_bits: Weight


class LinkageNumbers(Entry):
    """From where on two numbers may be one, or belong to twins."""

    least_digits: Letters
    neighbouring_serials: Serials
    consecutive_serials: Serials
    twice_listed_serials: Serials


class Linkage(Entry):
    """What is reckoned with."""

    registered_share: Part
    repeated_share: Part
    shared_share: Part
    usual_family_size: Positive
    default_day_rows: Positive
    default_day_share: Part
    word_block_limit: Positive
    rare_block_limit: Positive
    least_weight: AgainstWeight
    evidence_weight: Weight
    strong_evidence_weight: Weight
    exact_probability: Share
    exact_without_name_probability: Share
    known_number_probability: Share
    least_claim_probability: Part
    error_deviations: Weight
    names: LinkageNames
    numbers: LinkageNumbers

    def values(self) -> dict[str, Any]:
        """Every value by its key, in whichever table it stands."""
        own = self.model_dump(exclude={"names", "numbers"})
        return own | self.names.model_dump() | self.numbers.model_dump()

    def support_from(self) -> dict[Support, float]:
        """The least weight in bits of each support, the strongest first."""
        return {
            Support.STRONGLY_FOR: self.strong_evidence_weight,
            Support.FOR: self.evidence_weight,
            Support.NEITHER: -self.evidence_weight,
            Support.AGAINST: -self.strong_evidence_weight,
            Support.STRONGLY_AGAINST: float("-inf"),
        }
