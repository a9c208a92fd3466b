"""`welfare rollback`: what was published of a month before is published again."""

import click

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.standing import Month, district_option, period_option
from welfare_pipeline.lake import DataRoot, Partition


@click.command("rollback")
@period_option
@district_option
@data_option
def command(period: str, district: str, root: DataRoot) -> int:
    """Publish what was published of a district's month before the present version.

    It stays so until other files land for it or somebody runs it.
    """
    month = Month(root, period, district)
    with root.alone(district):
        pointer = month.pointer()
        if not pointer.former:
            message = f"nothing published before is kept of {month.title} (policy kept_versions says how much is)."
            raise click.UsageError(message)
        before, now = (
            root.published_partition(period, district),
            Partition(root.lake, *_name(month), pointer.former[-1]),
        )
        aside = f"the version of run {_run(before)} is set aside" if before.has_any() else "it was withdrawn"
        sentence = f"Rolled back to what run {_run(now)} published; {aside}."
        now.point(lambda pointer: pointer.rolled_back(sentence))
        month.publish_again()
    for line in (f"{month.title}: {sentence}", *month.told_afterwards()):
        click.echo(line)
    return 0


def _name(month: Month) -> tuple[str, str]:
    return month.period, month.district


def _run(partition: Partition) -> str:
    return partition.contents_or_nothing().run_id[:8] or "(none)"
