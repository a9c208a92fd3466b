"""Two districts of twelve people each, run by three processes at the same time while people read."""

import runpy
import threading
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import duckdb

from tests.ready import WELFARE, start
from welfare_pipeline.lake import DataRoot

KILLS = Path(__file__).parents[2] / "benchmarks" / "kills.py"
PERIOD = "2021-11"
READERS = 4
AS_THE_DAEMON_DOES = """
import sys, pathlib
import dagster as dg
from welfare_pipeline.defs.instance import make_history
from welfare_pipeline.lake import DataRoot
make_history(DataRoot(pathlib.Path(sys.argv[1])))  # `welfare ui` does, before the daemon starts
from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.partitions import partition_key
for job, key in (("reconcile_district", partition_key("2021-11", "1401")), ("publish_period", "2021-11")):
    with dg.DagsterInstance.get() as instance:
        result = definitions().resolve_job_def(job).execute_in_process(instance=instance, partition_key=key)
    assert result.success
"""
DISAGREEING = """
select count(*) from district_summary as told full join (
    select period, district_code, count(*) as rows from recipient_outcomes group by all
) using (period, district_code)
where off_target + to_verify + unresolved + on_target is distinct from rows
"""


@dataclass(frozen=True)
class AtOnce:
    """A data root in which Kampar was run twice and Bengkalis once, how the runs ended, and what readers saw."""

    root: DataRoot
    ended: list[CompletedProcess[str]]
    seen: set[Any]


def land_districts(root: DataRoot, *districts: str) -> None:
    """The lists of these districts, of twelve people each."""
    runpy.run_path(str(KILLS))["land"](root.path, PERIOD, districts, people=12)


def run_at_once(folder: Path) -> AtOnce:
    """Land the lists of Kampar and Bengkalis, and run them."""
    root = DataRoot(folder / "data")
    land_districts(root, "1401", "1403")
    done, seen = threading.Event(), set[Any]()
    told = (root.published / "welfare.duckdb", done, seen)
    readers = [threading.Thread(target=_read_again_and_again, args=told) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    at_once = [
        start(WELFARE, "run", "--period", PERIOD, "--district", "1401", "--data", str(root.path)),
        start(WELFARE, "run", "--period", PERIOD, "--district", "1403", "--data", str(root.path)),
        start(AS_THE_DAEMON_DOES, str(root.path)),
    ]
    ended = [run.ended() for run in at_once]
    done.set()
    for reader in readers:
        reader.join()
    return AtOnce(root, ended, seen)


def _read_again_and_again(database: Path, done: threading.Event, seen: set[Any]) -> None:
    """What a reader that opens the database anew each time meets: disagreeing rows, or an error."""
    while not done.wait(0.5):
        if database.exists():
            try:
                with duckdb.connect(database, read_only=True) as con:
                    seen.update(row[0] for row in con.sql(DISAGREEING).fetchall())
            except duckdb.Error as error:
                seen.add(str(error))
