"""What users read: the analysts' database, a restricted database a district, worklists for its villages.

A published file is always built anew beside the old one, counted, and renamed over it. Nothing is computed here:
figures come from `reconcile`, which columns may be shown from `contracts/tables.py`.
"""

from welfare_pipeline.publish.databases import publish_analysts, publish_district
from welfare_pipeline.publish.month import publish_month
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.sweeping import remove_abandoned
from welfare_pipeline.publish.worklists import PublishedWorklists, publish_worklists, withdraw_worklists

__all__ = [
    "PublishError",
    "PublishedWorklists",
    "publish_analysts",
    "publish_district",
    "publish_month",
    "publish_worklists",
    "remove_abandoned",
    "withdraw_worklists",
]
