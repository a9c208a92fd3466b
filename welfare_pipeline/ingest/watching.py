"""What lies in a district's landing folder, looked at again and again: a file is read only when it has changed.

Two looks that are alike say that nothing arrives any more; times of files do not: a copy may have that of its source.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.ingest.landing_folder import LandedFile, landed_in
from welfare_pipeline.lake import sha256_of, write_whole
from welfare_pipeline.lake.folders import make_private

MOST_ENTRIES = 10_000  # of a district's folder that are watched
READING_SECONDS = 30.0  # a look has for reading; what is left is read at the next one
Stamp = tuple[int, ...]  # size, times and number of a file: others when somebody writes to it or replaces it


@dataclass
class KnownFiles:
    """Digests of the files read so far, kept in `path`; names are kept as digests, too, as they may be people's."""

    path: Path
    files: dict[str, tuple[Stamp, str]] = field(default_factory=dict)
    largest: int = 2**63
    _read_until: float = field(default_factory=lambda: time.monotonic() + READING_SECONDS)
    _seen: set[str] = field(default_factory=set)
    _has_changed: bool = False

    @classmethod
    def kept_in(cls, path: Path, largest: int) -> "KnownFiles":
        """Those kept in the file; none, if it cannot be read. Files of more than `largest` bytes are not read."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            kept = json.loads(path.read_text("utf-8"))
            return cls(path, {name: (tuple(stamp), digest) for name, (stamp, digest) in kept.items()}, largest)
        return cls(path, largest=largest)

    def keep(self) -> None:
        """Keep those that were looked at."""
        if self._has_changed or len(self._seen) < len(self.files):
            seen = {name: self.files[name] for name in sorted(self._seen)}
            make_private(self.path.parent)
            write_whole(self.path, json.dumps(seen))

    def digest(self, file: Path) -> str | None:
        """SHA-256 of a file, as `landed_files` has it: empty, if it is not read; `None`: not yet, there was no time.

        Raises:
            OSError: it cannot be read.

        """
        name, stamp = _digest(str(file)), stamp_of(file.stat())
        if stamp[0] > self.largest:
            return ""
        known = self.files.get(name)
        if known is None or known[0] != stamp:
            if time.monotonic() > self._read_until:
                return None
            self.files[name] = stamp, sha256_of(file)
            self._has_changed = True
        self._seen.add(name)
        return self.files[name][1]


@dataclass(frozen=True)
class Look:
    """What a folder looks like. `content`: a digest of its lists; `state`: another one while anything still arrives."""

    content: str
    state: str
    is_empty: bool


def look_into(folder: Path, sources: Sources, known: KnownFiles) -> Look | None:
    """What a folder looks like; `None`: there was no time to read it all.

    Raises:
        TooManyEntriesError: more lies in it than is watched.
        OSError: it cannot be read.

    """
    stamps = dict(_stamps(folder))
    lists = [(file, list_digest(file, known)) for file in landed_in(folder, sources).files]
    if any(digest is None for _, digest in lists):
        return None
    content = digest_of_texts(f"{file.name} {digest}" for file, digest in lists)
    others = stamps.keys() - {file.path.name for file, _ in lists}
    sizes = [f"{file.path.name} {stamps.get(file.path.name, (0,))[0]}" for file, _ in lists]
    return Look(content, digest_of_texts([content, *sizes, *(f"{name} {stamps[name]}" for name in others)]), not stamps)


def digest_of_texts(texts: Iterable[str]) -> str:
    """SHA-256 over the texts in their order of the alphabet."""
    return _digest("\n".join(sorted(texts)))


def list_digest(file: LandedFile, known: KnownFiles) -> str | None:
    """SHA-256 of a list as `landed_files` has it: empty, if it is not read; `None`: there was no time."""
    if file.format is None:
        return ""
    try:
        return known.digest(file.path)
    except FileNotFoundError:  # it was there a moment ago
        return ""


def _stamps(folder: Path) -> list[tuple[str, Stamp]]:
    with os.scandir(folder) as entries:
        found = list(islice(entries, MOST_ENTRIES + 1))
    if len(found) > MOST_ENTRIES:
        raise TooManyEntriesError
    stamps: list[tuple[str, Stamp]] = []
    for entry in found:
        with suppress(FileNotFoundError):
            stamps.append((entry.name, stamp_of(entry.stat(follow_symlinks=False))))
    return stamps


def stamp_of(seen: os.stat_result) -> Stamp:
    """Size, times and number of a file."""
    return seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


class TooManyEntriesError(Exception):
    """More lies in a folder than is watched."""
