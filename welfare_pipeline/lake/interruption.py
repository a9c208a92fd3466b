"""What a signal (Ctrl-C, SIGTERM) does to a query of DuckDB that is at work, and how that is made good.

DuckDB tells it as a RuntimeError, whatever the signal's handler raised, and leaves the query half done: every file that
is attached stays so for the rest of the process, even when the connection is closed, and cannot be attached again.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

from welfare_pipeline.lake.shortage import chain


def interruption(error: BaseException) -> BaseException | None:
    """What the signal's handler raised (such as KeyboardInterrupt); `None` if no signal led to the error."""
    return next((link for link in chain(error) if not isinstance(link, Exception)), None)


@contextmanager
def letting_go(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Inside, a query that is broken off is ended before the error goes on, so that its files can be used again."""
    try:
        yield
    except BaseException:
        con.interrupt()  # or what its other threads are at would be waited for
        with suppress(duckdb.Error):  # the next statement ends the one before, whatever becomes of it
            con.execute("select 1")
        raise
