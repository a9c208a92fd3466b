"""Folders for what is being made, private, gone when their owner is done or has died.

Each is locked by the process that works in it. Whoever makes the next one removes those whose lock is free, so that
nothing a killed process left (rows of people, spilled memory) stays for ever, and nothing of a living one is touched.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from welfare_pipeline.lake.folders import make_private
from welfare_pipeline.lake.locking import locked, locked_if_free

_FOLDERS = ".drafts"
_OWNER = ".owner"


@contextmanager
def scratch(lake: Path, what: str) -> Iterator[Path]:
    """An empty folder of one's own on the lake's file system; removed in the end with everything in it."""
    make_private(lake)
    folder = lake / _FOLDERS / f"{what}-{uuid.uuid4().hex[:8]}"
    with ExitStack() as mine:
        with locked(lake / ".locks" / "drafts"):
            _sweep(lake)
            make_private(folder)
            mine.enter_context(locked(folder / _OWNER))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(lake: Path) -> None:
    for folder in (lake / _FOLDERS).glob("*"):
        just_ended = suppress(FileNotFoundError, FileExistsError)
        with just_ended, locked_if_free(folder / _OWNER) as is_abandoned:
            if is_abandoned:
                shutil.rmtree(folder, ignore_errors=True)
