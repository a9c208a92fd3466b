"""A month on a fleet, with real Redis and PostgreSQL on this machine: the same results, whoever is killed meanwhile."""

import os
import runpy
import shutil
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import click
import dagster as dg
import pytest

from tests import ready
from tests.end_to_end.fleet import Fleet, free_port, lacking, stores, until
from welfare_pipeline.defs.fleet.server import noted_server
from welfare_pipeline.defs.fleet.settings import FleetError
from welfare_pipeline.defs.fleet.version import version_of
from welfare_pipeline.defs.history import BATCH
from welfare_pipeline.lake import DataRoot

pytestmark = pytest.mark.skipif(  # .ci/run installs all of it, and then wants them to run
    bool(lacking()) and "WELFARE_TEST_FLEET" not in os.environ, reason=f"a fleet needs {', '.join(lacking())}"
)
KILLS = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "kills.py"))
PERIOD, KAMPAR, BENGKALIS = "2021-11", "1401", "1403"
POLICY = "[thresholds]\nlarge_district_bytes = {bytes}\n"  # Kampar lands more than that, Bengkalis less
OFTEN = {"WELFARE_FLEET_LOOK": "0.5", "DAGSTER_EVENT_LOG_CONSUMER_DAEMON_INTERVAL_SECONDS": "1"}
RESULTS = {
    dg.DagsterEventType.ASSET_MATERIALIZATION,
    dg.DagsterEventType.ASSET_CHECK_EVALUATION,
    dg.DagsterEventType.STEP_OUTPUT,  # not of checks: their results say the same
}
STARTED, SUCCESS, CANCELED = dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.CANCELED


def landed(root: Path, district: str) -> int:
    return sum(file.stat().st_size for file in (root / "landing" / PERIOD / district).iterdir())


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A server, a worker of two slots; Kampar and Bengkalis have landed. Beside it, the same landed for one process."""
    folder = tmp_path_factory.mktemp("fleet")
    data = folder / "data"
    KILLS["land"](data, PERIOD, (KAMPAR,), people=16)
    KILLS["land"](data, PERIOD, (BENGKALIS,), people=12)
    limit = (landed(data, KAMPAR) + landed(data, BENGKALIS)) // 2
    (data / "policy.toml").write_text(POLICY.format(bytes=limit), "utf-8")
    DataRoot(data).deployment_secret()
    shutil.copytree(data, folder / "alone")
    alone = ready.start(ready.WELFARE, "run", "--period", PERIOD, "--data", str(folder / "alone"))
    with stores() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.delenv("DAGSTER_HOME", raising=False)
        fleet = Fleet(data, environment | OFTEN, alone=alone)
        try:
            code, said = fleet.ended("fleet", "init")
            assert code == 0, said
            early = fleet.typed("run", "--fleet", "--period", PERIOD)  # before there is a server
            fleet.started("fleet", "worker", "--concurrency", "2")
            code, said = fleet.heard(early)
            assert (code, "no server of the fleet answers" in said) == (1, True), said
            fleet.started("fleet", "serve", "--no-automation", "--port", str(free_port()))
            until((data / "dagster" / "fleet.json").exists, "the server")
            yield fleet
        finally:
            fleet.end()


@pytest.fixture(scope="module")
def expected(fleet: Fleet) -> dict[str, Any]:
    """What one process publishes."""
    done = fleet.alone.ended()
    assert done.returncode == 0, done.stderr
    published: dict[str, Any] = KILLS["published"](fleet.data.with_name("alone"))
    return published


def noted(data: Path) -> Counter[tuple[str, str]]:
    """How many results of each kind the run history has of the jobs of a district's month."""
    with dg.DagsterInstance.from_config(str(data / "dagster")) as instance:
        of = [run for run in instance.get_runs() if run.job_name in {"link_district", "decide_district"}]
        events = [(run.job_name, log.dagster_event) for run in of for log in instance.all_logs(run.run_id)]
    return Counter((job, event.event_type_value) for job, event in events if event and event.event_type in RESULTS)


def test_two_districts_on_the_fleet_are_published_as_by_one_process(fleet: Fleet, expected: dict[str, Any]) -> None:
    code, said = fleet.ended("run", "--fleet", "--period", PERIOD)
    assert code == 0, said
    assert said.count("reconciled") == 2

    found = KILLS["published"](fleet.data)
    assert [name for name in expected if found.get(name) != expected[name]] == []
    assert noted(fleet.data) == noted(fleet.data.with_name("alone"))
    code, said = fleet.ended("fleet", "status")
    assert code == 0, said
    assert "takes large and small" in said
    assert "waiting: 0 large, 0 small" in said


