"""CPU seconds of one month of a data root: by function of the rooms, and by SQL statement within it.

    python benchmarks/time_spent.py DATA --period 2021-11 [--district 1401] [--least 0.1]

Runs `welfare run` in this process with the rooms' functions and every DuckDB connection watched. What usually runs at
the same time (lists that are read, facts that are made) is run one after another, so that each second has an owner;
workbooks are written by processes of their own, which are counted together.
"""

import functools
import importlib
import re
import resource
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import click
import duckdb
from rich.console import Console
from rich.table import Table

THREADED = (
    "welfare_pipeline.ingest.delivery",
    "welfare_pipeline.publish.writing",
    "welfare_pipeline.reconcile.dependency_order",
)
WATCHED = (
    ("welfare_pipeline.defs.landing", "ingest_delivery"),
    ("welfare_pipeline.defs.landing", "draft_person_rows"),
    ("welfare_pipeline.checks", "check_delivery"),
    ("welfare_pipeline.checks", "check_links"),
    ("welfare_pipeline.checks", "check_reconciliation"),
    ("welfare_pipeline.checks.suite", "verdicts"),
    ("welfare_pipeline.defs.linking", "link_people"),
    ("welfare_pipeline.linkage.gathering", "normalised_names"),
    ("welfare_pipeline.defs.reconciliation", "reconcile_district"),
    ("welfare_pipeline.ingest.source_rows", "read_file"),
    ("welfare_pipeline.ingest.source_rows", "read_rows"),
    ("welfare_pipeline.lake.partition", "write_frames"),
    ("welfare_pipeline.lake.partition", "breaches_of"),
    ("welfare_pipeline.publish.written", "breaches_of"),
    ("welfare_pipeline.defs.publication", "publish_district"),
    ("welfare_pipeline.defs.publication", "publish_worklists"),
    ("welfare_pipeline.publish.worklists.folder", "read_content"),
    ("welfare_pipeline.defs.publication", "publish_report"),
    ("welfare_pipeline.defs.publication", "publish_analysts"),
    ("welfare_pipeline.lake.partition", "digest_of"),
)
LONGEST = 100
CHILDREN = "processes that write workbooks"


@dataclass
class Watch:
    """What was spent so far: CPU and wall seconds by path of names, what a part took not being counted in the whole."""

    spent: dict[tuple[str, ...], list[float]] = field(default_factory=lambda: defaultdict(lambda: [0.0, 0.0, 0]))
    under_way: list[tuple[str, float, float]] = field(default_factory=list)
    parts: list[list[float]] = field(default_factory=lambda: [[0.0, 0.0]])

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Count what happens inside under `name`."""
        path = (*(above for above, _, _ in self.under_way), name)
        begun = (time.process_time(), time.perf_counter())
        self.under_way.append((name, *begun))
        self.parts.append([0.0, 0.0])
        try:
            yield
        finally:
            self.under_way.pop()
            taken = (time.process_time() - begun[0], time.perf_counter() - begun[1])
            parts, sums = self.parts.pop(), self.spent[path]
            for i in (0, 1):
                sums[i] += taken[i] - parts[i]
                self.parts[-1][i] += taken[i]
            sums[2] += 1

    def function(self, module: str, name: str) -> None:
        """Count every call of the module's function."""
        room = importlib.import_module(module)
        if not hasattr(room, name):
            click.echo(f"{module} has no {name} any more: its time is counted with that of who calls it.", err=True)
            return
        function: Callable[..., Any] = getattr(room, name)

        @functools.wraps(function)
        def counted(*values: Any, **named: Any) -> Any:
            with self.of(name):
                return function(*values, **named)

        setattr(room, name, counted)


class AtOnce(Executor):
    """Does at once, in the same thread, what it is given."""

    def __init__(self, _: int = 1) -> None:
        """However many threads are asked for."""

    def submit(self, function: Callable[..., Any], /, *values: Any, **named: Any) -> Future[Any]:
        """The result, which is there."""
        done: Future[Any] = Future()
        try:
            done.set_result(function(*values, **named))
        except Exception as error:  # noqa: BLE001  whoever asks for the result meets it
            done.set_exception(error)
        return done


class Watched:
    """A DuckDB connection or relation whose statements are counted by their text."""

    def __init__(self, real: Any, watch: Watch, text: str = "") -> None:
        """`text`: of the statement that a relation is of."""
        self._real, self._watch, self._text = real, watch, text

    def __enter__(self) -> Self:
        """Itself."""
        self._real.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        """Close the connection."""
        with self._watch.of("close"):
            self._real.__exit__(*error)

    def __getattr__(self, name: str) -> Any:
        """What the connection or relation has, its calls counted."""
        value = getattr(self._real, name)
        return functools.partial(self._call, name, value) if callable(value) else value

    def _call(self, name: str, function: Callable[..., Any], *values: Any, **named: Any) -> Any:
        text = self._text or (_shown(values[0]) if values and isinstance(values[0], str) else name)
        with self._watch.of(text):
            found = function(*values, **named)
        is_ours = isinstance(found, duckdb.DuckDBPyConnection | duckdb.DuckDBPyRelation)
        return Watched(found, self._watch, text if name in {"sql", "order", "select"} else "") if is_ours else found


def _shown(query: str) -> str:
    """A statement's beginning, or (of a drafted table) what it writes and the comment that stands first."""
    text = " ".join(query.split())
    written = re.search(r"to '[^']*/([a-z_]+)\.parquet'", text)
    return (f"copy {written[1]}" if written else text)[:LONGEST]


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True))
@click.option("--period", required=True)
@click.option("--district", "districts", multiple=True)
@click.option("--least", default=0.1, show_default=True, help="CPU seconds from which on a line is shown.")
def benchmark(data: Path, period: str, districts: tuple[str, ...], least: float) -> None:
    """Run the month and print what took how long."""
    watch = Watch()
    with watch.of("total"):
        with watch.of("imports"):
            from welfare_pipeline.cli.run import command
        _watch_all(watch)
        named = [part for district in districts for part in ("--district", district)]
        command.main(["--period", period, *named, "--data", str(data)], standalone_mode=False)
    _show(watch, least)


def _watch_all(watch: Watch) -> None:
    for module in THREADED:
        importlib.import_module(module).ThreadPoolExecutor = AtOnce  # type: ignore[attr-defined]
    for module, name in WATCHED:
        watch.function(module, name)
    connect = duckdb.connect
    duckdb.connect = lambda *values, **named: Watched(connect(*values, **named), watch)  # type: ignore[assignment]


def _show(watch: Watch, least: float) -> None:
    table = Table("CPU s", "wall s", "times", "what")
    of_children = resource.getrusage(resource.RUSAGE_CHILDREN)
    table.add_row(f"{of_children.ru_utime + of_children.ru_stime:.2f}", "", "", CHILDREN)
    for path, (cpu, wall, times) in sorted(watch.spent.items(), key=lambda spent: -spent[1][0]):
        if max(cpu, wall) >= least:
            table.add_row(f"{cpu:.2f}", f"{wall:.2f}", f"{times}", " > ".join(path[1:]) or "what is left")
    of_functions: dict[str, float] = defaultdict(float)
    for path, (cpu, _, _) in watch.spent.items():
        for name in {part for part in path if part in {function for _, function in WATCHED}}:
            of_functions[name] += cpu
    sums = Table("CPU s", "function, with all that it calls")
    for name, cpu in sorted(of_functions.items(), key=lambda item: -item[1]):
        sums.add_row(f"{cpu:.2f}", name)
    console = Console(width=180)
    console.print(table)
    console.print(sums)


if __name__ == "__main__":
    benchmark()
