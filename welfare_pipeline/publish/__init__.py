"""What users read: the analysts' database, and for each district a restricted database, worklists and a report.

A published file is always built anew beside the old one, counted, and renamed over it. Nothing is computed here:
figures come from `reconcile`, which columns may be shown from `contracts/tables.py`. Starts at `databases.py`,
`worklists/folder.py` and `reports/`; nothing is imported here, so that a process that writes workbooks starts at once.
"""
