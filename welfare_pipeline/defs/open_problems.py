"""Lists the problems that alerts report: districts, runs and checks that failed, months not delivered in time.

The key of a problem stays the same while it lasts, so that it is reported once. Only events of the last days count.
No text has an identity in it: places, counts, file names and row numbers.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import dagster as dg

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import previous
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import CHECK_RESULTS
from welfare_pipeline.contracts.vocabulary import DistrictState, Severity
from welfare_pipeline.defs.partitions import partition_key
from welfare_pipeline.defs.standing import Standing, standings
from welfare_pipeline.lake import DataRoot, read_frame

DAYS = 7
MOST_CHECKS = 5  # of a district's month, each in a line
PARTITION = "dagster/partition"
KINDS = ("failed", "held_back", "not_delivered", "check")  # the gravest first


@dataclass(frozen=True)
class Problem:
    """One problem: `kind` (of KINDS), where it is, and what to do, in words."""

    key: str
    kind: str
    period: str
    district: str
    text: str


def open_problems(
    root: DataRoot, policy: Policy, instance: dg.DagsterInstance, now: dt.datetime | None = None
) -> list[Problem]:
    """Every problem there is now, the gravest first; `now`: with a time zone."""
    moment = now or dt.datetime.now(dt.UTC)
    found = standings(root)
    recent = [standing for standing in found if _is_recent(standing, moment)]
    problems = [
        *_unfinished(found, recent, instance, moment),
        *_failed_months(instance, moment),
        *(problem for standing in recent for problem in _failed_checks(root, policy, standing)),
        *_not_delivered(root, policy, moment),
    ]
    return sorted(problems, key=lambda of: (KINDS.index(of.kind), of.period, of.district, of.key))


def _is_recent(standing: Standing, now: dt.datetime) -> bool:
    return standing.as_of is not None and now - dt.datetime.fromisoformat(standing.as_of) < dt.timedelta(days=DAYS)


def _unfinished(
    found: Sequence[Standing], recent: Sequence[Standing], instance: dg.DagsterInstance, now: dt.datetime
) -> Iterator[Problem]:
    """Districts that are held back, and those whose newest run failed."""
    for standing in found:
        place = (standing.period, standing.district)
        if standing.state is DistrictState.HELD_BACK and standing in recent:
            text = f"{_named(standing)} is held back: {standing.reason} Next: {standing.command}"
            yield Problem(f"held_back/{'/'.join(place)}/{standing.as_of}", "held_back", *place, text)
        elif standing.state is DistrictState.FAILED and (run := _failed_run(instance, standing, now)):
            text = f"{_named(standing)} failed (run {run[:8]}). Next: {standing.command}"
            yield Problem(f"failed/{'/'.join(place)}/{run}", "failed", *place, text)


def _failed_run(instance: dg.DagsterInstance, standing: Standing, now: dt.datetime) -> str | None:
    """The newest run of the month and district, if it failed within the last days."""
    tags = {PARTITION: str(partition_key(standing.period, standing.district))}
    newest = instance.get_run_records(dg.RunsFilter(tags=tags, updated_after=now - dt.timedelta(days=DAYS)), limit=1)
    runs = [record.dagster_run for record in newest]
    return next((run.run_id for run in runs if run.status is dg.DagsterRunStatus.FAILURE), None)


def _failed_months(instance: dg.DagsterInstance, now: dt.datetime) -> Iterator[Problem]:
    """Steps over all districts, and publications, whose newest run of the month failed."""
    records = instance.get_run_records(dg.RunsFilter(updated_after=now - dt.timedelta(days=DAYS)), limit=500)
    newest: dict[tuple[str, str], dg.DagsterRun] = {}
    for run in (record.dagster_run for record in records):
        period = run.tags.get(PARTITION, "")
        if period and "|" not in period:
            newest.setdefault((period, run.job_name), run)
    for (period, job), run in newest.items():
        if run.status is dg.DagsterRunStatus.FAILURE:
            what = f"{period}, every district: the job {job} failed (run {run.run_id[:8]})."
            text = f"{what} Next: welfare run --period {period}"
            yield Problem(f"failed/{period}/{run.run_id}", "failed", period, "", text)


def _failed_checks(root: DataRoot, policy: Policy, standing: Standing) -> Iterator[Problem]:
    """The failed checks of the newest delivery that are grave enough."""
    delivery = root.partition(standing.period, standing.district)
    severity = policy.alerts.check_severity
    if severity == "off" or not delivery.has(CHECK_RESULTS.name):
        return
    grave = {Severity.BLOCKING} if severity == "blocking" else {*Severity}
    rows = read_frame(delivery.path(CHECK_RESULTS.name)).to_dicts()
    failed = [row for row in rows if row["passed"] is False and row["severity"] in grave]
    if failed:
        more = f"; and {len(failed) - MOST_CHECKS} more" if len(failed) > MOST_CHECKS else ""
        told = "; ".join(f"{row['table']}.{row['check']}: {row['explanation']}" for row in failed[:MOST_CHECKS])
        text = f"{_named(standing)}: {len(failed)} checks failed: {told}{more}"
        key = f"check/{standing.period}/{standing.district}/{delivery.version}"
        yield Problem(key, "check", standing.period, standing.district, text)


def _not_delivered(root: DataRoot, policy: Policy, now: dt.datetime) -> Iterator[Problem]:
    """The districts whose lists of the month before do not lie there though the day has come."""
    today = now.astimezone(ZoneInfo(policy.time_zone))
    due = policy.alerts.due_day
    if not due or today.day < due:
        return
    period = previous(f"{today:%Y-%m}")
    expected = policy.expected_districts or tuple(sorted({district for _, district in root.ever_made()}))
    for district in expected:
        if not _lies_there(root, period, district):
            name = f"{district} {district_name(district) or ''}".strip()
            what = f"{name}, {period}: nothing has landed, and it was due on day {due} of the next month."
            text = f"{what} Next: land its files in landing/{period}/{district}"
            yield Problem(f"not_delivered/{period}/{district}", "not_delivered", period, district, text)


def _lies_there(root: DataRoot, period: str, district: str) -> bool:
    folder = root.landing(period, district)
    return (folder.is_dir() and any(folder.iterdir())) or root.pointer(period, district) is not None


def _named(standing: Standing) -> str:
    return f"{standing.district} {district_name(standing.district) or ''}, {standing.period}"
