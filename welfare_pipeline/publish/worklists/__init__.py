"""What villages work through in the field: a workbook a village, in Bahasa Indonesia, to be filled in and landed again.

Starts at `folder.py`. What stands on it is asked in `content.py` (one .sql file a sheet), how it looks in
`workbook.py`; the layout that `ingest` reads back is in `contracts/worklists.py`, the words in `contracts/words.toml`.
"""
