"""Third step of a district's month: who is off target, who is missing, and whether every account adds up."""

from collections.abc import Iterator

import dagster as dg

from welfare_pipeline import checks
from welfare_pipeline.contracts.tables import (
    CROSS_DISTRICT_DUPLICATES,
    DISTRICT_SUMMARY,
    LANDED,
    LINKS,
    PERSON_ROWS,
    RECONCILED,
)
from welfare_pipeline.defs.across import compared_districts
from welfare_pipeline.defs.auditing import Audited, keep_or_hold_back, noting_failure, stop_if_held_back
from welfare_pipeline.defs.failures import told_plainly
from welfare_pipeline.defs.findings import Shown, check_results, check_specs
from welfare_pipeline.defs.headlines import headline
from welfare_pipeline.defs.in_words import BOTH, Languages, languages_of
from welfare_pipeline.defs.manifest import Maker
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.defs.specs import NO_CONFIG, asset_spec, materializations
from welfare_pipeline.lake import ground_of, joint_ground
from welfare_pipeline.publish.glance import read_month
from welfare_pipeline.reconcile import reconcile_district, write_own_duplicates

INPUTS = (*(table.name for table in (*LANDED, PERSON_ROWS)), LINKS.name, CROSS_DISTRICT_DUPLICATES.name)


def reconciliation_step(languages: Languages = BOTH) -> dg.AssetsDefinition:
    """The step, its checks described in these languages."""

    @dg.multi_asset(
        name="reconcile",
        description="Decide about every recipient and find the poor households that the registry misses.",
        specs=[asset_spec(table, "reconciliation", INPUTS, languages) for table in RECONCILED],
        check_specs=check_specs(checks.declared_reconciliation_checks(), languages),
        partitions_def=DISTRICT_MONTHS,
        config_schema=NO_CONFIG,
    )
    def reconcile(
        context: dg.AssetExecutionContext, data: WelfareData
    ) -> Iterator[dg.MaterializeResult[None] | dg.AssetMaterialization | Shown]:
        """The decisions of a month and district, unless an account does not add up.

        What the newest links of other districts say is looked at first, where the month's step between them has not.
        """
        with noting_failure(context, data.root), told_plainly("reconcile", data.root):
            partition, policy = data.partition(context, made=LINKS.name), data.policy()
            compared = compared_districts(context, data.root, partition.period, policy)
            ground = joint_ground(partition, ground_of(partition))
            with partition.draft() as draft:
                write_own_duplicates(draft, compared)
                reconcile_district(draft, policy)
                findings = checks.check_reconciliation(draft, policy)
                checks.write_findings(draft, findings)
                audited = keep_or_hold_back(draft, findings, Maker(context.run.run_id, policy), ground, decided=True)
            yield from _with_headline(audited, languages_of(policy))
            yield from check_results(findings, languages_of(policy))
            stop_if_held_back(data, audited)

    return reconcile


def _with_headline(audited: Audited, languages: Languages) -> Iterator[dg.MaterializeResult[None]]:
    """The materialisations of the decided tables; the district's summary shows its headline figures."""
    partition = audited.partition
    for made in materializations(partition, () if audited.reason else RECONCILED):
        if made.asset_key == dg.AssetKey(DISTRICT_SUMMARY.name):
            shown = headline(read_month(partition), partition.period, languages)
            yield made._replace(metadata={**(made.metadata or {}), **shown})
        else:
            yield made
