"""What a published database holds, noted beside the lake it was made of, so that only what changed is written again.

The note is of one very file, known by its size and time: a file that was damaged, changed or put back is another one.
"""

import json
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from pathlib import Path
from typing import Any

from welfare_pipeline.lake import DataRoot, make_private, write_whole
from welfare_pipeline.publish.database import Database
from welfare_pipeline.publish.months import Name

MOST_GROWN = 1.1
SMALL = 2**21  # bytes: in a smaller file a block of what is declared weighs more than all rows


@dataclass(frozen=True)
class Content:
    """The versions that a month's rows were made of; `names`: a digest of the whole names of files, if any."""

    decided: str = ""
    delivered: str = ""
    names: str = ""


@dataclass(frozen=True)
class Held:
    """The months and districts that a database has; `least`, `rows`: its bytes and rows when built from nothing."""

    months: dict[Name, Content] = field(default_factory=dict)
    least: int = 0
    rows: int = 0
    standing: str = ""  # of `Database.standing`

    def is_outgrown_by(self, size: int, rows: int) -> bool:
        """Whether a file of so many bytes and rows is larger than one built from nothing need be."""
        return size > max(SMALL, MOST_GROWN * self.least * max(1, rows / max(1, self.rows)))


def held_by(root: DataRoot, database: Database) -> Held | None:
    """What the present file holds; `None` if that is not known, or its tables are declared otherwise today."""
    with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
        note = json.loads(root.published_note(database.path).read_text("utf-8"))
        if note["file"] == _file(database.path):
            return _held(note, database)
    return None


def held_by_what_is_read(root: DataRoot, database: Database) -> Held | None:
    """What the database holds that everybody reads: in an object store, another machine may have put it there."""
    if root.store is None:
        return held_by(root, database)
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        return _held(json.loads(root.note_in_store(database.path) or ""), database)
    return None


def _held(note: dict[str, Any], database: Database) -> Held | None:
    """What was noted; `None` if the tables are declared otherwise today."""
    if note["declared"] != database.declared():
        return None
    months = {(period, district): Content(*of) for period, district, *of in note["months"]}
    return Held(months, int(note["least"]), int(note["rows"]), note["standing"])


def note_held(root: DataRoot, database: Database, file: Path, held: Held) -> None:
    """Note what the file holds that takes the place of the present one."""
    months = [(*name, *astuple(of)) for name, of in sorted(held.months.items())]
    note = {
        "declared": database.declared(),
        "file": _file(file),
        "least": held.least,
        "rows": held.rows,
        "standing": held.standing,
        "months": months,
    }
    path = root.published_note(database.path)
    make_private(path.parent)
    write_whole(path, json.dumps(note))


def _file(path: Path) -> list[int]:
    seen = path.stat()
    return [seen.st_size, seen.st_mtime_ns]
