"""Whether the published databases hold what the lake holds, and the lake what its manifest says; nothing is changed."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack

import duckdb

from welfare_pipeline.contracts.column import Audience, Table
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.tables import LANDED_FILES, OF_DELIVERIES, RECIPIENT_ROWS, TABLES
from welfare_pipeline.lake import DataRoot, Partition, attach, connected, locked_out, replace_view
from welfare_pipeline.publish.databases import DISTRICT_AUDIENCES
from welfare_pipeline.publish.whole_names import know_whole_names, whole_rows

_UNACCOUNTED = """
with kept (source) as (select unnest($kept)),
accepted as ({accepted}),
rejected as (select source, source_file, count(*) as rows from rejected_rows group by all)
select files.source_file
from landed_files as files
left join accepted using (source, source_file)
left join rejected using (source, source_file)
where state = 'accepted' and (
    rows_landed <> rows_accepted + rows_rejected
    or (source in (from kept) and rows_accepted <> coalesce(accepted.rows, 0))
    or rows_rejected <> coalesce(rejected.rows, 0)
)
order by all
"""

_SUMS = """
select period, district_code, count(*) as rows, sum(md5_number_lower(row({row})::varchar)) as content
from {side}.main."{table}"
group by all
"""
_UNEQUAL = """
select period, district_code from ({memory}) as made full join ({published}) as found using (period, district_code)
where made.rows is distinct from found.rows or made.content is distinct from found.content
order by all
"""


def unaccounted_files(partition: Partition) -> list[str]:
    """The landed files whose rows do not add up; a sentence each."""
    with partition.connect() as con:
        query = _UNACCOUNTED.format(accepted=_accepted_rows())
        unaccounted = con.sql(query, params={"kept": _kept_lists(con, partition)}).fetchall()
    return [f"{file}: its rows are not all accounted for" for (file,) in unaccounted]


def _kept_lists(con: duckdb.DuckDBPyConnection, partition: Partition) -> list[str]:
    """The lists whose rows the partition keeps: none of a held-back month."""
    kept = [source.name for source in FIXED if partition.path(source.table).exists()]
    return kept + [programme for (programme,) in con.sql("select distinct programme from recipient_rows").fetchall()]


def _accepted_rows() -> str:
    lists = {source.table: f"'{source.name}'" for source in FIXED} | {RECIPIENT_ROWS.name: "programme"}
    parts = (f"select {name} as source, source_file from {table}" for table, name in lists.items())  # noqa: S608  names of the contract
    return f"select source, source_file, count(*) as rows from ({' union all '.join(parts)}) group by all"  # noqa: S608


def published_differences(
    root: DataRoot, lake: Sequence[Partition], deliveries: Sequence[Partition], damaged: Collection[tuple[str, str]]
) -> Iterator[str]:
    """The months and districts of each published database whose rows are not those of the lake, a sentence each.

    `lake`: the published versions; `deliveries`: the newest, of which the records are shown. What a database shows of
    the damaged months and districts (which are in neither) is not looked at.
    """
    shared = [table for table in TABLES if table.audience is Audience.ANALYSTS]
    whole = [table for table in TABLES if table.audience in DISTRICT_AUDIENCES]
    if deliveries:
        yield from _differences(root, "welfare.duckdb", shared, lake, deliveries, damaged)
    for district in sorted({partition.district for partition in deliveries}):
        own = [partition for partition in lake if partition.district == district]
        records = [partition for partition in deliveries if partition.district == district]
        yield from _differences(root, f"districts/{district}.duckdb", whole, own, records, damaged)


def _differences(  # noqa: PLR0913, PLR0917  one call
    root: DataRoot,
    name: str,
    tables: Sequence[Table],
    lake: Sequence[Partition],
    deliveries: Sequence[Partition],
    damaged: Collection[tuple[str, str]],
) -> Iterator[str]:
    path, again = root.published / name, f"Made anew by: {_publishing(deliveries)}"
    is_shared = not name.startswith("districts/")
    if not path.is_file():
        yield f"{name}: {'is no file' if path.exists() else 'is missing'}. {again}"
        return
    with ExitStack() as stack:
        con = stack.enter_context(connected(root.lake, {}))
        try:
            attach(con, path, "published", private=not is_shared, options="read_only")
        except duckdb.Error as error:
            if locked_out(error):
                raise
            yield f"{name}: is damaged, it cannot be opened ({type(error).__name__}). {again}"
            return
        for table in tables:
            shown = deliveries if table in OF_DELIVERIES else lake
            know_whole_names(con, () if is_shared else [partition.path(LANDED_FILES.name) for partition in shown])
            columns = [c.name for c in (table.shareable_columns() if is_shared else table.restricted_columns())]
            try:
                replace_view(con, table, *(partition.path(table.name) for partition in shown))
                if not is_shared:
                    _with_whole_names(con, table)
                unequal = _unequal(con, table, columns)
            except duckdb.Error as error:  # its words may quote a cell
                yield f"{name}: {table.name} cannot be compared with the lake ({type(error).__name__}). {again}"
                continue
            for period, district in unequal:
                if (period, district) not in damaged:
                    yield f"{name}: {table.name} of {district} {period} is not what the lake holds. {again}"


def _publishing(lake: Sequence[Partition]) -> str:
    """The command that publishes what these partitions hold."""
    newest = max(lake, key=lambda partition: partition.period)
    district = f" --district {newest.district}" if len({partition.district for partition in lake}) == 1 else ""
    return f"welfare run --period {newest.period}{district}"


def _with_whole_names(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    masked = f'"masked {table.name}"'
    con.execute(f'alter view "{table.name}" rename to {masked}')
    con.execute(f'create view "{table.name}" as from {whole_rows(con, table, masked)}')


def _unequal(con: duckdb.DuckDBPyConnection, table: Table, columns: Sequence[str]) -> list[tuple[str, str]]:
    """Months and districts whose rows differ, in any order; counted, and their MD5 added up.

    DuckDB's hash() takes some numbers of 16 digits for one.
    """
    row = ", ".join(f'"{column}"' for column in columns)
    sides = {side: _SUMS.format(row=row, side=side, table=table.name) for side in ("memory", "published")}
    return con.sql(_UNEQUAL.format(**sides)).fetchall()
