"""What villages work through in the field: a workbook a village, in Bahasa Indonesia, to be filled in and landed again.

What stands on it is asked in `content.py` (one .sql file a sheet), how it looks in `workbook.py`; the layout that
`ingest` reads back is in `contracts/worklists.py`, the words in `contracts/words.toml`.
"""

from welfare_pipeline.publish.worklists.folder import PublishedWorklists, publish_worklists, withdraw_worklists

__all__ = ["PublishedWorklists", "publish_worklists", "withdraw_worklists"]
