"""`welfare fleet status` and `stop`: who answers, what waits, and the end of the work."""

import time

import click
import dagster as dg

from welfare_pipeline.cli.fleet import home_of
from welfare_pipeline.cli.fleets.setting_up import require_fleet, told_plainly
from welfare_pipeline.defs.fleet.liveness import UNDER_WAY, held_numbers, is_held
from welfare_pipeline.defs.fleet.server import note, noted_server
from welfare_pipeline.defs.fleet.workers import Workers
from welfare_pipeline.lake import DataRoot

_PATIENCE = 60
_GLANCE = 0.5


def tell(root: DataRoot) -> int:
    """Print how the fleet stands; 1 if no server or no worker answers."""
    require_fleet(root)
    home_of(root)
    server = noted_server(root)
    is_served = server is not None and server.answers()
    where = f" at {server.address}" if server else ""
    click.echo(f"server: {f'answers{where}' if is_served else f'none answers{where}: welfare fleet serve'}")
    with told_plainly():
        workers = Workers()
        seen, waiting = workers.seen(), workers.waiting()
    for worker in seen:
        click.echo(f"worker {worker.name}: {worker.busy} of {worker.slots} busy, takes {' and '.join(worker.queues)}")
    if not seen:
        click.echo("workers: none answers: welfare fleet worker")
    click.echo("waiting: " + ", ".join(f"{count} {name}" for name, count in waiting.items()))
    with told_plainly():
        held = held_numbers()
    _tell_runs(held)
    return 0 if is_served and seen else 1


def _tell_runs(held: set[int]) -> None:
    with dg.DagsterInstance.get() as instance:
        for run in instance.get_runs(dg.RunsFilter(statuses=[dg.DagsterRunStatus.QUEUED, *UNDER_WAY])):
            state = "is executed" if is_held(run.run_id, held) else run.status.value.lower()
            click.echo(f"run {run.run_id[:8]} {run.job_name} {run.tags.get('dagster/partition', '')}: {state}")


def stop(root: DataRoot) -> None:
    """Drain the workers, then end the server."""
    require_fleet(root)
    with told_plainly():
        Workers().drain()
    click.echo("welfare: no worker is at work any more.")
    server = noted_server(root)
    note(root).unlink(missing_ok=True)
    until = time.monotonic() + _PATIENCE
    while server is not None and server.answers() and time.monotonic() < until:
        time.sleep(_GLANCE)
    click.echo("welfare: the fleet has stopped. What waits is taken up when it is started again.")
