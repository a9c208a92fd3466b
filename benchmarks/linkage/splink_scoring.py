"""Scoring a month's residual pairs by Splink and by the run's own SQL, with the shipped model: cost and agreement.

    python benchmarks/linkage/splink_scoring.py [--scale 0.2] [--noise 1]

Both get the same pairs with the same levels of agreement (`pair_levels.sql`), each in a process of its own that reads
them from a file. Seconds include importing Splink and making its linker, as a run would have to; not reading the file.
The peak is that of the whole process.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click
import duckdb
import polars as pl
from rich.console import Console
from rich.table import Table

from welfare_pipeline.cli.train_linkage import MadeOf, landed_month
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import DataRoot, literal, only_named
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.matching import Matching, Thresholds
from welfare_pipeline.linkage.model import load_model, shipped_content
from welfare_pipeline.linkage.queries import sql
from welfare_pipeline.linkage.stages import compared, match_normalised, normalised_people

ROUNDING = 0.001  # bits: the file gives weights to two decimals, both add them up exactly
EVERY_PAIR = -1e9  # bits


@click.group(invoke_without_command=True)
@click.option("--scale", type=float, default=0.2, show_default=True)
@click.option("--seed", type=int, default=404, show_default=True)
@click.option("--noise", type=float, default=1.0, show_default=True)
@click.pass_context
def benchmark(ctx: click.Context, scale: float, seed: int, noise: float) -> None:
    """Print seconds, peak memory and how far the weights agree."""
    if ctx.invoked_subcommand:
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pairs = write_pairs(folder, MadeOf("1401", scale, seed, noise))
        costs = {way: measured(way, folder) for way in ("sql", "splink")}
        show(pairs, costs, agreement(folder), f"1401, scale {scale:g}, noise {noise:g}")


def write_pairs(folder: Path, made_of: MadeOf) -> int:
    """Land, link up to the comparing, and keep the levels of the compared pairs; how many there are."""
    partition, _ = landed_month(DataRoot(folder / "data"), made_of)
    with partition.connect() as con:
        matching = Matching(con, load_model(), Thresholds.of(load_policy()))
        gather(matching)
        matching.run("create temp table answered_pair as select 1 as left_id, 1 as right_id, '' as answer limit 0")
        normalised_people(matching)
        match_normalised(matching, last=compared)
        query = "select row_number() over (order by left_id, right_id) as pair, * from compared.pair_level"
        con.execute(f"copy ({query}) to {literal(folder / 'pairs.parquet')}")
        return matching.count("compared.pair_level")


def measured(way: str, folder: Path) -> dict[str, float]:
    """What the process that scores in this way reports."""
    done = subprocess.run([sys.executable, __file__, way, str(folder)], capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


@benchmark.command("sql")
@click.argument("folder", type=click.Path(path_type=Path))
def by_sql(folder: Path) -> None:
    """Score the pairs by `pair_scores.sql`."""
    con = duckdb.connect()
    con.execute(f"create table pair_level as from {literal(folder / 'pairs.parquet')}")
    model = load_model()
    no_prior = {"population_prior": 0.0, "family_prior": 0.0}
    parameters = model.parameters() | no_prior | {"least_weight": EVERY_PAIR, "relatives": True}
    begun = begin()
    con.execute(f"create table scored as {sql('pair_scores')}", only_named(sql("pair_scores"), parameters))
    report(begun)
    con.sql("select pair, bits from scored join pair_level using (left_id, right_id)").write_parquet(
        str(folder / "sql.parquet")
    )


@benchmark.command("splink")
@click.argument("folder", type=click.Path(path_type=Path))
def by_splink(folder: Path) -> None:
    """Score the pairs by Splink, those of a family card and all others."""
    con = duckdb.connect()
    con.execute(f"create table pair_level as from {literal(folder / 'pairs.parquet')}")
    begun = begin()
    from welfare_pipeline.training.splink_model import level_columns, score

    levels = con.sql(f"select family, pair, name_share, mother_share, {level_columns()} from pair_level").pl()  # noqa: S608  words of ours
    apart = score(levels.filter(~pl.col("family")), shipped_content(), "population")
    within = score(levels.filter("family"), shipped_content(), "family")
    report(begun)
    pl.concat([apart, within]).write_parquet(folder / "splink.parquet")


def begin() -> tuple[float, float]:
    """Now: seconds, CPU seconds."""
    return time.perf_counter(), time.process_time()


def report(begun: tuple[float, float]) -> None:
    """Print what it took since then."""
    seconds, cpu = begun
    took = {"seconds": time.perf_counter() - seconds, "cpu": time.process_time() - cpu, "memory": peak()}
    click.echo(json.dumps(took))


def peak() -> float:
    """Largest memory of this process so far, in MB (Linux)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def agreement(folder: Path) -> dict[str, Any]:
    """How far the weights of both differ."""
    both = pl.read_parquet(folder / "sql.parquet").join(pl.read_parquet(folder / "splink.parquet"), on="pair")
    differ = (both["bits"] - both["match_weight"]).abs()
    return {"pairs": both.height, "largest": differ.max(), "beyond rounding": int((differ > ROUNDING).sum())}


def show(pairs: int, costs: dict[str, dict[str, float]], agreed: dict[str, Any], title: str) -> None:
    """Print the figures."""
    table = Table("scored by", "seconds", "CPU seconds", "peak MB", title=f"{pairs:,} residual pairs; {title}")
    for way, cost in costs.items():
        table.add_row(way, f"{cost['seconds']:.2f}", f"{cost['cpu']:.2f}", f"{cost['memory']:,.0f}")
    console = Console(width=100)
    console.print(table)
    console.print(
        f"{agreed['pairs']:,} pairs weighed by both; largest difference {agreed['largest']:.1e} bits, "
        f"{agreed['beyond rounding']} beyond rounding."
    )


if __name__ == "__main__":
    benchmark()
