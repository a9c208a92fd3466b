"""`welfare migrate`: a lake of the former layout is taken over."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.lake import DataRoot, migrate


@click.command("migrate")
@data_option
def command(root: DataRoot) -> int:
    """Make the tables of each month and district in the lake its first version. The next run does the same.

    Nothing is copied and nothing is lost; a lake of today's layout stays as it is.
    """
    taken_over = migrate(root)
    click.echo(f"{len(taken_over)} months and districts taken over in {root.lake}.")
    return 0
