"""`welfare run`: the landed (or named) districts of a month, two recorded runs each, then the month's publication."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import click

from welfare_pipeline.cli.landed import Landed, months_asked_for
from welfare_pipeline.cli.logs import json_logs_option, tell
from welfare_pipeline.cli.month_report import DistrictReport, MonthReport, log_district, log_month, read_report
from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force, policy_notes
from welfare_pipeline.cli.progress import Told, progress_bar
from welfare_pipeline.cli.room import require_room
from welfare_pipeline.cli.stores import older_months, require_stores, stale_months_told
from welfare_pipeline.cli.summary import show_summary
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.defs.recording import RecordedRun, Recorder
from welfare_pipeline.lake import DataRoot


@click.command("run")
@click.option("--period", metavar="YYYY-MM", help="The month to reconcile.")
@click.option("--from", "first", metavar="YYYY-MM", help="The first of several months, in their order.")
@click.option("--to", "last", metavar="YYYY-MM", help="The last of them; those without a landing folder are skipped.")
@click.option("--district", "districts", multiple=True, metavar="CODE", help="Only this district (repeatable).")
@click.option("--new-secret", is_flag=True, help="Take (or make) another secret than before: every key changes.")
@data_option
@json_logs_option
def command(  # noqa: PLR0913  an option each
    period: str | None,
    first: str | None,
    last: str | None,
    districts: tuple[str, ...],
    root: DataRoot,
    *,
    new_secret: bool,
) -> int:
    """Reconcile the landed districts of a month (or of several), then publish.

    Exits with 1 if some district is not reconciled.
    """
    policy = policy_in_force(root)
    months = months_asked_for(root, period, first, last, districts)
    largest = int(policy.thresholds["file_bytes"])
    require_stores(root, new_secret=new_secret)
    for month in months:
        require_room(root, [root.landing(month.period, district) for district in month.districts], largest)
    months[0] = replace(months[0], warnings=(*policy_notes(root), *months[0].warnings))
    reports = _run_all(root, months)
    reports[-1] = replace(reports[-1], warnings=(*reports[-1].warnings, *stale_months_told(root)))
    for report in reports:
        show_summary(root, report)
    return 0 if all(report.is_clean for report in reports) else 1


def _run_all(root: DataRoot, months: Sequence[Landed]) -> list[MonthReport]:
    with progress_bar(sum(2 * len(month.districts) + 2 for month in months)) as told:
        recorder = Recorder(root, told.step)
        return [_run_month(root, month, recorder, told) for month in months]


def _run_month(root: DataRoot, landed: Landed, recorder: Recorder, told: Told) -> MonthReport:
    """Every district is linked, then districts are compared, then each is decided, then the month is published."""
    period, reports = landed.period, list[DistrictReport]()
    tell("run begins", period=period, districts=landed.districts)
    linked = {district: _half(told, period, district, recorder.link) for district in landed.districts}
    with told.about(f"{period} all districts"):
        compared = recorder.compare(period) if any(not run.reason for run in linked.values()) else None
    for district in landed.districts:
        ended = linked[district]
        if not ended.reason:
            ended = ended.followed_by(_half(told, period, district, recorder.decide))
        else:
            told.end()
        reports.append(read_report(root, period, district, ended))
        log_district(period, reports[-1])
    with told.about(f"{period} all districts"):
        published = recorder.publish(period)
    warnings = [f"districts were not compared: {compared.reason}"] if compared and compared.reason else []
    month = MonthReport(period, tuple(reports), published, (*landed.warnings, *warnings, *older_months(root)))
    log_month(month)
    return month


def _half(told: Told, period: str, district: str, run: Callable[[str, str], RecordedRun]) -> RecordedRun:
    with told.about(f"{period} {district} {district_name(district)}"):
        return run(period, district)
