"""Seconds and peak memory of one district's month, stage by stage, at several sizes of the made-up Kampar.

    python benchmarks/month.py [--scale 0.1 --scale 1 --scale 4] [--period 2025-09]

Each size is `welfare run` in a process of its own; the rooms' functions are watched from outside. What is left when
they are taken away is imports, Dagster and the command itself; it and the checks are what the frameworks cost.
"""

import functools
import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

PERIOD, DISTRICT, SEED = "2021-11", "1401", 2021
DTSEN_FROM = "2025-02"
TARGETS = {"seconds": 30.0, "megabytes": 4096.0, "frameworks": 0.5}  # of a full-size month
TARGETS_OF_DTSEN = TARGETS | {"seconds": 55.0}  # 843,352 registry persons in place of 379,034
IMPORTS, REST, TOTAL = "imports", "rest (Dagster, command)", "total"
FRAMEWORKS = (IMPORTS, "checks", REST)
WATCHED = (
    ("ingest", "welfare_pipeline.defs.landing", "ingest_delivery"),
    ("checks", "welfare_pipeline.checks", "check_delivery"),
    ("linkage", "welfare_pipeline.defs.linking", "link_people"),
    ("checks", "welfare_pipeline.checks", "check_links"),
    ("reconcile", "welfare_pipeline.defs.reconciliation", "reconcile_district"),
    ("checks", "welfare_pipeline.checks", "check_reconciliation"),
    ("compare districts", "welfare_pipeline.defs.across", "compare_districts"),
    ("publish district", "welfare_pipeline.defs.publication", "publish_district"),
    ("worklists, report", "welfare_pipeline.defs.publication", "publish_worklists"),
    ("worklists, report", "welfare_pipeline.defs.publication", "publish_report"),
    ("publish analysts", "welfare_pipeline.defs.publication", "publish_analysts"),
)
STAGES = (IMPORTS, *dict.fromkeys(stage for stage, _, _ in WATCHED), REST, TOTAL)


@dataclass
class Cost:
    """What a stage took: seconds of wall time, and the most memory the process held meanwhile."""

    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass
class Meter:
    """The cost of each stage so far."""

    costs: dict[str, Cost] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside under `name`."""
        self._note_peak(REST)
        begun = time.perf_counter()
        yield
        self.costs.setdefault(name, Cost()).seconds += time.perf_counter() - begun
        self._note_peak(name)

    def _note_peak(self, name: str) -> None:
        cost = self.costs.setdefault(name, Cost())
        cost.megabytes = max(cost.megabytes, _peak_megabytes())
        Path("/proc/self/clear_refs").write_text("5")  # the kernel's peak begins anew

    def watch(self, stage: str, module: str, function: str) -> None:
        """Count every call of the module's function under `stage`."""
        room = importlib.import_module(module)
        setattr(room, function, self._counted(stage, getattr(room, function)))

    def _counted(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def counted(*values: Any, **named: Any) -> Any:
            with self.stage(stage):
                return function(*values, **named)

        return counted


def _peak_megabytes() -> float:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


@click.group(invoke_without_command=True)
@click.option("--scale", "scales", multiple=True, type=float, default=(0.1, 1.0, 4.0), show_default=True)
@click.option("--period", default=PERIOD, show_default=True)
@click.pass_context
def benchmark(ctx: click.Context, scales: tuple[float, ...], period: str) -> None:
    """Measure Kampar's month at each scale and print a table."""
    if ctx.invoked_subcommand is None:
        show({scale: measured_apart(scale, period) for scale in scales}, period)


def measured_apart(scale: float, period: str) -> dict[str, Cost]:
    """The costs by stage of one month at that scale."""
    with tempfile.TemporaryDirectory() as data:
        _child("deliver", data, str(scale), period)
        told = _child("measure", data, period).splitlines()[-1]
    return {stage: Cost(**cost) for stage, cost in json.loads(told).items()}


def _child(*arguments: str) -> str:
    command = [sys.executable, __file__, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


@benchmark.command(hidden=True)
@click.argument("data", type=click.Path(path_type=Path))
@click.argument("scale", type=float)
@click.argument("period")
def deliver(data: Path, scale: float, period: str) -> None:
    """Write the made-up month of the one district."""
    from welfare_pipeline.lake import DataRoot
    from welfare_pipeline.sample.delivery import generate_district, write_delivery

    write_delivery(generate_district(DISTRICT, period, scale, SEED), DataRoot(data).landing(period, DISTRICT))


@benchmark.command(hidden=True)
@click.argument("data", type=click.Path(path_type=Path))
@click.argument("period")
def measure(data: Path, period: str) -> None:
    """Run `welfare run` with its stages watched; the costs as JSON on the last line."""
    begun, meter = time.perf_counter(), Meter()
    with meter.stage(IMPORTS):
        from welfare_pipeline.cli.run import command
    for stage, module, function in WATCHED:
        meter.watch(stage, module, function)
    failed = command.main(["--period", period, "--district", DISTRICT, "--data", str(data)], standalone_mode=False)
    if failed:
        raise SystemExit(failed)
    seconds = time.perf_counter() - begun
    with meter.stage(REST):
        pass
    meter.costs[REST].seconds = seconds - sum(cost.seconds for cost in meter.costs.values())
    meter.costs[TOTAL] = Cost(seconds, max(cost.megabytes for cost in meter.costs.values()))
    click.echo(json.dumps({stage: vars(meter.costs.get(stage, Cost())) for stage in STAGES}))


def show(measured: dict[float, dict[str, Cost]], period: str) -> None:
    """Print the costs, a line a stage, and what the frameworks' share is."""
    table = Table("stage", title=f"{DISTRICT} {period}: seconds / peak MB")
    for scale in measured:
        table.add_column(f"scale {scale:g}", justify="right")
    for stage in STAGES:
        costs = [costs[stage] for costs in measured.values()]
        table.add_row(stage, *(f"{cost.seconds:.1f} / {cost.megabytes:,.0f}" for cost in costs))
    table.add_row("share of Dagster + GX + imports", *(f"{_frameworks(costs):.0%}" for costs in measured.values()))
    Console().print(table)
    if 1.0 in measured:
        _compare_with_targets(measured[1.0], TARGETS_OF_DTSEN if period >= DTSEN_FROM else TARGETS)


def _frameworks(costs: dict[str, Cost]) -> float:
    return sum(costs[stage].seconds for stage in FRAMEWORKS) / costs[TOTAL].seconds


def _compare_with_targets(costs: dict[str, Cost], targets: dict[str, float]) -> None:
    total = costs[TOTAL]
    found = {"seconds": total.seconds, "megabytes": total.megabytes, "frameworks": _frameworks(costs)}
    for name, limit in targets.items():
        verdict = "within" if found[name] <= limit else "ABOVE"
        click.echo(f"full size, {name}: {found[name]:,.2f}, {verdict} {limit:,.2f}")


if __name__ == "__main__":
    benchmark()
