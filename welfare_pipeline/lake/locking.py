"""Who waits for whom: locks that the system takes from a process when it ends, however it ends."""

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from welfare_pipeline.lake.folders import make_private

_LOG = logging.getLogger(__name__)


@contextmanager
def locked(file: Path, *, shared: bool = False, is_long: bool = False) -> Iterator[None]:
    """Inside, nobody else holds the lock of this file (`shared`: nobody holds it alone).

    Waits for it; if that may take `is_long`, says for whom.
    """
    with _opened(file) as lock:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        if not _taken(lock, kind):
            if is_long:
                _LOG.warning("Waiting for %s, which process %s is at work on.", file.name, _holder(lock))
            fcntl.flock(lock, kind)
        if not shared:
            os.ftruncate(lock, 0)
            os.pwrite(lock, str(os.getpid()).encode(), 0)
        yield


@contextmanager
def locked_if_free(file: Path) -> Iterator[bool]:
    """Whether the lock was free; then nobody else has it inside."""
    with _opened(file) as lock:
        yield _taken(lock, fcntl.LOCK_EX)


@contextmanager
def _opened(file: Path) -> Iterator[int]:
    make_private(file.parent)
    lock = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield lock
    finally:
        os.close(lock)


def _taken(lock: int, kind: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
        return True
    return False


def _holder(lock: int) -> str:
    return os.pread(lock, 20, 0).decode("ascii", "replace") or "of another user"
