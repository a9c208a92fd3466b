"""What users read: the analysts' database and one restricted database a district, built from the lake.

A published file is always built anew beside the old one, counted, and renamed over it. Nothing is computed here:
figures come from `reconcile`, which columns may be shown from `contracts/tables.py`.
"""

from welfare_pipeline.publish.databases import publish_analysts, publish_district
from welfare_pipeline.publish.replacing import PublishError

__all__ = ["PublishError", "publish_analysts", "publish_district"]
