"""What each guard of linkage is worth: the same months linked and decided with all guards, and without each.

    python benchmarks/linkage/guards.py [--scale 1.0] [--seed 501 ... --seed 510] [--noise 1.0] [--no-public]

Rows changed: rows of lists with another band or registry person than with all guards. Precision and recall: of rows
linked for certain and of rows of registered people. Wrong accusations: rows on target by the truth that come out off
target. A guard that improves nothing goes, and the story it alone serves becomes a known miss. Guards do not speak on
the public sets, where people are no families (`Thresholds.relatives`): these are linked once, as a control.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import polars as pl
from public_data import SETS
from public_fit import fitted
from rich.console import Console
from rich.table import Table

from welfare_pipeline.cli.train_linkage import MadeOf, landed_month
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.vocabulary import Guard
from welfare_pipeline.lake import DataRoot, Partition
from welfare_pipeline.linkage import link_people
from welfare_pipeline.reconcile.district import reconcile_district
from welfare_pipeline.sample.profile import district_codes

SEEDS = tuple(range(501, 511))  # of no model, sample or calibration
SECRET = "made-up"  # noqa: S105  nothing real is keyed with it
ROW = ("source", "source_file", "source_row")
LINKS = """
select links.source, person_rows.source_file, person_rows.source_row, links.row_id, links.registry_row_id,
    links.match_band, links.guard
from links
inner join person_rows using (row_id)
"""


@dataclass(frozen=True)
class Month:
    """A district's landed month and who its rows are."""

    partition: Partition
    truth: pl.DataFrame

    def linked(self, without: tuple[Guard, ...]) -> pl.DataFrame:
        """One row per row of a list: band, registry person, whether rightly, and whether wrongly accused."""
        with self.partition.draft() as draft:
            link_people(draft, load_policy(), SECRET, without)
            reconcile_district(draft, load_policy())
            with draft.connect() as con:
                links = con.sql(LINKS).pl()
            outcomes = pl.read_parquet(draft.path("recipient_outcomes")).select(*ROW, "outcome")
        who = self.truth.select(*ROW, person="true_person_id", accused=pl.col("expected_reasons").list.len() > 0)
        known = links.join(who, on=ROW, how="left", nulls_equal=True)
        registry = known.filter(source="registry").select(registry_row_id="row_id", found="person")
        rows = known.filter(pl.col("source") != "registry", pl.col("person").is_not_null())
        return (
            rows.join(registry, on="registry_row_id", how="left")
            .join(registry.select(person="found", registered=True).unique(), on="person", how="left")
            .join(outcomes, on=ROW, how="left")
        )


@click.command()
@click.option("--scale", type=float, default=1.0, show_default=True)
@click.option("--seed", "seeds", type=int, multiple=True, default=SEEDS, show_default=True)
@click.option("--noise", type=float, default=1.0, show_default=True, help="Times the errors that audits report.")
@click.option("--district", "districts", multiple=True, default=district_codes(), show_default=True)
@click.option("--public/--no-public", default=True, show_default=True, help="Also the public sets (extra `bench`).")
def benchmark(scale: float, seeds: tuple[int, ...], noise: float, districts: tuple[str, ...], *, public: bool) -> None:
    """Print a line for each guard."""
    figures: dict[Guard | None, list[dict[str, int]]] = {}
    for seed in seeds:
        made_of = (MadeOf(district, scale, seed, noise) for district in districts)
        for without, counts in _measured(made_of):
            figures.setdefault(without, []).append(counts)
    console = Console(width=120)
    console.print(_table(figures, f"districts {', '.join(districts)}, scale {scale:g}, noise {noise:g}, seeds {seeds}"))
    if public:
        for name, (make, target) in SETS.items():
            score, _ = fitted(make())
            console.print(f"{name}: F1 {score.f1:.4f} (asked for {target}), with or without guards")


def _measured(months: Iterable[MadeOf]) -> Iterator[tuple[Guard | None, dict[str, int]]]:
    for made_of in months:
        with tempfile.TemporaryDirectory() as folder:
            partition, truth = landed_month(DataRoot(Path(folder)), made_of)
            month = Month(partition, truth)
            usual = month.linked(())
            yield None, _counts(usual, usual)
            for guard in Guard:
                yield guard, _counts(month.linked((guard,)), usual)


def _counts(rows: pl.DataFrame, usual: pl.DataFrame) -> dict[str, int]:
    beside = rows.join(usual.select("row_id", b="match_band", r="registry_row_id"), on="row_id")
    same = rows.filter(match_band="same")
    off_target = pl.col("outcome") == "off_target"
    return {
        "changed": beside.filter(
            pl.col("match_band").ne_missing(pl.col("b")) | pl.col("registry_row_id").ne_missing(pl.col("r"))
        ).height,
        "same": same.height,
        "right": same.filter(pl.col("found") == pl.col("person")).height,
        "registered": rows.filter("registered").height,
        "review": rows.filter(match_band="review").height,
        "accused": rows.filter(off_target, ~pl.col("accused")).height,
    }


def _table(figures: dict[Guard | None, list[dict[str, int]]], title: str) -> Table:
    head = ("without", "rows changed", "false links", "precision", "recall", "for review", "wrong accusations")
    table = Table(*head, title=title)
    for guard, counted in figures.items():
        total: dict[str, Any] = {key: sum(counts[key] for counts in counted) for key in counted[0]}
        table.add_row(
            str(guard or "(all guards)"),
            f"{total['changed']:,}",
            f"{total['same'] - total['right']:,}",
            f"{total['right'] / max(total['same'], 1):.6f}",
            f"{total['right'] / max(total['registered'], 1):.6f}",
            f"{total['review']:,}",
            f"{total['accused']:,}",
        )
    return table


if __name__ == "__main__":
    benchmark()
