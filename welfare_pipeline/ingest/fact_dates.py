"""The date of a fact (a status, a decision): one that cannot be makes it undated, a later one makes it wait."""

from datetime import date

import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.vocabulary import DeliveryFinding
from welfare_pipeline.contracts.worklists import ANSWERS
from welfare_pipeline.ingest.handed_out import FINDING, ROW, found

EARLIEST = date(2000, 1, 1)
FACT_DATES = ("decided_on", "status_date", "proposed_on")
_A_DATE = r"^\D{0,20}\d{1,4}\s*[-/. ]\s*(?:\d{1,2}|\p{L}+)\s*[-/. ]\s*\d{2,4}"


def dated(accepted: pl.DataFrame, source: str, period: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows without dates before 2000 or more than a year ahead, and findings: these dates, answers dated later."""
    end = last_day(period)
    latest = last_day(f"{int(period[:4]) + 1}{period[4:]}")
    findings = [pl.DataFrame(schema=FINDING)]
    for column in (name for name in FACT_DATES if name in accepted.columns):
        possible = pl.col(column).is_between(EARLIEST, latest)
        findings.append(found(accepted.filter(~possible), DeliveryFinding.IMPOSSIBLE_DATE, column))
        if source in ANSWERS:
            later = accepted.filter(possible & (pl.col(column) > end))
            findings.append(found(later, DeliveryFinding.DATED_AFTER_PERIOD, column))
        accepted = accepted.with_columns(pl.when(possible).then(column).alias(column))
    return accepted, pl.concat(findings)


def named_as_dates(findings: pl.DataFrame, landed: pl.DataFrame) -> pl.DataFrame:
    """Unreadable values, those that look like a date of a fact called an impossible one: 31/02/2021, 12/12/2201."""
    texts = landed.select(*ROW, *(name for name in FACT_DATES if name in landed.columns))
    joined = findings.join(texts, on=ROW, how="left", maintain_order="left")
    for column in (name for name in FACT_DATES if name in texts.columns):
        impossible = (pl.col("column_name") == column) & pl.col(column).str.contains(_A_DATE)
        finding = pl.when(impossible).then(pl.lit(str(DeliveryFinding.IMPOSSIBLE_DATE))).otherwise("finding")
        joined = joined.with_columns(finding.alias("finding"))
    return joined.select(findings.columns)
