"""Precision and recall of who is left out since the registry ranks everybody, on made-up districts.

    python benchmarks/left_out.py [--scale 0.1] [--seed 2021] [--district 1401] [--examples 5]

Poor households ranked too high or not at all (`misranked_poor_households`) and who left the PBI list or came back
(`pbi_departures`), against the truth of the sample; its months are reconciled in order in one data root.
A household is expected as `possible` if nothing but a name tells who is meant; precision is that of rows of one
certainty, recall that of what is expected with it, found with whichever. Disagreements are listed by numbers of made-up
families and people, which stand in no list.
"""

import tempfile
from pathlib import Path

import click
import polars as pl
from reasons import PRECISION, RECALL, Sample, month_reconciled
from rich.console import Console
from rich.table import Table

from welfare_pipeline.lake import DataRoot, Partition
from welfare_pipeline.sample.noise import NoiseRates
from welfare_pipeline.sample.profile import DTSEN_PERIODS, PERIODS, district_codes
from welfare_pipeline.sample.truth import GeneratedDistrict

ROW = ["source_file", "source_row"]
HOUSEHOLDS, DEPARTURES = "misranked_poor_households", "pbi_departures"
FOUND = {"who": pl.Int64, "what": pl.String, "certainty": pl.String}
CERTAIN, POSSIBLE = "certain", "possible"


@click.command()
@click.option("--scale", type=float, default=0.1, show_default=True)
@click.option("--seed", type=int, default=2021, show_default=True)
@click.option("--district", "districts", multiple=True, default=district_codes(), show_default=True)
@click.option("--examples", type=int, default=5, show_default=True, help="Disagreements to list a table and side.")
def benchmark(scale: float, seed: int, districts: tuple[str, ...], examples: int) -> None:
    """Print precision and recall a table, then a few disagreements."""
    judged = pl.concat(months_judged(districts, Sample(scale, seed, NoiseRates())))
    show(judged)
    wrong = judged.filter(pl.col("found").is_null() | pl.col("expected").is_null()).sort(pl.all())
    for (table, side, certainty), rows in wrong.group_by("table", *_sides(), maintain_order=True):
        for row in rows.head(examples).iter_rows(named=True):
            what = f"{row['what']} {row['who']}, {certainty}"
            click.echo(f"{table} {side}: {row['period']} {row['district_code']}: {what}")


def _sides() -> tuple[pl.Expr, pl.Expr]:
    """Whether something was found wrongly or missed, and how certain it is."""
    side = pl.when(pl.col("found").is_null()).then(pl.lit("missed")).otherwise(pl.lit("wrong")).alias("side")
    return side, pl.coalesce("found", "expected").alias("certainty")


def months_judged(districts: tuple[str, ...], sample: Sample) -> list[pl.DataFrame]:
    """Every month's households and people, those found and those expected."""
    judged, keys = [], dict.fromkeys(districts, pl.DataFrame(schema={"person_key": pl.String, "who": pl.Int64}))
    landed: dict[str, list[pl.DataFrame]] = {district: [] for district in districts}
    with tempfile.TemporaryDirectory() as folder:
        root = DataRoot(Path(folder))
        for period in PERIODS:
            for month in month_reconciled(root, period, districts, sample):
                partition, rows = root.partition(period, month.code), month.truth()
                rows = rows.with_columns(pl.col("source_row").cast(pl.Int64)).drop_nulls("true_person_id")
                keys[month.code] = pl.concat([keys[month.code], _keys(partition, rows)]).unique()
                landed[month.code].append(rows.select("period", *ROW, "true_family_id"))
                if period in DTSEN_PERIODS:
                    judged += month_judged(partition, month, pl.concat(landed[month.code]), keys[month.code])
    return judged


