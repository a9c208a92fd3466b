"""A published file is replaced as a whole: built in a folder beside, then renamed.

Readers that hold the former file keep it; a crash leaves it in place.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from welfare_pipeline.lake import PRIVATE_FILE, PRIVATE_FOLDER, WILDCARDS


class PublishError(RuntimeError):
    """A database could not be published; the message names the file and what to do. The former file stands."""


@contextmanager
def replacing(target: Path, *, private: bool) -> Iterator[Path]:
    """A path to build the new `target` at; renamed over it, if it is there when the body ends without an error.

    `private`: only the owner may read the file and list its folder. One builder of a target at a time, so
    whatever lies in the building folder was left by a killed one.

    Raises:
        PublishError: DuckDB failed, or the path has a character that it does not take literally.

    """
    _refuse_wildcards(target)
    if target.is_dir():
        message = f"{target.name}: there is a folder of this name in its place; move it away and publish again."
        raise PublishError(message)
    target.parent.mkdir(parents=True, exist_ok=True)
    building = target.with_name(f".{target.stem}.building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=PRIVATE_FOLDER)
    try:
        draft = building / target.name
        yield draft
        written = draft if draft.exists() else target
        if private:
            target.parent.chmod(PRIVATE_FOLDER)
            written.chmod(PRIVATE_FILE)
        written.replace(target)
    except duckdb.Error as error:
        raise PublishError(_told(target, error)) from None  # the chain would quote what DuckDB quotes
    finally:
        shutil.rmtree(building, ignore_errors=True)


def copied(target: Path, draft: Path) -> None:
    """Copy the present file to be changed; a file system that can lets both share what stays as it is."""
    with target.open("rb") as former, draft.open("wb") as copy:
        size = os.fstat(former.fileno()).st_size
        try:
            while size and (done := os.copy_file_range(former.fileno(), copy.fileno(), size)):
                size -= done
        except OSError:  # not between these file systems, or full: then the next line fails, too
            shutil.copyfile(target, draft)


def _told(target: Path, error: duckdb.Error) -> str:
    """What went wrong, without the values of cells that DuckDB quotes when it cannot convert them."""
    kind = type(error).__name__
    cause = f"{kind}: {str(error).splitlines()[0]}" if isinstance(error, duckdb.IOException) else kind
    return f"{target.name}: could not be built, the former file stands ({cause}); mend the cause and publish again."


def _refuse_wildcards(target: Path) -> None:
    found = sorted(WILDCARDS & set(str(target.absolute())))
    if found:
        message = (
            f"{target.absolute()}: nothing can be published to a path with {' or '.join(found)} in it, "
            "because DuckDB would write or read elsewhere; choose another data root."
        )
        raise PublishError(message)
