"""Runs of long ago go out of the run history; what they made stays, and `run_manifest` says which run made it."""

from datetime import UTC, datetime, timedelta

import dagster as dg

AT_ONCE = 50  # runs: a publication does not wait for years of them
_DAYS = 30.5  # of a month
_FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def forget_old_runs(instance: dg.DagsterInstance, months: int, *, today: datetime | None = None) -> int:
    """Delete finished runs that began more than so many months ago, some at a time. Returns how many."""
    before = (today or datetime.now(UTC)) - timedelta(days=months * _DAYS)
    old = instance.get_runs(dg.RunsFilter(statuses=_FINISHED, created_before=before), limit=AT_ONCE, ascending=True)
    for run in old:
        instance.delete_run(run.run_id)
    return len(old)
