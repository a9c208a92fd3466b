"""What reading a workbook may cost, told from its packed XML in one pass. The cells themselves are not read here.

The reader keeps a sheet as one rectangle and copies a text for every cell that shows it, so a small file can need any
amount of memory, and a reader without memory takes the whole process with it.

calamine (fastexcel) has no limit of its own. `guarded_process.py` has, but takes a second for each workbook to begin,
which a delivery of many small ones cannot spare: it reads those that this look finds costly.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.limits import Limits

_STEP = 2**20  # packed bytes
_CHUNK = 16 * 2**20  # unpacked bytes at once
_LARGE = 256 * 2**20  # bytes
_LOCAL_HEADER = 30
_FAR_OUT = re.compile(rb"""r=["'](?:[A-Za-z]{3,}\d|[A-Za-z]{1,2}\d{6,})""")  # beyond column ZZ or row 99,999
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?:/?>|\s+(?!r=)[^>]*>)")
_LONGEST_REFERENCE = 64  # bytes
_PROTECTED = 1
_DAMAGED = "the workbook is damaged or was not written to its end; open it, save it again and land that"
_LOCKED = "it is packed with a password; save it as .xlsx without a password"


def is_costly(content: bytes, limits: Limits) -> bool:
    """Whether its XML allows for much more memory than lists need; if not, it is safe to read.

    Raises:
        FileRejectedError: the archive is damaged, protected, or holds too much.

    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, struct.error, NotImplementedError) as error:
        raise FileRejectedError(_DAMAGED) from error
    weight = _Weight(limits, len(content))
    for part in parts:
        weight.add(_unpacked(content, part))
    return weight.is_costly


class _Weight:
    """What the parts looked at so far come to."""

    def __init__(self, limits: Limits, packed: int) -> None:
        self._limits, self._file_size = limits, packed
        self._packed = self._size = self._cells = self._longest_text = 0
        self._odd = False

    def add(self, steps: Iterator[tuple[int, bytes]]) -> None:
        """Look at one more part: packed bytes and what came out of them."""
        end, shared = b"", bytearray()
        for packed, chunk in steps:
            self._packed += packed
            self._size += len(chunk)
            self._limits.check_unpacked(self._size, min(self._packed, self._file_size))
            self._cells += chunk.count(b"<c ") + chunk.count(b"<c>") + chunk.count(b":c ") + chunk.count(b"<c/")
            self._limits.check_cells(self._cells)
            seen = end + chunk
            self._odd = self._odd or bool(_FAR_OUT.search(seen) or _UNPLACED.search(seen))
            if shared or b"<sst" in seen or b":sst" in seen:
                shared += chunk
            end = chunk[-_LONGEST_REFERENCE:]
        self._longest_text = max(self._longest_text, *map(len, shared.split(b"</si>")), 0)

    @property
    def is_costly(self) -> bool:
        """Whether it may need far more memory than its XML has bytes, or has very many."""
        texts = self._cells * self._longest_text
        return self._odd or self._size > _LARGE or texts > self._limits.file_bytes


def _unpacked(content: bytes, part: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
    """Its bytes, however many the archive says there are, each time with the packed bytes gone into them."""
    if part.flag_bits & _PROTECTED:
        raise FileRejectedError(_LOCKED)
    try:
        lengths = struct.unpack_from("<HH", content, part.header_offset + _LOCAL_HEADER - 4)
    except struct.error as error:
        raise FileRejectedError(_DAMAGED) from error
    start = part.header_offset + _LOCAL_HEADER + sum(lengths)
    packed = memoryview(content)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield len(packed), bytes(packed)
    elif part.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(packed)
    else:
        raise FileRejectedError(_DAMAGED)


def _inflated(packed: memoryview) -> Iterator[tuple[int, bytes]]:
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), _STEP):
            rest: bytes | memoryview = packed[start : start + _STEP]
            while rest and not engine.eof:
                chunk = engine.decompress(rest, _CHUNK)
                yield len(rest) - len(engine.unconsumed_tail), chunk
                rest = engine.unconsumed_tail
        while chunk := engine.decompress(b"", _CHUNK):
            yield 0, chunk
    except zlib.error as error:
        raise FileRejectedError(_DAMAGED) from error
