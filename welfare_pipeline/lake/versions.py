"""The versions in a lake: which one of a month and district is the newest, published, or used by other districts."""

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from welfare_pipeline.lake.contents import NAME as NOTE
from welfare_pipeline.lake.folders import make_private
from welfare_pipeline.lake.partition import WHOLE_DISTRICTS, Partition
from welfare_pipeline.lake.pointer import NAME as POINTER
from welfare_pipeline.lake.pointer import NONE, Pointer, ever_made, note_made, read_pointer

_LINKED: dict[str, tuple[str, tuple[object, ...], Mapping[str, str] | None]] = {}  # of a process: version, marks, files
Names = Iterable[tuple[str, str]]  # period and district


def pointer_of(lake: Path, period: str, district: str) -> Pointer:
    """The pointer of a month and district; an empty one, if there is none that can be read."""
    return read_pointer(lake / period / district) or Pointer()


def newest_version(lake: Path, period: str, district: str) -> Partition:
    """What the newest delivery has come to, which may be nothing."""
    return Partition(lake, period, district, pointer_of(lake, period, district).newest)


def published_version(lake: Path, period: str, district: str) -> Partition:
    """What everybody reads of a month and district, which may be nothing."""
    return Partition(lake, period, district, pointer_of(lake, period, district).published)


def linked_version(lake: Path, period: str, district: str) -> Partition:
    """The version whose links other districts go by: the newest, unless it is held back or refused by people."""
    pointer = pointer_of(lake, period, district)
    newest = Partition(lake, period, district, pointer.newest)
    if newest.has("links") and not pointer.is_refused:
        return newest
    return Partition(lake, period, district, pointer.published)


def published_in(lake: Path, district: str = "*") -> list[Partition]:
    """Every version (or those of one district) that everybody reads, by period and district."""
    return only_there(published_version(lake, *name) for name in districts_in(lake, district))


def newest_in(lake: Path) -> list[Partition]:
    """What each newest delivery has come to, by period and district."""
    return only_there(newest_version(lake, *name) for name in districts_in(lake))


def linked_in(lake: Path) -> list[Partition]:
    """The versions whose links other districts go by, by period and district."""
    return [version for name in districts_in(lake) if (version := linked_version(lake, *name)).has("links")]


def linked_files(lake: Path, period: str) -> dict[str, Mapping[str, str]]:
    """The digests of the tables of those versions of a period, by district; read anew only where something has changed.

    Every district's run asks this of all districts, most of which are as they were for the run before.
    """
    found: dict[str, Mapping[str, str]] = {}
    for _, district in districts_in(lake, period=period):
        home = f"{lake}/{period}/{district}"
        known = _LINKED.get(home)
        if known is None or _marks(home, known[0]) != known[1]:
            version = linked_version(lake, period, district)
            files = version.contents_or_nothing().files if version.has("links") else None
            known = _LINKED[home] = (version.version, _marks(home, version.version), files)
        if known[2] is not None:
            found[district] = known[2]
    return found


def _marks(home: str, version: str) -> tuple[object, ...]:
    """By what it is seen whether pointer, note and links of a version are those of before."""
    return tuple(map(_mark, (f"{home}/{POINTER}", f"{home}/{version}/{NOTE}", f"{home}/{version}/links.parquet")))


def _mark(file: str) -> object:
    try:
        seen = os.stat(file)  # noqa: PTH116  thousands a run
    except OSError:
        return None
    return seen.st_ino, seen.st_mtime_ns, seen.st_size


def versions_in(lake: Path) -> list[Partition]:
    """Every version that a pointer names, by period, district and age."""
    found = ((name, sorted(pointer_of(lake, *name).versions)) for name in districts_in(lake))
    return only_there(Partition(lake, *name, version) for name, versions in found for version in versions)


def districts_in(lake: Path, district: str = "*", period: str = "[0-9]*") -> list[tuple[str, str]]:
    """Period and district of all (or of one district, of one period) that was ever in the lake, in that order."""
    return [name for name in ever_made(lake, district, period) if name[1] != WHOLE_DISTRICTS]


def only_there(partitions: Iterable[Partition]) -> list[Partition]:
    """Those that have at least one table."""
    return [partition for partition in partitions if partition.version != NONE and partition.has_any()]


def link_month(lake: Path, into: Path, period: str, district: str) -> None:
    """Let the lake `into` have what is there of a month and district, whatever is done to it here later."""
    note_made(into, period, district)
    home = lake / period / district
    if not home.is_dir():
        return
    _link_files(home, into / period / district)
    pointer = pointer_of(into, period, district)
    for version in {pointer.newest, pointer.published} - {NONE}:
        _link_files(home / version, into / period / district / version)


def _link_files(folder: Path, into: Path) -> None:
    make_private(into)
    if not folder.is_dir():
        return
    with os.scandir(folder) as files:
        for file in files:
            # a folder in a table's place is damage, which whoever reads the copy sees
            if file.is_file() and "." in file.name[1:] and not file.name.startswith("."):
                _link(file.path, f"{into}/{file.name}")


def _link(file: str, link: str) -> None:
    """Link the file; one that is replaced in this very moment (a pointer) is not found, and its successor is."""
    while os.path.exists(file):  # noqa: PTH110  thousands a run
        with suppress(FileNotFoundError):
            os.link(file, link)
            return
