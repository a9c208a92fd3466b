"""Who waits for whom: locks that the system takes from a process when it ends, however it ends."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from welfare_pipeline.lake.folders import PRIVATE_FILE, make_private

_LOG = logging.getLogger(__name__)
_GLANCE = 0.01  # seconds between two looks at a lock that another process has


@contextmanager
def locked(file: Path, *, is_long: bool = False) -> Iterator[None]:
    """Inside, nobody else holds the lock of this file. Waits for it; if that may take `is_long`, says for whom."""
    lock = _lock(file)
    try:
        lock.acquire(blocking=not is_long)
    except Timeout:
        _LOG.warning("Waiting for %s, which process %s is at work on.", file.name, _holder(file))
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


@contextmanager
def locked_if_free(file: Path) -> Iterator[bool]:
    """Whether the lock was free; then nobody else has it inside."""
    lock = _lock(file)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def held_by(folder: Path) -> dict[str, str]:
    """The locks of a folder that somebody holds now, each with the number of the process; nothing is changed."""
    return {file.name: _holder(file) for file in sorted(folder.glob("*")) if _is_held(file)}


def _is_held(file: Path) -> bool:
    try:
        opened = os.open(file, os.O_RDONLY)
    except OSError:  # gone, or another user's
        return False
    try:
        fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(opened)
    return False


def _lock(file: Path) -> FileLock:
    make_private(file.parent)
    return FileLock(
        file,
        mode=PRIVATE_FILE,
        thread_local=False,
        poll_interval=_GLANCE,
        fallback_to_soft=False,
        on_acquired=_note_holder,
    )


def _note_holder(lock: int) -> None:
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)


def _holder(file: Path) -> str:
    return file.read_text("ascii", "replace") or "of another user"
