"""Everything Dagster is told about."""

from contextlib import suppress

import dagster as dg

from welfare_pipeline.contracts.policy import usable_policy
from welfare_pipeline.defs.alerts import ALERTS
from welfare_pipeline.defs.automation import landed_files, missing_months, monthly_reconciliation
from welfare_pipeline.defs.districts_shown import districts_asset
from welfare_pipeline.defs.in_words import languages_of
from welfare_pipeline.defs.jobs import JOBS, OWN_PUBLICATIONS, PERIOD_ASSETS
from welfare_pipeline.defs.landing import landing_step
from welfare_pipeline.defs.linking import linking_step
from welfare_pipeline.defs.months_under_way import months_under_way
from welfare_pipeline.defs.overview import latest_month_check, overview_asset
from welfare_pipeline.defs.policy_shown import policy_asset, policy_metadata
from welfare_pipeline.defs.reconciliation import reconciliation_step
from welfare_pipeline.defs.resources import WelfareData, data_root
from welfare_pipeline.lake import StoreError


def definitions() -> dg.Definitions:
    """The assets with their checks, jobs, schedule and sensors on the data root of this process.

    Nothing of it can be set by the configuration of a run. Assets lie in the lake: no values pass through Dagster.
    """
    root = data_root()
    with suppress(StoreError):  # whoever runs anything is told
        root.refresh()
    policy, _ = usable_policy(root.policy)
    languages = languages_of(policy)
    return dg.Definitions(
        assets=[
            policy_asset(root),
            districts_asset(root),
            landing_step(policy.sources, languages),
            linking_step(languages),
            reconciliation_step(languages),
            *OWN_PUBLICATIONS,
            *PERIOD_ASSETS,
            overview_asset(policy),
        ],
        asset_checks=[latest_month_check(policy)],
        jobs=[*JOBS],
        schedules=[monthly_reconciliation(policy.time_zone), missing_months(policy.time_zone)],
        sensors=[landed_files, months_under_way, *ALERTS],
        resources={"data": WelfareData(root=root), "io_manager": dg.mem_io_manager},
        executor=dg.in_process_executor,
        metadata=policy_metadata(root),
    )
