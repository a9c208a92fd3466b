"""Whether an error means that the system does not let this user write or read here; said in a sentence."""

import errno
import os
import tempfile
from pathlib import Path

from welfare_pipeline.lake.root import DataRoot
from welfare_pipeline.lake.shortage import chain

_NUMBERS = {errno.EACCES, errno.EPERM, errno.EROFS}
_WORDS = (
    "Permission denied",
    "Operation not permitted",
    "Read-only file system",
    "attempt to write a readonly database",
)
_SQLITE_CANNOT = "unable to open database file"
_LANDED = "landing"  # names of landed files may name people


def refusal(error: BaseException) -> str | None:
    """A sentence that says where the user is not let in and what to do; `None` if the error is of another kind."""
    for link in chain(error):
        if isinstance(link, OSError) and link.errno in _NUMBERS:
            return _sentence(link.filename)
        if any(words in str(link) for words in _WORDS) or _SQLITE_CANNOT in str(link):
            return _sentence(None)
    return None


def require_writable(root: DataRoot) -> str | None:
    """A sentence, if a file cannot be made in a folder of the data root that a run writes to; else `None`."""
    folders = (root.path, root.lake, root.published, root.published / "districts", root.dagster)
    for folder in folders:
        try:
            if folder.is_dir():
                with tempfile.TemporaryFile(dir=folder):
                    pass
        except OSError as error:
            if error.errno not in _NUMBERS:
                return None
            return _sentence(folder)
    return None


def _sentence(place: object) -> str:
    path = Path(os.fsdecode(place)) if isinstance(place, str | bytes | Path) else None
    where = "a file or folder of the data root" if path is None or _LANDED in path.parts else str(path)
    return (
        f"{where} may not be written to (or read) by the user who runs this (user number {os.getuid()}): it belongs to "
        "another user, or the disk is mounted read-only. Run as the user who owns the data root, or give this user the "
        "folders (chown -R), then run again. What was published stands."
    )
