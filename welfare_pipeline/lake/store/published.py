"""Published files in a store: made in the data root, then put there whole.

Whoever puts a database there looks at the pointers after having seen the database that was there, and puts it only over
that one. So what is there at last was made of the newest pointers that anybody has put.

A large database is put in parts, for which the client knows no condition (apache/arrow-rs-object-store#289). The
condition is then on a small object of its own, its *turn*: seen before the pointers are, and changed, only if it is
still as it was seen, once the database has been put. Whoever finds it changed, or another database in its place,
begins again. Once a database has a turn, everybody puts it so, however small it is. Between two such puts an older
database may be there for moments; after a machine that died between the two it stays until the next publication.
"""

import json
import shutil
import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from welfare_pipeline.lake.folders import make_private, write_whole
from welfare_pipeline.lake.store.bucket import ConflictError, Seen
from welfare_pipeline.lake.store.copies import Store, refresh_pointers
from welfare_pipeline.lake.store_error import StoreError

PUBLISHED = "published"
TURNS = "lake/turns"
NOTES = "lake/notes"
TRIES = 5
AT_ONCE_MOST = 2**30  # bytes: what is put conditionally is put in one piece, from memory
_Made = TypeVar("_Made")


def put_database(store: Store, published: Path, file: Path, note: Path, make: Callable[[], _Made]) -> _Made:
    """What `make` returns, which brings `file` up to date; then it is in the bucket, too, and the note of its content.

    Raises:
        StoreError: others were first again and again.

    """
    key = _key(published, file)
    for _ in range(TRIES):
        turn, before = store.bucket.seen(_turn_of(key)), store.bucket.seen(key)
        refresh_pointers(store)
        made = make()
        if not file.is_file() or (before is not None and _noted(store, key) == [before.etag, *_stamp(file)]):
            return made
        stamp = _stamp(file)
        with suppress(ConflictError):
            etag = _put_in_turn(store, key, file, turn) if turn else _put_over(store, key, file, before)
            _note(store, key, [etag, *stamp])
            _put_note(store, key, etag, note)
            return made
    message = f"{file.name} is published by other machines at the same time: welfare publish, once they are done."
    raise StoreError(message)


def _put_note(store: Store, key: str, etag: str, note: Path) -> None:
    if note.is_file():
        text = json.dumps({"etag": etag, "note": note.read_text("utf-8")})
        store.bucket.put(f"{NOTES}/{key}.json", text.encode())


def note_of_database(store: Store, published: Path, file: Path) -> str | None:
    """The note of what the database in the bucket holds, whoever put it there; `None`: nobody knows."""
    key = _key(published, file)
    seen, found = store.bucket.seen(key), store.bucket.read(f"{NOTES}/{key}.json")
    with suppress(ValueError, TypeError, KeyError):
        told = json.loads(found[0]) if found else {}
        return str(told["note"]) if seen is not None and told["etag"] == seen.etag else None
    return None


def _put_over(store: Store, key: str, file: Path, before: Seen | None) -> str:
    """Put it in one piece over the database that was there before; its etag.

    Raises:
        ConflictError: another one is there, or has a turn now; a large one is given a turn first.

    """
    turn = _turn_of(key)
    if file.stat().st_size > AT_ONCE_MOST:
        store.bucket.put(turn, _new_turn(), only_new=True)
        raise ConflictError
    etag = store.bucket.put(key, file, only_over=before.etag if before else None, only_new=before is None)
    if store.bucket.seen(turn) is not None:
        raise ConflictError
    return etag


def _put_in_turn(store: Store, key: str, file: Path, turn: Seen) -> str:
    """Put it, in parts if it is large; its etag.

    Raises:
        ConflictError: meanwhile somebody else has put one.

    """
    etag = store.bucket.put(key, file)
    store.bucket.put(_turn_of(key), _new_turn(), only_over=turn.etag)
    found = store.bucket.seen(key)
    if found is None or found.etag != etag:
        raise ConflictError
    return etag


def _turn_of(key: str) -> str:
    return f"{TURNS}/{key}"


def _new_turn() -> bytes:
    return uuid.uuid4().hex.encode()


def put_files(store: Store, published: Path, files: Iterable[Path], *, instead_of: Path | None = None) -> None:
    """Put published files into the bucket; with `instead_of` a folder, whatever else is of it there goes."""
    wanted = {_key(published, file): file for file in files if file.is_file()}
    if instead_of is not None:
        there = store.bucket.listed(_key(published, instead_of))
        store.bucket.remove(there.keys() - wanted.keys())
    else:
        seen = store.bucket.each(lambda key: (key, store.bucket.seen(key)), wanted)
        there = {key: found for key, found in seen if found is not None}

    def put(key: str) -> None:
        file = wanted[key]
        stamp = _stamp(file)
        if key not in there or _noted(store, key) != [there[key].etag, *stamp]:
            _note(store, key, [store.bucket.put(key, file), *stamp])

    store.bucket.each(put, wanted)


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
