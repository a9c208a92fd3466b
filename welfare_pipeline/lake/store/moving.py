"""A data root of before is taken into a store: what landed, the policy, every version that is kept. Nothing is removed.

What the store has already stays as it is there.
"""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from welfare_pipeline.lake.pointer import ever_made, read_pointer
from welfare_pipeline.lake.store.copies import Known, Store
from welfare_pipeline.lake.store.refreshing import AUDITS, FINGERPRINT, POLICY, refresh
from welfare_pipeline.lake.store.versions import Month, SupersededError

LANDING = "landing"


@dataclass(frozen=True)
class Moved:
    """What was put into the store."""

    files: int
    months: int


def move_into(store: Store, data: Path, fingerprint: Path) -> Moved:
    """Put what lies in a data root, and the store lacks, into the store."""
    there = store.bucket.listed(LANDING).keys() | store.bucket.listed(AUDITS).keys()
    singles = {POLICY: data / POLICY, FINGERPRINT: fingerprint}
    alone = {key: file for key, file in singles.items() if file.is_file() and store.bucket.seen(key) is None}
    folders = {LANDING: data / LANDING, AUDITS: data / "lake" / ".audits"}
    files = {key: file for prefix, folder in folders.items() for key, file in _files(prefix, folder)}
    missing = alone | {key: file for key, file in files.items() if key not in there}
    store.bucket.each(lambda key: store.bucket.put(key, missing[key]), sorted(missing))
    months = [_moved(store, data / "lake", *name) for name in ever_made(data / "lake")]
    refresh(store)
    return Moved(len(missing), sum(months))


def _files(prefix: str, folder: Path) -> Iterator[tuple[str, Path]]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield f"{prefix}/{file.relative_to(folder).as_posix()}", file


def _moved(store: Store, lake: Path, period: str, district: str) -> bool:
    """Whether the month and district came into the store."""
    pointer = read_pointer(lake / period / district)
    if pointer is None:
        return False
    month = Month(store, period, district)
    if month.base().etag is not None:
        return False
    for version in pointer.versions:
        if (lake / period / district / version).is_dir():
            with suppress(FileExistsError):
                shutil.copytree(lake / period / district / version, month.home / version, copy_function=_linked)
    try:
        month.point(lambda _: pointer, Known())
    except SupersededError:
        return False
    return True


def _linked(file: str, into: str) -> None:
    Path(into).hardlink_to(file)
