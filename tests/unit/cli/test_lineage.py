"""Anybody can ask which table is made from which; the page in the docs says what the .sql files say."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.contracts.tables import TABLES

PAGE = Path(__file__).parents[3] / "docs" / "lineage.md"


def lineage(*arguments: str) -> Result:
    return CliRunner().invoke(welfare, ["lineage", *arguments])


def told(table: str) -> dict[str, set[str]]:
    """What the command says of one table, by the words before the colon."""
    lines = lineage(table).output.splitlines()[1:]
    return {word.strip(): set(names.strip().split(", ")) for word, names in (line.split(":") for line in lines)}


def test_the_page_in_the_docs_is_what_the_command_prints() -> None:
    assert PAGE.read_text("utf-8") == lineage("--format", "markdown").output, "make docs"


def test_every_table_of_the_contract_is_named() -> None:
    named = {line.split("<-")[0].strip() for line in lineage().output.splitlines()}
    assert {table.name for table in TABLES} <= named


def test_a_table_is_told_with_what_it_reads_rests_on_and_goes_into() -> None:
    facilitators = told("facilitator_performance")
    assert facilitators["reads"] == facilitators["rests on"] == {"facilitator_reports"}
    assert facilitators["is read by"] == {
        "report/facilitators",
        "report/facilitator_scores",
        "report/facilitators_to_warn",
        "worklists/facilitators",
    }
    registry = told("registry")
    assert registry["reads"] == {""}
    assert {"links", "recipient_outcomes", "district_summary", "worklists/recipients"} <= registry["goes into"]


def test_a_rule_is_traced_from_its_list_to_the_outcome() -> None:
    assert {"civil_status", "civil_presence", "reasons/deceased"} <= told("recipient_outcomes")["rests on"]


def test_a_chart_of_one_table_has_its_neighbours_and_nobody_else() -> None:
    chart = lineage("outlet_price_findings", "--format", "mermaid").output
    assert chart.startswith("flowchart LR\n")
    assert "  outlet_prices --> outlet_price_findings\n" in chart
    assert "facilitator" not in chart
    assert "facilitator_reports --> facilitator_performance" in lineage("--format", "mermaid").output


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["recipient_outcome"], "Did you mean recipient_outcomes?"),
        (["registry", "--format", "markdown"], "leave TABLE out"),
    ],
)
def test_what_cannot_be_told_is_wrong_usage(arguments: list[str], hint: str) -> None:
    result = lineage(*arguments)
    assert result.exit_code == 2
    assert hint in result.output
