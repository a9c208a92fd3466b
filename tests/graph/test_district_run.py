"""A district's run: what it keeps in the lake, what it shows in Dagster, and what a finding or a crash does to it."""

from collections.abc import Callable

import dagster as dg
import pytest

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD, Stages
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


def test_a_sound_district_has_its_tables_and_database(reconcile: Reconcile, root: DataRoot, stages: Stages) -> None:
    assert reconcile(KAMPAR).success
    assert in_lake(root, KAMPAR) >= {"registry", "links", "recipient_outcomes", "check_results"}
    assert stages.published == [KAMPAR]


@pytest.mark.parametrize("other", ["", "another key"])
def test_a_district_of_another_key_is_not_run_over_it_and_stays_encrypted(
    reconcile: Reconcile, root: DataRoot, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    monkeypatch.setenv("WELFARE_ENCRYPTION_KEY", "the key")
    assert reconcile(KAMPAR).success
    before = {file: file.read_bytes() for file in root.partition(PERIOD, KAMPAR).folder.iterdir()}
    monkeypatch.setenv("WELFARE_ENCRYPTION_KEY", other)

    assert told(reconcile(KAMPAR)) == LOCKED_OUT
    assert {file: file.read_bytes() for file in root.partition(PERIOD, KAMPAR).folder.iterdir()} == before
    assert reconcile(BENGKALIS).success  # whose months have no key yet


def test_a_held_back_district_leaves_only_its_record_and_the_other_one_alone(
    reconcile: Reconcile, root: DataRoot, stages: Stages
) -> None:
    reconcile(KAMPAR)
    stages.failing = {(BENGKALIS, "registry_does_not_exceed_population")}
    before = in_lake(root, KAMPAR)
    result = reconcile(BENGKALIS)

    assert told(result) == "Held back: 3 of 12 rows break registry_does_not_exceed_population."
    assert in_lake(root, BENGKALIS) == RECORDS
    assert stages.published == [KAMPAR, BENGKALIS]  # its officers can read why
    assert in_lake(root, KAMPAR) == before


def test_accounts_that_do_not_add_up_are_held_back_and_the_former_month_stays(
    reconcile: Reconcile, root: DataRoot, stages: Stages
) -> None:
    assert reconcile(KAMPAR).success
    good = root.published_partition(PERIOD, KAMPAR)
    stages.failing = {(KAMPAR, "villages_add_up_to_the_district")}

    assert not reconcile(KAMPAR).success
    assert in_lake(root, KAMPAR) == RECORDS
    assert root.published_partition(PERIOD, KAMPAR) == good
    assert good.rows("recipient_outcomes") == 0


def test_a_warning_lets_the_district_go_on_and_is_shown(reconcile: Reconcile, stages: Stages) -> None:
    stages.failing = {(KAMPAR, "count_is_recent")}
    result = reconcile(KAMPAR)
    shown = {check.check_name: check for check in result.get_asset_check_evaluations()}["count_is_recent"]

    assert result.success
    assert not shown.passed
    assert shown.severity is dg.AssetCheckSeverity.WARN
    assert shown.metadata["failing_rows"].value == 3
    assert shown.description == "3 of 12 rows break count is recent."  # no codes are shown


def test_a_check_that_could_not_run_is_no_passed_check(
    reconcile: Reconcile, stages: Stages, instance: dg.DagsterInstance
) -> None:
    stages.not_executed = {"count_is_recent", "registry_does_not_exceed_population"}  # a warning and a blocking one
    result = reconcile(KAMPAR)

    assert result.success
    assert not stages.not_executed & {check.check_name for check in result.get_asset_check_evaluations()}
    key = dg.AssetCheckKey(dg.AssetKey("population"), "count_is_recent")
    record = instance.event_log_storage.get_latest_asset_check_execution_by_key([key])[key]
    assert record.event is None or record.event.asset_check_evaluation is None


def test_a_list_that_no_longer_arrives_leaves_the_lake(reconcile: Reconcile, root: DataRoot, stages: Stages) -> None:
    reconcile(KAMPAR)
    stages.landed = ("registry", "recipient_rows")
    reconcile(KAMPAR)

    assert "proposals" not in in_lake(root, KAMPAR)
    assert "recipient_rows" in in_lake(root, KAMPAR)


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
