"""The nation on one machine: 514 small districts, then the steps that need every district at their full size.

    python benchmarks/nation.py districts [--districts 514] [--scale 0.02] [--workers 2]
    python benchmarks/nation.py across [--share 1.0]
    python benchmarks/nation.py published [--share 1.0]

`districts`: sizes in a table drawn with a fixed seed (285 M people in all, the largest 5.6 M), landed (not timed), run
on a fleet of so many workers of one slot (0: in one process). Told: minutes (limit 25), the growth exponent of a run's
seconds over its registry persons (limit 1.05), and peak memory. `across`: generated lists of 97 M, 18 M and 10 M
numbers (PBI, Sembako, PKH) in 514 districts of a lake; told: minutes of the step between districts (limit 10), first
with nothing hashed, then from the hashes that are kept, then after one district has changed; peak memory (limit
12 GB) and disk. `published`: as many recipient rows, a tenth of them off target, in the analysts' database; told: the
same of building it from nothing, and of bringing it up to date after one district has changed. Fewer `--districts`
are of every size; `--share 0.001` is a trial of the steps; `--data D` keeps what is made, and takes what is there.
"""

import argparse
import math
import os
import random
import resource
import runpy
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
FLEET, SMALL = (runpy.run_path(str(ROOT / "benchmarks" / name)) for name in ("fleet.py", "small_districts.py"))
PERIOD, SEED = "2021-11", 20211101
NATION, LARGEST, DISTRICTS = 285_000_000, 5_600_000, 514
PERSONS_AT_SCALE_ONE = 900_000  # inhabitants of the model district, whose registry has 379,034 persons
LISTS = {"pbi_jkn": 97_000_000, "sembako": 18_000_000, "pkh": 10_000_000}
TWICE = 1000  # of so many numbers, one is on the same list of the next district, too


def main() -> None:
    """Measure one of them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("districts", "across", "published"))
    parser.add_argument("--districts", type=int, default=DISTRICTS)
    parser.add_argument("--scale", type=float, default=0.02)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--data", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = asked.data or Path(folder) / "data"
        if asked.what == "districts":
            run_districts(data, sizes()[:: max(1, DISTRICTS // asked.districts)], asked.scale, asked.workers)
        elif asked.what == "across":
            run_across(data, asked.districts, asked.share)
        else:
            run_published(data, asked.districts, asked.share)


def sizes() -> list[int]:
    """Inhabitants of each district, the largest first: log-normal as Indonesia's are, largest and sum as told."""
    dice = random.Random(SEED)  # noqa: S311  sizes, not secrets
    drawn = sorted((dice.lognormvariate(0, 0.85) for _ in range(DISTRICTS - 1)), reverse=True)
    rest = NATION - LARGEST
    for _ in range(50):  # what is cut from the top goes to the others
        factor = rest / sum(drawn)
        drawn = [min(size * factor, LARGEST * 0.95) for size in drawn]
    return [LARGEST, *(int(size) for size in drawn)]


