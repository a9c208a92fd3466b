"""What a district's officers get of a month: their database and the worklists, written side by side.

One core writes the database while processes of their own write the workbooks.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.databases import publish_district
from welfare_pipeline.publish.worklists import PublishedWorklists, publish_worklists


def publish_month(root: DataRoot, period: str, district: str) -> tuple[Path, PublishedWorklists]:
    """Publish the district's database (every month of it) and the month's worklists; where both are.

    Raises:
        PublishError: one of them could not be written; its former one stands.

    """
    with ThreadPoolExecutor(1) as beside:
        database = beside.submit(publish_district, root, district)
        worklists = publish_worklists(root, period, district)
    return database.result(), worklists
