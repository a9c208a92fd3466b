"""Odd dates of facts and answers: those that cannot be, and those after the month. `values.py` reads them."""

from datetime import date

import polars as pl

from welfare_pipeline.contracts.column import Kind, Source
from welfare_pipeline.contracts.vocabulary import DeliveryFinding
from welfare_pipeline.contracts.worklists import ANSWERS
from welfare_pipeline.ingest.handed_out import FINDING, ROW, found
from welfare_pipeline.ingest.values import BIRTH_DATE

_DECIDED = "decided_on"
_A_DATE = r"^\D{0,20}\d{1,4}\s*[-/. ]\s*(?:\d{1,2}|\p{L}+)\s*[-/. ]\s*\d{2,4}"


def dated_later(accepted: pl.DataFrame, source: str, worklists: list[str], period_end: date) -> pl.DataFrame:
    """The answers in worklists that are dated after the month: they do not count in it."""
    if source not in ANSWERS:
        return pl.DataFrame(schema=FINDING)
    later = (pl.col(_DECIDED) > period_end) & pl.col("source_file").is_in(worklists)
    return found(accepted.filter(later), DeliveryFinding.DATED_AFTER_PERIOD, _DECIDED)


def named_as_dates(findings: pl.DataFrame, landed: pl.DataFrame, source: Source) -> pl.DataFrame:
    """Values that could not be read: those that look like a date are impossible ones (31/02/2021, 12/12/2201, 1921)."""
    dates = [c.name for c in source.columns if c.kind is Kind.DATE and c.name != BIRTH_DATE]
    texts = landed.select(*ROW, *(name for name in dates if name in landed.columns))
    joined = findings.join(texts, on=ROW, how="left", maintain_order="left")
    for column in texts.columns[len(ROW) :]:
        impossible = (pl.col("column_name") == column) & pl.col(column).str.contains(_A_DATE)
        finding = pl.when(impossible).then(pl.lit(str(DeliveryFinding.IMPOSSIBLE_DATE))).otherwise("finding")
        joined = joined.with_columns(finding.alias("finding"))
    return joined.select(findings.columns)
