"""Runs in this process belong to the definitions that the pages show: they stand under their job and in the timeline.

`execute_in_process` has no word for it, and Dagster's class for it is private. What is given here is the form in which
Dagster keeps it in every run history, which later versions read, too.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import dagster as dg
from dagster_shared.serdes import deserialize_value

LOCATION = "welfare_pipeline.definitions"  # in workspace.yaml and `welfare ui`, too
PROCESS_TAG = ".dagster/welfare_process"  # of a run: the command that executes it itself; pages do not show such a tag
FORMER_PROCESS_TAG = "welfare/process"  # of runs that a former version has recorded
TASK_TAG = "dagster-celery/task_id"  # of a run: the task of a fleet that executes it, whoever submitted it
NOT_AGAIN = {"dagster/max_retries": "0"}  # the daemon does not start again what a person has stopped


@contextmanager
def shown_under_their_jobs(instance: dg.DagsterInstance) -> Iterator[None]:
    """Inside, every run that is made in this process belongs to the served definitions."""
    make = instance.create_run_for_job
    setattr(instance, "create_run_for_job", partial(_belonging, make))  # noqa: B010  a method of this instance only
    try:
        yield
    finally:
        delattr(instance, "create_run_for_job")


def _belonging(make: Any, job_def: dg.JobDefinition, **words: Any) -> dg.DagsterRun:  # noqa: ANN401  as the method
    return make(job_def=job_def, **words | {"remote_job_origin": _origin(job_def.name)})  # type: ignore[no-any-return]


def _origin(job: str) -> object:
    location = {"__class__": "RegisteredRepositoryLocationOrigin", "location_name": LOCATION}
    repository = {
        "__class__": "ExternalRepositoryOrigin",
        "repository_location_origin": location,
        "repository_name": "__repository__",
    }
    kept = {"__class__": "ExternalPipelineOrigin", "external_repository_origin": repository, "pipeline_name": job}
    return deserialize_value(json.dumps(kept))
