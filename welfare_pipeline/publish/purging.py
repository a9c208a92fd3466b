"""Retention: identities of old months go from everything the pipeline keeps; counts, outcomes and keys stay.

What was landed is not ours to delete; which months still lie there is told.
"""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.lake import PRIVATE_FILE, Damage, DataRoot, Partition, damages_in, forget_identities
from welfare_pipeline.publish.databases import publish_analysts, publish_district

RECORD = "purges.jsonl"
Rows = dict[str, dict[str, dict[str, int]]]  # by period, district and table


@dataclass(frozen=True)
class Plan:
    """What a purge will do: rows to be made nameless, worklists to be removed, months that stay landed.

    `damaged`: what cannot be read in the lake, and so not be made nameless there.
    """

    before: str
    rows: Rows
    workbooks: int
    still_landed: tuple[str, ...]
    newest: str
    damaged: tuple[Damage, ...]

    @property
    def takes_newest(self) -> bool:
        """Whether the newest month of the lake is among them: next month's answers and links need its identities."""
        return self.newest in self.rows


@dataclass(frozen=True)
class Purge:
    """What a purge did, without anybody's identity. `rows`: by period, district and table, those made nameless."""

    at: str
    before: str
    rows: Rows
    workbooks: int
    still_landed: tuple[str, ...]


def plan_purge(root: DataRoot, before: str) -> Plan:
    """What `purge` would do now; nothing is changed."""
    partitions = root.newest_deliveries()
    old = [partition for partition in partitions if partition.period < before]
    damaged = {partition: damages for partition in old if (damages := _unreadable(partition))}
    rows: Rows = {}
    for partition in old:
        rows.setdefault(partition.period, {})[partition.district] = {} if partition in damaged else _named(partition)
    return Plan(
        before,
        rows,
        sum(len(list(month.glob("*/*.xlsx"))) for month in _months(root.published / "worklists", before)),
        _still_landed(root, before),
        max((partition.period for partition in partitions), default=""),
        tuple(damage for damages in damaged.values() for damage in damages),
    )


def purge(root: DataRoot, before: str) -> Purge:
    """Remove the identities of every month before `before` (YYYY-MM) and record it in `<data>/purges.jsonl`.

    A month that is damaged in the lake is left there, and nameless in its district's database.

    Raises:
        PublishError: a database could not be built anew; the former one, which still holds them, stands.

    """
    rows: Rows = {}
    districts: set[str] = set()
    for partition in root.versions():
        if partition.period < before:
            districts.add(partition.district)
            with root.alone(partition.district):
                _forget(partition, rows)
    workbooks = sum(_remove_worklists(root, month) for month in _months(root.published / "worklists", before))
    for kind in ("letters", "audits"):
        for month in _months(root.published / kind, before):
            shutil.rmtree(month)
    for name in {name.split("/")[1] for name in root.published_names("worklists")}:
        if is_period(name) and name < before:  # also what another machine has put into an object store
            root.take_published_away(root.published / "worklists" / name)
    for district in sorted(districts):
        publish_district(root, district, nameless_before=before)
    if rows:
        publish_analysts(root)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    done = Purge(at, before, rows, workbooks, _still_landed(root, before))
    _record(root, done)
    return done


def _forget(partition: Partition, rows: Rows) -> None:
    """Every version that is kept; rows are counted of the last of them."""
    if not _unreadable(partition):
        rows.setdefault(partition.period, {})[partition.district] = forget_identities(partition)


def _unreadable(partition: Partition) -> list[Damage]:
    return [damage for damage in damages_in(partition) if not damage.is_as_made]


def _named(partition: Partition) -> dict[str, int]:
    """The rows of each table that has columns of identities."""
    tables = (TABLE_BY_NAME[name] for name in partition.tables() if name in TABLE_BY_NAME)
    names = [table.name for table in tables if any(column.identity for column in table.columns)]
    return {name: partition.rows(name) or 0 for name in names}


def _remove_worklists(root: DataRoot, month: Path) -> int:
    found = 0
    for folder in sorted(path for path in month.iterdir() if path.is_dir()):
        with root.alone(f"worklists-{month.name}-{folder.name}"):
            found += len(list(folder.glob("*.xlsx")))
            shutil.rmtree(folder)
    shutil.rmtree(month)
    return found


def _still_landed(root: DataRoot, before: str) -> tuple[str, ...]:
    return tuple(month.name for month in _months(root.landings, before))


def _months(folder: Path, before: str) -> Iterator[Path]:
    return (month for month in sorted(folder.glob("*/")) if is_period(month.name) and month.name < before)


def _record(root: DataRoot, done: Purge) -> None:
    line = json.dumps(asdict(done), sort_keys=True) + "\n"
    with os.fdopen(os.open(root.path / RECORD, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE), "w") as file:
        file.write(line)
