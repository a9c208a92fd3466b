"""Whether a run's worker is alive, and what becomes of runs whose worker is not.

The stock parts do not know: a lost host's task stays "started" for Celery, and Dagster's launcher takes its word.
Here a worker holds a lock of PostgreSQL on each run it executes. The database takes it away when the connection ends:
with the process at once, with the host as soon as it no longer answers. A run that is under way without its lock at
two looks is reported failed; Dagster's retries start it again. A long run keeps its lock and is never started twice.
"""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from select import select
from socket import socket, socketpair
from threading import Thread
from uuid import UUID

import dagster as dg
import psycopg2

from welfare_pipeline.defs.fleet.settings import DATABASE, TASK_TAG, FleetError, required

UNDER_WAY = [dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]
BEGUN = {"STARTED", "SUCCESS", "FAILURE", "REVOKED"}  # what Celery says of a task that no longer waits
AGAIN = 0.1  # seconds between two attempts to take a lock again
GONE = "The worker of this run is gone, and the run with it; it is started again."
# The database closes the connection of a host that has not answered for half a minute.
_WATCHED = "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
_HELD = """
select (classid::bigint << 32) | objid::bigint from pg_locks
where locktype = 'advisory' and objsubid = 1 and granted
and database = (select oid from pg_database where datname = current_database())
"""


@contextmanager
def held(run_id: str) -> Iterator[bool]:
    """Whether the run was free; then it is this process's as long as it is inside, also if the database restarts."""
    number = _number(run_id)
    con, is_free = _asked_for(number)
    if not is_free:
        con.close()
        yield False
        return
    ends, seen = socketpair()
    keeper = Thread(target=_keep, args=(con, number, seen), daemon=True)
    keeper.start()
    with ends, seen:
        try:
            yield True
        finally:
            ends.send(b"-")
            keeper.join()


def _asked_for(number: int) -> tuple[psycopg2.extensions.connection, bool]:
    """A new connection, and whether it has the lock."""
    con = _connected(options=_WATCHED)
    con.autocommit = True
    with con.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [number])
        [(is_free,)] = cursor.fetchall()
    return con, is_free


def _keep(con: psycopg2.extensions.connection, number: int, ends: socket) -> None:
    """Hold the lock until something comes from `ends`; take it again when the database has ended the connection.

    Else a run that a restart of the database did not end would be taken for one whose worker is gone.
    """
    while ends not in select([con, ends], [], [])[0]:
        try:
            con.poll()
            continue
        except psycopg2.Error:
            con.close()
        while con.closed and not select([ends], [], [], AGAIN)[0]:
            with suppress(psycopg2.Error):
                con, is_free = _asked_for(number)
                if not is_free:  # not let go yet
                    con.close()
        if con.closed:
            return
    con.close()


def held_numbers() -> set[int]:
    """The numbers of the runs that some worker is executing.

    Raises:
        FleetError: the database does not answer.

    """
    try:
        with closing(_connected()) as con, con.cursor() as cursor:
            cursor.execute(_HELD)
            return {number for (number,) in cursor.fetchall()}
    except psycopg2.OperationalError as error:
        message = f"the database ({DATABASE}) does not answer ({type(error).__name__}): is PostgreSQL running there?"
        raise FleetError(message) from None


def _connected(**settings: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(required(DATABASE).replace("+psycopg2", "", 1), **settings)


def is_held(run_id: str, numbers: set[int]) -> bool:
    """Whether the run is among them."""
    return _number(run_id) in numbers


def _number(run_id: str) -> int:
    """A number of 64 bits, with a sign, that stands for the run among PostgreSQL's locks."""
    return int.from_bytes(UUID(run_id).bytes[:8], "big", signed=True)


@dataclass
class Watch:
    """Looks at runs under way again and again; `task_state` is what Celery says of a task."""

    instance: dg.DagsterInstance
    task_state: Callable[[str], str]
    _suspects: set[str] = field(default_factory=set)

    def look(self) -> list[str]:
        """Close the runs that had no worker at the last look, either. Returns their ids."""
        runs = [run for run in self.instance.get_runs(dg.RunsFilter(statuses=UNDER_WAY)) if TASK_TAG in run.tags]
        numbers = held_numbers() if runs else set[int]()
        lost = [run for run in runs if not is_held(run.run_id, numbers) and self._has_begun(run)]
        for run in lost:
            if run.run_id in self._suspects:
                self._close(run.run_id)
        closed = [run.run_id for run in lost if run.run_id in self._suspects]
        self._suspects = {run.run_id for run in lost} - {*closed}
        return closed

    def _has_begun(self, run: dg.DagsterRun) -> bool:
        """Whether a worker has had it: a run that starts may still wait in its queue."""
        return run.status is not dg.DagsterRunStatus.STARTING or self.task_state(run.tags[TASK_TAG]) in BEGUN

    def _close(self, run_id: str) -> None:
        run = self.instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            return
        if run.status is dg.DagsterRunStatus.CANCELING:
            self.instance.report_run_canceled(run)
        else:
            self.instance.report_run_failed(run, GONE)
