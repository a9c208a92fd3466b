"""Whether what lies in a landing folder is what was read there last."""

from dataclasses import dataclass

import duckdb

from welfare_pipeline.contracts.tables import LANDED_FILES
from welfare_pipeline.ingest.watching import digest_of_texts
from welfare_pipeline.lake import DataRoot, Partition


@dataclass(frozen=True)
class Deliveries:
    """The newest deliveries of a data root."""

    root: DataRoot

    def has(self, name: str, content: str) -> bool:
        """Whether a folder's newest delivery (run, held back, rolled back or withdrawn) was of this content."""
        newest = self.root.partition(*name.split("/"))
        return newest.has(LANDED_FILES.name) and landing_of(newest) == content


def landing_of(partition: Partition) -> str:
    """The digest of the names and contents of the files that a version was read from; empty, if it is damaged."""
    try:
        with partition.connect(tables=[LANDED_FILES.name]) as con:
            files = con.sql("select source_file, sha256 from landed_files").fetchall()
    except duckdb.Error:
        return ""
    return digest_of_texts(f"{name} {content}" for name, content in files)
