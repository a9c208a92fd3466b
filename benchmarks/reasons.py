"""Precision and recall of every reason on made-up districts, held against the truth the sample keeps beside its rows.

    python benchmarks/reasons.py [--scale 0.1] [--seed 2021 --seed 77] [--period 2021-11] [--examples 5]

Ingest, linkage and reconciliation run in this process in a temporary data root. A row whose link people have to
settle cannot show every reason: recall is given over all rows and over those settled. Several seeds are several
samples, counted together: a reason that holds for 80 rows of one says little. Disagreements are listed as file and row
number with the errors the sample put in, never as an identity.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.contracts.words import REASONS
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.lake import DataRoot, Partition, draft_person_rows
from welfare_pipeline.people import link_people
from welfare_pipeline.reconcile.across import compare_districts, write_own_duplicates
from welfare_pipeline.reconcile.district import reconcile_district
from welfare_pipeline.sample.delivery import write_delivery
from welfare_pipeline.sample.noise import NoiseRates
from welfare_pipeline.sample.profile import DTSEN_PERIODS, MAIN_PERIOD, district_codes
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.truth import GeneratedDistrict, generate_district

PRECISION, RECALL = 0.999, 0.99
ROW = ["district_code", "source", "source_file", "source_row"]


@dataclass(frozen=True)
class Sample:
    """Which made-up people, and how wrongly written."""

    scale: float
    seed: int
    rates: NoiseRates


@click.command()
@click.option("--scale", type=float, default=0.1, show_default=True)
@click.option("--seed", "seeds", type=int, multiple=True, default=(2021,), show_default=True)
@click.option("--noise", type=float, default=1.0, show_default=True, help="Times the errors that audits report.")
@click.option("--period", "periods", multiple=True, default=(MAIN_PERIOD, *DTSEN_PERIODS[:2]), show_default=True)
@click.option("--district", "districts", multiple=True, default=district_codes(), show_default=True)
@click.option("--examples", type=int, default=5, show_default=True, help="Disagreeing rows to list a reason and side.")
def benchmark(  # noqa: PLR0913, PLR0917  one a command-line option
    scale: float,
    seeds: tuple[int, ...],
    noise: float,
    periods: tuple[str, ...],
    districts: tuple[str, ...],
    examples: int,
) -> None:
    """Print precision and recall per reason, then a few disagreeing rows of each."""
    samples = [Sample(scale, seed, NoiseRates().times(noise)) for seed in seeds]
    judged = pl.concat([months_judged(periods, districts, sample) for sample in samples])
    what = (*periods, f"districts {' '.join(districts)}", f"scale {scale:g}", f"noise {noise:g}", f"seeds {seeds}")
    show(judged, "; ".join(what))
    list_disagreements(judged, examples)


def months_judged(periods: tuple[str, ...], districts: tuple[str, ...], sample: Sample) -> pl.DataFrame:
    """One row per accepted recipient row of the months, which are reconciled in order in one data root."""
    with tempfile.TemporaryDirectory() as folder:
        root = DataRoot(Path(folder))
        months = [month_judged(root, period, districts, sample) for period in sorted(periods)]
    return pl.concat(months).with_columns(seed=pl.lit(sample.seed))


def month_judged(root: DataRoot, period: str, districts: tuple[str, ...], sample: Sample) -> pl.DataFrame:
    """One row per accepted recipient row of the month: reasons found and expected, band, errors put in."""
    truth = [month.truth() for month in month_reconciled(root, period, districts, sample)]
    lists = [rows.filter(pl.col("source").is_in([str(programme) for programme in Programme])) for rows in truth]
    return pl.concat([compared(root.partition(period, c), rows) for c, rows in zip(districts, lists, strict=True)])


def month_reconciled(
    root: DataRoot, period: str, districts: tuple[str, ...], sample: Sample
) -> list[GeneratedDistrict]:
    """Land and reconcile the districts' month, other districts' lists looked at; what is true of each."""
    policy = load_policy()
    months = [landed(root, period, code, sample) for code in districts]
    for code in districts:
        linked(root, period, code, policy)
    pairs = compare_districts(root, period, policy)
    for code in districts:
        with root.partition(period, code).draft() as draft:
            write_own_duplicates(draft, pairs)
            reconcile_district(draft, policy)
            draft.accept()
    return months


def landed(root: DataRoot, period: str, code: str, sample: Sample) -> GeneratedDistrict:
    """Land the district's month."""
    month = generate_district(code, period, sample.scale, sample.seed, sample.rates)
    write_delivery(month, root.landing(period, code))
    return month


