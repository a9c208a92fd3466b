"""Rows that are kept until they are asked for: some in memory, those of a long list in files of the draft.

A list is read into such rows as a whole (its last line may show that it cannot be used), and judged from them part by
part: memory follows the part, not the list. The lake is imported where a file is needed: the process of a guarded file
(`guarded_process.py`) needs none, and would import it for longer than it reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import polars as pl

PART = 250_000  # rows that are judged at once; a kilobyte of memory each
PARTS_IN_MEMORY = 2  # of a list; if it is longer, all of it is put into files


def are_too_many(rows: int) -> bool:
    """Whether so many rows are not judged at once."""
    return rows > PART


@dataclass
class KeptRows:
    """Frames of rows in their order, none longer than `PART`. Without a `folder` all of them stay in memory."""

    folder: Path | None = None
    height: int = 0
    _frames: list[pl.DataFrame | Path] = field(default_factory=list)

    @classmethod
    def of(cls, rows: pl.DataFrame) -> "KeptRows":
        """The rows in memory."""
        kept = cls()
        kept.add(rows)
        return kept

    def add(self, rows: pl.DataFrame) -> None:
        """Keep further rows."""
        self.height += rows.height
        self._frames += _parts(rows)
        if self.folder is not None and self.height > PARTS_IN_MEMORY * PART:
            self._frames = [_put_away(frame, self.folder) for frame in self._frames]

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """Each part, at least one if any were added; may be done several times."""
        for frame in self._frames:
            yield _read_back(frame) if isinstance(frame, Path) else frame

    def clear(self) -> None:
        """Let go of all of them; how many there were remains."""
        for frame in self._frames:
            if isinstance(frame, Path):
                frame.unlink(missing_ok=True)
        self._frames = []


@dataclass
class CountedRows(KeptRows):
    """Rows of which only the number is asked."""

    def add(self, rows: pl.DataFrame) -> None:
        """Count further rows."""
        self.height += rows.height


def _put_away(frame: pl.DataFrame | Path, folder: Path) -> Path:
    from welfare_pipeline.lake import make_private, write_frame  # noqa: PLC0415

    if isinstance(frame, Path):
        return frame
    make_private(folder)
    file = folder / f"{uuid4().hex}.parquet"
    write_frame(frame, file)
    return file


def _read_back(file: Path) -> pl.DataFrame:
    from welfare_pipeline.lake import read_frame  # noqa: PLC0415

    return read_frame(file)


def _parts(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The rows in as few parts of equal length as may be."""
    length = -(-rows.height // -(-rows.height // PART)) if rows.height > PART else max(1, rows.height)
    return (rows.slice(start, length) for start in range(0, max(1, rows.height), length))
