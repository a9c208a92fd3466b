"""`welfare run`: every landed (or named) district of a month, one recorded run each, then the month's publication."""

from dataclasses import replace

import click

from welfare_pipeline.cli.landed import Landed, find_landed
from welfare_pipeline.cli.logs import json_logs_option, tell
from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force, policy_notes
from welfare_pipeline.cli.progress import progress_bar
from welfare_pipeline.cli.report import DistrictReport, MonthReport, log_district, log_month, read_report
from welfare_pipeline.cli.room import require_room
from welfare_pipeline.cli.stores import older_months, require_stores
from welfare_pipeline.cli.summary import show_summary
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.defs.recording import Recorder
from welfare_pipeline.lake import DataRoot


@click.command("run")
@click.option("--period", required=True, metavar="YYYY-MM", help="The month to reconcile.")
@click.option("--district", "districts", multiple=True, metavar="CODE", help="Only this district (repeatable).")
@click.option("--new-secret", is_flag=True, help="Take (or make) another secret than before: every key changes.")
@data_option
@json_logs_option
def command(period: str, districts: tuple[str, ...], root: DataRoot, *, new_secret: bool) -> int:
    """Reconcile the landed districts of a month, then publish. Exits with 1 if some district is not reconciled."""
    policy = policy_in_force(root)
    landed = find_landed(root, period, districts)
    largest = int(policy.thresholds["file_bytes"])
    require_stores(root, new_secret=new_secret)
    require_room(root, [root.landing(period, district) for district in landed.districts], largest)
    landed = replace(landed, warnings=(*policy_notes(root), *landed.warnings))
    month = _run_all(root, period, landed)
    show_summary(root, month)
    return 0 if month.is_clean else 1


def _run_all(root: DataRoot, period: str, landed: Landed) -> MonthReport:
    reports: list[DistrictReport] = []
    with progress_bar(len(landed.districts) + 1) as told:
        recorder = Recorder(root, told.step)
        tell("run begins", period=period, districts=landed.districts)
        for district in landed.districts:
            told.begin(f"{district} {district_name(district)}")
            reports.append(read_report(root, period, district, recorder.reconcile(period, district)))
            log_district(period, reports[-1])
            told.end()
        told.begin("all districts")
        month = MonthReport(period, tuple(reports), recorder.publish(period), (*landed.warnings, *older_months(root)))
        log_month(month)
        return month
