"""Object storage in place of the data root's landing, policy and lake (`WELFARE_STORE`), and a copy of what is used.

Versions never change, so a file is fetched once, when it is asked for, and everything else reads and writes files as
without a store. What changes is small: pointers, put in the bucket only if they are still as they were read.
"""
