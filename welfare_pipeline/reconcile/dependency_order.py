"""Makes named tables from queries, each as soon as the tables its query reads are made; much data in several threads.

Which queries there are stands in `district.py`; what a query reads is found in `lake/sql_text.py`.
"""

from collections.abc import Callable, Collection, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import TopologicalSorter

import duckdb

from welfare_pipeline.lake import tables_read

THREADS = 3  # queries under way at once; DuckDB spreads each over the cores by itself
IS_LITTLE = "select current_setting('threads') = 1"  # or there is one core: the time goes into planning, not into rows


def make_in_dependency_order(
    con: duckdb.DuckDBPyConnection,
    queries: Mapping[str, str],
    make: Callable[[duckdb.DuckDBPyConnection, str], None],
) -> None:
    """Call `make(con or a cursor of it, name)` once for every name in `queries`, after those that its query reads.

    Raises:
        graphlib.CycleError: two queries read each other.
        duckdb.Error: the first error of a query; what is under way then is waited for, the rest is not begun.

    """
    order = TopologicalSorter({name: _made_from(name, queries) for name in queries})
    [(is_little,)] = con.execute(IS_LITTLE).fetchall()
    if is_little:
        for name in order.static_order():
            make(con, name)
        return
    order.prepare()
    running: dict[Future[None], str] = {}
    with ThreadPoolExecutor(THREADS) as pool:
        while order.is_active():
            running |= {pool.submit(make, con.cursor(), name): name for name in order.get_ready()}
            for made in wait(running, return_when=FIRST_COMPLETED).done:
                order.done(running.pop(made))
                made.result()


def only_needed(queries: Mapping[str, str], tables: Collection[str]) -> Mapping[str, str]:
    """The queries of these tables and of all that they are made from.

    Raises:
        KeyError: a table is none of `queries`.

    """
    needed, ahead = set[str](), set(tables)
    while ahead:
        needed |= ahead
        ahead = {made for name in ahead for made in _made_from(name, queries)} - needed
    return {name: queries[name] for name in needed}


def _made_from(name: str, queries: Mapping[str, str]) -> set[str]:
    return set(tables_read(queries[name]) & queries.keys()) - {name}
