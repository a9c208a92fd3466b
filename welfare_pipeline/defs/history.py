"""Keeps Dagster's run history from costing more than the districts.

Dagster makes an engine and opens its SQLite files anew for every event, some four hundred a district: each statement is
compiled again, and the last connection to close flushes everything to the disk. Its own setting for writing events
together (`DAGSTER_EVENT_BATCH_SIZE`) does nothing with SQLite.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import dagster as dg
from sqlalchemy import URL, Connection, Engine, create_engine, event

PATIENCE = 60  # seconds for other processes on the same history
KEPT = 4  # files: the index of all runs, the list of runs, this run and the one before
Connect = Callable[..., Any]  # a method of Dagster's storage: a context with a connection in a transaction


@dataclass
class KeptEngines:
    """One engine a SQLite file, which keeps its connection and its compiled statements; others stay Dagster's."""

    engines: dict[tuple[str, object], Engine] = field(default_factory=dict)

    @contextmanager
    def connection(self, connect: Connect, file: tuple[str, object], *words: object) -> Iterator[Connection]:
        """A connection to the file in a transaction; `connect` is Dagster's way, which makes the file's tables."""
        if file in self.engines:
            with self.engines[file].begin() as con:
                yield con
            return
        with connect(*words) as con:
            yield con
            url = con.engine.url
        if url.get_backend_name() == "sqlite" and Path(unquote(url.database or "")).is_file():  # none lies in memory
            self.engines[file] = _engine(url)
            if len(self.engines) > KEPT:
                self.engines.pop(next(key for key in self.engines if key[1] is not None)).dispose()

    def close(self) -> None:
        """Close every file."""
        for engine in self.engines.values():
            engine.dispose()
        self.engines.clear()


def _engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _commit_without_flush)
    return engine


def _commit_without_flush(connection: Any, _record: object) -> None:  # noqa: ANN401  any database's
    connection.execute("pragma synchronous = normal")


@contextmanager
def history_kept_open(instance: dg.DagsterInstance) -> Iterator[None]:
    """Inside, the instance's SQLite files stay open once opened, and a commit outlives a crash without a flush.

    A power failure may lose the last events, never the files (SQLite: write-ahead log with `synchronous = normal`).
    """
    kept = KeptEngines()
    with ExitStack() as stack:
        stack.callback(kept.close)
        events, runs = instance.event_log_storage, instance.run_storage
        for storage, method in ((events, "run_connection"), (events, "index_connection"), (runs, "connect")):
            connect = getattr(storage, method, None)
            if connect is not None:
                setattr(storage, method, _keeping(kept, method, connect))
                stack.callback(setattr, storage, method, connect)
        yield


def _keeping(kept: KeptEngines, method: str, connect: Connect) -> Connect:
    return lambda run_id=None: kept.connection(connect, (method, run_id), *([] if run_id is None else [run_id]))
