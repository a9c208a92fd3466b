"""Last steps: what people read. A district's database and worklists end its run; the analysts' database the month."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from welfare_pipeline.contracts.column import Audience
from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES, RUN_MANIFEST, TABLES
from welfare_pipeline.defs.failures import partly_former, told_plainly
from welfare_pipeline.defs.old_runs import forget_old_runs
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS, MONTHS, period_and_district
from welfare_pipeline.defs.resources import WelfareData, require_made, require_month
from welfare_pipeline.defs.specs import NO_CONFIG, OWNER
from welfare_pipeline.lake import lake_damages, told_damages
from welfare_pipeline.publish import publish_analysts, publish_month

GROUP = "publication"
FROM_NOTHING = "welfare/from_nothing"  # tag of a run that builds the database anew, whatever changed
KINDS = {"duckdb"}


def _readable(*audiences: Audience) -> list[str]:
    return [table.name for table in TABLES if table.audience in audiences]


def _for_the_district(name: str, kind: str, description: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        name,
        deps=_readable(Audience.ANALYSTS, Audience.DISTRICT),
        description=description,
        group_name=GROUP,
        owners=[OWNER],
        kinds={kind},
    )


@dg.multi_asset(
    specs=[
        _for_the_district(
            "district_database",
            "duckdb",
            "The district's own database: every month of this district, names and numbers included, for its officers "
            "only.",
        ),
        _for_the_district(
            "worklists",
            "excel",
            "A workbook a village, in Bahasa Indonesia, to be filled in and landed next month as "
            "`worklist.<village>.xlsx`.",
        ),
        _for_the_district(
            "report",
            "html",
            "The month on one page of counts, in Bahasa Indonesia, for the head of the office; nobody is named in it.",
        ),
    ],
    partitions_def=DISTRICT_MONTHS,
    config_schema=NO_CONFIG,
)
def district_publications(context: dg.AssetExecutionContext, data: WelfareData) -> Iterator[dg.MaterializeResult[None]]:
    """The district's database, the worklists and the report."""
    with told_plainly("district_publications", data.root):
        period, district = period_and_district(context.partition_key)
        require_made(data.root.published_partition(period, district), RUN_MANIFEST.name)
        published = publish_month(data.root, period, district)
        yield _result(published.database, "district_database")
        worklists = published.worklists
        counts = {"workbooks": len(worklists.workbooks), **worklists.rows}
        folder = dg.MetadataValue.path(worklists.folder)
        yield dg.MaterializeResult(asset_key="worklists", metadata={"folder": folder, **counts})
        yield dg.MaterializeResult(asset_key="report", metadata={"page": dg.MetadataValue.path(published.report)})


@dg.asset(
    deps=[*_readable(Audience.ANALYSTS), CROSS_DISTRICT_DUPLICATES.name],
    partitions_def=MONTHS,
    config_schema=NO_CONFIG,
    group_name=GROUP,
    owners=[OWNER],
    kinds=KINDS,
)
def welfare_database(context: dg.AssetExecutionContext, data: WelfareData) -> Iterator[dg.MaterializeResult[None]]:
    """The analysts' database: every month and district that is reconciled, keys in place of names and numbers."""
    with told_plainly("welfare_database", data.root):
        require_month(data.root, context.partition_key)
        from_nothing = context.run.tags.get(FROM_NOTHING) == "true"
        yield _result(publish_analysts(data.root, from_nothing=from_nothing), "welfare_database")
        forget_old_runs(context.instance, int(data.policy().thresholds["run_history_months"]))
        damages = lake_damages(data.root, ())  # of what changed every byte was read
        kept = [damage for damage in damages if not damage.is_as_made]
        if kept:
            raise partly_former(told_damages(data.root, kept))


def _result(database: Path, asset: str) -> dg.MaterializeResult[None]:
    size = database.stat().st_size
    return dg.MaterializeResult(asset_key=asset, metadata={"database": dg.MetadataValue.path(database), "bytes": size})
