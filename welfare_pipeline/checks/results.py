"""Keeps what was found: the table check_results of the partition."""

from collections.abc import Sequence

import polars as pl

from welfare_pipeline.checks.facts import query
from welfare_pipeline.checks.finding import Finding
from welfare_pipeline.contracts.tables import CHECK_RESULTS
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
    "explanation_id": pl.String,
}


def write_findings(draft: Draft, findings: Sequence[Finding]) -> None:
    """Draft check_results: these findings in place of those of the same checks, beside those of other stages."""
    rows = [{name: getattr(f, name) for name in SCHEMA} for f in findings]
    found = pl.DataFrame(
        [row | {"explanation_id": row["explanation_id"] or row["explanation"]} for row in rows], SCHEMA
    )
    with draft.look(CHECK_RESULTS.name) as con:
        con.register("found", found)
        draft.write_query(con, CHECK_RESULTS.name, query("check_results"))
