"""What a fleet is set by: two variables beside the data root, and how Celery is to behave.

Imported by the parent of a worker's pool, so nothing heavy stands here.
"""

import os
from typing import Any

from welfare_pipeline.defs.served import TASK_TAG

BROKER = "WELFARE_BROKER"  # redis://..., or rediss:// with TLS; also keeps the state of each task
DATABASE = "WELFARE_DATABASE"  # postgresql://...
LARGE, SMALL = "large", "small"  # the two queues, by what a district has landed
QUEUE_TAG = "dagster-celery/queue"
VERSION_TAG = "welfare/version"  # of a run: the code and the policy by which it was launched

CELERY: dict[str, Any] = {
    "worker_disable_prefetch": True,  # a district waits in the queue, where any worker may take it, not in a worker
    "worker_prefetch_multiplier": 1,
    "worker_proc_alive_timeout": 600.0,  # a pool's child imports for seconds before it answers
    "worker_hijack_root_logger": False,
    "broker_connection_retry_on_startup": True,
    "broker_transport_options": {
        "queue_order_strategy": "priority",  # who serves both queues takes from the large one first
        "visibility_timeout": 60,  # seconds; a task is acknowledged when it begins, so none waits longer for it
        "socket_connect_timeout": 5,
        "max_retries": 3,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 0.5,
    },
    "result_expires": 7 * 24 * 3600,
}


__all__ = [
    "BROKER",
    "CELERY",
    "DATABASE",
    "LARGE",
    "QUEUE_TAG",
    "SMALL",
    "TASK_TAG",
    "VERSION_TAG",
    "FleetError",
    "app_settings",
    "required",
]


class FleetError(Exception):
    """The fleet cannot do what was asked; the message says what is missing and what to do."""


def required(variable: str) -> str:
    """The value of one of the two settings.

    Raises:
        FleetError: it is not set.

    """
    value = os.environ.get(variable, "").strip()
    if value:
        return value
    example = {BROKER: "redis://127.0.0.1:6379/0", DATABASE: "postgresql://welfare:...@127.0.0.1:5432/welfare"}[
        variable
    ]
    message = f"{variable} is not set: a fleet needs it beside the data root, for example {variable}={example}"
    raise FleetError(message)


def app_settings() -> dict[str, Any]:
    """What Celery's application is made with, in a worker as in whoever asks workers."""
    broker = required(BROKER)
    return {"broker": broker, "backend": broker, "task_default_queue": SMALL, "config_source": dict(CELERY)}
