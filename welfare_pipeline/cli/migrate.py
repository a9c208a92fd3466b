"""`welfare migrate`: a lake of the former layout is taken over."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.lake import DataRoot, migrate, move_into_store


@click.command("migrate")
@data_option
def command(root: DataRoot) -> int:
    """Make the tables of each month and district in the lake its first version. The next run does the same.

    Nothing is copied and nothing is lost; a lake of today's layout stays as it is. With WELFARE_STORE: what lies in the
    data folder and the store lacks (landing, policy, lake) is put there.
    """
    if (moved := move_into_store(root)) is not None:
        click.echo(f"{moved.files} files and {moved.months} months and districts put into the store.")
        return 0
    taken_over = migrate(root)
    click.echo(f"{len(taken_over)} months and districts taken over in {root.lake}.")
    return 0
