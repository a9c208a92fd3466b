"""Fixtures every room's tests may use: an empty data root, tables put into its lake row by row, and the sample."""

import signal
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import polars as pl
import pytest

from tests.ready import readers, readers_from
from tests.shared import made_once
from welfare_pipeline.contracts.column import Column
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.ingest import guarded_process
from welfare_pipeline.lake import DataRoot, Partition
from welfare_pipeline.sample import PERIODS, write_sample

SAMPLE_SCALE = 0.005


class Keep(Protocol):
    """Keeps tables of one period and district; a column no row names is empty, or what it least may be."""

    def __call__(self, period: str, district: str, **tables: Sequence[Mapping[str, Any]]) -> Partition: ...


@pytest.fixture(autouse=True, scope="session")
def _readers_are_ready() -> Iterator[None]:
    """Each guarded file is read by a process of its own, which is forked: it would import for longer than it reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guarded_process, "subprocess", readers_from(readers))
        yield


@pytest.fixture(autouse=True, scope="session")
def _commands_heed_ctrl_c() -> None:
    """A suite that was started in the background ignores Ctrl-C, and so would the commands that tests interrupt."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def root(tmp_path: Path) -> DataRoot:
    """A data root with nothing in it."""
    return DataRoot(tmp_path / "data")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """The made-up districts as they landed in 2021, nothing run; not to be changed."""
    return made_once("sample", _landed_sample, tmp_path_factory)


def _landed_sample(folder: Path) -> DataRoot:
    root = DataRoot(folder)
    write_sample(root, SAMPLE_SCALE, periods=PERIODS[:2])
    return root


@pytest.fixture
def keep(root: DataRoot) -> Keep:
    """Puts rows into the lake."""
    return keeper(root)


def keeper(root: DataRoot) -> Keep:
    """Puts rows into the lake of this data root."""

    def keep_tables(period: str, district: str, **tables: Sequence[Mapping[str, Any]]) -> Partition:
        with root.partition(period, district).draft() as draft, draft.connect(threads=1, tables=()) as con:
            for name, rows in _by_table(tables).items():
                con.register("told", pl.DataFrame(rows, infer_schema_length=None))
                draft.write_query(con, name, f"select {_declared(name, rows)} from told")
            return draft.accept()

    return keep_tables


def _by_table(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[Mapping[str, Any]]]:
    """Rows by table; a name that is no table's is a programme's, whose rows lie in `recipient_rows`."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for name, rows in tables.items():
        is_table = name in TABLE_BY_NAME
        told = rows if is_table else [row | {"programme": name} for row in map(dict, rows)]
        found.setdefault(name if is_table else "recipient_rows", []).extend(told)
    return found


def _declared(table: str, rows: Sequence[Mapping[str, Any]]) -> str:
    told = {name for row in rows for name in row}
    columns = [column for column in TABLE_BY_NAME[table].columns if column.name not in {"period", "district_code"}]
    return ", ".join(f'"{c.name}"' if c.name in told else f'{_least(c)} as "{c.name}"' for c in columns)


def _least(column: Column) -> str:
    """Nothing where that is allowed; else what says least."""
    if column.nullable:
        return "null"
    if column.type.endswith("[]"):
        return "[]"
    if column.codes:
        return f"'{column.codes[0]}'"
    return {"VARCHAR": "''", "BOOLEAN": "false", "DATE": "date '2000-01-01'"}.get(column.type, "0")
