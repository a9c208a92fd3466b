"""The nation on one machine: 514 small districts, then the step between districts at its full size.

    python benchmarks/nation.py districts [--districts 514] [--scale 0.02] [--workers 2]
    python benchmarks/nation.py across [--share 1.0]

`districts`: sizes in a table drawn with a fixed seed (285 M people in all, the largest 5.6 M), landed (not timed), run
on a fleet of so many workers of one slot (0: in one process). Told: minutes (limit 25), the growth exponent of a run's
seconds over landed bytes (limit 1.05), and peak memory. `across`: generated lists of 97 M, 18 M and 10 M numbers
(PBI, Sembako, PKH) in 514 districts of a lake; told: minutes of the step between districts (limit 10), peak
memory (limit 12 GB) and disk. `--share 0.001` is a trial of it.
"""

import argparse
import math
import os
import random
import runpy
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
FLEET = runpy.run_path(str(ROOT / "benchmarks" / "fleet.py"))
PERIOD, SEED = "2021-11", 20211101
NATION, LARGEST, DISTRICTS = 285_000_000, 5_600_000, 514
PERSONS_AT_SCALE_ONE = 900_000  # inhabitants of the model district, whose registry has 379,034 persons
LISTS = {"pbi_jkn": 97_000_000, "sembako": 18_000_000, "pkh": 10_000_000}
TWICE = 1000  # of so many numbers, one is on the same list of the next district, too


def main() -> None:
    """Measure one of both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("districts", "across"))
    parser.add_argument("--districts", type=int, default=DISTRICTS)
    parser.add_argument("--scale", type=float, default=0.02)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--share", type=float, default=1.0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if asked.what == "districts":
            run_districts(Path(folder) / "data", sizes()[: asked.districts], asked.scale, asked.workers)
        else:
            run_across(Path(folder) / "data", asked.districts, asked.share)


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
    import polars as pl

    from welfare_pipeline.contracts import areas
    from welfare_pipeline.lake import DataRoot
    from welfare_pipeline.sample.delivery import write_delivery
    from welfare_pipeline.sample.truth import generate_district

    root, models = DataRoot(data), dict[int, Any]()
    text = pl.selectors.string() - pl.selectors.by_name("source_file", require_all=False)
    for code, size in zip(areas.districts(), inhabitants, strict=False):
        alike = round(math.log(size) * 4)
        if alike not in models:
            models = {alike: generate_district("1401", PERIOD, scale * size / PERSONS_AT_SCALE_ONE, SEED)}
        own = {n: rows.with_columns(text.str.replace("^1401", code)) for n, rows in models[alike].frames.items()}
        write_delivery(replace(models[alike], frames=own), root.landing(PERIOD, code))
    root.deployment_secret()


def run_across(data: Path, districts: int, share: float) -> None:
    """Fill a lake with linked lists, compare, tell."""
    from welfare_pipeline.contracts.policy import load_policy
    from welfare_pipeline.lake import DataRoot
    from welfare_pipeline.reconcile import compare_districts

    tell, root = FLEET["tell"], DataRoot(data)
    root.deployment_secret()
    fill(root, districts, share)
    stored = sum(file.stat().st_size for file in data.rglob("*.parquet"))
    free, begun = shutil.disk_usage(data).free, time.monotonic()
    compared = compare_districts(root, PERIOD, load_policy(root.policy))
    minutes = (time.monotonic() - begun) / 60
    rows = compared.partition.rows("cross_district_duplicates")
    tell(f"{sum(LISTS.values()) * share / 1e6:.1f} M rows in {districts} districts: {minutes:.1f} minutes (limit 10)")
    tell(f"{rows:,} pairs; peak of a process {peak():.1f} GB (limit 12)")
    tell(f"lake {stored / 1e9:.1f} GB; disk less by {(free - shutil.disk_usage(data).free) / 1e9:.1f} GB afterwards")


def fill(root: Any, districts: int, share: float) -> None:
    """Linked lists of each district, the columns that the step reads; numbers are made up."""
    from welfare_pipeline.contracts import areas
    from welfare_pipeline.contracts.tables import TABLE_BY_NAME

    for number, code in enumerate(list(areas.districts())[:districts]):
        with root.partition(PERIOD, code).draft() as draft, draft.connect(tables=()) as con:
            each = {name: max(1, int(rows * share / districts)) for name, rows in LISTS.items()}
            listed = " union all ".join(
                f"select '{name}' as list, {place} * 100000000 + i as number, i % {TWICE} = 0 as is_twice "  # noqa: S608
                f"from range({rows}) as t(i)"
                for place, (name, rows) in enumerate(each.items())
            )
            con.execute(f"create temp table listed as {listed}")
            own = f"case when is_twice then {(number + 1) // 2 * 2} else {number} end"
            nik = f"lpad(cast(1000000000000000 + ({own}) * 1000000000000 + number as varchar), 16, '0')"
            known = {
                "person_rows": {
                    "row_id": "number", "list": "list", "programme": "list", "source_file": "list || '.csv'",
                    "source_row": "number % 1000000 + 2", "nik": nik, "nik_status": "'valid'",
                    "plain_name": "'SITI AMINAH'", "birth_date": "date '1980-01-01'",
                },
                "links": {
                    "row_id": "number", "person_key": f"sha256({nik})", "match_band": "'different'",
                },
            }  # fmt: skip
            for table, values in known.items():
                columns = [c for c in TABLE_BY_NAME[table].columns if c.name not in {"period", "district_code"}]
                told = ", ".join(f'{values.get(c.name) or least(c)} as "{c.name}"' for c in columns)
                draft.write_query(con, table, f"select {told} from listed")  # noqa: S608
            draft.keep()


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
    import resource

    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1e6


if __name__ == "__main__":
    main()
