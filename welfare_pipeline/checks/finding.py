"""What a check found, in plain words: counts, places and advice, never a cell of an identity column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from welfare_pipeline.checks.check import Actor, Check, Indonesian
from welfare_pipeline.checks.counting import Counts, Figure
from welfare_pipeline.checks.in_both import Both, with_comma, with_points
from welfare_pipeline.contracts.vocabulary import Severity
from welfare_pipeline.contracts.words import CATALOGUE

SHOWN = 3  # examples in a sentence ...
TOLD = 10  # ... and where they are the sentence
PLACE = re.compile(r"^(\S(?:.*?\S)?):(\d+)(?=$|\s)")  # the file and row with which an example may begin


@dataclass(frozen=True)
class Finding:
    """What one check found in one partition: counts, file names and row numbers, never an identity.

    `passed` is `None` where the check could not be executed; the explanation then says what to land. `rows` is what was
    looked at, `failing_rows` what does not meet the check, `share` their ratio 0..1; `None` where nothing could be
    counted. `details` are figures and lists of places for those who have to act; `labels_id` their labels in Bahasa
    Indonesia, as `explanation_id` is the explanation. `examples`: where the first failing rows are, or what fails;
    `advice`: what `acts` has to do if it did not pass.
    """

    table: str
    check: str
    severity: Severity
    passed: bool | None
    failing_rows: int | None
    rows: int | None
    share: float | None
    explanation: str
    details: Mapping[str, Figure] = field(default_factory=dict)
    explanation_id: str = ""
    labels_id: Mapping[str, str] = field(default_factory=dict)
    examples: Sequence[Both] = ()
    advice: Both | None = None
    acts: Actor = Actor.OPERATOR


def held_back_because(findings: Sequence[Finding]) -> str | None:
    """One plain sentence that says why the district is held back and what to do; `None`: it goes on."""
    reasons = [f.explanation for f in findings if f.severity is Severity.BLOCKING and f.passed is False]
    if not reasons:
        return None
    return "Held back: " + "; also: ".join(reason.rstrip(".") for reason in reasons) + "."


def not_executed(check: Check, without: Sequence[str], empty: Sequence[str]) -> Finding:
    """A check that could not be executed, neither passed nor failed: lists did not arrive, or have no usable row."""
    reasons = [
        f"the {' and '.join(lists)} list {verb}"
        for lists, verb in ((without, "did not arrive"), (empty, "has no row that can be used"))
        if lists
    ]
    files = " and ".join(f"{name}.csv (or .xlsx, .parquet)" for name in (*without, *empty))
    explanation = f"Not checked: {' and '.join(reasons)}. To have it checked, land {files} and run the month again."
    told = Finding(check.table, check.check, check.severity, None, None, None, None, explanation)
    return replace(told, explanation_id=_not_executed_id(without, empty), acts=check.acts)


def _not_executed_id(without: Sequence[str], empty: Sequence[str]) -> str:
    reasons = [
        f"daftar {' dan '.join(map(_label_id, lists))} {verb}"
        for lists, verb in ((without, "tidak masuk"), (empty, "tidak memuat baris yang dapat dipakai"))
        if lists
    ]
    files = " dan ".join(f"{name}.csv (atau .xlsx, .parquet)" for name in (*without, *empty))
    return f"Tidak diperiksa: {'; '.join(reasons)}. Masukkan berkas {files}, lalu jalankan lagi bulan ini."


def _label_id(source: str) -> str:
    word = CATALOGUE.words["list"].get(source)
    return word.id if word else source


def executed(check: Check, counts: Counts, tolerated: float, *, passed: bool) -> Finding:
    """What was counted of a check, and whether that passes."""
    failing, rows = counts.failing_rows, counts.rows
    explanation = _counted(check, counts, tolerated) if check.things else _told(check, counts)
    indonesian = _counted_id(check, counts, tolerated) if check.things else _told_id(check.in_indonesian, counts)
    if not passed:
        explanation = f"{explanation} {check.advice}"
        indonesian = f"{indonesian} {check.in_indonesian.advice}"
    share = failing / rows if rows else None
    severity = check.severity if counts.blocks or passed else Severity.WARNING
    told = Finding(check.table, check.check, severity, passed, failing, rows, share, explanation, counts.details)
    return replace(
        told,
        explanation_id=indonesian,
        labels_id=counts.labels_id,
        examples=tuple(counts.examples),
        advice=Both(check.advice, check.in_indonesian.advice),
        acts=check.acts,
    )


def _counted(check: Check, counts: Counts, tolerated: float) -> str:
    failing, rows = counts.failing_rows, counts.rows
    share = f" ({failing / rows:.1%})" if failing and rows else ""
    limit = f"; up to {tolerated:.1%} passes" if tolerated else ""
    first = f" First: {', '.join(example.en for example in counts.examples[:SHOWN])}." if counts.examples else ""
    return f"{failing:,} of {rows:,} {check.things} {check.fails}{share}{limit}.{first}"


def _told(check: Check, counts: Counts) -> str:
    if not counts.failing_rows:
        return check.holds.format_map({**counts.details, "rows": counts.rows})
    more = f"; and {counts.failing_rows - TOLD:,} more" if len(counts.examples) > TOLD else ""
    told = "; ".join(example.en.rstrip(".") for example in counts.examples[:TOLD])
    return f"{check.fails} {told}{more}.".lstrip()


def _counted_id(check: Check, counts: Counts, tolerated: float) -> str:
    words, failing, rows = check.in_indonesian, counts.failing_rows, counts.rows
    share = f" ({with_comma(failing / rows)})" if failing and rows else ""
    limit = f"; sampai {with_comma(tolerated)} masih diterima" if tolerated else ""
    examples = ", ".join(place_in_words(example.id) for example in counts.examples[:SHOWN])
    first = f" Yang pertama: {examples}." if examples else ""
    return f"{with_points(failing)} dari {with_points(rows)} {words.things} {words.fails}{share}{limit}.{first}"


def _told_id(words: Indonesian, counts: Counts) -> str:
    if not counts.failing_rows:
        return words.holds.replace("{rows:,}", "{rows}").format_map(
            {**counts.details, "rows": with_points(counts.rows)}
        )
    more = f"; dan {with_points(counts.failing_rows - TOLD)} lagi" if len(counts.examples) > TOLD else ""
    told = "; ".join(place_in_words(example.id).rstrip(".") for example in counts.examples[:TOLD])
    return f"{words.fails} {told}{more}.".lstrip()


def place_in_words(example: str) -> str:
    """An example's `pkh.csv:9` as `pkh.csv baris 9`."""
    return PLACE.sub(r"\1 baris \2", example)
