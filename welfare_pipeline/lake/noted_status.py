"""The status of every month as last determined, one file a district; publication reads it."""

from pathlib import Path

import polars as pl

from welfare_pipeline.lake.folders import PRIVATE_FILE, make_private
from welfare_pipeline.lake.one_file import write_frame


def write_status(path: Path, frame: pl.DataFrame) -> None:
    """Put the rows of a district there, whole or not at all."""
    make_private(path.parent)
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    draft.touch(PRIVATE_FILE)
    write_frame(frame, draft)
    draft.replace(path)
