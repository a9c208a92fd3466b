"""When runs start by themselves: each month, when files land or change, and publication after a district's run."""

import json
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import dagster as dg

from welfare_pipeline.contracts.period import previous
from welfare_pipeline.defs.jobs import publish_period, reconcile_district
from welfare_pipeline.defs.partitions import partition_key
from welfare_pipeline.defs.policy_shown import policy_problem
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.ingest.landing_folder import districts_landed, folder_fingerprint
from welfare_pipeline.lake import DataRoot

QUIET_SECONDS = 60  # a folder whose files changed less long ago may still be receiving them
UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


@dg.schedule(
    job=reconcile_district,
    cron_schedule="0 2 5 * *",
    execution_timezone="Asia/Jakarta",
    description="On the 5th at 02:00 (Jakarta), reconcile the month before for every district that has landed.",
)
def monthly_reconciliation(
    context: dg.ScheduleEvaluationContext, data: WelfareData
) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """One run per landed district of the month before."""
    period = previous(context.scheduled_execution_time.strftime("%Y-%m"))
    folders = _district_folders(data.root, period)
    if not folders:
        yield dg.SkipReason(f"No district has landed for {period}.")
    for folder in folders:
        yield dg.RunRequest(run_key=f"{period}/{folder.name}", partition_key=partition_key(period, folder.name))


@dg.sensor(
    job=reconcile_district,
    minimum_interval_seconds=60,
    description="Reconcile a district's month when its landed files arrive or change and have been quiet for a minute.",
)
def landed_files(context: dg.SensorEvaluationContext, data: WelfareData) -> dg.SensorResult | dg.SkipReason:
    """One run per district folder whose content is new; the cursor remembers what each folder looked like.

    While the policy is wrong none is asked for, nor remembered: once it is right, they are.
    """
    problem = policy_problem(data.root)
    if problem is not None:
        return dg.SkipReason(problem)
    seen: dict[str, str] = json.loads(context.cursor or "{}")
    folders = [folder for period in data.root.landed_months() for folder in _district_folders(data.root, period)]
    prints = {_name(folder): folder_fingerprint(folder) for folder in folders if _is_quiet(folder)}
    changed = {name: fingerprint for name, fingerprint in prints.items() if seen.get(name) != fingerprint}
    return dg.SensorResult(
        run_requests=[_request(name, fingerprint) for name, fingerprint in changed.items()],
        cursor=json.dumps({**seen, **changed}, sort_keys=True),
    )


def _district_folders(root: DataRoot, period: str) -> list[Path]:
    codes, _ = districts_landed(root.landing(period))
    return [root.landing(period, code) for code in codes]


def _is_quiet(folder: Path) -> bool:
    newest = max((file.lstat().st_mtime for file in folder.iterdir()), default=None)
    return newest is not None and time.time() - newest >= QUIET_SECONDS


def _name(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def _request(name: str, fingerprint: str) -> dg.RunRequest:
    period, district = name.split("/")
    return dg.RunRequest(run_key=f"{name}/{fingerprint}", partition_key=partition_key(period, district))


def publication(tags: Mapping[str, str], run_id: str, instance: dg.DagsterInstance) -> dg.RunRequest | dg.SkipReason:
    """Publish the month of a finished district's run once no other district of it is still running."""
    period = tags["dagster/partition/month"]
    waiting = dg.RunsFilter(
        job_name=reconcile_district.name, statuses=UNFINISHED, tags={"dagster/partition/month": period}
    )
    if instance.get_runs_count(waiting):
        return dg.SkipReason(f"Other districts of {period} are still running.")
    return dg.RunRequest(run_key=f"{period}/{run_id}", partition_key=period)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[reconcile_district],
    request_job=publish_period,
    description="Publish the month for analysts when the last of its running districts is reconciled.",
)
def publication_after_success(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
    """Publish the month of a reconciled district."""
    return publication(context.dagster_run.tags, context.dagster_run.run_id, context.instance)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.FAILURE,
    monitored_jobs=[reconcile_district],
    request_job=publish_period,
    description="Publish the month for analysts without a district that failed or is held back.",
)
def publication_after_failure(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
    """Publish the month without a district that failed."""
    return publication(context.dagster_run.tags, context.dagster_run.run_id, context.instance)
