"""Parquet files with types, shapes and protections that lists do not have."""

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.hostile.kinds import MARK, Expected, Place, kind, read, read_or_refused, refused


def _table(place: Place, count: int = 5, **columns: Any) -> pa.Table:
    people = place.people(count)
    told = {"nik": [p[0] for p in people], "nama": [p[1] for p in people]}
    return pa.table(told | columns)


def _land(place: Place, table: pa.Table, **options: Any) -> None:
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    place.write("parquet", buffer.getvalue())


@kind
def nested_columns(place: Place) -> Expected:
    _land(place, _table(place, catatan=[[{"jalan": MARK}]] * 5, lain=[{"a": 1}] * 5))
    return read(5)


@kind
def nested_names(place: Place) -> Expected:
    niks: list[Any] = [row[0] for row in place.people()]
    if place.dice.random() < 1 / 2:
        niks = [[nik] for nik in niks]
    _land(place, pa.table({"nik": niks, "nama": [{"x": MARK}] * 5}))
    return refused("lists, structures")


@kind
def dictionary_columns(place: Place) -> Expected:
    _land(place, _table(place, alamat=pa.array([MARK] * 5).dictionary_encode()))
    return read(5)


@kind
def decimal_niks(place: Place) -> Expected:
    niks = pa.array([Decimal(row[0]) for row in place.people()], pa.decimal128(20, 2))
    _land(place, pa.table({"nik": niks, "nama": [row[1] for row in place.people()]}))
    return read(5)


@kind
def number_niks(place: Place) -> Expected:
    people = place.people()
    of = place.dice.choice([pa.int64(), pa.float64(), pa.uint64(), pa.float32()])
    _land(
        place,
        pa.table(
            {"nik": pa.array([int(row[0]) for row in people]).cast(of, safe=False), "nama": [r[1] for r in people]}
        ),
    )
    return read(5)


@kind
def odd_numbers_in_columns(place: Place) -> Expected:
    floats = [float("inf"), float("nan"), -0.0, 1e308, None]
    _land(place, _table(place, nominal=floats, tahap=[2**63 - 1, -(2**63), 0, 1, None]))
    return read(5)


@kind
def times_of_every_type(place: Place) -> Expected:
    now = datetime(1990, 8, 17, 3, tzinfo=UTC)
    births = pa.array(
        [now] * 5, place.dice.choice([pa.timestamp("ns", "Asia/Jakarta"), pa.timestamp("ms"), pa.date32()])
    )
    _land(place, _table(place, tgl_lahir=births, lama=[timedelta(1)] * 5, jam=[now.time()] * 5))
    return read(5)


@kind
def times_without_a_date(place: Place) -> Expected:
    _land(
        place,
        _table(
            place, tgl_lahir=place.dice.choice([[timedelta(1)] * 5, [datetime(1990, 8, 17, tzinfo=UTC).time()] * 5])
        ),
    )
    return refused("times without a date")


@kind
def times_out_of_range(place: Place) -> Expected:
    far = [2**62, -(2**62), 0, 1, None]
    kinds = [pa.timestamp("us"), pa.timestamp("ms"), pa.timestamp("ns"), pa.date64()]
    _land(place, _table(place, tgl_lahir=pa.array(far, place.dice.choice(kinds)), lain=pa.array(far, kinds[1])))
    return read(5)


@kind
def bytes_for_text(place: Place) -> Expected:
    _land(place, _table(place, alamat=[b"\xff\xfe", b"\x00", b"JL", None, b"\xc3"]))
    return read(5)


@kind
def text_that_is_no_utf8(place: Place) -> Expected:
    text = pa.array([b"\xff\xfe", b"a", b"b", b"\xed\xa0\x80", b"c"]).view(pa.string())
    _land(place, _table(place, alamat=text))
    return refused("damaged")


@kind
def a_column_twice(place: Place) -> Expected:
    table = _table(place, x=["A"] * 5)
    _land(place, table.rename_columns(["nik", "nama", place.dice.choice(["nama", "NAMA", "nama_lengkap"])]))
    return refused("two headers")


@kind
def no_rows(place: Place) -> Expected:
    _land(place, _table(place, 0))
    return read(0)  # an empty list


@kind
def no_columns(place: Place) -> Expected:
    _land(place, pa.table({}))
    return refused("no header row")


@kind
def columns_of_nothing(place: Place) -> Expected:
    _land(place, pa.table({"nik": pa.nulls(5), "nama": pa.nulls(5)}))
    return read(0)  # an empty list


@kind
def thousands_of_parquet_columns(place: Place) -> Expected:
    _land(place, _table(place, **{f"k{i}": ["v"] * 5 for i in range(3_000)}))
    return read_or_refused()


@kind
def many_row_groups(place: Place) -> Expected:
    _land(place, _table(place, 300), row_group_size=1)
    return read(300)


@kind
def long_cells_in_parquet(place: Place) -> Expected:
    _land(place, _table(place, alamat=[MARK * 15_000] * 5))
    return read(5)


@kind
def protected_parquet(place: Place) -> Expected:
    footer = place.dice.choice([b"PARE", b"PAR1"])
    place.write("parquet", footer + place.dice.randbytes(900) + (300).to_bytes(4, "little") + footer)
    return refused("encrypted" if footer == b"PARE" else "damaged")


@kind
def footer_that_lies(place: Place) -> Expected:
    buffer = io.BytesIO()
    pq.write_table(_table(place, 50), buffer)
    content = bytearray(buffer.getvalue())
    content[-8:-4] = place.dice.choice([0, 1, 2**31, 2**32 - 1, len(content) * 2]).to_bytes(4, "little")
    place.write("parquet", bytes(content))
    return refused("damaged")


@kind
def odd_compression(place: Place) -> Expected:
    _land(place, _table(place), compression=place.dice.choice(["gzip", "brotli", "lz4", "zstd", "snappy", "none"]))
    return read(5)
