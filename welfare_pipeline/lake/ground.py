"""What a decided month rests on, noted in its version: the landed files, the earlier months, the other districts.

Held against what is there now, it tells why what is published is older than what it rests on.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.tables import (
    CROSS_DISTRICT_DUPLICATES,
    LANDED_FILES,
    MEMORY,
    OF_EARLIER_MONTHS,
    OF_MONTH_BEFORE,
)
from welfare_pipeline.contracts.vocabulary import StaleBecause
from welfare_pipeline.lake.earlier import earlier_months
from welfare_pipeline.lake.encryption import rows_of
from welfare_pipeline.lake.one_file import own_connection, read_frame
from welfare_pipeline.lake.partition import WHOLE_DISTRICTS, Partition
from welfare_pipeline.lake.versions import districts_in, newest_version, only_there, published_version

Ground = dict[str, str]  # digest by what
LANDING, ACROSS, EARLIER, BEFORE, READ = "landing", "across", "earlier", "before", "read"
STORED = "stored"  # the etags of the landed files, where they were read of an object store


def ground_of(partition: Partition) -> Ground:
    """What a month that is linked or decided now rests on: its landed files and the district's earlier months."""
    earlier = earlier_months(partition)
    memory = {f"{EARLIER} {month.period}": fingerprint(month, MEMORY) for month in earlier}
    before = {f"{BEFORE} {month.period}": fingerprint(month, OF_MONTH_BEFORE) for month in earlier[-1:]}
    read = {f"{READ} {month.period}": fingerprint(month, OF_EARLIER_MONTHS) for month in earlier}
    stored = {what: digest for what, digest in partition.contents_or_nothing().ground.items() if what == STORED}
    return {LANDING: landing_of(partition)} | stored | memory | before | read


def joint_ground(linked: Partition, now: Ground) -> Ground:
    """What the decisions over a linked version rest on: of earlier months' memory, that of when it was linked."""
    noted = linked.contents_or_nothing().ground
    if not noted:  # an older version's
        return now
    return {what: digest for what, digest in now.items() if not what.startswith(EARLIER)} | _noted(noted, EARLIER)


def landing_of(partition: Partition) -> str:
    """The digest of the names and contents of the files that the version was read from."""
    if not partition.has(LANDED_FILES.name):
        return ""
    files = read_frame(partition.path(LANDED_FILES.name)).select("source_file", "sha256").rows()
    return digest_of_texts(f"{name} {content}" for name, content in files)


def across_of(partition: Partition, district: str | None = None) -> str:
    """The digest of a district's own rows of `cross_district_duplicates`."""
    rows = rows_of([partition.path(CROSS_DISTRICT_DUPLICATES.name)])
    own = f"select * exclude (period, district_code) from {rows} where district_code = $district"  # noqa: S608  of the lake
    with own_connection() as con:  # a nation's rows are not read for those of one district
        found = con.sql(own, params={"district": district or partition.district}).fetchall()
    return digest_of_texts(map(repr, found))


def fingerprint(partition: Partition, tables: Iterable[Table]) -> str:
    """A digest of these tables of a version as they were made: a purge does not change it."""
    contents = partition.contents_or_nothing()
    return digest_of_texts(f"{t.name} {contents.as_made(t.name)}" for t in tables)


def digest_of_texts(texts: Iterable[str]) -> str:
    """SHA-256 over the texts in their order of the alphabet."""
    return hashlib.sha256("\n".join(sorted(texts)).encode()).hexdigest()


def stale_months(lake: Path, district: str) -> dict[str, StaleBecause]:
    """The district's published months that are older than an earlier month or another district's lists, and why.

    What landed since is not looked at here. A month that notes nothing of its ground, or nothing of what is read of all
    earlier months, is of an older version and taken as it is.
    """
    names = districts_in(lake, district)
    months = only_there(published_version(lake, *name) for name in names)
    found: dict[str, StaleBecause] = {}
    earlier: Ground = {}
    before: Ground = {}
    read: Ground = {}
    for month in months:
        ground = month.contents_or_nothing().ground
        if ground and (_noted(ground, EARLIER, BEFORE) != earlier | before or _noted(ground, READ) not in ({}, read)):
            found[month.period] = StaleBecause.EARLIER_MONTH_CHANGED
        elif _is_otherwise_across(month):
            found[month.period] = StaleBecause.OTHER_DISTRICT_CHANGED
        earlier = earlier | {f"{EARLIER} {month.period}": fingerprint(month, MEMORY)}
        before = {f"{BEFORE} {month.period}": fingerprint(month, OF_MONTH_BEFORE)}
        read = read | {f"{READ} {month.period}": fingerprint(month, OF_EARLIER_MONTHS)}
    return found


def _noted(ground: Mapping[str, str], *kinds: str) -> Ground:
    return {what: digest for what, digest in ground.items() if what.startswith(kinds)}


def _is_otherwise_across(month: Partition) -> bool:
    """Whether the step between the districts has other rows of the district than its decisions rest on."""
    compared = newest_version(month.lake, month.period, WHOLE_DISTRICTS)
    if not compared.has(CROSS_DISTRICT_DUPLICATES.name) or not month.has(CROSS_DISTRICT_DUPLICATES.name):
        return False
    return across_of(month) != across_of(compared, month.district)
