"""`welfare letters`: what was found of each family, in plain Indonesian, for the family itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force
from welfare_pipeline.cli.standing import Month, district_option, period_option
from welfare_pipeline.lake import PRIVATE_FILE, DataRoot
from welfare_pipeline.publish.letters import UnknownVillageError, publish_letters
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.reports import print_page


@click.command("letters")
@period_option
@district_option
@click.option("--village", metavar="CODE", help="Only this village's.")
@click.option(
    "--format", "kind", type=click.Choice(["html", "pdf"]), default="html", help="pdf: beside each page, by Chromium."
)
@data_option
def command(period: str, district: str, village: str | None, kind: str, root: DataRoot) -> int:
    """Write a letter for each family off target or to be verified, a page a village.

    Only the owner of the data folder may read them. Exits with 1 if one could not be written, with 2 if nothing is
    published of the month.
    """
    policy = policy_in_force(root, done="No letter was written.")
    month = Month(root, period, district)
    month.pointer()
    if not root.published_partition(period, district).has_any():
        message = f"nothing is published of {month.title}."
        raise click.UsageError(message)
    today = datetime.now(ZoneInfo(policy.time_zone)).date()
    try:
        pages = publish_letters(root, period, district, village=village, written_on=today)
        written = [print_page(page, PRIVATE_FILE) for page in pages] if kind == "pdf" else pages
    except UnknownVillageError as error:
        raise click.UsageError(str(error)) from None
    except PublishError as error:
        click.echo(f"welfare: {error}", err=True)
        return 1
    click.echo(f"{month.title}: letters for {len(written)} villages in {root.letters(period, district)}")
    click.echo("They name people: hand each to its family only.")
    return 0
