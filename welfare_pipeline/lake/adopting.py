"""A lake older than its register: its partitions are noted as their manifests sign them, those gone as well."""

from collections.abc import Callable, Iterable

import duckdb
import polars as pl

from welfare_pipeline.contracts.tables import RUN_MANIFEST
from welfare_pipeline.lake.folders import make_private, write_whole
from welfare_pipeline.lake.integrity import signed
from welfare_pipeline.lake.locking import locked
from welfare_pipeline.lake.partition import Partition
from welfare_pipeline.lake.register import FOLDER, Note, read_note, write_note
from welfare_pipeline.lake.root import DataRoot

_MARK = "complete"
Names = Iterable[tuple[str, str]]  # period and district


def is_adopted(root: DataRoot) -> bool:
    """Whether the register knows every partition that was ever put in place."""
    return (root.lake / FOLDER / _MARK).exists()


def adopt(root: DataRoot, published: Callable[[], Names]) -> None:
    """Note the partitions that are not noted, and (once) those that are only `published` any more."""
    partitions = root.partitions()
    missing = [p for p in partitions if read_note(root.lake, p.period, p.district) is None]
    if not missing and is_adopted(root):
        return
    make_private(root.lake / FOLDER)
    with locked(root.lock("content")):
        for partition in missing:
            _note(partition)
        if not is_adopted(root):
            there = {(partition.period, partition.district) for partition in partitions}
            for name in {*published()} - there:
                write_note(root.lake, *name, Note({RUN_MANIFEST.name: ""}))
            write_whole(root.lake / FOLDER / _MARK, "")


def _note(partition: Partition) -> None:
    """Its files as the manifest signs them; without one that can be read it stays unknown, which is a damage."""
    if read_note(partition.lake, partition.period, partition.district) is None:
        try:
            digests = signed(partition)
        except (OSError, duckdb.Error, pl.exceptions.PolarsError):
            return
        write_note(partition.lake, partition.period, partition.district, Note(digests))
