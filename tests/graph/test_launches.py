"""Launches that must not work: of a month that never landed, and with a data root of the caller's choice."""

from pathlib import Path

import dagster as dg
import pytest

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD, Stages
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.jobs import OWN_PUBLICATIONS, PERIOD_ASSETS
from welfare_pipeline.defs.landing import landing_step
from welfare_pipeline.defs.linking import linking_step
from welfare_pipeline.defs.overview import overview_asset
from welfare_pipeline.defs.partitions import partition_key
from welfare_pipeline.defs.reconciliation import reconciliation_step
from welfare_pipeline.lake import DataRoot

NEVER_LANDED = "2022-01"
DISTRICT_ASSETS = (landing_step(load_policy().sources), linking_step(), reconciliation_step(), *OWN_PUBLICATIONS)
PERIOD_JOBS = {
    "cross_district_duplicates": "compare_districts",
    "welfare_database": "publish_period",
    "month_overview": "publish_period",
}
STEPS = {step.op.name: step for step in (*DISTRICT_ASSETS, *PERIOD_ASSETS, overview_asset(load_policy()))}


def launch(instance: dg.DagsterInstance, step: str, period: str, district: str) -> dg.ExecuteInProcessResult:
    """Materialize the assets of one step by themselves, as one may in the web pages."""
    assets = STEPS[step]
    is_of_district = assets in DISTRICT_ASSETS
    job = definitions().resolve_job_def("reconcile_district" if is_of_district else PERIOD_JOBS[step])
    return job.execute_in_process(
        instance=instance,
        partition_key=partition_key(period, district) if is_of_district else period,
        asset_selection=list(assets.keys),
        raise_on_error=False,
    )


def told(result: dg.ExecuteInProcessResult) -> str:
    """The sentence a run failed with."""
    (failure,) = [event for event in result.all_events if event.is_step_failure]
    return str(failure.step_failure_data.user_failure_data.description)


def left_behind(root: DataRoot) -> set[Path]:
    """Files of the lake and of what is published; locks and the mark of the lake's layout hold no rows."""
    kept = {".locks", ".layout"}
    folders = [file for folder in ("lake", "published") for file in (root.path / folder).rglob("*")]
    return {file.relative_to(root.path) for file in folders if file.is_file() and not kept & set(file.parts)}


@pytest.mark.parametrize("step", [*STEPS])
def test_a_step_of_a_month_that_never_landed_says_what_to_land_and_leaves_nothing(
    step: str, root: DataRoot, stages: Stages, instance: dg.DagsterInstance
) -> None:
    result = launch(instance, step, NEVER_LANDED, KAMPAR)
    (run,) = instance.get_runs()

    assert not result.success
    assert run.status is dg.DagsterRunStatus.CANCELED  # of a failed run, every check would be shown as failed
    assert f"landing/{NEVER_LANDED}/" in told(result)
    assert "unexpected" not in told(result)
    assert result.get_asset_check_evaluations() == []
    assert left_behind(root) == set()
    assert stages.published == []


def test_steps_one_after_the_other_make_a_month_as_the_job_does(
    root: DataRoot, stages: Stages, instance: dg.DagsterInstance
) -> None:
    assert launch(instance, "land", PERIOD, KAMPAR).success
    early = launch(instance, "reconcile", PERIOD, KAMPAR)
    assert told(early).startswith(f"{PERIOD} of district {KAMPAR} has no links")
    assert "reconcile_district" in told(early)
    for step in ("link", "reconcile", "district_database", "worklists", "report"):
        assert launch(instance, step, PERIOD, KAMPAR).success, step
    assert root.partition(PERIOD, KAMPAR).path("recipient_outcomes").exists()
    assert stages.published == [KAMPAR]


def test_a_step_after_a_delivery_that_is_held_back_is_not_made_of_nothing(
    root: DataRoot, stages: Stages, instance: dg.DagsterInstance
) -> None:
    stages.failing = {(BENGKALIS, "registry_does_not_exceed_population")}
    assert not launch(instance, "land", PERIOD, BENGKALIS).success
    before = left_behind(root)

    assert "is held back" in told(launch(instance, "link", PERIOD, BENGKALIS))
    assert left_behind(root) == before
    pointer = root.pointer(PERIOD, BENGKALIS)
    assert pointer is not None
    assert pointer.state == "held_back"  # not failed: the step was started too early


@pytest.mark.usefixtures("stages")
def test_a_step_of_a_month_that_was_withdrawn_says_so_and_not_that_nothing_landed(
    root: DataRoot, instance: dg.DagsterInstance
) -> None:
    for step in ("land", "link", "reconcile", "district_database"):
        assert launch(instance, step, PERIOD, KAMPAR).success, step
    published = root.published_partition(PERIOD, KAMPAR)
    published.point(lambda pointer: pointer.withdrawn("Withdrawn on purpose.", 2))
    said = told(launch(instance, "worklists", PERIOD, KAMPAR))
    assert said.startswith(f"{PERIOD} of district {KAMPAR} was withdrawn")
    assert f"welfare run --period {PERIOD} --district {KAMPAR}" in said


@pytest.mark.parametrize(
    "config",
    [
        {"resources": {"data": {"config": {"path": "{elsewhere}"}}}},
        {"resources": {"data": {"config": {"root": {"path": "{elsewhere}"}}}}},
        {"resources": {"root": {"config": {"path": "{elsewhere}"}}}},
        {"resources": {"io_manager": {"config": {"base_dir": "{elsewhere}"}}}, "ops": {"land": {"config": {"a": 1}}}},
        {"ops": {"land": {"config": {"path": "{elsewhere}"}}}},
        {"ops": {"reconcile": {"config": {"root": "{elsewhere}"}}}},
    ],
)
def test_no_launch_says_where_the_data_are(
    config: dict[str, object], root: DataRoot, instance: dg.DagsterInstance
) -> None:
    job = definitions().resolve_job_def("reconcile_district")
    with pytest.raises(dg.DagsterInvalidConfigError, match="unexpected config entry"):
        job.execute_in_process(instance=instance, partition_key=partition_key(PERIOD, KAMPAR), run_config=config)
    assert left_behind(root) == set()
