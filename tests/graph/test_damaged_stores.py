"""Damaged stores: each is named with the command that mends it, the others go on, and nothing published is lost.

Real commands on a real data root; only the stages are faked.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

import click
import dagster as dg
import duckdb
import polars as pl
import pytest
from click.testing import CliRunner

from tests.graph.conftest import BENGKALIS, KAMPAR, PERIOD, fake_stages, write_empty
from tests.shared import made_once
from welfare_pipeline.cli.doctoring.history import instance
from welfare_pipeline.cli.entry import welfare as welfare_commands
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.defs import auditing, fleet, publication, recording
from welfare_pipeline.defs.damaged_history import DATABASES, HistoryError, is_damaged
from welfare_pipeline.defs.instance import make_history
from welfare_pipeline.defs.manifest import Maker
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.databases import publish_analysts, publish_district

EARLIER = "2021-10"
MEND = f"welfare run --period {EARLIER} --district {KAMPAR}"


def land(root: DataRoot, *periods: str) -> None:
    """Kampar and Bengkalis land."""
    for period in periods:
        for district in (KAMPAR, BENGKALIS):
            folder = root.landing(period, district)
            folder.mkdir(parents=True)
            (folder / "registry.csv").write_text("nik,nama\n", encoding="utf-8")


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    exit_code: int
    output: str


def type_command(
    root: DataRoot, *words: str, failing: frozenset[tuple[str, str]] = frozenset(), pages: bool = False
) -> Ended:
    """Type a command on the data root, with faked stages; an error that is not told as a sentence is raised.

    `failing`: districts and the checks that fail there; `pages`: runs write worklists and reports.
    """
    with pytest.MonkeyPatch.context() as patch, dg.DagsterInstance.ephemeral() as instance:
        fake_stages(patch, pages=pages).failing = {*failing}
        for module in (publication, auditing):
            patch.setattr(module, "publish_district", publish_district)
        patch.setattr(recording, "open_instance", lambda *_: instance)
        patch.setenv("DAGSTER_HOME", str(root.dagster))
        patch.setenv("WELFARE_DATA", str(root.path))
        told = CliRunner().invoke(
            welfare_commands, [*words, "--data", str(root.path)], standalone_mode=False, catch_exceptions=False
        )
    return Ended(told.return_value, told.output)


Welfare = Callable[..., Ended]


TABLES = ("registry", "recipient_rows", "proposals", "links", "review_pairs", "recipient_outcomes", "district_summary")


def make_month(root: DataRoot, period: str, district: str) -> None:
    """What a run leaves in the lake."""
    with root.partition(period, district).draft() as draft:
        write_empty(draft, *TABLES)
        Maker("a run", load_policy()).sign(draft)
        draft.accept("a run")


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Kampar and Bengkalis in October and November, reconciled and published; not to be changed."""
    return made_once("stores", made_and_published, tmp_path_factory)


def made_and_published(folder: Path) -> DataRoot:
    """A data root of both districts and months."""
    root = DataRoot(folder / "data")
    land(root, EARLIER, PERIOD)
    root.deployment_secret()
    for district in (KAMPAR, BENGKALIS):
        for period in (EARLIER, PERIOD):
            make_month(root, period, district)
        publish_district(root, district)
    publish_analysts(root)
    return root


@pytest.fixture
def two_months(finished: DataRoot, tmp_path: Path) -> DataRoot:
    """A copy to be damaged."""
    shutil.copytree(finished.path, tmp_path / "data")
    return DataRoot(tmp_path / "data")


@pytest.fixture
def welfare(two_months: DataRoot) -> Welfare:
    """Types a command on the copy."""
    return partial(type_command, two_months)


