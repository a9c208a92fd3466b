"""What an auditor asks: what was made from what, and whether it still is."""

import runpy
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.lake import DataRoot, sha256_of

KILLS = Path(__file__).parents[2] / "benchmarks" / "kills.py"
PERIOD = "2021-11"
RUN = "import sys; from welfare_pipeline.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Kampar and Bengkalis, reconciled; not to be changed."""
    root = DataRoot(tmp_path_factory.mktemp("audit") / "data")
    runpy.run_path(str(KILLS))["land"](root.path, ("1401", "1403"), people=12)
    command = [sys.executable, "-c", RUN, "run", "--period", PERIOD, "--data", str(root.path)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return root


@pytest.fixture
def root(finished: DataRoot, tmp_path: Path) -> DataRoot:
    """A copy to be changed."""
    shutil.copytree(finished.path, tmp_path / "data")
    return DataRoot(tmp_path / "data")


def command(name: str, root: DataRoot, *words: str) -> Result:
    return CliRunner().invoke(welfare, [name, "--data", str(root.path), *words], standalone_mode=False)


def ask(root: DataRoot, query: str, database: str = "welfare") -> list[tuple[Any, ...]]:
    with duckdb.connect(root.published / f"{database}.duckdb", read_only=True) as con:
        return con.sql(query).fetchall()


def test_each_published_table_tells_its_run_versions_and_files(finished: DataRoot) -> None:
    tables = [row[0] for row in ask(finished, "select table_name from duckdb_tables() order by all")]
    told = ask(finished, "select \"table\" from run_manifest where district_code = '1403'")
    assert {*tables} - {"run_manifest"} - {name for (name,) in told} == set()

    [(runs, versions, rows)] = ask(
        finished,
        "select count(distinct run_id), count(distinct (code_version, policy_version, model_version)), "
        "sum(rows) filter (\"table\" = 'recipient_outcomes') from run_manifest",
    )
    assert (runs, versions) == (3, 1)  # a run a district; what the month's publication decided anew is its own
    assert ask(finished, "select count(*) from recipient_outcomes") == [(rows,)]
    [(inputs,)] = ask(finished, "select distinct inputs from run_manifest where district_code = '1401'")
    assert {file["source_file"]: file["sha256"] for file in inputs} == {
        file.name: sha256_of(file) for file in finished.landing(PERIOD, "1401").iterdir()
    }


def test_what_is_of_one_piece_is_said_to_be(root: DataRoot) -> None:
    told = command("verify", root)
    assert (told.return_value, "All of one piece." in told.output) == (0, True), told.output


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("landing/2021-11/1401/pkh.csv", "1401 2021-11: pkh.csv: has been changed since the run"),
        ("lake/2021-11/1403/links.parquet", "1403 2021-11: lake: links is not as the run made it"),
    ],
)
def test_a_file_that_was_changed_is_named(root: DataRoot, change: str, told: str) -> None:
    with (root.path / change).open("ab") as file:
        file.write(b"\n")
    verified = command("verify", root)
    assert verified.return_value == 1
    assert told in verified.output


def test_a_file_more_and_a_file_less_are_named(root: DataRoot) -> None:
    folder = root.landing(PERIOD, "1401")
    (folder / "pkh.csv").rename(folder / "bst.csv")
    verified = command("verify", root)
    assert verified.return_value == 1
    assert "bst.csv: has landed since the run" in verified.output
    assert "pkh.csv: is no longer in the landing folder" in verified.output


def test_a_published_figure_that_was_changed_is_found(root: DataRoot) -> None:
    for database in ("welfare", "districts/1403"):
        with duckdb.connect(root.published / f"{database}.duckdb") as con:
            con.execute("update recipient_outcomes set outcome = 'on_target' where district_code = '1403'")
    verified = command("verify", root)
    assert verified.return_value == 1
    assert "welfare.duckdb: recipient_outcomes of 1403 2021-11 is not what the lake holds" in verified.output
    assert "districts/1403.duckdb: recipient_outcomes of 1403 2021-11 is not" in verified.output
    assert "of 1401" not in verified.output


def test_nothing_to_verify_is_a_wrong_usage(tmp_path: Path) -> None:
    assert "nothing has been reconciled" in str(command("verify", DataRoot(tmp_path)).exception)
