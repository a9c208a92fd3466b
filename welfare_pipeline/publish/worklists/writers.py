"""Many workbooks written at once: those of the largest districts take many seconds.

Child processes are given one workbook at a time over a pipe, so they end when this process does, however it ends.
`ProcessPoolExecutor` would do this in fewer lines, but not in a worker of a queue (Celery's prefork), which is daemonic
and may start no process by `multiprocessing`.
"""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from welfare_pipeline.contracts.period import following
from welfare_pipeline.lake import PRIVATE_FILE, processors
from welfare_pipeline.publish.worklists.cells import Lines
from welfare_pipeline.publish.worklists.workbook import Heading, is_still, write_workbook

MOST_AT_ONCE = 4
_SERVE = f"from {__name__} import serve; serve"
WORTH_A_PROCESS = 40_000  # rows; it takes about a second to start, as long as 20,000 rows


@dataclass(frozen=True)
class Order:
    """A workbook to be written at `path` unless that in the folder `former` is still the same; `rows` by sheet."""

    path: Path
    former: Path
    heading: Heading
    rows: Mapping[str, Lines]


def write_workbooks(orders: Iterable[Order], rows: int) -> None:
    """Write them all, on several cores if there are many `rows`.

    Raises:
        OSError: the disk refused, or a process was killed.
        FileCreateError: xlsxwriter could not write a file.

    """
    processes = min(MOST_AT_ONCE, processors(), rows // WORTH_A_PROCESS)
    if processes <= 1:
        for order in orders:
            _fulfil(order)
        return
    with _writers(processes) as writers:
        _hand_out(orders, writers)


def _fulfil(order: Order) -> None:
    """One that is the same as the former is taken over, which costs nothing."""
    former = order.former / order.path.name
    if is_still(former, order.heading, order.rows):
        order.path.hardlink_to(former)
    else:
        write_workbook(order.path, order.heading, order.rows, following(order.heading.period))
    order.path.chmod(PRIVATE_FILE)


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


def serve(pipe: int) -> None:
    """The life of a child: until the other end of the pipe is closed, or gone with its process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end ends this
    with Connection(pipe) as orders, suppress(EOFError, OSError):
        while True:
            orders.send(_failure(orders.recv()))


def _failure(order: Order) -> OSError | FileCreateError | None:
    try:
        _fulfil(order)
    except (OSError, FileCreateError) as error:
        return error
    return None
