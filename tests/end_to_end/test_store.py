"""Months in an object store, with a real server on this machine: the same results, whoever else works on them."""

import json
import os
import re
import runpy
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import click
import dagster as dg
import duckdb
import pytest
from click.testing import CliRunner

from tests.conftest import keeper
from tests.end_to_end.stores import SECRET, Bucket, begun, bucket, ended, lacking
from welfare_pipeline.cli import doctor, status, verify
from welfare_pipeline.cli import inspect as inspect_command
from welfare_pipeline.cli import migrate as migrate_command
from welfare_pipeline.cli.month_report import read_report
from welfare_pipeline.cli.superseded import unread
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.vocabulary import StaleBecause
from welfare_pipeline.defs.arrivals import arrivals
from welfare_pipeline.defs.instance import prepare_home
from welfare_pipeline.defs.recording import RecordedRun, Recorder
from welfare_pipeline.defs.standing import standings
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.ingest.landing_folder import districts_landed
from welfare_pipeline.lake import (
    DataRoot,
    Fault,
    Partition,
    StoreError,
    SupersededError,
    damages_in,
    forget_identities,
    locked_out,
    migrate,
    read_frame,
)
from welfare_pipeline.lake.pointer import new_version
from welfare_pipeline.lake.store.bucket import Bucket as StoredIn
from welfare_pipeline.publish.databases import district_lacks, months_behind

if TYPE_CHECKING:
    import subprocess

pytestmark = pytest.mark.skipif(  # .ci/run installs all of it, and then wants them to run
    bool(lacking()) and "WELFARE_TEST_FLEET" not in os.environ, reason=f"a store needs {', '.join(lacking())}"
)
KILLS = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "kills.py"))
PERIOD, KAMPAR = "2021-11", "1401"
RUN = ("run", "--period", PERIOD, "--at-once", "1")
TABLE = "recipient_rows"
DATABASE = "welfare.duckdb"
SITI = [{"name": "SITI AMINAH", "nik": "1401015505850001", "source_file": "pkh.csv", "source_row": 1}]
OWN_PROGRAMME = """[programmes.kks_lansia]
label = "Kartu lansia kabupaten"
unit = "person"
registry = "to_verify"
legal_basis = "Peraturan bupati"
"""
Machines = tuple[DataRoot, DataRoot]


