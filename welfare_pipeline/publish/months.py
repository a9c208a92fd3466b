"""What there is to publish of a month and district: the decided tables, and the records of its newest delivery."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.tables import OF_DELIVERIES
from welfare_pipeline.lake import WHOLE, Damage, Fault, Partition, damages_in

Name = tuple[str, str]  # period and district
Names = frozenset[Name]


@dataclass(frozen=True)
class Month:
    """A month and district; `decided`: the version that everybody reads, if there is one."""

    delivery: Partition
    decided: Partition | None

    @property
    def name(self) -> Name:
        """Period and district."""
        return self.delivery.name

    @property
    def in_force(self) -> bool:
        """Whether what is published rests on the newest delivery."""
        return self.decided is not None and self.decided.version == self.delivery.version

    def file(self, table: Table) -> Path | None:
        """The file that has the table's rows of this month; `None`: there are no rows."""
        source = self.delivery if is_of_delivery(table) else self.decided
        path = source.path(table.name) if source else None
        return path if path and path.exists() else None

    def damages(self, tables: Iterable[Table]) -> list[Damage]:
        """What is wrong with its files of these tables (or with all of them, where it is their folder)."""
        shown = list(tables)
        asked = (
            [(self.delivery, shown)]
            if self.in_force
            else [
                (self.delivery, [table for table in shown if is_of_delivery(table)]),
                *([(self.decided, [table for table in shown if not is_of_delivery(table)])] if self.decided else []),
            ]
        )
        names = [(partition, {table.name for table in some}) for partition, some in asked]
        return [
            damage
            for partition, read in names
            for damage in damages_in(partition, read)
            if damage.table in {*read, WHOLE}
        ]


def is_of_delivery(table: Table) -> bool:
    """Whether its rows tell of the newest delivery, whatever is published of the month."""
    return table in OF_DELIVERIES


def months_of(decided: Iterable[Partition], deliveries: Iterable[Partition]) -> list[Month]:
    """Every month and district of which something landed, in their order, with the version that everybody reads."""
    by_name = {partition.name: partition for partition in decided}
    return [Month(newest, by_name.get(newest.name)) for newest in deliveries]


def unusable(months: Iterable[Month], tables: Iterable[Table], shown: Names) -> Names:
    """The months whose files are damaged, so that their rows stay as a published database has them.

    What an older version of the program made is used as it is. If it was changed since and is `shown`, it is not.
    """
    shown_tables = tuple(tables)
    return frozenset(
        month.name
        for month in months
        if any(
            damage.fault is not Fault.OLDER or (not damage.is_as_made and month.name in shown)
            for damage in month.damages(shown_tables)
        )
    )
