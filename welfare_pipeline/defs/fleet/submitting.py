"""A month's runs on the fleet: submitted through Dagster's GraphQL, followed in its run history to their end."""

import logging
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from threading import Event
from types import MappingProxyType
from typing import TypeVar

import dagster as dg
from dagster_graphql import DagsterGraphQLClient, DagsterGraphQLClientError
from dagster_postgres.utils import DagsterPostgresException
from sqlalchemy.exc import InterfaceError, OperationalError

from welfare_pipeline.defs.fleet.liveness import held_numbers
from welfare_pipeline.defs.fleet.queues import largest_first
from welfare_pipeline.defs.fleet.server import answering_server
from welfare_pipeline.defs.fleet.settings import FleetError
from welfare_pipeline.defs.instance import living, open_instance
from welfare_pipeline.defs.jobs import compare_districts, decide_district, link_district, publish_period
from welfare_pipeline.defs.partitions import districts_of, know_districts, name_tags, partition_key
from welfare_pipeline.defs.recording import RecordedRun, ended_with, why_step_failed
from welfare_pipeline.defs.served import LOCATION, PROCESS_TAG
from welfare_pipeline.lake import DataRoot

WAITING = [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING]
FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
CANCELLED = "The run was cancelled before it was done."
GONE = "Its worker ended before it did, and so did those that tried again."
UNCANCELLED = "what was submitted could not be cancelled, as the database does not answer: it is executed none the less"
_GLANCE = 0.5
_LATER = 5  # seconds in which the daemon says that it starts a run again
_TRIES = 3  # to submit a run, where server and database answer
_SILENT = (DagsterPostgresException, OperationalError, InterfaceError)  # the database does not answer
_Answer = TypeVar("_Answer")


