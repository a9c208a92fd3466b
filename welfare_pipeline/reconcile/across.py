"""The step over all districts of a month: who receives from one programme in two districts.

Pairs are found by a keyed hash of the number (`numbers.py`); of those few alone names and birth dates are compared, in
memory. What is written holds keys and places, nobody's identity. Only pairs of districts that changed since are looked
for again. A killed step has hashed some districts, goes on with the others, and begins the comparison again.
"""

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import polars as pl

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES, LINKS, PERSON_ROWS
from welfare_pipeline.lake import (
    DataRoot,
    Draft,
    Partition,
    Snapshot,
    SupersededError,
    damages_in,
    is_locked,
    is_small,
    keep_within,
    linked_files,
    only_named,
    own_connection,
    processors,
    rows_of,
)
from welfare_pipeline.reconcile.district import query_of
from welfare_pipeline.reconcile.numbers import Numbers, make_candidates

TABLE = CROSS_DISTRICT_DUPLICATES.name
READ = (LINKS.name, PERSON_ROWS.name)
TRIES = 4
MONTHS_HASHED = 3  # whose hashes are kept; those of older months are made again if need be
MEMORY = 4_000_000_000  # bytes that the comparison takes at most; what is more goes to the disk
Ground = dict[str, str]  # by district, what its lists and links are


@dataclass(frozen=True)
class Compared:
    """The month's rows of `cross_district_duplicates`, and the districts that were looked at anew for them."""

    partition: Partition
    districts: tuple[str, ...]

    def of(self, district: str) -> pl.DataFrame:
        """The district's own rows."""
        with self.partition.look(TABLE) as con:
            return con.execute(f"from {TABLE} where district_code = $district", {"district": district}).pl()


@dataclass(frozen=True)
class Comparison:
    """What is compared: districts with lists that can be read, those of them that changed, those that are known."""

    root: DataRoot
    partitions: list[Partition]
    policy: Policy
    changed: list[str]
    known: list[str]

    @property
    def threads(self) -> int:
        """As many as there are cores, for little data one."""
        return (
            1
            if is_small({TABLE: [partition.path(PERSON_ROWS.name) for partition in self.partitions]})
            else processors()
        )


def compare_districts(root: DataRoot, period: str, policy: Policy) -> Compared:
    """The month's people on the lists of two districts, as each district's newest links have them.

    A district that cannot be read now (damaged, purged, made by an older version) keeps the rows that are known. What
    another machine compared meanwhile is looked at again.

    Raises:
        SupersededError: again and again.

    """
    with root.alone(f"across-{period}"):
        _forget_older_hashes(root, period)
        for _ in range(TRIES):
            with suppress(SupersededError):
                return _compared(root, period, policy)
            root.refresh(period)
        return _compared(root, period, policy)


def _forget_older_hashes(root: DataRoot, period: str) -> None:
    """A nation's are gigabytes a month; those of a month that is compared at this moment stay."""
    months = {folder.name for folder in root.number_hashes(period).parent.glob("*")} | {period}
    for month in sorted(months - {period}, reverse=True)[MONTHS_HASHED - 1 :]:
        with root.alone_if_free(f"across-{month}") as is_free:
            if is_free:
                shutil.rmtree(root.number_hashes(month), ignore_errors=True)


def _compared(root: DataRoot, period: str, policy: Policy) -> Compared:
    former = root.partition(period)
    before = {} if damages_in(former) else dict(former.contents_or_nothing().ground)
    if before and _ground(linked_files(root.lake, period), policy) == before:
        return Compared(former, ())
    return _compared_anew(root, former, before, policy)


def _compared_anew(root: DataRoot, former: Partition, before: Ground, policy: Policy) -> Compared:
    with root.snapshot("across", period=former.period) as lake:
        linked = {partition.district: partition for partition in lake.linked()}
        newest = _ground({p.district: p.contents_or_nothing().files for p in linked.values()}, policy)
        readable = {
            district: partition
            for district, partition in linked.items()
            if newest[district] == before.get(district) or _is_readable(partition)  # what was read once still can be
        }
        ground = {district: newest[district] for district in readable} | _unread(before, linked, readable, lake)
        changed = sorted(district for district in {*ground, *before} if ground.get(district) != before.get(district))
        if not changed or (len(ground) == 1 and not former.has_any()):
            return Compared(former, ())
        with former.draft() as draft:
            _write(draft, Comparison(root, [*readable.values()], policy, changed, [*ground]))
            return Compared(draft.accept(ground=ground), tuple(district for district in changed if district in ground))


def write_own_duplicates(draft: Draft, compared: Compared) -> None:
    """Draft a district's own rows, which its decisions rest on."""
    with draft.look(TABLE) as con:
        con.register("own", compared.of(draft.partition.district))
        draft.write_query(con, TABLE, "from own")


def _is_readable(partition: Partition) -> bool:
    rows = partition.path(PERSON_ROWS.name)
    if not partition.has(PERSON_ROWS.name) or damages_in(partition, READ) or is_locked(rows):
        return False
    with own_connection() as con:  # a purge has left the numbers out
        emptied = "programme is not null and nik is null and nik_status = 'valid'"
        return not con.execute(f"select 1 from {rows_of([rows])} where {emptied} limit 1").fetchall()  # noqa: S608  a file of the lake


def _ground(linked: Mapping[str, Mapping[str, str]], policy: Policy) -> Ground:
    """What the comparison rests on, by district; `linked`: the digests of the tables that each is linked by."""
    limits = "-".join(str(policy.thresholds[name]) for name in sorted(policy.thresholds) if name.startswith("across"))
    return {district: "-".join([limits, *(files.get(name, "") for name in READ)]) for district, files in linked.items()}


def _unread(
    before: Ground, linked: Mapping[str, Partition], readable: Mapping[str, Partition], lake: Snapshot
) -> Ground:
    """What is known of districts that cannot be read now stands until they can."""
    unread = ({*linked} - {*readable}) | {damage.district for damage in lake.lost()}
    return {district: before[district] for district in unread if district in before}


def _write(draft: Draft, asked: Comparison) -> None:
    """The pairs found, beside those of districts that have not changed."""
    found, standing = query_of("period", "pairs"), query_of("period", "standing_pairs")
    values = dict(asked.policy.thresholds) | {"changed": asked.changed, "known": asked.known}
    with draft.connect(asked.threads, tables=[TABLE]) as con:
        keep_within(con, MEMORY)
        numbers = Numbers(asked.root.number_hashes(draft.partition.period), asked.root.deployment_secret())
        with numbers.forgotten_if_unreadable():
            make_candidates(con, asked.partitions, numbers.hashed(con, asked.partitions), asked.changed)
        con.execute(f"create temp table pairs as {found}", only_named(found, values))
        con.execute(f"insert into pairs by name {standing}", only_named(standing, values))
        draft.write_query(con, TABLE, "from pairs")
