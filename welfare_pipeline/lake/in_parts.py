"""A lake file out of frames that come one after the other, so that no list is ever in memory as a whole."""

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from welfare_pipeline.lake.encryption import ROW_GROUP, encryption_key, literal, parquet_options, rows_of
from welfare_pipeline.lake.folders import make_private
from welfare_pipeline.lake.one_file import own_connection, write_frame

WRITTEN_AT_ONCE = 500_000  # rows; a shorter list is written as one frame


def write_frames(frames: Iterable[pl.DataFrame], path: Path) -> int:
    """Write a lake file of frames (at least one) of the same columns; rows stay in their order. Returns their number.

    Polars writes no file piece by piece (its sinks pull their rows from a query), so pyarrow does it.
    """
    following = iter(frames)
    held: deque[pl.DataFrame] = deque()
    rows = 0
    for frame in following:
        held.append(frame)
        rows += frame.height
        if rows > WRITTEN_AT_ONCE:
            return _write_pieces(_emptied(held, following), path)
    write_frame(pl.concat(held), path)
    return rows


def _emptied(held: deque[pl.DataFrame], following: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """First what is held, which is let go of, then what follows."""
    while held:
        yield held.popleft()
    yield from following


def _write_pieces(frames: Iterator[pl.DataFrame], path: Path) -> int:
    if encryption_key() is not None:
        return _write_encrypted(frames, path)
    rows = 0
    first = next(frames)
    with pq.ParquetWriter(
        path, _arrow(first).schema, compression="zstd", compression_level=1, store_schema=False
    ) as writer:
        for piece in _whole_row_groups(first, frames):
            writer.write_table(_arrow(piece), row_group_size=ROW_GROUP)
            rows += piece.height
    return rows


def _whole_row_groups(first: pl.DataFrame, frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The same rows in frames of whole row groups, but for the last one."""
    rest = first
    for frame in frames:
        whole = rest.height - rest.height % ROW_GROUP
        if whole:
            yield rest.head(whole)
        rest = pl.concat([rest.slice(whole), frame])
    yield rest


def _arrow(frame: pl.DataFrame) -> pa.Table:
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())


def _write_encrypted(frames: Iterator[pl.DataFrame], path: Path) -> int:
    """Nothing but encrypted files, which DuckDB puts together: no other program here writes them."""
    folder = path.parent / f"{path.stem}.pieces"
    make_private(folder)
    pieces: list[Path] = []
    rows = 0
    for frame in frames:
        pieces.append(folder / f"{len(pieces)}.parquet")
        write_frame(frame, pieces[-1])
        rows += frame.height
    with own_connection() as con:
        con.execute(f"copy (from {rows_of(pieces)}) to {literal(path)} {parquet_options()}")
    for file in pieces:
        file.unlink()
    folder.rmdir()
    return rows
