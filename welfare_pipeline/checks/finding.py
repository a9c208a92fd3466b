"""What a check found, in plain words: counts, places and advice, never a cell of an identity column."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from welfare_pipeline.checks.check import Check
from welfare_pipeline.checks.counting import Counts, Figure
from welfare_pipeline.contracts.vocabulary import Severity

SHOWN = 3  # examples in a sentence ...
TOLD = 10  # ... and where they are the sentence


@dataclass(frozen=True)
class Finding:
    """What one check found in one partition: counts, file names and row numbers, never an identity.

    `passed` is `None` where the check could not be executed; the explanation then says what to land. `rows` is what was
    looked at, `failing_rows` what does not meet the check, `share` their ratio 0..1; `None` where nothing could be
    counted. `details` are figures and lists of places for those who have to act.
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
    return Finding(check.table, check.check, check.severity, None, None, None, None, explanation)


def executed(check: Check, counts: Counts, tolerated: float, *, passed: bool) -> Finding:
    """What was counted of a check, and whether that passes."""
    failing, rows = counts.failing_rows, counts.rows
    explanation = _counted(check, counts, tolerated) if check.things else _told(check, counts)
    if not passed:
        explanation = f"{explanation} {check.advice}"
    share = failing / rows if rows else None
    severity = check.severity if counts.blocks or passed else Severity.WARNING
    return Finding(check.table, check.check, severity, passed, failing, rows, share, explanation, counts.details)


def _counted(check: Check, counts: Counts, tolerated: float) -> str:
    failing, rows = counts.failing_rows, counts.rows
    share = f" ({failing / rows:.1%})" if failing and rows else ""
    limit = f"; up to {tolerated:.1%} passes" if tolerated else ""
    first = f" First: {', '.join(counts.examples[:SHOWN])}." if counts.examples else ""
    return f"{failing:,} of {rows:,} {check.things} {check.fails}{share}{limit}.{first}"


def _told(check: Check, counts: Counts) -> str:
    if not counts.failing_rows:
        return check.holds.format_map({**counts.details, "rows": counts.rows})
    more = f"; and {counts.failing_rows - TOLD:,} more" if len(counts.examples) > TOLD else ""
    told = "; ".join(example.rstrip(".") for example in counts.examples[:TOLD])
    return f"{check.fails} {told}{more}.".lstrip()
