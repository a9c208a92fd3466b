"""What a decided month rests on, noted in its version: the landed files, the earlier months, the other districts.

Held against what is there now, it tells why what is published is older than what it rests on.
"""

import hashlib
from collections.abc import Iterable

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES, LANDED_FILES, MEMORY, OF_MONTH_BEFORE
from welfare_pipeline.lake.earlier import earlier_months
from welfare_pipeline.lake.encryption import read_frame
from welfare_pipeline.lake.partition import Partition

Ground = dict[str, str]  # digest by what
LANDING, ACROSS, EARLIER, BEFORE = "landing", "across", "earlier", "before"


def ground_of(partition: Partition) -> Ground:
    """What a month that is linked or decided now rests on: its landed files and the district's earlier months."""
    earlier = earlier_months(partition)
    memory = {f"{EARLIER} {month.period}": fingerprint(month, MEMORY) for month in earlier}
    before = {f"{BEFORE} {month.period}": fingerprint(month, OF_MONTH_BEFORE) for month in earlier[-1:]}
    return {LANDING: landing_of(partition)} | memory | before


def joint_ground(linked: Partition, now: Ground) -> Ground:
    """What the decisions over a linked version rest on: of earlier months' memory, that of when it was linked."""
    earlier = {what: digest for what, digest in linked.contents_or_nothing().ground.items() if what.startswith(EARLIER)}
    own = {what: digest for what, digest in now.items() if not what.startswith(EARLIER)}
    return own | (earlier or now)


def landing_of(partition: Partition) -> str:
    """The digest of the names and contents of the files that the version was read from."""
    if not partition.has(LANDED_FILES.name):
        return ""
    files = read_frame(partition.path(LANDED_FILES.name)).select("source_file", "sha256").rows()
    return digest_of_texts(f"{name} {content}" for name, content in files)


def across_of(partition: Partition) -> str:
    """The digest of a district's own rows of `cross_district_duplicates`."""
    if not partition.has(CROSS_DISTRICT_DUPLICATES.name):
        return digest_of_texts(())
    rows = read_frame(partition.path(CROSS_DISTRICT_DUPLICATES.name))
    own = rows.filter(district_code=partition.district).drop("period", "district_code")
    return digest_of_texts(map(repr, own.rows()))


def fingerprint(partition: Partition, tables: Iterable[Table]) -> str:
    """A digest of these tables of a version as they were made: a purge does not change it."""
    contents = partition.contents_or_nothing()
    return digest_of_texts(f"{t.name} {contents.as_made(t.name)}" for t in tables)


def digest_of_texts(texts: Iterable[str]) -> str:
    """SHA-256 over the texts in their order of the alphabet."""
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()
