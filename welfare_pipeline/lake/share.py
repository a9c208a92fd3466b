"""How much of the machine this process may take: all of it, unless whoever started it shares it among several.

`welfare fleet worker`, and `welfare run` with several districts at once, give each run an equal share; Polars has a
variable of its own for that.
"""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb

THREADS, MEMORY = "WELFARE_THREADS", "WELFARE_MEMORY"  # set for runs that share a machine, not by people
FULL_SIZE = 3_000_000_000  # bytes that a district of 850,000 registry persons takes (measured 2.6 GB)
FOR_DUCKDB = 0.7  # of a run's memory: Polars and Python take theirs beside
_OF_DUCKDBS_FOR_READING = 0.5
_GROUPS, _OWN_GROUPS = Path("/sys/fs/cgroup"), Path("/proc/self/cgroup")


def processors() -> int:
    """How many threads or processes are worth starting at once."""
    return int(os.environ.get(THREADS) or 0) or os.cpu_count() or 1


def memory_here() -> int:
    """Bytes of memory that processes here may take: the machine's, or fewer if a container's or a service's."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return min([machine, *group_limits(_GROUPS, _OWN_GROUPS)])


def group_limits(groups: Path, own_groups: Path) -> Iterator[int]:
    """The limits of memory of this process's control group and of those above it (Linux, version 1 or 2)."""
    entries = own_groups.read_text("ascii").splitlines() if own_groups.is_file() else []
    for _, controllers, group in (entry.split(":", 2) for entry in entries):
        if controllers in {"", "memory"}:
            own = groups / controllers / group.strip("/")
            name = "memory.limit_in_bytes" if controllers else "memory.max"
            for folder in (own, *own.parents):
                limit = folder / name
                if (
                    folder.is_relative_to(groups)
                    and limit.is_file()
                    and (told := limit.read_text("ascii").strip()).isdigit()
                ):
                    yield int(told)


def share_of_run(threads: int, memory: int) -> dict[str, str]:
    """What a run that may take so many threads and bytes finds in its environment."""
    return {THREADS: str(threads), "POLARS_MAX_THREADS": str(threads), MEMORY: str(int(memory * FOR_DUCKDB))}


def keep_to_share(con: duckdb.DuckDBPyConnection, threads: int | None = None) -> None:
    """Let DuckDB take no more threads and bytes than this process may; fewer `threads`, if so many are given.

    What is more goes to the disk. Polars and Python, which do not obey it, have the rest of the memory.
    """
    if most := int(os.environ.get(THREADS) or 0):
        con.execute(f"set threads = {min(most, threads or most)}")
    con.execute(f"set memory_limit = '{_for_duckdb()}B'")


def keep_within(con: duckdb.DuckDBPyConnection, most: int) -> None:
    """Let DuckDB take no more than `most` bytes for what this connection does, and no more than this process may."""
    con.execute(f"set memory_limit = '{min(most, _for_duckdb())}B'")


def memory_for_reading() -> int:
    """Bytes that the readers of landed lists may take together, while DuckDB has little to do."""
    return int(_for_duckdb() * _OF_DUCKDBS_FOR_READING)


def _for_duckdb() -> int:
    return int(os.environ.get(MEMORY) or 0) or int(_seen_once() * FOR_DUCKDB)


@cache
def _seen_once() -> int:
    return memory_here()
