"""The month at a glance that a head of office opens: every district, what to do next, and what did not come."""

import datetime as dt
import re
from collections.abc import Callable

import dagster as dg

from tests.conftest import Keep
from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD, Stages
from welfare_pipeline import checks
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.words import Language
from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.findings import check_results, check_specs
from welfare_pipeline.defs.in_words import BOTH
from welfare_pipeline.defs.overview import latest_due_month, latest_month, markdown
from welfare_pipeline.defs.standing import note_standings
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.glance import read_glance

POLICY = load_policy()
SUMMARY = {"recipients": 24355, "off_target": 1724, "to_verify": 300, "on_target": 22331}
SUMMARY |= {"unregistered_households_certain": 40, "unregistered_households_possible": 2}
NOT_READABLE = {
    "table": "pkh",
    "check": "nik_is_readable",
    "severity": "warning",
    "passed": False,
    "failing_rows": 9,
    "explanation": "9 of 10 rows have no readable NIK.",
    "explanation_id": "9 dari 10 baris tidak mempunyai NIK yang terbaca.",
}
CODE = re.compile(r"(?<![\w./-])([a-z]+(?:_[a-z0-9]+)+|[A-Z]+(?:_[A-Z]+)+)(?![\w/-]|\.\w)")


def test_a_manager_sees_every_district_of_every_province_and_what_to_do(root: DataRoot, keep: Keep) -> None:
    root.policy.write_text('expected_districts = ["1401", "1404", "7501"]\n', "utf-8")
    keep(PERIOD, KAMPAR, district_summary=[SUMMARY], check_results=[NOT_READABLE])
    keep(PERIOD, "7501", district_summary=[SUMMARY | {"off_target": 7}])
    note_standings(root)
    shown = markdown(read_glance(root, PERIOD), PERIOD, BOTH)

    riau, gorontalo = shown.split("### ")[1:]
    assert riau.startswith("Riau (14)")
    assert gorontalo.startswith("Gorontalo (75)")
    [kampar] = [line for line in riau.splitlines() if "Kabupaten Kampar" in line]
    for told in ("1.724", "300", "42", "PKH: 9 dari 10 baris", "9 of 10 rows", "Pengirim daftar: Minta lagi"):
        assert told in kampar
    [missing] = [line for line in riau.splitlines() if "(1404)" in line]
    assert "Belum mengirim / Has not delivered" in missing
    assert "landing/2021-11/1404" in missing
    assert "Desa/kelurahan: putuskan 307 penerima" in gorontalo
    assert CODE.findall(shown) == []


def test_one_language_is_shown_where_the_policy_says_so(root: DataRoot, keep: Keep) -> None:
    keep(PERIOD, KAMPAR, district_summary=[SUMMARY], check_results=[NOT_READABLE])
    english = markdown(read_glance(root, PERIOD), PERIOD, (Language.ENGLISH,))
    assert "1,724" in english
    assert "Whoever sent the list: Ask for the list again" in english
    assert "penerima" not in english


