"""Months, districts that have landed, and their product: the unit that is run, retried and shown."""

import dagster as dg

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.ingest.landing_folder import districts_landed
from welfare_pipeline.lake import DataRoot

FIRST_MONTH = "2019-01"
MONTHS = dg.MonthlyPartitionsDefinition(start_date=FIRST_MONTH, fmt="%Y-%m", end_offset=1, timezone="Asia/Jakarta")
DISTRICTS = "districts"  # the name under which an instance keeps the districts that have landed
DISTRICT_MONTHS = dg.MultiPartitionsDefinition(
    {"month": MONTHS, "district": dg.DynamicPartitionsDefinition(name=DISTRICTS)},
)


def partition_key(period: str, district: str) -> dg.MultiPartitionKey:
    """Dagster's key of one month and district."""
    return dg.MultiPartitionKey({"month": period, "district": district})


def period_and_district(key: str) -> tuple[str, str]:
    """Month and district code of a partition key of Dagster (dimensions in alphabetical order)."""
    district, period = key.split("|")
    return period, district


def districts_of(key: str) -> list[str]:
    """The district of a partition key, if it is of one."""
    return [period_and_district(key)[1]] if "|" in key else []


def name_tags(district: str) -> dict[str, str]:
    """The tag by which people find a district's runs: its name."""
    name = district_name(district)
    return {"welfare/district": name} if name else {}


def districts_known(root: DataRoot) -> list[str]:
    """The codes of the districts that ever landed: their folder is there, or their tables are in the lake."""
    found = {district for _, district in root.ever_made()}
    for period in root.landings.glob("*/"):
        try:
            found.update(districts_landed(period)[0] if is_period(period.name) else ())
        except OSError:  # whoever runs this month is told
            continue
    return sorted(code for code in found if district_name(code))


def know_districts(instance: dg.DagsterInstance, districts: list[str]) -> None:
    """See that these districts can be run and seen on the pages."""
    new = sorted({*districts} - {*instance.get_dynamic_partitions(DISTRICTS)})
    if new:
        instance.add_dynamic_partitions(DISTRICTS, new)
