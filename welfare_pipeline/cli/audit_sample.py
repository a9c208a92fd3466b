"""`welfare audit-sample`: a stratified random sample of a month, to be visited in the field."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force
from welfare_pipeline.cli.standing import Month, district_option, period_option
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.audits import draw_sample
from welfare_pipeline.publish.replacing import PublishError


@click.command("audit-sample")
@period_option
@district_option
@click.option("--size", required=True, type=click.IntRange(min=1), metavar="N", help="How many cases to visit.")
@click.option("--seed", default=1, show_default=True, type=int, metavar="S", help="Another seed draws other cases.")
@data_option
def command(period: str, district: str, size: int, seed: int, root: DataRoot) -> int:
    """Draw cases for a field check: how many recipients are not eligible, how many eligible families are left out.

    What was drawn with which probability is kept in the lake; the workbook names people and is its owner's only. Exits
    with 2 if nothing is published of the month.
    """
    policy_in_force(root, done="Nothing was drawn.")
    month = Month(root, period, district)
    month.pointer()
    if not root.published_partition(period, district).has_any():
        message = f"nothing is published of {month.title}."
        raise click.UsageError(message)
    try:
        sample = draw_sample(root, period, district, size, seed)
    except PublishError as error:
        click.echo(f"welfare: {error}", err=True)
        return 1
    (rows, of_rows), (households, of_households) = sample.drawn["inclusion"], sample.drawn["exclusion"]
    click.echo(f"{month.title}: {rows} of {of_rows:,} recipient rows and {households} of {of_households:,} households.")
    click.echo(f"Whom to visit: {sample.workbook}. Land it, filled in, as audit_answers.xlsx.")
    return 0
