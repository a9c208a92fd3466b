"""What can be run: a district's month in two halves or by itself, the step between districts, the publication.

A month flows one way: every district is linked, districts are compared, each is decided, the month is published.
"""

import dagster as dg

from welfare_pipeline.contracts.tables import RECONCILED
from welfare_pipeline.defs import overview
from welfare_pipeline.defs.across import cross_district_duplicates
from welfare_pipeline.defs.publication import district_database, report, welfare_database, worklists

OWN_PUBLICATIONS = (district_database, worklists, report)  # of a district's month
PERIOD_ASSETS = (cross_district_duplicates, welfare_database)

_OVERVIEW = dg.AssetSelection.assets(overview.NAME)
_DECIDING = dg.AssetSelection.assets(*(table.name for table in RECONCILED), *OWN_PUBLICATIONS)
_DISTRICT = dg.AssetSelection.all().materializable() - dg.AssetSelection.assets(*PERIOD_ASSETS) - _OVERVIEW

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
    selection=dg.AssetSelection.assets(welfare_database) | _OVERVIEW,
    description="The month of all districts: bring the analysts' database up to date, and the month at a glance.",
)
look_for_missing_months = dg.define_asset_job(
    "look_for_missing_months",
    selection=dg.AssetSelection.checks(dg.AssetCheckKey(dg.AssetKey(overview.NAME), overview.LATEST_MONTH)),
    description="Whether the newest month that is due has come from every district expected to deliver.",
)
JOBS = (link_district, compare_districts, decide_district, reconcile_district, publish_period, look_for_missing_months)