def flip(file: Path) -> None:
    """Turn a byte in the middle of the file over."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def make_empty(file: Path) -> None:
    file.write_bytes(b"")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def published(root: DataRoot, database: str = "welfare") -> dict[tuple[Any, ...], int]:
    """How many tables each month and district shows as made."""
    with duckdb.connect(root.published / f"{database}.duckdb", read_only=True) as con:
        return {
            row[:2]: row[2]
            for row in con.sql("select period, district_code, count(*) from run_manifest group by all").fetchall()
        }


DAMAGES = [
    ("registry", flip, "registry is not as the run made it"),
    ("links", cut, "links is not as the run made it"),
    ("run_manifest", make_empty, "run_manifest is empty"),
    ("recipient_rows", Path.unlink, "recipient_rows is missing"),
]


def test_every_damaged_table_is_told_by_verify_with_what_mends_it(two_months: DataRoot, welfare: Welfare) -> None:
    for table, damage, _ in DAMAGES:
        damage(two_months.partition(EARLIER, KAMPAR).path(table))
    flip(two_months.partition(PERIOD, BENGKALIS).path("recipient_outcomes"))
    shutil.rmtree(two_months.partition(EARLIER, BENGKALIS).folder)
    verified = welfare("verify")
    assert verified.exit_code == 1
    for _, _, words in DAMAGES:
        assert words in verified.output
    assert f"Mend it: {MEND}" in verified.output
    assert (
        f"{BENGKALIS} {EARLIER}: lake: its folder is gone. Mend it: welfare run --period {EARLIER}" in verified.output
    )
    assert f"{BENGKALIS} {PERIOD}: lake: recipient_outcomes is not as the run made it" in verified.output
    assert "unexpected" not in verified.output


def test_a_run_names_what_is_damaged_goes_on_with_the_others_and_loses_no_row(
    two_months: DataRoot, welfare: Welfare
) -> None:
    before = published(two_months), published(two_months, f"districts/{KAMPAR}")
    for table, damage, _ in DAMAGES:
        damage(two_months.partition(EARLIER, KAMPAR).path(table))
    ended = welfare("run", "--period", PERIOD)
    assert ended.exit_code == 1
    for _, _, words in DAMAGES:
        assert words in ended.output
    assert MEND in ended.output
    assert ended.output.count("reconciled") == 1  # Bengkalis
    assert "unexpected" not in ended.output
    assert published(two_months)[EARLIER, KAMPAR] == before[0][EARLIER, KAMPAR]
    assert {*published(two_months)} == {*before[0]}
    assert published(two_months, f"districts/{KAMPAR}") == before[1]

    assert welfare(*MEND.split()[1:]).exit_code == 0
    assert "All of one piece." in welfare("verify").output


def test_a_month_that_is_gone_is_noticed_and_its_rows_stay_published(two_months: DataRoot, welfare: Welfare) -> None:
    before = published(two_months)
    shutil.rmtree(two_months.lake / EARLIER)
    ended = welfare("run", "--period", PERIOD, "--district", BENGKALIS)
    assert ended.exit_code == 1
    assert f"{KAMPAR} {EARLIER}: lake: its folder is gone. Mend it: {MEND}" in ended.output
    assert published(two_months) == before


def test_a_pointer_that_is_damaged_is_told_with_what_mends_it(two_months: DataRoot, welfare: Welfare) -> None:
    before = published(two_months)
    flip(two_months.lake / EARLIER / KAMPAR / "pointer.json")
    (two_months.lake / EARLIER / BENGKALIS / "pointer.json").unlink()
    for ended in (welfare("verify"), welfare("run", "--period", PERIOD)):
        assert ended.exit_code == 1
        for district in (KAMPAR, BENGKALIS):
            assert f"{district} {EARLIER}: lake: pointer.json is missing or damaged. Mend it:" in ended.output
    assert published(two_months) == before
    assert welfare("run", "--period", EARLIER).exit_code == 0
    assert "All of one piece." in welfare("verify").output


def test_months_of_an_older_version_are_named_to_be_run_again(two_months: DataRoot, welfare: Welfare) -> None:
    for district in (KAMPAR, BENGKALIS):
        file = two_months.partition(EARLIER, district).path("links")
        pl.read_parquet(file).drop("match_probability").write_parquet(file)
    for ended in (welfare("run", "--period", PERIOD), welfare("verify")):
        assert ended.exit_code == 1
        assert "unexpected" not in ended.output
        assert f"Run these months again, oldest first: {MEND}" in ended.output


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DataRoot:
    """A data root with a run history."""
    root = DataRoot(tmp_path / "history")
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.setenv("WELFARE_DATA", "")
    make_history(root)
    return root


def test_a_damaged_run_history_is_moved_aside_and_a_new_one_begins(
    history: DataRoot, caplog: pytest.LogCaptureFixture
) -> None:
    (history.dagster / "history" / "runs.db").write_bytes(b"no database at all" * 1000)
    make_history(history)
    assert "The run history was damaged: it is moved to" in caplog.text
    assert len(list(history.path.glob("dagster.damaged-*/history/runs.db"))) == 1
    assert not is_damaged(history.dagster)
    shutil.rmtree(history.dagster)
    history.dagster.write_text("no folder")
    make_history(history)
    (history.dagster / "dagster.yaml").write_text("storage: [no, settings")
    with pytest.raises(HistoryError, match=r"dagster\.yaml"):
        make_history(history)


def test_settings_that_want_a_variable_of_the_environment_name_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = DataRoot(tmp_path)
    shutil.copytree(Path(fleet.__file__).parent, tmp_path / "dagster", ignore=shutil.ignore_patterns("*.py*"))
    monkeypatch.setenv("DAGSTER_HOME", "")
    monkeypatch.setenv("WELFARE_BROKER", "redis://127.0.0.1:1/0")
    monkeypatch.delenv("WELFARE_DATABASE", raising=False)
    with pytest.raises(HistoryError, match="want WELFARE_DATABASE in the environment: set what the other processes"):
        make_history(root)
    assert "wants WELFARE_DATABASE in the environment, where it is not set" in instance(root).words
    monkeypatch.delenv("WELFARE_BROKER")
    assert "wants WELFARE_BROKER and WELFARE_DATABASE in the environment" in instance(root).words


def cut_in_half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def make_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def test_a_database_of_the_history_that_cannot_be_read_is_found(history: DataRoot, tmp_path: Path) -> None:
    assert not is_damaged(history.dagster)
    for number, (name, damage) in enumerate(product(DATABASES, (cut_in_half, make_a_folder, make_empty))):
        home = tmp_path / str(number)
        shutil.copytree(history.dagster, home)
        damage(home / name)
        assert is_damaged(home) is (damage is not make_empty), (name, damage)  # an empty one is made anew


def test_damaged_databases_are_told_and_made_anew(two_months: DataRoot, welfare: Welfare) -> None:
    for name in ("welfare", f"districts/{KAMPAR}"):
        (two_months.published / f"{name}.duckdb").write_bytes(b"no database")
    verified = welfare("verify")
    assert verified.exit_code == 1
    assert "welfare.duckdb: is damaged, it cannot be opened" in verified.output
    assert f"districts/{KAMPAR}.duckdb: is damaged" in verified.output
    published_again = welfare("publish")
    assert published_again.exit_code == 0, published_again.output
    assert str(two_months.published / "districts" / f"{KAMPAR}.duckdb") in published_again.output
    assert welfare("verify").exit_code == 0


def test_what_somebody_changed_in_a_database_is_mended_by_publishing_it_from_nothing(
    two_months: DataRoot, welfare: Welfare
) -> None:
    path = two_months.published / "welfare.duckdb"
    seen = path.stat()
    with duckdb.connect(path) as con:
        con.execute("delete from run_manifest")
    os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    told = welfare("verify")
    assert (told.exit_code, "Made anew by: welfare publish --from-nothing" in told.output) == (1, True)
    assert welfare("publish", "--from-nothing", "--period", PERIOD).exit_code == 0
    assert welfare("verify").exit_code == 0


def test_nothing_is_published_of_a_month_that_is_not_there(two_months: DataRoot) -> None:
    for period, words in (("2020-01", "nothing of 2020-01 has been reconciled"), ("2020", "is not a month")):
        with pytest.raises(click.UsageError, match=words):
            type_command(two_months, "publish", "--period", period)


def test_a_secret_that_cannot_be_used_stops_a_run_in_the_web_pages_too(
    reconcile: Callable[[str], Any], root: DataRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WELFARE_SECRET", "a secret of tests")
    root.deployment_secret()
    monkeypatch.setenv("WELFARE_SECRET", "another secret of tests")
    result = reconcile(KAMPAR)
    assert not result.success
    told = next(e.step_failure_data.user_failure_data.description for e in result.all_events if e.is_step_failure)
    assert "WELFARE_SECRET is not the secret that the keys in the lake were made with" in told
    assert str(root.lake) not in told
