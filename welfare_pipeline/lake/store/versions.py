"""Versions in a store: fetched file by file, put there whole before a pointer names them, removed when not needed.

A pointer is put only if it is still the one that the version was made over. Whoever comes second is superseded: what
it made goes, and what the other one made stands.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from welfare_pipeline.lake.contents import NAME as NOTE
from welfare_pipeline.lake.contents import digest_of, read_contents
from welfare_pipeline.lake.folders import make_private, sha256_of
from welfare_pipeline.lake.pointer import NONE, Pointer, as_text, is_version
from welfare_pipeline.lake.store.bucket import ConflictError, Seen
from welfare_pipeline.lake.store.copies import (
    Known,
    Store,
    keep_pointer,
    key_of,
    known_pointer,
    pointer_kept_still,
    present_pointer,
    remove_others,
    store_at,
)
from welfare_pipeline.lake.store.settings import grace
from welfare_pipeline.lake.store_error import StoreError

COPIED = 2**20  # bytes from which on a file that has not changed is copied within the bucket instead of put there
TWICE = 2


class SupersededError(StoreError):
    """Another machine has meanwhile changed what a version was made over; the version is gone."""

    leaves_with = 1

    def __init__(self, period: str, district: str) -> None:
        """Of which month and district."""
        super().__init__(
            f"superseded: another machine has meanwhile gone on with {period} of {district} in the store; what it "
            "makes stands, and what was made here is removed (`welfare status` shows how it stands)."
        )


@dataclass(frozen=True)
class Month:
    """A month and district in a store."""

    store: Store
    period: str
    district: str

    @property
    def prefix(self) -> str:
        """Of the keys of its versions."""
        return f"lake/{self.period}/{self.district}"

    @property
    def home(self) -> Path:
        """The copy of its versions."""
        return self.store.month(self.period, self.district)

    def superseded(self) -> SupersededError:
        """To be raised when another machine was first."""
        return SupersededError(self.period, self.district)

    def base(self) -> Known:
        """The pointer in the bucket, over which a version is going to be made."""
        return present_pointer(self.store, self.period, self.district)

    def point(self, change: Callable[[Pointer], Pointer], base: Known | None, *, at_once: bool = False) -> None:
        """Put the pointer in the bucket, and before it the versions it is the first to name.

        `base`: the pointer as it was when the version was begun, else as it was read last. What it ceases to name is
        removed after the grace, or `at_once`.

        Raises:
            SupersededError: it is no longer so; the new versions are removed.

        """
        known = base or known_pointer(self.store, self.period, self.district)
        before = known.pointer or Pointer()
        pointer = change(before)
        fresh = sorted(pointer.versions - before.versions - known.let_go.keys())
        listed = self._uploaded(fresh, before.newest)
        clock = max((seen.at for seen in listed.values()), default=None)
        let_go = self._let_go(known, pointer, clock, listed)
        try:
            self._put(pointer, known, let_go)
        except ConflictError:
            self._take_back(fresh)
            raise self.superseded() from None
        remove_others(self.store, self.period, self.district, pointer)
        self._sweep(pointer, let_go, clock, listed, at_once=at_once)

    def _put(self, pointer: Pointer, known: Known, let_go: Mapping[str, str]) -> None:
        text = as_text(pointer, let_go=dict(let_go)).encode()
        key = key_of(self.period, self.district)
        with pointer_kept_still(self.store, self.district):
            etag = self.store.bucket.put(key, text, only_over=known.etag, only_new=known.etag is None)
            keep_pointer(self.store, self.period, self.district, Known(pointer, etag, let_go))

    def _uploaded(self, versions: Iterable[str], former: str) -> dict[str, Seen]:
        """What is in the bucket of the month once these versions are, each whole; the note of a version comes last."""
        sizes: dict[str, int] = {}
        for version in versions:
            files = [*sorted((self.home / version).glob("*.parquet"))]
            same = self._unchanged(files, version, former)
            self.store.bucket.each(partial(self._upload, same), files)
            note = self.home / version / NOTE
            self.store.bucket.put(self._key(note), note)
            sizes |= {self._key(file): file.stat().st_size for file in (*files, note)}
        listed = self.store.bucket.listed(self.prefix)
        lacking = [key for key, size in sizes.items() if key not in listed or listed[key].size != size]
        if lacking:
            message = f"the store did not keep {lacking[0].rpartition('/')[2]} of {self.prefix} whole: run it again."
            raise StoreError(message)
        return listed

    def _unchanged(self, files: Iterable[Path], version: str, former: str) -> dict[Path, str]:
        """The keys under which large files of a version are in the bucket already."""
        now, before = (read_contents(self.home / name) for name in (version, former))
        if now is None or before is None:
            return {}
        same = {name for name, digest in now.files.items() if before.files.get(name) == digest}
        return {
            file: self._key(self.home / former / file.name)
            for file in files
            if file.stem in same and file.stat().st_size >= COPIED
        }

    def _upload(self, same: Mapping[Path, str], file: Path) -> None:
        if file not in same or not self.store.bucket.copy(same[file], self._key(file)):
            self.store.bucket.put(self._key(file), file)

    def _key(self, file: Path) -> str:
        return file.relative_to(self.store.home).as_posix()

    def _take_back(self, versions: Iterable[str]) -> None:
        for version in versions:
            shutil.rmtree(self.home / version, ignore_errors=True)
            with suppress(StoreError):  # what is left is swept later
                self.store.bucket.remove(self.store.bucket.listed(f"{self.prefix}/{version}"))
        present_pointer(self.store, self.period, self.district)

    def _let_go(self, known: Known, pointer: Pointer, clock: datetime | None, listed: Iterable[str]) -> dict[str, str]:
        """Versions in the bucket that the pointer does not name any more, and since when, by the store's clock."""
        there = {self._version(key) for key in listed} - pointer.versions
        named = (known.pointer or Pointer()).versions
        return {
            version: known.let_go.get(version) or clock.isoformat()
            for version in there
            if clock is not None and (version in known.let_go or version in named)
        }

    def _sweep(
        self,
        pointer: Pointer,
        let_go: Mapping[str, str],
        clock: datetime | None,
        listed: Mapping[str, Seen],
        *,
        at_once: bool,
    ) -> None:
        """Remove versions that nobody points to, once nobody can still be uploading or fetching them."""
        objects: dict[str, dict[str, Seen]] = defaultdict(dict)
        for key, seen in listed.items():
            objects[self._version(key)][key] = seen
        grown = timedelta(seconds=grace())
        for version, of in objects.items():
            if clock is None or version in pointer.versions or not is_version(version):
                continue
            left = datetime.fromisoformat(let_go[version]) if version in let_go else max(s.at for s in of.values())
            if clock - left > grown or (at_once and version in let_go):
                with suppress(StoreError):  # the next sweep does it
                    self.store.bucket.remove(of)

    def _version(self, key: str) -> str:
        return key.removeprefix(f"{self.prefix}/").partition("/")[0]

    def fetch_note(self, folder: Path, version: str) -> None:
        """See that the note of a version is in its folder (of the copy, or of a snapshot of it)."""
        if version != NONE:
            self._fetch(folder / NOTE, self.home / version / NOTE)

    def fetch_table(self, folder: Path, version: str, file: Path) -> None:
        """See that a table of a version is in its folder, as far as the bucket has it."""
        if version == NONE or file.exists():
            return
        self.fetch_note(folder, version)
        contents = read_contents(folder)
        if contents is None or file.stem not in contents.files:
            return
        for _ in range(TWICE):  # what was damaged on the way is fetched again, what is damaged there is told
            self._fetch(file, self.home / version / file.name)
            if not file.exists() or sha256_of(file) == contents.files[file.stem]:
                return
            _drop(file, self.home / version / file.name)
        self._fetch(file, self.home / version / file.name)

    def _fetch(self, file: Path, own: Path) -> None:
        """From the copy, else from the bucket; `own`: where the copy has it."""
        if file.exists():
            return
        is_kept = own == file or own.parent.is_dir()  # a snapshot may show what the copy has let go of
        if not is_kept:
            self.store.bucket.fetch(self._key(own), file)
        elif (own.exists() or self.store.bucket.fetch(self._key(own), own)) and own != file:
            make_private(file.parent)
            with suppress(FileExistsError):
                file.hardlink_to(own)

    def look_again(self, folder: Path, version: str) -> None:
        """Drop of the copy what is not in the bucket as the run put it there, so that it is fetched and read anew.

        Nothing of a version was written after its note.
        """
        listed = self.store.bucket.listed(f"{self.prefix}/{version}")
        note = listed.get(f"{self.prefix}/{version}/{NOTE}")
        contents = read_contents(folder)
        for file in (*folder.glob("*.parquet"), folder / NOTE):
            seen = listed.get(f"{self.prefix}/{version}/{file.name}")
            digest = contents.files.get(file.stem) if contents and file.suffix == ".parquet" else None
            if seen is None or note is None or seen.at > note.at or _differs(file, seen.size, digest):
                _drop(file, self.home / version / file.name)


def _differs(file: Path, size: int, digest: str | None) -> bool:
    """Whether the copy is not of that size and digest (where one was noted)."""
    try:
        return file.stat().st_size != size or (digest is not None and digest_of(file) != digest)
    except OSError:
        return True


def _drop(*files: Path) -> None:
    for file in files:
        file.unlink(missing_ok=True)


def month_at(lake: Path, period: str, district: str) -> Month | None:
    """The month and district in the store whose copy (or snapshot) the lake is; `None`: it is of no store."""
    store = store_at(lake)
    return None if store is None else Month(store, period, district)
