"""The step over all districts of a month: who receives from one programme in two districts.

Each district learns only that another district lists the person, and which; no identity crosses.
"""

from collections.abc import Collection
from dataclasses import dataclass

import polars as pl

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES, PERSON_ROWS
from welfare_pipeline.lake import DataRoot, Draft, Partition, damages_in, only_named
from welfare_pipeline.reconcile.district import query_of

TOLD = ("recipient_row_id", "other_district")


@dataclass(frozen=True)
class ListedElsewhere:
    """What a district has to be told (again): which of its recipient rows stand in which other district."""

    partition: Partition
    rows: pl.DataFrame

    @property
    def district(self) -> str:
        """The district that is told."""
        return self.partition.district

    def write(self, draft: Draft) -> None:
        """Draft the district's `cross_district_duplicates`; its tables show the reason once it is reconciled again."""
        with draft.connect() as con:
            con.register("told", self.rows)
            draft.write_query(con, CROSS_DISTRICT_DUPLICATES.name, "select recipient_row_id, other_district from told")


def find_cross_district_duplicates(root: DataRoot, period: str, policy: Policy) -> list[ListedElsewhere]:
    """The reconciled districts of the period whose `cross_district_duplicates` are not what they should be."""
    partitions = [partition for partition in root.partitions() if partition.period == period and partition.has("links")]
    if len(partitions) == 1 and not partitions[0].has(CROSS_DISTRICT_DUPLICATES.name):
        return []
    with root.snapshot("duplicates", period=period) as lake:
        damaged = {damage.district for partition in lake for damage in damages_in(partition)}
        linked = [p for p in lake if p.path("links").exists() and p.district not in damaged]
        readable = [p for p in linked if p.path(PERSON_ROWS.name).exists()]
        older = {partition.district for partition in linked if partition not in readable}
        # what is known of them stands until they are mended, or run by this version
        unknown = damaged | older | {damage.district for damage in lake.lost()}
        found = _found(root, readable, policy)
        return [
            ListedElsewhere(root.published_partition(period, partition.district), rows)
            for partition in readable
            if not (rows := _to_tell(partition, found, unknown)).equals(_known(partition))
        ]


def _to_tell(partition: Partition, found: pl.DataFrame, unknown: Collection[str]) -> pl.DataFrame:
    """What is found about the district's rows, and what it was told about districts that cannot be looked at now."""
    own = found.filter(district_code=partition.district).select(TOLD)
    told = _known(partition).filter(pl.col("other_district").is_in([*unknown]))
    return pl.concat([own, told]).unique().sort(TOLD)


def _found(root: DataRoot, partitions: list[Partition], policy: Policy) -> pl.DataFrame:
    with root.across(partitions) as con:
        query = query_of("period", CROSS_DISTRICT_DUPLICATES.name)
        return con.sql(f"from ({query}) order by all", params=only_named(query, dict(policy.thresholds))).pl()


def _known(partition: Partition) -> pl.DataFrame:
    with partition.connect() as con:
        return con.sql("from cross_district_duplicates").select(*TOLD).order("all").pl()
