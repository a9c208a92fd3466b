"""Months, districts, and their product: the unit that is run, retried and shown."""

import dagster as dg

from welfare_pipeline.contracts.areas import districts

FIRST_MONTH = "2019-01"
MONTHS = dg.MonthlyPartitionsDefinition(start_date=FIRST_MONTH, fmt="%Y-%m", end_offset=1, timezone="Asia/Jakarta")
DISTRICT_MONTHS = dg.MultiPartitionsDefinition(
    {"month": MONTHS, "district": dg.StaticPartitionsDefinition(sorted(districts()))},
)


def partition_key(period: str, district: str) -> dg.MultiPartitionKey:
    """Dagster's key of one month and district."""
    return dg.MultiPartitionKey({"month": period, "district": district})
