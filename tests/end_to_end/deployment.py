"""A data root in which two months of the sample were run by `welfare run`, and what may be asked of it."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from tests.ready import welfare
from welfare_pipeline.lake import DataRoot

MONTHS = ("2021-10", "2021-11")
DISTRICTS = ("1401", "1403", "7501")


@dataclass(frozen=True)
class Deployment:
    """A data root in which both months were run, and what the command printed."""

    root: DataRoot
    printed: str
    exits: tuple[int, ...]

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query to the analysts' database."""
        with duckdb.connect(self.root.published / "welfare.duckdb", read_only=True) as con:
            return con.sql(query).fetchall()

    def published(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every published table with its rows in their order, but what tells of a run."""
        columns = {"district_status": "* exclude (published_run, as_of)"}
        with duckdb.connect(self.root.published / "welfare.duckdb", read_only=True) as con:
            names = con.sql("select table_name from duckdb_tables() where table_name <> 'run_manifest' order by all")
            tables = [name for (name,) in names.fetchall()]
            return {table: con.sql(f'select {columns.get(table, "*")} from "{table}"').fetchall() for table in tables}

    def copied(self, folder: Path) -> "Deployment":
        """The same in a folder of its own, to be changed."""
        shutil.copytree(self.root.path, folder)
        return Deployment(DataRoot(folder), self.printed, self.exits)


def deployed(sample: DataRoot, folder: Path) -> Deployment:
    """Both months, of which in October Gorontalo's registry arrives cut off and Bengkalis sends nothing."""
    root = DataRoot(folder / "data")
    for month in MONTHS:
        shutil.copytree(sample.landing(month), root.landing(month))
    shutil.rmtree(root.landing("2021-10", "1403"))
    for file in root.landing("2021-10", "7501").glob("registry*"):
        file.write_bytes(file.read_bytes()[:200])
    runs = [welfare("run", "--period", month, "--data", str(root.path)) for month in MONTHS]
    return Deployment(root, "".join(run.stdout + run.stderr for run in runs), tuple(run.returncode for run in runs))
