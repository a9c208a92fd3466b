"""Data quality: contract and rules -> Great Expectations -> findings, stage by stage.

A new check is one `Rule` in `rules/` and one question in `sql/`. Correcting data belongs to nobody here: checks only
look. Deciding about people belongs to `reconcile`, showing findings in Dagster to `defs`.
"""

from welfare_pipeline.checks.finding import CheckSpec, Finding, held_back_because
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
    "CheckSpec",
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