@pytest.fixture(scope="module")
def store() -> Iterator[Bucket]:
    """A bucket with nothing in it."""
    with bucket() as made:
        yield made


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kampar, as it lands."""
    folder = tmp_path_factory.mktemp("landed")
    KILLS["land"](folder, PERIOD, (KAMPAR,), people=8)
    return folder


@dataclass(frozen=True)
class Race:
    """Two machines that run the same month at once."""

    shared: Bucket
    folder: Path
    processes: tuple["subprocess.Popen[str]", ...]


@pytest.fixture(scope="module", autouse=True)
def race(store: Bucket, landed: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Race]:
    """Begun before all tests, which go on meanwhile."""
    shared, folder = store.under("race"), tmp_path_factory.mktemp("race")
    shared.put_folder(landed)
    both = tuple(begun(folder / name, *RUN, **shared.environment) for name in ("one", "other"))
    yield Race(shared, folder, both)
    for process in both:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def shared(store: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """The store of two machines, empty."""
    own = store.under(tmp_path.name)
    for name, value in own.environment.items():
        monkeypatch.setenv(name, value)
    return own


@pytest.fixture
def machines(shared: Bucket, tmp_path: Path) -> Machines:
    """Two machines that have nothing in common but the store."""
    assert shared.listed() == []
    return DataRoot(tmp_path / "one"), DataRoot(tmp_path / "other")


def keep(root: DataRoot, period: str = PERIOD) -> Partition:
    """Siti Aminah is on the list, and that is published."""
    return keeper(root)(period, KAMPAR, pkh=SITI)


def refreshed(root: DataRoot) -> DataRoot:
    root.refresh()
    return root


def test_what_one_machine_keeps_another_reads(machines: Machines, shared: Bucket) -> None:
    one, other = machines
    kept = keep(one)
    found = refreshed(other).published_partition(PERIOD, KAMPAR)
    assert (found.version, found.tables(), found.rows(TABLE)) == (kept.version, [TABLE], 1)
    assert refreshed(one).pointer(PERIOD, KAMPAR) == other.pointer(PERIOD, KAMPAR)
    assert {key.split("/")[0] for key in shared.listed()} == {"lake"}


def test_whoever_is_second_is_superseded_and_what_it_made_is_removed(machines: Machines, shared: Bucket) -> None:
    one, other = machines
    first = keep(one)
    with refreshed(other).nothing(PERIOD, KAMPAR).draft() as draft:
        shutil.copy(first.path(TABLE), draft.path(TABLE))
        winner = keep(one)  # meanwhile
        with pytest.raises(SupersededError, match="another machine has meanwhile gone on with 2021-11 of 1401"):
            draft.accept("run-of-other")
    assert other.published_partition(PERIOD, KAMPAR).version == winner.version
    assert shared.versions(PERIOD, KAMPAR) == {first.version, winner.version}

    third = keep(other)  # begun after the winner's, so it may
    assert refreshed(one).published_partition(PERIOD, KAMPAR).version == third.version


def test_a_step_over_tables_that_are_no_longer_the_newest_is_superseded(machines: Machines) -> None:
    one, other = machines
    former = keep(one)
    newest = keep(other)
    with former.draft() as draft, pytest.raises(SupersededError):  # it would bring the former tables back
        draft.keep()
    assert refreshed(one).partition(PERIOD, KAMPAR).version == newest.version


def test_two_machines_may_not_both_roll_a_month_back(machines: Machines) -> None:
    one, other = machines
    first, _ = keep(one), keep(one)
    refreshed(other)
    one.partition(PERIOD, KAMPAR).point(lambda pointer: pointer.rolled_back("A mistake."))
    assert refreshed(other).published_partition(PERIOD, KAMPAR).version == first.version
    assert other.published_partition(PERIOD, KAMPAR).rows(TABLE) == 1  # of a version that it never had

    stale = DataRoot(other.path.with_name("stale"))
    refreshed(stale)
    other.partition(PERIOD, KAMPAR).point(lambda pointer: pointer.withdrawn("Wrong list.", 2))
    with pytest.raises(SupersededError):
        stale.partition(PERIOD, KAMPAR).point(lambda pointer: pointer.withdrawn("Another reason.", 2))
    assert refreshed(stale).pointer(PERIOD, KAMPAR) == other.pointer(PERIOD, KAMPAR)


def test_what_nobody_points_to_is_swept_after_the_grace_and_nothing_else(
    machines: Machines, shared: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _ = machines
    killed, uploading = new_version(), new_version()
    shared.put(f"lake/{PERIOD}/{KAMPAR}/{killed}/{TABLE}.parquet", b"of a machine that was killed before it pointed")
    kept = [keep(one).version for _ in range(4)]  # the policy keeps two published before
    assert shared.versions(PERIOD, KAMPAR) == {killed, *kept}

    time.sleep(2)  # the store's clock shows seconds
    monkeypatch.setenv("WELFARE_STORE_GRACE", "1")
    shared.put(f"lake/{PERIOD}/{KAMPAR}/{uploading}/{TABLE}.parquet", b"of a machine that is still at it")
    fifth = keep(one).version
    assert shared.versions(PERIOD, KAMPAR) == {uploading, kept[1], kept[2], kept[3], fifth}


def test_a_snapshot_shows_what_was_published_whatever_is_published_meanwhile(machines: Machines) -> None:
    one, other = machines
    keep(one)
    with refreshed(other).snapshot("test") as lake:
        keep(one, "2021-12")
        keep(other)
        [partition] = lake
        assert partition.rows(TABLE) == 1  # fetched only now


def test_a_purge_takes_identities_out_of_the_store_at_once(machines: Machines, shared: Bucket) -> None:
    one, other = machines
    keep(one), keep(one)
    for version in refreshed(other).versions():
        forget_identities(version)
    left = shared.versions(PERIOD, KAMPAR)
    assert left == {version.version for version in other.versions()}
    shown = [version.connect() for version in refreshed(one).versions()]
    for opened in shown:
        with opened as con:
            assert con.sql(f"select name, nik from {TABLE}").fetchall() == [(None, None)]
    assert not any(b"SITI" in shared.read(key) for key in shared.listed("lake"))


def test_with_a_key_nobody_reads_in_the_store_what_only_the_machines_with_the_key_do(
    machines: Machines, shared: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = machines
    monkeypatch.setenv("WELFARE_ENCRYPTION_KEY", "a key of this deployment, it's long")
    keep(one)
    (table,) = (key for key in shared.listed("lake") if key.endswith(".parquet"))
    assert shared.read(table)[-4:] == b"PARE"  # Parquet's mark of an encrypted file
    assert not any(b"SITI" in shared.read(key) for key in shared.listed())
    fetched = refreshed(other).published_partition(PERIOD, KAMPAR)
    assert read_frame(fetched.path(TABLE))["name"].to_list() == ["SITI AMINAH"]

    monkeypatch.setenv("WELFARE_ENCRYPTION_KEY", "a key of nobody, and long as well")
    with pytest.raises(duckdb.Error) as refused:
        read_frame(refreshed(other).published_partition(PERIOD, KAMPAR).path(TABLE))
    assert locked_out(refused.value)


def test_damage_in_the_store_is_found_and_damage_of_a_copy_is_mended(machines: Machines, shared: Bucket) -> None:
    one, other = machines
    kept = keep(one)
    key = f"lake/{PERIOD}/{KAMPAR}/{kept.version}/{TABLE}.parquet"
    content = shared.read(key)
    copy = refreshed(other).published_partition(PERIOD, KAMPAR)
    copy.path(TABLE).write_bytes(b"damaged on this machine")
    copy.look_again()
    assert damages_in(copy) == []

    time.sleep(1)
    shared.put(key, bytes(len(content)))
    copy.look_again()
    assert [damage.fault for damage in damages_in(copy)] == [Fault.CHANGED]
    shared.remove(key)
    copy.look_again()
    assert [damage.fault for damage in damages_in(copy)] == [Fault.MISSING]


def test_what_lands_is_seen_and_fetched_as_it_changes(machines: Machines, shared: Bucket) -> None:
    one, _ = machines
    folder = f"landing/{PERIOD}/{KAMPAR}"
    shared.put(f"{folder}/pkh.csv", b"nama\nSITI\n")
    shared.put(f"{folder}/Daftar É #2.csv", b"nama\n")
    shared.put(f"landing/{PERIOD}/notes.txt", b"x")
    shared.put("policy.toml", b"[thresholds]\nkept_versions = 1\n")
    refreshed(one)
    assert one.landed_months() == [PERIOD]
    assert one.landed_bytes(PERIOD, KAMPAR) == 15
    assert {file.name for file in one.landing(PERIOD, KAMPAR).iterdir()} == {"pkh.csv", "Daftar É #2.csv"}
    assert districts_landed(one.landing(PERIOD))[0] == [KAMPAR]
    assert load_policy(one.policy).thresholds["kept_versions"] == 1

    shared.put(f"{folder}/pkh.csv", b"nama\nUPIK\n")
    shared.remove(f"{folder}/Daftar É #2.csv")
    shared.remove("policy.toml")
    refreshed(one)
    assert [file.read_bytes() for file in one.landing(PERIOD, KAMPAR).iterdir()] == [b"nama\nUPIK\n"]
    assert not one.policy.exists()


def test_a_file_is_inspected_by_the_policy_of_the_store(shared: Bucket, tmp_path: Path) -> None:
    file = tmp_path / "kks_lansia.csv"
    file.write_text("nama,nik\nSITI AMINAH,1401015505850001\n", "utf-8")

    def inspect() -> tuple[int, str]:
        result = CliRunner().invoke(inspect_command.command, [str(file)], standalone_mode=False)
        return int(result.return_value or 0), result.output

    assert "list: kks_lansia" not in inspect()[1]
    shared.put("policy.toml", OWN_PROGRAMME.encode())
    code, said = inspect()
    assert (code, "list: kks_lansia" in said) == (0, True), said
    shared.put("policy.toml", b"[thresholds]\nno_such_threshold = 1\n")
    result = CliRunner().invoke(inspect_command.command, [str(file)], standalone_mode=False)
    assert "no_such_threshold" in str(result.exception)
    assert [entry.name for entry in tmp_path.iterdir()] == [file.name]


def test_a_marked_folder_is_a_district_and_a_name_that_leads_elsewhere_is_told(
    machines: Machines, shared: Bucket
) -> None:
    one, _ = machines
    shared.put(f"landing/{PERIOD}/{KAMPAR}/", b"")  # as web pages of stores make folders
    assert districts_landed(refreshed(one).landing(PERIOD))[0] == [KAMPAR]
    shared.put(f"landing/{PERIOD}/{KAMPAR}/pkh.csv", b"nama\n")
    refreshed(one)
    assert [file.name for file in one.landing(PERIOD, KAMPAR).iterdir()] == ["pkh.csv"]
    shared.put(f"landing/{PERIOD}/{KAMPAR}//registry.csv", b"nama\n")
    with pytest.raises(StoreError, match="rename it") as told:
        one.refresh()
    assert "registry" not in str(told.value)


def test_what_else_lies_beside_the_pointers_disturbs_nobody(machines: Machines, shared: Bucket) -> None:
    one, other = machines
    kept = keep(one)
    shared.put("lake/pointers/", b"")  # as web pages of stores make folders
    shared.put(f"lake/pointers/{PERIOD}/", b"")
    shared.put("lake/pointers/README.md", b"Of this folder.")
    shared.put(f"lake/pointers/{PERIOD}/{KAMPAR}.json.bak", b"{}")
    assert refreshed(other).published_partition(PERIOD, KAMPAR).version == kept.version
    assert other.ever_made() == [(PERIOD, KAMPAR)]


def test_what_another_machine_has_taken_away_is_put_there_again(machines: Machines, shared: Bucket) -> None:
    one, other = machines
    folder = one.worklists(PERIOD, KAMPAR)
    folder.mkdir(parents=True)
    for village in ("1401012001", "1401012002"):
        (folder / f"{village}.xlsx").write_text(village, "utf-8")
    one.put_published(*folder.iterdir(), instead_of=folder)
    assert len(shared.listed("published/worklists")) == 2
    other.take_published_away(other.worklists(PERIOD, KAMPAR))
    assert shared.listed("published") == []
    (folder / "1401012002.xlsx").unlink()
    one.put_published(*folder.iterdir(), instead_of=folder)
    assert other.published_names("worklists") == [f"worklists/{PERIOD}/{KAMPAR}/1401012001.xlsx"]


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> int:
    """Bytes from which on a database is put in parts."""
    monkeypatch.setattr("welfare_pipeline.lake.store.published.AT_ONCE_MOST", 100)
    monkeypatch.setattr("welfare_pipeline.lake.store.bucket.WHOLE", 100)
    return 101


def written(root: DataRoot, content: str, meanwhile: Callable[[], object] = lambda: None) -> Callable[[], str]:
    """What makes the analysts' database of one machine; `meanwhile`: what others do before it is put, once."""
    still = [meanwhile]

    def make() -> str:
        database = root.published / DATABASE
        database.parent.mkdir(parents=True, exist_ok=True)
        database.write_text(content, "utf-8")
        while still:
            still.pop()()
        return content

    return make


