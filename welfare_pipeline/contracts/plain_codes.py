"""Words in place of codes, for texts that managers read: names of tables, lists, reasons, thresholds.

A file's name stays as it is: `registry.kec01.csv` is what somebody has to look for.
"""

import re
from collections.abc import Mapping
from functools import cache

from welfare_pipeline.contracts.policy_shipped import shipped_entries
from welfare_pipeline.contracts.words import CATALOGUE, Language

_CODE = re.compile(r"(?<![\w./-])([a-z][a-z0-9]*(?:_[a-z0-9]+)+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?![\w/-]|\.\w)")
_THRESHOLD = re.compile(r" \((?:policy )?[a-z]+(?:_[a-z]+)+(?:, [a-z]+(?:_[a-z]+)+)*(?: at the period's end)?\)")
_A_NAME = 4  # words, at most
_TABLES: Mapping[str, tuple[str, str]] = {
    "identity_repairs": ("the list of identities to repair", "daftar identitas yang perlu diperbaiki"),
    "review_pairs": ("the pairs to settle", "pasangan yang harus dipastikan"),
    "control_totals": ("the comparison with published figures", "perbandingan dengan angka terbitan"),
    "delivery_findings": ("the findings of the delivery", "temuan kiriman"),
    "rejected_rows": ("the rejected rows", "baris yang ditolak"),
    "check_results": ("the results of the checks", "hasil pemeriksaan"),
    "recipient_outcomes": ("the outcomes of recipients", "hasil penilaian penerima"),
    "landed_files": ("the landed files", "berkas yang masuk"),
    "published_figures": ("published figures", "angka terbitan"),
    "links": ("links between persons", "padanan orang"),
    "village_code": ("the village's code", "kode desa"),
}


def without_codes(text: str, language: Language) -> str:
    """The text with words in place of every code, and without the names of thresholds."""
    return _CODE.sub(lambda found: word_of(found.group(1), language), _THRESHOLD.sub("", text))


def word_of(code: str, language: Language) -> str:
    """What a code is called; one that nobody knows with blanks in it."""
    return _known(language).get(code) or code.replace("_", " ").casefold()


@cache
def _known(language: Language) -> Mapping[str, str]:
    lists = ("list", "delivery_finding", "rejection_reason", "outcome", "nik_status", "poverty_evidence", "blocker")
    words = {code: word.of(language) for name in lists for code, word in CATALOGUE.words[name].items()}
    reasons = {code: reason.of(language).meaning for code, reason in CATALOGUE.reasons.items()}
    tables = {code: both[language is Language.INDONESIAN] for code, both in _TABLES.items()}
    labels = {code: entry["label"][language] for code, entry in shipped_entries()["programmes"].items()}
    return {code: _within(text) for code, text in (words | reasons).items()} | tables | labels


def _within(text: str) -> str:
    """A sentence as it stands within another, so that it is seen to be one thing."""
    return text if len(text.split()) <= _A_NAME else f"“{text.rstrip('.')}”"
