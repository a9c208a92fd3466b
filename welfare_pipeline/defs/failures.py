"""How a step fails: with one sentence for the person who has to act, and nobody's identity in it."""

import logging
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from welfare_pipeline.contracts.policy import PolicyError
from welfare_pipeline.defs.served import PROCESS_TAG
from welfare_pipeline.lake import (
    DataRoot,
    DeclarationError,
    StoreError,
    SupersededError,
    UnknownCodeError,
    interruption,
    lake_damages,
    locked_out,
    refusal,
    shortage,
    told_damages,
)
from welfare_pipeline.publish.replacing import PublishError

PACKAGE = Path(__file__).parent.parent
HELD_BACK = "held_back"
PARTLY_FORMER = "partly_former"
NOTHING_LANDED = "nothing_landed"
NOT_MADE = "not_made"
SUPERSEDED = "superseded"
_LOG = logging.getLogger(__name__)
MOST_PLACES = 1000  # said, for else none would be looked for without stack traces


class Stopped(dg.Failure):
    """Why a step did not do its work. The pages show the class before it, and its module, had it one."""

    __module__ = "builtins"


@contextmanager
def without_stack_traces() -> Iterator[None]:
    """Inside, what Dagster records of an error is its sentence; where an unexpected one happened is in its metadata."""
    former = getattr(sys, "tracebacklimit", None)
    sys.tracebacklimit = 0
    try:
        yield
    finally:
        if former is None:
            del sys.tracebacklimit
        else:
            sys.tracebacklimit = former


def held_back(reason: str) -> dg.Failure:
    """The failure of a district whose data must not mislead anybody; running it again unchanged cannot help."""
    return Stopped(description=reason, metadata={HELD_BACK: True}, allow_retries=False)


def not_made(reason: str) -> dg.Failure:
    """The failure of a step that somebody started before those it needs; the month stands as it did."""
    return Stopped(description=reason, metadata={NOT_MADE: True}, allow_retries=False)


def nothing_landed(reason: str) -> dg.Failure:
    """The failure of a launch for what never landed: it is called off, so that no check counts as one that failed."""
    return Stopped(description=reason, metadata={NOTHING_LANDED: True}, allow_retries=False)


def superseded(reason: str) -> dg.Failure:
    """The failure of a run whose district another machine has gone on with: it is called off, as no error."""
    return Stopped(description=reason, metadata={SUPERSEDED: True}, allow_retries=False)


@contextmanager
def told_after(instance: dg.DagsterInstance, run: dg.DagsterRun) -> Iterator[None]:
    """After the steps of a run that failed, say why in the log.

    If nothing had landed, or another machine was first, it ends as cancelled.

    The checks that a failed run did not come to count as failed, and are shown in the place of every district's.
    """
    yield
    for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.STEP_FAILURE):
        told = entry.dagster_event.step_failure_data.user_failure_data if entry.dagster_event else None
        is_superseded = told is not None and SUPERSEDED in told.metadata
        if told is not None and PROCESS_TAG not in run.tags and not is_superseded:  # a command has its own words for it
            _LOG.error("%s of %s: %s", run.job_name, run.tags.get("dagster/partition"), told.description)
        if told is not None and (NOTHING_LANDED in told.metadata or is_superseded):
            instance.report_run_canceling(run, told.description)


def partly_former(told: Sequence[str]) -> dg.Failure:
    """The failure of a publication that is done, but had to keep what the former one showed of some months."""
    description = "\n".join(("the lake is damaged, and these months are shown as the former database had them:", *told))
    return Stopped(description=description, metadata={PARTLY_FORMER: True}, allow_retries=False)


@contextmanager
def told_plainly(step: str, root: DataRoot) -> Iterator[None]:
    """Turn any error of a step into a failure of one sentence.

    The message of an unexpected error may quote a cell of a list, so only its kind and place are recorded.
    """
    try:
        yield
    except SupersededError as error:
        raise superseded(str(error)) from None
    except (PolicyError, PublishError, StoreError, DeclarationError, UnknownCodeError) as error:
        raise Stopped(description=str(error), allow_retries=False) from None
    except dg.Failure as failure:
        raise Stopped(failure.description, failure.metadata, failure.allow_retries) from None
    except Exception as error:  # noqa: BLE001  whatever it is, its message must not be recorded
        if stopped_by := interruption(error):
            raise stopped_by from None
        raise _known(step, root, error) or _unexpected(step, error) from None


def _known(step: str, root: DataRoot, error: Exception) -> dg.Failure | None:
    told = shortage(error) or refusal(error) or _damaged(root) or locked_out(error)
    return None if told is None else Stopped(f"The step '{step}' stopped. {told}", allow_retries=False)


def _damaged(root: DataRoot) -> str | None:
    """What is wrong with the lake, if that may be why a step stopped."""
    try:
        return "\n".join(told_damages(root, lake_damages(root))) or None
    except Exception:  # noqa: BLE001  the error to be told is the one before
        return None


def _unexpected(step: str, error: Exception) -> dg.Failure:
    places = _places(error)
    where = f" at {places[-1]}" if places else ""
    return Stopped(
        description=f"The step '{step}' stopped on an unexpected {type(error).__name__}{where}.",
        metadata={"places": "\n".join(places)},
    )


def _places(error: Exception) -> list[str]:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__, MOST_PLACES) if frame.filename != __file__]
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    return [f"{Path(frame.filename).relative_to(PACKAGE)}:{frame.lineno} {frame.name}" for frame in ours]
