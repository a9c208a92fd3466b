"""A landed file -> its bytes. The folder belongs to others: what was a file when it was listed may be anything now."""

import io
import os
import stat
import zlib
from gzip import GzipFile
from pathlib import Path
from typing import BinaryIO

from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.limits import Limits

_CHUNK = 4 * 2**20
_CHANGED = "it changed while it was read; run again once nobody writes to it any more"
_VANISHED = "it was there and is gone; land it again, then run again"
_NOT_REGULAR = "it is not a regular file; land the file itself"
_UNREADABLE = "it may not be read by the user who runs this; give that user the right to read it"


def content_of(path: Path, limits: Limits) -> bytes:
    """The file as it is now, whole; never waits for a pipe or device.

    Raises:
        FileRejectedError: it is too large, gone, not readable, no regular file any more, or was written to meanwhile.

    """
    with _opened(path) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise FileRejectedError(_NOT_REGULAR)
        limits.check_bytes(before.st_size)
        content = file.read(before.st_size + 1)
        after = os.fstat(file.fileno())
    if len(content) != before.st_size or (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise FileRejectedError(_CHANGED)
    return content


def _opened(path: Path) -> BinaryIO:
    target = path.resolve()
    if not target.is_relative_to(path.parent.resolve()):
        message = "it has become a link that leads out of the landing folder and is not followed; land the file itself"
        raise FileRejectedError(message)
    try:
        return open(target, "rb", opener=_without_waiting)
    except FileNotFoundError as error:
        raise FileRejectedError(_VANISHED) from error
    except PermissionError as error:
        raise FileRejectedError(_UNREADABLE) from error
    except IsADirectoryError as error:
        raise FileRejectedError(_NOT_REGULAR) from error


def _without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)


def unpacked(packed: bytes, limits: Limits) -> bytes:
    """What is in a .csv.gz.

    Raises:
        FileRejectedError: it is damaged, breaks off, or holds too much.

    """
    source = io.BytesIO(packed)
    chunks: list[bytes] = []
    size = 0
    try:
        with GzipFile(fileobj=source) as file:
            while chunk := file.read(_CHUNK):
                chunks.append(chunk)
                size += len(chunk)
                limits.check_unpacked(size, source.tell())
    except (OSError, EOFError, zlib.error) as error:
        message = "it is damaged or breaks off before its end (gzip); copy it again from where it was made"
        raise FileRejectedError(message) from error
    return b"".join(chunks)
