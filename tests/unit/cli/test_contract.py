"""The page of the contract says what the declarations say, and stands in the docs as it is made."""

import re
from pathlib import Path

from click.testing import CliRunner

from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.contracts.column import Audience
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.tables import LANDED, TABLES
from welfare_pipeline.contracts.words import REASONS

PAGE = Path(__file__).parents[3] / "docs" / "contract.md"


def rows(heading: str) -> dict[str, list[str]]:
    """The cells of the table under the last heading of that name, by the first of them."""
    section = PAGE.read_text("utf-8").split(f"\n### {heading}\n")[-1].split("\n#")[0]
    cells = [re.split(r" ?(?<!\\)\| ?", line)[1:-1] for line in section.splitlines() if line.startswith("| `")]
    return {first.strip("`"): others for first, *others in cells}


def test_the_page_in_the_docs_is_what_the_command_prints() -> None:
    assert PAGE.read_text("utf-8") == CliRunner().invoke(welfare, ["contract"]).output, "make docs"


def test_every_list_that_may_land_is_told_column_by_column() -> None:
    for source in FIXED:
        if source.name not in {table.name for table in TABLES if table not in LANDED}:
            assert list(rows(source.name)) == [column.name for column in source.columns]
    assert rows("civil_status")["status"][:3] == [
        "yes",
        "AKTIF, MD died, PD moved, TT not found",
        "[presence](#presence)",
    ]


def test_every_published_table_is_told_with_types_and_what_may_be_empty() -> None:
    for table in TABLES:
        if table.audience is not Audience.INTERNAL and table not in LANDED:
            told = {name: (cells[0], cells[1] == "yes") for name, cells in rows(table.name).items()}
            assert told == {column.name: (column.type, column.nullable) for column in table.columns}
    assert rows("recipient_outcomes")["nik"][2].startswith("*identity*")


def test_programmes_reasons_and_thresholds_are_told_as_they_are_shipped() -> None:
    policy = load_policy()
    assert list(rows("Programmes")) == list(policy.programmes)
    assert rows("Programmes")["blt_kesra"][3] == "4 from 2025-10"
    assert tuple(rows("Reasons")) == REASONS
    told = {key: cells[0] for key, cells in rows("Thresholds").items()}
    assert {key.rsplit(".")[-1]: float(value) for key, value in told.items()} == policy.values()
    assert rows("Thresholds")["linkage.names.word_slips"][1] == "... unless more slips than this lie between them"


def test_no_cell_of_a_table_is_broken_and_nobody_is_named() -> None:
    text = PAGE.read_text("utf-8")
    assert not re.search(r"\b\d{16}\b", text)
    for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}) == 1
