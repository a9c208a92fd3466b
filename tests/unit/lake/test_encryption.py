"""What lies on the disk when the deployment has a key, and who can read it."""

from pathlib import Path

import duckdb
import polars as pl
import pytest

from tests.conftest import Keep
from welfare_pipeline.lake import DataRoot, locked_out, read_frame
from welfare_pipeline.publish.databases import publish_analysts, publish_district

KEY = "a key of this deployment, it's long"
SITI = {"row_id": 1, "source_file": "pkh.csv", "source_row": 1, "nik": "1401016206850001", "name": "SITI MARPAUNG"}
FILE = {"source_file": "pkh.csv", "sha256": "ab", "rows_landed": 3}


def on_disk(root: DataRoot) -> bytes:
    return b"".join(path.read_bytes() for path in root.path.rglob("*") if path.is_file())


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELFARE_ENCRYPTION_KEY", KEY)


def test_without_a_key_everything_is_plain(root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELFARE_ENCRYPTION_KEY", raising=False)
    partition = keep("2021-11", "1401", pkh=[SITI])
    assert pl.read_parquet(partition.path("recipient_rows"))["name"].to_list() == ["SITI MARPAUNG"]
    with duckdb.connect(publish_district(root, "1401"), read_only=True) as con:
        assert con.sql("select name from recipient_rows").fetchall() == [("SITI MARPAUNG",)]


@pytest.mark.usefixtures("key")
def test_with_a_key_nobody_reads_lake_and_district_database_without_it(root: DataRoot, keep: Keep) -> None:
    partition = keep("2021-11", "1401", pkh=[SITI], landed_files=[FILE])
    path = publish_district(root, "1401")
    assert b"MARPAUNG" not in on_disk(root)
    with duckdb.connect() as con, pytest.raises(duckdb.Error, match="encrypted"):
        con.sql(f"from '{partition.path('recipient_rows')}'").fetchall()
    with pytest.raises(duckdb.Error, match="without a key"):
        duckdb.connect(path, read_only=True)
    with duckdb.connect() as con:
        con.execute(f"attach '{path}' as district (encryption_key '{KEY.replace(chr(39), chr(39) * 2)}', read_only)")
        assert con.sql("select name from district.pkh").fetchall() == [("SITI MARPAUNG",)]
    with duckdb.connect(publish_analysts(root), read_only=True) as con:  # holds no identities: as it was
        assert con.sql("select rows_landed from landed_files").fetchall() == [(3,)]


@pytest.mark.usefixtures("key")
def test_tables_are_drafted_and_read_as_ever(root: DataRoot, keep: Keep) -> None:
    partition = keep("2021-11", "1401", pkh=[SITI])
    frame = read_frame(partition.path("recipient_rows"))
    with partition.draft() as draft:
        draft.write_frame(
            "recipient_rows", pl.concat([frame, frame.with_columns(name=pl.lit("UPIK"), row_id=pl.lit(2, pl.Int64))])
        )
        partition = draft.accept()
    assert partition.rows("recipient_rows") == 2
    with partition.connect() as con:
        assert con.sql("select name from recipient_rows order by name").fetchall() == [("SITI MARPAUNG",), ("UPIK",)]
    assert b"UPIK" not in on_disk(root)


def test_months_of_before_the_key_stay_readable_beside_new_ones(
    root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep("2021-10", "1401", pkh=[SITI])
    monkeypatch.setenv("WELFARE_ENCRYPTION_KEY", KEY)
    keep("2021-11", "1401", pkh=[SITI])
    with root.across(root.partitions()) as con:
        assert con.sql("select period, name from recipient_rows order by all").fetchall() == [
            ("2021-10", "SITI MARPAUNG"),
            ("2021-11", "SITI MARPAUNG"),
        ]
    assert publish_district(root, "1401").exists()


@pytest.mark.usefixtures("key")
def test_districts_are_read_side_by_side(root: DataRoot, keep: Keep) -> None:
    for district in ("1401", "1403", "7501"):
        keep("2021-11", district, pkh=[SITI])
    listed_twice = (
        "select a.district_code from recipient_rows as a join recipient_rows as b using (nik) "
        "where a.district_code < b.district_code"
    )
    with root.across(root.partitions()) as con:
        assert con.sql(f"{listed_twice} order by all").fetchall() == [("1401",), ("1401",), ("1403",)]


@pytest.mark.parametrize("other", ["", "another key"])
def test_a_wrong_or_missing_key_is_told_as_such(
    keep: Keep, monkeypatch: pytest.MonkeyPatch, other: str, tmp_path: Path
) -> None:
    monkeypatch.setenv("WELFARE_ENCRYPTION_KEY", KEY)
    partition = keep("2021-11", "1401", pkh=[SITI])
    monkeypatch.setenv("WELFARE_ENCRYPTION_KEY", other)
    with pytest.raises(duckdb.Error) as caught, partition.connect() as con:
        con.sql("from recipient_rows").fetchall()
    assert "WELFARE_ENCRYPTION_KEY" in str(locked_out(caught.value)), str(caught.value)
    with pytest.raises(duckdb.Error) as caught, duckdb.connect() as con:
        con.sql(f"from read_parquet('{tmp_path / 'nothing.parquet'}')")
    assert locked_out(caught.value) is None
