"""A district's month as one page that opens in any browser and prints on A4; the same tables give the same bytes."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.tables import DISTRICT_SUMMARY, PROGRAMME_SUMMARY
from welfare_pipeline.contracts.words import Language, month_words, state_in_words
from welfare_pipeline.lake import DataRoot, Partition, make_words, tables_named_in
from welfare_pipeline.publish.hashed_numbers import SOMEBODYS
from welfare_pipeline.publish.reports.boundaries import Boundaries, read_boundaries
from welfare_pipeline.publish.reports.charts import charts_of, map_of
from welfare_pipeline.publish.reports.drawing import begin_drawing
from welfare_pipeline.publish.reports.template import day_words, rendered, text_of, write_page

SECTIONS = (
    "figures", "programmes", "reasons", "households", "blockers", "misranked", "departures", "totals", "payments",
    "prices",
    "outlets_to_warn", "facilitators", "facilitator_scores", "facilitators_to_warn", "changes", "checks",
    "subdistricts", "worst_villages", "villages", "trend",
)  # fmt: skip
ANSWERED = ("precision", "audit")  # what came back from the field
SHADES = (0, 25, 75, 150)  # findings per 1,000 recipients, from which on a village has the next darker colour
# Tables of checks that are no lists.
_TABLES = {
    "landed_files": "Berkas yang masuk",
    "delivery_findings": "Temuan kiriman",
    "rejected_rows": "Baris ditolak",
    "published_figures": "Angka terbitan",
    "links": "Padanan orang",
}


def publish_report(root: DataRoot, period: str, district: str) -> Path:
    """Write `published/reports/<period>/<district>.html` anew; its path.

    Raises:
        PublishError: it could not be written; the former one stands.

    """
    drawing = begin_drawing()
    pointer = root.pointer(period, district)
    standing = state_in_words(pointer.state if pointer else None, Language.INDONESIAN)
    made_on = day_words(pointer.as_of if pointer else None, load_policy(root.policy).time_zone)
    page = _page(root, root.published_partition(period, district), standing, made_on)
    drawing.join()  # a process that ends meanwhile would take it down in the middle
    with root.alone(f"report-{period}-{district}"):
        written = write_page(root.report(period, district), page)
        root.put_published(written)
        return written


def withdraw_report(root: DataRoot, period: str, district: str) -> None:
    """Take the report of a month that is held back away."""
    with root.alone(f"report-{period}-{district}"):
        for page in (root.report(period, district), root.report(period, district).with_suffix(".pdf")):
            page.unlink(missing_ok=True)
            root.take_published_away(page)


def _page(root: DataRoot, partition: Partition, standing: str | None, made_on: str) -> str:
    with partition.connect(tables=tables_named_in("publish.reports")) as con:
        _make_words(con)
        con.execute("set variable somebodys = $pattern", {"pattern": SOMEBODYS})
        for name, months in _months(root, partition).items():
            con.register(name, months)
        sections = {name: con.execute(text_of(f"sql/{name}.sql")).pl().to_dicts() for name in (*SECTIONS, *ANSWERED)}
    sections["trend"].reverse()
    codes = [row["village_code"] for row in sections["villages"] if row["village_code"]]
    boundaries = read_boundaries(root.boundaries(partition.district), codes)
    return rendered(
        "report.html",
        title=district_name(partition.district) or partition.district,
        month=month_words(partition.period),
        standing=standing,
        made_on=made_on,
        charts=_charts(sections, boundaries),
        refused=boundaries.refused,
        shapes=_shapes(sections["villages"]),
        **sections,
    )


def _months(root: DataRoot, partition: Partition) -> dict[str, pl.DataFrame]:
    """The summaries of the district's published months up to this one: of all rows, and by programme."""
    earlier = [p for p in root.partitions(partition.district) if p.period < partition.period]
    with root.across([*earlier[-11:], partition], [DISTRICT_SUMMARY.name, PROGRAMME_SUMMARY.name]) as con:
        district = con.execute(
            "select period, recipients, off_target, off_target_lower, off_target_upper, to_verify from district_summary"
        ).pl()
        programmes = con.execute("select period, programme, rows_accepted, off_target from programme_summary").pl()
    return {"district_months": district, "programme_months": programmes}


def _charts(sections: Mapping[str, Sequence[Mapping[str, Any]]], boundaries: Boundaries) -> dict[str, str]:
    charts = charts_of(sections)
    if boundaries.features:
        rates = {row["village_code"]: row["problems_per_1000"] for row in sections["villages"]}
        charts["map"] = map_of(boundaries.features, rates)
    return charts


def _shapes(villages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The villages of each sub-district, in the order of their codes, each with a shade for its findings."""
    known = sorted(
        (row for row in villages if row["village_code"]),
        key=lambda row: (row["subdistrict_name"] or "", row["village_code"]),
    )
    return [
        {
            "subdistrict": subdistrict or "Kecamatan tidak diketahui",
            "villages": [
                {
                    "name": row["village_name"] or row["village_code"],
                    "rate": row["problems_per_1000"],
                    "shade": sum((row["problems_per_1000"] or 0) > least for least in SHADES),
                }
                for row in rows
            ],
        }
        for subdistrict, rows in groupby(known, key=lambda row: row["subdistrict_name"])
    ]


def _make_words(con: duckdb.DuckDBPyConnection) -> None:
    """The tables of `lake.make_words`, with the labels of programmes, and what tables of checks are called."""
    make_words(con, Language.INDONESIAN)
    con.execute(
        "insert into words select unnest(['programme', 'measure', 'list']), programme, 1000 + place, label_id, "
        "null, null from programme_rules"
    )
    con.register("list_tables", pl.DataFrame([*_TABLES.items()], ["code", "words"], orient="row"))
