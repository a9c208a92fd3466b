"""What becomes of the run history over the years, and of runs whose server was killed."""

import json
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg

from welfare_pipeline.defs.instance import close_runs_of_gone_servers
from welfare_pipeline.defs.old_runs import AT_ONCE, forget_old_runs
from welfare_pipeline.defs.served import PROCESS_TAG

SERVER = ".dagster/grpc_info"


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


def test_a_run_whose_server_was_killed_is_closed_when_pages_begin_and_one_that_goes_on_is_not(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    """The power went while Kampar was decided under the pages: its run counted as going on, and its district waited."""

    def begun(status: dg.DagsterRunStatus = dg.DagsterRunStatus.STARTED, **tags: str) -> str:
        return instance.create_run_for_job(nothing, status=status, tags=tags).run_id

    with socket.socket(socket.AF_UNIX) as server, socket.socket() as reachable:
        server.bind(str(tmp_path / "code"))
        server.listen()
        reachable.bind(("127.0.0.1", 0))
        reachable.listen()
        places = ({"host": "localhost", "socket": str(tmp_path / name)} for name in ("gone", "code"))
        gone, there = ({SERVER: json.dumps(place)} for place in places)
        elsewhere = {SERVER: json.dumps({"host": "127.0.0.1", "port": reachable.getsockname()[1]})}
        dead = [begun(**gone), begun(dg.DagsterRunStatus.CANCELING, **gone)]
        others = [begun(**there), begun(**elsewhere), begun(), begun(**gone, **{PROCESS_TAG: "process-1-abc"})]
        others += [begun(dg.DagsterRunStatus.NOT_STARTED)]
        close_runs_of_gone_servers(instance)
    ended = {run.run_id for run in instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE]))}
    assert ended == {*dead}
    assert not ended & {*others}
