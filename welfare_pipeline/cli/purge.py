"""`welfare purge`: the identities of old months, forgotten."""

import sys

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.lake import DataRoot, told_damages
from welfare_pipeline.publish.purging import RECORD, Plan, Purge, plan_purge, purge
from welfare_pipeline.publish.replacing import PublishError


@click.command("purge")
@click.option("--before", required=True, metavar="YYYY-MM", help="The first month whose identities are kept.")
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask, even if the newest month is among them.")
@data_option
def command(before: str, root: DataRoot, *, dry_run: bool, yes: bool) -> int:
    """Remove names, numbers and addresses of every month before that; counts, outcomes and keys stay.

    From the lake, the district databases and the worklists. Landed files are not touched: it tells which are there.
    Asks first if the newest month is among them.
    """
    if not is_period(before):
        message = f"'{before}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    plan = plan_purge(root, before)
    if dry_run:
        _tell_rows(plan, "rows would lose their identities")
        click.echo(f"{plan.workbooks} worklists would be removed. Nothing was changed (--dry-run).")
    elif plan.takes_newest and not yes and not _is_wanted(plan):
        click.echo("Nothing was removed.")
        return 1
    else:
        try:
            done = purge(root, before)
        except PublishError as error:
            click.echo(f"welfare: {error} Then purge again.", err=True)
            return 1
        _tell_rows(done, "rows without identities now")
        click.echo(f"{done.workbooks} worklists removed. Recorded in {root.path / RECORD}.")
    for period in plan.still_landed:
        click.echo(
            f"Still there as it was landed, names included: {root.where(root.landing(period))}. Remove it if it may go."
        )
    return _tell_damages(root, plan)


def _tell_rows(told: Plan | Purge, words: str) -> None:
    for period, districts in told.rows.items():
        rows = sum(sum(tables.values()) for tables in districts.values())
        click.echo(f"{period}: {len(districts)} districts, {rows:,} {words}")


def _tell_damages(root: DataRoot, plan: Plan) -> int:
    """The exit code: 1 if something in the lake could not be made nameless."""
    for line in told_damages(root, plan.damaged):
        click.echo(f"Not purged in the lake. {line}, then purge again.")
    return int(bool(plan.damaged))


def _is_wanted(plan: Plan) -> bool:
    """Ask.

    Raises:
        click.UsageError: nobody is there to answer.

    """
    warning = (
        f"{plan.newest} is the newest month: its people have no names any more in the district's database and "
        "worklists (decisions, answers and keys go on holding)."
    )
    if not sys.stdin.isatty():
        message = f"{warning} Nothing was removed: say --yes if that is meant, or --before an earlier month."
        raise click.UsageError(message)
    return click.confirm(f"{warning} Remove them all the same?", default=False)
