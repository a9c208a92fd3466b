"""When runs start: the monthly schedule, the sensor on landed files, and publication after the last district."""

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime

import dagster as dg
import pytest

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD
from welfare_pipeline.defs import automation
from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.jobs import reconcile_district
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS, MONTHS
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.lake import DataRoot


def quieten(root: DataRoot, district: str, seconds: float = 3600) -> None:
    """Let the district's files have arrived that long ago."""
    then = time.time() - seconds
    for file in root.landing(PERIOD, district).iterdir():
        os.utime(file, (then, then))


def resources(root: DataRoot) -> dict[str, WelfareData]:
    """What Dagster hands to schedules and sensors."""
    return {"data": WelfareData(path=str(root.path))}


def tick(root: DataRoot, cursor: str | None = None) -> tuple[Sequence[dg.RunRequest], str | None]:
    """The runs that the sensor asks for, and its new cursor."""
    with dg.build_sensor_context(cursor=cursor, resources=resources(root)) as context:
        result = automation.landed_files(context)
    assert isinstance(result, dg.SensorResult)
    return result.run_requests or [], result.cursor


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
    assert DISTRICT_MONTHS.has_partition_key(dg.MultiPartitionKey({"month": PERIOD, "district": KAMPAR}))
    assert not DISTRICT_MONTHS.has_partition_key(dg.MultiPartitionKey({"month": PERIOD, "district": "9999"}))
