"""A district's run: what it keeps in the lake, what it shows in Dagster, and what a finding or a crash does to it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD, Stages, fake_stages, in_memory, landed, runner
from welfare_pipeline.lake import LOCKED_OUT, DataRoot

Reconcile = Callable[[str], dg.ExecuteInProcessResult]
RECORDS = {"check_results", "run_manifest"}


def in_lake(root: DataRoot, district: str) -> set[str]:
    """The tables of the district's month."""
    return {file.stem for file in root.partition(PERIOD, district).folder.glob("*.parquet")}


def told(result: dg.ExecuteInProcessResult) -> str:
    """The sentence a run failed with."""
    failures = [event for event in result.all_events if event.is_step_failure]
    return str(failures[0].step_failure_data.user_failure_data.description)


def kampars_month(folder: Path, key: str | None = None, *, whole: bool = False) -> tuple[DataRoot, list[str]]:
    """Kampar's month after a run of its own (`whole`: of every check, with all it writes), and what was published."""
    with pytest.MonkeyPatch.context() as patch, in_memory() as instance:
        if key:
            patch.setenv("WELFARE_ENCRYPTION_KEY", key)
        root, stages = landed(folder, patch), fake_stages(patch, every_check=whole, pages=whole)
        assert runner(instance)(KAMPAR).success
    return root, stages.published


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataRoot, list[str]]:
    """Kampar's month, in which nothing was found; not to be changed."""
    return kampars_month(tmp_path_factory.mktemp("finished"), whole=True)


@pytest.fixture(scope="module")
def encrypted(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Kampar's month, encrypted with "the key"; not to be changed."""
    return kampars_month(tmp_path_factory.mktemp("encrypted"), "the key")[0]


@pytest.fixture
def after(finished: tuple[DataRoot, list[str]], root: DataRoot) -> DataRoot:
    """A copy to be run on, in which Kampar has its month."""
    return copied(finished[0], root)


def copied(finished: DataRoot, root: DataRoot) -> DataRoot:
    shutil.copytree(finished.path, root.path, dirs_exist_ok=True)
    return root


def test_a_sound_district_has_its_tables_and_database(finished: tuple[DataRoot, list[str]]) -> None:
    root, published = finished
    assert in_lake(root, KAMPAR) >= {"registry", "links", "recipient_outcomes", "check_results"}
    assert published == [KAMPAR]


@pytest.mark.parametrize("other", ["", "another key"])
def test_a_district_of_another_key_is_not_run_over_it_and_stays_encrypted(
    reconcile: Reconcile, encrypted: DataRoot, root: DataRoot, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    copied(encrypted, root)
    before = {file: file.read_bytes() for file in root.partition(PERIOD, KAMPAR).folder.iterdir()}
    monkeypatch.setenv("WELFARE_ENCRYPTION_KEY", other)

    assert told(reconcile(KAMPAR)) == LOCKED_OUT
    assert {file: file.read_bytes() for file in root.partition(PERIOD, KAMPAR).folder.iterdir()} == before
    assert reconcile(BENGKALIS).success  # whose months have no key yet


def test_a_held_back_district_leaves_only_its_record_and_the_other_one_alone(
    reconcile: Reconcile, after: DataRoot, stages: Stages
) -> None:
    stages.failing = {(BENGKALIS, "registry_does_not_exceed_population")}
    before = in_lake(after, KAMPAR)
    result = reconcile(BENGKALIS)

    assert told(result) == "Held back: 3 of 12 rows break registry_does_not_exceed_population."
    assert in_lake(after, BENGKALIS) == RECORDS
    assert stages.published == [BENGKALIS]  # its officers can read why
    assert in_lake(after, KAMPAR) == before


def test_accounts_that_do_not_add_up_are_held_back_and_the_former_month_stays(
    reconcile: Reconcile, after: DataRoot, stages: Stages
) -> None:
    good = after.published_partition(PERIOD, KAMPAR)
    stages.failing = {(KAMPAR, "villages_add_up_to_the_district")}

    assert not reconcile(KAMPAR).success
    assert in_lake(after, KAMPAR) == RECORDS
    assert after.published_partition(PERIOD, KAMPAR) == good
    assert good.rows("recipient_outcomes") == 0


NOT_EXECUTED = {"count_is_recent", "registry_does_not_exceed_population"}  # a warning and a blocking one
NOT_RECENT = dg.AssetCheckKey(dg.AssetKey("population"), "count_is_recent")


@pytest.fixture(scope="module")
def warned(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[dg.ExecuteInProcessResult, Any]:
    """A run in which one check warns and two could not run; what Dagster keeps of one of these."""
    with pytest.MonkeyPatch.context() as patch, in_memory() as instance:
        landed(tmp_path_factory.mktemp("warned"), patch)
        stages = fake_stages(patch)
        stages.failing, stages.not_executed = {(KAMPAR, "nothing_odd_landed")}, NOT_EXECUTED
        result = runner(instance)(KAMPAR)
        kept = instance.event_log_storage.get_latest_asset_check_execution_by_key([NOT_RECENT])
    return result, kept[NOT_RECENT]


def test_a_warning_lets_the_district_go_on_and_is_shown(warned: tuple[dg.ExecuteInProcessResult, object]) -> None:
    result, _ = warned
    shown = {check.check_name: check for check in result.get_asset_check_evaluations()}["nothing_odd_landed"]

    assert result.success
    assert not shown.passed
    assert shown.severity is dg.AssetCheckSeverity.WARN
    assert shown.metadata["failing_rows"].value == 3
    assert shown.description == "3 of 12 rows break nothing odd landed."  # no codes are shown


def test_a_check_that_could_not_run_is_no_passed_check(
    warned: tuple[dg.ExecuteInProcessResult, Any],
) -> None:
    result, record = warned

    assert result.success
    assert not NOT_EXECUTED & {check.check_name for check in result.get_asset_check_evaluations()}
    assert record.event is None or record.event.asset_check_evaluation is None


def test_a_list_that_no_longer_arrives_leaves_the_lake(reconcile: Reconcile, after: DataRoot, stages: Stages) -> None:
    assert "proposals" in in_lake(after, KAMPAR)
    stages.landed = ("registry", "recipient_rows")
    reconcile(KAMPAR)

    assert "proposals" not in in_lake(after, KAMPAR)
    assert "recipient_rows" in in_lake(after, KAMPAR)


def test_the_words_of_an_unexpected_error_are_not_recorded(reconcile: Reconcile, stages: Stages) -> None:
    stages.crashing = {(KAMPAR, "link")}
    result = reconcile(KAMPAR)

    assert "unexpected ValueError" in told(result)
    assert not any("SITI" in str(event) or "1401015507800001" in str(event) for event in result.all_events)


def test_an_unusable_policy_is_told_plainly(reconcile: Reconcile, root: DataRoot) -> None:
    root.policy.write_text("[thresholds]\nno_such_threshold = 1\n", encoding="utf-8")

    assert "policy.toml: unknown entry thresholds.no_such_threshold" in told(reconcile(KAMPAR))
    assert not in_lake(root, KAMPAR)


def test_a_programme_declared_after_the_page_was_loaded_asks_for_a_reload(reconcile: Reconcile, root: DataRoot) -> None:
    declared = '[programmes.blt_village]\nlabel = "BLT"\nunit = "family"\nregistry = "to_verify"\nlegal_basis = "PMK"\n'
    root.policy.write_text(declared, encoding="utf-8")
    assert "reload the definitions" in told(reconcile(KAMPAR))
    assert not in_lake(root, KAMPAR)
