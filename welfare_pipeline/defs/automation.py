"""When a month begins to be worked on by itself: on its day, and when files land or change.

How it goes on from there stands in `months_under_way.py`.
"""

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import TypeVar

import dagster as dg

from welfare_pipeline.contracts.period import previous
from welfare_pipeline.defs.arrivals import Arrivals, arrivals
from welfare_pipeline.defs.delivered import Deliveries
from welfare_pipeline.defs.jobs import link_district, look_for_missing_months
from welfare_pipeline.defs.linked import periods_under_way
from welfare_pipeline.defs.partitions import DISTRICTS, know_districts, name_tags, partition_key, period_and_district
from welfare_pipeline.defs.policy_shown import policy_problem
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.lake import DataRoot

SWITCH = "WELFARE_AUTOMATION"  # `off`: schedules and sensors wait until somebody switches them on in the pages
Status = TypeVar("Status", dg.DefaultSensorStatus, dg.DefaultScheduleStatus)


def status_by(switch: str, statuses: type[Status]) -> Status:
    """Whether a schedule or sensor runs that nobody has switched on or off in the pages."""
    return statuses.STOPPED if switch.casefold() == "off" else statuses.RUNNING


SCHEDULE_STATUS = status_by(os.environ.get(SWITCH, ""), dg.DefaultScheduleStatus)
SENSOR_STATUS = status_by(os.environ.get(SWITCH, ""), dg.DefaultSensorStatus)


def monthly_reconciliation(time_zone: str) -> dg.ScheduleDefinition:
    """The schedule of the month before, by the clock of the office."""
    return dg.schedule(
        name="monthly_reconciliation",
        job=link_district,
        cron_schedule="0 2 5 * *",
        execution_timezone=time_zone,
        default_status=SCHEDULE_STATUS,
        description=f"On the 5th at 02:00 ({time_zone}), the month before of every district that has landed and was "
        "not run so.",
    )(month_before)


def month_before(context: dg.ScheduleEvaluationContext, data: WelfareData) -> Iterator[dg.RunRequest | dg.SkipReason]:
    """One run for each landed district of the month before whose files are not those that were run."""
    period = previous(context.scheduled_execution_time.strftime("%Y-%m"))
    problem = policy_problem(data.root)
    found = Arrivals(data.root) if problem else arrivals(data.root, period)
    deliveries = Deliveries(data.root)
    to_run = {name: look.content for name, look in found.looks.items() if not deliveries.has(name, look.content)}
    if not to_run:
        nothing = f"No district of {period} has landed files that were not run."
        yield dg.SkipReason(problem or " ".join([nothing, *found.remarks]))
    elif found.remarks:
        context.log.warning(" ".join(found.remarks))
    with suppress(dg.DagsterInvariantViolationError):  # a test without an instance
        know_districts(context.instance, [name.split("/")[1] for name in to_run])
    for name, content in to_run.items():
        yield _request(name, f"{content[:16]}/{context.scheduled_execution_time:%Y-%m-%d}")


def missing_months(time_zone: str) -> dg.ScheduleDefinition:
    """Every morning a look at what is due and has not come."""
    return dg.ScheduleDefinition(
        "missing_months",
        job=look_for_missing_months,
        cron_schedule="0 7 * * *",
        execution_timezone=time_zone,
        default_status=SCHEDULE_STATUS,
        description="Every morning at 07:00: has the newest month that is due come from every district?",
    )


@dataclass
class Memory:
    """What the sensor has in its cursor: only folders whose files are not those that were run.

    `waiting`: how a folder looked, and since when; `asked`: the content for which a run was asked.
    """

    waiting: dict[str, tuple[str, str]] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    remarks: str = ""

    @classmethod
    def read(cls, cursor: str | None) -> "Memory":
        """That of the cursor; nothing, if somebody has spoilt it."""
        with suppress(ValueError, TypeError, AttributeError, KeyError):
            kept = json.loads(cursor or "{}")
            waiting = {str(name): (str(state), str(since)) for name, (state, since) in kept["waiting"].items()}
            return cls(waiting, dict(kept["asked"].items()), str(kept["remarks"]))
        return cls()

    def written(self) -> str:
        """As a cursor."""
        return json.dumps(asdict(self), sort_keys=True)


