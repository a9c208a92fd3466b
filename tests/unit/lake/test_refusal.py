"""A data root that the user may not write to: said in a sentence, wherever it is met first."""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pytest

from welfare_pipeline.lake import DataRoot, refusal, require_writable

NOBODY = 65534


@contextmanager
def being(user: int) -> Iterator[None]:
    """Act as another user."""
    os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")
@pytest.mark.parametrize("folder", ["", "lake", "published", "published/districts", "dagster"])
def test_a_folder_of_another_user_is_named(root: DataRoot, folder: str) -> None:
    root.path.mkdir(parents=True)
    for above in (root.path, *root.path.parents[:3]):
        above.chmod(0o755)
    for name in ("lake", "published", "published/districts", "dagster"):
        (root.path / name).mkdir()
        os.chown(root.path / name, NOBODY, NOBODY)
    os.chown(root.path, NOBODY, NOBODY)
    with being(NOBODY):
        assert require_writable(root) is None
    os.chown(root.path / folder, 0, 0)
    with being(NOBODY):
        told = require_writable(root)
    assert told is not None
    assert told.startswith(f"{root.path / folder} may not be written to")
    assert "Run as the user who owns the data root" in told


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(errno.EACCES, "Permission denied", "/data/lake/2021-11"),
        OSError(errno.EROFS, "Read-only file system", "/data/lake/2021-11"),
        duckdb.IOException('Cannot open file "/data/lake/2021-11": Permission denied'),
        sqlite3.OperationalError("attempt to write a readonly database"),
    ],
)
def test_an_error_of_a_closed_door_is_known(error: Exception) -> None:
    assert "chown" in str(refusal(error))
    wrapped = ValueError("a run could not be recorded")
    wrapped.__cause__ = error
    assert refusal(wrapped) == refusal(error)


def test_the_name_of_a_landed_file_is_not_quoted_and_other_errors_are_others() -> None:
    landed = PermissionError(errno.EACCES, "Permission denied", "/data/landing/2021-11/1401/KTP SITI.csv")
    assert "SITI" not in str(refusal(landed))
    assert refusal(ValueError("SITI")) is None
    assert refusal(FileNotFoundError(errno.ENOENT, "No such file", "x")) is None
