"""Second step of a district's run: who is the same person."""

from collections.abc import Iterator

import dagster as dg

from welfare_pipeline import checks
from welfare_pipeline.contracts.sources import REGISTRY, REVIEW_ANSWERS
from welfare_pipeline.contracts.tables import LINKAGE, PERSON_ROWS
from welfare_pipeline.defs.auditing import keep_or_hold_back, noting_failure, stop_if_held_back
from welfare_pipeline.defs.failures import told_plainly
from welfare_pipeline.defs.findings import Shown, check_results, check_specs
from welfare_pipeline.defs.in_words import BOTH, Languages, languages_of
from welfare_pipeline.defs.manifest import Maker
from welfare_pipeline.defs.partitions import DISTRICT_MONTHS
from welfare_pipeline.defs.resources import WelfareData
from welfare_pipeline.defs.specs import NO_CONFIG, asset_spec, materializations
from welfare_pipeline.lake import ground_of
from welfare_pipeline.people import link_people

INPUTS = (PERSON_ROWS.name, REVIEW_ANSWERS.table)


def linking_step(languages: Languages = BOTH) -> dg.AssetsDefinition:
    """The step, its checks described in these languages."""

    @dg.multi_asset(
        name="link",
        description="Decide which landed rows are the same person, and which pairs people have to settle.",
        specs=[asset_spec(table, "linkage", INPUTS, languages) for table in LINKAGE],
        check_specs=check_specs(checks.declared_link_checks(), languages),
        partitions_def=DISTRICT_MONTHS,
        config_schema=NO_CONFIG,
    )
    def link(context: dg.AssetExecutionContext, data: WelfareData) -> Iterator[dg.MaterializeResult[None] | Shown]:
        """The links of a month and district."""
        with noting_failure(context, data.root), told_plainly("link", data.root):
            partition, policy = data.partition(context, made=REGISTRY.table), data.policy()
            with partition.draft() as draft:
                ground = ground_of(partition)
                link_people(draft, policy, data.root.deployment_secret())
                findings = checks.check_links(draft, policy)
                checks.write_findings(draft, findings)
                audited = keep_or_hold_back(draft, findings, Maker(context.run.run_id, policy), ground)
            yield from materializations(audited.partition, () if audited.reason else LINKAGE)
            yield from check_results(findings, languages_of(policy))
            stop_if_held_back(data, audited)

    return link
