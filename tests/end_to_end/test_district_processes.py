"""Several districts at once in one `welfare run`: how many, and what a Ctrl-C does to them."""

import os
import signal
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.end_to_end.at_once import PERIOD, land_districts
from tests.ready import WELFARE, start
from welfare_pipeline.cli import district_processes
from welfare_pipeline.cli.district_processes import at_once
from welfare_pipeline.lake import FULL_SIZE, DataRoot

PATIENCE = 120  # seconds


@pytest.mark.parametrize(
    ("districts", "wanted", "machine", "expected"),
    [
        (3, None, (8, 64 * FULL_SIZE), 1),  # importing costs more than it saves
        (12, None, (4, 64 * FULL_SIZE), 4),
        (12, None, (32, 64 * FULL_SIZE), 6),
        (12, None, (8, 3 * FULL_SIZE), 3),
        (12, None, (8, FULL_SIZE // 2), 1),
        (12, 1, (8, 64 * FULL_SIZE), 1),
        (2, 9, (1, FULL_SIZE), 2),
    ],
)
def test_as_many_go_on_as_cores_and_memory_are_there_for(
    monkeypatch: pytest.MonkeyPatch, districts: int, wanted: int | None, machine: tuple[int, int], expected: int
) -> None:
    for what, there in zip(("processors", "memory_here"), machine, strict=True):
        monkeypatch.setattr(district_processes, what, lambda there=there: there)
    assert at_once(districts, wanted) == expected


def recorded(root: DataRoot, status: str = "%") -> int:
    """How many runs of that status the history has."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(root.dagster / "history" / "runs.db")) as con:
        return int(con.execute("select count(*) from runs where status like ?", [status]).fetchone()[0])
    return 0


def living(processes: set[int]) -> set[int]:
    """Those of the processes, and of their descendants, that are there."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, rest = status.read_text("utf-8", "replace").split(" ", 1)
            parents[int(number)] = int(rest.rsplit(")", 1)[1].split()[1])
    found = processes & parents.keys()
    while more := {number for number, parent in parents.items() if parent in found} - found:
        found |= more
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks at processes as Linux shows them")
def test_a_ctrl_c_stops_every_district_and_leaves_no_process(tmp_path: Path) -> None:
    root = DataRoot(tmp_path / "data")
    land_districts(root, "1401", "1402", "1403", "1404")
    words = ("run", "--period", PERIOD, "--at-once", "2", "--data", str(root.path))
    run = start(WELFARE, *words)
    until = time.monotonic() + PATIENCE
    while recorded(root, "STARTED") < 2 and living({run.process}) and time.monotonic() < until:
        time.sleep(0.1)
    processes = living({run.process})
    os.kill(run.process, signal.SIGINT)
    ended = run.ended()

    assert ended.returncode == 130, ended.stderr  # as shells have it
    assert "stopped. What was finished stands" in ended.stderr
    assert len(processes) > 3  # the command, its parent, and one a district
    until = time.monotonic() + PATIENCE
    while living(processes) and time.monotonic() < until:  # Python's own helper ends last
        time.sleep(0.1)
    assert living(processes) == set()
    assert recorded(root, "STARTED") == 0
    assert recorded(root) == 2  # the districts that waited were not begun
