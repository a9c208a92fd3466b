"""Runs the districts of a month in several processes of this machine, each district in one of them.

A small district keeps one core busy, so as many processes run as cores and memory allow. A process records its runs as
a single one does (`defs/recording.py`). It ends when the command ends, however that ends.
"""

import atexit
import gc
import logging
import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import active_children, get_context
from pathlib import Path
from threading import Event
from types import TracebackType
from typing import Self

import click

from welfare_pipeline.cli.error_words import is_ctrl_c, known, unexpected
from welfare_pipeline.cli.logs import are_json, write_json
from welfare_pipeline.cli.progress import Told
from welfare_pipeline.cli.supervising import MORE_MEMORY, live_no_longer_than
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.defs.fleet.queues import largest_first
from welfare_pipeline.defs.instance import make_history
from welfare_pipeline.defs.recording import RecordedRun, Recorder
from welfare_pipeline.lake import FULL_SIZE, DataRoot, memory_here, processors, share_of_run

EACH = 2  # districts at least that a process is worth: it imports for seconds before its first
NO_LAST_WORD = "ignore:resource_tracker"  # of Python's own helper, about a process that was killed
BROKE_OFF = f"a district's process broke off, most likely because the memory was not enough: {MORE_MEMORY}"
INTERRUPTED = 130  # exit code, as shells have it
_STOPPED = Event()  # in the process of a district: it has been interrupted


class ProcessProblem(click.ClickException):
    """A process of a district could not go on; no wrong usage."""

    leaves_with = 1


def at_once(districts: int, wanted: int | None = None) -> int:
    """How many districts go on at the same time: `wanted`, else what cores and memory are there for."""
    return max(1, min(wanted or min(processors(), memory_here() // FULL_SIZE, districts // EACH), districts))


@dataclass
class DistrictProcesses:
    """Runs districts in `processes`; those that take longest begin first."""

    root: DataRoot
    told: Told
    processes: int

    def __enter__(self) -> Self:
        """Make the run history, which several processes would make at once, and get ready to start them."""
        make_history(self.root)
        share = share_of_run(max(1, processors() // self.processes), memory_here() // self.processes)
        share["PYTHONWARNINGS"] = ",".join(filter(None, (os.environ.get("PYTHONWARNINGS"), NO_LAST_WORD)))
        self._before = {name: os.environ.get(name) for name in share}
        os.environ |= share  # what a process finds as it starts
        self._pool = ProcessPoolExecutor(self.processes, get_context("spawn"), _begin, (os.getpid(), are_json()))
        return self

    def __exit__(self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None) -> None:
        """Let the processes go; what they are at is interrupted if this one is."""
        if kind is not None:
            for number in filter(None, (process.pid for process in active_children())):
                with suppress(ProcessLookupError):  # it has ended this moment
                    os.kill(number, signal.SIGINT)
        self._pool.shutdown(cancel_futures=True)
        for name, value in self._before.items():
            os.environ.pop(name)
            os.environ |= {} if value is None else {name: value}

    def link(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        """The first half of each district's month, as they end."""
        return self._each("link", period, districts)

    def decide(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        """The second half of each district's month, as they end."""
        return self._each("decide", period, districts)

    def compare(self, period: str) -> RecordedRun:
        """Between the halves: people on the lists of two districts."""
        return self._of_all("compare", period)

    def publish(self, period: str) -> RecordedRun:
        """Bring what is published of all districts up to date."""
        return self._of_all("publish", period)

    def _of_all(self, step: str, period: str) -> RecordedRun:
        with self.told.about(f"{period} all districts"), _told_plainly():
            return self._begun(step, period).result()

    def _each(self, step: str, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        with _told_plainly():
            in_order = largest_first(self.root, period, districts)
            runs = {self._begun(step, period, district): district for district in in_order}
            for run in as_completed(runs):
                district = runs[run]
                with self.told.about(f"{period} {district} {district_name(district)} is done"):
                    ended = run.result()
                yield district, ended

    def _begun(self, step: str, *words: str) -> Future[RecordedRun]:
        """The run, waiting for a process. One that starts now gets no Ctrl-C before it can tell what to do with it."""
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            return self._pool.submit(_run, str(self.root.path), step, *words)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool:
        raise ProcessProblem(BROKE_OFF) from None


def _begin(parent: int, json_logs: bool) -> None:  # noqa: FBT001  a process is started with values
    """What a process does before its first run. From now on the command passes Ctrl-C on, and only runs heed it."""
    live_no_longer_than(parent)
    atexit.register(gc.freeze)  # else its end takes a second, in which Python looks through everything for garbage
    os.setpgid(0, 0)
    is_heeded = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN  # a command started in the background ignores it
    if is_heeded and signal.SIGINT in signal.sigpending():
        os._exit(INTERRUPTED)
    signal.signal(signal.SIGINT, _take_no_more)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    write_json(wanted=json_logs)
    logging.getLogger("welfare_pipeline.lake.locking").setLevel(logging.ERROR)  # that it waits for a sibling is no news


def _run(path: str, step: str, *words: str) -> RecordedRun:
    """One recorded run in this process.

    Raises:
        KeyboardInterrupt: it was interrupted.
        ProcessProblem: it could not be recorded or begun.

    """
    if _STOPPED.is_set():  # a run that was handed to this process before
        raise KeyboardInterrupt
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        ended: RecordedRun = getattr(_recorder(path), step)(*words)
    except KeyboardInterrupt:
        _STOPPED.set()
        raise
    except Exception as error:  # noqa: BLE001  not every error can be handed to another process
        if is_ctrl_c(error):
            _STOPPED.set()
            raise KeyboardInterrupt from None
        raise ProcessProblem(known(error) or unexpected(error)) from None
    else:
        return ended
    finally:
        signal.signal(signal.SIGINT, _take_no_more)


def _take_no_more(*_: object) -> None:
    """Between two runs, a Ctrl-C ends nothing; it only keeps the process from beginning the next run."""
    _STOPPED.set()


@cache
def _recorder(path: str) -> Recorder:
    return Recorder(DataRoot(Path(path)))
