"""How a worker's machine is shared among its runs."""

import os
from dataclasses import dataclass
from pathlib import Path

from welfare_pipeline.defs.fleet.settings import LARGE, SMALL
from welfare_pipeline.lake.share import MEMORY, THREADS

FULL_SIZE = 2_000_000_000  # bytes that a district of 400,000 registry persons takes (measured 1.7 GB)
FOR_DUCKDB = 0.7  # of a run's memory: Polars and Python take theirs beside
_GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True)
class Share:
    """How a worker's machine is shared: `large` slots take any district, `small` ones only small ones."""

    large: int
    small: int
    threads: int
    memory: int  # bytes a run

    @classmethod
    def of(cls, concurrency: int | None, cores: int, memory: int) -> "Share":
        """So many runs at once (by default as many as cores and memory allow)."""
        slots = concurrency or max(1, min(cores, memory // FULL_SIZE))
        large = min(slots - 1 if slots > 1 else 1, memory // FULL_SIZE)
        return cls(large, slots - large, max(1, cores // slots), memory // slots)

    @property
    def nodes(self) -> dict[str, int]:
        """Celery's workers: the queues of each, and its slots."""
        wanted = {f"{LARGE},{SMALL}": self.large, SMALL: self.small}
        return {queues: slots for queues, slots in wanted.items() if slots}

    @property
    def environment(self) -> dict[str, str]:
        """What a run finds of it."""
        threads = str(self.threads)
        return {THREADS: threads, "POLARS_MAX_THREADS": threads, MEMORY: str(int(self.memory * FOR_DUCKDB))}


def memory_here() -> int:
    """Bytes of memory that processes here may take: the machine's, or fewer if a container's."""
    machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    limit = _GROUP_LIMIT.read_text("ascii").strip() if _GROUP_LIMIT.is_file() else "max"
    return machine if limit == "max" else min(machine, int(limit))
