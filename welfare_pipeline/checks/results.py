"""Keeps what was found: the table check_results of the partition."""

from collections.abc import Sequence

import polars as pl

from welfare_pipeline.checks.finding import Finding
from welfare_pipeline.checks.stages import declared_checks
from welfare_pipeline.lake import Draft

SCHEMA = {
    "table": pl.String,
    "check": pl.String,
    "severity": pl.String,
    "passed": pl.Boolean,
    "failing_rows": pl.Int64,
    "rows": pl.Int64,
    "share": pl.Float64,
    "explanation": pl.String,
}


def write_findings(draft: Draft, findings: Sequence[Finding]) -> None:
    """Draft check_results: these findings in place of those of the same checks, beside those of other stages.

    Findings of the landing stage begin a run: nothing of an earlier run stays beside them.
    """
    found = pl.DataFrame([{name: getattr(f, name) for name in SCHEMA} for f in findings], SCHEMA)
    columns = ", ".join(f'"{name}"' for name in SCHEMA)
    with draft.connect() as con:
        con.register("found", found)
        kept = "false" if _begin_a_run(findings) else '("table", "check") not in (select ("table", "check") from found)'
        query = f"select {columns} from found union all select {columns} from check_results where {kept}"
        draft.write_query(con, "check_results", query)


def _begin_a_run(findings: Sequence[Finding]) -> bool:
    landing = {(spec.table, spec.check) for spec in declared_checks()}
    return any((finding.table, finding.check) in landing for finding in findings)
