"""What people get of a district's month beside its database: worklists for its villages, a report for its office."""

from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.letters import withdraw_letters
from welfare_pipeline.publish.reports import publish_index, withdraw_report
from welfare_pipeline.publish.worklists.folder import withdraw_worklists


def withdraw_month(root: DataRoot, period: str, district: str) -> None:
    """Take away what was published of a month for its villages and its office."""
    withdraw_worklists(root, period, district)
    withdraw_report(root, period, district)
    withdraw_letters(root, period, district)
    publish_index(root)
