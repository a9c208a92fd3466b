"""`welfare purge`: the identities of old months, forgotten."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish import PublishError
from welfare_pipeline.publish.purging import RECORD, purge


@click.command("purge")
@click.option("--before", required=True, metavar="YYYY-MM", help="The first month whose identities are kept.")
@data_option
def command(before: str, root: DataRoot) -> int:
    """Remove names, numbers and addresses of every month before that; counts, outcomes and keys stay.

    From the lake, the district databases and the worklists. Landed files are not touched: it tells which are there.
    """
    if not is_period(before):
        message = f"'{before}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    try:
        done = purge(root, before)
    except PublishError as error:
        click.echo(f"welfare: {error} Then purge again.", err=True)
        return 1
    for period, districts in done.rows.items():
        rows = sum(sum(tables.values()) for tables in districts.values())
        click.echo(f"{period}: {len(districts)} districts, {rows:,} rows without identities now")
    click.echo(f"{done.workbooks} worklists removed. Recorded in {root.path / RECORD}.")
    for period in done.still_landed:
        click.echo(f"Still there as it was landed, names included: {root.landing(period)}. Remove it if it may go.")
    return 0
