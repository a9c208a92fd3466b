"""The application that `welfare fleet worker` lets Celery's workers run.

The task is Dagster's. Ours are what comes before it in the pool's child: everything is imported after the fork (threads
of Polars and DuckDB do not survive one) and stays; the run is held, so that others see it alive; a run that is not for
this worker goes back to its queue, and the worker ends.
"""

import ctypes
import importlib
import logging
import os
import signal
import sys
from functools import cache
from typing import TYPE_CHECKING, Any

from celery import Celery, Task
from celery.signals import worker_process_init
from dagster_celery.make_app import make_app
from dagster_celery.tasks import create_execute_job_task
from dagster_shared.serdes import unpack_value

from welfare_pipeline.contracts.versions import code_version
from welfare_pipeline.defs.fleet.settings import app_settings

if TYPE_CHECKING:
    import dagster as dg

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG
WARM = ("welfare_pipeline.definitions", "welfare_pipeline.checks.suite", "welfare_pipeline.defs.fleet.version")


class HeldTask(Task):
    """A run in a pool's child."""

    def __call__(self, execute_job_args_packed: dict[str, Any]) -> int:
        """Execute the run unless another worker does. Returns 1 if it failed, as Dagster's task does."""
        from welfare_pipeline.defs.fleet.liveness import held  # noqa: PLC0415  after the fork

        asked: Any = unpack_value(execute_job_args_packed)
        run_id: str = asked.run_id
        with held(run_id) as is_free:
            if not is_free:
                return 0
            self._refuse_another_version(run_id)
            return int(self.run(execute_job_args_packed))

    def _refuse_another_version(self, run_id: str) -> None:
        """Give the run back for workers of its version, and end this one once its other runs are done."""
        from welfare_pipeline.defs.fleet.version import why_refused  # noqa: PLC0415
        from welfare_pipeline.defs.resources import data_root  # noqa: PLC0415

        run = _instance().get_run_by_id(run_id)
        refusal = why_refused(data_root(), run.tags) if run else None
        if refusal is not None:
            sys.stderr.write(f"welfare: {refusal}\n")
            self.app.control.shutdown(destination=[self.request.hostname])
            raise self.retry(countdown=0, max_retries=None)


@cache
def _instance() -> "dg.DagsterInstance":
    import dagster as dg  # noqa: PLC0415

    return dg.DagsterInstance.get()


def end_with_parent() -> None:
    """End at once when the parent does, however it ends: no run goes on of a worker that is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)


@worker_process_init.connect
def import_everything(**_: object) -> None:
    """What a district needs, once for all that this child runs; which version that is, is noted now."""
    end_with_parent()
    logging.disable(logging.INFO)
    for module in WARM:
        importlib.import_module(module)
    from welfare_pipeline.defs.fleet.storage import unused_outputs  # noqa: PLC0415  after the fork
    from welfare_pipeline.defs.history import leave_imports_alone  # noqa: PLC0415

    code_version()
    unused_outputs()
    leave_imports_alone()


app: Celery = make_app(app_settings())
execute_job = create_execute_job_task(app, base=HeldTask)
end_with_parent()
os.environ.setdefault("DAGSTER_EVENT_BATCH_SIZE", "1000")  # what belongs together is written together
