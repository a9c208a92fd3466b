"""Whether the lake's files are those that runs put there, and whether today's program can read them.

Every finding is of one partition, because running that month and district again is what mends it. What to do with a
finding (stop a district, keep published rows) is decided by whoever asks.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import duckdb
import polars as pl

from welfare_pipeline.contracts.tables import RUN_MANIFEST, TABLE_BY_NAME
from welfare_pipeline.lake.encryption import columns_of, locked_out, read_frame
from welfare_pipeline.lake.partition import Partition
from welfare_pipeline.lake.register import Digests, digest_of, note_path, noted_partitions, read_note

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
    """What is wrong with the partition's tables, by name.

    Every byte is read, once a process. With `read`: of these tables only, and of others that were written to since.
    """
    if not partition.tables():
        return lost_partitions(partition.lake, [], [(partition.period, partition.district)])
    note = read_note(partition.lake, partition.period, partition.district)
    versions = note.versions if note else []
    try:
        versions = versions or [signed(partition)]
    except (OSError, duckdb.Error, pl.exceptions.PolarsError) as error:
        if locked_out(error):
            raise
        manifest = partition.path(RUN_MANIFEST.name)
        return [_damage(partition, RUN_MANIFEST.name, _fault(manifest, None) or Fault.CHANGED)]
    return min((list(_against(partition, version, read)) for version in versions), key=_weight)


def lost_partitions(
    lake: Path, present: Iterable[Partition], asked: Collection[tuple[str, str]] | None = None
) -> list[Damage]:
    """The partitions (all, or of those asked for) that were put in place once and whose folder is gone."""
    there = {(partition.period, partition.district) for partition in present}
    lost = [name for name in noted_partitions(lake) if name not in there and (asked is None or name in asked)]
    return [Damage(*name, WHOLE, Fault.GONE) for name in lost]


def _weight(damages: list[Damage]) -> int:
    return sum(not damage.is_as_made for damage in damages)


def signed(partition: Partition) -> Digests:
    """The digests in the partition's own manifest, and the one that this has now.

    Raises:
        OSError, duckdb.Error, pl.exceptions.PolarsError: the manifest is missing or damaged.

    """
    manifest = partition.path(RUN_MANIFEST.name)
    tables = dict(read_frame(manifest).select("table", "table_sha256").iter_rows())
    return tables | {RUN_MANIFEST.name: digest_of(manifest)}


def _against(partition: Partition, expected: Digests, read: Collection[str] | None) -> Iterator[Damage]:
    for name in sorted({*expected, *partition.tables()}):
        file = partition.path(name)
        is_read = read is None or name in read or _is_newer(file, partition)
        fault = _fault(file, expected.get(name) if is_read else None)
        if fault is None and name not in expected:
            fault = Fault.STRANGE
        if fault in {None, Fault.CHANGED} and _is_older(file, name):
            yield _damage(partition, name, Fault.OLDER, is_as_made=fault is None)
        elif fault is not None:
            yield _damage(partition, name, fault)


def _is_newer(file: Path, partition: Partition) -> bool:
    """Whether the file was written to after the note about it."""
    try:
        note = note_path(partition.lake, partition.period, partition.district).stat()
        return file.stat().st_mtime_ns > note.st_mtime_ns
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
        found = columns_of(file)
    except (OSError, duckdb.Error, pl.exceptions.PolarsError):
        return False
    return table not in TABLE_BY_NAME or not {*TABLE_BY_NAME[table].column_types()} <= {*found}


def _damage(partition: Partition, table: str, fault: Fault, *, is_as_made: bool = False) -> Damage:
    return Damage(partition.period, partition.district, table, fault, is_as_made)
