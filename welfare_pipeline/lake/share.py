"""How much of the machine this process may take: all of it, unless whoever started it shares it among several.

`welfare fleet worker`, and `welfare run` with several districts at once, give each run an equal share; Polars has a
variable of its own for that.
"""

import os
from pathlib import Path

import duckdb

THREADS, MEMORY = "WELFARE_THREADS", "WELFARE_MEMORY"  # set for runs that share a machine, not by people
FULL_SIZE = 3_000_000_000  # bytes that a district of 850,000 registry persons takes (measured 2.6 GB)
FOR_DUCKDB = 0.7  # of a run's memory: Polars and Python take theirs beside
_GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def processors() -> int:
    """How many threads or processes are worth starting at once."""
    return int(os.environ.get(THREADS) or 0) or os.cpu_count() or 1


def memory_here() -> int:
    """Bytes of memory that processes here may take: the machine's, or fewer if a container's."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _GROUP_LIMIT.read_text("ascii").strip() if _GROUP_LIMIT.is_file() else "max"
    return machine if limit == "max" else min(machine, int(limit))


def share_of_run(threads: int, memory: int) -> dict[str, str]:
    """What a run that may take so many threads and bytes finds in its environment."""
    return {THREADS: str(threads), "POLARS_MAX_THREADS": str(threads), MEMORY: str(int(memory * FOR_DUCKDB))}


def keep_to_share(con: duckdb.DuckDBPyConnection, threads: int | None = None) -> None:
    """Let DuckDB take no more threads and bytes than this process may; fewer `threads`, if so many are given."""
    if most := int(os.environ.get(THREADS) or 0):
        con.execute(f"set threads = {min(most, threads or most)}")
    if memory := int(os.environ.get(MEMORY) or 0):
        con.execute(f"set memory_limit = '{memory}B'")


def keep_within(con: duckdb.DuckDBPyConnection, most: int) -> None:
    """Let DuckDB take no more than `most` bytes for what this connection does, and no more than this process may."""
    here = int(os.environ.get(MEMORY) or memory_here() * FOR_DUCKDB)
    con.execute(f"set memory_limit = '{min(most, here)}B'")
