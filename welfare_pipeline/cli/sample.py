"""`welfare sample`: a made-up landing folder to try everything on."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.sample import write_sample


@click.command("sample")
@click.option("--scale", type=click.FloatRange(0.001, 10), default=1.0, show_default=True, help="1 is the real size.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other people.")
@data_option
def command(scale: float, seed: int, root: DataRoot) -> None:
    """Write two months of three made-up districts into the landing folder."""
    write_sample(root, scale, seed)
