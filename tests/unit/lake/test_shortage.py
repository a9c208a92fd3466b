"""Running out of disk or memory is told in one sentence, whatever library noticed it; other errors are not."""

import errno
import sqlite3

import duckdb
import pytest

from welfare_pipeline.lake import shortage


def caused(error: Exception) -> Exception:
    """The error as a library passes it on."""
    outer = RuntimeError("a step failed")
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        caused(OSError(errno.EFBIG, "File too large")),
        caused(sqlite3.OperationalError("database or disk is full")),
        duckdb.IOException("IO Error: Could not write file: No space left on device"),
    ],
)
def test_a_full_disk(error: Exception) -> None:
    assert "The disk is full" in str(shortage(error))


def test_what_sqlite_cannot_do_for_want_of_room_or_memory_names_both() -> None:
    told = str(shortage(caused(sqlite3.OperationalError("disk I/O error"))))
    assert told.startswith("The disk is full, or the memory was not enough")


@pytest.mark.parametrize("error", [MemoryError(), caused(duckdb.OutOfMemoryException("failed to allocate"))])
def test_too_little_memory(error: Exception) -> None:
    assert "The memory was not enough" in str(shortage(error))


@pytest.mark.parametrize("error", [ValueError("SITI"), OSError(errno.ENOENT, "No such file"), caused(KeyError("nik"))])
def test_another_error_is_none(error: Exception) -> None:
    assert shortage(error) is None
