"""Workers of a queue (Celery's prefork) are daemonic: `multiprocessing` starts no process in them, we do."""

import multiprocessing
from pathlib import Path

import polars as pl
import pytest

from tests.conftest import Keep
from tests.unit.ingest.landing import SITI, VILLAGES, land
from tests.unit.ingest.test_workbooks import parquet
from tests.unit.publish.test_worklist_files import DISTRICT, PERIOD, keep_people
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.worklists import writers
from welfare_pipeline.publish.worklists.folder import publish_worklists


def work(folder: Path) -> None:
    """The life of the worker: it reads a Parquet file and writes workbooks, both by processes of their own."""
    with pytest.raises(AssertionError, match="daemonic"):
        multiprocessing.Process(target=print).start()
    writers.WORTH_A_PROCESS = 1
    people = pl.DataFrame({"nik": [SITI], "nama": ["SITI"]})
    landed = land(folder / "landed", population_csv=VILLAGES, pkh_parquet=parquet(people))
    workbooks = publish_worklists(DataRoot(folder / "data"), PERIOD, DISTRICT).workbooks
    told = [*landed.column("pkh", "nik"), *(str(path.exists()) for path in workbooks)]
    folder.joinpath("told").write_text(" ".join(told), "utf-8")


def test_a_daemonic_worker_reads_parquet_and_writes_workbooks(root: DataRoot, keep: Keep) -> None:
    keep_people(keep, "SITI", "BUDI")
    worker = multiprocessing.get_context("spawn").Process(target=work, args=(root.path.parent,), daemon=True)
    worker.start()
    worker.join()
    assert root.path.with_name("told").read_text("utf-8") == f"{SITI} True True"
