"""Which versions there are in a lake, and which of them are for whom."""

from collections.abc import Iterable
from pathlib import Path

from welfare_pipeline.lake.folders import make_private
from welfare_pipeline.lake.partition import WHOLE_DISTRICTS, Partition
from welfare_pipeline.lake.pointer import NONE, Pointer, ever_made, note_made, read_pointer

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


def linked_in(lake: Path, period: str | None = None) -> list[Partition]:
    """The versions whose links other districts go by (of one period), by period and district."""
    names = (name for name in districts_in(lake) if period in {None, name[0]})
    return [version for name in names if (version := linked_version(lake, *name)).has("links")]


def versions_in(lake: Path) -> list[Partition]:
    """Every version that a pointer names, by period, district and age."""
    found = ((name, sorted(pointer_of(lake, *name).versions)) for name in districts_in(lake))
    return only_there(Partition(lake, *name, version) for name, versions in found for version in versions)


def districts_in(lake: Path, district: str = "*") -> list[tuple[str, str]]:
    """Period and district of everything (or of all that one district has) that was ever in the lake, in that order."""
    return [name for name in ever_made(lake, district) if name[1] != WHOLE_DISTRICTS]


def only_there(partitions: Iterable[Partition]) -> list[Partition]:
    """Those that have at least one table."""
    return [partition for partition in partitions if partition.version != NONE and partition.tables()]


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
    for file in folder.glob("[!.]*.*"):
        if file.is_file():  # a folder in a table's place is damage, which whoever reads the copy sees
            into.joinpath(file.name).hardlink_to(file)
