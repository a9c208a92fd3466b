"""The step between the districts' links and their decisions: people on the lists of two districts."""

import dagster as dg

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES, LINKS
from welfare_pipeline.defs.failures import told_plainly
from welfare_pipeline.defs.partitions import MONTHS
from welfare_pipeline.defs.resources import WelfareData, require_month
from welfare_pipeline.defs.specs import GROUPS, NO_CONFIG, OWNERS, column_schema, description
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.reconcile import Compared, compare_districts

NAME = CROSS_DISTRICT_DUPLICATES.name


@dg.asset(
    name=NAME,
    description=f"{description(CROSS_DISTRICT_DUPLICATES)}\n\nDistricts that have not changed are not read again.",
    metadata=column_schema(CROSS_DISTRICT_DUPLICATES),
    deps=[LINKS.name],
    partitions_def=MONTHS,
    config_schema=NO_CONFIG,
    group_name=GROUPS["reconciliation"],
    owners=OWNERS[GROUPS["reconciliation"]],
    kinds={"duckdb", "parquet"},
)
def cross_district_duplicates(context: dg.AssetExecutionContext, data: WelfareData) -> dg.MaterializeResult[None]:
    """People who receive from one programme in two districts this month, as the districts' newest links have them."""
    with told_plainly(NAME, data.root):
        require_month(data.root, context.partition_key)
        compared = compare_districts(data.root, context.partition_key, data.policy())
        return dg.MaterializeResult(metadata=_figures(compared))


def compared_districts(context: dg.AssetExecutionContext, root: DataRoot, period: str, policy: Policy) -> Compared:
    """The same within a district's run, shown as materialised if districts had changed since."""
    compared = compare_districts(root, period, policy)
    if compared.districts:
        context.log_event(dg.AssetMaterialization(NAME, partition=period, metadata=_figures(compared)))
    return compared


def _figures(compared: Compared) -> dict[str, int]:
    rows = compared.partition.rows(NAME) or 0
    return {"dagster/partition_row_count": rows, "districts_looked_at_anew": len(compared.districts)}
