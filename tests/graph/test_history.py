"""Dagster's run history while one process runs many districts: nothing is lost with its files kept open."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from sqlalchemy import event

from welfare_pipeline.defs.history import KEPT, history_kept_open

VERSION = "dagster/data_version"


@dg.op
def _reads_a_list() -> None:
    """Do nothing."""


@dg.job
def _month() -> None:
    _reads_a_list()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Dagster home with nothing in it."""
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def instance(home: Path) -> Iterator[dg.DagsterInstance]:
    """The instance of that home."""
    assert home.is_dir()
    with dg.DagsterInstance.get() as instance:
        yield instance


def engines(instance: dg.DagsterInstance) -> tuple[object, object]:
    """The engines of two connections to the index of all runs, one after the other."""
    with instance.event_log_storage.index_connection() as first:  # type: ignore[attr-defined]  # of SQLite's storage
        pass
    with instance.event_log_storage.index_connection() as second:  # type: ignore[attr-defined]
        return first.engine, second.engine


def test_a_file_keeps_its_engine_inside_and_is_dagsters_again_after(instance: dg.DagsterInstance) -> None:
    with history_kept_open(instance):
        engines(instance)
        first, second = engines(instance)
        assert first is second
    first, second = engines(instance)
    assert first is not second


def kept(instance: dg.DagsterInstance, run_id: str) -> set[str]:
    """The kinds of events that the history has of a run."""
    return {str(log.dagster_event.event_type_value) for log in instance.all_logs(run_id) if log.dagster_event}


def test_others_read_the_events_of_more_runs_than_files_are_kept(instance: dg.DagsterInstance) -> None:
    with history_kept_open(instance):
        runs = [_month.execute_in_process(instance=instance) for _ in range(KEPT + 2)]
        with dg.DagsterInstance.get() as other:
            for run in runs:
                assert other.get_run_by_id(run.run_id) is not None
                assert {event.event_type_value for event in run.all_events} <= kept(other, run.run_id)


def test_a_history_in_memory_is_left_as_it_is() -> None:
    with dg.DagsterInstance.ephemeral() as instance, history_kept_open(instance):
        run = _month.execute_in_process(instance=instance)
        assert run.success
        assert "PIPELINE_SUCCESS" in kept(instance, run.run_id)


@dg.multi_asset(
    specs=[dg.AssetSpec(f"list_{n}") for n in range(5)], check_specs=[dg.AssetCheckSpec("sound", asset="list_0")]
)
def _five_lists() -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    for n in range(5):
        yield dg.MaterializeResult(asset_key=f"list_{n}")
    yield dg.AssetCheckResult(asset_key="list_0", check_name="sound", passed=True)


def test_what_a_run_intends_to_do_is_written_at_once_and_all_of_it(instance: dg.DagsterInstance) -> None:
    job = dg.Definitions(assets=[_five_lists], jobs=[dg.define_asset_job("month")]).resolve_job_def("month")
    commits: list[object] = []
    with history_kept_open(instance):
        assert job.execute_in_process(instance=instance).success  # the files are made and stay open
        with instance.event_log_storage.index_connection() as con:  # type: ignore[attr-defined]  # of SQLite's storage
            event.listen(con.engine, "commit", commits.append)
        run = instance.create_run_for_job(job)
    assert len(commits) < 5, "one for the five lists and their check, and those of the look at the connection"
    logged = [log.dagster_event for log in instance.all_logs(run.run_id) if log.dagster_event]
    assert len([intended for intended in logged if intended.is_asset_materialization_planned]) == 5


def test_what_was_noted_of_an_asset_is_the_newest_though_it_was_asked_before(instance: dg.DagsterInstance) -> None:
    asset = dg.AssetKey("registry")
    with history_kept_open(instance):
        for rows in (1, 2):
            made = dg.AssetMaterialization(
                "registry", metadata={"rows": rows}, tags={VERSION: str(rows)}, partition="m"
            )
            instance.report_runless_asset_event(made)
            asked = [instance.get_asset_records([asset, dg.AssetKey("nothing")]) for _ in range(2)]
            for [record] in asked:
                noted = record.asset_entry.last_materialization_record
                assert noted is not None
                assert noted.asset_materialization is not None
                assert noted.asset_materialization.metadata["rows"].value == rows
                kind = noted.event_log_entry.get_dagster_event().event_type
                tags = instance.event_log_storage.get_latest_tags_by_partition(asset, kind, [VERSION])
                assert tags == {"m": {VERSION: str(rows)}}
