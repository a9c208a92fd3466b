"""What readers of the lake meet while a run is at work in it, and what is left of one that was killed."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import polars as pl
import pytest

from tests.conftest import Keep
from welfare_pipeline.lake import DataRoot, Draft, Partition, damages_in, earlier_months
from welfare_pipeline.lake.connecting import SMALL, connected, is_small
from welfare_pipeline.lake.contents import digest_of, today_declared, write_contents

FILE = {"source_file": "pkh.csv", "sha256": "ab", "rows_landed": 3}
PROGRAM = """
import pathlib, sys, time
from welfare_pipeline.lake import DataRoot
root = DataRoot(pathlib.Path(sys.argv[1]))
with root.alone("1401"), root.partition("2021-11", "1401").draft() as draft, draft.connect() as con:
    draft.path("recipient_rows").write_bytes(b"SITI")
    print("drafting", flush=True)
    time.sleep(60)
"""


def kept(partition: Partition) -> list[str]:
    return partition.tables()


def draft_over(partition: Partition, keep: Keep, table: str) -> Iterator[Draft]:
    """A step of a run that makes one more table."""
    elsewhere = keep("2099-01", "9999", **{table: [FILE]}).path(table)
    with partition.draft() as draft:
        draft.path(table).write_bytes(elsewhere.read_bytes())
        yield draft


def versions(root: DataRoot) -> list[str]:
    """The versions of Kampar's month that are in the lake."""
    return sorted(folder.name for folder in root.lake.glob("2021-11/1401/*/"))


