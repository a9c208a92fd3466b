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
from welfare_pipeline.lake import PRIVATE_FILE, DataRoot, Partition, forget_identities
from welfare_pipeline.publish.databases import publish_analysts, publish_district

RECORD = "purges.jsonl"


@dataclass(frozen=True)
class Purge:
    """What a purge did, without anybody's identity. `rows`: by period, district and table, those made nameless."""

    at: str
    before: str
    rows: dict[str, dict[str, dict[str, int]]]
    workbooks: int
    still_landed: tuple[str, ...]


def purge(root: DataRoot, before: str) -> Purge:
    """Remove the identities of every month before `before` (YYYY-MM) and record it in `<data>/purges.jsonl`.

    Raises:
        PublishError: a database could not be built anew; the former one, which still holds them, stands.

    """
    rows: dict[str, dict[str, dict[str, int]]] = {}
    for partition in [*root.partitions(), *root.pending_partitions()]:
        if partition.period < before:
            with root.alone(partition.district):
                _forget(partition, rows)
    workbooks = sum(_remove_worklists(root, month) for month in _months(root.published / "worklists", before))
    for district in sorted({district for month in rows.values() for district in month}):
        publish_district(root, district)
    if rows:
        publish_analysts(root)
    landed = tuple(month.name for month in _months(root.path / "landing", before))
    done = Purge(datetime.now(UTC).isoformat(timespec="seconds"), before, rows, workbooks, landed)
    _record(root, done)
    return done


def _forget(partition: Partition, rows: dict[str, dict[str, dict[str, int]]]) -> None:
    """A month that an unfinished run was making goes altogether."""
    if partition.is_pending:
        shutil.rmtree(partition.folder)
    else:
        rows.setdefault(partition.period, {})[partition.district] = forget_identities(partition)


def _remove_worklists(root: DataRoot, month: Path) -> int:
    found = 0
    for folder in sorted(month.iterdir()):
        with root.alone(f"worklists-{month.name}-{folder.name}"):
            found += len(list(folder.glob("*.xlsx")))
            shutil.rmtree(folder)
    month.rmdir()
    return found


def _months(folder: Path, before: str) -> Iterator[Path]:
    return (month for month in sorted(folder.glob("*/")) if is_period(month.name) and month.name < before)


def _record(root: DataRoot, done: Purge) -> None:
    line = json.dumps(asdict(done), sort_keys=True) + "\n"
    with os.fdopen(os.open(root.path / RECORD, os.O_WRONLY | os.O_CREAT | os.O_APPEND, PRIVATE_FILE), "w") as file:
        file.write(line)
