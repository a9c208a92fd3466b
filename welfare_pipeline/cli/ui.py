"""`welfare ui`: Dagster's web pages, schedules and sensors on the data root's instance."""

import os
import sys

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.defs.instance import make_history, prepare_home
from welfare_pipeline.defs.policy_shown import policy_problem
from welfare_pipeline.lake import DataRoot

HERE = "127.0.0.1"
LOOPBACK = {HERE, "localhost", "::1"}


@click.command("ui")
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Port on this machine.")
@click.option("--host", default=HERE, show_default=True, help="Address to listen on; there is no log-in.")
@data_option
def command(port: int, host: str, root: DataRoot) -> None:
    """Open Dagster's web pages and start its daemon, on this machine only unless another --host is asked for."""
    if host not in LOOPBACK:
        click.echo(
            f"welfare: whoever reaches {host}:{port} can start runs: there is no log-in. See docs/production.md."
        )
    home = prepare_home(root)
    make_history(root)
    _tell_wrong_policy(root)
    click.echo(f"welfare: http://{host}:{port} (run history in {home}); stop with Ctrl-C.")
    os.chdir(home)  # where Dagster finds its settings
    arguments = ["dev", "-m", "welfare_pipeline.definitions", "-h", host, "-p", str(port), "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-W", "ignore", "-m", "dagster", *arguments])  # noqa: S606  Ctrl-C must reach Dagster itself


def _tell_wrong_policy(root: DataRoot) -> None:
    problem = policy_problem(root)
    if problem is not None:
        click.echo(f"welfare: {problem}", err=True)
