"""`welfare ui`: Dagster's web pages, schedules and sensors on the data root's instance."""

import os
import sys

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.defs.instance import make_history, prepare_home
from welfare_pipeline.lake import DataRoot

HOST = "127.0.0.1"


@click.command("ui")
@click.option("--port", type=click.IntRange(1, 65535), default=3000, show_default=True, help="Port on this machine.")
@data_option
def command(port: int, root: DataRoot) -> None:
    """Open Dagster's web pages and start its daemon, on this machine only."""
    home = prepare_home(root)
    make_history(root)
    click.echo(f"welfare: http://{HOST}:{port} (run history in {home}); stop with Ctrl-C.")
    os.chdir(home)  # where Dagster finds its settings
    arguments = ["dev", "-m", "welfare_pipeline.definitions", "-h", HOST, "-p", str(port), "--log-level", "warning"]
    os.execv(sys.executable, [sys.executable, "-W", "ignore", "-m", "dagster", *arguments])  # noqa: S606  Ctrl-C must reach Dagster itself
