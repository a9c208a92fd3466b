"""Checks as expectations of Great Expectations: what they say, and when they pass."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.checks.delivery import POLICY, SOURCES
from welfare_pipeline import checks
from welfare_pipeline.checks import CheckNotEvaluatedError, declared_checks
from welfare_pipeline.checks.check import Check
from welfare_pipeline.checks.counting import Counts
from welfare_pipeline.checks.suite import suite_of, verdicts
from welfare_pipeline.contracts.vocabulary import Severity

ROOM = Path(checks.__file__).parent
NAMES = Check("registry", "names_are_not_blank", Severity.WARNING, "Nearly every row has a name.", "Fill them in.")


def counts(failing: int, rows: int) -> Counts:
    return Counts(rows, failing, [], {})


def test_every_check_is_one_expectation_with_its_severity_and_words() -> None:
    declared = declared_checks(SOURCES)
    expectations = suite_of(declared, POLICY).expectations
    assert [expectation.meta["check"] for expectation in expectations] == [check.name for check in declared]
    assert [expectation.description for expectation in expectations] == [check.description for check in declared]
    critical = [check.severity is Severity.BLOCKING for check in declared]
    assert [expectation.severity == "critical" for expectation in expectations] == critical


@pytest.mark.parametrize(
    ("found", "tolerated", "passes"),
    [(counts(0, 40), "", True), (counts(1, 40), "", False), (counts(0, 0), "", True)]
    + [(counts(failing, 100), "blank_name_share", failing <= 2) for failing in (2, 3)],
)
def test_a_check_passes_when_no_more_fails_than_the_policy_tolerates(
    found: Counts, tolerated: str, *, passes: bool
) -> None:
    policy = replace(POLICY, thresholds={**POLICY.thresholds, "blank_name_share": 0.02})
    check = replace(NAMES, tolerated=tolerated)
    other = replace(NAMES, check="niks_are_unique")
    assert verdicts({check: found, other: counts(0, 9)}, policy) == {check: passes, other: True}


def test_an_expectation_that_great_expectations_cannot_evaluate_is_named() -> None:
    with pytest.raises(CheckNotEvaluatedError, match=r"The check registry\.names'blank could not be evaluated"):
        verdicts({replace(NAMES, check="names'blank"): counts(0, 1)}, POLICY)


def test_great_expectations_is_used_through_its_public_names_only() -> None:
    text = "\n".join(file.read_text("utf-8") for file in sorted(ROOM.rglob("*.py")))
    imported = set(
        re.findall(r"^ *(?:from|import) (great_expectations\S*|sqlalchemy\S*|duckdb_engine\S*)", text, re.MULTILINE)
    )
    assert imported == {"great_expectations", "great_expectations.expectations"}
    assert not re.search(r"def _validate|class \w+\(gxe?\.", text)
