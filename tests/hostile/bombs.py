"""Small files that become large: packed text, cells far apart, one long text shown very often."""

import gzip
import io
import os
import struct
import zlib

import pyarrow as pa
import pyarrow.parquet as pq

from tests.hostile.kinds import HEADER, MARK, Expected, Place, bomb, refused
from tests.hostile.workbooks import MAIN, SHEET_1, cell, raw_workbook, sheet_of, zipped

MEGABYTE = 2**20
BLOCK = b"1401015708900001,QAXU,JL. X\n" * 40_000
UNPACKS = "times its size"


def _deflated(block: bytes, times: int) -> bytes:
    """The block again and again, as one stream."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = engine.compress(block) + engine.flush(zlib.Z_FULL_FLUSH)
    return packed * times + zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS).flush()


def _archive(content: bytes, part: str, stream: bytes, claimed: int, entries: int = 1) -> bytes:
    """The archive with one more part (`entries` times in its directory) whose size is what it claims to be."""
    name, end = part.encode(), content.rfind(b"PK\x05\x06")
    count, size, start = struct.unpack_from("<HII", content, end + 10)
    about = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(stream), claimed, len(name), 0)
    local = b"PK\x03\x04" + about + name + stream
    entry = b"PK\x01\x02" + struct.pack("<H", 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, start) + name
    directory = content[start : start + size] + entry * entries
    count += entries
    tail = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start + len(local), 0)
    return content[:start] + local + directory + b"PK\x05\x06" + tail


@bomb
def gz_bomb(place: Place) -> Expected:
    block = gzip.compress((",".join(HEADER) + "\n").encode() + b"\n" * 64 * MEGABYTE, 9)
    place.write("csv.gz", block * 60)
    return refused(UNPACKS)


@bomb
def gz_of_zeros(place: Place) -> Expected:
    place.write("csv.gz", gzip.compress(bytes(256 * MEGABYTE), 1) * 20)
    return refused(UNPACKS)


@bomb
def gz_of_people(place: Place) -> Expected:
    place.write("csv.gz", gzip.compress((",".join(HEADER) + "\n").encode()) + gzip.compress(BLOCK, 9) * 4_000)
    return refused(UNPACKS)


@bomb
def file_with_a_hole(place: Place) -> Expected:
    path = place.write(place.dice.choice(["csv", "xlsx", "parquet"]), place.csv(place.people()))
    os.truncate(path, 3 * 2**30)
    return refused("bytes; land it in parts")


@bomb
def sheet_bomb(place: Place) -> Expected:
    stream = _deflated(b"<row>" + b" " * MEGABYTE + b"</row>", 5_000)
    place.write("xlsx", _archive(raw_workbook(""), SHEET_1, stream, claimed=2**32 - 1))
    return refused(UNPACKS)


@bomb
def sheet_that_lies_about_its_size(place: Place) -> Expected:
    stream = _deflated(b"<row><c><v>1</v></c></row>" * 10_000, 5_000)
    place.write("xlsx", _archive(raw_workbook(""), SHEET_1, stream, claimed=1_000))
    return refused(UNPACKS)


@bomb
def shared_texts_bomb(place: Place) -> Expected:
    stream = _deflated(b"<si><t>" + b"x" * MEGABYTE + b"</t></si>", 3_000)
    place.write("xlsx", _archive(raw_workbook(sheet_of(place.csv_rows())), "xl/sharedStrings.xml", stream, claimed=99))
    return refused(UNPACKS)


@bomb
def parts_on_top_of_each_other(place: Place) -> Expected:
    stream = _deflated(b" " * MEGABYTE, 20)
    place.write("xlsx", _archive(raw_workbook(sheet_of(place.csv_rows())), "xl/x.xml", stream, 20 * MEGABYTE, 2_000))
    return refused(UNPACKS)


@bomb
def archive_in_an_archive(place: Place) -> Expected:
    inner = zipped({"x.xml": bytes(64 * MEGABYTE)})
    place.write("xlsx", zipped({f"xl/worksheets/sheet{i}.xml": inner for i in range(500)}))
    return refused("damaged")


@bomb
def one_cell_in_the_far_corner(place: Place) -> Expected:
    extra = f'<row r="1048576">{cell("XFD1048576", MARK)}</row>'
    place.write("xlsx", raw_workbook(sheet_of(place.csv_rows(), extra=extra)))
    return refused("bytes of memory")


@bomb
def wide_row_without_references(place: Place) -> Expected:
    extra = f'<row>{"<c><v>1</v></c>" * 16_000}</row><row r="1048576"><c><v>1</v></c></row>'
    place.write("xlsx", raw_workbook(sheet_of(place.csv_rows(), extra=extra)))
    return refused("bytes of memory")


@bomb
def one_long_text_in_every_cell(place: Place) -> Expected:
    rows = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(2, 60_000))
    texts = f'<sst xmlns="{MAIN}"><si><t>{MARK * 40_000}</t></si></sst>'
    sheet = sheet_of([HEADER], extra=rows)
    place.write("xlsx", raw_workbook(sheet, **{"xl__sharedStrings.xml": texts}))
    return refused("bytes of memory")


@bomb
def one_long_text_in_every_parquet_row(place: Place) -> Expected:
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 3_000_000, pa.int32()), [MARK * 2_000])
    buffer = io.BytesIO()
    pq.write_table(pa.table({"nik": text, "nama": text}), buffer)
    place.write("parquet", buffer.getvalue())
    return refused("bytes; land it in parts")


@bomb
def parquet_with_millions_of_nothing(place: Place) -> Expected:
    buffer = io.BytesIO()
    pq.write_table(pa.table({name: pa.nulls(20_000_000) for name in HEADER}), buffer)
    place.write("parquet", buffer.getvalue())
    return refused("cells")


@bomb
def wide_and_long_csv(place: Place) -> Expected:
    place.write("csv", ",".join((*HEADER, *(f"k{i}" for i in range(1_500)))) + "\n" + ",A\n" * 200_000)
    return refused("cells")
