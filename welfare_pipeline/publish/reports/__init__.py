"""Pages of counts, in Bahasa Indonesia: a district's month, its province's, and the index that links them all.

Nobody is named in them; they need neither network nor JavaScript. What is counted stands in `sql/`, how it looks in the
.html files and `style.css`, what the charts show in `charts.py`; figures are computed by `reconcile`.
"""

from welfare_pipeline.publish.reports.index import publish_index
from welfare_pipeline.publish.reports.printing import print_page
from welfare_pipeline.publish.reports.province import publish_provinces
from welfare_pipeline.publish.reports.report import publish_report, withdraw_report

__all__ = ["print_page", "publish_index", "publish_provinces", "publish_report", "withdraw_report"]
