"""Last steps: what people read, each by itself: a district's database, worklists and report; the analysts' database."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg

from welfare_pipeline.contracts.column import Audience
from welfare_pipeline.contracts.tables import RUN_MANIFEST, TABLES
from welfare_pipeline.defs.failures import partly_former, told_plainly
from welfare_pipeline.defs.headlines import headline
from welfare_pipeline.defs.in_words import languages_of
from welfare_pipeline.defs.old_runs import forget_old_runs
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS, MONTHS, period_and_district
from welfare_pipeline.defs.resources import WelfareData, require_made, require_month
from welfare_pipeline.defs.specs import GROUPS, NO_CONFIG, OWNERS
from welfare_pipeline.defs.standing import Standing, note_standings
from welfare_pipeline.lake import lake_damages, told_damages
from welfare_pipeline.publish.databases import publish_analysts, publish_district, publish_standings
from welfare_pipeline.publish.dictionary import publish_dictionary
from welfare_pipeline.publish.glance import read_month
from welfare_pipeline.publish.reports import publish_report
from welfare_pipeline.publish.worklists.folder import publish_worklists

GROUP = GROUPS["publication"]
FROM_NOTHING = "welfare/from_nothing"  # tag of a run that builds the database anew, whatever changed
KINDS = {"duckdb"}
STALE_CHECK = "months_rest_on_what_is_there"


def _readable(*audiences: Audience) -> list[str]:
    return [table.name for table in TABLES if table.audience in audiences]


def _published(data: WelfareData, context: dg.AssetExecutionContext) -> tuple[str, str]:
    """Period and district of the run, of which there is something published."""
    period, district = period_and_district(context.partition_key)
    require_made(data.root.published_partition(period, district), RUN_MANIFEST.name)
    return period, district


@dg.asset(
    deps=_readable(Audience.ANALYSTS, Audience.DISTRICT),
    partitions_def=DISTRICT_MONTHS,
    config_schema=NO_CONFIG,
    group_name=GROUP,
    owners=OWNERS[GROUP],
    kinds=KINDS,
)
def district_database(context: dg.AssetExecutionContext, data: WelfareData) -> Iterator[dg.MaterializeResult[None]]:
    """The district's own database: every month of it, names and numbers included, for its officers only.

    Basis data kabupaten/kota sendiri: semua bulan, dengan nama dan nomor, hanya untuk petugasnya.
    """
    with told_plainly("district_database", data.root):
        _, district = _published(data, context)
        note_standings(data.root, district)
        yield _result(publish_district(data.root, district), "district_database")


@dg.asset(
    deps=_readable(Audience.ANALYSTS, Audience.DISTRICT),
    partitions_def=DISTRICT_MONTHS,
    config_schema=NO_CONFIG,
    group_name=GROUP,
    owners=OWNERS[GROUP],
    kinds={"excel"},
)
def worklists(context: dg.AssetExecutionContext, data: WelfareData) -> dg.MaterializeResult[None]:
    """A workbook a village, in Bahasa Indonesia, to be filled in and landed next month as `worklist.<village>.xlsx`.

    Satu buku kerja per desa; diisi, lalu dikembalikan bulan berikutnya.
    """
    with told_plainly("worklists", data.root):
        made = publish_worklists(data.root, *_published(data, context))
        folder = dg.MetadataValue.path(made.folder)
        return dg.MaterializeResult(metadata={"folder": folder, "workbooks": len(made.workbooks), **made.rows})


@dg.asset(
    deps=_readable(Audience.ANALYSTS, Audience.DISTRICT),
    partitions_def=DISTRICT_MONTHS,
    config_schema=NO_CONFIG,
    group_name=GROUP,
    owners=OWNERS[GROUP],
    kinds={"html"},
)
def report(context: dg.AssetExecutionContext, data: WelfareData) -> dg.MaterializeResult[None]:
    """The month on one page of counts, in Bahasa Indonesia, for the head of the office; nobody is named in it.

    Laporan bulan ini pada satu halaman, untuk kepala dinas; tanpa nama orang.
    """
    with told_plainly("report", data.root):
        period, district = _published(data, context)
        publish_report(data.root, period, district)
        month = read_month(data.root.published_partition(period, district))
        return dg.MaterializeResult(metadata=headline(month, period, languages_of(data.policy())))


@dg.asset(
    deps=_readable(Audience.ANALYSTS),
    check_specs=[
        dg.AssetCheckSpec(
            STALE_CHECK,
            asset="welfare_database",
            description="Every month of every district rests on what is there now: files, earlier months, districts.",
        )
    ],
    partitions_def=MONTHS,
    config_schema=NO_CONFIG,
    group_name=GROUP,
    owners=OWNERS[GROUP],
    kinds=KINDS,
)
def welfare_database(
    context: dg.AssetExecutionContext, data: WelfareData
) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """The analysts' database: every month and district that is reconciled, keys in place of names and numbers.

    Basis data analis: semua bulan dan kabupaten/kota yang selesai, dengan kunci sebagai pengganti nama dan nomor.
    """
    with told_plainly("welfare_database", data.root):
        require_month(data.root, context.partition_key)
        found = note_standings(data.root)
        from_nothing = context.run.tags.get(FROM_NOTHING) == "true"
        yield _result(publish_analysts(data.root, from_nothing=from_nothing), "welfare_database")
        publish_standings(data.root)
        publish_dictionary(data.root)
        yield _no_stale_month(found)
        forget_old_runs(context.instance, int(data.policy().thresholds["run_history_months"]))
        damages = lake_damages(data.root, ())  # of what changed every byte was read
        kept = [damage for damage in damages if not damage.is_as_made]
        if kept:
            raise partly_former(told_damages(data.root, kept))


def _no_stale_month(found: Sequence[Standing]) -> dg.AssetCheckResult:
    """Whether every month rests on what is there now; else which do not, and what brings them up to date."""
    stale = [standing for standing in found if standing.stale_because]
    told = "; ".join(f"{s.district} {s.period} ({s.stale_because}): {s.command}" for s in stale)
    return dg.AssetCheckResult(
        asset_key="welfare_database",
        check_name=STALE_CHECK,
        passed=not stale,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"Older than what they rest on: {told}" if stale else "Every month rests on what is there now.",
        metadata={"stale_months": len(stale), "months": len(found), "status": dg.MetadataValue.md(_markdown(found))},
    )


def _markdown(found: Sequence[Standing]) -> str:
    rows = [f"| {s.period} | {s.district} | {s.state} | {s.stale_because or ''} | {s.command or ''} |" for s in found]
    return "\n".join(["| month | district | state | stale because | next |", "|---|---|---|---|---|", *rows])


def _result(database: Path, asset: str) -> dg.MaterializeResult[None]:
    size = database.stat().st_size
    return dg.MaterializeResult(asset_key=asset, metadata={"database": dg.MetadataValue.path(database), "bytes": size})
