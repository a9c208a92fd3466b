"""The step over all districts of a month: who receives from one programme in two districts.

Pairs are found by a keyed hash of the number; of those few alone names and birth dates are compared, in memory. What is
written holds keys and places, nobody's identity. Only pairs of districts that changed since are looked for again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import CROSS_DISTRICT_DUPLICATES, LINKS, PERSON_ROWS
from welfare_pipeline.lake import DataRoot, Draft, Partition, Snapshot, damages_in, is_locked, linked_in, only_named
from welfare_pipeline.reconcile.district import query_of

TABLE = CROSS_DISTRICT_DUPLICATES.name
STAGES = ("listed", "number_hashes", "candidate_pairs", "listed_twice")
READ = (LINKS.name, PERSON_ROWS.name)
Ground = dict[str, str]  # by district, what its lists and links are


@dataclass(frozen=True)
class Compared:
    """The month's rows of `cross_district_duplicates`, and the districts that were looked at anew for them."""

    partition: Partition
    districts: tuple[str, ...]

    def of(self, district: str) -> pl.DataFrame:
        """The district's own rows."""
        with self.partition.look(TABLE) as con:
            return con.execute(f"from {TABLE}").pl().filter(pl.col("district_code") == district)


def compare_districts(root: DataRoot, period: str, policy: Policy) -> Compared:
    """The month's people on the lists of two districts, as each district's newest links have them.

    A district that cannot be read now (damaged, purged, made by an older version) keeps the rows that are known.
    """
    with root.alone(f"across-{period}"):
        former = root.partition(period)
        before = {} if damages_in(former) else dict(former.contents_or_nothing().ground)
        if before and _ground({p.district: p for p in linked_in(root.lake, period)}, policy) == before:
            return Compared(former, ())
        return _compared_anew(root, former, before, policy)


def _compared_anew(root: DataRoot, former: Partition, before: Ground, policy: Policy) -> Compared:
    with root.snapshot("across", period=former.period) as lake:
        linked = {partition.district: partition for partition in lake.linked()}
        newest = _ground(linked, policy)
        readable = {
            district: partition
            for district, partition in linked.items()
            if newest[district] == before.get(district) or _is_readable(partition)  # what was read once still can be
        }
        ground = {district: newest[district] for district in readable} | _unread(before, linked, readable, lake)
        changed = sorted(district for district in {*ground, *before} if ground.get(district) != before.get(district))
        if not changed or (len(ground) == 1 and not former.tables()):
            return Compared(former, ())
        found = _found(root, [*readable.values()], policy, changed)
        with former.draft() as draft:
            _write(draft, found, changed, [*ground])
            return Compared(draft.accept(ground=ground), tuple(district for district in changed if district in ground))


def write_own_duplicates(draft: Draft, compared: Compared) -> None:
    """Draft a district's own rows, which its decisions rest on."""
    with draft.look(TABLE) as con:
        con.register("own", compared.of(draft.partition.district))
        draft.write_query(con, TABLE, "from own")


def _is_readable(partition: Partition) -> bool:
    if (
        not partition.has(PERSON_ROWS.name)
        or damages_in(partition, READ)
        or is_locked(partition.path(PERSON_ROWS.name))
    ):
        return False
    with partition.look(PERSON_ROWS.name) as con:  # a purge has left the numbers out
        return not con.execute("from person_rows where nik is null and nik_status = 'valid' limit 1").fetchall()


def _ground(linked: Mapping[str, Partition], policy: Policy) -> Ground:
    limits = "-".join(str(policy.thresholds[name]) for name in sorted(policy.thresholds) if name.startswith("across"))
    return {
        district: "-".join([limits, *(partition.contents_or_nothing().files.get(name, "") for name in READ)])
        for district, partition in linked.items()
    }


def _unread(
    before: Ground, linked: Mapping[str, Partition], readable: Mapping[str, Partition], lake: Snapshot
) -> Ground:
    """What is known of districts that cannot be read now stands until they can."""
    unread = ({*linked} - {*readable}) | {damage.district for damage in lake.lost()}
    return {district: before[district] for district in unread if district in before}


def _found(root: DataRoot, partitions: list[Partition], policy: Policy, changed: list[str]) -> pl.DataFrame:
    values = dict(policy.thresholds) | {"secret": root.deployment_secret(), "changed": changed}
    with root.across(partitions) as con:
        for name in STAGES:
            query = query_of("period", name)
            con.execute(f"create temp table {name} as {query}", only_named(query, values))
        query = query_of("period", TABLE)
        return con.execute(f"from ({query})", only_named(query, values)).pl()


def _write(draft: Draft, found: pl.DataFrame, changed: list[str], known: list[str]) -> None:
    """The pairs found, beside those of districts that have not changed."""
    standing = pl.col("district_code").is_in(known) & pl.col("other_district").is_in(known)
    touched = pl.col("district_code").is_in(changed) | pl.col("other_district").is_in(changed)
    with draft.look(TABLE) as con:
        kept = con.execute(f"from {TABLE}").pl().filter(standing & ~touched)
        con.register("pairs", pl.concat([kept.select(found.columns), found]))
        draft.write_query(con, TABLE, "from pairs")
