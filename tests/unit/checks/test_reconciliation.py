"""Accounts of the reconciled tables: they add up, and a row lost on the way is found by the check named for it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.scenario import VILLAGE, Month
from tests.unit.checks.delivery import POLICY
from welfare_pipeline.checks import Finding, check_reconciliation, declared_reconciliation_checks
from welfare_pipeline.contracts.vocabulary import Severity
from welfare_pipeline.lake import Partition
from welfare_pipeline.lake.one_file import write_frame


@pytest.fixture
def partition(decided: Month, tmp_path: Path) -> Partition:
    """A copy of the decided month."""
    shutil.copytree(decided.root, tmp_path, dirs_exist_ok=True)
    return replace(decided, root=tmp_path).partition


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """Siti is registered and on target, Tono is not; Wati is proposed and on no list; Ujang receives nothing."""
    month = Month(tmp_path_factory.mktemp("decided"))
    month.lists("population", village_code=VILLAGE, total=100)
    month.lists("registry", "Siti")
    month.lists("registry", "Ujang", family_card_number="1401010101070009")
    month.lists("pkh", "Siti")
    month.lists("pkh", "Tono")
    month.lists("pbi_jkn", "Siti")
    month.lists("proposals", "Wati")
    month.lists("disbursements", "Siti", programme="pkh", status="SUKSES SALUR", amount=750_000)
    month.reconcile()
    month.decide()
    return month


def found(partition: Partition, table: str = "", query: str = "") -> dict[str, Finding]:
    """Findings by check, after `table` was replaced by `query`."""
    with partition.draft() as draft:
        if table:
            with draft.connect(threads=1) as con:
                write_frame(con.sql(query).pl(), draft.path(table))  # the lake itself would not take every case
        return {finding.check: finding for finding in check_reconciliation(draft, POLICY)}


def failed(partition: Partition, table: str, query: str) -> set[str]:
    return {check for check, finding in found(partition, table, query).items() if not finding.passed}


def test_a_reconciled_month_adds_up(partition: Partition) -> None:
    findings = found(partition)
    assert [finding.explanation for finding in findings.values() if not finding.passed] == []
    assert list(findings) == [spec.check for spec in declared_reconciliation_checks()]


def test_every_account_is_blocking() -> None:
    assert {spec.severity for spec in declared_reconciliation_checks()} == {Severity.BLOCKING}


def test_a_recipient_without_outcome_is_missed(partition: Partition) -> None:
    query = "from recipient_outcomes where not (programme = 'pkh' and source_row = 2)"
    assert failed(partition, "recipient_outcomes", query) == {
        "every_accepted_row_has_one_outcome",
        "rows_are_those_off_target_or_to_verify",
    }


def test_a_recipient_with_two_outcomes_is_found(partition: Partition) -> None:
    query = "from recipient_outcomes union all from recipient_outcomes where programme = 'pbi_jkn'"
    findings = found(partition, "recipient_outcomes", query)
    assert findings["every_accepted_row_has_one_outcome"].explanation.startswith(
        "pbi_jkn: 1 rows accepted, 2 outcomes of 1 rows."
    )


def test_an_off_target_recipient_left_off_the_list_is_named_by_row(partition: Partition) -> None:
    finding = found(partition, "off_target_recipients", "from off_target_recipients where false")
    told = finding["rows_are_those_off_target_or_to_verify"].explanation
    assert told.startswith("pkh: pkh.csv:2 is decided but not listed.")
    assert "Tono" not in told


@pytest.mark.parametrize(
    ("column", "checks"),
    [
        ("rows_rejected", {"landed_rows_are_accepted_or_rejected", "programmes_add_up_to_the_district"}),
        ("on_target", {"outcomes_add_up_to_accepted_rows", "programmes_add_up_to_the_district"}),
    ],
)
def test_a_miscounted_programme_is_found(partition: Partition, column: str, checks: set[str]) -> None:
    query = f"select * replace ({column} + 1 as {column}) from programme_summary"
    assert failed(partition, "programme_summary", query) == checks


def test_a_programme_left_out_is_found(partition: Partition) -> None:
    assert failed(partition, "programme_summary", "from programme_summary where programme <> 'pkh'") == {
        "landed_rows_are_accepted_or_rejected",
        "programmes_add_up_to_the_district",
    }


@pytest.mark.parametrize("column", ["population", "registry_persons", "recipients_pkh", "unserved_households"])
def test_a_miscounted_village_is_found(partition: Partition, column: str) -> None:
    query = f"select * replace ({column} + 1 as {column}) from village_summary"
    findings = found(partition, "village_summary", query)
    assert findings["villages_add_up_to_the_district"].explanation.startswith(f"{column}: villages ")
    assert [check for check, finding in findings.items() if not finding.passed] == ["villages_add_up_to_the_district"]


def test_a_miscounted_household_is_found(partition: Partition) -> None:
    query = "from unregistered_poor_households where false"
    findings = found(partition, "unregistered_poor_households", query)
    assert findings["households_are_those_listed"].explanation.startswith(
        "unregistered_households_certain: 0 listed, 1 counted."
    )


def test_a_payment_left_out_of_the_summary_is_found(partition: Partition) -> None:
    findings = found(partition, "disbursement_summary", "from disbursement_summary where payments = 0")
    assert findings["payments_add_up_to_the_list"].explanation.startswith(
        "pkh: 1 payments of Rp750000 landed, 0 of Rp0 counted."
    )


def test_a_difference_between_two_months_that_nothing_explains_is_found(partition: Partition, tmp_path: Path) -> None:
    december = Month(tmp_path, "2021-12")
    december.lists("registry", "Siti")
    for who in ("Siti", "Baru"):
        december.lists("pkh", who)
    december.reconcile()
    later = december.decide()
    assert failed(later, "", "") == set()
    findings = found(later, "programme_changes", "select * replace (0 as entered) from programme_changes")
    assert findings["changes_explain_every_total"].explanation.startswith("pkh: 2 rows before, 2 now, 1 unexplained.")
    assert partition.period == "2021-11"
