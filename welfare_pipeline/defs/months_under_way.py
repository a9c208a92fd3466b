"""How a month goes on by itself when the last of its runs has ended: districts are compared, decided, published, once.

Publication looks at runs of any kind, whoever started them: a job, assets that somebody materialises, a backfill,
`welfare run`. Only what the job `link_district` has linked is compared and decided.
"""

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta

import dagster as dg

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.defs.automation import SENSOR_STATUS
from welfare_pipeline.defs.instance import is_of_living_process
from welfare_pipeline.defs.jobs import compare_districts, decide_district, publish_period
from welfare_pipeline.defs.linked import UNFINISHED, linked_districts, was_asked_for
from welfare_pipeline.defs.partitions import name_tags, partition_key
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.lake import DataRoot, digest_of_texts
from welfare_pipeline.publish.databases import district_lacks, months_behind

FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE]
OVERLAP = timedelta(minutes=2)  # looked at twice: a run is noted as ended a moment after it has
BACKFILLS_LOOKED_AT = 50
OWN_PUBLICATIONS = [dg.AssetKey(name) for name in ("district_database", "worklists", "report")]


@dataclass
class Memory:
    """What the sensor has in its cursor: until when it looked at runs, and by month when one last ended, and which."""

    until: float
    ended: dict[str, tuple[float, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, cursor: str | None) -> "Memory | None":
        """That of the cursor; `None`, if there is none, or somebody has spoilt it."""
        with suppress(ValueError, TypeError, AttributeError, KeyError):
            kept = json.loads(cursor or "{}")
            ended = {str(period): (float(at), str(run)) for period, (at, run) in kept["ended"].items()}
            return cls(float(kept["until"]), ended)
        return None

    def written(self) -> str:
        """As a cursor."""
        return json.dumps(asdict(self), sort_keys=True)


@dg.sensor(
    jobs=[compare_districts, decide_district, publish_period],
    minimum_interval_seconds=30,
    default_status=SENSOR_STATUS,
    description="What follows when the last run of a month has ended, whoever started it: in the end its publication.",
)
def months_under_way(context: dg.SensorEvaluationContext, data: WelfareData) -> dg.SensorResult:
    """The next runs of each month whose districts were run since it was published, once none of it is running."""
    data.root.refresh()
    memory = Memory.read(context.cursor) or _begun(data.root, context.instance)
    memory = _looked_at_runs(memory, context.instance)
    ever = {period for period, _ in data.root.ever_made()}
    memory.ended = {period: ended for period, ended in memory.ended.items() if period in ever}
    running = [month for month, (_, run) in memory.ended.items() if _is_running(month, run, context.instance, data)]
    due = sorted(memory.ended.keys() - {*running})
    requests = [run for month in due for run in _next_runs(month, memory.ended[month][1], data.root, context.instance)]
    requests = requests or _left_behind(memory, context.instance, data)
    return dg.SensorResult(
        run_requests=requests,
        skip_reason=None if requests else _nothing_to_do(running),
        cursor=memory.written(),
    )


def _begun(root: DataRoot, instance: dg.DagsterInstance) -> Memory:
    """The memory of somebody who looks for the first time: months with districts that are linked and not decided."""
    now = datetime.now(UTC).timestamp()
    months = {period for period, _ in root.ever_made()}
    return Memory(now, {month: (now, "linked") for month in months if linked_districts(root, month, instance)})


def _next_runs(period: str, last_run: str, root: DataRoot, instance: dg.DagsterInstance) -> list[dg.RunRequest]:
    districts = [district for of, district in root.ever_made() if of == period]
    linked = linked_districts(root, period, instance)
    compared = f"{period}/{digest_of_texts(linked.values())[:16]}"
    if linked and len(districts) > 1 and not was_asked_for(compared, instance):
        return [dg.RunRequest(compared, job_name=compare_districts.name, partition_key=period)]
    next_runs = [_of_district(period, district, key) for district, key in linked.items()] or [
        _of_district(period, district, key, OWN_PUBLICATIONS)
        for district in districts
        if (lacking := district_lacks(root, period, district))
        and not was_asked_for(key := f"{period}/{district}/{lacking[:16]}", instance)
    ]
    return next_runs or [dg.RunRequest(f"{period}/{last_run}", job_name=publish_period.name, partition_key=period)]


def _of_district(period: str, district: str, key: str, assets: Sequence[dg.AssetKey] | None = None) -> dg.RunRequest:
    """A run of the second half of a district's month, or of these assets of it only."""
    return dg.RunRequest(
        key,
        job_name=decide_district.name,
        partition_key=partition_key(period, district),
        tags=name_tags(district),
        asset_selection=assets,
    )


def _left_behind(memory: Memory, instance: dg.DagsterInstance, data: WelfareData) -> list[dg.RunRequest]:
    """The publication of the last month that is published otherwise than the lake has it, though no run of it ended.

    Somebody rolled it back, or its publication was killed. One run brings all months up to date.
    """
    behind = {month: lacking for month, lacking in months_behind(data.root).items() if month not in memory.ended}
    for month in sorted(behind, reverse=True)[:1]:
        key = f"{month}/{behind[month][:16]}"
        if not was_asked_for(key, instance) and not _is_running(month, "", instance, data):
            return [dg.RunRequest(key, job_name=publish_period.name, partition_key=month)]
    return []


def _nothing_to_do(running: Iterable[str]) -> str:
    waiting = ", ".join(sorted(running))
    return f"{waiting}: runs are still under way." if waiting else "Every month whose runs have ended is published."


def _looked_at_runs(memory: Memory, instance: dg.DagsterInstance) -> Memory:
    """The memory after a look at what has ended since; a month that was published afterwards is forgotten."""
    since = datetime.fromtimestamp(memory.until, UTC) - OVERLAP
    looked_at = datetime.now(UTC).timestamp()
    records = instance.get_run_records(dg.RunsFilter(statuses=FINISHED, updated_after=since))
    ended, published = dict(memory.ended), dict[str, float]()
    for record in records:
        run, period = record.dagster_run, _month_of(record.dagster_run)
        at = record.end_time or record.create_timestamp.timestamp()
        if period is None or (at < memory.until - OVERLAP.total_seconds()):
            continue
        if run.job_name == publish_period.name:
            published[period] = max(record.start_time or at, published.get(period, 0))
        elif "|" in run.tags["dagster/partition"]:
            ended[period] = max((at, run.run_id), ended.get(period, (0.0, "")))
    still = {period: last for period, last in ended.items() if last[0] > published.get(period, 0)}
    return Memory(looked_at, still)


def _month_of(run: dg.DagsterRun) -> str | None:
    period = run.tags.get("dagster/partition", "").rpartition("|")[2]
    return period if is_period(period) else None


def _is_running(period: str, last_run: str, instance: dg.DagsterInstance, data: WelfareData) -> bool:
    """Whether something of the month is still to come: a run, a backfill, or more of a `welfare run`."""
    for tag in ("dagster/partition/month", "dagster/partition"):
        if instance.get_runs_count(dg.RunsFilter(statuses=UNFINISHED, tags={tag: period})):
            return True
    backfills = instance.get_backfills(limit=BACKFILLS_LOOKED_AT)
    if any(backfill.status.value in {"REQUESTED", "CANCELING"} for backfill in backfills):
        return True
    run = instance.get_run_by_id(last_run)
    return run is not None and is_of_living_process(run, data.root)
