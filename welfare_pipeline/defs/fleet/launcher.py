"""Dagster's Celery launcher, told which queue a run waits in and which workers may take it."""

from typing import Any

import dagster as dg
from dagster_celery.launcher import CeleryRunLauncher

from welfare_pipeline.defs.fleet.queues import queue_of
from welfare_pipeline.defs.fleet.settings import CELERY, QUEUE_TAG, VERSION_TAG
from welfare_pipeline.defs.fleet.version import version_of
from welfare_pipeline.defs.resources import data_root


class FleetRunLauncher(CeleryRunLauncher):
    """Hands runs to the fleet's workers."""

    def __init__(self, **settings: Any) -> None:
        """As in `dagster.yaml`, with Celery behaving as in the workers."""
        super().__init__(**{**settings, "config_source": {**CELERY, **(settings.get("config_source") or {})}})

    def launch_run(self, context: Any) -> None:  # noqa: ANN401  Dagster's class for it is private
        """Put the run into its queue."""
        run, root = context.dagster_run, data_root()
        partition = run.tags.get("dagster/partition", "")
        root.refresh(*reversed(partition.split("|")))
        self._instance.add_run_tags(run.run_id, {QUEUE_TAG: queue_of(root, partition), VERSION_TAG: version_of(root)})
        super().launch_run(context._replace(dagster_run=self._instance.get_run_by_id(run.run_id)))

    def terminate(self, run_id: str) -> bool:
        """Take the run away from its worker; that it is cancelled is noted first, so that nobody starts it again."""
        run = self._instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            return False
        if run.status is not dg.DagsterRunStatus.CANCELING:
            self._instance.report_run_canceling(run)
        return bool(super().terminate(run_id))

    @property
    def supports_check_run_worker_health(self) -> bool:
        """No: Celery's word that a task has started outlives the worker, and is lost with the broker's memory."""
        return False
