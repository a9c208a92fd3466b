"""What a check is and what it found. Which checks exist stands in `rules/`, how they are put in `evaluator.py`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from welfare_pipeline.contracts.vocabulary import Severity


@dataclass(frozen=True)
class CheckSpec:
    """One check as it is declared, before there is any data. `check` is a sentence in snake case about `table`."""

    table: str
    check: str
    severity: Severity
    description: str


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
    details: Mapping[str, int | float | str | list[str]] = field(default_factory=dict)


def held_back_because(findings: Sequence[Finding]) -> str | None:
    """One plain sentence that says why the district is held back and what to do; `None`: it goes on."""
    reasons = [f.explanation for f in findings if f.severity is Severity.BLOCKING and f.passed is False]
    if not reasons:
        return None
    return "Held back: " + "; also: ".join(reason.rstrip(".") for reason in reasons) + "."
