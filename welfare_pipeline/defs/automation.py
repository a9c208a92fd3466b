"""When runs start by themselves: each month, when files land or change, and publication after a district's run."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

import dagster as dg

from welfare_pipeline.contracts.period import previous
from welfare_pipeline.defs.arrivals import arrivals, landed_in_month
from welfare_pipeline.defs.jobs import publish_period, reconcile_district
from welfare_pipeline.defs.partitions import partition_key
from welfare_pipeline.defs.policy_shown import policy_problem
from welfare_pipeline.defs.resources import WelfareData

REMARKS = "remarks"  # in the cursor: those already logged
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
    districts, remarks = landed_in_month(data.root, period)
    if not districts:
        yield dg.SkipReason(" ".join([f"No district has landed for {period}.", *remarks]))
    elif remarks:
        context.log.warning(" ".join(remarks))
    for district in districts:
        yield dg.RunRequest(run_key=f"{period}/{district}", partition_key=partition_key(period, district))


@dg.sensor(
    job=reconcile_district,
    minimum_interval_seconds=60,
    description="Reconcile a district's month when its landed files arrive or change and have been quiet for a minute.",
)
def landed_files(context: dg.SensorEvaluationContext, data: WelfareData) -> dg.SensorResult | dg.SkipReason:
    """One run per district folder whose content is new; the cursor remembers what each folder looked like.

    What cannot be run (a month outside the calendar, a folder that may not be read) is named in the tick's reason to
    skip, and once in the log; the other districts go on. While the policy is wrong no run is asked for, nor
    remembered: once it is right, they are.
    """
    problem = policy_problem(data.root)
    if problem is not None:
        return dg.SkipReason(problem)
    seen, found = _seen(context.cursor), arrivals(data.root)
    changed = {name: print_ for name, print_ in found.fingerprints.items() if seen.get(name) != print_}
    remarks = {REMARKS: " ".join(found.remarks)}
    if found.remarks and seen.get(REMARKS) != remarks[REMARKS]:
        context.log.warning(remarks[REMARKS])
    return dg.SensorResult(
        run_requests=[_request(name, fingerprint) for name, fingerprint in changed.items()],
        skip_reason=None if changed else _nothing_new(found.remarks),
        cursor=json.dumps({**seen, **changed, **remarks}, sort_keys=True),
    )


def _seen(cursor: str | None) -> dict[str, str]:
    """What the cursor remembers; nothing, if somebody has spoilt it (runs keep their keys: none is doubled)."""
    with suppress(ValueError):
        remembered = json.loads(cursor or "{}")
        if isinstance(remembered, dict):
            return remembered
    return {}


def _nothing_new(remarks: Sequence[str]) -> str:
    return " ".join(["No district's files are new and have been quiet for a minute.", *remarks])


def _request(name: str, fingerprint: str) -> dg.RunRequest:
    period, district = name.split("/")
    return dg.RunRequest(run_key=f"{name}/{fingerprint}", partition_key=partition_key(period, district))


def publication(tags: Mapping[str, str], run_id: str, instance: dg.DagsterInstance) -> dg.RunRequest | dg.SkipReason:
    """Publish the month of a finished district's run once no other district of it is still running."""
    period = tags.get("dagster/partition/month")
    if period is None:
        return dg.SkipReason("The run was of no month and district.")
    waiting = dg.RunsFilter(
        job_name=reconcile_district.name, statuses=UNFINISHED, tags={"dagster/partition/month": period}
    )
    if instance.get_runs_count(waiting):
        return dg.SkipReason(f"Other districts of {period} are still running.")
    return dg.RunRequest(run_key=f"{period}/{run_id}", partition_key=period)


def _publication_of(
    run: dg.DagsterRun, instance: dg.DagsterInstance, data: WelfareData
) -> dg.RunRequest | dg.SkipReason:
    period = run.tags.get("dagster/partition/month")
    if not any(partition.period == period for partition in data.root.partitions()):
        return dg.SkipReason(f"Nothing of {period} has been read.")
    return publication(run.tags, run.run_id, instance)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[reconcile_district],
    request_job=publish_period,
    description="Publish the month for analysts when the last of its running districts is reconciled.",
)
def publication_after_success(context: dg.RunStatusSensorContext, data: WelfareData) -> dg.RunRequest | dg.SkipReason:
    """Publish the month of a reconciled district."""
    return _publication_of(context.dagster_run, context.instance, data)


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.FAILURE,
    monitored_jobs=[reconcile_district],
    request_job=publish_period,
    description="Publish the month for analysts without a district that failed or is held back.",
)
def publication_after_failure(context: dg.RunStatusSensorContext, data: WelfareData) -> dg.RunRequest | dg.SkipReason:
    """Publish the month without a district that failed."""
    return _publication_of(context.dagster_run, context.instance, data)
