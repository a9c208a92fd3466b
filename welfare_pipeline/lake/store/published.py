"""Published files in a store: made in the data root, then put there whole.

Whoever puts a database there looks at the pointers after having seen the database that was there, and puts it only over
that one. So what is there at last was made of the newest pointers that anybody has put.
"""

import json
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from welfare_pipeline.lake.folders import make_private, write_whole
from welfare_pipeline.lake.store.bucket import ConflictError
from welfare_pipeline.lake.store.copies import Store, refresh_pointers
from welfare_pipeline.lake.store_error import StoreError

PUBLISHED = "published"
TRIES = 5
AT_ONCE_MOST = 2**30  # bytes: what is put conditionally is put in one piece, from memory
_Made = TypeVar("_Made")


def put_database(store: Store, published: Path, file: Path, make: Callable[[], _Made]) -> _Made:
    """What `make` returns, which brings `file` up to date; then it is in the bucket, too.

    Raises:
        StoreError: others were first again and again.

    """
    key = _key(published, file)
    for _ in range(TRIES):
        before = store.bucket.seen(key)
        refresh_pointers(store)
        made = make()
        if not file.is_file() or (before is not None and _noted(store, key) == [before.etag, *_stamp(file)]):
            return made
        conditional = file.stat().st_size <= AT_ONCE_MOST
        over = before.etag if before is not None and conditional else None
        stamp = _stamp(file)
        with suppress(ConflictError):
            etag = store.bucket.put(key, file, only_over=over, only_new=conditional and before is None)
            _note(store, key, [etag, *stamp])
            return made
    message = f"{file.name} is published by other machines at the same time: welfare publish, once they are done."
    raise StoreError(message)


def put_files(store: Store, published: Path, files: Iterable[Path], *, instead_of: Path | None = None) -> None:
    """Put published files into the bucket; with `instead_of` a folder, whatever else is of it there goes."""
    wanted = {_key(published, file): file for file in files if file.is_file()}
    changed = [key for key, file in wanted.items() if _noted(store, key) != _stamp(file)]
    store.bucket.each(lambda key: store.bucket.put(key, wanted[key]), changed)
    for key in changed:
        _note(store, key, _stamp(wanted[key]))
    if instead_of is not None:
        others = store.bucket.listed(_key(published, instead_of)).keys() - wanted.keys()
        store.bucket.remove(others)


def take_away(store: Store, published: Path, *places: Path) -> None:
    """Take published files and folders out of the bucket."""
    for place in places:
        key = _key(published, place)
        store.bucket.remove([*store.bucket.listed(key), key])
        shutil.rmtree(_note_of(store, key), ignore_errors=True)


def names_of(store: Store, folder: str) -> set[str]:
    """What is in the bucket of a published folder, by its path within what is published."""
    return {key.removeprefix(f"{PUBLISHED}/") for key in store.bucket.listed(f"{PUBLISHED}/{folder}")}


def _key(published: Path, file: Path) -> str:
    return f"{PUBLISHED}/{file.relative_to(published).as_posix()}"


def _stamp(file: Path) -> list[str | int]:
    seen = file.stat()
    return [seen.st_size, seen.st_mtime_ns]


def _note_of(store: Store, key: str) -> Path:
    return store.home / ".published" / key


def _noted(store: Store, key: str) -> object:
    try:
        return json.loads((_note_of(store, key) / ".json").read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _note(store: Store, key: str, what: list[str | int]) -> None:
    folder = _note_of(store, key)
    make_private(folder)
    write_whole(folder / ".json", json.dumps(what))
