"""What can be run: a district's month in two halves or by itself, the step between districts, the publication.

A month flows one way: every district is linked, districts are compared, each is decided, the month is published.
"""

import dagster as dg

from welfare_pipeline.defs.across import cross_district_duplicates
from welfare_pipeline.defs.linking import link
from welfare_pipeline.defs.publication import district_database, report, welfare_database, worklists
from welfare_pipeline.defs.reconciliation import reconcile

DECIDING_ASSETS = (reconcile, district_database, worklists, report)
DISTRICT_ASSETS = (link, *DECIDING_ASSETS)  # and the lists that land, which the policy names
PERIOD_ASSETS = (cross_district_duplicates, welfare_database)

_DECIDING = dg.AssetSelection.assets(*DECIDING_ASSETS)
_DISTRICT = dg.AssetSelection.all().materializable() - dg.AssetSelection.assets(*PERIOD_ASSETS)

link_district = dg.define_asset_job(
    "link_district",
    selection=_DISTRICT - _DECIDING,
    description="First half of a district's month: land its files, check them, find who is who.",
)
compare_districts = dg.define_asset_job(
    "compare_districts",
    selection=dg.AssetSelection.assets(cross_district_duplicates),
    description="Between the halves: people on the lists of two districts, once every district of the month is linked.",
)
decide_district = dg.define_asset_job(
    "decide_district",
    selection=_DECIDING,
    description="Second half: decide, and rebuild the district's database, its worklists and its report.",
)
reconcile_district = dg.define_asset_job(
    "reconcile_district",
    selection=_DISTRICT,
    description="One district's month by itself, both halves; other districts are seen as they were linked last.",
)
publish_period = dg.define_asset_job(
    "publish_period",
    selection=dg.AssetSelection.assets(welfare_database),
    description="The month of all districts: bring the analysts' database up to date.",
)
JOBS = (link_district, compare_districts, decide_district, reconcile_district, publish_period)
