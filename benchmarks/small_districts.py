"""What a small district costs in one `welfare run` of many: CPU and wall seconds, by step, and whether memory is flat.

    python benchmarks/small_districts.py [--districts 100] [--persons 2000]

One made-up month of Kampar is landed under as many district codes, each with village codes, NIKs and cards of its own
place. The run is timed as people start it, and once more with one district after another, the rooms' functions
watched from outside: what is left when they are taken away is Dagster and the command.
"""

import functools
import importlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import mean
from typing import Any

import click

PERIOD, MODEL, SEED, FULL_SIZE = "2021-11", "1401", 2021, 379_034
LIMIT = 2.0  # seconds of wall time a district, all included, after the first
GROWTH = 1.05  # of memory, from the tenth district decided to the last, that still counts as flat
NUMBER = r"^(\W*\d{6}\W?)(\d{2})(\d{4}\W?)(\d{4})(\D.*)?$"  # as it is typed: place, day, month and year, serial number
PLACEHOLDERS = [digit * 16 for digit in "0123456789"]  # typed where no number was known
DISTRICT_AND_PERIOD = "|"  # in the key of a district's run
REST = "rest (Dagster, lake, command)"
WATCHED = (
    ("ingest", "welfare_pipeline.defs.landing", "ingest_delivery"),
    ("ingest", "welfare_pipeline.defs.landing", "draft_person_rows"),
    ("Great Expectations", "welfare_pipeline.checks.suite", "verdicts"),
    ("checks (counting)", "welfare_pipeline.checks", "check_delivery"),
    ("link", "welfare_pipeline.defs.linking", "link_people"),
    ("checks (counting)", "welfare_pipeline.checks", "check_links"),
    ("reconcile", "welfare_pipeline.defs.reconciliation", "reconcile_district"),
    ("checks (counting)", "welfare_pipeline.checks", "check_reconciliation"),
    ("district database", "welfare_pipeline.defs.publication", "publish_district"),
    ("worklists", "welfare_pipeline.defs.publication", "publish_worklists"),
    ("report", "welfare_pipeline.defs.publication", "publish_report"),
    ("database, worklists, report", "welfare_pipeline.defs.publication", "publish_month"),
    ("analysts' database", "welfare_pipeline.defs.publication", "publish_analysts"),
)


@dataclass
class Meter:
    """CPU seconds by step; what a watched function calls that is watched, too, counts there only."""

    seconds: dict[str, float] = field(default_factory=dict)
    _inner: list[float] = field(default_factory=lambda: [0.0])

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Count what happens inside under `name`."""
        begun = time.process_time()
        self._inner.append(0.0)
        try:
            yield
        finally:
            spent, inner = time.process_time() - begun, self._inner.pop()
            self._inner[-1] += spent
            self.seconds[name] = self.seconds.get(name, 0.0) + spent - inner

    def watch(self, name: str, module: str, function: str) -> None:
        """Count every call of the module's function, if it has it, under `name`."""
        room = importlib.import_module(module)
        called = getattr(room, function, None)
        if called is None:
            return

        @functools.wraps(called)
        def counted(*values: Any, **named: Any) -> Any:
            with self.step(name):
                return called(*values, **named)

        setattr(room, function, counted)


@dataclass(frozen=True)
class Run:
    """What one run took (`key`: of which district, or the period), and the process's memory after it."""

    key: str
    wall: float
    cpu: float
    megabytes: float


def _megabytes() -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


@click.group(invoke_without_command=True)
@click.option("--districts", type=int, default=100, show_default=True)
@click.option("--persons", type=int, default=2_000, show_default=True, help="Registry persons of each.")
@click.pass_context
def benchmark(ctx: click.Context, districts: int, persons: int) -> None:
    """Measure one run of that many districts and print what each took."""
    if ctx.invoked_subcommand is None:
        with tempfile.TemporaryDirectory() as data:
            _child("deliver", data, str(districts), str(persons))
            usual = _usual_run(Path(data))
            show(json.loads(_child("measure", data).splitlines()[-1]))
            click.echo(f"as `welfare run` does it, districts side by side: {usual / districts:.2f} s each,")
            click.echo("  starting, the step between districts, and what is published of all included")


