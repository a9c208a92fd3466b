"""Whether the lake's files are those that runs put there, and whether today's program can read them.

Every finding is of one partition, because running that month and district again is what mends it. What to do with a
finding (stop a district, keep published rows) is decided by whoever asks.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import duckdb
import polars as pl

from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.lake.contents import NAME as CONTENTS
from welfare_pipeline.lake.contents import Contents, as_it_is, digest_of, today_declared
from welfare_pipeline.lake.one_file import columns_of
from welfare_pipeline.lake.partition import Partition
from welfare_pipeline.lake.pointer import NAME, NONE, read_pointer
from welfare_pipeline.lake.versions import districts_in

_COLUMNS: dict[tuple[int, ...], frozenset[str]] = {}
WHOLE = ""  # in place of a table's name: the partition's folder


class Fault(StrEnum):
    """What is wrong with a table of the lake, as it stands in a sentence."""

    GONE = "is gone"
    MISSING = "is missing, which the run had made"
    EMPTY = "is empty, a file without a byte"
    UNREADABLE = "cannot be read by the user who runs this"
    NO_FILE = "is no file"
    CHANGED = "is not as the run made it (damaged or changed)"
    STRANGE = "is there, which no run has signed"
    UNUSABLE = "is missing or damaged"
    OLDER = "was made by an older version and lacks columns of today"


@dataclass(frozen=True)
class Damage:
    """A table (or the whole folder) of a partition that is not what a run has put there, or not of today's shape."""

    period: str
    district: str
    table: str
    fault: Fault
    is_as_made: bool = False  # an older version's own work: what it holds is right

    @property
    def where(self) -> tuple[str, str]:
        """Period and district."""
        return self.period, self.district

    def __str__(self) -> str:
        """The table or folder and its fault, without month and district."""
        return f"{self.table or 'its folder'} {self.fault}"


def damages_in(partition: Partition, read: Collection[str] | None = None) -> list[Damage]:
    """What is wrong with the tables of a version, by name.

    Every byte is read, once a process. With `read`: of these tables only, and of others that were written to since.
    """
    if partition.version == NONE:
        return []
    contents = partition.contents()
    if contents is None:
        return [_damage(partition, WHOLE, Fault.CHANGED if partition.has_any() else Fault.GONE)]
    return list(_against(partition, contents, read))


def lost_in(lake: Path, district: str = "*") -> list[Damage]:
    """The months (of all districts or of one) that were put in the lake once and have lost their pointer or version."""
    return [Damage(*name, *lost) for name in districts_in(lake, district) if (lost := _lost(lake, *name)) is not None]


def _lost(lake: Path, period: str, district: str) -> tuple[str, Fault] | None:
    home = lake / period / district
    pointer = read_pointer(home)
    if pointer is None:
        return (NAME, Fault.UNUSABLE) if home.is_dir() else (WHOLE, Fault.GONE)
    wanted = {pointer.newest, pointer.published} - {NONE}
    versions = (Partition(lake, period, district, version) for version in wanted)
    return None if all(version.has_any() for version in versions) else (WHOLE, Fault.GONE)


def _against(partition: Partition, contents: Contents, read: Collection[str] | None) -> Iterator[Damage]:
    expected, is_of_today = contents.files, contents.declared == today_declared()
    for name in sorted({*expected, *partition.tables()}):
        if read is not None and name not in read and not partition.is_here(name):
            continue  # as it was put into the object store
        file = partition.path(name)
        is_newer = _is_newer(file, partition)
        is_read = read is None or name in read or is_newer
        fault = _fault(file, expected.get(name) if is_read else None)
        if fault is None and name not in expected:
            fault = Fault.STRANGE
        may_be_older = is_newer or not is_of_today
        if fault in {None, Fault.CHANGED} and may_be_older and _is_older(file, name):
            yield _damage(partition, name, Fault.OLDER, is_as_made=fault is None)
        elif fault is not None:
            yield _damage(partition, name, fault)


def _is_newer(file: Path, partition: Partition) -> bool:
    """Whether the file was written to after the note about it."""
    try:
        return file.stat().st_mtime_ns > (partition.folder / CONTENTS).stat().st_mtime_ns
    except OSError:
        return False


def _fault(file: Path, digest: str | None) -> Fault | None:
    """What is wrong with a file that should have the digest (`None`: whose bytes are not read)."""
    try:
        if not file.exists():
            return Fault.MISSING
        if not file.is_file():
            return Fault.NO_FILE
        if not file.stat().st_size:
            return Fault.EMPTY
        return Fault.CHANGED if digest is not None and digest_of(file) != digest else None
    except OSError:
        return Fault.UNREADABLE


def _is_older(file: Path, table: str) -> bool:
    """Whether a readable file lacks a declared column (or is of a table that is no longer declared)."""
    try:
        found = _columns(file)
    except (OSError, duckdb.Error, pl.exceptions.PolarsError):
        return False
    return table not in TABLE_BY_NAME or not {*TABLE_BY_NAME[table].column_types()} <= found


def _columns(file: Path) -> frozenset[str]:
    """The names of a file's columns, looked up once a process as long as nobody writes to it."""
    content = as_it_is(file)
    if content not in _COLUMNS:
        _COLUMNS[content] = frozenset(columns_of(file))
    return _COLUMNS[content]


def _damage(partition: Partition, table: str, fault: Fault, *, is_as_made: bool = False) -> Damage:
    return Damage(partition.period, partition.district, table, fault, is_as_made)
