"""Whether the disk has room for a run, seen before it begins; nobody wants to learn it after an hour."""

import shutil
from collections.abc import Iterable
from pathlib import Path

import click

from welfare_pipeline.lake import DataRoot

# Measured on the made-up districts: tables aside and in place, two databases built beside the former ones, worklists
# and memory that spills. Packed lists (.csv.gz, .xlsx, .parquet) count as what is in them.
TIMES_THE_LANDING = 4
PACKED_TIMES = 5
PACKED = {".gz", ".xlsx", ".parquet"}
AT_LEAST = 50_000_000  # bytes: run history, an almost empty landing
GIGABYTE = 1_000_000_000


def require_room(root: DataRoot, folders: Iterable[Path], largest: int) -> None:
    """See that the run over these landing folders fits on the disk; files of more than `largest` bytes are refused.

    Raises:
        NoRoomError: it does not; says how much is missing.

    """
    needed = room_needed(folders, largest)
    free = shutil.disk_usage(root.path).free
    if free < needed:
        message = (
            f"not enough room on the disk of {root.path}: the run may need {needed / GIGABYTE:.1f} GB, "
            f"{free / GIGABYTE:.1f} GB are free. Free some, or name fewer districts. Nothing was begun."
        )
        raise NoRoomError(message)


def room_needed(folders: Iterable[Path], largest: int) -> int:
    """Bytes that a run over these landing folders may need; files of more than `largest` bytes are refused."""
    return AT_LEAST + TIMES_THE_LANDING * sum(_read_in(folder, largest) for folder in folders)


def _read_in(folder: Path, largest: int) -> int:
    """Bytes that will be read in the folder; in one that may not be read, none: the run will say so."""
    try:
        return sum(_unpacked(file, largest) for file in folder.iterdir())
    except OSError:
        return 0


def _unpacked(file: Path, largest: int) -> int:
    try:
        size = file.lstat().st_size
    except FileNotFoundError:  # taken out of the folder this moment
        return 0
    if size > largest:
        return 0
    return min(size * PACKED_TIMES, largest) if file.suffix.lower() in PACKED else size


class NoRoomError(click.ClickException):
    """No wrong usage: what was asked for could not be done."""

    leaves_with = 1
