"""Last steps: what people read. A district's database and worklists end its run; the analysts' database the month."""

from pathlib import Path

import dagster as dg

from welfare_pipeline.contracts.column import Audience
from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES, TABLES
from welfare_pipeline.defs.failures import told_plainly
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS, MONTHS
from welfare_pipeline.defs.resources import WelfareData, period_and_district
from welfare_pipeline.defs.specs import OWNER
from welfare_pipeline.publish import publish_analysts, publish_district, publish_worklists

GROUP = "publication"
KINDS = {"duckdb"}


def _readable(*audiences: Audience) -> list[str]:
    return [table.name for table in TABLES if table.audience in audiences]


@dg.asset(
    deps=_readable(Audience.ANALYSTS, Audience.DISTRICT),
    partitions_def=DISTRICT_MONTHS,
    group_name=GROUP,
    owners=[OWNER],
    kinds=KINDS,
)
def district_database(context: dg.AssetExecutionContext, data: WelfareData) -> dg.MaterializeResult[None]:
    """The district's own database: every month of this district, names and numbers included, for its officers only."""
    with told_plainly("district_database"):
        _, district = period_and_district(context.partition_key)
        return _result(publish_district(data.root, district))


@dg.asset(
    deps=_readable(Audience.ANALYSTS, Audience.DISTRICT),
    partitions_def=DISTRICT_MONTHS,
    group_name=GROUP,
    owners=[OWNER],
    kinds={"excel"},
)
def worklists(context: dg.AssetExecutionContext, data: WelfareData) -> dg.MaterializeResult[None]:
    """A workbook a village, in Bahasa Indonesia, to be filled in and landed next month as `worklist.<village>.xlsx`."""
    with told_plainly("worklists"):
        published = publish_worklists(data.root, *period_and_district(context.partition_key))
        folder = dg.MetadataValue.path(published.folder)
        counts = {"workbooks": len(published.workbooks), **published.rows}
        return dg.MaterializeResult(metadata={"folder": folder, **counts})


@dg.asset(
    deps=[*_readable(Audience.ANALYSTS), CROSS_DISTRICT_DUPLICATES.name],
    partitions_def=MONTHS,
    group_name=GROUP,
    owners=[OWNER],
    kinds=KINDS,
)
def welfare_database(data: WelfareData) -> dg.MaterializeResult[None]:
    """The analysts' database: every month and district that is reconciled, keys in place of names and numbers."""
    with told_plainly("welfare_database"):
        return _result(publish_analysts(data.root))


def _result(database: Path) -> dg.MaterializeResult[None]:
    size = database.stat().st_size
    return dg.MaterializeResult(metadata={"database": dg.MetadataValue.path(database), "bytes": size})