def test_a_database_of_any_size_is_put_over_the_one_that_was_there(
    machines: Machines, shared: Bucket, large: int
) -> None:
    one, other = machines
    for root, content in ((one, "small"), (other, "L" * large), (one, "M" * large), (other, "small again")):
        assert root.putting(root.published / DATABASE, written(root, content)) == content
        assert shared.read(f"published/{DATABASE}").decode() == content
    assert shared.listed("published") == [f"published/{DATABASE}"]


@pytest.mark.parametrize("before", ["", "small", "large"])
@pytest.mark.parametrize("both", ["small small", "small large", "large small", "large large"])
def test_a_database_that_another_machine_put_meanwhile_is_not_lost(
    machines: Machines, shared: Bucket, large: int, before: str, both: str
) -> None:
    (one, other), (own, others) = machines, both.split()
    made = {"small": lambda name: name, "large": lambda name: name * large}
    if before:
        one.putting(one.published / DATABASE, written(one, made[before]("B")))
    database, pointers = other.published / DATABASE, ["O"]  # what is to be published

    def another_month() -> None:
        pointers.append("P")
        other.putting(database, written(other, made[others]("P")))

    stale = written(one, made[own]("O"), meanwhile=another_month)
    times = [0]

    def make() -> str:
        times[0] += 1
        return stale() if times[0] == 1 else written(one, made[own](pointers[-1]))()

    one.putting(one.published / DATABASE, make)
    assert shared.read(f"published/{DATABASE}").decode()[0] == "P"
    assert times[0] > 1


