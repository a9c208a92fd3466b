"""Whether an error means that the machine ran out of room; those errors come in many types and words."""

import errno
from collections.abc import Iterator

import duckdb

DISK = (
    "The disk is full (or the largest size of a file is reached): free some room on the disk of the data root, "
    "then run again. What was published stands."
)
DISK_OR_MEMORY = (
    "The disk is full, or the memory was not enough: free some room on the disk of the data root, close other "
    "programs, then run again. What was published stands."
)
MEMORY = (
    "The memory was not enough: close other programs, give the process more (container or ulimit), or run fewer "
    "districts at a time, then run again. What was published stands."
)
_DISK_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_DISK_WORDS = (
    "No space left on device",
    "disk is full",
    "File too large",
    "Disk quota exceeded",
    "Could not write",
)
_SQLITE_CANNOT = "disk I/O error"  # also said when no memory can be had for its files


def shortage(error: BaseException) -> str | None:
    """A sentence that says what ran out and what to do; `None` if the error is of another kind."""
    for link in chain(error):
        if isinstance(link, MemoryError | duckdb.OutOfMemoryException):
            return MEMORY
        if isinstance(link, OSError) and link.errno in _DISK_NUMBERS:
            return DISK
        if any(words in str(link) for words in _DISK_WORDS):
            return DISK
        if _SQLITE_CANNOT in str(link):
            return DISK_OR_MEMORY
    return None


def chain(error: BaseException) -> Iterator[BaseException]:
    """The error and those it came from, each once."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or link.__context__
