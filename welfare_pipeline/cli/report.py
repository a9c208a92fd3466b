"""`welfare report`: the pages of a month written anew, on screen or as PDF; nothing is decided anew."""

from collections.abc import Iterator
from pathlib import Path

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.defs.standing import note_standings
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.reports import print_page, publish_index, publish_provinces, publish_report


@click.command("report")
@click.option("--period", required=True, metavar="YYYY-MM", help="The month.")
@click.option("--district", metavar="CODE", help="Only the page of this district, beside its province's.")
@click.option(
    "--format", "kind", type=click.Choice(["html", "pdf"]), default="html", help="pdf: beside each page, by Chromium."
)
@data_option
def command(period: str, district: str | None, kind: str, root: DataRoot) -> int:
    """Write the pages of a month's districts and provinces anew, and the index that links them.

    Exits with 1 if one could not be written, and with 2 if nothing is published of the month.
    """
    policy_in_force(root, done="No page was written.")
    codes = _published(root, period, district)
    note_standings(root)
    try:
        for page in _written(root, period, codes):
            click.echo(print_page(page) if kind == "pdf" else page)
        click.echo(publish_index(root))
    except PublishError as error:
        click.echo(f"welfare: {error}", err=True)
        return 1
    return 0


def _written(root: DataRoot, period: str, codes: list[str]) -> Iterator[Path]:
    yield from (publish_report(root, period, code) for code in codes)
    provinces = {code[:2] for code in codes}
    yield from (page for page in publish_provinces(root, period) if page.stem in provinces)


def _published(root: DataRoot, period: str, district: str | None) -> list[str]:
    """The districts of which something is published in the period.

    Raises:
        click.UsageError: there is none, or not this one.

    """
    if not is_period(period):
        message = f"'{period}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    found = [partition.district for partition in root.partitions() if partition.period == period]
    if district is not None:
        found = [code for code in found if code == district]
    if not found:
        of = f" of district {district}" if district else ""
        message = f"nothing of {period}{of} is published in {root.path}: welfare run --period {period} first."
        raise click.UsageError(message)
    return found
