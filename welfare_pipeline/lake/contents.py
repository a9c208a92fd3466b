"""What a version holds and rests on, noted in it as it is made: the digest of each file, the run, its ground.

Parquet files have no checksum over their pages; the note tells a file that was damaged or changed since.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from pathlib import Path

from welfare_pipeline.contracts.tables import TABLES
from welfare_pipeline.lake.folders import sha256_of, write_whole
from welfare_pipeline.lake.pointer import now

NAME = "version.json"
_DIGITS = 16
_DIGESTS: dict[tuple[int, ...], str] = {}


@dataclass(frozen=True)
class Contents:
    """The digest of each table's file, the run that made the version, and what it rests on (digests by what).

    `purged`: the digests that tables without their identities had before. `declared`: the declaration (see
    `today_declared`) by which all of its tables were made; empty, if that is not one, or not known.
    """

    files: dict[str, str]
    run_id: str = ""
    ground: Mapping[str, str] = field(default_factory=dict)
    made_at: str = field(default_factory=now)
    purged: Mapping[str, str] = field(default_factory=dict)
    declared: str = ""

    def as_made(self, table: str) -> str:
        """The digest of a table before any purge; empty, if it is not there."""
        return self.purged.get(table, self.files.get(table, ""))


_NOTED = frozenset(column.name for column in fields(Contents))


@cache
def today_declared() -> str:
    """A hash of all tables as they are declared, with their columns and types."""
    tables = {table.name: list(table.column_types().items()) for table in TABLES}
    return hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()[:_DIGITS]


def read_contents(folder: Path) -> Contents | None:
    """The note in a version's folder, but for what only a later program notes; `None` if none can be read."""
    try:
        noted = json.loads((folder / NAME).read_text("utf-8"))
        contents = Contents(**{name: noted[name] for name in noted if name in _NOTED})
    except (OSError, ValueError, TypeError):
        return None
    return contents if isinstance(contents.files, dict) else None


def write_contents(folder: Path, contents: Contents) -> None:
    """Note it in the folder of a version that is being made."""
    write_whole(folder / NAME, json.dumps(asdict(contents), indent=1, sort_keys=True))


def digest_of(file: Path) -> str:
    """SHA-256 of a file; it is read once a process as long as nobody writes to it."""
    content = as_it_is(file)
    if content not in _DIGESTS:
        _DIGESTS[content] = sha256_of(file)
    return _DIGESTS[content]


def as_it_is(file: Path) -> tuple[int, ...]:
    """What tells a file, wherever it is linked, from what it becomes once somebody writes to it."""
    seen = file.stat()
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns
