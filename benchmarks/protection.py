"""What protection costs in a run: hashes and manifest, counting databases, putting files in place whole, rights, locks.

    python benchmarks/protection.py [--scale 1] [--landed DATA]

Kampar's month (made up, or the one that has landed in DATA) is run as it is, then with WELFARE_ENCRYPTION_KEY, each in
a process of its own. The functions that protect are watched from outside: of those within one another, the outermost is
counted, by the clock, so that waiting for the disk and DuckDB's threads are in it. What is left is the run's work.
"""

import functools
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copytree
from types import SimpleNamespace
from typing import Any

import click

PERIOD, DISTRICT, SEED = "2021-11", "1401", 2021
LIMIT = 0.10  # of a run's time, encryption apart
MANIFEST, COUNTING, IN_PLACE, PRIVACY = "hashes, manifest", "databases counted", "put in place whole", "rights, locks"
FUNCTIONS = (
    (MANIFEST, "welfare_pipeline.lake.folders", "sha256_of"),
    (COUNTING, "welfare_pipeline.publish.writing", "check_whole"),
    (IN_PLACE, "welfare_pipeline.lake.folders", "replace_folder"),
    (IN_PLACE, "welfare_pipeline.lake.folders", "write_whole"),
    (IN_PLACE, "welfare_pipeline.publish.sweeping", "remove_abandoned"),
    (PRIVACY, "welfare_pipeline.lake.folders", "make_private"),
    (PRIVACY, "welfare_pipeline.cli.room", "require_room"),
)
METHODS = (
    (MANIFEST, "welfare_pipeline.defs.manifest", "Maker", "sign"),
    (IN_PLACE, "welfare_pipeline.lake.partition", "Draft", "_put_in_place"),
    (IN_PLACE, "welfare_pipeline.lake.partition", "Partition", "pending"),
    (IN_PLACE, "welfare_pipeline.lake.partition", "Partition", "promote"),
    (PRIVACY, "pathlib", "Path", "chmod"),
)
CONTEXTS = (
    (IN_PLACE, "welfare_pipeline.lake.scratch", "scratch"),
    (IN_PLACE, "welfare_pipeline.publish.replacing", "replacing"),
    (PRIVACY, "welfare_pipeline.lake.locking", "locked"),
)


class Watch:
    """Seconds spent in what protects, by its kind; of calls within one another the outermost counts."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.seconds: dict[str, float] = defaultdict(float)
        self._inside = threading.local()

    @contextmanager
    def counted(self, kind: str) -> Iterator[None]:
        """Count what happens inside."""
        if getattr(self._inside, "depth", 0):
            yield
            return
        self._inside.depth, begun = 1, time.perf_counter()
        try:
            yield
        finally:
            self._inside.depth = 0
            self.seconds[kind] += time.perf_counter() - begun

    def function(self, kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, watched."""

        @functools.wraps(function)
        def watched(*values: Any, **named: Any) -> Any:
            with self.counted(kind):
                return function(*values, **named)

        return watched

    def context(self, kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The context manager, its beginning and its end watched, not what is done in it."""

        @contextmanager
        def watched(*values: Any, **named: Any) -> Iterator[Any]:
            manager = function(*values, **named)
            with self.counted(kind):
                given = manager.__enter__()
            try:
                yield given
            except BaseException:
                manager.__exit__(*sys.exc_info())
                raise
            with self.counted(kind):
                manager.__exit__(None, None, None)

        return watched


def put_everywhere(module: str, name: str, wrap: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replace a function in every room that has imported it."""
    original = getattr(sys.modules[module], name)
    watched = wrap(original)
    for room in [m for n, m in sys.modules.items() if n.startswith("welfare_pipeline")]:
        if getattr(room, name, None) is original:
            setattr(room, name, watched)


def watch_all(watch: Watch) -> None:
    """Watch everything that protects."""
    from welfare_pipeline.ingest import reading

    for kind, module, name in FUNCTIONS:
        put_everywhere(module, name, functools.partial(watch.function, kind))
    for kind, module, name in CONTEXTS:
        put_everywhere(module, name, functools.partial(watch.context, kind))
    for kind, module, cls, name in METHODS:
        owner = getattr(sys.modules[module], cls)
        setattr(owner, name, watch.function(kind, getattr(owner, name)))
    sha256 = watch.function(MANIFEST, reading.hashlib.sha256)
    reading.hashlib = SimpleNamespace(sha256=sha256)  # type: ignore[assignment]


@click.group(invoke_without_command=True)
@click.option("--scale", type=float, default=1.0, show_default=True)
@click.option("--landed", type=click.Path(path_type=Path, exists=True), help="A data root with the month.")
@click.pass_context
def benchmark(ctx: click.Context, scale: float, landed: Path | None) -> None:
    """Measure the month without and with a key, and print what protection took."""
    if ctx.invoked_subcommand is not None:
        return
    with tempfile.TemporaryDirectory() as folder:
        source = landed or _made_up(Path(folder) / "made", scale)
        plain, encrypted = (_measured(source, Path(folder) / name, key) for name, key in (("plain", ""), ("key", "k")))
    show(plain, encrypted)


def _made_up(data: Path, scale: float) -> Path:
    from welfare_pipeline.lake import DataRoot
    from welfare_pipeline.sample.delivery import generate_district, write_delivery

    write_delivery(generate_district(DISTRICT, PERIOD, scale, SEED), DataRoot(data).landing(PERIOD, DISTRICT))
    return data


def _measured(source: Path, data: Path, key: str) -> dict[str, float]:
    copytree(source / "landing" / PERIOD / DISTRICT, data / "landing" / PERIOD / DISTRICT)
    command = [sys.executable, __file__, "measure", str(data)]
    child = subprocess.run(
        command, env=os.environ | {"WELFARE_ENCRYPTION_KEY": key}, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(child.stdout.splitlines()[-1]))


@benchmark.command(hidden=True)
@click.argument("data", type=click.Path(path_type=Path))
def measure(data: Path) -> None:
    """Run `welfare run` watched; the seconds as JSON on the last line."""
    begun, watch = time.perf_counter(), Watch()
    from welfare_pipeline.cli.run import command

    watch_all(watch)
    if command.main(["--period", PERIOD, "--district", DISTRICT, "--data", str(data)], standalone_mode=False):
        raise SystemExit(1)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    run = {"run": time.perf_counter() - begun, "processor": sum(u.ru_utime + u.ru_stime for u in used)}
    click.echo(json.dumps(run | watch.seconds))


def show(plain: dict[str, float], encrypted: dict[str, float]) -> None:
    """Print seconds and shares."""
    kinds = (MANIFEST, COUNTING, IN_PLACE, PRIVACY)
    for kind in kinds:
        click.echo(f"{kind:20} {plain.get(kind, 0):6.2f} s  {plain.get(kind, 0) / plain['run']:6.1%}")
    share = sum(plain.get(kind, 0) for kind in kinds) / plain["run"]
    click.echo(f"protection {share:.1%} of {plain['run']:.1f} s, {'within' if share <= LIMIT else 'ABOVE'} {LIMIT:.0%}")
    for name, told in (("without a key", plain), ("with a key", encrypted)):
        click.echo(f"{name:20} {told['run']:6.1f} s, {told['processor']:6.1f} processor seconds")


if __name__ == "__main__":
    benchmark()
