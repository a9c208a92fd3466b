"""Runs of `welfare run` in the history that the pages read: under their job, named, with a sentence if they fail."""

import shutil
from pathlib import Path

import dagster as dg
import pytest

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD, fake_stages
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.defs.partitions import partition_key
from welfare_pipeline.defs.recording import Recorder
from welfare_pipeline.lake import DataRoot

REPOSITORY = Path(__file__).parents[2]
OF_THE_PAGES = {".dagster/repository": "__repository__@welfare_pipeline.definitions"}  # how they find a job's runs


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Kampar is reconciled, Bengkalis held back."""
    root = DataRoot(tmp_path_factory.mktemp("recorded") / "data")
    for district in (KAMPAR, BENGKALIS):
        root.landing(PERIOD, district).mkdir(parents=True)
        (root.landing(PERIOD, district) / "registry.csv").write_text("nik,nama\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELFARE_DATA", str(root.path))
        patch.setenv("DAGSTER_HOME", str(root.dagster))
        stages = fake_stages(patch)
        stages.failing = {(BENGKALIS, "registry_does_not_exceed_population")}
        recorder = Recorder(root)
        for district in (KAMPAR, BENGKALIS):
            recorder.reconcile(PERIOD, district)
    return root


@pytest.fixture
def instance(history: DataRoot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dg.DagsterInstance:
    """What `dagster dev` uses in the repository, by its dagster.yaml: it takes that along into a temporary folder."""
    monkeypatch.setenv("WELFARE_DATA", str(history.path))
    monkeypatch.setenv("DAGSTER_HOME", "")
    shutil.copy(REPOSITORY / "dagster.yaml", tmp_path)
    return dg.DagsterInstance.from_config(str(tmp_path))


def test_plain_dagster_in_the_repository_uses_the_history_of_the_data_root(
    instance: dg.DagsterInstance, history: DataRoot
) -> None:
    assert instance.root_directory == str(history.dagster)
    assert instance.get_ref().settings["run_retries"] == {
        "enabled": True, "max_retries": 2, "retry_on_asset_or_op_failure": False
    }  # fmt: skip
    assert len(instance.get_runs()) == 2


@pytest.mark.parametrize("district", [KAMPAR, BENGKALIS])
def test_a_run_stands_under_its_job_and_its_districts_name(instance: dg.DagsterInstance, district: str) -> None:
    found = dg.RunsFilter(
        job_name="reconcile_district", tags=OF_THE_PAGES | {"welfare/district": district_name(district)}
    )
    (run,) = instance.get_runs(found)
    assert run.tags["dagster/partition"] == partition_key(PERIOD, district)
    assert run.remote_job_origin is not None  # without it the timeline leaves a run out


def test_the_districts_that_landed_can_be_chosen(instance: dg.DagsterInstance) -> None:
    assert sorted(instance.get_dynamic_partitions("districts")) == [KAMPAR, BENGKALIS]


def test_a_failed_run_says_why_in_a_sentence_and_nothing_buries_it(instance: dg.DagsterInstance) -> None:
    (run,) = instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.FAILURE]))
    events = instance.all_logs(run.run_id)
    (failure,) = [
        entry.dagster_event for entry in events if entry.dagster_event and entry.dagster_event.is_step_failure
    ]
    error = failure.step_failure_data.error
    assert error is not None
    assert error.message.strip() == "Stopped: Held back: 3 of 12 rows break registry_does_not_exceed_population."
    assert error.stack == []
    assert [entry for entry in events if not entry.is_dagster_event] == []  # no list of all that was not done