@pytest.fixture
def other_process(root: DataRoot) -> Iterator[subprocess.Popen[str]]:
    """A process in the middle of a draft of Kampar's month."""
    with subprocess.Popen([sys.executable, "-c", PROGRAM, root.path], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "drafting\n"
        yield process
        process.kill()


def test_what_a_run_makes_is_read_once_it_is_accepted(root: DataRoot, keep: Keep) -> None:
    whole = keep("2021-11", "1401", landed_files=[FILE])
    for draft in draft_over(whole, keep, "rejected_rows"):
        linked = draft.keep()
    assert root.published_partition("2021-11", "1401") == whole
    assert kept(whole) == ["landed_files"]
    assert root.partition("2021-11", "1401") == linked
    with linked.draft() as draft:
        decided = draft.accept()
    assert root.published_partition("2021-11", "1401") == root.partition("2021-11", "1401") == decided
    assert kept(decided) == ["landed_files", "rejected_rows"]
    assert decided.version > linked.version > whole.version
    assert versions(root) == [whole.version, decided.version]  # nothing points to what was linked any more


def test_what_is_held_back_leaves_the_former_tables_published(root: DataRoot, keep: Keep) -> None:
    whole = keep("2021-11", "1401", landed_files=[FILE], rejected_rows=[FILE])
    with root.nothing("2021-11", "1401").draft() as draft:
        draft.path("landed_files").write_bytes(whole.path("landed_files").read_bytes())
        draft.path("registry").write_bytes(b"SITI")
        held_back = draft.hold_back(["landed_files"], "The lists would mislead.")
    assert [root.published_partition("2021-11", "1401")] == root.partitions() == [whole]
    assert root.newest_deliveries() == [held_back]
    assert kept(held_back) == ["landed_files"]


def test_a_few_versions_published_before_are_kept(root: DataRoot, keep: Keep) -> None:
    made = [keep("2021-11", "1401", landed_files=[FILE | {"rows_landed": n}]).version for n in range(5)]
    assert versions(root) == made[-3:]


def test_a_version_takes_the_place_of_another_wherever_it_is_pointed_to(root: DataRoot, keep: Keep) -> None:
    first = keep("2021-11", "1401", landed_files=[FILE])
    second = keep("2021-11", "1401", landed_files=[FILE | {"rows_landed": 4}])
    for version in root.versions():
        with version.draft() as draft:
            draft.take_place()
    assert [kept(version) for version in root.versions()] == [["landed_files"]] * 2
    assert not {first.version, second.version} & {*versions(root)}
    assert root.published_partition("2021-11", "1401").rows("landed_files") == 1


def test_a_partition_is_whole_at_every_moment(root: DataRoot, keep: Keep) -> None:
    both = {"landed_files": [FILE], "rejected_rows": [FILE]}
    keep("2021-11", "1401", **both)
    found: set[int] = set()
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            with root.snapshot("test") as lake:
                found.update(len(kept(partition)) for partition in lake)

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(50):
        keep("2021-11", "1401", **both)
    done.set()
    reader.join()
    assert found == {2}


def test_a_pointer_that_moves_while_a_snapshot_is_taken_is_in_it(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = keep("2021-11", "1401", landed_files=[FILE])
    linked, moments = os.link, iter([True])

    def moved(file: str, link: str) -> None:
        if file.endswith("pointer.json") and next(moments, False):
            raise FileNotFoundError(file)  # as Linux says of a file that was replaced after it was looked up
        linked(file, link)

    monkeypatch.setattr(os, "link", moved)
    with root.snapshot("test") as lake:
        assert [(partition.name, partition.version) for partition in lake] == [(whole.name, whole.version)]


def test_an_earlier_month_is_what_is_published_of_it(root: DataRoot, keep: Keep) -> None:
    september = keep("2021-09", "1401", landed_files=[FILE])
    keep("2021-10", "1403", landed_files=[FILE])
    with root.nothing("2021-10", "1401").draft() as draft:
        draft.hold_back([])
    november = keep("2021-11", "1401", landed_files=[FILE])
    assert earlier_months(november) == [september]
    assert earlier_months(root.nothing("2021-12", "1401")) == [september, november]
    november.point(lambda pointer: pointer.withdrawn("A mistake.", 2))
    assert earlier_months(root.nothing("2021-12", "1401")) == [september]


def test_tables_of_an_older_program_are_named_until_all_of_them_are_made_anew(keep: Keep) -> None:
    def told(version: Partition) -> list[str]:
        return [str(damage) for damage in damages_in(version, ())]

    whole = keep("2021-11", "1401", landed_files=[FILE])
    noted = whole.contents_or_nothing()
    assert (noted.declared, told(whole)) == (today_declared(), [])

    file = whole.path("landed_files")
    pl.read_parquet(file).drop("sha256").write_parquet(file)
    write_contents(whole.folder, replace(noted, files={"landed_files": digest_of(file)}, declared="of 2025"))
    of_2025 = ["landed_files was made by an older version and lacks columns of today"]
    assert told(whole) == of_2025

    for draft in draft_over(whole, keep, "rejected_rows"):
        half = draft.keep()
    assert (half.contents_or_nothing().declared, told(half)) == ("", of_2025)

    anew = keep("2021-11", "1401", landed_files=[FILE], rejected_rows=[FILE])
    assert (anew.contents_or_nothing().declared, told(anew)) == (today_declared(), [])


def test_what_a_later_program_noted_of_a_version_is_left_out(keep: Keep) -> None:
    whole = keep("2021-11", "1401", landed_files=[FILE])
    noted = whole.contents_or_nothing()
    note = whole.folder / "version.json"
    note.write_text(json.dumps(json.loads(note.read_text("utf-8")) | {"of_2031": "a word"}), "utf-8")
    assert whole.contents_or_nothing() == noted


def test_what_a_later_program_writes_into_a_pointer_is_left_out(root: DataRoot, keep: Keep) -> None:
    kampar = keep("2021-11", "1401", landed_files=[FILE])
    told, file = root.pointer("2021-11", "1401"), kampar.home / "pointer.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | {"of_2031": "a word"}), "utf-8")
    assert told is not None
    assert root.pointer("2021-11", "1401") == told


def test_what_a_killed_process_drafted_is_removed_by_the_next_one(
    root: DataRoot, other_process: subprocess.Popen[str]
) -> None:
    with root.partition("2021-10", "1403").draft():
        assert len([file for file in root.lake.rglob("recipient_rows.parquet") if file.read_bytes() == b"SITI"]) == 1
    other_process.send_signal(signal.SIGKILL)
    other_process.wait()
    with root.partition("2021-10", "1403").draft() as mine:
        assert [folder for folder in (root.lake / ".drafts").iterdir() if folder.is_dir()] == [mine.folder]
    assert list((root.lake / ".drafts").iterdir()) == []


def test_a_district_waits_for_its_turn_and_says_for_whom(
    root: DataRoot, other_process: subprocess.Popen[str], caplog: pytest.LogCaptureFixture
) -> None:
    threading.Timer(0.5, other_process.kill).start()
    before = time.monotonic()
    with root.alone("1403"):
        assert time.monotonic() - before < 0.4
    with root.alone("1401"):
        assert other_process.wait() == -signal.SIGKILL
    assert caplog.messages == [f"Waiting for 1401, which process {other_process.pid} is at work on."]


@pytest.mark.parametrize("mask", [0, 0o077, 0o277])
def test_the_lake_is_private_whatever_the_mask(root: DataRoot, keep: Keep, mask: int) -> None:
    root.path.mkdir(parents=True)
    former = os.umask(mask)
    try:
        partition = keep("2021-11", "1401", landed_files=[FILE])
    finally:
        os.umask(former)
    assert stat.S_IMODE(root.lake.stat().st_mode) == 0o700
    assert stat.S_IMODE(partition.path("landed_files").stat().st_mode) == 0o600


def test_the_secret_is_made_once(root: DataRoot) -> None:
    root.path.mkdir(parents=True)
    (root.path / ".secret.draft").write_text("half a sec")
    made: list[str] = []
    makers = [threading.Thread(target=lambda: made.append(root.deployment_secret())) for _ in range(8)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(set(made)) == 1
    assert len(made[0]) == 64
    assert stat.S_IMODE(root.secret.stat().st_mode) == 0o600
    assert sorted(path.name for path in root.path.iterdir()) == ["lake", "secret"]


def test_a_reader_gets_rows_in_the_order_asked_for(root: DataRoot) -> None:
    """DuckDB may lose the order of a long result (a worklist's rows) unless it is told to keep it."""
    with root.partition("2021-11", "1401").connect() as con:
        assert con.sql("select current_setting('preserve_insertion_order')").fetchall() == [(True,)]


def test_a_connection_sees_the_tables_that_are_asked_for_and_little_data_take_one_thread(
    root: DataRoot, keep: Keep
) -> None:
    partition = keep("2021-11", "1401", registry=[{"row_id": 1}], pkh=[{"row_id": 2}])
    with partition.connect(tables=["registry", "population"]) as con:
        assert con.sql("select row_id from registry").fetchall() == [(1,)]
        assert con.sql("from population").fetchall() == [], "a declared table that is not there is empty"
        assert con.sql("select count(*) from duckdb_views() where not internal").fetchall() == [(2,)]
        assert con.sql("select current_setting('threads')").fetchall() == [(1,)]
    large = root.path / "large.parquet"
    large.write_bytes(b"x" * SMALL)
    assert not is_small({"registry": [large]})
    assert is_small({"registry": [partition.path("registry"), root.path / "not there"]})


def test_little_data_stays_in_memory_and_what_may_be_more_has_room_on_the_disk(root: DataRoot, keep: Keep) -> None:
    partition = keep("2021-11", "1401", landed_files=[FILE])
    asked = "select current_setting('temp_directory')"
    with partition.connect() as con:
        assert con.execute(asked).fetchall() == [("",)]
    further = partition.connect(threads=2), connected(root.lake, {})  # what is read by them beside is not known
    for connection in further:
        with connection as con:
            [(spilled,)] = con.execute(asked).fetchall()
        assert spilled.startswith(f"{root.lake}/.drafts/")


@dataclass
class LittleMemory:
    """A connection that cannot hold what a query is made of and sort its rows at the same time."""

    con: duckdb.DuckDBPyConnection
    refused: int = 0

    def execute(self, query: str, values: object = None) -> duckdb.DuckDBPyConnection:
        if query.startswith("copy") and not self.refused:
            self.refused += 1
            message = "failed to pin block"
            raise duckdb.OutOfMemoryException(message)
        return self.con.execute(query, values)

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        return self.con.sql(query)


def test_rows_that_cannot_be_sorted_while_they_are_made_are_sorted_afterwards(keep: Keep) -> None:
    files = [FILE | {"source_file": f"pkh.kec0{number}.csv"} for number in (3, 1, 2)]
    whole = keep("2021-11", "1401", landed_files=files)
    with whole.draft() as draft, draft.connect(tables=["landed_files"]) as con:
        little: Any = LittleMemory(con)
        draft.write_query(little, "landed_files", "from landed_files order by source_file desc")
        assert little.refused == 1
        names = con.sql("select source_file from landed_files").fetchall()
        assert names == [("pkh.kec01.csv",), ("pkh.kec02.csv",), ("pkh.kec03.csv",)]
        assert con.sql("select count(*) from landed_files").fetchall() == [(3,)]