def month_judged(
    partition: Partition, month: GeneratedDistrict, rows: pl.DataFrame, keys: pl.DataFrame
) -> list[pl.DataFrame]:
    """One row per household or person, found or expected: table, who, what (the movement), found, expected (certainty).

    `rows`: those of this month and of every earlier one, on which a household may rest as well.
    """
    households = month.misranked_households()
    expected = {
        HOUSEHOLDS: households.select("certainty", who="true_family_id", what=pl.lit("household")),
        DEPARTURES: month.pbi_departures().select(who="true_person_id", what="movement", certainty=pl.lit(CERTAIN)),
    }
    found = {HOUSEHOLDS: _households(partition, rows), DEPARTURES: _departures(partition, keys)}
    return [_compared(month, table, found[table], expected[table]) for table in expected]


def _keys(partition: Partition, rows: pl.DataFrame) -> pl.DataFrame:
    """Which person each key of the month's recipients is."""
    outcomes = pl.read_parquet(partition.path("recipient_outcomes")).with_columns(pl.col("source_row").cast(pl.Int64))
    return outcomes.join(rows, on=ROW).select("person_key", who="true_person_id").unique()


def _households(partition: Partition, rows: pl.DataFrame) -> pl.DataFrame:
    """The true families of the households found, by the rows that they rest on, of whichever month."""
    if not partition.has(HOUSEHOLDS):
        return pl.DataFrame(schema=FOUND)
    households = pl.read_parquet(partition.path(HOUSEHOLDS))
    named = households.select("certainty", "sources").explode("sources").unnest("sources")
    there = named.with_columns(pl.col("source_row").cast(pl.Int64)).join(rows, on=["period", *ROW])
    surely = pl.when((pl.col("certainty") == CERTAIN).any()).then(pl.lit(CERTAIN)).otherwise(pl.lit(POSSIBLE))
    return there.group_by(who="true_family_id").agg(what=pl.lit("household").first(), certainty=surely)


def _departures(partition: Partition, keys: pl.DataFrame) -> pl.DataFrame:
    """The true people of those found to have left or come back."""
    if not partition.has(DEPARTURES):
        return pl.DataFrame(schema=FOUND)
    moved = pl.read_parquet(partition.path(DEPARTURES)).join(keys, on="person_key")
    return moved.select("who", what="movement", certainty=pl.lit(CERTAIN)).unique()


def _compared(month: GeneratedDistrict, table: str, found: pl.DataFrame, expected: pl.DataFrame) -> pl.DataFrame:
    sides = {"found": found, "expected": expected}
    marked = [frame.rename({"certainty": side}) for side, frame in sides.items()]
    both = marked[0].join(marked[1], on=["who", "what"], how="full", coalesce=True)
    return both.select(
        "who",
        "what",
        "found",
        "expected",
        table=pl.lit(table),
        period=pl.lit(month.period),
        district_code=pl.lit(month.code),
    )


def show(judged: pl.DataFrame) -> None:
    """Print one line a table, movement and certainty; what is certain and misses its target is marked."""
    table = Table(
        "table", "what", "certainty", "expected", "of these found", "found", "of these right", "precision", "recall"
    )
    for (name, what), rows in judged.group_by("table", "what", maintain_order=True):
        for certainty in (CERTAIN, POSSIBLE):
            found, expected = (rows.filter(pl.col(side) == certainty) for side in ("found", "expected"))
            right, met = found["expected"].count(), expected["found"].count()
            targets = (PRECISION, RECALL) if certainty == CERTAIN else (0.0, 0.0)
            shares = _share(right, found.height, targets[0]), _share(met, expected.height, targets[1])
            counts = (expected.height, met, found.height, right)
            if expected.height or found.height:
                table.add_row(str(name), str(what), certainty, *(f"{count:,}" for count in counts), *shares)
    Console(width=130).print(table)


def _share(part: int, whole: int, target: float) -> str:
    if not whole:
        return "-"
    return f"{part / whole:.4f}" + ("  " if part / whole >= target else " !")


if __name__ == "__main__":
    benchmark()
