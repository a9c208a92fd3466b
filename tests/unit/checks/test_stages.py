"""A stage's checks as a whole: what is declared is found, sentences for people, and the table check_results."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.months import land
from tests.scenario import DISTRICT, PERIOD
from tests.unit.checks.delivery import POLICY, SOURCES, Delivery, sound_delivery
from welfare_pipeline.checks import (
    CheckNotEvaluatedError,
    Finding,
    check_delivery,
    check_links,
    declared_checks,
    declared_link_checks,
    declared_reconciliation_checks,
    held_back_because,
    write_findings,
)
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.contracts.vocabulary import Severity
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.lake import DataRoot, Draft

TWICE = "nobody_is_listed_twice"


def check(delivery: Delivery) -> list[Finding]:
    with DataRoot(delivery.root).partition(PERIOD, DISTRICT).draft() as draft:
        delivery.draft_into(draft)
        return check_delivery(draft, POLICY)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    return check(sound_delivery(tmp_path_factory.mktemp("sound")))


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Finding], list[Finding]]:
    """The findings of one faulty delivery, found twice."""
    delivery = sound_delivery(tmp_path_factory.mktemp("faulty"))
    secrets = {"nik": "1401010000000007", "registry_id": "DTKS-77", "family_card_number": "1401010000000077"}
    delivery.lands("registry", *(["Ujang Rahasia"] * 60), **secrets, village_code=None)
    delivery.lands("registry", "Ujang Rahasia", **secrets, sex="X", decile=11)
    return check(delivery), check(delivery)


def test_every_declared_check_is_found_once_whatever_arrived(tmp_path: Path, sound: list[Finding]) -> None:
    declared = [(spec.table, spec.check, spec.severity) for spec in declared_checks(SOURCES)]
    for findings in (check(Delivery(tmp_path)), sound):
        assert [(f.table, f.check, f.severity) for f in findings] == declared


def test_a_sound_delivery_passes_every_check(sound: list[Finding]) -> None:
    assert [finding.explanation for finding in sound if not finding.passed] == []


def test_no_finding_names_anybody(faulty: tuple[list[Finding], list[Finding]]) -> None:
    told = str(faulty[0])
    assert "registry.csv:4" in told
    assert [secret for secret in ("Ujang", "14010100000000", "DTKS-77") if secret in told] == []


def test_the_same_delivery_gives_the_same_findings(faulty: tuple[list[Finding], list[Finding]]) -> None:
    assert faulty[0] == faulty[1]


def test_declared_checks_have_names_of_their_own_and_tables_of_the_contract() -> None:
    specs = [*declared_checks(SOURCES), *declared_link_checks(), *declared_reconciliation_checks()]
    assert len({(spec.table, spec.check) for spec in specs}) == len(specs)
    assert {spec.table for spec in specs} <= {*TABLE_BY_NAME, *(source.asset for source in SOURCES.programmes)}


def test_a_programme_may_be_called_as_sql_or_a_fact_of_the_checks_is_and_there_may_be_fifty(tmp_path: Path) -> None:
    root = DataRoot(tmp_path)
    names = ["select", "order", "village_facts", "said", *(f"bansos_{number}" for number in range(46))]
    entry = 'label = "{0} daerah"\nunit = "person"\nregistry = "to_verify"\nlegal_basis = "Perda 1/2020"\n'
    root.policy.write_text("".join(f"[programmes.{name}]\n{entry.format(name)}" for name in names), encoding="utf-8")
    siti = {"nik": "1401015708700001", "nama": "SITI AMINAH", "kode_desa": "1401012001"}
    twice = {"select", "village_facts"}
    land(root, PERIOD, {name: [siti] * (2 if name in twice else 1) for name in names})
    policy = load_policy(root.policy)
    with root.partition(PERIOD, DISTRICT).draft() as draft:
        ingest_delivery(root.landing(PERIOD, DISTRICT), policy, draft)
        found = {finding.table: finding for finding in check_delivery(draft, policy) if finding.check == TWICE}
    assert {name for name in names if not found[name].passed} == twice
    assert {name: found[name].rows for name in names} == {name: 2 if name in twice else 1 for name in names}


def test_declaring_checks_does_not_load_great_expectations() -> None:
    program = (
        "import sys; from welfare_pipeline import checks; from welfare_pipeline.contracts.policy import load_policy; "
    )
    program += "checks.declared_checks(load_policy().sources); print(len(sys.modules)); "
    program += "sys.exit('great_expectations' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0


def test_a_check_that_cannot_be_evaluated_is_named(tmp_path: Path) -> None:
    with DataRoot(tmp_path).partition(PERIOD, DISTRICT).draft() as draft:
        sound_delivery(tmp_path).draft_into(draft)
        with draft.connect(threads=1) as con:
            con.execute("create table other as select 1 as row_id")
            con.execute(f"copy other to '{draft.path('links')}' (format parquet)")
        with pytest.raises(CheckNotEvaluatedError, match=r"The check links\.\w+ could not be evaluated"):
            check_links(draft, POLICY)


def finding(table: str, check: str, *, passed: bool = True, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(table, check, severity, passed, 0 if passed else 2, 4, 0.5, f"What {check} found.")


def test_blocking_failures_are_told_in_one_sentence() -> None:
    blocking = Severity.BLOCKING
    assert held_back_because([finding("pkh", "a", passed=False), finding("pkh", "b", severity=blocking)]) is None
    assert (
        held_back_because(
            [
                finding("pkh", "a", passed=False, severity=blocking),
                finding("pkh", "b", passed=False),
                finding("pkh", "c", passed=False, severity=blocking),
            ]
        )
        == "Held back: What a found; also: What c found."
    )


def results(draft: Draft) -> list[tuple[str, str, bool, str]]:
    with draft.connect(threads=1) as con:
        return con.sql('select "table", "check", passed, district_code from check_results').fetchall()


def test_findings_replace_those_of_the_same_check_and_leave_the_others(tmp_path: Path) -> None:
    partition = DataRoot(tmp_path).partition(PERIOD, DISTRICT)
    with partition.draft() as draft:
        write_findings(draft, [finding("registry", "a"), finding("pkh", "b", passed=False)])
        partition = draft.keep()
    with partition.draft() as draft:
        write_findings(draft, [finding("registry", "a", passed=False), finding("links", "c")])
        assert results(draft) == [
            ("links", "c", True, DISTRICT),
            ("pkh", "b", False, DISTRICT),
            ("registry", "a", False, DISTRICT),
        ]
