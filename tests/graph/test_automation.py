"""When runs start: the monthly schedule, the sensor on landed files, and publication after the last district."""

import errno
import os
import time
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD
from welfare_pipeline.contracts.period import following
from welfare_pipeline.defs import automation
from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.jobs import reconcile_district
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS, MONTHS
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.ingest import landing_folder
from welfare_pipeline.lake import DataRoot


def quieten(root: DataRoot, district: str, seconds: float = 3600) -> None:
    """Let the district's files have arrived that long ago."""
    then = time.time() - seconds
    for file in root.landing(PERIOD, district).iterdir():
        os.utime(file, (then, then))


def resources(root: DataRoot) -> dict[str, WelfareData]:
    """What Dagster hands to schedules and sensors."""
    return {"data": WelfareData(root=root)}


def tick(root: DataRoot, cursor: str | None = None) -> tuple[Sequence[dg.RunRequest], str | None]:
    """The runs that the sensor asks for, and its new cursor."""
    with dg.build_sensor_context(cursor=cursor, resources=resources(root)) as context:
        result = automation.landed_files(context)
    assert isinstance(result, dg.SensorResult)
    return result.run_requests or [], result.cursor


def skipped(root: DataRoot, cursor: str | None) -> str:
    """Why the sensor asks for nothing."""
    with dg.build_sensor_context(cursor=cursor, resources=resources(root)) as context:
        result = automation.landed_files(context)
    assert isinstance(result, dg.SensorResult)
    assert not result.run_requests
    assert isinstance(result.skip_reason, dg.SkipReason)
    return str(result.skip_reason.skip_message)


def test_landed_districts_are_requested_once(root: DataRoot) -> None:
    quieten(root, KAMPAR)
    quieten(root, BENGKALIS)
    requests, cursor = tick(root)

    assert [str(request.partition_key) for request in requests] == [f"{KAMPAR}|{PERIOD}", f"{BENGKALIS}|{PERIOD}"]
    assert tick(root, cursor) == ([], cursor)


def test_only_the_district_whose_file_changed_is_requested_again_under_another_key(root: DataRoot) -> None:
    quieten(root, KAMPAR)
    quieten(root, BENGKALIS)
    first, cursor = tick(root)
    (root.landing(PERIOD, KAMPAR) / "registry.csv").write_text("nik,nama\n1,SITI\n", encoding="utf-8")
    quieten(root, KAMPAR)
    requests, _ = tick(root, cursor)

    assert [str(request.partition_key) for request in requests] == [f"{KAMPAR}|{PERIOD}"]
    assert requests[0].run_key != first[0].run_key


def test_a_district_whose_files_are_still_arriving_waits(root: DataRoot) -> None:
    quieten(root, KAMPAR)
    requests, _ = tick(root)

    assert [str(request.partition_key) for request in requests] == [f"{KAMPAR}|{PERIOD}"]


def test_a_folder_that_is_no_district_is_not_requested(root: DataRoot) -> None:
    stranger = root.landing(PERIOD, "kampar")
    stranger.mkdir()
    (stranger / "registry.csv").write_text("nik,nama\n", encoding="utf-8")
    for folder in ("kampar", KAMPAR, BENGKALIS):
        quieten(root, folder)

    assert len(tick(root)[0]) == len((KAMPAR, BENGKALIS))


def next_month() -> str:
    """The first month that is not in the calendar yet."""
    return following(MONTHS.get_partition_keys()[-1])


def test_months_outside_the_calendar_are_named_and_stop_nobody(
    root: DataRoot, capsys: pytest.CaptureFixture[str]
) -> None:
    for period in ("2018-12", next_month(), "2021-13", "SITI 1401015507800001"):
        folder = root.landing(period, KAMPAR)
        folder.mkdir(parents=True)
        (folder / "registry.csv").write_text("nik,nama\n", encoding="utf-8")
    quieten(root, KAMPAR)
    requests, cursor = tick(root)
    reason = skipped(root, cursor)

    assert [str(request.partition_key) for request in requests] == [f"{KAMPAR}|{PERIOD}"]
    for text in (capsys.readouterr().err, reason):
        assert "landing/2018-12 is not run: months go from 2019-01 to " in text
        assert f"landing/{next_month()} is not run" in text
        assert "landing: 2 of its entries are no months" in text
        assert "SITI" not in text
    tick(root, cursor)
    assert "2018-12" not in capsys.readouterr().err  # once is enough for a log


