"""How often the interval of a field check holds the truth, over many samples of made-up populations.

`python benchmarks/field_checks.py [samples]`. Each sample is drawn as `welfare audit-sample` draws (its allocation of
strata) and estimated by the month's own query; 95 % of the intervals should hold the truth, and few lie far off.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import click
import duckdb
import numpy as np
import polars as pl

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.publish.audits.allocation import allocated
from welfare_pipeline.reconcile.district import query_of

SAMPLES = 4000
PROGRAMME = "pkh"
KINDS = ("eligible", "eligible and reached", "not eligible")


@dataclass(frozen=True)
class Population:
    """Units of a frame by stratum, each stratum's by kind (`KINDS`), and the share of visits that end in no answer."""

    name: str
    frame: str
    strata: Mapping[str, tuple[int, int, int]]
    no_answer: float = 0.1

    @property
    def truth(self) -> float:
        """The share that the sample is to estimate."""
        eligible, reached, others = (sum(kinds) for kinds in zip(*self.strata.values(), strict=True))
        if self.frame == "inclusion":
            return others / (eligible + reached + others)
        return eligible / (eligible + reached)


def _recipients(name: str, *strata: tuple[str, int, int]) -> Population:
    return Population(name, "inclusion", {stratum: (0, units - wrong, wrong) for stratum, units, wrong in strata})


POPULATIONS = (
    _recipients(
        "findings mostly right", ("off_target", 300, 270), ("to_verify", 400, 160), ("unresolved", 20, 4),
        ("on_target", 5000, 100),
    ),
    _recipients("few errors, and small strata", ("off_target", 6, 5), ("to_verify", 3, 1), ("on_target", 900, 9)),
    _recipients("hardly an error", ("to_verify", 40, 2), ("on_target", 3000, 6)),
    _recipients("no error at all", ("off_target", 50, 0), ("on_target", 2000, 0)),
    _recipients("all wrong", ("off_target", 80, 80), ("on_target", 30, 30)),
    _recipients("one stratum of two", ("on_target", 2, 1), ("off_target", 400, 200)),
    Population(
        "who is left out",
        "exclusion",
        {
            "served": (300, 3200, 900), "unserved": (560, 0, 240), "unregistered": (96, 0, 24),
            "misranked": (36, 0, 24),
        },
    ),
    Population("few are left out", "exclusion", {"served": (20, 2800, 400), "unregistered": (6, 0, 2)}),
)  # fmt: skip
SIZES = (20, 50, 150, 400)


def estimated(population: Population, drawn: pl.DataFrame) -> pl.DataFrame:
    """`audit_estimates` of the samples: estimate, low, high of each."""
    samples_table = drawn.select(
        "period", "sample_id", "stratum", "stratum_units",
        frame=pl.lit(population.frame),
        programme=pl.lit(PROGRAMME if population.frame == "inclusion" else None, pl.String),
        programmes_received=pl.when(pl.col("kind") == 1).then([PROGRAMME]).otherwise(pl.lit([], pl.List(pl.String))),
    )  # fmt: skip
    answers = drawn.select(
        "sample_id", row_id=pl.int_range(pl.len()), visited_on=pl.lit(None, pl.Date),
        finding=pl.when("is_silent").then(pl.lit("MENOLAK"))
        .when(pl.col("kind") == 2).then(pl.lit("TIDAK LAYAK")).otherwise(pl.lit("LAYAK")),
    )  # fmt: skip
    deviations = load_policy().linkage.error_deviations
    with duckdb.connect() as con:
        con.register("audit_samples", samples_table)
        con.register("audit_answers", answers)
        con.register("earlier_audit_answers", answers.with_columns(period=pl.lit("")).clear())
        con.register("recipient_outcomes", pl.DataFrame({"programme": [PROGRAMME]}))
        query = query_of("tables", "audit_estimates")
        return con.sql(query, params={"period": "2021-12", "error_deviations": deviations}).pl()


def drawn(population: Population, size: int, samples: int, seed: int = 1) -> pl.DataFrame:
    """A row per sample and unit drawn, by lot and without replacement within each stratum."""
    dice = np.random.default_rng(seed)
    counts = allocated({name: sum(kinds) for name, kinds in population.strata.items()}, size)
    parts = []
    for stratum, kinds in population.strata.items():
        found = dice.multivariate_hypergeometric(kinds, counts[stratum], size=samples)
        kind = np.concatenate([np.repeat(np.arange(len(KINDS)), row) for row in found])
        number = np.repeat(np.arange(samples), counts[stratum])
        parts.append(
            pl.DataFrame({"sample": number, "kind": kind}).with_columns(
                stratum=pl.lit(stratum), stratum_units=pl.lit(sum(kinds), pl.Int64)
            )
        )
    units = pl.concat(parts).sort("sample", "stratum", maintain_order=True)
    place = (pl.int_range(pl.len()).over("sample") + 1).cast(pl.String).str.zfill(4)
    period = pl.format("{}", pl.col("sample").cast(pl.String).str.zfill(6))
    return units.with_columns(
        period=period, sample_id=pl.format("{}-{}", period, place),
        is_silent=pl.Series(dice.random(units.height) < population.no_answer),
    )  # fmt: skip


@dataclass(frozen=True)
class Coverage:
    """Of the samples: how many intervals hold the truth, lie below or above it; their mean width; the mean error."""

    holds: float
    below: float
    above: float
    width: float
    bias: float


def coverage(population: Population, size: int, samples: int = SAMPLES) -> Coverage:
    """How good the intervals are for samples of this size; one without an answer says nothing and does not count."""
    truth, near = population.truth, 1e-9
    found = estimated(population, drawn(population, size, samples)).drop_nulls("estimate")
    below, above = (found["high"] < truth - near).mean(), (found["low"] > truth + near).mean()
    width = (found["high"] - found["low"]).mean()
    bias = found["estimate"].mean() - truth
    return Coverage(1 - below - above, below, above, width, bias)


@click.command()
@click.argument("samples", type=int, default=SAMPLES)
def benchmark(samples: int) -> None:
    """Print a line per population and size."""
    click.echo(
        f"{'population':30} {'truth':>6} {'size':>5} {'holds':>6} {'below':>6} {'above':>6} {'width':>6} {'bias':>7}"
    )
    for population in POPULATIONS:
        for size in SIZES:
            c = coverage(population, size, samples)
            click.echo(
                f"{population.name:30} {population.truth:6.3f} {size:5} {c.holds:6.1%} {c.below:6.1%} {c.above:6.1%} "
                f"{c.width:6.3f} {c.bias:+7.4f}"
            )


if __name__ == "__main__":
    benchmark()
