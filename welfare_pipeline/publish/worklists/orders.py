"""One workbook to be written, and the life of a process that writes them.

Of the project it imports what a workbook needs and not the lake, which would take longer than the process has to do.
"""

import os
import signal
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from xlsxwriter.exceptions import FileCreateError

from welfare_pipeline.contracts.period import following
from welfare_pipeline.publish.worklists.cells import Lines
from welfare_pipeline.publish.worklists.workbook import Heading, is_still, write_workbook


@dataclass(frozen=True)
class Order:
    """A workbook to be written at `path` unless that in the folder `former` is still the same.

    `rows` by sheet; `mode`: who may read it.
    """

    path: Path
    former: Path
    mode: int
    heading: Heading
    rows: Mapping[str, Lines]


def fulfil(order: Order) -> None:
    """One that is the same as the former is taken over, which costs nothing.

    Raises:
        OSError: the disk refused.
        FileCreateError: xlsxwriter could not write it.

    """
    former = order.former / order.path.name
    if is_still(former, order.heading, order.rows):
        order.path.hardlink_to(former)
    else:
        write_workbook(order.path, order.heading, order.rows, following(order.heading.period))
    order.path.chmod(order.mode)


def serve(pipe: int) -> None:
    """The life of a child: until the other end of the pipe is closed, or gone with its process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end ends this
    with Connection(pipe) as orders, suppress(EOFError, OSError):
        while True:
            orders.send(_failure(orders.recv()))
    os._exit(0)  # Python's own end takes as long as a hundred workbooks, and there is nothing to put in order


def _failure(order: Order) -> OSError | FileCreateError | None:
    try:
        fulfil(order)
    except (OSError, FileCreateError) as error:
        return error
    return None
