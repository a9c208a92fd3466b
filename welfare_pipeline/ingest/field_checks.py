"""The numbers of visited cases, held against the samples that were drawn of the district."""

import polars as pl

from welfare_pipeline.contracts.sources import AUDIT_ANSWERS
from welfare_pipeline.contracts.vocabulary import DeliveryFinding
from welfare_pipeline.ingest.handed_out import FINDING, found
from welfare_pipeline.ingest.sheet import CONTRADICTS
from welfare_pipeline.lake import Partition, drawn_samples

SAMPLE_ID = "sample_id"
_NO_SIGNS = r"[^0-9A-Za-z]"


def with_known_cases(landed: pl.DataFrame, source: str, partition: Partition) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The landed answers, each number spelled as it was drawn; one that was not is marked, and a finding.

    A file that is looked at outside of every data root is held against nothing.
    """
    is_asked = source == AUDIT_ANSWERS.name and SAMPLE_ID in landed.columns and partition.lake.is_dir()
    if not is_asked or landed.is_empty():
        return landed, pl.DataFrame(schema=FINDING)
    plain = pl.col(SAMPLE_ID).str.replace_all(_NO_SIGNS, "").str.to_uppercase().alias("plain")
    drawn = drawn_samples(partition).select(pl.col(SAMPLE_ID).alias("drawn"), plain).unique("drawn")
    held = landed.with_columns(plain).join(drawn, on="plain", how="left", maintain_order="left")
    is_unknown = pl.col("drawn").is_null() & pl.col("plain").str.len_chars().gt(0)
    unknown = found(held.filter(is_unknown), DeliveryFinding.UNKNOWN_SAMPLE, SAMPLE_ID)
    marked = held.with_columns(
        pl.coalesce("drawn", SAMPLE_ID).alias(SAMPLE_ID), pl.when(is_unknown).then(pl.lit(SAMPLE_ID)).alias(CONTRADICTS)
    )
    return marked.drop("drawn", "plain"), unknown
