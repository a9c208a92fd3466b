"""Keeps Dagster's run history from costing more than the districts.

Dagster opens its SQLite files anew for every event; the last connection to close flushes everything to the disk, three
times an event, some hundred events a district.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine

PATIENCE = 60_000  # milliseconds for other processes on the same history


@contextmanager
def history_kept_open() -> Iterator[None]:
    """Inside, SQLite files that are opened stay open, and a commit is safe against a crash without a flush each.

    A power failure may lose the last events, never the files (SQLite: write-ahead log with `synchronous = normal`).
    """
    with ExitStack() as stack:
        keepers: dict[str, sqlite3.Connection] = {}

        def keep_open(connection: object, _record: object) -> None:
            if not isinstance(connection, sqlite3.Connection):
                return
            connection.execute("pragma synchronous = normal")
            connection.execute(f"pragma busy_timeout = {PATIENCE}")
            path = str(connection.execute("pragma database_list").fetchone()[2])
            if path and path not in keepers:
                keepers[path] = stack.enter_context(closing(sqlite3.connect(path, check_same_thread=False)))
            if path:
                keepers[path].execute("select 1 from sqlite_master limit 1").fetchone()  # takes part in the log

        event.listen(Engine, "connect", keep_open)
        stack.callback(event.remove, Engine, "connect", keep_open)
        yield
