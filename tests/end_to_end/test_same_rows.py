"""The same lists give the same rows, whatever the number of threads and the order in which the lake hands rows out."""

import shutil
from pathlib import Path

import polars as pl
import pytest

from welfare_pipeline.contracts.period import previous
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.tables import LANDED, LINKAGE, RECONCILED
from welfare_pipeline.ingest import csv_lines, kept_rows
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.lake import DataRoot, Partition, connecting, draft_person_rows, in_parts
from welfare_pipeline.people import link_people
from welfare_pipeline.publish.worklists.content import read_content
from welfare_pipeline.reconcile import reconcile_district
from welfare_pipeline.sample import MAIN_PERIOD

DISTRICT = "1403"
PERIODS = (previous(MAIN_PERIOD), MAIN_PERIOD)
NOT_IN_THE_SAMPLE = {"review_answers", "reactivation_requests", "objections", "audit_answers"}


@pytest.fixture(scope="module")
def landed(sample: DataRoot, tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """Two months of Bengkalis, read and not yet linked."""
    root = DataRoot(tmp_path_factory.mktemp("landed"))
    for period in PERIODS:
        with root.nothing(period, DISTRICT).draft() as draft:
            ingest_delivery(sample.landing(period, DISTRICT), load_policy(), draft)
            draft_person_rows(draft, load_policy())
            draft.keep()
    return root


def drafted(sample: DataRoot, folder: Path) -> dict[str, pl.DataFrame]:
    """Every table that a month of Kampar is read into."""
    with DataRoot(folder).nothing(MAIN_PERIOD, "1401").draft() as draft:
        ingest_delivery(sample.landing(MAIN_PERIOD, "1401"), load_policy(), draft)
        return {file.stem: pl.read_parquet(file) for file in sorted(draft.folder.glob("*.parquet"))}


def test_lists_that_are_read_in_parts_give_the_same_rows(
    sample: DataRoot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = drafted(sample, tmp_path / "whole")
    monkeypatch.setattr(kept_rows, "PART", 53)
    monkeypatch.setattr(csv_lines, "PIECE", 5_000)
    monkeypatch.setattr(in_parts, "WRITTEN_AT_ONCE", 100)
    parts = drafted(sample, tmp_path / "parts")
    assert {name: rows.equals(whole[name]) for name, rows in parts.items()} == dict.fromkeys(whole, True)
    assert whole["registry"].height > 20 * kept_rows.PART


def shuffled(partition: Partition, seed: int) -> None:
    """The rows of every landed file of the lake in another order, in small groups."""
    for file in partition.folder.glob("*.parquet"):
        rows = pl.read_parquet(file).sample(fraction=1, shuffle=True, seed=seed)
        rows.write_parquet(file, row_group_size=50)


def decided(root: DataRoot) -> dict[str, pl.DataFrame]:
    """Every linked and reconciled table of both months, in the order of the whole row, and the newest worklists."""
    tables: dict[str, pl.DataFrame] = {}
    for period in PERIODS:
        partition = root.partition(period, DISTRICT)
        with partition.draft() as draft:
            link_people(draft, load_policy(), "secret")
            partition = draft.keep()
        with partition.draft() as draft:
            reconcile_district(draft, load_policy())
            partition = draft.accept()
        for table in (*LINKAGE, *RECONCILED):
            tables[f"{period} {table.name}"] = pl.read_parquet(partition.path(table.name))
    for name, frame in read_content(root.partition(MAIN_PERIOD, DISTRICT), load_policy()).rows.items():
        tables |= {f"worklist {name}": frame}
    return tables


def test_threads_and_the_order_of_rows_change_nothing(
    landed: DataRoot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    connect = connecting.duckdb.connect
    for threads in (1, 4):
        root = DataRoot(tmp_path / str(threads))
        shutil.copytree(landed.path / "lake", root.path / "lake")
        for period in PERIODS:
            shuffled(root.partition(period, DISTRICT), seed=threads)
        with monkeypatch.context() as patched:
            patched.setattr(
                connecting.duckdb, "connect", lambda threads=threads, **_: connect(config={"threads": threads})
            )
            found.append(decided(root))
    one, four = found
    assert one.keys() == four.keys()
    assert {name: frame.height for name, frame in one.items() if "landed" not in name} == {
        name: frame.height for name, frame in four.items()
    }
    differing = [name for name, frame in one.items() if not frame.equals(four[name])]
    assert differing == []
    assert one[f"{MAIN_PERIOD} off_target_recipients"].height > 0
    made = set(landed.partition(MAIN_PERIOD, DISTRICT).tables())
    assert {table.name for table in LANDED} - NOT_IN_THE_SAMPLE <= made
