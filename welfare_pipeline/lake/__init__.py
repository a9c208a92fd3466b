"""The data root: the only room that knows paths.

A partition (period x district) is one folder of Parquet files, one a table. Tables are drafted beside the lake and put
in place a folder at a time, so a reader meets whole partitions only; DuckDB sees a partition's tables as views of
their names. What belongs to whom and who waits for whom is decided here, what is computed elsewhere.
"""

from welfare_pipeline.lake.audits import audit_file, drawn_samples, see_audit_samples
from welfare_pipeline.lake.codes_in_sql import UnknownCodeError, check_codes, unknown_codes
from welfare_pipeline.lake.connecting import WILDCARDS, connected, is_small, only_named, replace_view
from welfare_pipeline.lake.contents import digest_of
from welfare_pipeline.lake.declaration import Breach, DeclarationError, Rule, breaches_of
from welfare_pipeline.lake.earlier import earlier_months, month_of
from welfare_pipeline.lake.encryption import (
    LOCKED_OUT,
    attach,
    encryption_key,
    httpfs_extension,
    literal,
    locked_out,
    parquet_options,
    rows_of,
    unlock,
)
from welfare_pipeline.lake.folders import (
    PRIVATE_FILE,
    PRIVATE_FOLDER,
    make_private,
    replace_folder,
    settle,
    sha256_of,
    write_whole,
)
from welfare_pipeline.lake.forgetting import forget_identities
from welfare_pipeline.lake.ground import Ground, digest_of_texts, ground_of, joint_ground, landing_of, stale_months
from welfare_pipeline.lake.integrity import WHOLE, Damage, Fault, damages_in
from welfare_pipeline.lake.interruption import interruption, letting_go
from welfare_pipeline.lake.mending import lake_damages, memory_damages, mend, told_damages
from welfare_pipeline.lake.migrating import is_of_former_layout, migrate, move_into_store
from welfare_pipeline.lake.noted_status import write_status
from welfare_pipeline.lake.one_file import is_locked, own_connection, read_frame, read_matching, row_count, write_frame
from welfare_pipeline.lake.partition import WHOLE_DISTRICTS, Draft, Partition
from welfare_pipeline.lake.person_rows import (
    NAMED,
    draft_person_rows,
    person_rows_query,
    require_person_rows,
    see_person_rows,
)
from welfare_pipeline.lake.pointer import NONE, Pointer
from welfare_pipeline.lake.refusal import refusal, require_writable
from welfare_pipeline.lake.remembered_facts import EARLIER_FACTS, draft_facts, see_earlier_facts
from welfare_pipeline.lake.root import DataRoot, Snapshot
from welfare_pipeline.lake.secret import SecretError
from welfare_pipeline.lake.share import (
    FULL_SIZE,
    keep_to_share,
    keep_within,
    memory_for_reading,
    memory_here,
    processors,
    share_of_run,
)
from welfare_pipeline.lake.shortage import chain, shortage
from welfare_pipeline.lake.sql_text import CHECKED_TABLE, tables_named_in, tables_read
from welfare_pipeline.lake.store.settings import VARIABLE as STORE
from welfare_pipeline.lake.store.settings import require_secret
from welfare_pipeline.lake.store.versions import SupersededError
from welfare_pipeline.lake.store_error import StoreError
from welfare_pipeline.lake.versions import linked_files, pointer_of
from welfare_pipeline.lake.words_in_sql import make_paths, make_supports, make_words

__all__ = [
    "CHECKED_TABLE",
    "EARLIER_FACTS",
    "FULL_SIZE",
    "LOCKED_OUT",
    "NAMED",
    "NONE",
    "PRIVATE_FILE",
    "PRIVATE_FOLDER",
    "STORE",
    "WHOLE",
    "WHOLE_DISTRICTS",
    "WILDCARDS",
    "Breach",
    "Damage",
    "DataRoot",
    "DeclarationError",
    "Draft",
    "Fault",
    "Ground",
    "Partition",
    "Pointer",
    "Rule",
    "SecretError",
    "Snapshot",
    "StoreError",
    "SupersededError",
    "UnknownCodeError",
    "attach",
    "audit_file",
    "breaches_of",
    "chain",
    "check_codes",
    "connected",
    "damages_in",
    "digest_of",
    "digest_of_texts",
    "draft_facts",
    "draft_person_rows",
    "drawn_samples",
    "earlier_months",
    "encryption_key",
    "forget_identities",
    "ground_of",
    "httpfs_extension",
    "interruption",
    "is_locked",
    "is_of_former_layout",
    "is_small",
    "joint_ground",
    "keep_to_share",
    "keep_within",
    "lake_damages",
    "landing_of",
    "letting_go",
    "linked_files",
    "literal",
    "locked_out",
    "make_paths",
    "make_private",
    "make_supports",
    "make_words",
    "memory_damages",
    "memory_for_reading",
    "memory_here",
    "mend",
    "migrate",
    "month_of",
    "move_into_store",
    "only_named",
    "own_connection",
    "parquet_options",
    "person_rows_query",
    "pointer_of",
    "processors",
    "read_frame",
    "read_matching",
    "refusal",
    "replace_folder",
    "replace_view",
    "require_person_rows",
    "require_secret",
    "require_writable",
    "row_count",
    "rows_of",
    "see_audit_samples",
    "see_earlier_facts",
    "see_person_rows",
    "settle",
    "sha256_of",
    "share_of_run",
    "shortage",
    "stale_months",
    "tables_named_in",
    "tables_read",
    "told_damages",
    "unknown_codes",
    "unlock",
    "write_frame",
    "write_status",
    "write_whole",
]
