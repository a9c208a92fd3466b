"""Rows that change are taken out of a database with those stored in one piece with them, and put back together.

DuckDB stores up to some 123,000 rows of a table as one piece, a row group. A row deleted in one keeps its room for
good; pieces that go as a whole leave room that is used again. Rows that are added become a piece of their own, which
takes whole blocks of the file: few rows are better put into the last piece, with those of it, until that is large
enough to be left as it is.
"""

import duckdb

ROW_GROUP = 122_880
# Rows from which on a piece is left. 25 months of a district of 60,000, one by one: 285 MB and 85 CPU seconds (anew 219
# MB); from 30,000 on 265 MB, 94 s; if pieces are filled up 252 MB, 106 s, and each month costs more than the last.
PIECE = 15_000
_NONE = "false"  # the condition that no row meets
SET_ASIDE = "attach ':memory:' as set_aside"  # where rows are set aside: temporary tables are of one connection alone
LEAVE_PIECES = "set max_vacuum_tasks = 0"  # of a database that is changed: no pieces are joined
_PIECES = """
select row_group_id, sum(count) as rows
from pragma_storage_info('{table}')
where column_id = 0 and segment_type <> 'VALIDITY'
group by all
"""
_TOUCHED = f"""
with pieces as ({_PIECES}),
placed as (select rows, sum(rows) over (order by row_group_id) as stop from pieces),
replaced as (select rowid as id from "{{table}}" where {{replaced}})
select stop - rows, stop
from placed
where stop = (select max(stop) from placed) or exists (from replaced where id >= stop - rows and id < stop)
order by all
"""  # noqa: S608  of ours


def is_a_piece(con: duckdb.DuckDBPyConnection, table: str, rows: int, new: int) -> bool:
    """Whether so many `new` rows are better left by themselves than put into one piece with the last of the table's."""
    if new >= PIECE:
        return True
    if rows < PIECE:  # then so is the last piece
        return False
    last = f"select rows from ({_PIECES.format(table=table)}) order by row_group_id desc limit 1"  # noqa: S608  a name of the contract
    return con.execute(last).fetchall() >= [(PIECE,)]


def take_out(con: duckdb.DuckDBPyConnection, table: str, rows: int, replaced: str) -> int:
    """Take the `replaced` rows (a condition) of the table's rows out, and set those aside that lie beside them.

    Returns how many were replaced; `put_back` puts the others back, after a checkpoint.
    """
    return _set_aside(con, table, "true" if rows <= ROW_GROUP else _touched(con, table, replaced), replaced)


def set_last_aside(con: duckdb.DuckDBPyConnection, table: str, rows: int) -> None:
    """Set the rows of the last piece of the table's rows aside; `put_back` puts them back, after a checkpoint."""
    _set_aside(con, table, "true" if rows < PIECE else _touched(con, table, _NONE), _NONE)


def put_back(con: duckdb.DuckDBPyConnection, table: str, some: str) -> None:
    """Put back the rows set aside that meet the condition."""
    con.execute(f'insert into "{table}" from {_aside(table)} where {some}')


def drop_aside(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Forget what was set aside, once all of it is put back."""
    con.execute(f"drop table {_aside(table)}")


def _set_aside(con: duckdb.DuckDBPyConnection, table: str, touched: str, replaced: str) -> int:
    con.execute(f'create table {_aside(table)} as from "{table}" where ({touched}) and not ({replaced})')
    [(out,)] = con.execute(f'delete from "{table}" where {touched}').fetchall()  # noqa: S608  names of the contract, conditions of ours
    [(aside,)] = con.execute(f"select count(*) from {_aside(table)}").fetchall()  # noqa: S608  as above
    return int(out) - int(aside)


def _touched(con: duckdb.DuckDBPyConnection, table: str, replaced: str) -> str:
    """The condition of the rows that lie in one piece with those to be replaced, or in the last one."""
    pieces = con.execute(_TOUCHED.format(table=table, replaced=replaced)).fetchall()
    return " or ".join(f"(rowid >= {start} and rowid < {stop})" for start, stop in pieces) or _NONE


def _aside(table: str) -> str:
    return f'set_aside."{table}"'
