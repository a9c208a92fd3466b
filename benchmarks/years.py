"""What each further month of a district costs: the same lists land each month, and each month is a run of its own.

    python benchmarks/years.py [--months 24] [--people 60000]

One made-up delivery of Kampar is landed in every month by links, so that months differ in nothing but what lies behind
them. Each `welfare run` is a process of its own, as it is in an office. Printed month by month: wall and CPU seconds
(workbook writers included), the most memory of the process, and the CPU seconds of each stage; then how the last month
compares with the second. Leaves with 1 if it costs more than 1.15 times as much.
"""

import functools
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

FIRST, DISTRICT, SEED, FULL_SIZE = "2021-11", "1401", 2021, 379_034
LIMIT = 1.15  # times the second month
WATCHED = (
    ("land", "welfare_pipeline.defs.landing", "ingest_delivery"),
    ("land", "welfare_pipeline.defs.landing", "draft_person_rows"),
    ("damages", "welfare_pipeline.defs.landing", "memory_damages"),
    ("link", "welfare_pipeline.defs.linking", "link_people"),
    ("reconcile", "welfare_pipeline.defs.reconciliation", "reconcile_district"),
    ("checks", "welfare_pipeline.checks", "check_delivery"),
    ("checks", "welfare_pipeline.checks", "check_links"),
    ("checks", "welfare_pipeline.checks", "check_reconciliation"),
    ("database", "welfare_pipeline.defs.publication", "publish_district"),
    ("worklists", "welfare_pipeline.defs.publication", "publish_worklists"),
    ("publication", "welfare_pipeline.defs.publication", "publish_analysts"),
    ("damages", "welfare_pipeline.defs.publication", "lake_damages"),
    ("damages", "welfare_pipeline.cli.run", "older_months"),
)
STAGES = tuple(dict.fromkeys(stage for stage, _, _ in WATCHED))


@dataclass
class Month:
    """What a month took; `stages`: CPU seconds of this process by stage (those side by side count for each)."""

    wall: float
    cpu: float
    megabytes: float
    stages: dict[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        """One line."""
        stages = "".join(f"{self.stages.get(stage, 0.0):>12.2f}" for stage in STAGES)
        return f"{self.wall:>8.1f}{self.cpu:>8.1f}{self.megabytes:>8.0f}{stages}"


@click.group(invoke_without_command=True)
@click.option("--months", default=24, show_default=True, type=click.IntRange(min=3))
@click.option("--people", default=60_000, show_default=True, help="Registry persons of the district.")
@click.pass_context
def benchmark(ctx: click.Context, months: int, people: int) -> None:
    """Run the months one after another and compare the last with the second."""
    if ctx.invoked_subcommand is not None:
        return
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        periods = landed(data, months, people)
        click.echo(f"{'':8}{'wall':>8}{'CPU':>8}{'MB':>8}{''.join(f'{stage:>12}' for stage in STAGES)}")
        found = [ran(data, period) for period in periods]
    ctx.exit(compared(found[1], found[-1]))


def landed(data: Path, months: int, people: int) -> list[str]:
    """Land one made-up delivery in every month; the months."""
    from welfare_pipeline.contracts.period import following
    from welfare_pipeline.lake import DataRoot
    from welfare_pipeline.sample.delivery import write_delivery
    from welfare_pipeline.sample.truth import generate_district

    root, periods = DataRoot(data), [FIRST]
    write_delivery(generate_district(DISTRICT, FIRST, people / FULL_SIZE, SEED), root.landing(FIRST, DISTRICT))
    while len(periods) < months:
        periods.append(following(periods[-1]))
        folder = root.landing(periods[-1], DISTRICT)
        folder.mkdir(parents=True)
        for file in root.landing(FIRST, DISTRICT).iterdir():
            os.link(file, folder / file.name)
    return periods


def ran(data: Path, period: str) -> Month:
    """Run the month in a process of its own and print what it took."""
    begun = time.perf_counter()
    child = subprocess.Popen([sys.executable, __file__, "month", str(data), period], stdout=subprocess.PIPE)
    told = child.stdout.read() if child.stdout else b""
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise click.ClickException(told.decode())
    stages = json.loads(told.decode().splitlines()[-1])
    found = Month(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, stages)
    click.echo(f"{period} {found}")
    return found


def compared(second: Month, last: Month) -> int:
    """Print the last month as times the second; 1 if it is above the limit."""
    times = {name: getattr(last, name) / getattr(second, name) for name in ("wall", "cpu", "megabytes")}
    for name, found in times.items():
        click.echo(f"{name}: {found:.2f} times month 2, {'within' if found <= LIMIT else 'ABOVE'} {LIMIT}")
    return int(any(found > LIMIT for found in times.values()))


@benchmark.command(hidden=True)
@click.argument("data", type=click.Path(path_type=Path))
@click.argument("period")
def month(data: Path, period: str) -> None:
    """Run `welfare run` with its stages watched; their seconds as JSON on the last line."""
    from welfare_pipeline.cli.entry import main

    stages: dict[str, float] = {}
    for stage, module, function in WATCHED:
        watch(stages, stage, module, function)
    sys.argv = ["welfare", "run", "--period", period, "--district", DISTRICT, "--data", str(data)]
    try:
        main()
    except SystemExit as ended:
        if ended.code:
            raise
    click.echo(json.dumps(stages))


def watch(stages: dict[str, float], stage: str, module: str, function: str) -> None:
    """Count the CPU seconds of every call of the module's function under the stage."""
    room = importlib.import_module(module)
    called = getattr(room, function, None)
    if called is None:
        return

    @functools.wraps(called)
    def counted(*values: Any, **named: Any) -> Any:
        begun = time.process_time()
        try:
            return called(*values, **named)
        finally:
            stages[stage] = stages.get(stage, 0.0) + time.process_time() - begun

    setattr(room, function, counted)


if __name__ == "__main__":
    benchmark()