def publish(instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    job = definitions().resolve_job_def("publish_period")
    return job.execute_in_process(instance=instance, partition_key=PERIOD, raise_on_error=False)


def test_the_overview_follows_publication_with_figures_that_plot_and_names_who_is_held_back(
    reconcile: Callable[[str], dg.ExecuteInProcessResult], stages: Stages, instance: dg.DagsterInstance
) -> None:
    stages.failing = {(BENGKALIS, "registry_does_not_exceed_population")}
    reconcile(KAMPAR)
    reconcile(BENGKALIS)
    result = publish(instance)
    [shown] = result.asset_materializations_for_node("month_overview")
    found = {check.check_name: check for check in result.get_asset_check_evaluations()}

    assert result.success
    assert shown.metadata["districts_landed"].value == 2
    assert shown.metadata["districts_reconciled"].value == 1
    told = found["every_landed_district_is_reconciled"]
    assert (told.passed, told.severity) == (False, dg.AssetCheckSeverity.WARN)
    assert "1 of 2 landed districts are reconciled." in str(told.description)
    assert "1 dari 2 kabupaten/kota" in str(told.description)
    assert "Kabupaten Bengkalis" in told.metadata["where"].value
    assert not found["latest_due_month_is_published"].passed


def test_a_month_is_due_once_the_proposals_that_rest_on_it_have_closed() -> None:
    assert latest_due_month(POLICY, KAMPAR, dt.date(2025, 11, 11)) == "2025-09"
    assert latest_due_month(POLICY, KAMPAR, dt.date(2025, 11, 12)) == "2025-10"


def test_the_latest_month_has_come_only_if_it_has_of_every_expected_district(root: DataRoot, keep: Keep) -> None:
    keep("2025-10", KAMPAR, district_summary=[SUMMARY])
    today = dt.date(2025, 11, 20)
    assert latest_month(root, POLICY, today).passed
    root.policy.write_text('expected_districts = ["1401", "1403"]\n', "utf-8")
    found = latest_month(root, load_policy(root.policy), today)
    assert not found.passed
    assert "2025-10 is due and not published for 1 of 2 districts" in str(found.description)
    assert "| Kabupaten Bengkalis (1403) | 2025-10 |" in found.metadata["where"].value
    assert not latest_month(root, POLICY, dt.date(2025, 12, 12)).passed


def test_freshness_stands_beside_the_check_and_a_schedule_looks_every_morning() -> None:
    specs = {spec.key.to_user_string(): spec for spec in definitions().resolve_all_asset_specs()}
    assert specs["month_overview"].freshness_policy is not None
    schedule = next(s for s in definitions().schedules or () if s.name == "missing_months")
    assert isinstance(schedule, dg.ScheduleDefinition)
    assert schedule.cron_schedule == "0 7 * * *"


def test_every_check_speaks_both_languages_without_codes() -> None:
    declared = (
        *checks.declared_checks(POLICY.sources),
        *checks.declared_link_checks(),
        *checks.declared_reconciliation_checks(),
    )
    assert [check.name for check in declared if check.indonesian is None] == []
    for check in declared:
        words = check.in_indonesian
        assert bool(words.things) == bool(check.things), check.name
        assert bool(words.holds) == bool(check.holds), check.name
    for spec in check_specs(declared):
        indonesian, english = str(spec.description).split("\n\n")
        assert indonesian != english
        assert CODE.findall(str(spec.description)) == [], spec.name


def test_a_failed_check_says_what_to_do_who_does_it_and_where_the_rows_are() -> None:
    finding = checks.Finding(
        "pkh", "nik_is_readable", checks.stages.REGISTRY[0].severity, False, 2, 8, 0.25, "2 of 8 rows have no NIK.",  # noqa: FBT003
        {"share missing": 0.25}, "2 dari 8 baris tidak mempunyai NIK.", {"share missing": "bagian: NIK kosong"},
        [checks.finding.Both("pkh.csv:3", "pkh.csv:3")], checks.finding.Both("Ask again.", "Minta lagi."),
        checks.check.Actor.SENDER,
    )  # fmt: skip
    [shown] = check_results([finding])
    assert isinstance(shown, dg.AssetCheckResult)
    assert shown.description == "2 dari 8 baris tidak mempunyai NIK.\n\n2 of 8 rows have no NIK."
    told = {name: getattr(value, "value", value) for name, value in (shown.metadata or {}).items()}
    assert told["what_to_do"] == "Minta lagi.\n\nAsk again."
    assert told["who_does_it"] == "Pengirim daftar / Whoever sent the list"
    assert told["share"] == "25,0%"
    assert "| pkh.csv | 3 |" in str(told["where"])
    assert "| bagian: NIK kosong / share missing | 25,0% |" in str(told["figures"])
