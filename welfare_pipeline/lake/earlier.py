"""The only way to an earlier month: what is published of the same district, oldest first."""

from welfare_pipeline.lake.partition import Partition
from welfare_pipeline.lake.versions import districts_in, only_there, published_version


def earlier_months(partition: Partition) -> list[Partition]:
    """The published (and not withdrawn) versions of the same district's earlier periods, oldest first.

    A month that is held back, failed or never ran is not among them, unless something is published of it.
    """
    periods = [period for period, _ in districts_in(partition.lake, partition.district)]
    return only_there(month_of(partition, period) for period in periods if period < partition.period)


def month_of(partition: Partition, period: str) -> Partition:
    """What is published of the same district in that period, which may be nothing."""
    return published_version(partition.lake, period, partition.district)
