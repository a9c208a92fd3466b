"""Whether what lies in a landing folder is what was read there last."""

from dataclasses import dataclass

import duckdb
import polars as pl

from welfare_pipeline.contracts.tables import LANDED_FILES
from welfare_pipeline.lake import DataRoot, landing_of


@dataclass(frozen=True)
class Deliveries:
    """The newest deliveries of a data root."""

    root: DataRoot

    def has(self, name: str, content: str) -> bool:
        """Whether a folder's newest delivery (run, held back, rolled back or withdrawn) was of this content."""
        newest = self.root.partition(*name.split("/"))
        try:
            return newest.has(LANDED_FILES.name) and landing_of(newest) == content
        except (OSError, pl.exceptions.PolarsError, duckdb.Error):  # damaged: a run makes it anew, or says what to do
            return False
