"""Samples for field checks, beside the partitions: they stay what they were when the month is decided anew."""

from pathlib import Path

import duckdb
import polars as pl

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.tables import AUDIT_SAMPLES
from welfare_pipeline.lake.one_file import read_frame
from welfare_pipeline.lake.partition import Partition

_FOLDER = ".audits"
_POLARS: dict[str, pl.DataType | type[pl.DataType]] = {
    "VARCHAR": pl.String,
    "BIGINT": pl.Int64,
    "DOUBLE": pl.Float64,
    "VARCHAR[]": pl.List(pl.String),
}


def audit_file(lake: Path, period: str, district: str, sample_id: str) -> Path:
    """The file of the draw that the numbered case is of."""
    return lake / _FOLDER / period / district / f"{sample_id.rpartition('-')[0]}.parquet"


def see_audit_samples(con: duckdb.DuckDBPyConnection, partition: Partition) -> None:
    """Let `con` see every sample of the district up to the partition's month as the table `audit_samples`."""
    con.register("drawn_samples", drawn_samples(partition))
    con.execute(f"create table {AUDIT_SAMPLES.name} as from drawn_samples")
    con.unregister("drawn_samples")


def drawn_samples(partition: Partition) -> pl.DataFrame:
    """Every unit drawn of the district up to the partition's month: rows of `audit_samples`."""
    folders = partition.lake.joinpath(_FOLDER).glob(f"*/{partition.district}")
    found = [file for folder in folders if folder.parent.name <= partition.period for file in folder.glob("*.parquet")]
    return pl.concat([_nothing(AUDIT_SAMPLES), *map(read_frame, sorted(found))])


def _nothing(table: Table) -> pl.DataFrame:
    return pl.DataFrame(schema={name: _POLARS[kind] for name, kind in table.column_types().items()})
