"""A month of Riau-like districts in one process, on one worker and on two workers of one pinned core each.

    python benchmarks/fleet.py [--districts 12] [--scale 0.2] [--workers 0 1 2]

Needs the extra `fleet`, redis-server and PostgreSQL, which it starts on loopback and ends. Published tables must be
equal. Told: seconds of the districts' phases (first start of a run to the last end, the wait at the barrier between
the halves included), of the whole month, and what a district takes more than in one process. Leaves with 1 if tables
differ. Two workers want two cores for themselves: with anything else at work the figures mean nothing.
"""

import argparse
import json
import os
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
WELFARE = Path(sys.executable).with_name("welfare")
PERIOD, MODEL, SEED = "2021-11", "1401", 20211101
FULL_SIZE = 379_034  # registry persons of the model district at scale 1
# Registry persons in thousands: Riau has ten districts and two cities; largest and smallest are six to one.
SIZES = (379, 300, 255, 240, 215, 190, 165, 140, 120, 100, 80, 65)
HALVES = ("link_district", "decide_district")


def main() -> int:
    """Measure; 1 if tables differ."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--districts", type=int, default=len(SIZES))
    parser.add_argument("--scale", type=float, default=0.2)
    parser.add_argument("--workers", type=int, nargs="+", default=[0, 1, 2], help="0: one process, no fleet")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        landed = Path(folder) / "landed"
        deliver(landed, asked.districts, asked.scale)
        found = {workers: measured(Path(folder), landed, workers) for workers in asked.workers}
    show(found, asked.districts)
    tables = [figures.pop("published") for figures in found.values()]
    is_equal = all(published == tables[0] for published in tables)
    tell(f"published tables are {'equal' if is_equal else 'DIFFERENT'}")
    return int(not is_equal)


def tell(line: str) -> None:
    """Print at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def deliver(data: Path, districts: int, scale: float) -> None:
    """Land a made-up month of so many districts of a province."""
    import polars as pl

    from welfare_pipeline.contracts import areas
    from welfare_pipeline.lake import DataRoot
    from welfare_pipeline.sample.delivery import write_delivery
    from welfare_pipeline.sample.truth import generate_district

    root = DataRoot(data)
    text = pl.selectors.string() - pl.selectors.by_name("source_file", require_all=False)
    codes = [code for code in areas.districts() if code.startswith("14")][:districts]
    for number, (code, size) in enumerate(zip(codes, SIZES, strict=False)):
        model = generate_district(MODEL, PERIOD, scale * size * 1000 / FULL_SIZE, SEED + number)
        own = {name: rows.with_columns(text.str.replace(f"^{MODEL}", code)) for name, rows in model.frames.items()}
        write_delivery(replace(model, frames=own), root.landing(PERIOD, code))
    root.deployment_secret()


def measured(folder: Path, landed: Path, workers: int) -> dict[str, Any]:
    """What a month took on so many workers (0: in this one process), and what it published."""
    data = folder / f"on-{workers}"
    shutil.copytree(landed, data)
    begun = time.monotonic()
    if workers == 0:
        run(data, [0])
        seconds = time.monotonic() - begun
        spans = run_spans(data, {})
    else:
        with fleet(data, workers) as environment:
            begun = time.monotonic()
            run(data, list(range(os.cpu_count() or 1)), environment, "--fleet")
            seconds = time.monotonic() - begun
            spans = run_spans(data, environment)
    published = runpy.run_path(str(ROOT / "benchmarks" / "kills.py"))["published"](data)
    shutil.rmtree(data)
    return {"month": seconds, "spans": spans, "published": published}


def run(data: Path, cores: list[int], environment: dict[str, str] | None = None, *words: str) -> None:
    """`welfare run` on these cores, to its end."""
    command = ["taskset", "-c", ",".join(map(str, cores)), str(WELFARE), "run", "--period", PERIOD, *words]
    subprocess.run(
        [*command, "--data", str(data)],
        check=True, stdout=subprocess.DEVNULL, env={**os.environ, **(environment or {})},
    )  # fmt: skip


@contextmanager
def fleet(data: Path, workers: int) -> Iterator[dict[str, str]]:
    """Inside, a server and so many workers of one slot run, each on a core of its own."""
    from tests.end_to_end.fleet import free_port, stores, until

    with stores() as environment:
        settings = {**os.environ, **environment}
        subprocess.run([WELFARE, "fleet", "init", "--data", data], check=True, env=settings, stdout=subprocess.DEVNULL)
        serve = [WELFARE, "fleet", "serve", "--no-automation", "--port", str(free_port()), "--data", data]
        with ended_together() as processes:
            processes.append(subprocess.Popen(serve, env=settings, stdout=subprocess.DEVNULL))
            until((data / "dagster" / "fleet.json").exists, "the server", 300)
            for core in range(workers):
                worker = ["taskset", "-c", str(core), WELFARE, "fleet", "worker", "--concurrency", "1", "--data", data]
                processes.append(subprocess.Popen(worker, env=settings, stdout=subprocess.DEVNULL))
            status = [WELFARE, "fleet", "status", "--data", data]
            until(
                lambda: subprocess.run(
                    status, check=False, env=settings, stdout=subprocess.PIPE, text=True
                ).stdout.count("takes ") == workers,
                "the workers", 300,
            )  # fmt: skip
            time.sleep(20)  # their children import
            yield environment


@contextmanager
def ended_together() -> Iterator[list[subprocess.Popen[bytes]]]:
    """A list of processes that end with this one, the last started first; also if it is told to end (SIGTERM)."""
    processes: list[subprocess.Popen[bytes]] = []
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield processes
    finally:
        for process in reversed(processes):
            process.send_signal(signal.SIGTERM)
            process.wait()


def run_spans(data: Path, environment: dict[str, str]) -> list[tuple[str, float, float]]:
    """Job, start and end of every run on record; read in a process of its own, which has the settings."""
    reading = (
        "import dagster as dg, json, sys\n"
        "with dg.DagsterInstance.from_config(sys.argv[1]) as i:\n"
        "    print(json.dumps([(r.dagster_run.job_name, r.start_time, r.end_time) for r in i.get_run_records()]))"
    )
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", reading, str(data / "dagster")],
        check=True, stdout=subprocess.PIPE, text=True, env={**os.environ, **environment},
    ).stdout  # fmt: skip
    return [tuple(span) for span in json.loads(told.splitlines()[-1])]


def phases(spans: list[tuple[str, float, float]]) -> float:
    """Seconds from the first start to the last end of the districts' halves, the step between them left out."""
    return sum(
        max(end for job, _, end in spans if job == half) - min(start for job, start, _ in spans if job == half)
        for half in HALVES
    )


def show(found: dict[int, dict[str, Any]], districts: int) -> None:
    """Print the figures and their ratios."""
    for workers, figures in found.items():
        figures["phases"] = phases(figures["spans"])
        figures["runs"] = sum(end - start for job, start, end in figures["spans"] if job in HALVES) / districts
        name = f"{workers} workers" if workers else "one process"
        tell(f"{name}: districts' phases {figures['phases']:.1f} s, month {figures['month']:.1f} s")
    if {1, 2} <= found.keys():
        for what in ("phases", "month"):
            tell(f"2 workers to 1, {what}: {found[1][what] / found[2][what]:.2f} times as fast")
    if {0, 1} <= found.keys():
        more = (found[1]["phases"] - found[0]["phases"]) / districts
        tell(f"a district on 1 worker takes {more:+.2f} s beside one process (limit 0.5)")


if __name__ == "__main__":
    sys.exit(main())
