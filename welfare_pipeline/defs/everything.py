"""Everything Dagster is told about."""

import dagster as dg

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.defs.automation import (
    landed_files,
    monthly_reconciliation,
    publication_after_failure,
    publication_after_success,
)
from welfare_pipeline.defs.jobs import DECIDING_ASSETS, PERIOD_ASSETS, publish_period, reconcile_district
from welfare_pipeline.defs.landing import landing_step
from welfare_pipeline.defs.resources import WelfareData, data_root


def definitions() -> dg.Definitions:
    """The assets with their checks, jobs, schedule and sensors on the data root of this process."""
    land = landing_step(load_policy(data_root().policy).sources)
    return dg.Definitions(
        assets=[land, *DECIDING_ASSETS, *PERIOD_ASSETS],
        jobs=[reconcile_district, publish_period],
        schedules=[monthly_reconciliation],
        sensors=[landed_files, publication_after_success, publication_after_failure],
        resources={"data": WelfareData(path=str(data_root().path))},
        executor=dg.in_process_executor,
    )
