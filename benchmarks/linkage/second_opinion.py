"""Measures by group of people how many rows are flagged wrongly or left unresolved, on people not made by the sample.

    python benchmarks/linkage/second_opinion.py [--people 20000] [--seed 701 ... --seed 710]

Ten seeds are counted together.
The people are those of `village_people.py`. Every counted row is a registered person's: *flagged* is off target,
*unresolved* is unresolved or to verify. A ratio compares a group with everybody else; where the whole 95 % interval
lies above 1.25 a warning is printed, and the command ends with 1.
"""

import sys
import tempfile
from math import exp, log, sqrt
from pathlib import Path

import click
import polars as pl
from rich.console import Console
from rich.table import Table
from village_people import District, district

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.lake import DataRoot, draft_person_rows
from welfare_pipeline.people import link_people
from welfare_pipeline.reconcile.district import reconcile_district

SEEDS = tuple(range(701, 711))
PERIOD, CODE = "2021-11", "1401"
SECRET = "made-up"  # noqa: S105  nothing real is keyed with it
KINDS = ("sex", "age", "name", "frequency", "village")
ERRORS = {"flagged": ("off_target",), "unresolved": ("unresolved", "to_verify")}
LIMIT, DEVIATIONS = 1.25, 1.96


@click.command()
@click.option("--people", type=int, default=20_000, show_default=True, help="A seed's registry persons, about.")
@click.option("--seed", "seeds", type=int, multiple=True, default=SEEDS, show_default=True)
def opinion(people: int, seeds: tuple[int, ...]) -> None:
    """Print the rates and ratios."""
    rows = pl.concat(outcomes(district(people, seed)) for seed in seeds)
    console = Console(width=110)
    warnings = [warning for error in ERRORS for warning in _told(console, rows, error)]
    for warning in warnings:
        console.print(f"warning: {warning}")
    sys.exit(1 if warnings else 0)


def outcomes(made: District) -> pl.DataFrame:
    """One row per listed row of a registered person: the groups of the person, and the outcome of the row."""
    with tempfile.TemporaryDirectory() as folder:
        root, policy = DataRoot(Path(folder)), load_policy()
        landing = root.landing(PERIOD, CODE)
        landing.mkdir(parents=True)
        for source, rows in made.lists.items():
            rows.write_csv(landing / f"{source}.csv")
        with root.nothing(PERIOD, CODE).draft() as draft:
            ingest_delivery(landing, policy, draft)
            draft_person_rows(draft, policy)
            link_people(draft, policy, SECRET)
            reconcile_district(draft, policy)
            found = pl.read_parquet(draft.path("recipient_outcomes")).select("source", "source_row", "outcome")
    return made.people.filter("registered").join(found, on=["source", "source_row"])


def _told(console: Console, rows: pl.DataFrame, error: str) -> list[str]:
    """Print the table of an error; what has to be warned of."""
    wrong = pl.col("outcome").is_in(ERRORS[error])
    table = Table("kind", "group", "rows", error, "of 100,000", "ratio", "95 %", title=f"{rows.height:,} rows: {error}")
    warnings = []
    for kind in KINDS:
        for group in sorted(rows[kind].unique()):
            inside, outside = rows.filter(pl.col(kind) == group), rows.filter(pl.col(kind) != group)
            hits, others = inside.filter(wrong).height, outside.filter(wrong).height
            ratio, low, high = compared(hits, inside.height, others, outside.height)
            share = f"{hits / inside.height * 100_000:.0f}"
            table.add_row(kind, group, f"{inside.height:,}", str(hits), share, f"{ratio:.2f}", f"{low:.2f}-{high:.2f}")
            if low > LIMIT:
                warnings.append(f"{error} {ratio:.2f} times as often: {kind}, {group} ({low:.2f} to {high:.2f})")
    console.print(table)
    return warnings


def compared(hits: int, rows: int, others: int, other_rows: int) -> tuple[float, float, float]:
    """How many times as often as elsewhere, with the 95 % interval (log-normal; half a row added to each count)."""
    a, b = hits + 0.5, others + 0.5
    ratio = (a / (rows + 1)) / (b / (other_rows + 1))
    width = DEVIATIONS * sqrt(max(1 / a - 1 / (rows + 1) + 1 / b - 1 / (other_rows + 1), 0.0))
    return ratio, exp(log(ratio) - width), exp(log(ratio) + width)


if __name__ == "__main__":
    opinion()
