"""The rows of a published database: written from the lake's files, held to their declaration, counted on the disk.

What belongs into which database is decided in `database.py` and `months.py`.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import duckdb

from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.contracts.tables import RUN_MANIFEST, TABLES
from welfare_pipeline.lake import (
    attach,
    digest_of,
    encryption_key,
    is_small,
    keep_to_share,
    keep_within,
    letting_go,
    literal,
    unlock,
)
from welfare_pipeline.publish.code_tables import comments, write_code_tables
from welfare_pipeline.publish.database import FORMAT, Database
from welfare_pipeline.publish.held import Held
from welfare_pipeline.publish.keeping import FORMER, Former
from welfare_pipeline.publish.months import Month, Name, is_of_delivery
from welfare_pipeline.publish.naming import named_views
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.row_groups import (
    LEAVE_PIECES,
    SET_ASIDE,
    drop_aside,
    is_a_piece,
    put_back,
    set_last_aside,
    take_out,
)
from welfare_pipeline.publish.rows import between, of_months, rows_to_publish
from welfare_pipeline.publish.whole_names import WholeNames
from welfare_pipeline.publish.written import Written

KINDS = 4  # of empty databases kept: analysts' and districts'
MEMORY = 4_000_000_000  # bytes that building takes at most; what is more goes to the disk
FILLED_AT_ONCE = 2  # tables: of many a single core writes the rows
MANY = 20  # stretches of months, each a statement a table
_NAME = "published"
NO_LOG = "recovery_mode no_wal_writes"  # of a file that is thrown away unless it is finished: nothing is written twice
Counts = dict[str, int]  # rows by table
_EMPTY: dict[tuple[str, str | None], bytes] = {}  # what a database is made of, and its key -> the empty database


@contextmanager
def opened(
    path: Path, database: Database, *, options: str = "", little: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection in which names without a database are those of the one at `path`; spills lie beside it.

    `little`: so few rows that a second thread costs more than it does.
    """
    threads = 1 if little else None
    with duckdb.connect(config={"threads": threads} if threads else {}) as con, letting_go(con):
        keep_to_share(con, threads)
        keep_within(con, MEMORY)
        unlock(con)
        con.execute(f"set temp_directory = {literal(path.parent / 'spill')}")
        con.execute("set enable_progress_bar = false")
        attach(con, path, _NAME, private=database.private, options=options)
        con.execute(f"use {_NAME}")
        yield con


def write_anew(
    path: Path, database: Database, months: Sequence[Month], names: WholeNames, former: Former | None
) -> Counts:
    """Write the months to a new database at `path`: rows by period, district and table key, as their files have them.

    Rows that only the `former` database has come last. Returns the rows by table.

    Raises:
        DeclarationError: a table is not as the contract declares it.

    """
    path.write_bytes(_empty(path.parent / "empty", database))
    files = {table.name: [file for month in months if (file := month.file(table))] for table in database.tables}
    is_little = former is None and is_small(files)
    with opened(path, database, options=f"{FORMAT}, {NO_LOG}", little=is_little) as con:
        if former is not None:
            attach(con, former.path, FORMER, private=database.private, options="read_only")

        def fill(own: duckdb.DuckDBPyConnection, table: Table) -> int:
            return _fill(own, database, table, months, former)

        counts = _filled(con, names, fill, database.tables, 1 if is_little else FILLED_AT_ONCE)
        con.begin()
        write_code_tables(con, database)
        con.execute("".join(map(_programme_list, database.lists)) + named_views(database))
        con.commit()
        con.execute(f"checkpoint {_NAME}")
    return counts


def _filled(
    con: duckdb.DuckDBPyConnection,
    names: WholeNames,
    fill: Callable[[duckdb.DuckDBPyConnection, Table], int],
    tables: Sequence[Table],
    at_once: int,
) -> Counts:
    """What `fill` returns for each table, given a connection that no other of the threads (`at_once`) has."""
    waiting = iter(tables)

    def fill_next(_: int) -> Counts:
        with con.cursor() as own:
            own.execute(f"use {_NAME}")
            names.let_know(own)
            return {table.name: fill(own, table) for table in waiting}

    with ThreadPoolExecutor(at_once) as pool:
        return {name: rows for filled in pool.map(fill_next, range(at_once)) for name, rows in filled.items()}


