"""Many workbooks written at once: those of the largest districts take many seconds.

Child processes are given one workbook at a time over a pipe, so they end when this process does, however it ends.
`ProcessPoolExecutor` would do this in fewer lines, but not in a worker of a queue (Celery's prefork), which is daemonic
and may start no process by `multiprocessing`.
"""

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.connection import Connection, wait

from welfare_pipeline.lake import processors
from welfare_pipeline.publish.worklists.orders import Order, fulfil, serve

MOST_AT_ONCE = 4
WORTH_A_PROCESS = 20_000  # rows; it takes half a second to start, as long as 10,000 rows
_SERVE = f"from {serve.__module__} import serve; serve"


def write_workbooks(orders: Iterable[Order], rows: int) -> None:
    """Write them all, on several cores if there are many `rows`.

    Raises:
        OSError: the disk refused, or a process was killed.
        FileCreateError: xlsxwriter could not write a file.

    """
    processes = min(MOST_AT_ONCE, processors(), rows // WORTH_A_PROCESS)
    if processes <= 1:
        for order in orders:
            fulfil(order)
        return
    with _writers(processes) as writers:
        _hand_out(orders, writers)


def _hand_out(orders: Iterable[Order], writers: list[Connection]) -> None:
    waiting = iter(orders)
    busy: set[Connection] = set()
    for writer, order in zip(writers, waiting, strict=False):
        writer.send(order)
        busy.add(writer)
    while busy:
        for writer in (ready for ready in wait(list(busy)) if isinstance(ready, Connection)):
            _raise_if_failed(writer)
            following_order = next(waiting, None)
            if following_order is None:
                busy.discard(writer)
            else:
                writer.send(following_order)


def _raise_if_failed(writer: Connection) -> None:
    try:
        failure = writer.recv()
    except EOFError:
        message = "a process that wrote workbooks was killed"
        raise OSError(message) from None
    if failure is not None:
        raise failure


@contextmanager
def _writers(processes: int) -> Iterator[list[Connection]]:
    """Pipes to new processes of their own: a fork would copy the locks of DuckDB's and Polars' threads."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with ExitStack() as stack:
        ours: list[Connection] = []
        for _ in range(processes):
            our_end, their_end = multiprocessing.Pipe()
            with their_end:
                command = [sys.executable, "-c", f"{_SERVE}({their_end.fileno()})"]
                child = subprocess.Popen(command, pass_fds=[their_end.fileno()], env=environment)  # noqa: S603
            stack.callback(child.wait)
            ours.append(stack.enter_context(our_end))
        yield ours
