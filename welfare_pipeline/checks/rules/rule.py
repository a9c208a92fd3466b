"""The shape of a hand-written check. The checks themselves stand beside this module, one list a subject."""

from dataclasses import dataclass

from welfare_pipeline.checks.finding import CheckSpec
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.vocabulary import Severity


@dataclass(frozen=True)
class Tolerance:
    """How much may fail before the check does, by the names of policy thresholds.

    `share`: failing share that still passes; `least_share`: share that must not fail.
    """

    share: str = ""
    least_share: str = ""

    def failing_share(self, policy: Policy) -> float:
        """The largest share of failing rows that passes, 0..1."""
        if self.least_share:
            return round(1 - policy.thresholds[self.least_share], 9)
        return policy.thresholds[self.share] if self.share else 0.0


@dataclass(frozen=True)
class Rule:
    """One hand-written check.

    `query`: the .sql file whose rows are what fails, each with an `example` (where, never who). `batch`: the table
    that it looks at, whose rows are counted beside them, `only` the rows of that list. `figures`: a .sql file of
    (label, figure) for the details. `needs`: lists without which there is nothing to check.
    `fails` and `holds` are the words of the explanation: with `things`, "3 of 40 <things> <fails>."; without, the
    examples speak for themselves, and `holds` is said when there are none. `advice` says what to do.
    """

    table: str
    check: str
    severity: Severity
    description: str
    query: str
    batch: str
    advice: str
    things: str = ""
    fails: str = ""
    holds: str = ""
    tolerance: Tolerance = Tolerance()
    figures: str = ""
    needs: tuple[str, ...] = ()
    only: str = ""

    @property
    def spec(self) -> CheckSpec:
        """The check as it is declared."""
        needed = f" Not executed until there are rows of {' and '.join(self.needs)}." if self.needs else ""
        return CheckSpec(self.table, self.check, self.severity, self.description + needed)
