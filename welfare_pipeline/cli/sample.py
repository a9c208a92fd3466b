"""`welfare sample`: a made-up landing folder to try everything on."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.sample import MAIN_PERIOD, PERIODS, write_sample

DEFAULT_SEED = 2021


@click.command("sample")
@click.option("--scale", type=click.FloatRange(0.001, 10), default=1.0, show_default=True, help="1 is the real size.")
@click.option("--seed", type=int, default=DEFAULT_SEED, show_default=True, help="Another seed, other people.")
@click.option(
    "--period",
    "periods",
    multiple=True,
    default=PERIODS,
    show_default=True,
    type=click.Choice(PERIODS),
    help="Only this month; may be given several times.",
)
@data_option
def command(scale: float, seed: int, periods: tuple[str, ...], root: DataRoot) -> int:
    """Write six months of three made-up districts into the landing folder: two of DTKS, four of DTSEN."""
    report = write_sample(root, scale, seed, progress=_tell, periods=periods)
    place = root.where(report.folder)
    click.echo(f"{report.rows:,} rows in {len(report.files)} files under {place}. All people are made up.")
    first = MAIN_PERIOD if MAIN_PERIOD in periods else periods[0]
    click.echo(f"Next: welfare run --period {first} --data {root.path}")
    return 0


def _tell(what: str) -> None:
    click.echo(f"writing {what}", err=True)