def _usual_run(data: Path) -> float:
    """Wall seconds of `welfare run` as people type it, on a copy of the landing."""
    copy = data / "usual"
    shutil.copytree(data / "landing", copy / "landing")
    begun = time.perf_counter()
    code = "import sys; from welfare_pipeline.cli import main; sys.exit(main())"
    command = [sys.executable, "-W", "ignore", "-c", code, "run", "--period", PERIOD, "--data", str(copy)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    taken = time.perf_counter() - begun
    shutil.rmtree(copy)
    return taken


def _child(*arguments: str) -> str:
    return subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


@benchmark.command(hidden=True)
@click.argument("data", type=click.Path(path_type=Path))
@click.argument("districts", type=int)
@click.argument("persons", type=int)
def deliver(data: Path, districts: int, persons: int) -> None:
    """Write the model district's month under the codes of that many districts."""
    from welfare_pipeline.contracts import areas
    from welfare_pipeline.lake import DataRoot
    from welfare_pipeline.sample.delivery import write_delivery
    from welfare_pipeline.sample.truth import generate_district

    model, root = generate_district(MODEL, PERIOD, persons / FULL_SIZE, SEED), DataRoot(data)
    for place, code in enumerate(list(areas.districts())[:districts]):
        write_delivery(replace(model, frames=under_code(model.frames, code, place)), root.landing(PERIOD, code))


def under_code(frames: dict[str, Any], code: str, place: int) -> dict[str, Any]:
    """The model district's lists as those of the district with this code, the `place`th that is made of it.

    Villages and numbers are its own. So are the numbers of people born elsewhere: left alike, each would be one person
    in all these districts, and pairs of districts would grow with the square. Two neighbours share those of them who
    were born on the first of a month.
    """
    import polars as pl

    def own(name: str) -> pl.Expr:
        column, part = pl.col(name), {number: pl.col(name).str.extract(NUMBER, number) for number in range(1, 6)}
        step = pl.when(part[2].is_in(["01", "41"])).then(place // 2).otherwise(place) * 19
        serial = ((part[4].cast(pl.Int64) + step) % 9_999 + 1).cast(pl.String).str.zfill(4)
        moved = pl.concat_str(part[1], part[2], part[3], serial, part[5].fill_null(""))
        is_from_here = column.str.contains(rf"^\W*{MODEL}") | column.is_in(PLACEHOLDERS) | part[4].is_null()
        here = column.str.replace(rf"^(\W*){MODEL}", rf"${{1}}{code}")
        return pl.when(is_from_here).then(here).otherwise(moved).alias(name)

    return {
        table: rows.with_columns(
            own(name) for name, kind in rows.schema.items() if kind == pl.String and name != "source_file"
        )
        for table, rows in frames.items()
    }


@benchmark.command(hidden=True)
@click.argument("data", type=click.Path(path_type=Path))
def measure(data: Path) -> None:
    """Run `welfare run` with its steps watched; what it took as JSON on the last line."""
    import pyarrow.dataset  # noqa: F401  else the first district of several would import it

    from welfare_pipeline.cli.run import command
    from welfare_pipeline.defs.recording import Recorder

    meter, runs = Meter(), list[Run]()
    for name, module, function in WATCHED:
        meter.watch(name, module, function)
    recorded = Recorder._run  # noqa: SLF001  every run, whatever the job

    begun, cpu = time.perf_counter(), time.process_time()

    def run(recorder: Recorder, job: str, key: str, *tags: Any) -> Any:
        nonlocal begun, cpu
        ended = recorded(recorder, job, key, *tags)
        now, used = time.perf_counter(), time.process_time()
        runs.append(Run(key, now - begun, used - cpu, _megabytes()))
        begun, cpu = now, used
        return ended

    Recorder._run = run  # type: ignore[method-assign]  # noqa: SLF001
    command.main(["--period", PERIOD, "--at-once", "1", "--data", str(data)], standalone_mode=False)
    click.echo(json.dumps({"runs": [vars(run) for run in runs], "steps": meter.seconds}))


def show(measured: dict[str, Any]) -> None:
    """Print what a district took after the first, by step, and how memory grew."""
    runs = [Run(**run) for run in measured["runs"]]
    first, districts = runs[0].key, len({run.key for run in runs if DISTRICT_AND_PERIOD in run.key})
    later = [run for run in runs if run.key != first]
    wall, cpu = (sum(took) / (districts - 1) for took in zip(*((run.wall, run.cpu) for run in later), strict=True))
    click.echo(f"{districts} districts; the first run {runs[0].wall:.1f} s (imports included)")
    click.echo("each district after the first, its share of the runs over all districts included:")
    click.echo(f"  {wall:.2f} s of wall time ({'within' if wall <= LIMIT else 'ABOVE'} {LIMIT}), {cpu:.2f} CPU seconds")
    for name, seconds in sorted(measured["steps"].items(), key=lambda step: -step[1]):
        click.echo(f"  {name}: {seconds / districts:.2f} CPU seconds")
    rest = sum(run.cpu for run in runs) - sum(measured["steps"].values())
    click.echo(f"  {REST}: {rest / districts:.2f} CPU seconds, the imports for the first included")
    decided = [run for run in runs if DISTRICT_AND_PERIOD in run.key][districts:]  # linking takes less, and is before
    early, late = mean(run.megabytes for run in decided[9:12] or decided[:1]), decided[-1].megabytes
    verdict = "flat" if late <= GROWTH * early else "GROWS"
    click.echo(f"memory after the tenth district decided {early:,.0f} MB, after the last {late:,.0f} MB: {verdict}")


if __name__ == "__main__":
    benchmark()
