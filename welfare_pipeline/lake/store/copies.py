"""The local copy of a store: which folder is a copy of which store, and pointers brought up to date with the bucket.

landing/<period>/<district>/...     as in a data root; fetched when a district's folder is asked for
policy.toml
lake/pointers/<period>/<district>.json
lake/<period>/<district>/<version>/<table>.parquet
lake/audits/..., lake/fingerprint.json
published/...
"""

import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from welfare_pipeline.lake.contents import NAME as NOTE
from welfare_pipeline.lake.folders import make_private, write_whole
from welfare_pipeline.lake.locking import locked, locked_if_free
from welfare_pipeline.lake.pointer import NAME as POINTER
from welfare_pipeline.lake.pointer import (
    NONE,
    Pointer,
    ever_made,
    forget_made,
    is_version,
    note_made,
    parsed,
    read_pointer,
    write_pointer,
)
from welfare_pipeline.lake.store.bucket import Bucket
from welfare_pipeline.lake.store.settings import FOLDER, Settings, settings

POINTERS = "lake/pointers"
_POINTER = re.compile(rf"{POINTERS}/(?P<period>\d{{4}}-\d{{2}})/(?P<district>[^/.]+)\.json")
Names = Iterable[tuple[str, str]]  # period and district


@dataclass(frozen=True)
class Known:
    """A pointer as it was read in the bucket; `etag`: `None`, if there was none.

    `let_go`: versions that it no longer names, each with the time of the store at which it ceased to.
    """

    pointer: Pointer | None = None
    etag: str | None = None
    let_go: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Store:
    """A bucket and the folder with what was copied of it."""

    home: Path
    bucket: Bucket

    @property
    def lake(self) -> Path:
        """The copy of the lake."""
        return self.home / "lake"

    def month(self, period: str, district: str) -> Path:
        """The folder of a month and district."""
        return self.lake / period / district

    def lock(self, what: str) -> Path:
        """The file whose lock gives a turn on this machine."""
        return self.lake / ".locks" / what


def store_at(folder: Path) -> Store | None:
    """The store of whose copy the folder is a part; `None`: it is of no store."""
    found = settings()
    if found is None:
        return None
    for place in (folder, *folder.parents):
        if place.name == found.name and place.parent.name == FOLDER:
            return _store(place, found, os.getpid())
    return None


@lru_cache(maxsize=8)
def _store(home: Path, found: Settings, _process: int) -> Store:
    """A client is of one process: its threads do not survive a fork."""
    return Store(home, Bucket(found))


def known_pointer(store: Store, period: str, district: str) -> Known:
    """The pointer as it was read last."""
    try:
        pointer, beside = parsed((store.month(period, district) / POINTER).read_text("utf-8"))
        return Known(pointer, beside["etag"], beside["let_go"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Known()


def present_pointer(store: Store, period: str, district: str) -> Known:
    """The pointer as it is in the bucket now; the copy has it, too."""
    with pointer_kept_still(store, district):
        found = store.bucket.read(key_of(period, district))
        if found is None:
            return Known()
        try:
            pointer, beside = parsed(found[0])
        except (ValueError, TypeError, KeyError, AttributeError):
            return Known(None, found[1])
        known = Known(pointer, found[1], beside.get("let_go", {}))
        keep_pointer(store, period, district, known)
        return known


def pointer_kept_still(store: Store, district: str) -> AbstractContextManager[None]:
    """Inside, nobody else on this machine reads or writes pointers of the district, so that no older one comes last."""
    return locked(store.lock(f"pointer-{district}"))


def keep_pointer(store: Store, period: str, district: str, known: Known) -> None:
    """Let the copy have the pointer as it is in the bucket."""
    if known.pointer is not None:
        note_made(store.lake, period, district)
        write_pointer(store.month(period, district), known.pointer, etag=known.etag, let_go=dict(known.let_go))


def key_of(period: str, district: str) -> str:
    """The key of a pointer."""
    return f"{POINTERS}/{period}/{district}.json"


def refresh_pointers(store: Store) -> None:
    """Bring every pointer of the copy up to date, with the notes of the versions it names."""
    listed = store.bucket.listed(POINTERS)
    found = ((_name_in(key), seen.etag) for key, seen in listed.items())
    names = {name: etag for name, etag in found if name is not None}
    changed = [name for name, etag in names.items() if known_pointer(store, *name).etag != etag]
    store.bucket.each(lambda name: present_pointer(store, *name), changed)
    for name in set(ever_made(store.lake)) - names.keys():
        forget_made(store.lake, *name)
        shutil.rmtree(store.month(*name), ignore_errors=True)
    for name in changed:
        _let_go_of_former(store, *name)
    _fetch_notes(store, names)


def _name_in(key: str) -> tuple[str, str] | None:
    """Period and district of a pointer; `None`: somebody else's object, or the mark of a folder."""
    found = _POINTER.fullmatch(key)
    return None if found is None else (found["period"], found["district"])


def _fetch_notes(store: Store, names: Names) -> None:
    found = ((name, read_pointer(store.month(*name)) or Pointer()) for name in names)
    wanted = [
        store.month(*name) / version / NOTE
        for name, pointer in found
        for version in {pointer.newest, pointer.published} - {NONE}
    ]
    missing = [note for note in wanted if not note.exists()]
    store.bucket.each(lambda note: store.bucket.fetch(note.relative_to(store.home).as_posix(), note), missing)


def _let_go_of_former(store: Store, period: str, district: str) -> None:
    """Remove copies of versions that are no longer pointed to, unless a run of the district is at work on them."""
    pointer = read_pointer(store.month(period, district)) or Pointer()
    with locked_if_free(store.lock(district)) as is_free:
        if is_free:
            remove_others(store, period, district, pointer)


def remove_others(store: Store, period: str, district: str, pointer: Pointer) -> None:
    """Remove the copies of a month's versions that the pointer does not name."""
    with locked(store.lock("content")):  # nobody takes a snapshot meanwhile
        for folder in store.month(period, district).iterdir():
            if is_version(folder.name) and folder.name not in pointer.versions:
                shutil.rmtree(folder, ignore_errors=True)


def mirror_file(store: Store, key: str, file: Path) -> None:
    """Let a single small file be as it is in the bucket: read only if it has changed, gone if it is gone."""
    noted = file.with_name(f".{file.name}.etag")
    seen = store.bucket.seen(key)
    make_private(file.parent)
    if seen is None:
        file.unlink(missing_ok=True)
        noted.unlink(missing_ok=True)
    elif not file.exists() or not noted.exists() or noted.read_text("utf-8") != seen.etag:
        store.bucket.fetch(key, file)
        write_whole(noted, seen.etag)


def mirror_missing(store: Store, prefix: str, folder: Path) -> None:
    """Fetch files that never change once they are there."""
    named = {key: folder / key.removeprefix(f"{prefix}/") for key in store.bucket.listed(prefix)}
    missing = [key for key, file in named.items() if ".." not in file.parts and not file.exists()]
    store.bucket.each(lambda key: store.bucket.fetch(key, named[key]), missing)
