"""`welfare fleet`: a month's runs on many machines, by Dagster's Celery launcher (needs the extra `fleet`)."""

import importlib
import os
from importlib.util import find_spec
from types import ModuleType

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.lake import DataRoot

LACKING = "a fleet needs more packages: pip install --require-hashes -r requirements-fleet.lock"


class FleetProblem(click.ClickException):
    """What was asked for cannot be done now; no wrong usage."""

    leaves_with = 1


def part(name: str) -> ModuleType:
    """A module of the fleet, which needs packages of its own.

    Raises:
        FleetProblem: they are not installed.

    """
    if not all(find_spec(package) for package in ("dagster_celery", "dagster_postgres", "redis")):
        raise FleetProblem(LACKING)
    return importlib.import_module(f"welfare_pipeline.cli.fleets.{name}")


@click.group("fleet")
def command() -> None:
    """Run districts on many machines: one server, any number of workers, one data root that all of them see.

    WELFARE_BROKER (redis://...) and WELFARE_DATABASE (postgresql://...) say where they meet.
    """


@command.command("init")
@data_option
def init(root: DataRoot) -> int:
    """Write <data>/dagster/dagster.yaml for a fleet."""
    return int(part("setting_up").set_up(root) or 0)


@command.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Port of the pages.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; there is no log-in.")
@click.option("--automation/--no-automation", "by_itself", default=True, show_default=True, envvar="WELFARE_AUTOMATION",
              help="Whether schedules and sensors run that nobody has switched on or off in the pages.")  # fmt: skip
@data_option
def serve(port: int, host: str, root: DataRoot, *, by_itself: bool) -> int:
    """Run Dagster's daemon, code server and pages for the fleet, and watch over its workers."""
    return int(part("serving").serve(root, host, port, by_itself=by_itself) or 0)


@command.command("worker")
@click.option(
    "--concurrency", type=click.IntRange(1, 256), metavar="N",
    help="Runs at once, each with an equal share of cores and memory; by default as many as fit.",
)  # fmt: skip
@data_option
def worker(concurrency: int | None, root: DataRoot) -> int:
    """Take runs from the fleet's queues until stopped; Ctrl-C lets the present ones end."""
    return int(part("working").work(root, concurrency))


@command.command("status")
@data_option
def status(root: DataRoot) -> int:
    """Say whether server and workers answer, and what waits and runs. Exits with 1 if one does not."""
    return int(part("standing").tell(root))


@command.command("stop")
@data_option
def stop(root: DataRoot) -> int:
    """Let workers end once their present runs have, then the server. What waits is taken up when they are back."""
    return int(part("standing").stop(root) or 0)


def home_of(root: DataRoot) -> None:
    """Make the data root's instance the one of this process, wherever the code server and Celery look for it."""
    from welfare_pipeline.defs.instance import prepare_home  # noqa: PLC0415

    os.chdir(prepare_home(root))
