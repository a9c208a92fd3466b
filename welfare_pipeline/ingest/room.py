"""How much memory lists take while they are read, and who may read at the same time so that there is room for all."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Condition

from welfare_pipeline.ingest.landing_folder import Format, LandedFile
from welfare_pipeline.lake import memory_for_reading

_PARTS = 700_000_000  # bytes that the parts of a long list take: one that is judged, those being written
# Bytes of memory for each byte of a file: while it is cut into parts, and for these. Somewhat more than lists of the
# sample took (files of 20 to 280 MB); a workbook's and a Parquet file's reader is a process of its own.
_WHOLE = {Format.CSV: 1.5, Format.CSV_GZ: 6, Format.XLSX: 25, Format.PARQUET: 30}
_IN_PARTS = {Format.CSV: 6, Format.CSV_GZ: 20, Format.XLSX: 15, Format.PARQUET: 30}


def memory_to_read(file: LandedFile) -> int:
    """About how many bytes of memory it takes to read and judge the file."""
    if file.format is None:
        return 0
    size = 0
    with suppress(OSError):  # it is gone: its reader says so
        size = file.path.stat().st_size
    return int(size * _WHOLE[file.format] + min(_PARTS, size * _IN_PARTS[file.format]))


class Room:
    """The memory that readers share. One that needs more than there is reads alone."""

    def __init__(self, size: int | None = None) -> None:
        """`size`: bytes; by default what this process may take."""
        self.size = memory_for_reading() if size is None else size
        self._taken = 0
        self._readers = 0
        self._changed = Condition()

    @contextmanager
    def taken(self, needed: int) -> Iterator[None]:
        """Wait until so many bytes are free, and have them meanwhile."""
        with self._changed:
            self._changed.wait_for(lambda: not self._readers or self._taken + needed <= self.size)
            self._taken += needed
            self._readers += 1
        try:
            yield
        finally:
            with self._changed:
                self._taken -= needed
                self._readers -= 1
                self._changed.notify_all()
