"""A district of any size: seconds, memory of the whole process tree and disk, held to a limit if asked.

    python benchmarks/largest.py [--scale 1 2] [--period 2025-09] [--memory 6] [--landing FOLDER...]

A made-up Kampar at each scale (1: 843,352 registry persons in DTSEN's periods, 379,034 before; or what lies in each
FOLDER) is run by `welfare run`. The memory is that of all its processes (PSS, so that what they share counts once),
looked at four times a second, and told by step of the run. `--memory`: gigabytes that a control
group of Linux (version 1 or 2; as root) holds the tree to, page cache included: the run has to finish within. Told at
the end: memory per registry person, and the growth exponent of CPU seconds and memory between the scales. Lists
must keep to what the policy allows of a file: above scale 5.7 those of the sample have to be landed in more files.
"""

import argparse
import json
import math
import os
import resource
import runpy
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
FLEET = runpy.run_path(str(ROOT / "benchmarks" / "fleet.py"))
DISTRICT, SEED = "1401", 20211101
GROUPS = Path("/sys/fs/cgroup")


@dataclass
class Seen:
    """Bytes of memory by moment, and the most of any one process by its name."""

    moments: list[tuple[float, int]] = field(default_factory=list)
    by_process: dict[str, int] = field(default_factory=dict)
    disk: int = 0


def main() -> None:
    """Measure each scale, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=float, nargs="+", default=[1.0, 2.0])
    parser.add_argument("--period", default="2025-09")
    parser.add_argument("--memory", type=float)
    parser.add_argument("--landing", type=Path, nargs="+")
    asked = parser.parse_args()
    found = []
    for scale in asked.landing or asked.scale:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data"
            deliver(data, asked.period, scale)
            found.append(measured(data, asked.period, asked.memory))
    for (small, seconds, memory), (large, later, more) in pairwise(found):
        if large > small:
            ratio = math.log(large / small)
            FLEET["tell"](
                f"growth exponent from {small:,} to {large:,} persons: {math.log(later / seconds) / ratio:.2f} of the "
                f"CPU seconds ({later / seconds:.2f} times), {math.log(more / memory) / ratio:.2f} of the memory"
            )


def deliver(data: Path, period: str, scale: float | Path) -> None:
    """Land the district's month: made up at that scale, or what lies in a folder."""
    from welfare_pipeline.lake import DataRoot
    from welfare_pipeline.sample.delivery import write_delivery
    from welfare_pipeline.sample.truth import generate_district

    target = DataRoot(data).landing(period, DISTRICT)
    if isinstance(scale, Path):
        shutil.copytree(scale, target)
    else:
        write_delivery(generate_district(DISTRICT, period, scale, SEED), target)


def measured(data: Path, period: str, memory: float | None) -> tuple[int, float, int]:
    """Registry persons, CPU seconds and bytes of memory of a run."""
    seen, ended, free, begun = Seen(), threading.Event(), shutil.disk_usage(data).free, time.monotonic()
    before = cpu_seconds()
    with held_to(memory) as enter:
        run = subprocess.Popen(
            [*enter, FLEET["WELFARE"], "run", "--period", period, "--district", DISTRICT, "--data", data],
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

        def watch() -> None:
            while not ended.wait(0.25):
                look(run.pid, seen)
                seen.disk = max(seen.disk, free - shutil.disk_usage(data).free)

        watching = threading.Thread(target=watch)
        watching.start()
        code = run.wait()
        ended.set()
        watching.join()
    seconds, cpu = time.monotonic() - begun, cpu_seconds() - before
    most = max(memory for _, memory in seen.moments)
    persons = registry_persons(data, period)
    FLEET["tell"](
        f"{persons:,} registry persons: ended with {code} after {seconds:.0f} s ({cpu:.0f} of CPU); "
        f"{most / 1e9:.2f} GB of memory at most "
        f"({most / max(1, persons) / 1000:.1f} KB each); {seen.disk / 1e9:.1f} GB of disk at most"
    )
    tell_by_step(data, seen)
    return persons, cpu, most


def cpu_seconds() -> float:
    """Of all processes that were started and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def held_to(memory: float | None) -> Iterator[list[str]]:
    """The words before a command that is to be held to so many gigabytes with all it starts; none, if it is not."""
    if memory is None:
        yield []
        return
    is_first = (GROUPS / "memory").is_dir()
    group = (GROUPS / "memory" if is_first else GROUPS) / f"welfare-{os.getpid()}"
    group.mkdir()
    group.joinpath("memory.limit_in_bytes" if is_first else "memory.max").write_text(str(int(memory * 1e9)))
    try:
        yield ["sh", "-c", 'echo $$ > "$0"; exec "$@"', str(group / "cgroup.procs")]
    finally:
        with suppress(OSError):
            time.sleep(1)
            group.rmdir()


def look(process: int, seen: Seen) -> None:
    """Add up the memory of a process and all that it has started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):
            parents[int(stat.parent.name)] = int(stat.read_text("utf-8").rpartition(")")[2].split()[1])
    tree, size = {process}, 0
    while len(tree) > size:
        size = len(tree)
        tree |= {child for child, parent in parents.items() if parent in tree}
    sizes = {number: pss(number) for number in tree}
    seen.moments.append((time.time(), sum(sizes.values())))
    for number, bytes_ in sizes.items():
        name = "the command" if number == process else "its processes"
        seen.by_process[name] = max(seen.by_process.get(name, 0), bytes_)


def pss(process: int) -> int:
    """Bytes of a process; of what it shares with others, its part."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def registry_persons(data: Path, period: str) -> int:
    """How many rows of the registry there are."""
    from welfare_pipeline.lake import DataRoot

    return DataRoot(data).partition(period, DISTRICT).rows("registry") or 0


def tell_by_step(data: Path, seen: Seen) -> None:
    """The most memory within each step."""
    reading = (
        "import dagster as dg, json, sys\n"
        "with dg.DagsterInstance.from_config(sys.argv[1]) as i:\n"
        "    found = [(s.step_key, s.start_time, s.end_time)\n"
        "             for r in i.get_runs() for s in i.get_run_step_stats(r.run_id)]\n"
        "print(json.dumps(sorted(found, key=lambda s: s[1])))"
    )
    told = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", reading, str(data / "dagster")],
        check=True, stdout=subprocess.PIPE, text=True,
    ).stdout  # fmt: skip
    for step, start, end in json.loads(told.splitlines()[-1]):
        memory = max((size for moment, size in seen.moments if start <= moment <= (end or moment)), default=0)
        FLEET["tell"](f"  {step:30} {(end or start) - start:6.1f} s {memory / 1e9:6.2f} GB")
    for name, memory in seen.by_process.items():
        FLEET["tell"](f"  most of {name}: {memory / 1e9:.2f} GB")


if __name__ == "__main__":
    main()
