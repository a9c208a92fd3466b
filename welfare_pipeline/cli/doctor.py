"""`welfare doctor`: whether this machine and data root are fit for a run, a line for each thing that was looked at."""

import os
from collections.abc import Callable, Iterator

import click

from welfare_pipeline.cli.doctoring import deployment, history, machine
from welfare_pipeline.cli.doctoring.finding import Finding
from welfare_pipeline.cli.options import data_option
from welfare_pipeline.lake import STORE, DataRoot


def findings(root: DataRoot) -> Iterator[Finding]:
    """What each check finds; one that stops on an error is itself a finding."""
    yield machine.python()
    yield machine.extensions()
    for what, check in CHECKS.items():
        yield _found(what, check, root)
    if STORE in os.environ:
        yield _found("object store", deployment.store, root)


CHECKS: dict[str, Callable[[DataRoot], Finding]] = {
    "disk": machine.disk,
    "owner": deployment.owner,
    "permissions": deployment.permissions,
    "locks": deployment.locks,
    "secret": deployment.secret,
    "policy": deployment.policy,
    "time zone": deployment.time_zone,
    "clock": machine.clock,
    "lake": deployment.lake,
    "Dagster instance": history.instance,
}


def _found(what: str, check: Callable[[DataRoot], Finding], root: DataRoot) -> Finding:
    try:
        return check(root)
    except Exception as error:  # noqa: BLE001  the other checks have to be made
        return Finding(what, f"could not be looked at ({type(error).__name__})", is_wrong=True)


@click.command("doctor")
@data_option
def command(root: DataRoot) -> int:
    """Say whether this machine and data root are fit for a run, a line a check. Nothing is changed.

    Exits with 1 if something is wrong; each such line says what to do.
    """
    wrong = 0
    for finding in findings(root):
        click.echo(str(finding))
        wrong += finding.is_wrong
    click.echo(f"\n{wrong} of these are wrong." if wrong else "\nNothing is wrong.")
    return int(wrong > 0)
