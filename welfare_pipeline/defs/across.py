"""First step of a month's publication: people on the lists of two districts, told to each of them."""

import dagster as dg

from welfare_pipeline import checks
from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES, LINKS
from welfare_pipeline.defs.auditing import keep_or_hold_back
from welfare_pipeline.defs.failures import told_plainly
from welfare_pipeline.defs.manifest import Maker
from welfare_pipeline.defs.partitions import MONTHS
from welfare_pipeline.defs.resources import WelfareData, require_month
from welfare_pipeline.defs.specs import NO_CONFIG, OWNER, column_schema, description
from welfare_pipeline.publish import publish_month
from welfare_pipeline.reconcile import ListedElsewhere, find_cross_district_duplicates, reconcile_district


@dg.asset(
    name=CROSS_DISTRICT_DUPLICATES.name,
    description=f"{description(CROSS_DISTRICT_DUPLICATES)}\n\nThe districts concerned are decided anew.",
    metadata=column_schema(CROSS_DISTRICT_DUPLICATES),
    deps=[LINKS.name],
    partitions_def=MONTHS,
    config_schema=NO_CONFIG,
    group_name="reconciliation",
    owners=[OWNER],
    kinds={"duckdb", "parquet"},
)
def cross_district_duplicates(context: dg.AssetExecutionContext, data: WelfareData) -> dg.MaterializeResult[None]:
    """People who receive from one programme in two districts this month; the districts concerned are decided anew."""
    with told_plainly(CROSS_DISTRICT_DUPLICATES.name, data.root):
        require_month(data.root, context.partition_key)
        policy = data.policy()
        concerned = find_cross_district_duplicates(data.root, context.partition_key, policy)
        for told in concerned:
            with data.root.alone(told.district):
                _decide_anew(told, Maker(context.run.run_id, policy))
                publish_month(data.root, told.partition.period, told.district)
        return dg.MaterializeResult(metadata={"districts_decided_anew": len(concerned)})


def _decide_anew(told: ListedElsewhere, maker: Maker) -> None:
    """One version, so that a district is not told without its decisions; half-done, it is found again."""
    with told.partition.draft() as draft:
        told.write(draft)
        reconcile_district(draft, maker.policy)
        findings = checks.check_reconciliation(draft, maker.policy)
        checks.write_findings(draft, findings)
        keep_or_hold_back(draft, findings, maker, decided=True)
