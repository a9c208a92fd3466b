"""Whether the published databases hold what the lake holds, and the lake what its manifest says; nothing is changed."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack

import duckdb

from welfare_pipeline.contracts.column import Table
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.tables import RECIPIENT_ROWS
from welfare_pipeline.lake import DataRoot, Partition, attach, connected, locked_out
from welfare_pipeline.publish.database import Database, analysts_database, district_database
from welfare_pipeline.publish.months import Month, months_of
from welfare_pipeline.publish.rows import rows_to_publish
from welfare_pipeline.publish.whole_names import read_whole_names

_AGAIN = "Made anew by: welfare publish --from-nothing"

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
from {rows}
group by all
"""
_UNEQUAL = """
select period, district_code from ({made}) as made full join ({found}) as found using (period, district_code)
where made.rows is distinct from found.rows or made.content is distinct from found.content
order by all
"""


def unaccounted_files(partition: Partition) -> list[str]:
    """The landed files whose rows do not add up; a sentence each."""
    with partition.connect() as con:
        query = _UNACCOUNTED.format(accepted=_accepted_rows())
        unaccounted = con.execute(query, {"kept": _kept_lists(con, partition)}).fetchall()
    return [f"{file}: its rows are not all accounted for" for (file,) in unaccounted]


def _kept_lists(con: duckdb.DuckDBPyConnection, partition: Partition) -> list[str]:
    """The lists whose rows the partition keeps: none of a held-back month."""
    kept = [source.name for source in FIXED if partition.path(source.table).exists()]
    return kept + [
        programme for (programme,) in con.execute("select distinct programme from recipient_rows").fetchall()
    ]


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
    months = months_of(lake, deliveries)
    if months:
        yield from _differences(root, analysts_database(root), months, damaged)
    for district in sorted({month.name[1] for month in months}):
        own = [month for month in months if month.name[1] == district]
        yield from _differences(root, district_database(root, district), own, damaged)


def _differences(
    root: DataRoot, database: Database, months: Sequence[Month], damaged: Collection[tuple[str, str]]
) -> Iterator[str]:
    path = database.path
    name = path.relative_to(root.published)
    if not path.is_file():
        yield f"{name}: {'is no file' if path.exists() else 'is missing'}. {_AGAIN}"
        return
    with ExitStack() as stack:
        con = stack.enter_context(connected(root.lake, {}))
        try:
            attach(con, path, "published", private=database.private, options="read_only")
        except duckdb.Error as error:
            if locked_out(error):
                raise
            yield f"{name}: is damaged, it cannot be opened ({type(error).__name__}). {_AGAIN}"
            return
        if database.private:
            read_whole_names(months).let_know(con)
        for table in database.tables:
            try:
                unequal = _unequal(con, database, table, months)
            except duckdb.Error as error:  # its words may quote a cell
                yield f"{name}: {table.name} cannot be compared with the lake ({type(error).__name__}). {_AGAIN}"
                continue
            for period, district in unequal:
                if (period, district) not in damaged:
                    yield f"{name}: {table.name} of {district} {period} is not what the lake holds. {_AGAIN}"


def _unequal(
    con: duckdb.DuckDBPyConnection, database: Database, table: Table, months: Sequence[Month]
) -> list[tuple[str, str]]:
    """Months and districts whose rows differ, in any order; counted, and their MD5 added up.

    DuckDB's hash() takes some numbers of 16 digits for one.
    """
    columns = database.columns(table)
    declared = ", ".join(f'null::{column.type} as "{column.name}"' for column in columns)
    parts = [f"select {declared} where false", *rows_to_publish(con, database, table, months)]
    row = ", ".join(f'"{column.name}"' for column in columns)
    made = _SUMS.format(row=row, rows=f"({' union all by name '.join(parts)})")
    found = _SUMS.format(row=row, rows=f'published.main."{table.name}"')
    return con.execute(_UNEQUAL.format(made=made, found=found)).fetchall()
