"""The one way to a district's earlier months: which of them a month remembers."""

from welfare_pipeline.contracts.tables import LINKAGE
from welfare_pipeline.lake.partition import Partition


def earlier_months(partition: Partition) -> list[Partition]:
    """The district's linked partitions of earlier periods, as everybody reads them, oldest first."""
    folders = sorted(partition.lake.glob(f"[0-9]*/{partition.district}"))
    found = [partition.month(folder.parent.name) for folder in folders if folder.parent.name < partition.period]
    return [month for month in found if any(month.path(table.name).exists() for table in LINKAGE)]
