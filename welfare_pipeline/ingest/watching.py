"""What lies in a district's landing folder, looked at again and again: a file is read only when it has changed.

Two looks that are alike say that nothing arrives any more; times of files do not: a copy may have that of its source.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.ingest.landing_folder import LandedFile, landed_in
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.worklist_search import with_worklists
from welfare_pipeline.lake import digest_of_texts, sha256_of, write_whole
from welfare_pipeline.lake.folders import make_private

MOST_ENTRIES = 10_000  # of a district's folder that are watched
READING_SECONDS = 30.0  # a look has for reading; what is left is read at the next one


Read = dict[str, tuple[str, str]]  # by name: the stamp, and what was read when it had that
ITSELF = ""  # of a folder


@dataclass
class KnownFiles:
    """What was read so far of each folder and its files, kept in `path`.

    Names are kept as digests, as they may be people's.
    """

    path: Path
    policy: Policy
    folders: dict[str, Read] = field(default_factory=dict)
    _kept: str = ""
    _seen: set[str] = field(default_factory=set)
    _until: float = field(default_factory=lambda: time.monotonic() + READING_SECONDS)

    @classmethod
    def kept_in(cls, path: Path, policy: Policy) -> "KnownFiles":
        """What is kept in the file; nothing, if it cannot be read."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            kept = path.read_text("utf-8")
            folders = {
                folder: {name: (str(stamp), str(read)) for name, (stamp, read) in files.items()}
                for folder, files in json.loads(kept).items()
            }
            return cls(path, policy, folders, kept)
        return cls(path, policy)

    def keep(self) -> None:
        """Keep what was read of the folders that were looked at."""
        kept = json.dumps({folder: self.folders[folder] for folder in sorted(self._seen)})
        if kept != self._kept:
            make_private(self.path.parent)
            write_whole(self.path, kept)

    def read(self, folder: Path, name: str, stamp: str, read: Callable[[], str]) -> str:
        """What was read of a file of the folder (or of `ITSELF`) when it had this stamp, else what is read now.

        Raises:
            NoTimeError: there is no time left for that.
            OSError: it cannot be read.

        """
        of_folder, of_file = _digest(str(folder)), _digest(name)
        self._seen.add(of_folder)
        known = self.folders.setdefault(of_folder, {})
        if known.get(of_file, ("", ""))[0] != stamp:
            if time.monotonic() > self._until:
                raise NoTimeError
            known[of_file] = stamp, read()
        return known[of_file][1]


@dataclass(frozen=True)
class Look:
    """What a folder looks like. `content`: a digest of its lists; `state`: another one while anything still arrives."""

    content: str
    state: str
    is_empty: bool


def look_into(folder: Path, known: KnownFiles) -> Look:
    """What a folder looks like.

    Raises:
        TooManyEntriesError: more lies in it than is watched.
        NoTimeError: there was no time to read it all.
        OSError: it cannot be read.

    """
    entries = _entries(folder)
    stamps = [f"{name} {_stamp(seen)}" for name, seen in entries.items()]
    stamp = digest_of_texts([*stamps, *(source.name for source in known.policy.sources.lists)])
    content, state = known.read(folder, ITSELF, stamp, lambda: _read(folder, entries, known)).split()
    return Look(content, state, not entries)


def _read(folder: Path, entries: Mapping[str, os.stat_result], known: KnownFiles) -> str:
    limits, sources = Limits.of(known.policy), known.policy.sources
    files = with_worklists(landed_in(folder, sources), limits, sources).files
    digests = {file.path.name: _digest_of_list(file, folder, limits, known) for file in files}
    content = digest_of_texts(f"{file.name} {digests[file.path.name]}" for file in files)
    others = [f"{name} {_stamp(seen)}" for name, seen in entries.items() if name not in digests]
    lists = [f"{name} {entries[name].st_size} {digest}" for name, digest in digests.items() if name in entries]
    return f"{content} {digest_of_texts([*lists, *others])}"


def _digest_of_list(file: LandedFile, folder: Path, limits: Limits, known: KnownFiles) -> str:
    """As `landed_files` has it: empty, if the file is not read, or is gone by now."""
    if file.format is None:
        return ""
    with suppress(FileNotFoundError):
        seen = file.path.stat()
        if seen.st_size <= limits.file_bytes:
            return known.read(folder, file.path.name, _stamp(seen), lambda: sha256_of(file.path))
    return ""


def _entries(folder: Path) -> dict[str, os.stat_result]:
    with os.scandir(folder) as listed:
        found = list(islice(listed, MOST_ENTRIES + 1))
    if len(found) > MOST_ENTRIES:
        raise TooManyEntriesError
    entries = dict[str, os.stat_result]()
    for entry in found:
        with suppress(FileNotFoundError):  # it was there a moment ago
            entries[entry.name] = entry.stat(follow_symlinks=False)
    return entries


def _stamp(seen: os.stat_result) -> str:
    """Size, times and number of a file: others when somebody writes to it or replaces it."""
    return f"{seen.st_size} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_ino}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


class TooManyEntriesError(Exception):
    """More lies in a folder than is watched."""


class NoTimeError(Exception):
    """What is left is read at the next look."""
