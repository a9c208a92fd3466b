"""Data quality: contract and rules -> Great Expectations -> findings, stage by stage.

A new check is one `Check` in `rules/` and one question of its name in `sql/`. Checks only look: correcting data belongs
to nobody here, deciding about people to `reconcile`, showing findings in Dagster to `defs`.
"""

from welfare_pipeline.checks.check import Check
from welfare_pipeline.checks.counting import CheckNotEvaluatedError
from welfare_pipeline.checks.finding import Finding, held_back_because
from welfare_pipeline.checks.results import write_findings
from welfare_pipeline.checks.stages import (
    check_delivery,
    check_links,
    check_reconciliation,
    declared_checks,
    declared_link_checks,
    declared_reconciliation_checks,
)

__all__ = [
    "Check",
    "CheckNotEvaluatedError",
    "Finding",
    "check_delivery",
    "check_links",
    "check_reconciliation",
    "declared_checks",
    "declared_link_checks",
    "declared_reconciliation_checks",
    "held_back_because",
    "write_findings",
]
