"""Files and folders that only their owner reads, and that take another's place in a single step."""

import ctypes
import hashlib
import os
import shutil
from pathlib import Path

PRIVATE_FOLDER = 0o700
PRIVATE_FILE = 0o600

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


def make_private(folder: Path) -> None:
    """Make the folder and those above it for their owner only, whatever the umask; one that is there stays as it is."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(PRIVATE_FOLDER)


def sha256_of(file: Path) -> str:
    """The hash of a file's bytes."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_whole(path: Path, text: str, mode: int = PRIVATE_FILE) -> None:
    """Put the file there whole or not at all, by default for its owner only; one writer at a time."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fchmod(file.fileno(), mode)
        os.fsync(file.fileno())
    draft.replace(path)


def replace_folder(fresh: Path, target: Path) -> None:
    """Put `fresh` in the place of `target`, which is there whole at every moment, the old one or the new one.

    On a system that cannot exchange folders there is a moment without; `settle` mends what a crash in it leaves.
    """
    settle(target)
    if not target.exists():
        make_private(target.parent)
        fresh.rename(target)
    elif _exchanged(fresh, target):
        shutil.rmtree(fresh)
    else:
        target.rename(_former(target))
        fresh.rename(target)
        settle(target)


def settle(target: Path) -> None:
    """Finish a replacement that was killed half-way."""
    former = _former(target)
    if former.exists() and not target.exists():
        former.rename(target)
    shutil.rmtree(former, ignore_errors=True)


def _former(target: Path) -> Path:
    return target.with_name(f".{target.name}.former")


def _exchanged(one: Path, other: Path) -> bool:
    exchange = getattr(ctypes.CDLL(None), "renameat2", None)
    return exchange is not None and exchange(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0
