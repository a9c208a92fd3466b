"""`welfare fleet serve`: daemon, code server and pages of a fleet, and the look at its workers."""

import os
import sys
import time
from contextlib import suppress
from dataclasses import replace

import click
import dagster as dg

from welfare_pipeline.cli.fleet import home_of
from welfare_pipeline.cli.fleets.setting_up import require_fleet, told_plainly
from welfare_pipeline.cli.pages.services import Services
from welfare_pipeline.cli.ui import (
    pages_served,
    require_free,
    require_no_other_server,
    stop_on_signals,
    tell_wrong_policy,
)
from welfare_pipeline.defs.automation import SWITCH
from welfare_pipeline.defs.fleet.liveness import Watch
from welfare_pipeline.defs.fleet.server import Server, note, note_server
from welfare_pipeline.defs.fleet.storage import KEPT_OPEN, LAUNCHES
from welfare_pipeline.defs.fleet.version import version_of
from welfare_pipeline.defs.fleet.workers import Workers
from welfare_pipeline.defs.history import BATCH
from welfare_pipeline.defs.instance import make_history
from welfare_pipeline.lake import DataRoot

LOOK = "WELFARE_FLEET_LOOK"  # seconds between two looks at the runs' workers
SELDOM, LEAST, MOST = 3.0, 0.1, 60.0


def serve(root: DataRoot, host: str, port: int, *, by_itself: bool) -> None:
    """Serve until Ctrl-C, or until somebody removes the note of where it is (`welfare fleet stop`)."""
    require_fleet(root)
    require_no_other_server(root)
    require_free(host, port)
    pause_between_looks()
    with told_plainly():
        workers = Workers()
        workers.waiting()
    root.deployment_secret()
    home_of(root)
    make_history(root)
    tell_wrong_policy(root)
    stop_on_signals()
    os.environ[SWITCH] = "on" if by_itself else "off"
    os.environ[KEPT_OPEN] = LAUNCHES
    os.environ.setdefault(*BATCH)
    with suppress(KeyboardInterrupt), pages_served(host, port, ()) as running:
        server = Server("127.0.0.1" if host == "0.0.0.0" else host, port, version_of(root))  # noqa: S104
        note_server(root, server)
        try:
            _watch_over(root, running, workers, server)
        finally:
            note(root).unlink(missing_ok=True)
    click.echo("welfare: the fleet's server has stopped; workers go on with what they have.", err=True)


def pause_between_looks() -> float:
    """Seconds between two looks at the runs' workers.

    Raises:
        click.UsageError: what is set is no number of seconds.

    """
    told = os.environ.get(LOOK, "").strip()
    try:
        pause = float(told or SELDOM)
    except ValueError:
        pause = 0.0
    if not LEAST <= pause <= MOST:
        message = f"{LOOK} is no number of seconds from {LEAST:g} to {MOST:g}: {told}"
        raise click.UsageError(message)
    return pause


def _watch_over(root: DataRoot, running: Services, workers: Workers, server: Server) -> None:
    with dg.DagsterInstance.get() as instance:
        watch = Watch(instance, workers.task_state)
        looked, pause = time.monotonic(), pause_between_looks()

        def goes_on() -> bool:
            nonlocal looked, server
            if time.monotonic() - looked >= pause:
                _look(watch)
                server = _as_now(root, server)
                looked = time.monotonic()
            return note(root).exists()

        running.run(goes_on)


def _as_now(root: DataRoot, server: Server) -> Server:
    """The server with the policy as it is now, noted for workers: runs are launched by it from now on."""
    now = replace(server, version=version_of(root))
    if now != server and note(root).exists():
        note_server(root, now)
    return now


def _look(watch: Watch) -> None:
    """Look; a database or broker that does not answer is looked at again."""
    try:
        for run in watch.look():
            sys.stderr.write(f"welfare: run {run[:8]} has lost its worker and is started again.\n")
    except Exception as error:  # noqa: BLE001  of database, broker or driver; the next look may succeed
        sys.stderr.write(f"welfare: could not look at the workers ({type(error).__name__}); trying again.\n")