def test_what_cannot_be_read_is_named_and_stops_nobody(root: DataRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    quieten(root, KAMPAR)
    quieten(root, BENGKALIS)
    root.landing("2021-12").mkdir()
    forbid(monkeypatch, root.landing(PERIOD, BENGKALIS), root.landing("2021-12"))
    requests, cursor = tick(root)
    reason = skipped(root, cursor)

    assert [str(request.partition_key) for request in requests] == [f"{KAMPAR}|{PERIOD}"]
    assert f"landing/{PERIOD}/{BENGKALIS} cannot be read (Permission denied)" in reason
    assert "landing/2021-12 cannot be read (Permission denied)" in reason


def test_a_landing_folder_that_cannot_be_read_is_no_quiet_one(root: DataRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid(monkeypatch, root.path / "landing")
    assert "landing cannot be read (Permission denied)" in skipped(root, None)
    with dg.build_schedule_context(
        scheduled_execution_time=datetime(2021, 12, 5, 2, tzinfo=UTC), resources=resources(root)
    ) as context:
        forbid(monkeypatch, root.landing(PERIOD))
        (asked,) = automation.monthly_reconciliation(context)
    assert "cannot be read (Permission denied)" in asked.skip_message


def forbid(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Let the system refuse to list these folders (whoever runs the tests may be allowed everything)."""
    listed = os.scandir, os.listdir

    def refuse(which: int, folder: str | Path) -> Any:
        if Path(folder) in folders:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        return listed[which](folder)

    monkeypatch.setattr(os, "scandir", lambda folder: refuse(0, folder))
    monkeypatch.setattr(os, "listdir", lambda folder: refuse(1, folder))


def test_links_that_go_in_circles_or_nowhere_stop_nobody(root: DataRoot) -> None:
    root.landing("2021-12").symlink_to(root.landing("2021-12"))
    root.landing("2022-01").symlink_to("nowhere")
    root.landing(PERIOD, "1404").symlink_to("1404")
    (root.landing(PERIOD, KAMPAR) / "pkh.csv").symlink_to("pkh.csv")
    os.utime(root.landing(PERIOD, KAMPAR) / "pkh.csv", (0, 0), follow_symlinks=False)
    (root.path / "landing" / "2022-02").write_text("", encoding="utf-8")
    quieten(root, BENGKALIS)
    os.utime(root.landing(PERIOD, KAMPAR) / "registry.csv", (0, 0))

    assert [request.partition_key for request in tick(root)[0]] == [f"{KAMPAR}|{PERIOD}", f"{BENGKALIS}|{PERIOD}"]


def test_a_file_that_is_taken_away_while_the_folder_is_looked_at_stops_nobody(
    root: DataRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    quieten(root, KAMPAR)
    quieten(root, BENGKALIS)
    listed = os.scandir

    def and_then_taken_away(folder: str | Path) -> Any:
        if Path(folder) != root.landing(PERIOD, BENGKALIS):
            return listed(folder)
        entries = list(listed(folder))
        (Path(folder) / "registry.csv").unlink()
        return nullcontext(entries)

    monkeypatch.setattr(os, "scandir", and_then_taken_away)
    assert [request.partition_key for request in tick(root)[0]] == [f"{KAMPAR}|{PERIOD}"]


def test_a_folder_of_too_many_files_is_named_and_not_looked_through(
    root: DataRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(landing_folder, "MOST_ENTRIES", 3)
    for number in range(4):
        (root.landing(PERIOD, BENGKALIS) / f"{number}.jpg").touch()
    quieten(root, KAMPAR)
    quieten(root, BENGKALIS)
    requests, cursor = tick(root)

    assert [request.partition_key for request in requests] == [f"{KAMPAR}|{PERIOD}"]
    assert f"landing/{PERIOD}/{BENGKALIS} has more than" in skipped(root, cursor)


@pytest.mark.parametrize("seconds", [-86_400, -10 * 365 * 86_400])
def test_files_of_a_clock_that_is_ahead_do_not_wait_for_ever(root: DataRoot, seconds: float) -> None:
    quieten(root, KAMPAR, seconds)
    assert [request.partition_key for request in tick(root)[0]] == [f"{KAMPAR}|{PERIOD}"]


@pytest.mark.parametrize("cursor", ["", "nonsense", "[1]", "null", '"x"', '{"2021-11/1401": 3}'])
def test_a_cursor_that_somebody_has_spoilt_is_begun_anew(root: DataRoot, cursor: str) -> None:
    quieten(root, KAMPAR)
    assert [request.run_key for request in tick(root, cursor)[0]] == [request.run_key for request in tick(root)[0]]


def test_nothing_is_published_for_a_run_of_a_month_that_never_landed(
    root: DataRoot, instance: dg.DagsterInstance
) -> None:
    run = instance.create_run_for_job(reconciling(), tags={"dagster/partition/month": "2022-01"})
    untagged = instance.create_run_for_job(reconciling())
    event = dg.DagsterEvent(event_type_value="PIPELINE_FAILURE", job_name=reconcile_district.name)
    for sensor in (automation.publication_after_failure, automation.publication_after_success):
        for failed in (run, untagged):
            told = (sensor.name, event, instance, failed)
            with dg.build_run_status_sensor_context(*told, resources=resources(root)) as context:
                assert isinstance(sensor(context), dg.SkipReason)


def test_while_the_policy_is_wrong_nothing_is_requested_and_once_it_is_right_all_of_it(root: DataRoot) -> None:
    quieten(root, KAMPAR)
    root.policy.write_text("[thresholds]\nreview_share = 2\n", "utf-8")
    with dg.build_sensor_context(resources=resources(root)) as context:
        skipped = automation.landed_files(context)
    assert isinstance(skipped, dg.SkipReason)
    assert "policy.toml: thresholds.review_share = 2: must be" in str(skipped.skip_message)

    root.policy.unlink()
    assert [str(request.partition_key) for request in tick(root)[0]] == [f"{KAMPAR}|{PERIOD}"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [(datetime(2021, 12, 5, 2, tzinfo=UTC), 2), (datetime(2022, 1, 5, 2, tzinfo=UTC), 0)],
)
def test_the_schedule_asks_for_the_landed_districts_of_the_month_before(
    root: DataRoot, day: datetime, expected: int
) -> None:
    with dg.build_schedule_context(scheduled_execution_time=day, resources=resources(root)) as context:
        asked = list(automation.monthly_reconciliation(context))

    assert len([request for request in asked if isinstance(request, dg.RunRequest)]) == expected


def test_the_month_is_published_when_its_last_district_is_done(instance: dg.DagsterInstance) -> None:
    tags = {"dagster/partition/month": PERIOD}
    assert isinstance(automation.publication(tags, "run-1", instance), dg.RunRequest)

    instance.create_run_for_job(reconciling(), tags=tags, status=dg.DagsterRunStatus.STARTED)
    assert isinstance(automation.publication(tags, "run-1", instance), dg.SkipReason)
    assert isinstance(automation.publication({"dagster/partition/month": "2021-12"}, "run-2", instance), dg.RunRequest)


def reconciling() -> dg.JobDefinition:
    """A job by the name of the district run."""

    @dg.job(name=reconcile_district.name)
    def job() -> None:
        pass

    return job


def test_a_district_run_is_of_a_month_and_a_district_and_publication_of_a_month() -> None:
    jobs = definitions()
    assert jobs.resolve_job_def("reconcile_district").partitions_def == DISTRICT_MONTHS
    assert jobs.resolve_job_def("publish_period").partitions_def == MONTHS
    assert MONTHS.has_partition_key(PERIOD)
