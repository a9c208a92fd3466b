"""What Dagster shows of the contract: every table an asset with its columns, identities marked, checks by district."""

import re
from pathlib import Path

import dagster as dg
import pytest

from welfare_pipeline import checks
from welfare_pipeline.contracts.policy import PolicyError, load_policy
from welfare_pipeline.contracts.policy_contradictions import KEPT_NAMES, KEPT_WORDS, OTHER_LISTS
from welfare_pipeline.contracts.tables import TABLES
from welfare_pipeline.contracts.vocabulary import Severity
from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.landing import landing_step
from welfare_pipeline.defs.linking import linking_step
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS
from welfare_pipeline.defs.reconciliation import reconciliation_step


@pytest.fixture(scope="module")
def graph() -> dg.Definitions:
    """Everything Dagster is told about."""
    return definitions()


def test_every_table_is_an_asset_that_says_what_a_row_is(graph: dg.Definitions) -> None:
    described = {spec.key.to_user_string(): spec.description for spec in graph.resolve_all_asset_specs()}

    for table in TABLES:
        assert described[table.name].startswith(f"One row per {table.row_per}.")


def test_no_programme_is_called_as_another_asset_is(graph: dg.Definitions) -> None:
    lists = {source.asset for source in load_policy().sources.programmes}
    others = {key.to_user_string() for key in graph.resolve_asset_graph().get_all_asset_keys()} - lists
    assert others <= OTHER_LISTS | KEPT_NAMES


def test_no_programme_is_called_by_a_word_that_dagster_keeps(tmp_path: Path) -> None:
    for word in KEPT_WORDS:
        policy = tmp_path / "policy.toml"
        entry = f'[programmes.{word}]\nlabel = "BLT"\nunit = "family"\nlegal_basis = "PMK"\nregistry = "to_verify"\n'
        policy.write_text(entry, encoding="utf-8")
        with pytest.raises(PolicyError):
            load_policy(policy)
    policy.write_text(entry.replace(f"[programmes.{word}]", "[programmes.daerah]"), encoding="utf-8")
    assert {"daerah"} < {key.to_user_string() for key in landing_step(load_policy(policy).sources).keys}


def test_descriptions_are_in_the_policy_s_languages_and_groups_and_owners_in_words(
    graph: dg.Definitions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    specs = {spec.key.to_user_string(): spec for spec in graph.resolve_all_asset_specs()}
    for table in TABLES:
        assert "Satu baris per " in (specs[table.name].description or ""), table.name
    assert len({spec.description for spec in specs.values()}) > len(TABLES) - 10
    assert all(re.fullmatch(r"\d_[a-z_]+|policy", spec.group_name or "") and spec.owners for spec in specs.values())
    monkeypatch.setenv("WELFARE_DATA", str(tmp_path))
    (tmp_path / "policy.toml").write_text('language = "id"\n')
    own = {spec.key.to_user_string(): spec for spec in definitions().resolve_all_asset_specs()}
    assert own["district_summary"].description == "Satu baris per kabupaten/kota."
    assert "One row" not in (own["pkh"].description or "")


def test_identity_columns_are_tagged(graph: dg.Definitions) -> None:
    specs = {spec.key.to_user_string(): spec for spec in graph.resolve_all_asset_specs()}
    columns = specs["recipient_outcomes"].metadata["dagster/column_schema"].columns
    tagged = {column.name for column in columns if "pii" in column.tags}

    assert tagged == {"nik", "name", "family_card_number", "address"}


def test_every_declared_check_is_shown_by_month_and_district_and_blocks_if_it_is_to() -> None:
    declared = (
        *checks.declared_checks(load_policy().sources),
        *checks.declared_link_checks(),
        *checks.declared_reconciliation_checks(),
    )
    steps = (landing_step(load_policy().sources), linking_step(), reconciliation_step())
    specs = [spec for step in steps for spec in step.check_specs]
    shown = {(spec.asset_key.to_user_string(), spec.name): spec for spec in specs}

    assert len(shown) == len(declared)
    for check in declared:
        assert shown[check.table, check.check].partitions_def == DISTRICT_MONTHS
        assert shown[check.table, check.check].blocking == (check.severity is Severity.BLOCKING)


def test_with_a_wrong_policy_the_pages_load_and_say_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELFARE_DATA", str(tmp_path))
    (tmp_path / "policy.toml").write_text('[programmes.pkh]\nregistry = "off-target"\n[thresholds]\nreview_share = 2\n')
    wrong = definitions()
    policy = next(spec for spec in wrong.resolve_all_asset_specs() if spec.key.to_user_string() == "policy")

    assert wrong.resolve_job_def("reconcile_district")
    assert policy.group_name == "policy_is_wrong"
    assert "IS WRONG" in str(policy.description)
    assert 'policy.toml: programmes.pkh.registry = "off-target": must be' in str(policy.description)
    assert "policy.toml: thresholds.review_share = 2: must be" in str(wrong.metadata["policy_is_wrong"].value)
    assert "| programmes.pkh.registry | off_target |  | shipped |" in policy.metadata["in_force"].value


def test_with_a_right_policy_the_pages_show_what_is_in_force(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELFARE_DATA", str(tmp_path))
    (tmp_path / "policy.toml").write_text("[thresholds]\nreview_share = 0.05\n")
    right = definitions()
    policy = next(spec for spec in right.resolve_all_asset_specs() if spec.key.to_user_string() == "policy")

    assert policy.group_name == "policy"
    assert "| thresholds.review_share | 0.05 |  | deployment |" in policy.metadata["in_force"].value
    assert "policy_is_wrong" not in right.metadata


def test_the_codes_in_the_partitions_have_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELFARE_DATA", str(tmp_path))
    for folder in ("2021-11/1401", "2021-11/9999", "2021-12/1403"):
        (tmp_path / "landing" / folder).mkdir(parents=True)
    specs = {spec.key.to_user_string(): spec for spec in definitions().resolve_all_asset_specs()}

    assert str(specs["landed_districts"].description) == (
        "The districts that have landed: 1401 Kabupaten Kampar, 1403 Kabupaten Bengkalis."
    )


def test_the_month_is_begun_by_the_clock_of_the_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELFARE_DATA", str(tmp_path))
    (tmp_path / "policy.toml").write_text('time_zone = "Asia/Jayapura"\n', "utf-8")
    schedules = definitions().get_repository_def().schedule_defs
    assert {schedule.name: schedule.execution_timezone for schedule in schedules} == {
        "missing_months": "Asia/Jayapura",
        "monthly_reconciliation": "Asia/Jayapura",
    }