@dg.sensor(
    job=link_district,
    minimum_interval_seconds=60,
    default_status=SENSOR_STATUS,
    description="A district's month, when its landed files are new or changed, and were the same at two looks.",
)
def landed_files(context: dg.SensorEvaluationContext, data: WelfareData) -> dg.SensorResult | dg.SkipReason:
    """One run for each district folder whose lists are not those that were run, once nothing arrives there any more.

    Of several months the earliest is asked for, and the next when that is decided: it rests on it.
    What cannot be run (a month outside the calendar, a folder that may not be read) is named in the tick's reason to
    skip, and once in the log; the other districts go on. While the policy is wrong no run is asked for, nor
    remembered: once it is right, they are.
    """
    problem = policy_problem(data.root)
    if problem is not None:
        return dg.SkipReason(problem)
    before, found = Memory.read(context.cursor), arrivals(data.root)
    now, requests, behind = _compared(before, found, Deliveries(data.root), lambda: _under_way(context, data.root))
    if found.remarks and before.remarks != now.remarks:
        context.log.warning(" ".join(found.remarks))
    return dg.SensorResult(
        run_requests=requests,
        skip_reason=None if requests else _nothing_to_run(now.waiting, behind, found.remarks),
        cursor=now.written(),
        dynamic_partitions_requests=_new_districts(requests),
    )


def _under_way(context: dg.SensorEvaluationContext, root: DataRoot) -> set[str]:
    with suppress(dg.DagsterInvariantViolationError):  # a test without an instance
        return periods_under_way(root, context.instance)
    return set()


def _compared(
    before: Memory, found: Arrivals, deliveries: Deliveries, under_way: Callable[[], set[str]]
) -> tuple[Memory, list[dg.RunRequest], dict[str, str]]:
    """What to remember, the runs to ask for, and by folder that could be run the earlier month it waits for."""
    now, quiet = Memory(remarks=" ".join(found.remarks)), dict[str, str]()
    for name, look in sorted(found.looks.items()):
        if deliveries.has(name, look.content):
            continue
        state, since = before.waiting.get(name, ("", ""))
        if before.asked.get(name) == look.content:
            now.asked[name] = look.content
        elif state == look.state:
            quiet[name] = since
        else:
            now.waiting[name] = look.state, str(time.time_ns())
    behind = _behind(quiet, now.waiting, under_way() if quiet else set())
    now.waiting |= {name: (found.looks[name].state, quiet[name]) for name in behind}
    now.asked |= {name: found.looks[name].content for name in quiet.keys() - behind.keys()}
    requests = [
        _request(name, f"{now.asked[name][:16]}/{since}") for name, since in quiet.items() if name not in behind
    ]
    return now, requests, behind


def _behind(quiet: Iterable[str], arriving: Iterable[str], under_way: Iterable[str]) -> dict[str, str]:
    """The folders that wait, and for which month: one that is under way, or of their district and still arriving.

    So months are run in their order, as each rests on the one before, and all districts of a month together.
    """
    started, behind = {*under_way}, dict[str, str]()
    for name in quiet:
        period, district = name.split("/")
        months = started | {of for of, code in (other.split("/") for other in arriving) if code == district}
        earlier = [of for of in months if of < period]
        if earlier:
            behind[name] = max(earlier)
        else:
            started.add(period)
    return behind


def _nothing_to_run(waiting: Mapping[str, object], behind: Mapping[str, str], remarks: list[str]) -> str:
    arriving = ", ".join(sorted(waiting.keys() - behind.keys()))
    sentences = [f"{arriving}: run as soon as they look the same at the next look."] if arriving else []
    sentences += [f"{name} is run once {month} is decided." for name, month in sorted(behind.items())]
    return " ".join([*(sentences or ["No district has landed files that were not run."]), *remarks])


def _new_districts(requests: list[dg.RunRequest]) -> list[dg.AddDynamicPartitionsRequest]:
    districts = sorted({period_and_district(str(request.partition_key))[1] for request in requests})
    return [dg.AddDynamicPartitionsRequest(DISTRICTS, districts)] if districts else []


def _request(name: str, key: str) -> dg.RunRequest:
    """A run of a folder; in its key, the content for which it is asked, and when that was seen: it may come back."""
    period, district = name.split("/")
    return dg.RunRequest(
        run_key=f"{name}/{key}", partition_key=partition_key(period, district), tags=name_tags(district)
    )
