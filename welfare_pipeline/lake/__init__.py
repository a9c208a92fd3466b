"""The data root: the only room that knows paths.

A partition (period x district) is one folder of Parquet files, one a table. Tables are drafted beside the lake and put
in place a folder at a time, so a reader meets whole partitions only; DuckDB sees a partition's tables as views of
their names. What belongs to whom and who waits for whom is decided here, what is computed elsewhere.
"""

from welfare_pipeline.lake.codes_in_sql import UnknownCodeError, check_codes, unknown_codes
from welfare_pipeline.lake.connecting import WILDCARDS, connected, only_named, replace_view
from welfare_pipeline.lake.declaration import DeclarationError, Fault, Rule, faults_of
from welfare_pipeline.lake.encryption import (
    LOCKED_OUT,
    attach,
    is_locked,
    literal,
    locked_out,
    read_frame,
    rows_of,
    unlock,
)
from welfare_pipeline.lake.folders import PRIVATE_FILE, PRIVATE_FOLDER, replace_folder, settle, sha256_of, write_whole
from welfare_pipeline.lake.forgetting import forget_identities
from welfare_pipeline.lake.partition import WHOLE_DISTRICTS, Draft, Partition
from welfare_pipeline.lake.root import DataRoot
from welfare_pipeline.lake.shortage import shortage
from welfare_pipeline.lake.sql_text import CHECKED_TABLE, tables_read

__all__ = [
    "CHECKED_TABLE",
    "LOCKED_OUT",
    "PRIVATE_FILE",
    "PRIVATE_FOLDER",
    "WHOLE_DISTRICTS",
    "WILDCARDS",
    "DataRoot",
    "DeclarationError",
    "Draft",
    "Fault",
    "Partition",
    "Rule",
    "UnknownCodeError",
    "attach",
    "check_codes",
    "connected",
    "faults_of",
    "forget_identities",
    "is_locked",
    "literal",
    "locked_out",
    "only_named",
    "read_frame",
    "replace_folder",
    "replace_view",
    "rows_of",
    "settle",
    "sha256_of",
    "shortage",
    "tables_read",
    "unknown_codes",
    "unlock",
    "write_whole",
]
