"""Written rows are held to their declaration a few districts at a time, and no fault is missed for it."""

from pathlib import Path

import duckdb
import pytest

from tests.conftest import Keep
from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.lake import DataRoot, DeclarationError
from welfare_pipeline.publish import written
from welfare_pipeline.publish.database import Database
from welfare_pipeline.publish.databases import publish_analysts
from welfare_pipeline.publish.written import Written, stretches

NAMED = [Column(name, "VARCHAR", name, nullable=False) for name in ("period", "district_code", "source_file")]
FILES = Table("files", "file", tuple(NAMED), ("source_file",))


def refused(*rows: tuple[str | None, ...]) -> str:
    """What is said of rows that are written to a table of files; empty: nothing."""
    with duckdb.connect() as con:
        con.execute("create table files (period varchar, district_code varchar, source_file varchar)")
        con.executemany("insert into files values (?, ?, ?)", rows)
        asked = Written(con, Database(Path("welfare.duckdb"), (FILES,)), FILES, (), len(rows))
        try:
            asked.refuse_undeclared("files")
        except DeclarationError as error:
            return str(error)
    return ""


KAMPAR = ("2021-11", "1401", "pkh.csv")
BENGKALIS = ("2021-11", "1403", "pkh.csv")
DECEMBER = ("2021-12", "1401", "pkh.csv")


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_a_key_is_unique_within_its_district_and_month_however_many_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(written, "AT_ONCE", at_once)
    assert not refused(KAMPAR, BENGKALIS, DECEMBER)
    said = refused(KAMPAR, BENGKALIS, BENGKALIS, DECEMBER, DECEMBER, ("2021-12", "1403", None))
    assert "column source_file: 2 rows break the rule 'unique key'" in said
    assert "column source_file: 1 rows break the rule 'not null'" in said


def test_stretches_are_of_one_month_and_no_larger_than_asked_unless_a_district_is() -> None:
    sizes = [("2021-11", "1401", 2), ("2021-11", "1403", 1), ("2021-11", "1404", 9), ("2021-12", "1401", 1)]
    assert stretches(sizes, 3) == [
        ("2021-11", "1401", "1403"), ("2021-11", "1404", "1404"), ("2021-12", "1401", "1401")
    ]  # fmt: skip


def test_a_database_is_the_same_however_many_rows_are_looked_at(
    keep: Keep, root: DataRoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    siti = {"programme": "pkh", "source": "pkh", "source_file": "pkh.csv", "outcome": "on_target", "reasons": []}
    for period, district in (("2021-11", "1401"), ("2021-11", "1403"), ("2021-12", "1401")):
        keep(period, district, recipient_outcomes=[siti | {"source_row": row} for row in (1, 2)])
    monkeypatch.setattr(written, "AT_ONCE", 1)
    with duckdb.connect(publish_analysts(root), read_only=True) as con:
        assert con.sql("select count(*) from recipient_outcomes").fetchall() == [(6,)]
