"""What to say about a damaged lake: which table of which month and district, and the command that mends it."""

from collections.abc import Collection, Iterable
from itertools import groupby

from welfare_pipeline.contracts.tables import LINKAGE, MEMORY, REVIEW_PAIRS
from welfare_pipeline.lake.earlier import earlier_months
from welfare_pipeline.lake.integrity import Damage, Fault, damages_in
from welfare_pipeline.lake.locking import locked
from welfare_pipeline.lake.partition import Partition
from welfare_pipeline.lake.root import DataRoot

MOST_TOLD = 3  # tables of an older month


def lake_damages(root: DataRoot, read: Collection[str] | None = None) -> list[Damage]:
    """What is wrong with the lake as it is now; with `read`, see `damages_in`."""
    if read is not None and root.store is None:  # a look takes so little that whoever removes a version waits for it
        with locked(root.lock("content")):
            return _damages({*root.partitions(), *root.newest_deliveries()}, root.lost(), read)
    with root.snapshot("damages") as lake:
        return _damages({*lake, *lake.newest_deliveries()}, lake.lost(), read)


def _damages(versions: Collection[Partition], lost: list[Damage], read: Collection[str] | None) -> list[Damage]:
    gone = {damage.where for damage in lost}
    found = (damage for version in versions for damage in damages_in(version, read))
    return [*{damage for damage in found if damage.where not in gone}, *lost]


_REMEMBERED = frozenset(table.name for table in (*MEMORY, REVIEW_PAIRS))  # what is read of all earlier months


def memory_damages(root: DataRoot, period: str, district: str) -> list[Damage]:
    """What is wrong with the earlier months of a district, which a run of this month builds on.

    A table of an older version counts in the latest of them, and wherever it holds keys, questions and answers.
    """
    earlier, linkage = earlier_months(root.nothing(period, district)), {table.name for table in LINKAGE}
    latest = max((partition.period for partition in earlier), default="")
    read = {partition: None if partition.period == latest else _REMEMBERED for partition in earlier}
    found = [damage for partition in earlier for damage in damages_in(partition, read[partition])]
    lost = [damage for damage in root.lost(district) if damage.period < period]
    return [d for d in found if not d.is_as_made or d.period == latest or d.table in linkage] + lost


def told_damages(root: DataRoot, damages: Iterable[Damage]) -> list[str]:
    """A line for each damaged month and district, oldest first: in that order they are run again.

    Months that an older version made, and that are whole, are told in one line at the end.
    """
    ordered = sorted(damages, key=lambda damage: (*damage.where, damage.table))
    months = {where: list(found) for where, found in groupby(ordered, lambda damage: damage.where)}
    older = {where: found for where, found in months.items() if all(damage.fault is Fault.OLDER for damage in found)}
    lines = [_damaged(root, where, found) for where, found in months.items() if where not in older]
    return [*lines, _older(root, older)] if older else lines


def _damaged(root: DataRoot, where: tuple[str, str], damages: list[Damage]) -> str:
    period, district = where
    told = "; ".join(str(damage) for damage in damages)
    return f"{district} {period}: lake: {told}. Mend it: {mend(root, period, district)}"


def _older(root: DataRoot, months: dict[tuple[str, str], list[Damage]]) -> str:
    named = ", ".join(f"{district} {period} ({_some(found)})" for (period, district), found in months.items())
    commands = "; ".join(mend(root, *where) for where in months)
    return (
        f"lake: made by an older version, these tables lack columns of today: {named}. "
        f"Run these months again, oldest first: {commands}"
    )


def _some(damages: list[Damage]) -> str:
    names = [damage.table for damage in damages]
    more = f" and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""
    return ", ".join(names[:MOST_TOLD]) + more


def mend(root: DataRoot, period: str, district: str) -> str:
    """The command that makes a month of a district anew, and what it needs first."""
    command = f"welfare run --period {period} --district {district}"
    if root.landing(period, district).is_dir():
        return command
    return (
        f"put lake/{period}/{district} back from a backup, or land its files again (there is no "
        f"landing/{period}/{district}) and then: {command}"
    )
