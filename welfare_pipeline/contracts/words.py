"""The catalogue of words: per code and language what it means, what to do about it, and on which law it rests.

The words themselves stand in `words.toml`, codes in `vocabulary.py`; a reason is an entry of the catalogue alone.
"""

import inspect
import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Annotated, Literal, get_args

from pydantic import BeforeValidator, model_validator

from welfare_pipeline.contracts import vocabulary
from welfare_pipeline.contracts.code_lists import LISTS, MEASURE
from welfare_pipeline.contracts.policy_entries import LegalBasis, since_ever
from welfare_pipeline.contracts.policy_values import Entry, Text
from welfare_pipeline.contracts.vocabulary import Certainty, ProposalPath


class Language(StrEnum):
    """A language that the catalogue has."""

    ENGLISH = "en"
    INDONESIAN = "id"


ITEM_FIELDS = frozenset({"row", "date", "value", "in_brackets", "programme", "district"})
ALL_ITEMS, ALL_ROWS = "items", "rows"
ValueKind = Literal[
    "none",
    "number",
    "rupiah",
    "range",
    "month",
    "quarter",
    "district",
    "presence",
    "decision",
    "payment_status",
    "employee_category",
]
Names = Literal["list", "measure"]  # no StrEnums of the vocabulary; the policy's programmes come beside them
_NAMED: Mapping[Names, tuple[str, ...]] = {
    "list": LISTS,
    "measure": tuple(MEASURE.values),
}
Phrase = Literal["undated", "row", "of_month", "to", "calendar"]  # within the sentences of evidence, and behind a path
MONTHS: tuple[str, ...] = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


class InBoth(Entry):
    """One text in both languages."""

    en: Text
    id: Text

    def of(self, language: Language) -> str:
        """The text in that language."""
        return self.en if language is Language.ENGLISH else self.id


class Word(InBoth):
    """What a code means, and what to do about it if there is something to do.

    `proposal_path`: by which path, if that ends in a proposal.
    """

    action: InBoth | None = None
    proposal_path: ProposalPath | None = None


class KindWords(InBoth):
    """The words of an evidence item of that kind, and what its value can be."""

    value: ValueKind


class ReasonText(Entry):
    """A reason in one language; `undone_by`: after what it would not be found again, if that is not the action."""

    meaning: Text
    action: Text
    undone_by: str = ""
    sentence: Text = f"{{{ALL_ITEMS}}}"


class ReasonWords(Entry):
    """A reason: how certain it usually is, the law it rests on, and its words.

    `proposal_path`: by which path, if its action ends in a proposal.
    """

    certainty: Certainty
    legal_basis: Annotated[tuple[LegalBasis, ...], BeforeValidator(since_ever)]
    between: str = "; "
    proposal_path: ProposalPath | None = None
    en: ReasonText
    id: ReasonText

    def of(self, language: Language) -> ReasonText:
        """The words in that language."""
        return self.en if language is Language.ENGLISH else self.id


class Catalogue(Entry):
    """The whole file; the order of reasons is their precedence."""

    reasons: dict[str, ReasonWords]
    evidence: dict[str, KindWords]
    phrases: dict[Phrase, InBoth]
    words: dict[str, dict[str, Word]]

    @model_validator(mode="after")
    def _is_complete(self) -> "Catalogue":
        unsaid = [f"phrases.{phrase}: missing" for phrase in get_args(Phrase) if phrase not in self.phrases]
        faults = [*unsaid, *self._faults_of_lists(), *self._faults_of_sentences()]
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def _faults_of_lists(self) -> Iterator[str]:
        known = code_lists()
        for name in sorted(known.keys() ^ self.words.keys()):
            yield f"words.{name}: {'missing' if name in known else 'no list of the vocabulary'}"
        for name in known.keys() & self.words.keys():
            for code in sorted(set(known[name]) ^ self.words[name].keys()):
                yield f"words.{name}.{code}: {'missing' if code in known[name] else 'no code of the vocabulary'}"

    def _faults_of_sentences(self) -> Iterator[str]:
        for language in Language:
            for kind, entry in self.evidence.items():
                yield from _unknown(f"evidence.{kind}.{language}", entry.of(language), ITEM_FIELDS)
            named = {ALL_ITEMS, ALL_ROWS, *self.evidence}
            for reason, words in self.reasons.items():
                yield from _unknown(f"reasons.{reason}.{language}", words.of(language).sentence, named)


def _unknown(place: str, sentence: str, known: frozenset[str] | set[str]) -> Iterator[str]:
    return (f"{place}: {{{field}}} is no field" for _, field in parts(sentence) if field and field not in known)


def parts(sentence: str) -> list[tuple[str, str | None]]:
    """The sentence in order: each text with the field behind it, if there is one."""
    return [(text, field) for text, field, _, _ in Formatter().parse(sentence)]


@cache
def code_lists() -> Mapping[str, tuple[str, ...]]:
    """The codes that need words, by the name of their list: every enumeration of the vocabulary, and a few names."""
    enums = inspect.getmembers(vocabulary, lambda member: inspect.isclass(member) and issubclass(member, StrEnum))
    codes = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(): tuple(enum) for name, enum in enums if enum is not StrEnum}
    return codes | dict(_NAMED)


def read_catalogue(text: str) -> Catalogue:
    """The catalogue in that text.

    Raises:
        pydantic.ValidationError: a code has no words in a language, or words are of no code; all of them are named.

    """
    return Catalogue.model_validate(tomllib.loads(text))


def state_in_words(state: str | None, language: Language) -> str | None:
    """What a month's newest delivery has come to, in a sentence; `None`: it is what is published."""
    if state is None or state == vocabulary.DistrictState.RECONCILED:
        return None
    return CATALOGUE.words["district_state"][state].of(language)


CATALOGUE = read_catalogue(files("welfare_pipeline.contracts").joinpath("words.toml").read_text("utf-8"))
REASONS: tuple[str, ...] = tuple(CATALOGUE.reasons)


def month_words(period: str) -> str:
    """The period (YYYY-MM) in Bahasa Indonesia: `November 2021`."""
    year, month = period.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"