def test_events_are_noted_together_as_dagster_notes_them_one_by_one(
    fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.end_to_end import fleet_events  # noqa: PLC0415  needs the extra
    from welfare_pipeline.defs.fleet import storage  # noqa: PLC0415

    server, history = fleet.environment["WELFARE_DATABASE"], fleet_events.noted
    alone = history(tmp_path / "alone", fleet_events.BY_DAGSTER, server, "one_by_one", lambda: None)

    def executing() -> None:
        monkeypatch.setenv(storage.KEPT_OPEN, storage.EXECUTES)
        monkeypatch.setenv(*BATCH)
        monkeypatch.setattr(storage, "unused_outputs", frozenset)

    together = history(tmp_path / "fleet", fleet_events.BY_THE_FLEET, server, "together", executing)
    assert together == alone
    assert {check[3] for check in together["checks"]} == {"SUCCEEDED", "FAILED", "PLANNED"}


def test_a_worker_keeps_its_connections_however_many_runs_it_has_had(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg2  # noqa: PLC0415  of the extra

    from welfare_pipeline.defs.fleet import storage  # noqa: PLC0415

    monkeypatch.setenv(storage.KEPT_OPEN, storage.EXECUTES)
    monkeypatch.setattr(storage, "unused_outputs", frozenset)
    had = []
    for _ in range(5):
        instance = dg.DagsterInstance.from_config(str(fleet.data / "dagster"))
        instance.get_runs(limit=1)
        instance.all_asset_keys()
        instance.dispose()
        had.append(instance)  # as garbage is, until it is looked for
    with closing(psycopg2.connect(fleet.environment["WELFARE_DATABASE"])) as con, con.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database() and client_port in %s",
            [_ports_of_this_process()],
        )
        assert cursor.fetchall() == [(3,)]  # for runs, for events, and this one


def test_a_kept_connection_that_the_database_has_ended_is_made_anew(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg2  # noqa: PLC0415  of the extra

    from welfare_pipeline.defs.fleet import storage  # noqa: PLC0415

    monkeypatch.setenv(storage.KEPT_OPEN, storage.EXECUTES)
    monkeypatch.setattr(storage, "unused_outputs", frozenset)
    with dg.DagsterInstance.from_config(str(fleet.data / "dagster")) as instance:
        before = instance.get_runs_count(), len(instance.all_asset_keys())
        with closing(psycopg2.connect(fleet.environment["WELFARE_DATABASE"])) as con, con.cursor() as cursor:
            cursor.execute(
                "select count(pg_terminate_backend(pid)) >= 2 from pg_stat_activity "
                "where client_port in %s and pid <> pg_backend_pid()",
                [_ports_of_this_process()],
            )
            assert cursor.fetchall() == [(True,)]  # for runs, for events
        assert (instance.get_runs_count(), len(instance.all_asset_keys())) == before


def test_a_month_goes_on_when_the_database_was_away_while_a_district_was_read(
    fleet: Fleet, expected: dict[str, Any]
) -> None:
    before = {run.run_id for run in fleet.runs()}
    running = fleet.typed("run", "--fleet", "--period", PERIOD)
    until(lambda: {run.run_id for run in fleet.runs(STARTED, SUCCESS)} - before, "a district is read")
    with fleet.without_database():
        time.sleep(3)
    code, said = fleet.heard(running)
    assert code == 0, said
    assert "unexpected" not in said
    assert "psycopg2" not in said
    found = KILLS["published"](fleet.data)
    assert [name for name in expected if found.get(name) != expected[name]] == []


def test_a_run_that_a_restart_of_the_database_did_not_end_is_held_again(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    from welfare_pipeline.defs.fleet.liveness import held, held_numbers, is_held  # noqa: PLC0415

    monkeypatch.setenv("WELFARE_DATABASE", fleet.environment["WELFARE_DATABASE"])
    run = str(uuid4())
    with held(run) as is_free:
        assert is_free
        with fleet.without_database():
            time.sleep(0.3)
        until(lambda: is_held(run, held_numbers()), "the run is held again")
        with held(run) as is_free_for_another:
            assert not is_free_for_another
    until(lambda: not is_held(run, held_numbers()), "it is let go")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # between dagster-graphql and its client
def test_a_server_that_does_not_take_a_run_at_once_is_asked_again(
    fleet: Fleet, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dagster_graphql import DagsterGraphQLClient, DagsterGraphQLClientError  # noqa: PLC0415

    from welfare_pipeline.defs.fleet import submitting  # noqa: PLC0415

    left, takes = [2], DagsterGraphQLClient.submit_job_execution

    def taken(client: DagsterGraphQLClient, *words: Any, **more: Any) -> str:
        left[0] -= 1
        if left[0] >= 0:
            kind = "PythonError"  # its database has just been started again, say
            raise DagsterGraphQLClientError(kind)
        return takes(client, *words, **more)

    for name in ("DAGSTER_HOME", "WELFARE_DATA"):  # set by what is done here
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(submitting, "_LATER", 0.1)
    monkeypatch.setattr(DagsterGraphQLClient, "submit_job_execution", taken)
    runs = submitting.FleetRuns(fleet.data_root)
    assert runs.compare(PERIOD).reason == ""
    left[0] = 3  # it answers, and takes it never
    with pytest.raises(FleetError, match=f"does not take {PERIOD}"):
        runs.compare(PERIOD)


def test_what_does_not_answer_is_named(fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    from redis.exceptions import ConnectionError as Lost  # noqa: PLC0415

    from welfare_pipeline.defs.fleet.liveness import held_numbers  # noqa: PLC0415
    from welfare_pipeline.defs.fleet.workers import Workers  # noqa: PLC0415

    def lost(**_: object) -> None:
        raise Lost

    workers = Workers()
    assert workers.is_one_answering(10)
    monkeypatch.setattr(workers.app.control, "inspect", lost)
    with pytest.raises(FleetError, match=r"the broker \(WELFARE_BROKER\) does not answer"):
        workers.is_one_answering()
    assert held_numbers() == set()
    with (
        fleet.without_database(),
        pytest.raises(FleetError, match=r"the database \(WELFARE_DATABASE\) does not answer"),
    ):
        held_numbers()


def test_another_policy_holds_for_server_and_workers_without_starting_them_again(fleet: Fleet) -> None:
    before = fleet.data_root.policy.read_text("utf-8")
    fleet.data_root.policy.write_text(f"{before}decision_months = 11\n", "utf-8")
    try:
        own = version_of(fleet.data_root)
        until(lambda: (server := noted_server(fleet.data_root)) and server.version == own, "the server knows", 20)
    finally:
        fleet.data_root.policy.write_text(before, "utf-8")


def _ports_of_this_process() -> tuple[int, ...]:
    """The ports of its connections over TCP."""
    own = {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}
    lines = [line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:]]
    return tuple(int(line[1].rpartition(":")[2], 16) for line in lines if f"socket:[{line[9]}]" in own)


def test_killed_processes_and_workers_lose_no_district_and_a_large_one_keeps_no_small_one_waiting(
    fleet: Fleet, expected: dict[str, Any]
) -> None:
    before = {run.run_id for run in fleet.runs()}

    def new(*statuses: dg.DagsterRunStatus) -> list[dg.DagsterRun]:
        return [run for run in fleet.runs(*statuses) if run.run_id not in before]

    with DataRoot(fleet.data).alone(KAMPAR):  # Kampar's run waits for its turn: it takes long
        running = fleet.typed("run", "--fleet", "--period", PERIOD)
        until(lambda: len(new()) == 2, "both districts are submitted")
        second = fleet.started("run", "--fleet", "--period", PERIOD, "--district", KAMPAR)
        until(lambda: new(SUCCESS), "Bengkalis is linked while Kampar, which is large, is not")
        (small,), (large,) = new(SUCCESS), new(STARTED)
        assert small.tags["dagster/partition/district"] == BENGKALIS
        assert [run.tags["dagster-celery/queue"] for run in (small, large)] == ["small", "large"]

        fleet.started("fleet", "worker", "--concurrency", "1")
        until(lambda: len(new()) == 3, "the same district again waits in the queue")
        second.send_signal(signal.SIGINT)
        assert second.wait(30) == 130
        assert [run.status for run in new()].count(CANCELED) == 1
        assert len(new()) == 3  # that which takes long was not started twice

        (process,) = fleet.executing()
        os.kill(process, signal.SIGKILL)
        until(lambda: len(new()) == 4, "the district is taken over", 30)

        until(lambda: {run.run_id for run in new(STARTED)} - {large.run_id}, "a worker has it again")
        (again,) = (run.run_id for run in new(STARTED) if run.run_id != large.run_id)
        stranger = fleet.typed("fleet", "worker", WELFARE_SECRET="another secret, of nobody")  # noqa: S106  made up
        (process,) = {*fleet.executing()} - {process}  # Celery may not have missed the killed one yet
        fleet.kill_worker_of(process)
        until(lambda: again not in {run.run_id for run in new(STARTED)}, "the worker is seen to be gone", 30)
    code, said = fleet.heard(stranger)
    assert code == 1
    assert "not the secret that the keys in the lake were made with" in said
    code, said = fleet.heard(running)
    assert code == 0, said
    assert KILLS["published"](fleet.data) == expected

    code, said = fleet.ended("fleet", "stop")
    assert code == 0, said
    until(lambda: not fleet.left(), "nothing is left running")


@pytest.mark.parametrize(("told", "pause"), [("", 3.0), ("0.5", 0.5), ("often", None), ("0", None), ("nan", None)])
def test_how_often_the_workers_are_looked_at_is_set_in_seconds(
    monkeypatch: pytest.MonkeyPatch, told: str, pause: float | None
) -> None:
    serving = pytest.importorskip("welfare_pipeline.cli.fleets.serving")
    monkeypatch.setenv("WELFARE_FLEET_LOOK", told)
    if pause is not None:
        assert serving.pause_between_looks() == pause
        return
    with pytest.raises(click.UsageError, match="WELFARE_FLEET_LOOK is no number of seconds"):
        serving.pause_between_looks()
