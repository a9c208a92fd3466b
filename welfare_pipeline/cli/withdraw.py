"""`welfare withdraw`: what is published of a month is taken away on purpose."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.standing import Month, district_option, period_option
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import DataRoot


@click.command("withdraw")
@period_option
@district_option
@data_option
def command(period: str, district: str, root: DataRoot) -> int:
    """Take away what is published of a district's month: tables, worklists and report.

    It stays so until other files land for it or somebody runs it; `welfare rollback` brings it back.
    """
    month = Month(root, period, district)
    with root.alone(district):
        if not month.pointer().is_published:
            message = f"nothing is published of {month.title}."
            raise click.UsageError(message)
        kept = max(1, int(load_policy(root.policy).thresholds["kept_versions"]))
        sentence = "Withdrawn on purpose."
        root.published_partition(period, district).point(lambda pointer: pointer.withdrawn(sentence, kept))
        month.publish_again()
    for line in (f"{month.title}: {sentence}", *month.told_afterwards()):
        click.echo(line)
    return 0
