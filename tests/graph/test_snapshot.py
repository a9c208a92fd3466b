"""All Dagster definitions as a text file in the repository: a review sees what a change does to them."""

import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from welfare_pipeline.defs.everything import definitions

KEPT = Path(__file__).with_name("definitions.txt")
UPDATE = "WELFARE_UPDATE_SNAPSHOT"


def told(defs: dg.Definitions) -> Iterator[str]:
    """A line for each asset, check, job, schedule and sensor."""
    for spec in sorted(defs.resolve_all_asset_specs(), key=lambda spec: spec.key.to_user_string()):
        deps = ", ".join(sorted(dep.asset_key.to_user_string() for dep in spec.deps))
        name = f"asset {spec.key.to_user_string()} [{spec.group_name}]"
        yield f"{name} {_partitions(spec.partitions_def)} <- {deps}".strip()
    for check in sorted(defs.resolve_asset_graph().asset_check_keys, key=str):
        yield f"check {check.asset_key.to_user_string()}.{check.name}"
    repository = defs.get_repository_def()
    for job in sorted(repository.get_all_jobs(), key=lambda job: job.name):
        if not job.name.startswith("__"):
            steps = ", ".join(sorted(node.name for node in job.nodes))
            yield f"job {job.name} {_partitions(job.partitions_def)}: {steps}"
    for schedule in sorted(repository.schedule_defs, key=lambda schedule: schedule.name):
        yield f"schedule {schedule.name} {schedule.cron_schedule} {schedule.execution_timezone} {schedule.job_name}"
    for sensor in sorted(repository.sensor_defs, key=lambda sensor: sensor.name):
        target = ", ".join(sorted(job.name for job in sensor.jobs)) if sensor.has_jobs else "no job"
        yield f"sensor {sensor.name} every {sensor.minimum_interval_seconds} s: {target}"


def _partitions(partitions: dg.PartitionsDefinition[str] | None) -> str:
    if isinstance(partitions, dg.MultiPartitionsDefinition):
        return "by month and district"
    return "by month" if isinstance(partitions, dg.MonthlyPartitionsDefinition) else "not partitioned"


def test_dagster_is_told_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELFARE_DATA", str(tmp_path))
    text = "\n".join(told(definitions())) + "\n"
    if os.environ.get(UPDATE):
        KEPT.write_text(text, "utf-8")
    assert KEPT.read_text("utf-8") == text, "make docs"
