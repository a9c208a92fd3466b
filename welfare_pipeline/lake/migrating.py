"""A lake of the former layout (the tables of a month and district in one folder) is taken over, nothing is copied.

The tables of each month become its first version, with the digests that the former register had of them, so that what
was damaged before is told afterwards. Killed at any moment, it goes on where it stopped.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from typing import Any

import duckdb
import polars as pl

from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES, RECORDS, RUN_MANIFEST
from welfare_pipeline.contracts.vocabulary import DistrictState
from welfare_pipeline.lake.contents import Contents, digest_of, write_contents
from welfare_pipeline.lake.folders import make_private, write_whole
from welfare_pipeline.lake.one_file import read_frame
from welfare_pipeline.lake.partition import Partition
from welfare_pipeline.lake.pointer import Pointer, new_version, note_made, read_pointer
from welfare_pipeline.lake.root import DataRoot
from welfare_pipeline.lake.scratch import scratch
from welfare_pipeline.lake.secret import FINGERPRINT, present_secret
from welfare_pipeline.lake.store.moving import Moved, move_into
from welfare_pipeline.lake.store.settings import VARIABLE
from welfare_pipeline.lake.store_error import StoreError

LAYOUT = "versions\n"
_FORMER_FOLDERS = (".register", ".pending")
_LEFT_OUT = {CROSS_DISTRICT_DUPLICATES.name}  # of another shape then; the step between the districts makes it anew


def is_of_former_layout(root: DataRoot) -> bool:
    """Whether the lake has tables that no pointer names, as versions before had them."""
    if _mark(root).exists() or not root.lake.is_dir():
        return False
    return any(True for _ in _former(root.lake)) or any((root.lake / name).exists() for name in _FORMER_FOLDERS)


def migrate(root: DataRoot) -> list[tuple[str, str]]:
    """Take a lake of the former layout over; period and district of what was taken over. Else nothing is done."""
    if _mark(root).exists() or not any(root.lake.glob("[!.]*/")):
        return []
    with root.alone("layout"):
        found = [_taken_over(root.lake, folder) for folder in _former(root.lake)]
        for period, district in _registered(root.lake):  # also what is gone: it is told until it is mended
            note_made(root.lake, period, district)
        for name in _FORMER_FOLDERS:  # what an unfinished run was making is made again by the next
            rmtree(root.lake / name, ignore_errors=True)
        make_private(root.lake)
        write_whole(_mark(root), LAYOUT)
    return found


def move_into_store(root: DataRoot) -> Moved | None:
    """With an object store: put there what lies in the data root itself; `None`: there is no store.

    Raises:
        StoreError: the secret is not the one of the data root, or its lake has the former layout.

    """
    store = root.store
    if store is None:
        return None
    here = root.path / "lake"
    if not (here / ".layout").exists() and here.is_dir():
        message = f"the lake in {root.path} may have the layout of before: first welfare migrate without {VARIABLE}."
        raise StoreError(message)
    present_secret(root.secret, here)  # the keys in it were made with another one: nothing is put
    return move_into(store, root.path, here / FINGERPRINT)


def _mark(root: DataRoot) -> Path:
    return root.lake / ".layout"


def _former(lake: Path) -> Iterator[Path]:
    return (folder for folder in sorted(lake.glob("[0-9]*/[0-9]*/")) if any(folder.glob("*.parquet")))


def _registered(lake: Path) -> list[tuple[str, str]]:
    return [(path.parent.name, path.stem) for path in sorted((lake / ".register").glob("[0-9]*/[!.]*.json"))]


def _taken_over(lake: Path, folder: Path) -> tuple[str, str]:
    period, district = folder.parent.name, folder.name
    if read_pointer(folder) is None:
        version = Partition(lake, period, district, new_version())
        tables = [file for file in sorted(folder.glob("*.parquet")) if file.stem not in _LEFT_OUT]
        manifest = _manifest(folder)
        with scratch(lake, "migration") as made:
            for file in tables:
                (made / file.name).hardlink_to(file)
            run_id = max(manifest["run_id"], default="") if manifest is not None else ""
            write_contents(made, Contents(_digests(lake, folder, tables, manifest), run_id))
            _move(made, version.folder)
        _point(version, run_id, is_decided=bool({file.stem for file in tables} - {table.name for table in RECORDS}))
    for file in folder.glob("*.parquet"):
        rmtree(file) if file.is_dir() else file.unlink()
    return period, district


def _move(made: Path, folder: Path) -> None:
    """Everything but the lock of whoever made it."""
    fresh = made / "next"
    make_private(fresh)
    for file in made.glob("[!.]*.*"):
        file.rename(fresh / file.name)
    fresh.rename(folder)


def _point(version: Partition, run_id: str, *, is_decided: bool) -> None:
    first = Pointer().at(version.version, run_id)
    if is_decided:
        version.point(lambda _: first.accepting(version.version, run_id, 0))
    else:
        version.point(lambda _: first.ended(DistrictState.HELD_BACK, "Held back, as check_results says.", run_id))


def _manifest(folder: Path) -> dict[str, list[Any]] | None:
    try:
        return read_frame(folder / f"{RUN_MANIFEST.name}.parquet").to_dict(as_series=False)
    except (OSError, duckdb.Error, pl.exceptions.PolarsError):
        return None


def _digests(lake: Path, folder: Path, tables: list[Path], manifest: dict[str, list[Any]] | None) -> dict[str, str]:
    """As the former register has them, else as the run signed them, else as they are."""
    try:
        note = json.loads((lake / ".register" / folder.parent.name / f"{folder.name}.json").read_text("utf-8"))
        known = dict(note["files"])
    except (OSError, ValueError, TypeError, KeyError):
        known = dict(zip(manifest["table"], manifest["table_sha256"], strict=True)) if manifest else {}
    files = {file.stem: known.get(file.stem) or digest_of(file) for file in tables if file.is_file()}
    return files | {name: digest for name, digest in known.items() if name not in _LEFT_OUT}
