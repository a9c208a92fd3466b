"""`welfare sample`: a made-up landing folder to try everything on."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.sample import MAIN_PERIOD, write_sample

DEFAULT_SEED = 2021


@click.command("sample")
@click.option("--scale", type=click.FloatRange(0.001, 10), default=1.0, show_default=True, help="1 is the real size.")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Another seed, other people.")
@data_option
def command(scale: float, seed: int, root: DataRoot) -> int:
    """Write three months of three made-up districts into the landing folder."""
    report = write_sample(root, scale, seed, progress=_tell)
    click.echo(f"{report.rows:,} rows in {len(report.files)} files under {report.folder}. All people are made up.")
    click.echo(f"Next: welfare run --period {MAIN_PERIOD} --data {root.path}")
    return 0


def _tell(what: str) -> None:
    click.echo(f"writing {what}", err=True)
