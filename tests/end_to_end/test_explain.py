"""`welfare explain`: the explanation of one landed row, for engineers and auditors, without identities."""

import os
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from tests.end_to_end.deployment import Deployment
from welfare_pipeline.cli import explain
from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.contracts.words import REASONS

PERIOD = "2021-11"


def explained(publication: Deployment, *words: str) -> Result:
    asked = ["explain", "--period", PERIOD, "--data", str(publication.root.path), *words]
    return CliRunner().invoke(welfare, asked, standalone_mode=True)


def asked_of_district(publication: Deployment, query: str) -> tuple[Any, ...]:
    """The first row of a query to Kampar's own database."""
    with duckdb.connect(publication.root.published / "districts" / "1401.duckdb", read_only=True) as con:
        row = con.sql(query).fetchone()
    assert row is not None
    return row


def a_row(publication: Deployment, condition: str, table: str = "recipient_outcomes") -> str:
    return str(
        asked_of_district(
            publication,
            f"select concat(source_file, ':', source_row) from {table} where period = '{PERIOD}' and {condition} "
            "order by all limit 1",
        )[0]
    )


def test_a_row_off_target_is_told_with_every_rule_and_what_would_change_it(publication: Deployment) -> None:
    row = a_row(publication, "outcome = 'off_target' and list_contains(reasons, 'DECEASED')")
    told = explained(publication, "--row", row, "--district", "1401")
    assert told.exit_code == 0, told.output
    for heading in ("How it was read", "What it was compared with", "Every rule", "What would change it"):
        assert f"\n{heading}\n" in told.output
    assert [reason for reason in REASONS if reason not in told.output] == []
    assert "met      DECEASED (certain): " in told.output
    assert "not met  NOT_FOUND" in told.output
    assert "disposition TIDAK TERBUKTI" in told.output
    assert "nik_status: " in told.output
    assert len(told.output.splitlines()) < 90


def test_a_weighed_row_is_told_with_the_weight_of_every_field(publication: Deployment) -> None:
    row = a_row(publication, "match_method in ('probabilistic', 'family_card') and match_band = 'same'")
    told = explained(publication, "--row", row, "--district", "1401").output
    assert "before anything is compared" in told
    lines = [line.split() for line in told.split("Match weights")[1].splitlines()[1:10]]
    weights = [float(line[-1] if "(" not in line else line[line.index("together") + 1]) for line in lines[:8]]
    assert len(weights) == 8
    assert any(line[:1] == ["together"] for line in lines)
    assert "probability" in told


def test_a_rejected_row_is_told_with_its_reason_and_column(publication: Deployment) -> None:
    row = a_row(publication, "reason = 'FOREIGN_DISTRICT'", "rejected_rows")
    told = explained(publication, "--row", row, "--district", "1401").output
    assert "rejected: FOREIGN_DISTRICT" in told
    assert "Every rule" not in told


def test_a_person_is_told_row_by_row(publication: Deployment) -> None:
    row = a_row(publication, "outcome = 'on_target'")
    file, number = row.rsplit(":", 1)
    (key, rows) = asked_of_district(
        publication,
        "select person_key, count(*) over (partition by person_key) from recipient_outcomes "
        f"where period = '{PERIOD}' qualify source_file = '{file}' and source_row = {number}",
    )
    told = explained(publication, "--person", key).output
    assert told.count("What came of it") == rows
    assert f"{file} row {number}" in told
    assert key in told


def test_without_a_district_every_one_that_has_the_row_is_told_in_turn(publication: Deployment) -> None:
    [(row, districts)] = publication.ask(
        "select concat(source_file, ':', source_row) as row, list(distinct district_code order by district_code) as of "
        f"from recipient_outcomes where period = '{PERIOD}' group by row having len(of) > 1 order by row limit 1"
    )
    told = explained(publication, "--row", row).output
    assert [line[:4] for line in told.splitlines() if f", {PERIOD}: " in line] == districts


@pytest.mark.parametrize(
    "words",
    [
        ("--row", "pkh.csv:99999999"),
        ("--row", "nobody.csv:1"),
        ("--row", "pkh.csv"),
        ("--person", "0" * 32),
        ("--row", "pkh.csv:1", "--district", "1402"),
        (),
    ],
)
def test_no_such_row_is_wrong_usage(publication: Deployment, words: tuple[str, ...]) -> None:
    told = explained(publication, *words)
    assert told.exit_code == 2
    assert "Error: " in told.output


def test_identities_are_shown_to_the_owner_who_asks_for_them_and_to_nobody_else(
    publication: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = a_row(publication, "name is not null and nik is not null and match_band = 'same' and match_method <> 'nik'")
    file, number = row.rsplit(":", 1)
    name, nik = asked_of_district(
        publication,
        f"select name, nik from recipient_outcomes where source_file = '{file}' and source_row = {number} "
        f"and period = '{PERIOD}'",
    )
    silent = explained(publication, "--row", row, "--district", "1401").output
    assert name not in silent
    assert nik not in silent
    shown = explained(publication, "--row", row, "--district", "1401", "--show-identities").output
    assert f"name: {name}" in shown
    assert f"nik: {nik}" in shown
    assert "in the registry: " in shown
    stranger = os.geteuid() + 1
    monkeypatch.setattr(explain.os, "geteuid", lambda: stranger)
    refused = explained(publication, "--row", row, "--show-identities")
    assert (refused.exit_code, name in refused.output) == (2, False)


def test_it_answers_at_once_and_writes_nothing(publication: Deployment) -> None:
    def files() -> dict[Path, int]:
        places = [place for place in publication.root.path.rglob("*") if ".locks" not in place.parts]
        return {file: file.stat().st_mtime_ns for file in places if file.is_file()}

    row, before = a_row(publication, "true"), files()
    started = time.process_time()
    assert explained(publication, "--row", row, "--district", "1401").exit_code == 0
    assert time.process_time() - started < 2
    assert files() == before
