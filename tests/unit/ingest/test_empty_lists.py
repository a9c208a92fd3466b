"""A list with a header and no rows is an empty list: accepted, with no rows, and no error."""

from pathlib import Path

import polars as pl
import pytest

from tests.unit.ingest.landing import SITI, VILLAGES, land, zipped
from tests.unit.ingest.test_workbooks import parquet, workbook
from welfare_pipeline.contracts.policy import load_policy

HEADER = {"nik": pl.String, "nama": pl.String}
EMPTY = {
    "pkh_csv": b"nik,nama\n",
    "pkh__tanpa_akhir_baris_csv": b"nik,nama",
    "pkh__baris_kosong_csv": b"nik;nama\n;\n\n",
    "pkh__nomor_kolom_csv": b"DAFTAR PKH\nnik,nama\n1,2\n",
    "pkh__akhir_csv": b"nik,nama\n###\nCatatan,x\n",
    "pkh_csv_gz": zipped("nik,nama\n"),
    "pkh_xlsx": workbook({"A": [["NIK", "Nama"]], "Catatan": [["tidak ada penerima"]]}),
    "pkh_parquet": parquet(pl.DataFrame(schema=HEADER)),
}

SOURCES = load_policy().sources.lists


@pytest.mark.parametrize("name", EMPTY)
def test_a_header_without_rows_is_an_empty_list(tmp_path: Path, name: str) -> None:
    landed = land(tmp_path, **{name: EMPTY[name]})
    file = landed.delivery.files[0]
    assert (file.state, file.error, file.rows_landed, file.rows_accepted) == ("accepted", None, 0, 0)
    assert landed.rows("pkh") == []


def test_every_list_may_be_empty(tmp_path: Path) -> None:
    headers = {f"{s.name}_csv": ",".join(column.name for column in s.columns) + "\n" for s in SOURCES}
    landed = land(tmp_path, **headers)
    assert [file.error for file in landed.delivery.files if file.error] == []
    assert landed.delivery.arrived == {source.name for source in SOURCES}
    assert all(landed.rows(source.asset) == [] for source in SOURCES)


def test_empty_parts_are_no_copies_of_each_other(tmp_path: Path) -> None:
    parts = {
        "pkh__kec01_csv": "nik,nama\n",
        "pkh__kec02_csv": "nik,nama\n",
        "pkh__kec03_csv": f"nik,nama\n{SITI},SITI\n",
    }
    landed = land(tmp_path, population_csv=VILLAGES, **parts)
    assert [file.error for file in landed.delivery.files if file.error] == []
    assert landed.column("pkh", "name") == ["SITI"]


def test_an_empty_file_without_header_is_refused(tmp_path: Path) -> None:
    assert "empty" in land(tmp_path, pkh_csv="").error("pkh.csv")