def run_districts(data: Path, inhabitants: list[int], scale: float, workers: int) -> None:
    """Land, run and tell."""
    tell = FLEET["tell"]
    land(data, inhabitants, scale)
    begun = time.monotonic()
    if workers:
        with FLEET["fleet"](data, workers) as environment:
            begun = time.monotonic()
            FLEET["run"](data, list(range(os.cpu_count() or 1)), environment, "--fleet")
            minutes = (time.monotonic() - begun) / 60
            spans = FLEET["run_spans"](data, environment)
    else:
        FLEET["run"](data, list(range(os.cpu_count() or 1)))
        minutes, spans = (time.monotonic() - begun) / 60, FLEET["run_spans"](data, {})
    tell(f"{len(inhabitants)} districts at scale {scale}: {minutes:.1f} minutes (limit 25 for all at 0.02)")
    tell(f"districts' phases {FLEET['phases'](spans):.0f} s; peak of a process {peak():.2f} GB")
    seconds = sorted(end - start for job, start, end in spans if job == "link_district")
    middle = max(1, len(seconds) // 4)
    small, large = sum(seconds[:middle]), sum(seconds[-middle:])
    in_order = sorted(inhabitants)
    ratio = sum(in_order[-middle:]) / sum(in_order[:middle])
    if ratio > 1:
        tell(f"growth exponent {math.log(large / small) / math.log(ratio):.2f} (limit 1.05; below it: fixed costs)")


def land(data: Path, inhabitants: list[int], scale: float) -> None:
    """A made-up month of each district, made of one model a size of those that are alike."""
    from welfare_pipeline.contracts import areas
    from welfare_pipeline.lake import DataRoot
    from welfare_pipeline.sample.delivery import write_delivery
    from welfare_pipeline.sample.truth import generate_district

    root, models = DataRoot(data), dict[int, Any]()
    for place, (code, size) in enumerate(zip(areas.districts(), inhabitants, strict=False)):
        alike = round(math.log(size) * 4)
        if alike not in models:
            models = {alike: generate_district("1401", PERIOD, scale * size / PERSONS_AT_SCALE_ONE, SEED)}
        own = SMALL["under_code"](models[alike].frames, code, place)
        write_delivery(replace(models[alike], frames=own), root.landing(PERIOD, code))
    root.deployment_secret()


def run_across(data: Path, districts: int, share: float) -> None:
    """Fill a lake with linked lists, compare, tell."""
    from welfare_pipeline.contracts.policy import load_policy
    from welfare_pipeline.reconcile import compare_districts

    root = filled(data, districts, share, LINKED)
    policy, first = load_policy(root.policy), next(iter(root.newest_deliveries())).district

    def compare() -> str:
        compared = compare_districts(root, PERIOD, policy)
        return f"{compared.partition.rows('cross_district_duplicates'):,} pairs"

    shutil.rmtree(root.number_hashes(PERIOD), ignore_errors=True)
    forget_comparison(root)
    timed(data, "with nothing hashed (limit 10)", compare)
    forget_comparison(root)
    timed(data, "from the hashes that are kept", compare)
    fill(root, [first], districts, share * 1.01, LINKED)
    timed(data, "after one district has changed", compare)


def forget_comparison(root: Any) -> None:
    """What was compared is not known any more."""
    shutil.rmtree(root.partition(PERIOD).home, ignore_errors=True)


def run_published(data: Path, districts: int, share: float) -> None:
    """Fill a lake with decided lists, publish, tell."""
    from welfare_pipeline.publish.databases import publish_analysts

    root = filled(data, districts, share, DECIDED)
    first = next(iter(root.newest_deliveries())).district

    def publish() -> str:
        return f"database {publish_analysts(root).stat().st_size / 1e9:.1f} GB"

    (root.published / "welfare.duckdb").unlink(missing_ok=True)
    timed(data, "from nothing", publish)
    fill(root, [first], districts, share * 1.01, DECIDED)
    timed(data, "after one district has changed", publish)


def timed(data: Path, what: str, step: Callable[[], str]) -> None:
    """Tell minutes, memory and disk of a step, which says what it made."""
    free, begun, spent, most = shutil.disk_usage(data).free, time.monotonic(), time.process_time(), [0]
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.5):
            most[0] = max(most[0], free - shutil.disk_usage(data).free)

    with ThreadPoolExecutor(1) as beside:
        watching = beside.submit(watch)
        try:
            made = step()
        finally:
            ended.set()
        watching.result()
    minutes, cpu = (time.monotonic() - begun) / 60, (time.process_time() - spent) / 60
    left = free - shutil.disk_usage(data).free
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    FLEET["tell"](
        f"{what}: {minutes:.1f} minutes ({cpu:.1f} of CPU), {made}; memory so far {memory:.1f} GB at most (limit 12); "
        f"disk: {most[0] / 1e9:.1f} GB more meanwhile, {left / 1e9:.1f} afterwards"
    )


