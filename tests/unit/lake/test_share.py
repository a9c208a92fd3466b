"""A run keeps to the memory of the service or container that it runs in, not to the machine's."""

from pathlib import Path

import duckdb
import pytest

from welfare_pipeline.lake import share
from welfare_pipeline.lake.share import group_limits, keep_to_share, keep_within

GB = 10**9


def limit(file: Path, told: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{told}\n", "ascii")


def test_a_service_has_the_least_limit_of_its_group_and_those_above(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("0::/system.slice/welfare.service\n", "ascii")
    limit(tmp_path / "system.slice" / "welfare.service" / "memory.max", "6000000000")
    limit(tmp_path / "system.slice" / "memory.max", "max")
    limit(tmp_path / "memory.max", "9000000000")
    assert sorted(group_limits(tmp_path, own)) == [6 * GB, 9 * GB]


def test_so_it_has_under_the_first_version_of_control_groups(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_text("4:memory:/welfare\n3:cpuset:/\n0::/\n", "ascii")
    limit(tmp_path / "memory" / "welfare" / "memory.limit_in_bytes", "6000000000")
    assert list(group_limits(tmp_path, own)) == [6 * GB]


def test_without_control_groups_there_is_no_limit(tmp_path: Path) -> None:
    assert list(group_limits(tmp_path, tmp_path / "none")) == []


def test_duckdb_leaves_memory_to_what_does_not_obey_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WELFARE_MEMORY", raising=False)
    monkeypatch.setattr(share, "_seen_once", lambda: 10 * 1024**3)
    with duckdb.connect() as con:
        keep_to_share(con)
        assert con.sql("select current_setting('memory_limit')").fetchall() == [("7.0 GiB",)]
        keep_within(con, 2 * 1024**3)
        assert con.sql("select current_setting('memory_limit')").fetchall() == [("2.0 GiB",)]
        keep_within(con, 20 * 1024**3)
        assert con.sql("select current_setting('memory_limit')").fetchall() == [("7.0 GiB",)]
