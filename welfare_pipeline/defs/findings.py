"""Checks and what they found, as Dagster shows them: one state per check, month and district."""

import warnings
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

import dagster as dg

from welfare_pipeline.checks import Check, Finding
from welfare_pipeline.contracts.vocabulary import Severity
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS

Shown: TypeAlias = dg.AssetCheckResult | dg.Output[None]
SEVERITIES = {Severity.BLOCKING: dg.AssetCheckSeverity.ERROR, Severity.WARNING: dg.AssetCheckSeverity.WARN}


def check_specs(checks: Iterable[Check]) -> list[dg.AssetCheckSpec]:
    """The asset checks of a step, in the order they are declared."""
    return [_spec(check) for check in checks]


def check_results(findings: Iterable[Finding]) -> Iterator[Shown]:
    """What was found, with counts, shares and row numbers and nobody's identity.

    A check that could not be executed has no result, only the output that its step owes: Dagster shows it as skipped.
    """
    for finding in findings:
        if finding.passed is None:
            spec = dg.AssetCheckSpec(finding.check, asset=finding.table)
            yield dg.Output(None, output_name=spec.get_python_identifier())
            continue
        yield dg.AssetCheckResult(
            asset_key=finding.table,
            check_name=finding.check,
            passed=finding.passed,
            severity=SEVERITIES[Severity(finding.severity)],
            description=finding.explanation,
            metadata=_metadata(finding),
        )


def _spec(check: Check) -> dg.AssetCheckSpec:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", dg.PreviewWarning)  # checks by partition are a preview in Dagster 1.13
        return dg.AssetCheckSpec(
            check.check,
            asset=check.table,
            description=check.description,
            blocking=check.severity is Severity.BLOCKING,
            partitions_def=DISTRICT_MONTHS,
        )


def _metadata(finding: Finding) -> dict[str, Any]:
    figures = {"failing_rows": finding.failing_rows, "rows": finding.rows, "share": finding.share}
    return {name: figure for name, figure in figures.items() if figure is not None} | dict(finding.details)
