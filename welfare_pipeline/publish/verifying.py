"""Whether the published databases hold what the lake holds, and the lake what its manifest says; nothing is changed."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack

import duckdb

from welfare_pipeline.contracts.column import Audience, Table
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.tables import LANDED_FILES, RECIPIENT_ROWS, RUN_MANIFEST, TABLES
from welfare_pipeline.lake import DataRoot, Partition, attach, connected, read_frame, replace_view, sha256_of
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


def lake_differences(partition: Partition) -> list[str]:
    """What in the lake is not as its run left it, else files whose rows do not add up; a sentence each."""
    changed = list(_changed_files(partition))
    if changed:
        return changed
    with partition.connect() as con:
        query = _UNACCOUNTED.format(accepted=_accepted_rows())
        unaccounted = con.sql(query, params={"kept": _kept_lists(con, partition)}).fetchall()
    return [f"{file}: its rows are not all accounted for" for (file,) in unaccounted]


def _changed_files(partition: Partition) -> Iterator[str]:
    signed = dict(read_frame(partition.path(RUN_MANIFEST.name)).select("table", "table_sha256").iter_rows())
    for name in sorted({*signed, *partition.tables()} - {RUN_MANIFEST.name}):
        file = partition.path(name)
        if not file.exists():
            yield f"lake: {name} is missing, which the run had made"
        elif name not in signed:
            yield f"lake: {name} is there, which no run has signed"
        elif sha256_of(file) != signed[name]:
            yield f"lake: {name} is not as the run made it"


def _kept_lists(con: duckdb.DuckDBPyConnection, partition: Partition) -> list[str]:
    """The lists whose rows the partition keeps: none of a held-back month."""
    kept = [source.name for source in FIXED if partition.path(source.table).exists()]
    return kept + [programme for (programme,) in con.sql("select distinct programme from recipient_rows").fetchall()]


def _accepted_rows() -> str:
    lists = {source.table: f"'{source.name}'" for source in FIXED} | {RECIPIENT_ROWS.name: "programme"}
    parts = (f"select {name} as source, source_file from {table}" for table, name in lists.items())  # noqa: S608  names of the contract
    return f"select source, source_file, count(*) as rows from ({' union all '.join(parts)}) group by all"  # noqa: S608


def published_differences(root: DataRoot) -> Iterator[str]:
    """The months and districts of each published database whose rows are not those of the lake, a sentence each."""
    shared = [table for table in TABLES if table.audience is Audience.ANALYSTS]
    whole = [table for table in TABLES if table.audience in DISTRICT_AUDIENCES]
    with root.snapshot("verify") as lake:
        yield from _differences(root, "welfare.duckdb", shared, lake, is_shared=True)
        for district in sorted({partition.district for partition in lake}):
            own = [partition for partition in lake if partition.district == district]
            yield from _differences(root, f"districts/{district}.duckdb", whole, own, is_shared=False)


def _differences(
    root: DataRoot, name: str, tables: Sequence[Table], lake: Sequence[Partition], *, is_shared: bool
) -> Iterator[str]:
    path = root.published / name
    if not path.exists():
        yield f"{name}: is missing"
        return
    with ExitStack() as stack:
        con = stack.enter_context(connected(root.lake, {}))
        attach(con, path, "published", private=not is_shared, options="read_only")
        know_whole_names(con, () if is_shared else [partition.path(LANDED_FILES.name) for partition in lake])
        for table in tables:
            columns = [c.name for c in (table.shareable_columns() if is_shared else table.restricted_columns())]
            try:
                replace_view(con, table, *(partition.path(table.name) for partition in lake))
                if not is_shared:
                    _with_whole_names(con, table)
                unequal = _unequal(con, table, columns)
            except duckdb.Error as error:  # its words may quote a cell
                yield f"{name}: {table.name} cannot be compared with the lake ({type(error).__name__})"
                continue
            for period, district in unequal:
                yield f"{name}: {table.name} of {district} {period} is not what the lake holds"


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
