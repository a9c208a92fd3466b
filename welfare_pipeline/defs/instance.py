"""The Dagster instance of a data root: its home, its settings, and runs that died with their process."""

import os
import socket
from importlib.resources import files
from pathlib import Path

import dagster as dg

from welfare_pipeline.defs.resources import DATA_VARIABLE
from welfare_pipeline.lake import DataRoot

PROCESS_TAG = "welfare/process"


def prepare_home(root: DataRoot) -> Path:
    """Make `<data>/dagster` (with the shipped settings, unless it has its own) Dagster's home in this process."""
    home = root.dagster.resolve()
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    if not settings.exists():
        settings.write_text(files("welfare_pipeline.defs").joinpath("dagster.yaml").read_text("utf-8"), "utf-8")
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ[DATA_VARIABLE] = str(root.path.resolve())
    return home


def open_instance(root: DataRoot) -> dg.DagsterInstance:
    """The instance in `<data>/dagster`, with the runs of processes that are gone closed as failed."""
    prepare_home(root)
    instance = dg.DagsterInstance.get()
    _close_abandoned_runs(instance)
    return instance


def this_process() -> str:
    """How a run names the process it lives in."""
    return f"{socket.gethostname()}:{os.getpid()}"


def _close_abandoned_runs(instance: dg.DagsterInstance) -> None:
    begun = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
    for run in instance.get_runs(begun):
        if _is_gone(run.tags.get(PROCESS_TAG, "")):
            instance.report_run_failed(run, "The process of this run ended before the run did; run it again.")


def _is_gone(process: str) -> bool:
    host, _, number = process.rpartition(":")
    return host == socket.gethostname() and not Path(f"/proc/{number}").exists()