def linked(root: DataRoot, period: str, code: str, policy: Policy) -> None:
    """Ingest and link, each kept before the next."""
    with root.nothing(period, code).draft() as draft:
        ingest_delivery(root.landing(period, code), policy, draft)
        draft_person_rows(draft, policy)
        partition = draft.keep()
    with partition.draft() as draft:
        link_people(draft, policy, root.deployment_secret())
        draft.keep()


def compared(partition: Partition, truth: pl.DataFrame) -> pl.DataFrame:
    """The outcomes beside the truth."""
    found = pl.read_parquet(partition.path("recipient_outcomes")).select(
        "period", *ROW, "outcome", "reasons", "match_method", "match_band"
    )
    expected = truth.select(*ROW, "expected_reasons", "decile_certainty", "injected", "registered")
    return found.with_columns(pl.col("source_row").cast(pl.Int64)).join(
        expected.with_columns(pl.col("source_row").cast(pl.Int64)), on=ROW, how="left", validate="1:1"
    )


def sides(judged: pl.DataFrame, reason: str) -> pl.DataFrame:
    """The rows with flags for one reason: found, expected, settled."""
    return judged.with_columns(
        found=pl.col("reasons").list.contains(str(reason)),
        expected=pl.col("expected_reasons").list.contains(str(reason)).fill_null(value=False),
        settled=pl.col("match_band") != "review",
    )


def show(judged: pl.DataFrame, title: str) -> None:
    """Print one line a reason; what misses its target is marked."""
    table = Table(
        "reason", "expected", "found", "wrong", "missed", "precision", "recall", "recall, settled", title=title
    )
    for reason in REASONS:
        rows = sides(judged, reason)
        right = rows.filter("found", "expected").height
        found, expected = rows.filter("found").height, rows.filter("expected").height
        settled = rows.filter("expected", "settled")
        shares = (
            _share(right, found, PRECISION),
            _share(right, expected, RECALL),
            _share(settled.filter("found").height, settled.height, RECALL),
        )
        table.add_row(
            str(reason), f"{expected:,}", f"{found:,}", f"{found - right:,}", f"{expected - right:,}", *shares
        )
    console = Console(width=130)
    console.print(table)
    unsettled = judged.select((pl.col("match_band") == "review").mean()).item()
    show_certainty(console, judged)
    console.print(f"{judged.height:,} recipient rows, {unsettled:.2%} left for people to settle. ! misses its target.")


def show_certainty(console: Console, judged: pl.DataFrame) -> None:
    """Print how often rows with no other reason than their decile are as certain as they are expected to be."""
    alone = judged.filter(
        pl.col("reasons") == ["DECILE_ABOVE_LIMIT"], pl.col("expected_reasons") == ["DECILE_ABOVE_LIMIT"]
    )
    outcome = pl.col("decile_certainty").replace({"certain": "off_target"})
    right = alone.filter(outcome == pl.col("outcome")).height
    console.print(f"DECILE_ABOVE_LIMIT alone: {right:,} of {alone.height:,} rows as certain as expected")


def _share(part: int, whole: int, target: float) -> str:
    if not whole:
        return "-"
    return f"{part / whole:.4f}" + ("  " if part / whole >= target else " !")


def list_disagreements(judged: pl.DataFrame, examples: int) -> None:
    """Print a few rows of each reason that were found wrongly or missed, by the errors put in."""
    for reason in REASONS:
        rows = sides(judged, reason).filter(pl.col("found") != pl.col("expected"))
        for kind, disagreeing in (("wrong", rows.filter("found")), ("missed", rows.filter("expected"))):
            for row in disagreeing.sort("seed", "period", *ROW).head(examples).iter_rows(named=True):
                month = f"seed {row['seed']} {row['period']} {row['district_code']}"
                place = f"{month} {row['source_file']} row {row['source_row']}"
                errors = " ".join(row["injected"]) or "no error"
                click.echo(f"{reason} {kind}: {place}; {row['match_method']}/{row['match_band']}; {errors}")


if __name__ == "__main__":
    benchmark()
