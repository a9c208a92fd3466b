"""Writes files into a landing folder and reads them; gives the tables that result. All people are made up."""

import gzip
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.ingest.delivery import Delivery, FileReport, ingest_delivery
from welfare_pipeline.lake import DataRoot

PERIOD, DISTRICT = "2021-11", "1401"
VILLAGES = """kode;nama;kecamatan;jumlah
1401012001;Batu Belah;Kampar;2.101
1401012002;Tanjung Berulak;Kampar;1.502
1401022001;Sukamaju;Bangkinang;3.003
1401032001;Sukamaju;Tapung;900
1401042001;Sungai Pagar;Kampar Kiri Hilir;1.200
"""

# NIKs: Siti is a woman born 17/08/1990, Budi a man born 05/12/1985, both first registered in 140101.
SITI, BUDI = "1401015708900001", "1401010512850003"
TONO, RINI, YUSUF = "1401010101700002", "1401014507880004", "1401011203950006"
CARD = "1401012005100007"


@dataclass(frozen=True)
class Landed:
    """What the reader made of a folder."""

    delivery: Delivery
    tables: dict[str, list[dict[str, Any]]]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a drafted table, or of a programme's list; `KeyError` if it was not drafted."""
        if table in self.tables:
            return self.tables[table]
        return [row for row in self.tables["recipient_rows"] if row["programme"] == table]

    def column(self, table: str, name: str) -> list[Any]:
        """One column of a drafted table."""
        return [row[name] for row in self.rows(table)]

    def file(self, name: str) -> FileReport:
        """What became of a file."""
        return next(file for file in self.delivery.files if file.source_file == name)

    def error(self, name: str) -> str:
        """Why a file was refused; fails if it was not."""
        error = self.file(name).error
        assert error is not None
        return error

    def rejections(self) -> list[tuple[Any, ...]]:
        """File, row, reason and column of every rejected row."""
        keys = ("source_file", "source_row", "reason", "column_name")
        return [tuple(row[key] for key in keys) for row in self.rows("rejected_rows")]


def land(folder: Path, **files: str | bytes) -> Landed:
    """Land the files and read the folder."""
    put(folder, **files)
    return read(folder)


def put(folder: Path, **files: str | bytes) -> None:
    """Land the files: `pkh_csv="..."` is pkh.csv, `registry__kec01_csv` is registry.kec01.csv."""
    landing = folder / "landing" / PERIOD / DISTRICT
    landing.mkdir(parents=True, exist_ok=True)
    for key, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        name = key.replace("__", ".")
        for ending in ("csv_gz", "csv", "xlsx", "parquet", "xls"):
            if name.endswith(f"_{ending}"):
                name = name.removesuffix(f"_{ending}") + "." + ending.replace("_", ".")
                break
        (landing / name).write_bytes(data)


def read(folder: Path) -> Landed:
    """Read what lies in the district's landing folder."""
    root = DataRoot(folder)
    with root.partition(PERIOD, DISTRICT).draft() as draft:
        delivery = ingest_delivery(root.landing(PERIOD, DISTRICT), load_policy(), draft)
        tables = {file.stem: pl.read_parquet(file).to_dicts() for file in sorted(draft.folder.glob("*.parquet"))}
    return Landed(delivery, tables)


def zipped(text: str) -> bytes:
    """The text as .gz."""
    return gzip.compress(text.encode(), mtime=0)
