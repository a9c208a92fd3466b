"""What users read: the analysts' database, and for each district a restricted database, worklists and a report.

A published file is always built anew beside the old one, counted, and renamed over it. Nothing is computed here:
figures come from `reconcile`, which columns may be shown from `contracts/tables.py`.
"""

from welfare_pipeline.publish.audits import DrawnSample, draw_sample
from welfare_pipeline.publish.databases import district_lacks, months_behind, publish_analysts, publish_district
from welfare_pipeline.publish.dictionary import publish_dictionary
from welfare_pipeline.publish.glance import DistrictMonth, FailedCheck, read_glance, read_month
from welfare_pipeline.publish.keeping import months_ever_published
from welfare_pipeline.publish.letters import UnknownVillageError, publish_letters
from welfare_pipeline.publish.month import withdraw_month
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.reports import print_page, publish_index, publish_provinces, publish_report
from welfare_pipeline.publish.sweeping import remove_abandoned
from welfare_pipeline.publish.worklists import PublishedWorklists, publish_worklists, withdraw_worklists

__all__ = [
    "DistrictMonth",
    "DrawnSample",
    "FailedCheck",
    "PublishError",
    "PublishedWorklists",
    "UnknownVillageError",
    "district_lacks",
    "draw_sample",
    "months_behind",
    "months_ever_published",
    "print_page",
    "publish_analysts",
    "publish_dictionary",
    "publish_district",
    "publish_index",
    "publish_letters",
    "publish_provinces",
    "publish_report",
    "publish_worklists",
    "read_glance",
    "read_month",
    "remove_abandoned",
    "withdraw_month",
    "withdraw_worklists",
]
