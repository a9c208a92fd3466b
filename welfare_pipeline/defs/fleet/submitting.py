"""A month's runs on the fleet: submitted through Dagster's GraphQL, followed in its run history to their end."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from types import MappingProxyType

import dagster as dg
from dagster_graphql import DagsterGraphQLClient

from welfare_pipeline.defs.fleet.queues import largest_first
from welfare_pipeline.defs.fleet.server import Server
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
_GLANCE = 0.5
_LATER = 5  # seconds in which the daemon says that it starts a run again


@dataclass
class FleetRuns:
    """Submits runs of a data root; `on_wait` is called again and again while they are awaited."""

    root: DataRoot
    server: Server
    on_wait: Callable[[], None] = field(default=lambda: None)

    def __post_init__(self) -> None:
        """Open the run history, and live: what this process submits, it sees to the end, and no sensor goes before."""
        self._life = ExitStack()  # ends with the process at the latest
        self._process = self._life.enter_context(living(self.root))
        self._instance = open_instance(self.root, self._process)
        self._client = DagsterGraphQLClient(self.server.host, port_number=self.server.port)

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
        know_districts(self._instance, known)
        with ThreadPoolExecutor(1) as thread:  # a Ctrl-C breaks off no submission in the middle
            submitted = [thread.submit(self._submit_district, job, period, district) for district in known]
            try:
                runs = {run.result(): district for run, district in zip(submitted, known, strict=True)}
            except BaseException:
                thread.shutdown(cancel_futures=True)
                self._cancel()
                raise
        yield from self._ended(runs)

    def _submit_district(self, job: str, period: str, district: str) -> str:
        return self._submit(job, period, str(partition_key(period, district)), name_tags(district))

    def _submit(self, job: str, period: str, key: str, tags: Mapping[str, str] = MappingProxyType({})) -> str:
        dimensions = [
            ("dagster/partition/month", period),
            *(("dagster/partition/district", d) for d in districts_of(key)),
        ]
        return self._client.submit_job_execution(
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

    def _ended(self, runs: dict[str, str]) -> Iterator[tuple[str, RecordedRun]]:
        """How the runs end, each with what it is of; those that the daemon starts again are followed."""
        left = dict(runs)
        try:
            while left:
                for record in self._instance.get_run_records(dg.RunsFilter(run_ids=[*left], statuses=FINISHED)):
                    run = record.dagster_run
                    again = self._started_again(record)
                    if again is None:
                        yield left.pop(run.run_id), self._recorded(record)
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
        for run in self._instance.get_runs(dg.RunsFilter(tags={PROCESS_TAG: self._process}, statuses=WAITING)):
            self._instance.report_run_canceled(run, "Cancelled by who had submitted it, before a worker began it.")