def _empty(path: Path, database: Database) -> bytes:
    """A database with the declared tables and nothing in them; made at `path` once a process: comments are many."""
    made = "".join(_creation(table, database.columns(table)) for table in database.tables)
    kind = (made, encryption_key() if database.private else None)
    if kind not in _EMPTY:
        with opened(path, database, options=f"{FORMAT}, {NO_LOG}", little=True) as con:
            con.execute(f"begin; {made} commit; checkpoint {_NAME}")
        if len(_EMPTY) >= KINDS:
            _EMPTY.clear()
        _EMPTY[kind] = path.read_bytes()
        path.unlink()
    return _EMPTY[kind]


def replace_months(path: Path, database: Database, months: Sequence[Month], names: WholeNames, held: Held) -> Counts:
    """Let the rows of these months take the place of those `held` of them, where a table's differ.

    What is taken away is written out first, so that its room is used again. Rows of months after all others,
    as most months are, are put behind those. Returns the rows by table.

    Raises:
        DeclarationError: a table is not as the contract declares it.

    """
    with opened(path, database, options=NO_LOG) as con:
        con.execute(LEAVE_PIECES)
        names.let_know(con)
        counts = _counted(con, database.tables)
        newest = max(held.months, default=("", ""))
        changes: dict[Table, _Change] = {}
        for table, some in _differing(con, database, months, names, held).items():
            is_last = min(month.name for month in some) > newest
            is_alone = is_last and _stand_alone(con, database, table, some, counts[table.name])
            changes[table] = _Change(some, is_last, is_alone)
        con.execute(SET_ASIDE)
        for table, change in changes.items():
            counts[table.name] -= _make_room(con, table, change, held, counts[table.name])
        con.execute(f"checkpoint {_NAME}")
        in_order = sorted({*held.months, *(month.name for month in months)})

        def fill(own: duckdb.DuckDBPyConnection, table: Table) -> int:
            change = changes[table]
            if change.is_alone:
                return _insert(own, database, table, change.months)
            return _put_together(own, database, table, change.months, in_order)

        for name, rows in _filled(con, names, fill, list(changes), FILLED_AT_ONCE).items():
            counts[name] += rows
        con.begin()
        write_code_tables(con, database)
        con.commit()
        con.execute(f"checkpoint {_NAME}")
    return counts


@dataclass(frozen=True)
class _Change:
    """The months of which a table's rows are written again.

    `is_last`: they come after all that the database has; `is_alone`: and are so many that they stand by themselves.
    """

    months: Sequence[Month]
    is_last: bool
    is_alone: bool


def _differing(
    con: duckdb.DuckDBPyConnection, database: Database, months: Sequence[Month], names: WholeNames, held: Held
) -> dict[Table, list[Month]]:
    """The months of which a table's rows are not of the very files that there are now, of each table that has any."""
    named_alike = [m for m in months if m.name in held.months and names.digest(m) == held.months[m.name].names]
    same = _same_files(con, named_alike)
    differing = {t: [m for m in months if (*m.name, t.name) not in same] for t in database.tables}
    return {table: some for table, some in differing.items() if some}


def _make_room(con: duckdb.DuckDBPyConnection, table: Table, change: _Change, held: Held, rows: int) -> int:
    """Take out what the months take the place of, set aside what they are put together with; how many rows are gone."""
    if change.is_alone:
        return 0
    if change.is_last:
        set_last_aside(con, table.name, rows)
        return 0
    replaced = [month.name for month in change.months if month.name in held.months]
    return take_out(con, table.name, rows, of_months(replaced) if replaced else "false")


def _put_together(
    con: duckdb.DuckDBPyConnection, database: Database, table: Table, months: Sequence[Month], names: Sequence[Name]
) -> int:
    """Put the table's rows of these months among those set aside, in the order of names; how many are new."""
    rows = 0
    con.begin()
    for is_new, first, last in _in_order(names, {month.name for month in months}):
        if is_new:
            rows += _insert(con, database, table, [month for month in months if first <= month.name <= last])
        else:
            put_back(con, table.name, between(first, last))
    con.commit()
    drop_aside(con, table.name)
    return rows


def _stand_alone(
    con: duckdb.DuckDBPyConnection, database: Database, table: Table, months: Sequence[Month], rows: int
) -> bool:
    """Whether the rows of these months are better left by themselves behind so many that the table has."""
    counts = (f"select count(*) from ({some})" for some in rows_to_publish(con, database, table, months))  # noqa: S608  as above
    new = [con.execute(count).fetchall() for count in counts]
    return all(is_a_piece(con, table.name, rows, of_some) for [(of_some,)] in new)


