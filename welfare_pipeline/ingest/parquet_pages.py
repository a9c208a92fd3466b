"""What a Parquet file really holds, by the headers of its pages; what its metadata tell may be a lie or a mistake.

A page is unpacked to the size in its own header, whatever the metadata add up to, and as many of its values are read
as the metadata tell: both have to agree before anything is unpacked. Headers are Thrift structs (compact protocol).

No library that is installed gives the headers of pages: pyarrow and DuckDB end at the metadata of a column's chunk and
believe them, so that rows which these leave out would be lost without a word. `guarded_process.py` keeps such a file
from filling the memory, not from losing rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow.parquet as pq

MOST_PAGES = 300_000  # some seconds; a list of a million rows has some hundreds
_UNPACKED, _PACKED, _DATA, _DATA_2 = 2, 3, 5, 8  # fields of a page's header
_VALUES = 1  # field of a data page's header
_STOP, _TRUE, _FALSE, _BYTE, _DOUBLE, _TEXT, _LIST, _SET, _STRUCT = 0, 1, 2, 3, 7, 8, 9, 10, 12
_DEEPEST = 8
_MORE, _LONGEST = 128, 70  # a number's next byte follows; bits of the longest one


@dataclass(frozen=True)
class Chunk:
    """A column's part of a row group: its name, its values, the bytes that its pages unpack to.

    `repeats_texts`: these may have each text once only (a dictionary) and be much more when they are read.
    """

    path: str
    repeats_texts: bool
    values: int
    unpacked: int


def chunks_of(content: bytes, about: pq.FileMetaData) -> list[Chunk]:
    """Every column of every row group.

    Raises:
        ValueError: the metadata contradict themselves or the pages.

    """
    groups = [about.row_group(i) for i in range(about.num_row_groups)]
    if sum(group.num_rows for group in groups) != about.num_rows:
        message = "other rows in the groups than in the file"
        raise ValueError(message)
    pages_left = [MOST_PAGES]
    return [
        _chunk(content, group.column(i), group.num_rows, pages_left)
        for group in groups
        for i in range(about.num_columns)
    ]


def _chunk(content: bytes, told: pq.ColumnChunkMetaData, rows: int, pages_left: list[int]) -> Chunk:
    values = unpacked = 0
    for header in _headers(content, told, pages_left):
        unpacked += header[_UNPACKED]
        data = header.get(_DATA) or header.get(_DATA_2)
        values += data[_VALUES] if data else 0
    is_flat = "." not in told.path_in_schema
    if values != told.num_values or (is_flat and values != rows):
        message = "other values in the pages than in the metadata"
        raise ValueError(message)
    return Chunk(told.path_in_schema, _repeats_texts(told), values, unpacked)


def _repeats_texts(told: pq.ColumnChunkMetaData) -> bool:
    """Whether Arrow can tell by the dictionary how long its texts are; others are read within the memory allowed."""
    by_difference = any(str(encoding).startswith("DELTA") for encoding in told.encodings)
    return told.physical_type == "BYTE_ARRAY" and told.has_dictionary_page and not by_difference


def _headers(content: bytes, told: pq.ColumnChunkMetaData, pages_left: list[int]) -> Iterator[dict[int, Any]]:
    """The headers of a chunk's pages, one after the other."""
    starts = [told.data_page_offset, told.dictionary_page_offset if told.has_dictionary_page else None]
    place = min(start for start in starts if start)
    end = place + told.total_compressed_size
    while place < end:
        pages_left[0] -= 1
        thrift = _Thrift(content, place)
        header = thrift.struct()
        packed = header.get(_PACKED, -1)
        if min(packed, header.get(_UNPACKED, -1), pages_left[0]) < 0 or end > len(content):
            message = "pages that cannot be"
            raise ValueError(message)
        yield header
        place = thrift.place + packed


@dataclass
class _Thrift:
    """Reads a struct at a place of the content; afterwards the place is behind it."""

    content: bytes
    place: int

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Its fields by number."""
        fields: dict[int, Any] = {}
        number = 0
        while (head := self._byte()) & 15 != _STOP:
            number = number + (head >> 4) if head >> 4 else self._integer()
            fields[number] = self._value(head & 15, depth + 1)
        return fields

    def _value(self, kind: int, depth: int) -> Any:  # noqa: ANN401  numbers, and structs of them
        if depth > _DEEPEST:
            message = "structs within structs"
            raise ValueError(message)
        if kind in {_TRUE, _FALSE}:
            return kind == _TRUE
        if kind == _STRUCT:
            return self.struct(depth)
        if kind in {_BYTE, _DOUBLE, _TEXT}:
            return self._skip({_BYTE: 1, _DOUBLE: 8}.get(kind) or self._varint())
        if kind in {_LIST, _SET}:
            message = "a list in the header of a page"
            raise ValueError(message)
        return self._integer()

    def _skip(self, size: int) -> None:
        self.place += size

    def _integer(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _varint(self) -> int:
        value = 0
        for shift in range(0, _LONGEST, 7):
            byte = self._byte()
            value |= (byte & ~_MORE) << shift
            if byte < _MORE:
                return value
        message = "a number without end"
        raise ValueError(message)

    def _byte(self) -> int:
        if self.place >= len(self.content):
            message = "a header that breaks off"
            raise ValueError(message)
        self.place += 1
        return self.content[self.place - 1]