def filled(data: Path, districts: int, share: float, tables: dict[str, dict[str, str]]) -> Any:
    """The data root with these tables of every district; made in a process of its own, whose memory does not count."""
    from welfare_pipeline.contracts import areas
    from welfare_pipeline.lake import DataRoot

    root, begun = DataRoot(data), time.monotonic()
    if not root.newest_deliveries():
        data.mkdir(parents=True, exist_ok=True)
        root.deployment_secret()
        codes = list(areas.districts())[:districts]
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as beside:
            beside.submit(fill, root, codes, districts, share, tables).result()
    rows, stored = sum(LISTS.values()) * share / 1e6, sum(file.stat().st_size for file in data.rglob("*.parquet"))
    FLEET["tell"](
        f"{rows:.1f} M rows in {districts} districts, {stored / 1e9:.1f} GB of lake"
        f" (ready after {(time.monotonic() - begun) / 60:.1f} minutes)"
    )
    return root


NIK = "lpad(cast(1000000000000000 + owner * 1000000000000 + number as varchar), 16, '0')"
PLACE = {
    "programme": "list", "source_file": "list || '.csv'", "source_row": "number % 1000000 + 2",
    "village_code": "cast(1401010000 + number % 250 as varchar)",
}  # fmt: skip
LINKED = {
    "person_rows": PLACE | {
        "row_id": "number", "list": "list", "nik": NIK, "nik_status": "'valid'",
        "name": "'SITI AMINAH ' || number", "plain_name": "'SITI AMINAH ' || number", "birth_date": "date '1980-01-01'",
    },
    "links": {
        "row_id": "number", "person_key": f"sha256({NIK})[1:32]", "family_key": f"sha256('f' || {NIK})[1:32]",
        "match_band": "'different'",
    },
}  # fmt: skip
KEYS = PLACE | {"person_key": f"sha256({NIK})[1:32]", "family_key": f"sha256('f' || {NIK})[1:32]"}
DECIDED = {
    "recipient_outcomes": KEYS,
    "off_target_recipients": KEYS | {"evidence": "'NOT_IN_REGISTRY: no registry person'", "": "number % 10 = 0"},
}


def fill(root: Any, codes: list[str], districts: int, share: float, tables: dict[str, dict[str, str]]) -> None:
    """These tables of each district, the columns that are read; numbers are made up. Under `""`: which rows."""
    from welfare_pipeline.contracts import areas
    from welfare_pipeline.contracts.tables import TABLE_BY_NAME

    numbered = {code: number for number, code in enumerate(areas.districts())}
    for code in codes:
        with root.nothing(PERIOD, code).draft() as draft, draft.connect(tables=()) as con:
            each = {name: max(1, int(rows * share / districts)) for name, rows in LISTS.items()}
            listed = " union all ".join(
                f"select '{name}' as list, {place} * 100000000 + i as number, "  # noqa: S608
                f"case when i % {TWICE} = 0 then {(numbered[code] + 1) // 2 * 2} else {numbered[code]} end as owner "
                f"from range({rows}) as t(i)"
                for place, (name, rows) in enumerate(each.items())
            )
            con.execute(f"create temp table listed as {listed}")
            for table, values in tables.items():
                columns = [c for c in TABLE_BY_NAME[table].columns if c.name not in {"period", "district_code"}]
                told = ", ".join(f'{values.get(c.name) or least(c)} as "{c.name}"' for c in columns)
                draft.write_query(con, table, f"select {told} from listed where {values.get('', 'true')}")  # noqa: S608
            draft.accept()


def least(column: Any) -> str:
    """Nothing where that is allowed; else what says least."""
    if column.nullable:
        return f"cast(null as {column.type})"
    if column.codes and not column.type.endswith("[]"):
        return f"'{column.codes[0]}'"
    kept = "[]" if "[]" in column.type else "0"
    return {"VARCHAR": "''", "BOOLEAN": "false"}.get(column.type, f"cast({kept} as {column.type})")


def peak() -> float:
    """GB at most of this process, or of one that it waited for."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1e6


if __name__ == "__main__":
    main()
