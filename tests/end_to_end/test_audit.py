"""What an auditor asks: what was made from what, and whether it still is."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from tests.end_to_end.at_once import PERIOD, AtOnce
from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.contracts.tables import CODE_TABLES, OVER_DISTRICTS
from welfare_pipeline.lake import DataRoot, sha256_of


@pytest.fixture(scope="module")
def finished(at_once: AtOnce) -> DataRoot:
    """Kampar and Bengkalis, reconciled; not to be changed."""
    assert [run.returncode for run in at_once.ended] == [0, 0, 0], at_once.ended
    return at_once.root


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
    derived = {table.name for table in (*CODE_TABLES, *OVER_DISTRICTS)}
    assert {*tables} - {"run_manifest"} - derived - {name for (name,) in told} == set()

    [(runs, versions, rows)] = ask(
        finished,
        "select count(distinct run_id) filter (district_code = '1403'), "
        "count(distinct (code_version, policy_version, model_version)), "
        "sum(rows) filter (\"table\" = 'recipient_outcomes') from run_manifest",
    )
    assert (runs, versions) == (2, 1)  # one read and linked, one decided
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
        ("lake/2021-11/1403/*/links.parquet", "1403 2021-11: lake: links is not as the run made it"),
    ],
)
def test_a_file_that_was_changed_is_named(root: DataRoot, change: str, told: str) -> None:
    *_, changed = sorted(root.path.glob(change))
    with changed.open("ab") as file:
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


# Of two numbers that differ in a digit of each half, some have one hash() in DuckDB.
ALIKE = """
select registry.nik, altered.nik
from registry, (select unnest(range(1, 9)) as i), (select unnest(range(9, 17)) as j),
    (select unnest(range(10)) as a), (select unnest(range(10)) as b),
    lateral (
        select registry.nik[:i - 1] || a || registry.nik[i + 1:j - 1] || b || registry.nik[j + 1:] as nik
    ) as altered
where registry.nik_status = 'valid' and altered.nik <> registry.nik and hash(altered.nik) = hash(registry.nik)
order by all
limit 1
"""


def test_a_published_number_that_was_changed_for_one_of_the_same_hash_is_found(root: DataRoot) -> None:
    with duckdb.connect(root.published / "districts" / "1403.duckdb") as con:
        [(nik, alike)] = con.sql(ALIKE).fetchall()
        con.execute("update registry set nik = ? where nik = ?", [alike, nik])
    verified = command("verify", root)
    assert verified.return_value == 1
    assert "districts/1403.duckdb: registry of 1403 2021-11 is not" in verified.output


def test_nothing_to_verify_is_a_wrong_usage(tmp_path: Path) -> None:
    assert "nothing has been reconciled" in str(command("verify", DataRoot(tmp_path)).exception)


def identities(folder: Path) -> set[str]:
    """The names and numbers that the lists name."""
    lines = [line for file in folder.glob("*/*.csv") for line in file.read_text("utf-8").splitlines()[1:]]
    return {cell for line in lines for cell in line.split(",") if (len(cell) == 16 and cell.isdigit()) or " SI" in cell}


def unpacked(root: DataRoot) -> str:
    """Every value that the lake and the published databases hold."""
    values: list[str] = []
    with duckdb.connect() as con:
        files = root.lake.rglob("*.parquet")
        values += [str(con.sql(f"from read_parquet('{file}')").fetchall()) for file in files]
    for database in ("welfare", "districts/1401", "districts/1403"):
        values += map(str, contents(root, database).values())
    return "".join(values)


def contents(root: DataRoot, database: str = "welfare") -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table of a database."""
    with duckdb.connect(root.published / f"{database}.duckdb", read_only=True) as con:
        names = [name for (name,) in con.sql("select table_name from duckdb_tables() order by all").fetchall()]
        return {name: con.sql(f'from "{name}"').fetchall() for name in names}


def named(people: set[str], text: str) -> list[str]:
    return [person for person in people if person in text]


def test_a_purge_forgets_who_people_were_and_keeps_the_counts(root: DataRoot) -> None:
    people = identities(root.landing(PERIOD))
    assert len(people) > 30
    assert named(people, unpacked(root)) != []
    before = contents(root)
    nothing = command("purge", root, "--before", PERIOD)
    assert nothing.return_value == 0
    assert named(people, unpacked(root)) != []

    asked = command("purge", root, "--before", "2021-12")  # nobody is there to answer
    assert "2021-11 is the newest month" in str(asked.exception)
    tried = command("purge", root, "--before", "2021-12", "--dry-run")
    assert tried.return_value == 0
    assert "2021-11: 2 districts" in tried.output
    assert named(people, unpacked(root)) != []

    purged = command("purge", root, "--before", "2021-12", "--yes")
    assert purged.return_value == 0, purged.output
    assert "Still there as it was landed, names included" in purged.output
    assert named(people, unpacked(root)) == []
    assert not root.worklists(PERIOD, "1401").exists()
    after = contents(root)
    assert [name for name in before if name != "run_manifest" and after[name] != before[name]] == []
    [_, record] = (root.path / "purges.jsonl").read_text("utf-8").splitlines()
    assert '"before": "2021-12"' in record
    rows = ask(root, "select count(*) from recipient_outcomes where district_code = '1401'")
    assert f'"recipient_rows": {rows[0][0]},' in record
    assert named(people, record + purged.output) == []
    verified = command("verify", root)
    assert verified.return_value == 0, verified.output


def test_a_month_that_is_none_is_a_wrong_usage(root: DataRoot) -> None:
    assert "is not a month" in str(command("purge", root, "--before", "2021").exception)
