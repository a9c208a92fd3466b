"""How a worker's machine is shared among its runs."""

from dataclasses import dataclass

from welfare_pipeline.defs.fleet.settings import LARGE, SMALL
from welfare_pipeline.lake import FULL_SIZE, share_of_run


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
        return share_of_run(self.threads, self.memory)
