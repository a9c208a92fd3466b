"""What each guard of linkage is worth: the same months linked and decided with all guards, and without each.

    python benchmarks/linkage/guards.py RESULTS [--scale 1.0] [--seed 501 ... --seed 510] [--noise 1.0] [--public]

Rows changed: rows of lists with another band or registry person than with all guards. Precision and recall: of rows
linked for certain and of rows of registered people. Missed: rows of registered people said to be nobody's. Wrong
accusations: rows on target by the truth that come out off target. A guard that improves nothing goes, and the story it
alone serves becomes a known miss. Guards do not speak on the public sets, where people are no families
(`Thresholds.relatives`): these are linked once, as a control.

A month is compared and weighed once; without a guard only what follows from the guards is done again, and if that
changes any link, the families concerned are reconciled anew. Counts are kept in RESULTS by month, so that months can be
measured in several calls; the table is of all in it.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from time import process_time
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
from welfare_pipeline.lake import DataRoot, Draft, Partition, tables_named_in
from welfare_pipeline.linkage.gathering import gather
from welfare_pipeline.linkage.matching import Matching, Thresholds
from welfare_pipeline.linkage.model import load_model
from welfare_pipeline.linkage.queries import sql
from welfare_pipeline.linkage.stages import STAGES, compared, decide, normalised_people, tie_pairs
from welfare_pipeline.people.history import Recollection, recall
from welfare_pipeline.people.keys import give_keys
from welfare_pipeline.reconcile.district import reconcile_district
from welfare_pipeline.sample.profile import district_codes

SEEDS = tuple(range(501, 511))  # of no model, sample or calibration
SECRET = "made-up"  # noqa: S105  nothing real is keyed with it
ROW = ("source", "source_file", "source_row")
ALL = "(all guards)"
TABLES = """
select schema_name || '.' || table_name from duckdb_tables() where schema_name <> 'pg_catalog'
"""


@dataclass
class Month:
    """A landed month that is linked, and linked again without a guard.

    `weighed`: the tables that hold whatever the guards say.
    """

    matching: Matching
    recollection: Recollection
    draft: Draft
    weighed: set[str] = field(default_factory=set)

    def link(self) -> None:
        """Link with all guards, and keep what does not follow from them."""
        for stage in STAGES[: STAGES.index(compared)]:
            with self.matching.stage(stage.__name__):
                stage(self.matching)
        before = self._tables()
        with self.matching.stage(compared.__name__):
            compared(self.matching)
        of_guards = {"main.decision", "main.found_link", "compared.guarded_pair", "compared.banded_pair"}
        self.weighed = before | self._tables() - of_guards
        self._finish(self.matching)
        self.run("create table usual.linked as from main.linked")
        self.weighed.add("usual.linked")

    def links_without(self, guard: Guard) -> pl.DataFrame | None:
        """The links without the guard; None if they are the same."""
        without = replace(self.matching.thresholds, without=(guard,))
        matching = replace(self.matching, thresholds=without)
        for table in self._tables() - self.weighed:
            self.run(f"drop table {table}")
        self.run("drop view if exists main.links")
        with self._again(matching, "registry_duplicates"):
            tie_pairs(matching)
            other_registry = self._differ("tie", "registry_duplicates.tie")
        if other_registry:  # everything follows from who stands there twice
            with prepared(self.draft.partition, (guard,)) as month:
                month.link()
                return month.links(asks_about_names=guard is not Guard.NAME_ONLY)
        with self._again(matching, "compared"):
            decide(matching)
        self._finish(matching)
        if guard is not Guard.NAME_ONLY and not self._differ("main.linked", "usual.linked"):
            return None
        return self.links(asks_about_names=guard is not Guard.NAME_ONLY)

    def links(self, *, asks_about_names: bool = True) -> pl.DataFrame:
        """The links as they are at present."""
        give_keys(self.recollection)
        self.draft.write_query(self.matching.con, "links", sql("links", "people"), asks_about_names=asks_about_names)
        return pl.read_parquet(self.draft.path("links"))

    def run(self, statement: str) -> None:
        """A statement without values."""
        self.matching.run(statement)

    def _finish(self, matching: Matching) -> None:
        """Everything after the stage `compared` but the questions."""
        for stage in STAGES[STAGES.index(compared) + 1 : -1]:
            self.run(f"drop schema if exists {stage.__name__} cascade")
            with matching.stage(stage.__name__):
                stage(matching)

    @contextmanager
    def _again(self, matching: Matching, stage: str) -> Iterator[None]:
        """In a schema of its own, with the weighed pairs of that stage."""
        with matching.stage("again"):
            self.run(f"create view weighed_pair as from {stage}.weighed_pair")
            yield
        self.run("drop schema again cascade")

    def _tables(self) -> set[str]:
        return {name for (name,) in self.matching.con.execute(TABLES).fetchall()}

    def _differ(self, table: str, other: str) -> bool:
        query = f"select count(*) from (from {table} except all from {other})"  # noqa: S608  names of ours
        more = f"select (select count(*) from {table}) - (select count(*) from {other})"  # noqa: S608  names of ours
        return any(self.matching.con.execute(text).fetchall() != [(0,)] for text in (query, more))


@contextmanager
def prepared(partition: Partition, without: tuple[Guard, ...] = ()) -> Iterator[Month]:
    """The month with everything that linkage starts from, and without these guards."""
    policy = load_policy()
    with partition.draft() as draft, draft.connect(tables=tables_named_in("linkage", "people")) as con:
        matching = Matching(con, load_model(), replace(Thresholds.of(policy), without=without))
        gather(matching)
        normalised_people(matching)
        recollection = Recollection(matching, partition, SECRET, policy)
        recall(recollection)
        con.execute("create schema usual")
        yield Month(matching, recollection, draft)


def outcomes(partition: Partition, links: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    """How the recipients among these rows come out with these links, as if nobody else were listed."""
    with tempfile.TemporaryDirectory() as folder:
        few = DataRoot(Path(folder)).nothing(partition.period, partition.district)
        with few.draft() as draft:
            for table in partition.tables():
                landed = pl.scan_parquet(partition.path(table))
                named = "row_id" in landed.collect_schema()
                kept = landed.filter(pl.col("row_id").is_in(rows.implode())) if named else landed
                kept.collect().write_parquet(draft.path(table))
            links.filter(pl.col("row_id").is_in(rows.implode())).write_parquet(draft.path("links"))
            reconcile_district(draft, load_policy(), ["recipient_outcomes"])
            return pl.read_parquet(draft.path("recipient_outcomes")).select(*ROW, "outcome")


def identified(partition: Partition, truth: pl.DataFrame) -> pl.DataFrame:
    """Who each row of a list really is, by row_id: person, and whether it is off target; nulls where nobody knows."""
    who = truth.select(*ROW, person="true_person_id", off_target=pl.col("expected_reasons").list.len() > 0)
    rows = pl.read_parquet(partition.path("person_rows"), columns=["row_id", "list", "source_file", "source_row"])
    return rows.rename({"list": "source"}).join(who, on=ROW, how="left", nulls_equal=True)


@dataclass(frozen=True)
class Measure:
    """Counts of a month's links against the truth, and against the links with all guards."""

    partition: Partition
    who: pl.DataFrame
    usual: pl.DataFrame

    @cached_property
    def usually_accused(self) -> pl.DataFrame:
        """The rows that are wrongly accused with all guards."""
        return self.accused(self.usual, self.usual["row_id"])

    def counts(self, links: pl.DataFrame | None) -> dict[str, int]:
        """Of these links (None: the usual ones)."""
        rows = self._known(self.usual if links is None else links)
        same = rows.filter(match_band="same")
        changed, accused_more = (0, 0) if links is None else self._changes(links)
        return {
            "changed": changed,
            "same": same.height,
            "right": same.filter(pl.col("found") == pl.col("person")).height,
            "registered": rows.filter("registered").height,
            "missed": rows.filter("registered", match_band="different").height,
            "review": rows.filter(match_band="review").height,
            "accused": self.usually_accused.height + accused_more,
        }

    def accused(self, links: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
        """The rows on target by the truth that come out off target, among these rows."""
        found = outcomes(self.partition, links, rows).filter(outcome="off_target")
        return found.join(self.who.filter(~pl.col("off_target")), on=ROW, nulls_equal=True)

    def _changes(self, links: pl.DataFrame) -> tuple[int, int]:
        """Rows of another band or registry person; and how many more rows of their families are wrongly accused."""
        beside = links.join(self.usual, on="row_id", suffix="_usual")
        seen = ("match_band", "registry_row_id")
        other = pl.any_horizontal(pl.col(name).ne_missing(pl.col(f"{name}_usual")) for name in seen)
        touched = beside.filter(
            pl.any_horizontal(pl.col(c).ne_missing(pl.col(f"{c}_usual")) for c in (*seen, "person_key", "family_key"))
        )
        keys = pl.concat([touched["family_key"], touched["family_key_usual"]]).unique()
        people = pl.concat([touched["registry_row_id"], touched["registry_row_id_usual"]]).drop_nulls().unique()
        keys = pl.concat([keys, self.usual.filter(pl.col("row_id").is_in(people.implode()))["family_key"]]).unique()
        rows = beside.filter(
            pl.col("family_key").is_in(keys.implode()) | pl.col("family_key_usual").is_in(keys.implode())
        )["row_id"]
        before = self.usually_accused.filter(pl.col("row_id").is_in(rows.implode())).height
        changed = beside.filter(other, pl.col("source") != "registry").height
        return changed, self.accused(links, rows).height - before

    def _known(self, links: pl.DataFrame) -> pl.DataFrame:
        """One row per row of a list whose person is known: band, and whether rightly linked."""
        known = links.join(self.who.select("row_id", "person"), on="row_id")
        registry = known.filter(source="registry").select(registry_row_id="row_id", found="person")
        rows = known.filter(pl.col("source") != "registry", pl.col("person").is_not_null())
        return rows.join(registry, on="registry_row_id", how="left").join(
            registry.select(person="found", registered=True).unique(), on="person", how="left"
        )


def measured(made_of: MadeOf) -> dict[str, dict[str, int]]:
    """The counts of a month with all guards, and without each."""
    with tempfile.TemporaryDirectory() as folder:
        partition, truth = landed_month(DataRoot(Path(folder)), made_of)
        with prepared(partition) as month:
            month.link()
            measure = Measure(partition, identified(partition, truth), month.links())
            counts = {ALL: measure.counts(None)}
            for guard in Guard:
                counts[guard] = measure.counts(month.links_without(guard))
    return counts


@click.command()
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--scale", type=float, default=1.0, show_default=True)
@click.option("--seed", "seeds", type=int, multiple=True, default=SEEDS, show_default=True)
@click.option("--noise", type=float, default=1.0, show_default=True, help="Times the errors that audits report.")
@click.option("--district", "districts", multiple=True, default=district_codes()[:1], show_default=True)
@click.option("--public/--no-public", default=False, show_default=True, help="Also the public sets (extra `bench`).")
def benchmark(  # noqa: PLR0913  options of a command
    results: Path, scale: float, seeds: tuple[int, ...], noise: float, districts: tuple[str, ...], *, public: bool
) -> None:
    """Measure the months that are not in the file RESULTS yet, and print a line for each guard."""
    console = Console(width=120)
    kept: dict[str, dict[str, dict[str, int]]] = json.loads(results.read_text("utf-8")) if results.exists() else {}
    for made_of in (MadeOf(district, scale, seed, noise) for seed in seeds for district in districts):
        name = " ".join(map(str, astuple(made_of)))
        if name not in kept:
            began = process_time()
            kept[name] = measured(made_of)
            results.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
            console.print(f"{name}: {process_time() - began:.0f} s of CPU")
    console.print(_table(list(kept.values()), f"{len(kept)} months: {', '.join(kept)}"))
    if public:
        for name, (make, target) in SETS.items():
            score, _ = fitted(make())
            console.print(f"{name}: F1 {score.f1:.4f} (asked for {target}), with or without guards")


def _table(months: list[dict[str, dict[str, int]]], title: str) -> Table:
    head = (
        "without",
        "rows changed",
        "false links",
        "precision",
        "recall",
        "missed",
        "for review",
        "wrong accusations",
    )
    table = Table(*head, title=title)
    for guard, first in months[0].items():
        total: dict[str, Any] = {key: sum(month[guard][key] for month in months) for key in first}
        table.add_row(
            guard,
            f"{total['changed']:,}",
            f"{total['same'] - total['right']:,}",
            f"{total['right'] / max(total['same'], 1):.6f}",
            f"{total['right'] / max(total['registered'], 1):.6f}",
            f"{total['missed']:,}",
            f"{total['review']:,}",
            f"{total['accused']:,}",
        )
    return table


if __name__ == "__main__":
    benchmark()
