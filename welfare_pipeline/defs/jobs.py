"""What can be run: one district's month, and the month's publication."""

import dagster as dg

from welfare_pipeline.defs.across import cross_district_duplicates
from welfare_pipeline.defs.linking import link
from welfare_pipeline.defs.publication import district_publications, welfare_database
from welfare_pipeline.defs.reconciliation import reconcile

DECIDING_ASSETS = (link, reconcile, district_publications)
PERIOD_ASSETS = (cross_district_duplicates, welfare_database)

reconcile_district = dg.define_asset_job(
    "reconcile_district",
    selection=dg.AssetSelection.all().materializable() - dg.AssetSelection.assets(*PERIOD_ASSETS),
    description="One district's month: land, check, link, decide, and rebuild the district's database and worklists.",
)
publish_period = dg.define_asset_job(
    "publish_period",
    selection=dg.AssetSelection.assets(*PERIOD_ASSETS),
    description="The month of all districts: tell districts of people listed twice, rebuild the analysts' database.",
)