def _in_order(names: Sequence[Name], new: Collection[Name]) -> list[tuple[bool, Name, Name]]:
    """Stretches of months, with the first and last of each, that are all new or all not: rows are in this order.

    Where there are very many, what is new comes last.
    """
    groups = [(is_new, list(group)) for is_new, group in groupby(names, lambda name: name in new)]
    if len(groups) > MANY:
        groups = [(False, list(names)), (True, sorted(new))]
    return [(is_new, stretch[0], stretch[-1]) for is_new, stretch in groups]


def check_whole(path: Path, database: Database, expected: Counts) -> None:
    """See that everything is in the file itself: DuckDB closes without a word when its checkpoint failed.

    Raises:
        PublishError: rows are missing, or stand in a write-ahead log beside the file.

    """
    if path.with_name(f"{path.name}.wal").exists():
        message = f"{path.name}: not written out completely; see that the disk has room and publish again."
        raise PublishError(message)
    with opened(path, database, options="read_only", little=True) as con:  # a count reads no rows
        found = _counted(con, database.tables)
    for name, rows in expected.items():
        if found[name] != rows:
            message = f"{path.name}: table {name} has {found[name]} rows instead of {rows}; publish again."
            raise PublishError(message)


def _creation(table: Table, columns: Sequence[Column]) -> str:
    """The statements that make an empty table with its comments."""
    declared = ", ".join(f'"{column.name}" {column.type}' for column in columns)
    return f'create table "{table.name}" ({declared});{comments(table, columns)}'


def _programme_list(name: str) -> str:
    """The statement that makes a programme's list a view of its name."""
    return f"create view \"{name}\" as select * exclude (programme) from recipient_rows where programme = '{name}';"  # noqa: S608  a name of the policy


def _same_files(con: duckdb.DuckDBPyConnection, months: Sequence[Month]) -> frozenset[tuple[str, str, str]]:
    """Period, district and table of the rows that a database has of the very files that there are now."""
    if not months:
        return frozenset()
    manifest = con.table(RUN_MANIFEST.name).filter(of_months([month.name for month in months]))
    signed = set(manifest.select("period", "district_code", "table", "table_sha256").fetchall())
    files = ((month, table, month.file(table)) for month in months for table in TABLES if not is_of_delivery(table))
    found = ((*month.name, table.name, digest_of(file)) for month, table, file in files if file)
    return frozenset(row[:3] for row in found if row in signed)


def _fill(
    con: duckdb.DuckDBPyConnection, database: Database, table: Table, months: Sequence[Month], former: Former | None
) -> int:
    """Fill an empty table with its rows of these months, and those only a former database has; how many there are.

    Raises:
        DeclarationError: they are not as declared; what rows of before do not have may be empty.

    """
    kept = [] if former is None else former.rows(con, table, database.columns(table))
    inserts = [*rows_to_publish(con, database, table, months), *(f"from {rows}" for rows in kept)]
    rows = _inserted(con, table, inserts)
    if rows:
        Written(con, database, table, months, rows).refuse_undeclared(f'"{table.name}"', is_partly_former=bool(kept))
    return rows


def _insert(con: duckdb.DuckDBPyConnection, database: Database, table: Table, months: Sequence[Month]) -> int:
    """Put the table's rows of these months beside the others; how many there are.

    Raises:
        DeclarationError: they are not as declared.

    """
    rows = _inserted(con, table, [*rows_to_publish(con, database, table, months)])
    if rows:
        written = f'(from "{table.name}" where {of_months([month.name for month in months])})'
        Written(con, database, table, months, rows).refuse_undeclared(written)
    return rows


def _inserted(con: duckdb.DuckDBPyConnection, table: Table, selects: Sequence[str]) -> int:
    counts = [con.execute(f'insert into "{table.name}" by name {rows}').fetchall() for rows in selects]
    return sum(int(rows) for [(rows,)] in counts)


def _counted(con: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> Counts:
    counts = (f"select '{table.name}', count(*) from \"{table.name}\"" for table in tables)  # noqa: S608  names of the contract
    return dict(con.execute(" union all ".join(counts)).fetchall())
