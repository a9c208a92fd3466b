"""Several runs on one data root at the same time, people reading meanwhile, and runs that are killed."""

import random

import duckdb

from tests.end_to_end.at_once import KILLS, AtOnce
from tests.ready import start


def test_runs_at_once_lose_no_district_and_disturb_no_reader(at_once: AtOnce) -> None:
    assert [run.returncode for run in at_once.ended] == [0, 0, 0], at_once.ended
    assert at_once.seen == {0}
    with duckdb.connect(at_once.root.published / "welfare.duckdb", read_only=True) as con:
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
