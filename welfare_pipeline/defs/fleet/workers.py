"""The workers of a fleet, asked through Celery: who answers, what they are at, and the end of their work."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dagster_celery.make_app import make_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from welfare_pipeline.defs.fleet.liveness import held_numbers
from welfare_pipeline.defs.fleet.settings import BROKER, LARGE, SMALL, FleetError, app_settings

if TYPE_CHECKING:
    from celery import Celery

ANSWER = 1.5  # seconds a worker has to answer
_GLANCE = 0.5


@dataclass(frozen=True)
class Worker:
    """A pool of processes that take runs from these queues."""

    name: str
    queues: tuple[str, ...]
    slots: int
    busy: int


class Workers:
    """Those that the broker reaches."""

    def __init__(self) -> None:
        """Nobody is asked yet."""
        self.app: Celery = make_app(app_settings())

    def is_one_answering(self, patience: float = ANSWER) -> bool:
        """Whether one of them answers; waits for the first, and no longer.

        Raises:
            FleetError: the broker does not answer.

        """
        until = time.monotonic() + patience
        while not (found := self._ask("ping", limit=1)) and time.monotonic() < until:
            time.sleep(_GLANCE)
        return bool(found)

    def seen(self) -> list[Worker]:
        """Those that answer, with their queues and what they are at."""
        with ThreadPoolExecutor() as at_once:  # each question waits for whoever may still answer
            queues, active, stats = at_once.map(self._ask, ("active_queues", "active", "stats"))
        return [
            Worker(
                name,
                tuple(queue["name"] for queue in queues[name]),
                int(stats.get(name, {}).get("pool", {}).get("max-concurrency", 0)),
                len(active.get(name, [])),
            )
            for name in sorted(queues)
        ]

    def waiting(self) -> dict[str, int]:
        """How many runs wait in each queue."""
        with self._connection() as con:
            channel = con.default_channel
            return {name: int(channel._size(name)) for name in (LARGE, SMALL)}  # noqa: SLF001  kombu has no other word

    def task_state(self, task: str) -> str:
        """What Celery says of a task."""
        return str(self.app.AsyncResult(task).state)

    def drain(self) -> None:
        """Let every worker end once its runs are done, and wait for it.

        Raises:
            FleetError: broker or database does not answer.

        """
        with self._connection():
            self.app.control.shutdown()
        while held_numbers() or self.is_one_answering(0):
            time.sleep(_GLANCE)

    def _ask(self, what: str, limit: int | None = None) -> dict[str, Any]:
        """What they answer, by name; `limit`: so many answers are enough."""
        with self._connection():
            return getattr(self.app.control.inspect(timeout=ANSWER, limit=limit), what)() or {}

    @contextmanager
    def _connection(self) -> Iterator[Any]:
        """A connection; what goes wrong with it or with another one inside is a `FleetError`."""
        try:
            with self.app.connection().ensure_connection(max_retries=1) as con:
                yield con
        except (OperationalError, RedisError, OSError) as error:
            message = f"the broker ({BROKER}) does not answer ({type(error).__name__}): is redis-server running there?"
            raise FleetError(message) from None
