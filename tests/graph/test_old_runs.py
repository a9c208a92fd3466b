"""What becomes of the run history over the years."""

from datetime import UTC, datetime, timedelta

import dagster as dg

from welfare_pipeline.defs.old_runs import AT_ONCE, forget_old_runs


@dg.job
def nothing() -> None:
    """Do nothing."""


def test_runs_of_long_ago_go_and_unfinished_ones_stay(instance: dg.DagsterInstance) -> None:
    done = nothing.execute_in_process(instance=instance).run_id
    waiting = instance.create_run_for_job(nothing, status=dg.DagsterRunStatus.STARTED).run_id
    assert forget_old_runs(instance, 24) == 0
    in_two_years = datetime.now(UTC) + timedelta(days=740)
    assert forget_old_runs(instance, 24, today=in_two_years) == 1
    assert [run.run_id for run in instance.get_runs()] == [waiting]
    assert instance.all_logs(done) == []
    assert AT_ONCE > 1