def test_a_database_that_is_put_while_a_large_one_is_being_put_is_put_again(
    machines: Machines, shared: Bucket, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = machines
    one.putting(one.published / DATABASE, written(one, "A" * large))
    put, still = StoredIn.put, [True]

    def slowly(self: StoredIn, key: str, content: Any, **how: Any) -> str:
        """The older database of one machine comes to its end when the newer one of the other is there already."""
        if key == f"published/{DATABASE}" and still:
            still.clear()
            other.putting(other.published / DATABASE, written(other, "N" * large))
        return put(self, key, content, **how)

    monkeypatch.setattr(StoredIn, "put", slowly)
    former, newer = written(one, "O" * large), written(one, "N" * large)
    made = iter([former, newer, newer])

    def make() -> str:
        return next(made)()

    one.putting(one.published / DATABASE, make)
    assert shared.read(f"published/{DATABASE}").decode() == "N" * large


def test_a_second_machine_must_have_the_secret_of_the_first(
    machines: Machines, shared: Bucket, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = machines
    assert one.deployment_secret() == SECRET
    assert refreshed(other).secret_problem() is None
    assert not any(SECRET.encode() in shared.read(key) for key in shared.listed())
    monkeypatch.setenv("WELFARE_SECRET", "another-secret-of-2021")
    assert "not the secret that the keys in the lake were made with" in str(other.secret_problem())
    monkeypatch.delenv("WELFARE_SECRET")
    with pytest.raises(StoreError, match="comes from the environment") as refused:
        other.deployment_secret()
    assert refused.value.leaves_with == 2


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("WELFARE_STORE", "s3://no-such-bucket/riau", "has no such bucket"),
        ("WELFARE_STORE", "s3://key:word@bucket/riau", "is no address of a store"),
        ("AWS_ENDPOINT_URL", "http://store.example.go.id", "is not reached by https://"),
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:1", "does not answer"),
    ],
)
def test_what_is_wrong_with_a_store_is_said_in_a_sentence(
    machines: Machines, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(StoreError, match=sentence) as told:
        machines[0].refresh()
    assert "not-a-secret" not in str(told.value)
    assert "key:word" not in str(told.value)
    assert len(str(told.value).splitlines()) == 1


def test_keys_that_are_refused_are_said_to_be(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        answering = Thread(target=server.handle_request)
        answering.start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        with pytest.raises(StoreError, match="refuses these keys: see AWS_ACCESS_KEY_ID"):
            machines[0].refresh()
        answering.join()


class Refusing(BaseHTTPRequestHandler):
    """A store that does not know the keys."""

    def do_GET(self) -> None:
        self.send_error(403, "Forbidden")

    def log_message(self, *_: object) -> None:  # type: ignore[override]
        """Say nothing."""


@pytest.fixture(scope="module")
def expected(landed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a machine without a store publishes."""
    alone = tmp_path_factory.mktemp("alone") / "data"
    shutil.copytree(landed, alone)
    with processes_of(DataRoot(alone)) as recorder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("WELFARE_SECRET", SECRET)
        ends = recorder.link(PERIOD, KAMPAR), recorder.decide(PERIOD, KAMPAR), recorder.publish(PERIOD)
    assert {end.reason for end in ends} == {""}
    published: dict[str, Any] = KILLS["published"](alone)
    return published


def in_bucket(shared: Bucket, folder: Path) -> dict[str, Any]:
    """What is published there."""
    for key in shared.listed("published"):
        (folder / key).parent.mkdir(parents=True, exist_ok=True)
        (folder / key).write_bytes(shared.read(key))
    found: dict[str, Any] = KILLS["published"](folder)
    return found


def test_two_machines_that_run_a_month_at_once_publish_what_one_without_a_store_does(
    race: Race, expected: dict[str, Any], tmp_path: Path
) -> None:
    shared, told = race.shared, [ended(process) for process in race.processes]

    assert [code for code, _ in told] == [0, 0], told
    states = [state for _, said in told for state in re.findall(r"1401 Kabupaten Kampar *│ (\w+)", said)]
    assert len(states) == 2
    assert {"reconciled"} <= {*states} <= {"reconciled", "superseded"}
    found = in_bucket(shared, tmp_path / "shown")
    assert found.keys() == expected.keys()
    assert [name for name in expected if found[name] != expected[name]] == []
    pointer = json.loads(shared.read(f"lake/pointers/{PERIOD}/{KAMPAR}.json"))
    named = {pointer["newest"], pointer["published"], *pointer["former"], *pointer["let_go"]}
    assert shared.versions(PERIOD, KAMPAR) <= named  # what a loser made is gone
    assert [key for key in shared.listed() if "secret" in key or SECRET.encode() in shared.read(key)] == []
    assert all(f"all that is published: {shared.environment['WELFARE_STORE']}/published" in said for _, said in told)
    assert not any(
        (race.folder / name / folder).exists() for name in ("one", "other") for folder in ("lake", "landing")
    )


def test_a_machine_goes_on_with_what_another_has_linked_and_a_third_verifies_it(
    machines: Machines, shared: Bucket, landed: Path, expected: dict[str, Any], tmp_path: Path
) -> None:
    one, other = machines
    shared.put_folder(landed)
    with processes_of(one) as recorder:
        assert recorder.link(PERIOD, KAMPAR).reason == ""
    with processes_of(other) as recorder:
        assert recorder.decide(PERIOD, KAMPAR).reason == ""
        assert recorder.publish(PERIOD).reason == ""
    found = in_bucket(shared, tmp_path / "shown")
    assert [name for name in expected if found[name] != expected[name]] == []

    assert months_behind(refreshed(one)) == {}  # it has published nothing, and everybody reads what the other one has
    assert district_lacks(one, PERIOD, KAMPAR) == ""
    assert not one.published.exists()
    shared.remove("published/welfare.duckdb")
    assert [*months_behind(one)] == [PERIOD]
    assert other.published_note(other.published / DATABASE).exists()
    with processes_of(other) as recorder:
        assert recorder.publish(PERIOD).reason == ""
    assert months_behind(one) == {}

    assert arrivals(other).looks == {}  # just what was read lies there
    assert [file for file in other.landings.rglob("*") if file.is_file()] == []  # and nothing was fetched to see that
    read = RecordedRun("", "superseded", is_held_back=False, seconds=0, is_superseded=True)
    assert unread(one, PERIOD, {KAMPAR: read}) == []
    shared.put(f"landing/{PERIOD}/{KAMPAR}/pip.csv", b"nik,nama\n")
    assert unread(one, PERIOD, {KAMPAR: read}) == [KAMPAR]  # more has landed than the other machine has read
    assert [*arrivals(other).looks] == [f"{PERIOD}/{KAMPAR}"]
    assert [standing.stale_because for standing in standings(other)] == [StaleBecause.NEWER_LANDING]
    shared.remove(f"landing/{PERIOD}/{KAMPAR}/pip.csv")

    shutil.copytree(other.published, one.published)
    code, said = typed(verify.command, one)
    assert (code, said.splitlines()[-1].rpartition("tables. ")[2]) == (0, "All of one piece.")
    code, said = typed(doctor.command, one)
    assert "ok     object store" in said
    code, said = typed(status.command, one)
    assert (code, "reconciled" in said) == (0, True)


def test_a_run_that_is_superseded_ends_without_error_as_cancelled(
    machines: Machines, shared: Bucket, landed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = machines
    shared.put_folder(landed)

    def read_while_another_does(*of: Any) -> Any:
        keep(one)
        return ingest_delivery(*of)

    monkeypatch.setattr("welfare_pipeline.defs.landing.ingest_delivery", read_while_another_does)
    with processes_of(other) as recorder:
        ended_so = recorder.link(PERIOD, KAMPAR)
        with dg.DagsterInstance.get() as instance:
            status_of = instance.get_run_by_id(ended_so.run_id).status  # type: ignore[union-attr]
    assert (ended_so.is_superseded, status_of) == (True, dg.DagsterRunStatus.CANCELED)
    assert ended_so.reason.startswith("superseded: another machine")
    assert other.pointer(PERIOD, KAMPAR) == refreshed(one).pointer(PERIOD, KAMPAR)
    assert read_report(other, PERIOD, KAMPAR, ended_so).is_clean


def test_a_data_root_of_before_is_put_into_a_store(machines: Machines, tmp_path: Path) -> None:
    one, other = machines
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("WELFARE_STORE")
        here = DataRoot(tmp_path / "one")
        here.landing(PERIOD, KAMPAR).mkdir(parents=True)
        (here.landing(PERIOD, KAMPAR) / "pkh.csv").write_text("nama\nSITI\n", "utf-8")
        here.policy.write_text("", "utf-8")
        keep(here)
        migrate(here)
        here.deployment_secret()
    code, said = typed(migrate_command.command, one)
    assert (code, said) == (0, "3 files and 1 months and districts put into the store.\n")
    assert refreshed(other).published_partition(PERIOD, KAMPAR).rows(TABLE) == 1
    assert [file.name for file in other.landing(PERIOD, KAMPAR).iterdir()] == ["pkh.csv"]
    assert other.secret_problem() is None
    assert typed(migrate_command.command, one)[1] == "0 files and 0 months and districts put into the store.\n"


@contextmanager
def processes_of(root: DataRoot) -> Iterator[Recorder]:
    """Inside, this process is one of the machine."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DAGSTER_HOME", "WELFARE_DATA"):  # set by what is done inside
            patch.setenv(name, "")
        prepare_home(root)
        yield Recorder(root)


def typed(command: click.Command, root: DataRoot, *words: str) -> tuple[int, str]:
    """Exit code and words of a command."""
    result = CliRunner().invoke(command, [*words, "--data", str(root.path)], standalone_mode=False)
    assert result.exception is None, result.exception
    return int(result.return_value or 0), result.output
