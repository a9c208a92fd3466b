"""`welfare purge`: what it asks before the newest month, what a dry run says, and what cannot be purged."""

import os
import pty
import shutil
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from tests.conftest import keeper
from welfare_pipeline.cli import purge as purge_command
from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.databases import publish_analysts, publish_district

SITI = {"source_file": "pkh.csv", "source_row": 1, "name": "SITI MARPAUNG", "nik": "1401015507800001"}


@pytest.fixture
def root(root: DataRoot, published: DataRoot) -> DataRoot:
    """A copy of what is published."""
    shutil.copytree(published.path, root.path)
    return root


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Siti is on two months' lists in Kampar, the newer in Bengkalis; both are published."""
    root = DataRoot(tmp_path_factory.mktemp("published") / "data")
    keep = keeper(root)
    for period, district in (("2021-10", "1401"), ("2021-11", "1401"), ("2021-10", "1403")):
        keep(period, district, pkh=[SITI], run_manifest=[{"table": "recipient_rows", "rows": 1}])
        publish_district(root, district)
    publish_analysts(root)
    return root


def purge(root: DataRoot, *words: str) -> Result:
    return CliRunner().invoke(welfare, ["purge", "--data", str(root.path), *words], standalone_mode=False)


def names(root: DataRoot, district: str = "1401") -> list[tuple[Any, ...]]:
    with duckdb.connect(root.published / "districts" / f"{district}.duckdb", read_only=True) as con:
        return con.sql("select period, name from pkh order by all").fetchall()


BOTH = [("2021-10", "SITI MARPAUNG"), ("2021-11", "SITI MARPAUNG")]


def test_older_months_go_without_a_question_and_a_dry_run_changes_nothing(root: DataRoot) -> None:
    tried = purge(root, "--before", "2021-11", "--dry-run")
    assert (tried.return_value, names(root)) == (0, BOTH), tried.output
    assert "2021-10: 2 districts, 2 rows would lose their identities" in tried.output
    assert "Nothing was changed" in tried.output
    assert not (root.path / "purges.jsonl").exists()

    assert purge(root, "--before", "2021-11").return_value == 0
    assert names(root) == [("2021-10", None), ("2021-11", "SITI MARPAUNG")]
    assert names(root, "1403") == [("2021-10", None)]


def test_the_newest_month_needs_a_yes(root: DataRoot) -> None:
    asked = purge(root, "--before", "2022-01")
    assert "2021-11 is the newest month" in str(asked.exception)
    assert asked.exception.exit_code == 2  # type: ignore[union-attr]  # click.UsageError
    assert names(root) == BOTH
    assert purge(root, "--before", "2022-01", "--dry-run").return_value == 0
    assert purge(root, "--before", "2022-01", "--yes").return_value == 0
    assert names(root) == [("2021-10", None), ("2021-11", None)]


@pytest.mark.parametrize(("answer", "code"), [("n", 1), ("", 1), ("y", 0)])
def test_on_a_terminal_it_asks(root: DataRoot, monkeypatch: pytest.MonkeyPatch, answer: str, code: int) -> None:
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "r") as terminal:
        os.write(ours, f"{answer}\n".encode())
        monkeypatch.setattr(sys, "stdin", terminal)
        told = purge_command.command.callback("2022-01", root, dry_run=False, yes=False)  # type: ignore[misc]
    os.close(ours)
    assert told == code
    assert (names(root) == BOTH) is (code == 1)


@pytest.mark.parametrize("damage", [lambda file: file.write_bytes(b"no table"), Path.unlink])
def test_what_is_damaged_is_named_and_nameless_where_it_is_published(root: DataRoot, damage: Any) -> None:
    damage(root.partition("2021-10", "1401").path("recipient_rows"))
    told = purge(root, "--before", "2021-11")
    assert told.return_value == 1
    assert "Not purged in the lake. 1401 2021-10: lake: recipient_rows is" in told.output
    assert "welfare run --period 2021-10 --district 1401" in told.output
    assert names(root) == [("2021-10", None), ("2021-11", "SITI MARPAUNG")]
    assert names(root, "1403") == [("2021-10", None)]
