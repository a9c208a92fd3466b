"""Blocking rules: which rows are compared at all. Two rows are, if they share a block that is not too large.

A rule is what the rows of its blocks have in common, as SQL over `person`; whoever lacks a part falls into none of
them.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """What the rows of one block share.

    `most`: the threshold that says how many registry rows a block may have. `words_of`: the name of which a block
    shares one word, `name_word.sound`. `only`: who falls into these blocks besides having every part.
    """

    name: str
    parts: tuple[str, ...]
    most: str = "block_limit"
    words_of: str | None = None
    only: str = "true"

    def sql(self) -> str:
        """The query of row_id, most and block of the table `blocked`."""
        words = f" join name_word on blocked.{self.words_of} = name_word.name_id" if self.words_of else ""
        known = " and ".join(f"{part} is not null" for part in self.parts)
        return (  # rules of ours
            f"select row_id, ${self.most} as most, hash('{self.name}', {', '.join(self.parts)}) as block"  # noqa: S608
            f" from blocked{words} where {known} and {self.only}"
        )


# The registry's own doubles.
REGISTRY_RULES = (
    Rule("nik", ("nik_key",)),
    Rule("birth and name", ("birth", "name_sound_key")),
    Rule("card and birth", ("card_key", "birth")),
    Rule("card and name", ("card_key", "name_sound_key")),
)
# The parts of a number have their places in it: of a NIK its first and its last digits, and those of a card after its
# place.
RULES = (
    Rule("nik", ("nik_key",)),
    Rule("card", ("card_key",), only="(name_id is not null or nik_key is not null)"),
    Rule("birth and sound", ("birth", "sound_start")),
    Rule("birth and village", ("birth", "village")),
    Rule("birth and village", ("other_birth", "village")),
    Rule("start of number and village", ("nik[:11]", "village")),
    Rule("end of number and village", ("nik[-10:]", "village")),
    Rule("name and village", ("name_sound_key", "village")),
    Rule("name and mother", ("name_sound_key", "mother_id")),
    Rule("first half and name", ("left(nik, length(nik) // 2)", "name_sound_key")),
    Rule("second half and name", ("nik[-(length(nik) // 2):]", "name_sound_key")),
    Rule("end of card and name", ("card[-(length(card) * 5 // 8):]", "sound_start")),
)
# Lists without numbers: single words and whole names as well, if they are rare.
THOROUGH_RULES = (
    *RULES,
    Rule("mother and village", ("mother_sound_key", "village")),
    Rule("mother and birth", ("mother_id", "birth")),
    Rule("word and birth", ("name_word.sound", "birth"), "word_block_limit", "name_id"),
    Rule("word and village", ("name_word.sound", "village"), "word_block_limit", "name_id"),
    Rule("word and mother", ("name_word.sound", "mother_sound_key"), "word_block_limit", "name_id"),
    Rule("mother word", ("name_word.sound", "village"), "word_block_limit", "mother_id"),
    Rule("first and last word", ("ends_key",), "word_block_limit"),
    Rule("mother, first and last word", ("mother_ends_key",), "word_block_limit"),
    Rule("birth", ("birth",), "word_block_limit"),
    Rule("rare name", ("name_sound_key",), "rare_block_limit"),
    Rule("rare mother", ("mother_sound_key",), "rare_block_limit"),
    Rule("rare word", ("name_word.sound",), "rare_block_limit", "name_id"),
    Rule("rare word of mother", ("name_word.sound",), "rare_block_limit", "mother_id"),
)


def block_keys(rules: Iterable[Rule], people: str) -> str:
    """The query of one row per row of `person` of which `people` holds and block it falls into: row_id, most, block."""
    keys = " union all ".join(rule.sql() for rule in rules)
    return f"with blocked as materialized (from person where {people}) {keys}"
