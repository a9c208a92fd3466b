"""Rows that change are taken out of a database with those stored in one piece with them, and put back together.

DuckDB stores up to some 123,000 rows of a table as one piece, a row group. A row deleted in one keeps its room for
good; pieces that go as a whole leave room that is used again. Rows that are added become a piece of their own, which
takes whole blocks of the file: few rows are better put into the last piece, with those of it.
"""

import duckdb

ROW_GROUP = 122_880
PIECE = 30_000  # rows: with pieces from 10,000 on, eight months of a small district took two fifths more room
LEAVE_PIECES = "set max_vacuum_tasks = 0"  # of a database that is changed: no pieces are joined
_TOUCHED = """
with pieces as (
    select row_group_id, sum(count) as rows
    from pragma_storage_info('{table}')
    where column_id = 0 and segment_type <> 'VALIDITY'
    group by all
),
placed as (select rows, sum(rows) over (order by row_group_id) as stop from pieces),
replaced as (select rowid as id from "{table}" where {replaced})
select stop - rows, stop
from placed
where stop = (select max(stop) from placed) or exists (from replaced where id >= stop - rows and id < stop)
order by all
"""


def take_out(con: duckdb.DuckDBPyConnection, table: str, rows: int, replaced: str) -> int:
    """Take the `replaced` rows (a condition) of the table's rows out, and set those aside that lie beside them.

    Returns how many were replaced; `put_back` puts the others back, after a checkpoint.
    """
    touched = "true" if rows <= ROW_GROUP else _touched(con, table, replaced)
    con.execute(f'create temp table "{_aside(table)}" as from "{table}" where ({touched}) and not ({replaced})')
    [(out,)] = con.execute(f'delete from "{table}" where {touched}').fetchall()  # noqa: S608  names of the contract, conditions of ours
    [(aside,)] = con.execute(f'select count(*) from temp."{_aside(table)}"').fetchall()  # noqa: S608  as above
    return int(out) - int(aside)


def put_back(con: duckdb.DuckDBPyConnection, table: str, some: str) -> None:
    """Put back the rows set aside that meet the condition."""
    con.execute(f'insert into "{table}" from temp."{_aside(table)}" where {some}')


def drop_aside(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Forget what was set aside, once all of it is put back."""
    con.execute(f'drop table temp."{_aside(table)}"')


def _touched(con: duckdb.DuckDBPyConnection, table: str, replaced: str) -> str:
    """The condition of the rows that lie in one piece with those to be replaced, or in the last one."""
    pieces = con.execute(_TOUCHED.format(table=table, replaced=replaced)).fetchall()
    return " or ".join(f"(rowid >= {start} and rowid < {stop})" for start, stop in pieces)


def _aside(table: str) -> str:
    return f"{table} set aside"
