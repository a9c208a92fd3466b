"""Whose number is on the lists of two districts, found without holding a nation in memory.

Of each district a file of keyed hashes of programme and number is made once per version of its links and kept in the
lake: a killed step goes on with the districts that are left, and one that changes is the only one to be read again. The
hashes are compared a range of numbers at a time, so that memory does not grow with the number of districts.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import duckdb

from welfare_pipeline.contracts.tables import LINKS, PERSON_ROWS
from welfare_pipeline.lake import (
    PRIVATE_FILE,
    Partition,
    digest_of_texts,
    is_locked,
    literal,
    make_private,
    only_named,
    parquet_options,
    replace_view,
    row_count,
    rows_of,
)
from welfare_pipeline.reconcile.district import query_of

READ = (PERSON_ROWS, LINKS)
HASHES = "number_hashes"
ROWS_AT_ONCE = 8_000_000  # hashes: so many take less than a gigabyte to compare
HIGHEST = 2**64 - 1
SHARED = "shared_numbers"
NOTHING = "select null::ubigint as number, null::varchar as district_code, null::bigint as row_id where false"


@dataclass(frozen=True)
class Numbers:
    """The hashes of a month's numbers, a file a district: `<district>.<digest of what it was made of>.parquet`."""

    folder: Path
    secret: str

    def hashed(self, con: duckdb.DuckDBPyConnection, partitions: Sequence[Partition]) -> dict[str, Path]:
        """The file of each district; those that are not there are made, those of no use any more removed."""
        make_private(self.folder)
        files = {partition.district: self._file(partition) for partition in partitions}
        for partition in partitions:
            if not _is_readable(files[partition.district]):
                self._make(con, partition, files[partition.district])
        for left in {*self.folder.iterdir()} - {*files.values()}:
            left.unlink()
        return files

    @contextmanager
    def forgotten_if_unreadable(self) -> Iterator[None]:
        """Should one of the files be damaged, they are made again the next time."""
        try:
            yield
        except (duckdb.InterruptException, duckdb.OutOfMemoryException):
            raise
        except duckdb.Error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _file(self, partition: Partition) -> Path:
        made = [partition.contents_or_nothing().files.get(table.name, "") for table in READ]
        digest = digest_of_texts([*made, query_of("period", HASHES), self.secret])
        return self.folder / f"{partition.district}.{digest[:32]}.parquet"

    def _make(self, con: duckdb.DuckDBPyConnection, partition: Partition, file: Path) -> None:
        _see(con, partition)
        draft, query = file.with_suffix(".draft"), query_of("period", HASHES)
        copy = f"copy ({query}) to {literal(draft)} {parquet_options()}"
        con.execute(copy, only_named(query, {"secret": self.secret}))
        draft.chmod(PRIVATE_FILE)
        draft.replace(file)


def make_candidates(
    con: duckdb.DuckDBPyConnection, partitions: Sequence[Partition], files: Mapping[str, Path], changed: Sequence[str]
) -> None:
    """Make `candidate_pairs` (rows of two districts, one of them changed, under one number) and `listed_twice`."""
    con.execute(f"create temp view {HASHES} as from {_of(files, [*files])}")
    con.execute(f"create temp view changed_hashes as from {_of(files, changed)}")
    con.execute(f"create temp table {SHARED} as {NOTHING}")
    for low, high in ranges(sum(map(row_count, files.values()))):
        query = query_of("period", SHARED)
        con.execute(f"insert into {SHARED} by name {query}", {"low": low, "high": high})
    query = query_of("period", "candidate_pairs")
    con.execute(f"create temp table candidate_pairs as {query}", {"changed": list(changed)})
    _make_listed_twice(con, partitions)


def ranges(rows: int) -> Iterator[tuple[int, int]]:
    """The least and the highest number of each part, of which each has about as many rows as are compared at once."""
    parts = max(1, ceil(rows / ROWS_AT_ONCE))
    width = HIGHEST // parts + 1
    for part in range(parts):
        yield part * width, min(HIGHEST, (part + 1) * width - 1)


def _make_listed_twice(con: duckdb.DuckDBPyConnection, partitions: Sequence[Partition]) -> None:
    """Names and birth dates of the candidates, district after district."""
    query = query_of("period", "listed_twice")
    con.execute(f"create temp table candidate_rows as {query_of('period', 'candidate_rows')}")
    found = {row[0] for row in con.sql("select distinct district_code from candidate_rows").fetchall()}
    con.execute("create temp table listed_twice (" + ", ".join(LISTED_TWICE) + ")")
    for partition in partitions:
        if partition.district in found:
            _see(con, partition)
            con.execute(f"insert into listed_twice by name {query}", {"district": partition.district})


LISTED_TWICE = (
    "district_code varchar",
    "row_id bigint",
    "programme varchar",
    "source_file varchar",
    "source_row bigint",
    "person_key varchar",
    "name varchar",
    "birth_date date",
)


def _see(con: duckdb.DuckDBPyConnection, partition: Partition) -> None:
    for table in READ:
        replace_view(con, table, partition.path(table.name))


def _of(files: Mapping[str, Path], districts: Sequence[str]) -> str:
    """The hashes of these districts; of those that have none any more, nothing."""
    found = [files[district] for district in districts if district in files]
    return rows_of(found) if found else f"({NOTHING})"


def _is_readable(file: Path) -> bool:
    """Whether it is there, and whole as far as its end tells."""
    try:
        return file.exists() and not is_locked(file) and row_count(file) >= 0
    except Exception:  # noqa: BLE001  Polars' and DuckDB's have nothing in common
        return False
