"""What has landed in a store: listed at every look, fetched when a district's folder is asked for.

A file counts as another one when its etag or size is.
"""

import hashlib
import json
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from welfare_pipeline.lake.folders import make_private, write_whole
from welfare_pipeline.lake.locking import locked
from welfare_pipeline.lake.store.bucket import Seen
from welfare_pipeline.lake.store.copies import Store

LANDING = "landing"
DEPTH = 2  # parts of a name before a file: month and district
Files = dict[str, list[str | int]]  # etag and size by name


@dataclass(frozen=True)
class Landed:
    """The landing of a store and its copy."""

    store: Store

    @property
    def home(self) -> Path:
        """The folder in which districts' files are looked for."""
        return self.store.home / LANDING

    def refresh(self, period: str | None = None, district: str | None = None) -> None:
        """Look what has landed (of a month, of a district of it): folders are made for it, files are not fetched."""
        scope = "/".join(filter(None, (LANDING, period, district)))
        found: dict[tuple[str, str], Files] = defaultdict(dict)
        strangers: list[Path] = []
        for parts, seen in _named(self.store.bucket.listed(scope)):
            if len(parts) == DEPTH and not seen.size:  # a folder without files, as web pages of stores make them
                found[parts[0], parts[1]] |= {}
            elif len(parts) > DEPTH:
                found[parts[0], parts[1]]["/".join(parts[DEPTH:])] = [seen.etag, seen.size]
            elif seen.size:
                strangers.append(self.home.joinpath(*parts))
        for name in {*self._noted(period, district)} - found.keys():
            self._forget(*name)
        for name, files in found.items():
            self._note(name, files)
        for stranger in strangers:  # named in a warning
            make_private(stranger.parent)
            if not stranger.exists():
                stranger.touch()

    def fetch(self, period: str, district: str) -> None:
        """Let the district's folder have its files as they are in the bucket."""
        wanted, had = self._files(self._listed(period, district)), self._files(self._fetched(period, district))
        if wanted == had:
            return
        folder = self.home / period / district
        with locked(self.store.lock(f"landing-{period}-{district}")):
            for path in sorted(folder.rglob("*"), reverse=True):
                if not path.is_dir() and path.relative_to(folder).as_posix() not in wanted:
                    path.unlink(missing_ok=True)
            changed = [name for name, seen in wanted.items() if had.get(name) != seen or not (folder / name).exists()]
            prefix = f"{LANDING}/{period}/{district}"
            self.store.bucket.each(lambda name: self.store.bucket.fetch(f"{prefix}/{name}", folder / name), changed)
            _write(self._fetched(period, district), wanted)

    def mark(self, period: str, district: str, lists: Iterable[str], *, fetched: bool = False) -> str:
        """A digest of names, etags and sizes of the district's files as listed last, or as fetched; and of `lists`."""
        note = (self._fetched if fetched else self._listed)(period, district)
        content = note.read_text("utf-8") if note.exists() else ""
        return hashlib.sha256("\n".join([content, *lists]).encode()).hexdigest() if content else ""

    def size(self, period: str, district: str) -> int:
        """Bytes that have landed of a district, as listed last."""
        return sum(int(size) for _, size in self._files(self._listed(period, district)).values())

    def put(self, period: str, district: str) -> None:
        """Put the district's folder of the copy into the bucket."""
        folder = self.home / period / district
        files = [file for file in folder.rglob("*") if file.is_file()]
        prefix = f"{LANDING}/{period}/{district}"
        put = self.store.bucket.put
        self.store.bucket.each(lambda file: put(f"{prefix}/{file.relative_to(folder).as_posix()}", file), files)

    def _note(self, name: tuple[str, str], files: Files) -> None:
        folder = self.home.joinpath(*name)
        for place in (folder.parent, folder):  # what was a stranger
            if place.is_file():
                place.unlink()
        make_private(folder)
        if self._files(self._listed(*name)) != files:
            _write(self._listed(*name), files)

    def _forget(self, period: str, district: str) -> None:
        shutil.rmtree(self.home / period / district, ignore_errors=True)
        with suppress(OSError):  # other districts are there
            (self.home / period).rmdir()
        for note in (self._listed(period, district), self._fetched(period, district)):
            note.unlink(missing_ok=True)

    def _noted(self, period: str | None, district: str | None) -> Iterator[tuple[str, str]]:
        for note in self._notes.glob(f"{period or '*'}/{district or '*'}.listed"):
            yield note.parent.name, note.stem

    @property
    def _notes(self) -> Path:
        return self.store.home / ".landed"

    def _listed(self, period: str, district: str) -> Path:
        return self._notes / period / f"{district}.listed"

    def _fetched(self, period: str, district: str) -> Path:
        return self._notes / period / f"{district}.fetched"

    @staticmethod
    def _files(note: Path) -> Files:
        try:
            found: Files = json.loads(note.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found


def _write(note: Path, files: Files) -> None:
    make_private(note.parent)
    write_whole(note, json.dumps(files, sort_keys=True))


def _named(listed: Mapping[str, Seen]) -> Iterator[tuple[list[str], Seen]]:
    """The parts of each name below `landing`; what only marks a folder, or leads elsewhere, is left out."""
    folders = {key.rpartition("/")[0] for key in listed}
    for key, seen in listed.items():
        parts = key.split("/")[1:]
        if key not in folders and parts and not {"", ".", ".."} & {*parts}:
            yield parts, seen
