"""`welfare run`: the landed (or named) districts of a month, two recorded runs each, then the month's publication."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from typing import Protocol

import click

from welfare_pipeline.cli.district_processes import DistrictProcesses, at_once
from welfare_pipeline.cli.fleet import part
from welfare_pipeline.cli.landed import Landed, months_asked_for
from welfare_pipeline.cli.logs import json_logs_option, tell
from welfare_pipeline.cli.month_report import DistrictReport, MonthReport, log_district, log_month, read_report
from welfare_pipeline.cli.one_by_one import OneByOne
from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force, policy_notes
from welfare_pipeline.cli.progress import Told, progress_bar
from welfare_pipeline.cli.room import require_room
from welfare_pipeline.cli.stores import older_months, require_stores, stale_months_told
from welfare_pipeline.cli.summary import show_summary
from welfare_pipeline.cli.superseded import unread
from welfare_pipeline.defs.recording import RecordedRun
from welfare_pipeline.lake import DataRoot


class Runs(Protocol):
    """Who executes a month: this process or a fleet. Districts come as they end."""

    def link(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]: ...  # noqa: D102
    def compare(self, period: str) -> RecordedRun: ...  # noqa: D102
    def decide(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]: ...  # noqa: D102
    def publish(self, period: str) -> RecordedRun: ...  # noqa: D102


@click.command("run")
@click.option("--period", metavar="YYYY-MM", help="The month to reconcile.")
@click.option("--from", "first", metavar="YYYY-MM", help="The first of several months, in their order.")
@click.option("--to", "last", metavar="YYYY-MM", help="The last of them; those without a landing folder are skipped.")
@click.option("--district", "districts", multiple=True, metavar="CODE", help="Only this district (repeatable).")
@click.option("--fleet", "on_fleet", is_flag=True, help="On the workers of `welfare fleet`, many districts at once.")
@click.option("--at-once", "wanted", type=click.IntRange(1), envvar="WELFARE_AT_ONCE", metavar="N",
              help="Districts at the same time on this machine; else by its cores and memory.")  # fmt: skip
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
    wanted: int | None,
    on_fleet: bool,
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
        if not (on_fleet and root.store):  # what lies in an object store is read on other machines
            require_room(root, [root.landing(month.period, district) for district in month.districts], largest)
    months[0] = replace(months[0], warnings=(*policy_notes(root), *months[0].warnings))
    reports = _run_all(root, months, wanted, on_fleet=on_fleet)
    reports[-1] = replace(reports[-1], warnings=(*reports[-1].warnings, *stale_months_told(root)))
    for report in reports:
        show_summary(root, report)
    return 0 if all(report.is_clean for report in reports) else 1


def _run_all(root: DataRoot, months: Sequence[Landed], wanted: int | None, *, on_fleet: bool) -> list[MonthReport]:
    processes = at_once(max(len(month.districts) for month in months), wanted)
    bar = progress_bar(sum(2 * len(month.districts) + 2 for month in months))
    with bar as told, _runs(root, told, processes, on_fleet=on_fleet) as runs:
        return [_run_month(root, month, runs, told) for month in months]


def _runs(root: DataRoot, told: Told, processes: int, *, on_fleet: bool) -> AbstractContextManager[Runs]:
    if on_fleet:
        return nullcontext(part("on_fleet").OnFleet(root, told))
    return DistrictProcesses(root, told, processes) if processes > 1 else nullcontext(OneByOne(root, told))


def _run_month(root: DataRoot, landed: Landed, runs: Runs, told: Told) -> MonthReport:
    """Every district is linked, then districts are compared, then each is decided, then the month is published."""
    period, reports = landed.period, dict[str, DistrictReport]()
    tell("run begins", period=period, districts=landed.districts)
    linked = dict(runs.link(period, landed.districts))
    linked |= dict(runs.link(period, unread(root, period, linked)))
    sound = [district for district in landed.districts if not linked[district].reason]
    compared = runs.compare(period) if sound else None
    decided = dict(runs.decide(period, sound))
    if again := unread(root, period, decided):
        linked |= dict(runs.link(period, again))
        decided |= {district: linked[district] for district in again}
        decided |= dict(runs.decide(period, [district for district in again if not linked[district].reason]))
    root.refresh(period)
    for district, ended in decided.items():
        reports[district] = _reported(root, period, district, linked[district].followed_by(ended))
    for district in [district for district in landed.districts if district not in sound]:
        reports[district] = _reported(root, period, district, linked[district])
        told.end()
    published = runs.publish(period)
    warnings = [f"districts were not compared: {compared.reason}"] if compared and compared.reason else []
    in_order = tuple(reports[district] for district in landed.districts)
    month = MonthReport(period, in_order, published, (*landed.warnings, *warnings, *older_months(root)))
    log_month(month)
    return month


def _reported(root: DataRoot, period: str, district: str, ended: RecordedRun) -> DistrictReport:
    report = read_report(root, period, district, ended)
    log_district(period, report)
    return report
