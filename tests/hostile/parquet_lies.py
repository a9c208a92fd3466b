"""Parquet files that are whole, but whose metadata say other things than their pages, or things that cannot be."""

import io
import struct

import pyarrow as pa
import pyarrow.parquet as pq

from tests.hostile.kinds import MARK, Expected, Place, bomb, kind, read_or_refused, refused

ROWS = 300
END = 8  # bytes: the footer's length, and "PAR1"
MEGABYTE = 2**20


def _number(value: int, width: int = 0) -> bytes:
    """As Thrift writes a whole number, drawn out to `width` bytes."""
    rest, written = value * 2, bytearray()
    while rest > 127 or len(written) + 1 < width:
        written.append(rest & 127 | 128)
        rest >>= 7
    return bytes(written) + bytes([rest])


def _people(place: Place, **options: object) -> tuple[bytes, bytes]:
    """Pages and footer of a sound file."""
    people = place.people(ROWS)
    buffer = io.BytesIO()
    table = pa.table({"nik": [p[0] for p in people], "nama": [p[1] for p in people]})
    pq.write_table(table, buffer, **{"use_dictionary": False, "data_page_version": "1.0"} | options)
    return _parts(buffer.getvalue())


def _parts(content: bytes) -> tuple[bytes, bytes]:
    start = len(content) - END - struct.unpack_from("<I", content, len(content) - END)[0]
    return content[:start], content[start:-END]


def _whole(pages: bytes, footer: bytes) -> bytes:
    return pages + footer + struct.pack("<I", len(footer)) + b"PAR1"


def _with_one(place: Place, content: bytes, former: bytes, new: bytes) -> bytes:
    """The content with the first or the last `former` changed: that of the file, or that of the row group."""
    at = place.dice.choice([content.find(former), content.rfind(former)])
    return content[:at] + new + content[at + len(former) :]


@kind
def rows_that_only_the_footer_has(place: Place) -> Expected:
    pages, footer = _people(place)
    place.write(
        "parquet", _whole(pages, footer.replace(_number(ROWS), _number(place.dice.choice([400, 2**40, 2**62]))))
    )
    return refused("")


@kind
def rows_that_the_footer_leaves_out(place: Place) -> Expected:
    pages, footer = _people(place)
    place.write("parquet", _whole(pages, footer.replace(_number(ROWS), _number(200))))
    return refused("damaged")


@kind
def a_footer_at_odds_with_itself(place: Place) -> Expected:
    pages, footer = _people(place, write_statistics=False)
    place.write("parquet", _whole(pages, _with_one(place, footer, _number(ROWS), _number(200))))
    return refused("damaged")


@kind
def pages_that_start_elsewhere(place: Place) -> Expected:
    pages, footer = _people(place)
    start = pq.ParquetFile(io.BytesIO(_whole(pages, footer))).metadata.row_group(0).column(1).data_page_offset
    elsewhere = place.dice.choice([0, 1, start - 1, start + 1, start * 2, 2**31, 2**62])
    place.write("parquet", _whole(pages, footer.replace(_number(start), _number(elsewhere))))
    return refused("damaged")


@kind
def a_page_that_unpacks_to_anything(place: Place) -> Expected:
    pages, footer = _people(place, compression="zstd")
    header = b"\x15\x00\x15"  # a data page; its size, unpacked, follows
    size = pq.ParquetFile(io.BytesIO(_whole(pages, footer))).metadata.row_group(0).column(0).total_uncompressed_size
    at = pages.index(header) + len(header)
    end = next(i for i in range(at, at + 9) if pages[i] < 128) + 1
    assert size > ROWS
    lie = _number(place.dice.choice([1, 2**31 - 1]) if end - at == 5 else 2 ** (7 * (end - at) - 2), end - at)
    place.write("parquet", _whole(pages[:at] + lie + pages[end:], footer))
    return refused("damaged")


@kind
def a_column_said_never_to_be_empty(place: Place) -> Expected:
    """Arrow ends the process over it."""
    pages, footer = _people(place)
    place.write("parquet", _whole(pages, footer.replace(b"\x25\x02\x18\x03nik", b"\x25\x00\x18\x03nik")))
    return refused("cannot be read in")


@kind
def lists_and_texts_longer_than_the_footer(place: Place) -> Expected:
    pages, footer = _people(place)
    former, new = place.dice.choice(
        [(b"\x18\x03nik", b"\x18\xff\xff\xff\xff\x07nik"), (b"\x19\x3c", b"\x19\xfc\xff\xff\xff\x7f")]
    )
    place.write("parquet", _whole(pages, footer.replace(former, new, 1)))
    return refused("damaged")


@kind
def statistics_that_lie(place: Place) -> Expected:
    pages, footer = _people(place)
    lowest = min(secret for secret in place.secrets if secret.isdigit()).encode()
    place.write("parquet", _whole(pages, footer.replace(lowest, b"9" * len(lowest))))
    return Expected(ROWS)


@kind
def odd_bytes_in_a_footer(place: Place) -> Expected:
    pages, footer = _people(place, write_statistics=place.dice.random() < 1 / 2)
    spoilt = bytearray(footer)
    for _ in range(place.dice.randint(1, 6)):
        spoilt[place.dice.randrange(len(spoilt))] = place.dice.choice([0, 1, 127, 128, 255, place.dice.randrange(256)])
    place.write("parquet", _whole(pages, bytes(spoilt)))
    return read_or_refused()


@bomb
def parquet_that_lies_about_its_size(place: Place) -> Expected:
    table = pa.table({"nik": [MARK * (9 * MEGABYTE)], "nama": ["A"]})
    buffer = io.BytesIO()
    with pq.ParquetWriter(
        buffer, table.schema, compression="zstd", use_dictionary=False, write_statistics=False
    ) as file:
        for _ in range(20):
            file.write_table(table)
    group = pq.ParquetFile(buffer).metadata.row_group(0)
    pages, footer = _parts(buffer.getvalue())
    for size in (group.total_byte_size, group.column(0).total_uncompressed_size):
        footer = footer.replace(_number(size), _number(1_000, len(_number(size))))
    place.write("parquet", _whole(pages, footer))
    return refused("bytes; land it in parts")
