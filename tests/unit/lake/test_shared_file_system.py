"""A data root that two machines have mounted: what is used of the file system, seen from two paths.

Here the second path is a link. `WELFARE_TEST_NFS=/mnt/one:/mnt/other` names two mounts of one NFSv4 export
(`mount -t nfs4 -o hard,lookupcache=none,nosharecache localhost:/export /mnt/one`, and so on) to be used instead.
"""

import os
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.conftest import keeper
from welfare_pipeline.lake import DataRoot, replace_folder

PERIOD, KAMPAR, TABLE = "2021-11", "1401", "recipient_rows"
SITI, UPIK = (
    {"name": name, "source_file": "pkh.csv", "source_row": row, "row_id": row}
    for name, row in (("SITI", 1), ("UPIK", 2))
)
TRY = "import fcntl, sys; fcntl.flock(open(sys.argv[1], 'a'), fcntl.LOCK_EX | fcntl.LOCK_NB)"  # as `filelock` does


@pytest.fixture
def mounts(tmp_path: Path) -> tuple[DataRoot, DataRoot]:
    """One data root, under two paths."""
    named = os.environ.get("WELFARE_TEST_NFS")
    if named is None:
        (tmp_path / "one").mkdir()
        (tmp_path / "other").symlink_to("one")
        return DataRoot(tmp_path / "one"), DataRoot(tmp_path / "other")
    name = uuid.uuid4().hex
    one, other = (Path(path) / name for path in named.split(":"))
    one.mkdir()
    return DataRoot(one), DataRoot(other)


def can_have(lock: Path) -> bool:
    """Whether a process of its own gets the lock."""
    return subprocess.run([sys.executable, "-c", TRY, lock], stderr=subprocess.DEVNULL, check=False).returncode == 0


def test_a_district_that_one_machine_is_at_work_on_is_not_free_for_another(mounts: tuple[DataRoot, DataRoot]) -> None:
    one, other = mounts
    with one.alone(KAMPAR):
        assert not can_have(other.lock(KAMPAR))
    assert can_have(other.lock(KAMPAR))


def test_what_one_machine_keeps_another_reads_whole_and_a_snapshot_of_it_stays(
    mounts: tuple[DataRoot, DataRoot],
) -> None:
    one, other = mounts
    first = keeper(one)(PERIOD, KAMPAR, pkh=[SITI])
    assert other.published_partition(PERIOD, KAMPAR).version == first.version
    with other.snapshot("reader") as lake:
        kept = [keeper(one)(PERIOD, KAMPAR, pkh=[SITI, UPIK]) for _ in range(4)]  # the first is removed meanwhile
        [shown] = lake
        assert (shown.rows(TABLE), first.folder.exists()) == (1, False)
    assert other.published_partition(PERIOD, KAMPAR).version == kept[-1].version
    assert other.published_partition(PERIOD, KAMPAR).rows(TABLE) == 2


def test_a_folder_takes_anothers_place_whether_or_not_two_can_be_exchanged(
    mounts: tuple[DataRoot, DataRoot], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = mounts
    for exchanges in (True, False):  # NFS cannot
        if not exchanges:
            monkeypatch.setattr("welfare_pipeline.lake.folders._exchanged", lambda *_: False)
        (one.path / "fresh").mkdir()
        (one.path / "fresh" / f"{exchanges}.xlsx").touch()
        replace_folder(one.path / "fresh", one.path / "worklists")
        assert [file.name for file in (other.path / "worklists").iterdir()] == [f"{exchanges}.xlsx"]
