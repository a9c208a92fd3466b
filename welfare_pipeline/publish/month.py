"""What people get of a district's month: its officers' database and worklists, and the report of counts, side by side.

One core writes the database while processes of their own write the workbooks.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.databases import publish_district
from welfare_pipeline.publish.reports import publish_report, withdraw_report
from welfare_pipeline.publish.worklists import PublishedWorklists, publish_worklists, withdraw_worklists


@dataclass(frozen=True)
class PublishedMonth:
    """Where everything is."""

    database: Path
    worklists: PublishedWorklists
    report: Path


def publish_month(root: DataRoot, period: str, district: str) -> PublishedMonth:
    """Publish the district's database (every month of it), the month's worklists and its report.

    Raises:
        PublishError: one of them could not be written; its former one stands.

    """
    with ThreadPoolExecutor(1) as beside:
        database = beside.submit(publish_district, root, district)
        worklists = publish_worklists(root, period, district)
        report = publish_report(root, period, district)
    return PublishedMonth(database.result(), worklists, report)


def withdraw_month(root: DataRoot, period: str, district: str) -> None:
    """Take away what was published of a month for its villages and its office."""
    withdraw_worklists(root, period, district)
    withdraw_report(root, period, district)
