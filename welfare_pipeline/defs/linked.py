"""Which districts of a month the job `link_district` has linked, and nobody has decided yet; what is running."""

import dagster as dg

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.tables import LINKS
from welfare_pipeline.defs.jobs import link_district
from welfare_pipeline.defs.served import PROCESS_TAG
from welfare_pipeline.lake import DataRoot, pointer_of

RUN_KEY = "dagster/run_key"
UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def periods_under_way(root: DataRoot, instance: dg.DagsterInstance) -> set[str]:
    """The months of which a run has not ended, or a linked district is still to be decided."""
    runs = instance.get_runs(dg.RunsFilter(statuses=UNFINISHED))
    running = {run.tags.get("dagster/partition", "").rpartition("|")[2] for run in runs}
    linked = {
        period
        for period, district in root.ever_made()
        if (key := _key(root, period, district, instance)) and not was_asked_for(key, instance)
    }
    return {period for period in running | linked if is_period(period)}


def linked_districts(root: DataRoot, period: str, instance: dg.DagsterInstance) -> dict[str, str]:
    """The key of the run that is to decide each of them, by district code; it is asked for once.

    What `welfare run` links, it decides itself.
    """
    keys = {
        district: key
        for of_period, district in root.ever_made()
        if of_period == period and (key := _key(root, period, district, instance))
    }
    return {district: key for district, key in keys.items() if not was_asked_for(key, instance)}


def was_asked_for(key: str, instance: dg.DagsterInstance) -> bool:
    """Whether there was a run of this key."""
    return instance.get_runs_count(dg.RunsFilter(tags={RUN_KEY: key})) > 0


def _key(root: DataRoot, period: str, district: str, instance: dg.DagsterInstance) -> str | None:
    pointer, newest = pointer_of(root.lake, period, district), root.partition(period, district)
    if pointer.newest == pointer.published or pointer.is_refused or not newest.has(LINKS.name):
        return None
    run = instance.get_run_by_id(pointer.run_id) if pointer.run_id else None
    if run is None or run.job_name != link_district.name or PROCESS_TAG in run.tags:
        return None
    return f"{period}/{district}/{pointer.newest}"
