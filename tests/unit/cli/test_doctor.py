"""`welfare doctor` names each fault that is made on purpose, and finds nothing wrong where nothing is."""

import datetime as dt
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from tests.conftest import Keep
from welfare_pipeline.cli.doctoring import machine
from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.lake import DataRoot

PERIOD = "2021-11"
CHECKS = (
    "Python", "DuckDB extensions", "disk", "owner", "permissions", "locks", "secret", "policy", "time zone", "clock",
    "lake", "Dagster instance",
)  # fmt: skip


@pytest.fixture
def deployment(root: DataRoot, keep: Keep) -> DataRoot:
    """A data root in which a month of Kampar is linked."""
    root.deployment_secret()
    keep(PERIOD, "1401", links=[{"row_id": 1}], landed_files=[{"source_file": "pkh.csv"}])
    return root


def doctor(root: DataRoot) -> Result:
    return CliRunner().invoke(welfare, ["doctor", "--data", str(root.path)], standalone_mode=False)


def wrong(told: str) -> dict[str, str]:
    """What is wrong, by check."""
    lines = [line for line in told.splitlines() if line.startswith("WRONG")]
    return {line[7:27].strip(): line[27:] for line in lines}


def code_of(root: DataRoot) -> tuple[int, dict[str, str], str]:
    told = doctor(root)
    assert told.exception is None
    return told.return_value, wrong(told.output), told.output


def test_where_nothing_is_wrong_each_check_says_so_in_a_line_and_nothing_is_changed(
    deployment: DataRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "UTC")  # a clock in UTC is no fault

    def files() -> dict[Path, int]:
        return {path: path.stat().st_mtime_ns for path in deployment.path.rglob("*")}

    before = files()
    code, found, told = code_of(deployment)
    assert (code, found) == (0, {}), told
    assert [line[7:27].strip() for line in told.splitlines() if line.startswith("ok")] == [*CHECKS]
    assert files() == before


def test_a_place_where_nothing_is_yet_is_sound_and_stays_empty(tmp_path: Path) -> None:
    code, found, told = code_of(DataRoot(tmp_path / "new"))
    assert (code, found) == (0, {}), told
    assert not (tmp_path / "new").exists()


def full_disk(_: DataRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1_000_000))


def wrong_secret(root: DataRoot, _: pytest.MonkeyPatch) -> None:
    root.secret.write_text("another secret of sufficient length", "ascii")
    root.secret.chmod(0o600)


def former_layout(root: DataRoot, _: pytest.MonkeyPatch) -> None:
    shutil.rmtree(root.lake / ".made", ignore_errors=True)
    for mark in root.lake.glob(".layout*"):
        mark.unlink()
    folder = root.lake / "2021-10" / "1401"
    folder.mkdir(parents=True)
    [links] = root.lake.glob(f"{PERIOD}/1401/*/links.parquet")
    shutil.copy(links, folder)


def mistaken_policy(root: DataRoot, _: pytest.MonkeyPatch) -> None:
    root.policy.write_text("[thresholds]\nrejected_share = 30\n", "utf-8")


def lost_extension(_: DataRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "httpfs_extension", lambda: Path("/nowhere/httpfs.duckdb_extension"))


def foreign_owner(_: DataRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    stranger = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: stranger)


def unknown_zone(root: DataRoot, _: pytest.MonkeyPatch) -> None:
    root.policy.write_text('time_zone = "Asia/Kampar"\n', "utf-8")


def broken_instance(root: DataRoot, _: pytest.MonkeyPatch) -> None:
    root.dagster.mkdir()
    (root.dagster / "dagster.yaml").write_text("storage: {no_such_storage: {}}\n", "utf-8")


def damaged_history(root: DataRoot, _: pytest.MonkeyPatch) -> None:
    (root.dagster / "history").mkdir(parents=True)
    (root.dagster / "history" / "runs.db").write_bytes(b"no database" * 500)


def open_folder(root: DataRoot, _: pytest.MonkeyPatch) -> None:
    root.lake.chmod(0o755)


@pytest.mark.parametrize(
    ("fault", "check", "words"),
    [
        (full_disk, "disk", "make room"),
        (wrong_secret, "secret", "not the secret that the keys in the lake were made with"),
        (former_layout, "lake", "welfare migrate"),
        (mistaken_policy, "policy", "thresholds.rejected_share = 30"),
        (lost_extension, "DuckDB extensions", "httpfs"),
        (foreign_owner, "owner", "chown -R"),
        (unknown_zone, "time zone", "Asia/Kampar"),
        (broken_instance, "Dagster instance", "dagster.yaml"),
        (damaged_history, "Dagster instance", "cannot be read"),
        (open_folder, "permissions", "chmod 700"),
    ],
)
def test_a_fault_is_named_with_what_to_do(
    deployment: DataRoot,
    monkeypatch: pytest.MonkeyPatch,
    fault: Callable[[DataRoot, pytest.MonkeyPatch], None],
    check: str,
    words: str,
) -> None:
    fault(deployment, monkeypatch)
    code, found, told = code_of(deployment)
    assert code == 1, told
    assert words in found[check]
    assert set(found) <= {check, "policy"}, told  # a time zone is a mistake of the policy, too


def test_a_lock_that_is_held_is_named_with_its_process_and_not_waited_for(deployment: DataRoot) -> None:
    with deployment.alone("1401"):
        code, found, _ = code_of(deployment)
    assert code == 1
    assert f"1401 by process {os.getpid()}" in found["locks"]
    with FileLock(deployment.lock("content")):
        assert "content" in code_of(deployment)[1]["locks"]
    with deployment.alone("process-1-ab"):  # only says that `welfare ui` is there
        assert code_of(deployment)[0] == 0


def test_a_table_of_an_older_version_is_named_with_the_command_that_makes_it_anew(deployment: DataRoot) -> None:
    [links] = deployment.lake.glob(f"{PERIOD}/1401/*/links.parquet")
    with duckdb.connect() as con:
        con.execute(f"create table links as select * exclude (family_key) from '{links}'")
        links.unlink()
        con.execute(f"copy links to '{links}' (format parquet)")
    code, found, _ = code_of(deployment)
    assert code == 1
    assert f"welfare run --period {PERIOD}" in found["lake"]


@pytest.mark.parametrize(("version", "is_wrong"), [((3, 10, 12), True), ((3, 11, 0), False), ((3, 14, 1), False)])
def test_a_python_that_is_too_old_is_named(version: tuple[int, int, int], *, is_wrong: bool) -> None:
    found = machine.python(version)
    assert found.is_wrong == is_wrong
    assert ".".join(map(str, version)) in found.words


def test_a_clock_before_its_time_or_behind_the_lake_is_wrong(deployment: DataRoot) -> None:
    now = dt.datetime.now(dt.UTC)
    assert machine.clock(deployment, dt.datetime(1970, 1, 1, tzinfo=dt.UTC)).is_wrong
    assert machine.clock(deployment, now - dt.timedelta(days=2)).is_wrong
    assert not machine.clock(deployment, now).is_wrong
