"""The Dagster instance of a data root: its home, its settings, and runs that died with their process."""

import json
import os
import socket
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import Any

import dagster as dg

from welfare_pipeline.defs.damaged_history import DATABASES, HistoryError, is_damaged, means_damage, move_aside
from welfare_pipeline.defs.partitions import districts_known, know_districts
from welfare_pipeline.defs.resources import DATA_VARIABLE
from welfare_pipeline.defs.served import FORMER_PROCESS_TAG, PROCESS_TAG, TASK_TAG
from welfare_pipeline.lake import DataRoot, refusal, sha256_of, shortage, write_whole

FORMER_SETTINGS = {  # as shipped once, nobody's edits
    "bb786f7197b64f98bd2fba85addc8cf4ca4797067a846c065cac2641815dbe26",
    "f6b347d77f9326042d869b5080d4bd3736a5f19e71bd317873cf289ed15b08cb",
}
_ATTEMPTS = 5
_PROCESS = "process-"
_SERVER_TAG = ".dagster/grpc_info"  # where Dagster's launcher notes it
_PATIENCE = 5.0  # seconds


def prepare_home(root: DataRoot) -> Path:
    """Make `<data>/dagster` (with the shipped settings, unless it has its own) Dagster's home in this process."""
    home = root.dagster.resolve()
    if home.exists() and not home.is_dir():
        move_aside(home)
    home.mkdir(parents=True, exist_ok=True)
    settings = home / "dagster.yaml"
    if not settings.exists() or sha256_of(settings) in FORMER_SETTINGS:
        shipped = files("welfare_pipeline.defs").joinpath("dagster.yaml").read_text("utf-8")
        with root.alone("dagster"):
            write_whole(settings, shipped)
    os.environ["DAGSTER_HOME"] = str(home)
    os.environ[DATA_VARIABLE] = str(root.path.resolve())
    return home


def open_instance(root: DataRoot, process: str) -> dg.DagsterInstance:
    """The instance in `<data>/dagster`, with the runs of processes that are gone closed as failed.

    One process at a time: two that make Dagster's tables at once get in each other's way. `process`: of `living`.

    Raises:
        HistoryError: Dagster cannot open it, and that is not because its files are damaged: those are moved aside.

    """
    home = prepare_home(root)
    with root.alone("dagster"):
        if is_damaged(home):
            move_aside(home)
        try:
            instance = _tidied(root, process)
        except Exception as error:
            if not means_damage(error):
                raise
            move_aside(home)
            instance = _tidied(root, process)
        _forget_processes(root, process)
    know_districts(instance, districts_known(root))
    return instance


def _tidied(root: DataRoot, process: str) -> dg.DagsterInstance:
    for name in DATABASES:
        _remove_half_made(root.dagster / name)
    instance = _patiently_opened(root)
    _close_abandoned_runs(instance, root, process)
    return instance


def make_history(root: DataRoot, *, serving: bool = False) -> None:
    """Make Dagster's tables before several of its processes start at once and do.

    `serving`: pages begin that start runs, so that those of former ones are closed.
    """
    with living(root) as process, open_instance(root, process) as instance:
        if serving:
            close_runs_of_gone_servers(instance)


def _patiently_opened(root: DataRoot) -> dg.DagsterInstance:
    """Another process (a plain `dagster dev`) may be making Dagster's tables at this moment."""
    for _ in range(_ATTEMPTS):
        with suppress(Exception):
            return dg.DagsterInstance.get()
        time.sleep(1)
    try:
        return dg.DagsterInstance.get()
    except Exception as error:
        if means_damage(error) or shortage(error) or refusal(error):
            raise
        raise HistoryError(root.dagster, error) from None


def know_landed_districts(root: DataRoot) -> None:
    """See that this process's instance, if it has a home, knows the districts that have landed.

    Whoever loads definitions must not fail for it: what is wrong with the instance is told where it is used.
    """
    if os.environ.get("DAGSTER_HOME"):
        with suppress(Exception), dg.DagsterInstance.get() as instance:
            know_districts(instance, districts_known(root))


@contextmanager
def living(root: DataRoot) -> Iterator[str]:
    """A name for this process, which others can see to be alive as long as it is inside."""
    name = f"{_PROCESS}{os.getpid()}-{os.urandom(4).hex()}"
    with root.alone(name):
        try:
            yield name
        finally:
            root.lock(name).unlink(missing_ok=True)


def _remove_half_made(database: Path) -> None:
    """A database whose maker was killed before Dagster noted its version in it holds nothing, but is taken as made."""
    if not database.exists():
        return
    with closing(sqlite3.connect(database)) as con:
        made = con.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchone()
        if made and con.execute("select 1 from alembic_version").fetchone():
            return
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink(missing_ok=True)


def _close_abandoned_runs(instance: dg.DagsterInstance, root: DataRoot, process: str) -> None:
    begun = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.STARTING])
    for run in instance.get_runs(begun):
        owner = _owner(run)
        if TASK_TAG not in run.tags and owner is not None and owner != process and _is_gone(root, owner):
            instance.report_run_failed(run, "The process of this run ended before the run did; run it again.")


def close_runs_of_gone_servers(instance: dg.DagsterInstance) -> None:
    """Close the runs whose code server is gone: Dagster starts them again.

    Runs go with the code server that started them. When that was killed, as by a power cut, nobody has said so, and
    Dagster's launcher does not know: such a run would count as going on, and no other of its district begin.
    """
    begun = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING])
    for run in instance.get_runs(begun):
        server = run.tags.get(_SERVER_TAG)
        if _owner(run) is None and TASK_TAG not in run.tags and server is not None and not _answers(json.loads(server)):
            instance.report_run_failed(run, "The pages ended before this run did; it is started again.")


def _answers(server: Mapping[str, Any]) -> bool:
    """Whether somebody listens where Dagster noted that the run's code server does."""
    path = server.get("socket")
    kind, address = (socket.AF_UNIX, path) if path else (socket.AF_INET, (server.get("host"), server.get("port")))
    with socket.socket(kind) as caller:
        caller.settimeout(_PATIENCE)
        try:
            caller.connect(address)
        except OSError:
            return False
    return True


def is_of_living_process(run: dg.DagsterRun, root: DataRoot) -> bool:
    """Whether the run was made by a command (`welfare run`) that is still at work."""
    owner = _owner(run)
    return owner is not None and not _is_gone(root, owner)


def _owner(run: dg.DagsterRun) -> str | None:
    return run.tags.get(PROCESS_TAG, run.tags.get(FORMER_PROCESS_TAG))


def _is_gone(root: DataRoot, process: str) -> bool:
    if not root.lock(process).exists():
        return True
    with root.alone_if_free(process) as is_free:
        return is_free


def _forget_processes(root: DataRoot, process: str) -> None:
    for file in root.lock(process).parent.glob(f"{_PROCESS}*"):
        if file.name != process and _is_gone(root, file.name):
            file.unlink(missing_ok=True)