@dataclass
class FleetRuns:
    """Submits runs of a data root; `on_wait` is called again and again while they are awaited.

    Server or database may be away for a while (they are started again, say): then it waits for them, too.
    """

    root: DataRoot
    on_wait: Callable[[], None] = field(default=lambda: None)

    def __post_init__(self) -> None:
        """Open the run history, and live: what this process submits, it sees to the end, and no sensor goes before."""
        self._life = ExitStack()  # ends with the process at the latest
        self._process = self._life.enter_context(living(self.root))
        self._instance = open_instance(self.root, self._process)
        self._is_broken_off = Event()

    def link(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        """The first half of each district's month, as they end."""
        yield from self._of_districts(link_district.name, period, districts)

    def decide(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        """The second half of each district's month, as they end."""
        yield from self._of_districts(decide_district.name, period, districts)

    def compare(self, period: str) -> RecordedRun:
        """Between the halves: people on the lists of two districts."""
        return self._of_month(compare_districts.name, period)

    def publish(self, period: str) -> RecordedRun:
        """Bring what is published of all districts up to date."""
        return self._of_month(publish_period.name, period)

    def _of_month(self, job: str, period: str) -> RecordedRun:
        [(_, ended)] = self._ended({self._submit(job, period, period): period})
        return ended

    def _of_districts(self, job: str, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        known = largest_first(self.root, period, districts)
        self._answered(lambda: know_districts(self._instance, known))
        with ThreadPoolExecutor(1) as thread:  # a Ctrl-C breaks off no submission in the middle
            submitted = [thread.submit(self._submit_district, job, period, district) for district in known]
            try:
                runs = {run.result(): district for run, district in zip(submitted, known, strict=True)}
            except BaseException:
                self._is_broken_off.set()
                thread.shutdown(cancel_futures=True)
                self._cancel()
                raise
        yield from self._ended(runs)

    def _submit_district(self, job: str, period: str, district: str) -> str:
        return self._submit(job, period, str(partition_key(period, district)), name_tags(district))

    def _submit(self, job: str, period: str, key: str, tags: Mapping[str, str] = MappingProxyType({})) -> str:
        """Submit a run, as soon as server and database answer. Returns its id.

        Raises:
            FleetError: they answer and do not take it.

        """
        refused = 0
        while refused < _TRIES and not self._is_broken_off.is_set():
            try:
                return self._submitted(job, period, key, tags)
            except (FleetError, DagsterGraphQLClientError):  # whose words quote the whole question
                refused += self._answers()
            self.on_wait()
            time.sleep(_LATER)
        message = f"the server of the fleet does not take {key.replace('|', ' ')}: see what it says, then run it again."
        raise FleetError(message)

    def _submitted(self, job: str, period: str, key: str, tags: Mapping[str, str]) -> str:
        dimensions = [
            ("dagster/partition/month", period),
            *(("dagster/partition/district", d) for d in districts_of(key)),
        ]
        server = answering_server(self.root)
        return DagsterGraphQLClient(server.host, port_number=server.port).submit_job_execution(
            job,
            repository_location_name=LOCATION,
            repository_name="__repository__",
            tags={
                "dagster/partition": key,
                **(dict(dimensions) if "|" in key else {}),
                PROCESS_TAG: self._process,
                **tags,
            },
        )

    def _answers(self) -> bool:
        """Whether server and database do."""
        try:
            answering_server(self.root)
            held_numbers()
        except FleetError:
            return False
        return True

    def _answered(self, ask: Callable[[], _Answer]) -> _Answer:
        """What the run history answers, as soon as its database does."""
        while True:
            try:
                with _quiet():
                    return ask()
            except _SILENT:
                self.on_wait()
                time.sleep(_GLANCE)

    def _ended(self, runs: dict[str, str]) -> Iterator[tuple[str, RecordedRun]]:
        """How the runs end, each with what it is of; those that the daemon starts again are followed."""
        left = dict(runs)
        try:
            while left:
                finished = dg.RunsFilter(run_ids=[*left], statuses=FINISHED)
                for record in self._answered(lambda of=finished: self._instance.get_run_records(of)):  # type: ignore[misc]
                    run = record.dagster_run
                    again = self._started_again(record)
                    if again is None:
                        ended = self._answered(lambda of=record: self._recorded(of))  # type: ignore[misc]
                        yield left.pop(run.run_id), ended
                    elif again:
                        left[again] = left.pop(run.run_id)
                self.on_wait()
                time.sleep(_GLANCE)
        except BaseException:
            self._cancel()
            raise

    def _started_again(self, record: dg.RunRecord) -> str | None:
        """The run in the place of one whose worker died: empty, if it is still to come; `None`, if none will."""
        run = record.dagster_run
        if run.tags.get("dagster/will_retry") == "true":
            return run.tags.get("dagster/auto_retry_run_id", "")
        is_noted = run.status is not dg.DagsterRunStatus.FAILURE or "dagster/will_retry" in run.tags
        return None if is_noted or time.time() - (record.end_time or 0) > _LATER else ""

    def _recorded(self, record: dg.RunRecord) -> RecordedRun:
        run, seconds = record.dagster_run, (record.end_time or 0) - (record.start_time or record.end_time or 0)
        reason, marks = self._why(run)
        return ended_with(run.run_id, reason, marks, seconds)

    def _why(self, run: dg.DagsterRun) -> tuple[str, frozenset[str]]:
        if run.is_success:
            return "", frozenset()
        for entry in self._instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE):
            if entry.dagster_event is not None:
                return why_step_failed(entry.dagster_event)
        return (CANCELLED if run.status is dg.DagsterRunStatus.CANCELED else GONE), frozenset()

    def _cancel(self) -> None:
        """Cancel what this process has submitted and no worker has begun; what is under way comes to its end."""
        try:
            with _quiet():
                for run in self._instance.get_runs(dg.RunsFilter(tags={PROCESS_TAG: self._process}, statuses=WAITING)):
                    self._instance.report_run_canceled(
                        run, "Cancelled by who had submitted it, before a worker began it."
                    )
        except _SILENT:
            sys.stderr.write(f"welfare: {UNCANCELLED}.\n")


@contextmanager
def _quiet() -> Iterator[None]:
    """Inside, dagster-postgres does not tell of each of its tries: whoever waits says it once, in plain words."""
    told_from = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        yield
    finally:
        logging.disable(told_from)
