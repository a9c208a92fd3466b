"""The step over all districts of a month: who receives from one programme in two districts.

Each district learns only that another district lists the person, and which; no identity crosses.
"""

import duckdb

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES
from welfare_pipeline.lake import DataRoot, Partition, only_named
from welfare_pipeline.reconcile.district import query_of

RECIPIENTS_OF_ALL = "recipient_rows"


def find_cross_district_duplicates(root: DataRoot, period: str, policy: Policy) -> list[Partition]:
    """Write `cross_district_duplicates` of every reconciled district; return the partitions where it changed.

    Those districts have to be reconciled again: only then their tables show (or no longer show) the reason.
    """
    partitions = [p for p in root.partitions() if p.period == period and p.path("links").exists()]
    if len(partitions) == 1 and not partitions[0].path(CROSS_DISTRICT_DUPLICATES.name).exists():
        return []
    with root.across(partitions) as con:
        con.execute(f"create temp view {RECIPIENTS_OF_ALL} as {query_of('facts', RECIPIENTS_OF_ALL)}")
        query = query_of("period", CROSS_DISTRICT_DUPLICATES.name)
        con.execute(f"create temp table found as {query}", only_named(query, dict(policy.thresholds)))
        return [partition for partition in partitions if _told_anew(con, partition)]


def _told_anew(con: duckdb.DuckDBPyConnection, partition: Partition) -> bool:
    found = con.execute(
        "select recipient_row_id, other_district from found where district_code = $district order by all",
        {"district": partition.district},
    ).fetchall()
    with partition.connect() as own:
        rows = own.sql("select recipient_row_id, other_district from cross_district_duplicates order by all")
        known = rows.fetchall()
    if found == known:
        return False
    with partition.draft() as draft:
        district = "(select recipient_row_id, other_district from found where district_code = $district)"
        draft.write_query(con, CROSS_DISTRICT_DUPLICATES.name, f"from {district}", district=partition.district)
        draft.keep()
    return True
