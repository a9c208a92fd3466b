"""Who gets which tables: the analysts' database without identities, a district's own with them.

How a database is written stands in `writing.py`, how it replaces the former one in `replacing.py`.
"""

from collections.abc import Sequence
from pathlib import Path

from welfare_pipeline.contracts.column import Audience, Table
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.tables import LANDED_FILES, OF_DELIVERIES, TABLES
from welfare_pipeline.lake import DataRoot, Partition
from welfare_pipeline.publish.code_tables import add_code_tables
from welfare_pipeline.publish.keeping import damaged_partitions
from welfare_pipeline.publish.replacing import replacing
from welfare_pipeline.publish.writing import PublishedTable, extended, write_database

DISTRICT_AUDIENCES = (Audience.ANALYSTS, Audience.DISTRICT)


def publish_analysts(root: DataRoot) -> Path:
    """Build `published/welfare.duckdb` anew: every period and district of the lake, no identity column.

    Months whose files in the lake are damaged or gone stay as the former database has them. Returns its path.

    Raises:
        PublishError: it could not be built; the former file stands.

    """
    target = root.published / "welfare.duckdb"
    with root.alone("welfare.duckdb"), replacing(target, private=False) as draft, root.snapshot("welfare") as lake:
        shown = [table for table in TABLES if table.audience is Audience.ANALYSTS]
        kept = damaged_partitions(target, lake, shown, private=False)
        write_database(
            draft, [_shared(table, kept.of(table)) for table in shown], private=False, former=kept.former(shown)
        )
        with extended(draft, private=False) as con:
            add_code_tables(con)
    return target


def publish_district(root: DataRoot, district: str, *, nameless_before: str = "") -> Path:
    """Build `published/districts/<district>.duckdb` anew: that district only, every period, identities included.

    Months whose files in the lake are damaged or gone stay as the former database has them; without identities, if they
    are `nameless_before`. Returns its path; only the owner may read it.

    Raises:
        PublishError: it could not be built; the former file stands.

    """
    target = root.published / "districts" / f"{district}.duckdb"
    with root.alone(target.name), replacing(target, private=True) as draft, root.snapshot(district, district) as own:
        shown = [table for table in TABLES if table.audience in DISTRICT_AUDIENCES]
        kept = damaged_partitions(target, own, shown, private=True)
        former = kept.former(shown, nameless_before)
        tables = [_whole(table, kept.of(table), kept.sound) for table in shown]
        write_database(draft, tables, private=True, threads=1, former=former)  # worklists keep the other cores busy
        with extended(draft, private=True) as con:
            add_code_tables(con)
            for source in load_policy(root.policy).sources.programmes:
                con.execute(_programme_list(source.name))
    return target


def _programme_list(name: str) -> str:
    """The statement that makes a programme's list a view of its name."""
    return f"create view \"{name}\" as select * exclude (programme) from recipient_rows where programme = '{name}'"  # noqa: S608  a name of the policy


def _shared(table: Table, partitions: Sequence[Partition]) -> PublishedTable:
    return PublishedTable(table, table.shareable_columns(), _files(table, partitions))


def _whole(table: Table, partitions: Sequence[Partition], published: Sequence[Partition]) -> PublishedTable:
    landed = partitions if table in OF_DELIVERIES else published
    return PublishedTable(table, table.restricted_columns(), _files(table, partitions), _files(LANDED_FILES, landed))


def _files(table: Table, partitions: Sequence[Partition]) -> tuple[Path, ...]:
    paths = (partition.path(table.name) for partition in partitions)
    return tuple(path for path in paths if path.exists())
