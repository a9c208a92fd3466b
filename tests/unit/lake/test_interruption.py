"""Ctrl-C in the middle of a query is a Ctrl-C, not an unexpected error, and what was attached can be attached again."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from welfare_pipeline.cli import entry
from welfare_pipeline.defs.failures import told_plainly
from welfare_pipeline.lake import DataRoot, attach, interruption, letting_go

LONG = "select sum(hash(range)) from range(1_000_000_000_000)"
SOON = 0.05


@contextmanager
def ctrl_c_soon() -> Iterator[None]:
    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SOON)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def query_broken_off(path: Path) -> RuntimeError:
    with pytest.raises(RuntimeError, match="interrupted") as told:
        ask_for_long(path)
    return told.value


def ask_for_long(path: Path) -> None:
    with duckdb.connect() as con, letting_go(con):
        attach(con, path, "published", private=False)
        con.execute("use published")
        with ctrl_c_soon():
            con.execute(LONG)


def test_the_file_of_a_query_that_was_broken_off_can_be_attached_again(tmp_path: Path) -> None:
    path = tmp_path / "1401.duckdb"
    assert isinstance(interruption(query_broken_off(path)), KeyboardInterrupt)
    with duckdb.connect() as con:
        attach(con, path, "published", private=False)


def test_other_errors_are_no_interruption() -> None:
    assert interruption(RuntimeError("a step failed")) is None


def test_a_step_that_was_stopped_in_a_query_ends_as_stopped_and_not_as_failed(root: DataRoot, tmp_path: Path) -> None:
    error = query_broken_off(tmp_path / "1401.duckdb")
    with pytest.raises(KeyboardInterrupt), told_plainly("district_database", root):
        raise error
    with pytest.raises(dg.Failure, match="unexpected RuntimeError"), told_plainly("district_database", root):
        raise RuntimeError


def test_a_command_that_was_stopped_in_a_query_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    error = query_broken_off(tmp_path / "1401.duckdb")

    def stopped(*_args: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(entry.welfare, "main", stopped)
    with pytest.raises(SystemExit, match="130"):
        entry.main()
    assert capsys.readouterr().err == f"welfare: {entry.STOPPED}\n"
