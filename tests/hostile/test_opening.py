"""Files that are not what they were when the folder was listed, and files and folders that may not be read."""

import ctypes
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from tests.hostile.corpus import land_sound_lists
from tests.hostile.kinds import Place
from tests.ready import WELFARE, start
from tests.unit.ingest.landing import DISTRICT, PERIOD, Landed, read
from welfare_pipeline.cli.entry import main
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.ingest import delivery, opening
from welfare_pipeline.ingest.landing_folder import Landing, landed_in
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.lake import DataRoot

OVERRIDE_PERMISSIONS, SEARCH_ANYWHERE, CAPABILITIES_OF_64_BITS = 1, 2, 0x20080522  # of capabilities(7), capget(2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sound lists, and one of PKH."""
    folder = DataRoot(tmp_path).landing(PERIOD, DISTRICT)
    land_sound_lists(folder)
    place = Place(folder, Random(1), "pkh")
    place.write("csv", place.csv(place.people()))
    return folder


def vanish(path: Path) -> None:
    path.unlink()


def become_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def become_a_link_elsewhere(path: Path) -> None:
    outside = path.parents[4] / "outside.csv"
    path.rename(outside)
    path.symlink_to(outside)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (vanish, "gone"),
        (become_a_pipe, "not a regular file"),
        (become_a_folder, "not a regular file"),
        (become_a_link_elsewhere, "link"),
    ],
)
def test_a_file_that_changes_after_the_folder_was_listed_is_refused(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None], says: str
) -> None:
    def listed_before(listed: Path, sources: Sources) -> Landing:
        landing = landed_in(listed, sources)
        change(folder / "pkh.csv")
        return landing

    monkeypatch.setattr(delivery, "landed_in", listed_before)
    landed = read(tmp_path)
    assert says in landed.error("pkh.csv")
    assert_others_are_read(landed)


@pytest.mark.parametrize("change", ["grows", "shrinks", "is written over"])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    path, looked_at = folder / "pkh.csv", opening.os.fstat
    content = path.read_bytes()
    changed = {"grows": content * 2, "shrinks": content[:50], "is written over": content[::-1]}[change]

    def changes_after_the_first_look(file: int) -> os.stat_result:
        status = looked_at(file)
        if status.st_ino == path.stat().st_ino and path.read_bytes() == content:
            path.write_bytes(changed)
            os.utime(path, ns=(0, 0))
        return status

    monkeypatch.setattr(opening.os, "fstat", changes_after_the_first_look)
    landed = read(tmp_path)
    assert "it changed while it was read" in landed.error("pkh.csv")
    assert_others_are_read(landed)


def assert_others_are_read(landed: Landed) -> None:
    assert landed.delivery.arrived == {"population", "registry"}
    assert len(landed.rows("registry")) == 40


def refusals(folder: str) -> None:
    """The life of a process without a superuser's rights: tells why files are refused."""
    landed = read(Path(folder))
    for file in landed.delivery.rejected_files:
        print(file.error)  # noqa: T201
    print(len(landed.rows("registry")))  # noqa: T201


def without_privileges() -> None:
    """Before a program begins: permissions count for root, too."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = (ctypes.c_uint32 * 2)(CAPABILITIES_OF_64_BITS, 0)
    held = (ctypes.c_uint32 * 6)()  # in effect, permitted, inherited: twice 32 bits of each
    assert libc.capget(version, held) == 0
    for number in (0, 1):
        held[number] &= ~(1 << OVERRIDE_PERMISSIONS | 1 << SEARCH_ANYWHERE)
    assert libc.capset(version, held) == 0


def run_without_privileges(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    first = "from tests.hostile.test_opening import without_privileges; without_privileges()"
    return start(f"{first}\n{code}", *words).ended()


def test_a_file_that_may_not_be_read_is_refused_and_the_others_are_read(tmp_path: Path, folder: Path) -> None:
    (folder / "pkh.csv").chmod(0)
    run = run_without_privileges(f"from tests.hostile.test_opening import refusals; refusals({str(tmp_path)!r})")
    assert run.returncode == 0, run.stderr
    error, registry = run.stdout.splitlines()
    assert error.startswith("pkh.csv: it may not be read by the user who runs this")
    assert registry == "40"


@pytest.mark.parametrize("locked", ["district", "period"])
def test_a_folder_that_may_not_be_read_is_told_plainly(tmp_path: Path, folder: Path, locked: str) -> None:
    shut = {"district": folder, "period": folder.parent}[locked]
    shut.chmod(0)
    run = run_without_privileges(WELFARE, "run", "--period", PERIOD, "--data", str(tmp_path))
    shut.chmod(0o700)
    assert run.returncode == {"district": 1, "period": 2}[locked], run.stdout + run.stderr
    assert "may not be read by the user who runs this" in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr


def test_a_month_that_is_a_link_out_of_the_landing_folder_is_not_followed(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = tmp_path / "elsewhere"
    folder.parent.rename(elsewhere)
    folder.parent.symlink_to(elsewhere)
    monkeypatch.setattr("sys.argv", ["welfare", "run", "--period", PERIOD, "--data", str(tmp_path)])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert "a link that leads out of the landing folder" in capsys.readouterr().err
    assert not (tmp_path / "lake").exists()


def test_limits_are_the_policys(tmp_path: Path) -> None:
    override = tmp_path / "policy.toml"
    override.write_text("[thresholds]\nfile_bytes = 10\n", "utf-8")
    (tmp_path / "pkh.csv").write_bytes(b"12345678901")
    with pytest.raises(opening.FileRejectedError, match="more than 10 bytes; land it in parts"):
        opening.content_of(tmp_path / "pkh.csv", Limits.of(load_policy(override)))
