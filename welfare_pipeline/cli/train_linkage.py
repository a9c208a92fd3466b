"""`welfare train-linkage`: learn the linkage model anew from made-up people, and show what it holds for evidence."""

import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import click
import polars as pl
from rich.console import Console
from rich.table import Table

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.lake import DataRoot, Partition, draft_person_rows
from welfare_pipeline.linkage.model import COMPARISONS, load_model, next_version, shipped_content
from welfare_pipeline.sample.delivery import write_delivery
from welfare_pipeline.sample.noise import NoiseRates
from welfare_pipeline.sample.profile import MAIN_PERIOD, district_codes
from welfare_pipeline.sample.truth import generate_district
from welfare_pipeline.training.learning import Training, train_on_partition
from welfare_pipeline.training.splink_model import FixedModel

PLAIN_WIDTH = 110  # a file or pipe has no width of its own
HALVES = ("population", "family")
TRAINERS = ("splink", "duckdb", "numpy", "polars")  # whose versions decide every byte
SEED = 7  # other people than those of `welfare sample` and of the benchmarks: they stay held out


@dataclass(frozen=True)
class MadeOf:
    """Which made-up month: noise is how many times the errors that audits report."""

    district: str
    scale: float
    seed: int
    noise: float
    period: str = MAIN_PERIOD


@click.command("train-linkage")
@click.option("--scale", type=click.FloatRange(0.01, 1), default=0.2, show_default=True, help="1 is the real size.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another seed, other people.")
@click.option("--noise", type=float, default=2.0, show_default=True, help="Times the errors that audits report.")
@click.option("--district", type=click.Choice(district_codes()), default=district_codes()[0], show_default=True)
@click.option("--only", type=click.Choice(HALVES), help="Learn this half; the other stays as shipped.  [default: both]")
@click.option("--model-version", "name", help="What it is called.  [default: as shipped if it is the same, or next]")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default="linkage-model",
    show_default=True,
    help="Folder for the model and its charts.",
)
def command(scale: float, seed: int, noise: float, district: str, only: str | None, name: str | None, out: Path) -> int:  # noqa: PLR0913, PLR0917  one a command-line option
    """Train the linkage model on made-up people; write it and charts of its weights.

    Runs use the model they were shipped with (welfare_pipeline/linkage/model.json): put the new file there to ship it.
    Without options it is that file again, byte for byte, unless comparisons or made-up people have changed since.
    """
    made_of = MadeOf(district, scale, seed, noise)
    called = name or (load_model().version if only is None and _as_shipped(made_of) else next_version())
    click.echo(f"making up {district} at scale {scale:g} and learning from it", err=True)
    training = _trained(made_of, called)
    training = training.only(only) if only else training
    _write(training, made_of, out)
    _show(training)
    click.echo(f"Model {called}: {out / 'model.json'}; charts beside it.")
    return 0


def _as_shipped(made_of: MadeOf) -> bool:
    """Whether both halves of the shipped model were learned from these people."""
    known = shipped_content().get("trained_on", {})
    return all(asdict(made_of).items() <= known.get(half, {}).items() for half in HALVES)


def _trained(made_of: MadeOf, called: str) -> Training:
    with tempfile.TemporaryDirectory() as folder:
        partition, truth = landed_month(DataRoot(Path(folder)), made_of)
        return train_on_partition(partition, who_is_who(truth), load_policy(), called)


def landed_month(root: DataRoot, made_of: MadeOf) -> tuple[Partition, pl.DataFrame]:
    """A landed and ingested month of made-up people, and the truth about its rows."""
    district, period, rates = made_of.district, made_of.period, NoiseRates().times(made_of.noise)
    month = generate_district(district, period, made_of.scale, made_of.seed, rates)
    write_delivery(month, root.landing(period, district))
    with root.nothing(period, district).draft() as draft:
        policy = load_policy()
        ingest_delivery(root.landing(period, district), policy, draft)
        draft_person_rows(draft, policy)
        return draft.keep(), month.truth()


def who_is_who(truth: pl.DataFrame) -> pl.DataFrame:
    """Who each landed row is: list, source_file, source_row, person."""
    return truth.select("source_file", "source_row", list="source", person="true_person_id")


def _write(training: Training, made_of: MadeOf, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    learned_from = {half: asdict(made_of) | {"pairs": pairs} for half, pairs in training.pairs.items()}
    trained_on = training.content.get("trained_on", {}) | learned_from
    content = training.content | {"trained_on": trained_on, "trained_by": {name: version(name) for name in TRAINERS}}
    (out / "model.json").write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    for half, page in training.charts().items():
        (out / f"match_weights_{half}.html").write_text(page, "utf-8")


def _show(training: Training) -> None:
    """Print the weight of every level: outside the family and within it."""
    table = Table("comparison", "level", "one person", "two people", "weight", "within a family", title="match weights")
    weights, learned = training.content["weights"], FixedModel.of(training.content, "population").probabilities
    for comparison in COMPARISONS:
        for code, words in comparison.levels:
            m, u = learned[comparison.name][code]
            apart, within = (f"{weights[half][comparison.weights][code]:+.1f}" for half in ("population", "family"))
            within = within if comparison.within_family else ""
            table.add_row(comparison.name, words, f"{m:.4%}", f"{u:.2g}", apart, within)
        table.add_section()
    console = Console() if sys.stdout.isatty() else Console(width=PLAIN_WIDTH)
    console.print(table)
    told = ", ".join(f"{rows:,} pairs ({half})" for half, rows in training.pairs.items())
    console.print(f"Learned from {told}. Weights in bits: +1 doubles the odds of being one person.")
