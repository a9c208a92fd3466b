"""Room on the disk is looked for before a run begins."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from welfare_pipeline.cli.room import NoRoomError, require_room
from welfare_pipeline.lake import DataRoot

LARGEST = 1_000_000_000


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A landing folder on a disk with 100 MB left."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**8))
    landed = tmp_path / "landing" / "2021-11" / "1401"
    landed.mkdir(parents=True)
    return landed


def land(folder: Path, name: str, size: int) -> None:
    (folder / name).touch()
    os.truncate(folder / name, size)


def test_lists_that_fit_may_be_run(folder: Path, tmp_path: Path) -> None:
    land(folder, "registry.csv", 12_000_000)
    require_room(DataRoot(tmp_path), [folder], LARGEST)


@pytest.mark.parametrize(("name", "size"), [("registry.csv", 13_000_000), ("registry.xlsx", 2_600_000)])
def test_lists_that_do_not_fit_are_told_before_anything_is_begun(
    folder: Path, tmp_path: Path, name: str, size: int
) -> None:
    land(folder, name, size)
    with pytest.raises(NoRoomError, match=r"may need 0.1 GB, 0.1 GB are free.*Nothing was begun"):
        require_room(DataRoot(tmp_path), [folder], LARGEST)


def test_a_file_too_large_to_be_read_takes_no_room_from_the_others(folder: Path, tmp_path: Path) -> None:
    land(folder, "pkh.csv", LARGEST + 1)
    require_room(DataRoot(tmp_path), [folder], LARGEST)
