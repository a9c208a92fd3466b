"""The monthly report of a district for the head of its office: one HTML page of counts, in Bahasa Indonesia.

Nobody is named in it. What is counted stands in `sql/`, how it looks in `report.html`; figures are computed by
`reconcile`.
"""

from welfare_pipeline.publish.reports.report import publish_report, withdraw_report

__all__ = ["publish_report", "withdraw_report"]
