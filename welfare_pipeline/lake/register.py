"""What the lake should hold: beside it, a note a partition with the digest of each of its files.

Parquet files have no checksum over their pages, and a folder that is gone says nothing. The note is written around the
replacement of a partition: until that is done it names the former files and those to come, so a process killed at any
moment leaves a partition that is one or the other.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from welfare_pipeline.lake.folders import make_private, sha256_of, write_whole

FOLDER = ".register"
Digests = dict[str, str]  # SHA-256 by table
_DIGESTS: dict[tuple[int, ...], str] = {}


@dataclass(frozen=True)
class Note:
    """The files of a partition: those in place (`None`: never any), and those that take their place, if any do."""

    files: Digests | None
    coming: Digests | None = None

    @property
    def versions(self) -> list[Digests]:
        """What the partition may hold."""
        return [version for version in (self.coming, self.files) if version is not None]


def note_path(lake: Path, period: str, district: str) -> Path:
    """Where the note about a partition is."""
    return lake / FOLDER / period / f"{district}.json"


def read_note(lake: Path, period: str, district: str) -> Note | None:
    """The note about a partition; `None` if there is none that can be read."""
    try:
        content = json.loads(note_path(lake, period, district).read_text("utf-8"))
        note = Note(**content)
    except (OSError, ValueError, TypeError):
        return None
    return note if all(isinstance(files, dict | None) for files in (note.files, note.coming)) else None


def version_noted(lake: Path, period: str, district: str) -> str:
    """A digest of the note about a partition, which changes with its files; empty if there is none."""
    note = read_note(lake, period, district)
    return sha256(json.dumps(asdict(note), sort_keys=True).encode()).hexdigest()[:16] if note else ""


def write_note(lake: Path, period: str, district: str, note: Note) -> None:
    """Put the note there, whole or not at all."""
    path = note_path(lake, period, district)
    make_private(path.parent)
    write_whole(path, json.dumps(asdict(note), indent=1, sort_keys=True))


def link_note(lake: Path, period: str, district: str, into: Path) -> None:
    """Let the register of `into` have the same note, whatever is written here later."""
    note, link = note_path(lake, period, district), note_path(into, period, district)
    if note.is_file():
        make_private(link.parent)
        link.hardlink_to(note)


@contextmanager
def noted(lake: Path, period: str, district: str, fresh: Path) -> Iterator[None]:
    """Inside, the folder `fresh` takes the partition's place; before and after, the note says so."""
    coming = digests_of(fresh)
    former = read_note(lake, period, district) or Note(None)
    write_note(lake, period, district, Note(former.files, coming))
    yield
    write_note(lake, period, district, Note(coming))


def noted_partitions(lake: Path) -> list[tuple[str, str]]:
    """Period and district of every partition that has (or had, if its folder is gone) tables in place."""
    names = [(path.parent.name, path.stem) for path in sorted((lake / FOLDER).glob("[0-9]*/[!.]*.json"))]
    return [name for name in names if (note := read_note(lake, *name)) is None or note.files]


def digests_of(folder: Path) -> Digests:
    """The digest of every table in the folder."""
    return {file.stem: digest_of(file) for file in sorted(folder.glob("*.parquet"))}


def digest_of(file: Path) -> str:
    """SHA-256 of a file; it is read once a process as long as nobody writes to it."""
    seen = file.stat()
    content = (seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns)
    if content not in _DIGESTS:
        _DIGESTS[content] = sha256_of(file)
    return _DIGESTS[content]
