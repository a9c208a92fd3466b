"""Runs in this process, recorded in the instance like those of the daemon: importing costs more than a district."""

import logging
import time
from collections.abc import Callable, Container, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import dagster as dg

from welfare_pipeline.defs.everything import definitions
from welfare_pipeline.defs.failures import HELD_BACK, PARTLY_FORMER, SUPERSEDED
from welfare_pipeline.defs.history import (
    history_kept_open,
    leave_imports_alone,
    leave_outputs_out,
    outputs_of_checks,
)
from welfare_pipeline.defs.instance import living, open_instance
from welfare_pipeline.defs.jobs import (
    compare_districts,
    decide_district,
    link_district,
    publish_period,
    reconcile_district,
)
from welfare_pipeline.defs.partitions import districts_of, know_districts, partition_key
from welfare_pipeline.defs.publication import FROM_NOTHING
from welfare_pipeline.defs.served import NOT_AGAIN, PROCESS_TAG, shown_under_their_jobs
from welfare_pipeline.lake import DataRoot

OnStep = Callable[[str], None]
LOGGER = "steps"
INTERRUPTIONS = ("DagsterExecutionInterruptedError", "KeyboardInterrupt")  # how Dagster records a Ctrl-C


@dataclass(frozen=True)
class RecordedRun:
    """How a run ended: `reason` (empty: it succeeded) is one sentence; `seconds` of wall time."""

    run_id: str
    reason: str
    is_held_back: bool
    seconds: float
    is_partly_former: bool = False
    is_superseded: bool = False  # another machine has gone on with the district: no error

    def followed_by(self, next_run: "RecordedRun") -> "RecordedRun":
        """Both as one: how the next one ended, and the time of both."""
        return replace(next_run, seconds=self.seconds + next_run.seconds)


def ended_with(run_id: str, reason: str, marks: Container[str], seconds: float) -> RecordedRun:
    """A run that ended so; `marks`: of its failure."""
    return RecordedRun(run_id, reason, HELD_BACK in marks, seconds, PARTLY_FORMER in marks, SUPERSEDED in marks)


@dataclass
class Recorder:
    """Runs jobs of the data root one after another; `on_step` is told the name of each step that begins."""

    root: DataRoot
    on_step: OnStep = field(default=lambda _: None)

    def __post_init__(self) -> None:
        """Open the instance and load the definitions once for all runs."""
        self._life = ExitStack()  # ends with the process at the latest
        self._process = self._life.enter_context(living(self.root))
        self._instance = open_instance(self.root, self._process)
        self._life.enter_context(history_kept_open(self._instance))
        self._life.enter_context(shown_under_their_jobs(self._instance))
        quiet = dg.Definitions(loggers={LOGGER: _step_logger(self.on_step)})
        self._definitions = dg.Definitions.merge(definitions(), quiet)
        leave_outputs_out(self._life, self._instance.event_log_storage, outputs_of_checks(self._definitions))
        leave_imports_alone()

    def reconcile(self, period: str, district: str) -> RecordedRun:
        """One district's month by itself, both halves."""
        return self._run(reconcile_district.name, partition_key(period, district))

    def link(self, period: str, district: str) -> RecordedRun:
        """The first half of a district's month: read, check, find who is who."""
        know_districts(self._instance, [district])
        return self._run(link_district.name, partition_key(period, district))

    def compare(self, period: str) -> RecordedRun:
        """Between the halves: people on the lists of two districts."""
        return self._run(compare_districts.name, period)

    def decide(self, period: str, district: str) -> RecordedRun:
        """The second half of a district's month: decide, and publish what is the district's own."""
        return self._run(decide_district.name, partition_key(period, district))

    def publish(self, period: str, *, from_nothing: bool = False) -> RecordedRun:
        """Bring what is published of all districts up to date, or build it `from_nothing`."""
        return self._run(publish_period.name, period, {FROM_NOTHING: "true"} if from_nothing else {})

    def _run(self, job: str, key: str, tags: Mapping[str, str] = MappingProxyType({})) -> RecordedRun:
        begun = time.monotonic()
        know_districts(self._instance, districts_of(key))
        result = self._definitions.resolve_job_def(job).execute_in_process(
            instance=self._instance,
            partition_key=key,
            raise_on_error=False,
            tags={PROCESS_TAG: self._process, **NOT_AGAIN, **tags},
            run_config={"loggers": {LOGGER: {}}},
        )
        reason, marks = ("", frozenset[str]()) if result.success else _why(result)
        seconds = time.monotonic() - begun
        return ended_with(result.run_id, reason, marks, seconds)


def _why(result: dg.ExecuteInProcessResult) -> tuple[str, frozenset[str]]:
    """Reason and the marks that the failure bears; a Ctrl-C goes on to the caller."""
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            if error is not None and error.cls_name in INTERRUPTIONS:
                raise KeyboardInterrupt
            return why_step_failed(event)
    return "The run ended before its first step.", frozenset()


def why_step_failed(event: dg.DagsterEvent) -> tuple[str, frozenset[str]]:
    """The sentence that a step failed with, and the marks that its failure bears."""
    told = event.step_failure_data.user_failure_data
    if told is None:
        return f"The step '{event.step_key}' stopped on an unexpected error.", frozenset()
    return told.description or "", frozenset(told.metadata)


class _StepHandler(logging.Handler):
    """Passes on the beginning of steps and shows nothing else."""

    def __init__(self, on_step: OnStep) -> None:
        super().__init__()
        self._on_step = on_step

    def emit(self, record: logging.LogRecord) -> None:
        event: Any = getattr(record, "dagster_event", None)
        if event is not None and event.event_type_value == "STEP_START":
            self._on_step(event.step_key)


def _step_logger(on_step: OnStep) -> dg.LoggerDefinition:
    def steps(_: dg.InitLoggerContext) -> logging.Logger:
        logger = logging.getLogger("welfare_steps")
        logger.handlers = [_StepHandler(on_step)]
        logger.setLevel(logging.DEBUG)  # the beginning of a step is a debug message
        logger.propagate = False
        return logger

    return dg.LoggerDefinition(steps, description="Follows the steps of a run.")
