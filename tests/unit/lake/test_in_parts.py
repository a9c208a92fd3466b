"""A lake file of frames that come one after the other: the rows are those of the frames, in their order."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from welfare_pipeline.lake import in_parts, read_frame
from welfare_pipeline.lake.encryption import KEY_VARIABLE, ends_encrypted

NAMES = ("SITI", "BUDI", "TONO", "RINI", "YUSUF", "ANI", "EKO")


SCHEMA = {"name": pl.String, "born": pl.Date, "warnings": pl.List(pl.String), "n": pl.Int64, "none": pl.String}


def frames() -> Iterator[pl.DataFrame]:
    """Each person, a frame each, and a frame of nobody."""
    for i, name in enumerate(NAMES):
        yield pl.DataFrame([(name, date(1990, 8, 17), ["SEX_MISMATCH"], i, None)], schema=SCHEMA, orient="row")
    yield pl.DataFrame(schema=SCHEMA)


@pytest.mark.parametrize("key", [None, "a key"])
@pytest.mark.parametrize("at_once", [2, 100])
def test_the_rows_are_those_of_the_frames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str | None, at_once: int
) -> None:
    if key:
        monkeypatch.setenv(KEY_VARIABLE, key)
    monkeypatch.setattr(in_parts, "WRITTEN_AT_ONCE", at_once)
    monkeypatch.setattr(in_parts, "ROW_GROUP", 2)
    file = tmp_path / "registry.parquet"
    assert in_parts.write_frames(frames(), file) == len(NAMES)
    assert read_frame(file).equals(pl.concat(frames()))
    assert ends_encrypted(file) == bool(key)
    assert [*tmp_path.iterdir()] == [file]


def test_duckdb_sees_the_declared_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_parts, "WRITTEN_AT_ONCE", 2)
    in_parts.write_frames(frames(), tmp_path / "registry.parquet")
    types = duckdb.sql(f"from read_parquet('{tmp_path}/registry.parquet')").types
    assert [str(kind) for kind in types] == ["VARCHAR", "DATE", "VARCHAR[]", "BIGINT", "VARCHAR"]
