"""How much of the machine this process may take: all of it, unless whoever started it shares it among several.

`welfare fleet worker` gives each run of its pool an equal share; Polars has a variable of its own for that.
"""

import os

import duckdb

THREADS, MEMORY = "WELFARE_THREADS", "WELFARE_MEMORY"  # set by `welfare fleet worker`, not by people


def processors() -> int:
    """How many threads or processes are worth starting at once."""
    return int(os.environ.get(THREADS) or 0) or os.cpu_count() or 1


def keep_to_share(con: duckdb.DuckDBPyConnection, threads: int | None = None) -> None:
    """Let DuckDB take no more threads and bytes than this process may; fewer `threads`, if so many are given."""
    if most := int(os.environ.get(THREADS) or 0):
        con.execute(f"set threads = {min(most, threads or most)}")
    if memory := int(os.environ.get(MEMORY) or 0):
        con.execute(f"set memory_limit = '{memory}B'")
