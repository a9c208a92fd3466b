"""`welfare publish`: what people read, brought up to date with the lake, or built from nothing."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.defs.recording import Recorder
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.databases import publish_district
from welfare_pipeline.publish.replacing import PublishError


@click.command("publish")
@click.option("--period", metavar="YYYY-MM", help="Only the districts of this month, beside the analysts' database.")
@click.option("--from-nothing", is_flag=True, help="Build every database anew instead of what changed in it.")
@data_option
def command(period: str | None, root: DataRoot, *, from_nothing: bool) -> int:
    """Bring welfare.duckdb and the districts' databases up to date with what is reconciled; nothing is decided anew.

    Without --from-nothing only the months that changed are written again. Exits with 1 if something is not published.
    """
    policy_in_force(root, done="Nothing was published.")
    months = _months(root, period)
    newest = max(month for month, _ in months)
    failed = [_published(root, district, from_nothing=from_nothing) for district in sorted({d for _, d in months})]
    run = Recorder(root).publish(newest, from_nothing=from_nothing)
    if run.reason:
        click.echo(f"welfare: {run.reason}", err=True)
    if not run.reason or run.is_partly_former:
        click.echo(f"analysts: {root.published / 'welfare.duckdb'}")
    return int(bool(run.reason) or any(failed))


def _months(root: DataRoot, period: str | None) -> list[tuple[str, str]]:
    """The months and districts of the lake (of the period), and those gone from it.

    Raises:
        click.UsageError: there is none.

    """
    if period is not None and not is_period(period):
        message = f"'{period}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    there = {(p.period, p.district) for p in root.newest_deliveries()} | {damage.where for damage in root.lost()}
    found = sorted(name for name in there if period in {None, name[0]})
    if not found:
        message = f"nothing{f' of {period}' if period else ''} has been reconciled in {root.path}: welfare run first."
        raise click.UsageError(message)
    return found


def _published(root: DataRoot, district: str, *, from_nothing: bool) -> bool:
    """Whether the district's database could not be published."""
    try:
        path = publish_district(root, district, from_nothing=from_nothing)
    except PublishError as error:
        click.echo(f"welfare: {error}", err=True)
        return True
    click.echo(f"{district}, its officers only: {path}")
    return False
