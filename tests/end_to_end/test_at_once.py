"""Several runs on one data root at the same time, people reading meanwhile, and runs that are killed."""

import random
import runpy
import threading
from pathlib import Path
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


def read_again_and_again(database: Path, done: threading.Event, seen: set[Any]) -> None:
    """What a reader that opens the database anew each time meets: disagreeing rows, or an error."""
    while not done.wait(0.5):
        if database.exists():
            try:
                with duckdb.connect(database, read_only=True) as con:
                    seen.update(row[0] for row in con.sql(DISAGREEING).fetchall())
            except duckdb.Error as error:
                seen.add(str(error))


def test_runs_at_once_lose_no_district_and_disturb_no_reader(tmp_path: Path) -> None:
    root = DataRoot(tmp_path / "data")
    runpy.run_path(str(KILLS))["land"](root.path, PERIOD, ("1401", "1403"), people=12)
    done, seen = threading.Event(), set[Any]()
    told = (root.published / "welfare.duckdb", done, seen)
    readers = [threading.Thread(target=read_again_and_again, args=told) for _ in range(READERS)]
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

    assert [run.returncode for run in ended] == [0, 0, 0], ended
    assert seen == {0}
    with duckdb.connect(root.published / "welfare.duckdb", read_only=True) as con:
        found = con.sql("select district_code, primary_reason from off_target_recipients order by all").fetchall()
        stale = con.sql("select district_code, stale_because from district_status").fetchall()
    for district in ("1401", "1403"):  # one that was decided before the other was read does not know of it, and says so
        told = ((district, "DUPLICATE_ACROSS_DISTRICTS"), (district, "other_district_changed"))
        assert {*told} & {*found, *stale}, (district, found, stale)


def test_what_a_killed_run_leaves_the_next_one_makes_up_for() -> None:
    seed = str(random.randrange(1_000_000))  # noqa: S311  other moments each time
    program = f"import runpy; runpy.run_path({str(KILLS)!r}, run_name='__main__')"
    killed = start(program, "--kills", "2", "--in-a-row", "2", "--districts", "1", "--seed", seed).ended()
    assert killed.returncode == 0, f"seed {seed}: {killed.stdout}{killed.stderr}"
    assert "1 of 1 results equal" in killed.stdout
