"""A partition's tables -> the rows of every sheet, as text fit for a spreadsheet. The layout is in `workbook.py`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import duckdb
import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import PERSON_ROWS
from welfare_pipeline.contracts.words import Language
from welfare_pipeline.contracts.worklists import SHEETS, WITHOUT_VILLAGE, WorklistSheet
from welfare_pipeline.lake import (
    Partition,
    make_paths,
    make_supports,
    make_words,
    only_named,
    see_person_rows,
    tables_named_in,
)
from welfare_pipeline.publish.worklists.coaching import SHEETS as COACHING_SHEETS

MOST_SOURCES = 5  # landed rows named for one person
LONGEST_CELL = 2_000  # characters; a spreadsheet refuses more than 32,767
_STARTS_A_FORMULA = r"^(\s*[=+\-@\t\r\n\u{ff1d}\u{ff0b}\u{ff0d}\u{ff20}])"  # the last four: full width


@dataclass(frozen=True)
class Village:
    """A village, or (`code` empty) everybody whose village is not known. `name` is the workbook's."""

    code: str | None
    title: str
    name: str


@dataclass(frozen=True)
class Content:
    """What a district's worklists hold: its villages, and each sheet's rows with `village_code`, its fields, `key`.

    `decided_pairs`: of how many pairs there is an answer, of this and earlier months, in all and by village (as far as
    the person is still on a list); `coaching`: facilitators and outlets to warn.
    """

    villages: tuple[Village, ...]
    rows: Mapping[str, pl.DataFrame]
    decided_pairs: int = 0
    decided_by_village: Mapping[str, int] = field(default_factory=dict)
    coaching: Mapping[str, pl.DataFrame] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """The rows of each sheet."""
        return {name: frame.height for name, frame in self.rows.items()}


def read_content(partition: Partition, policy: Policy) -> Content:
    """Everything the worklists of a partition show."""
    with partition.connect(tables=tables_named_in("publish.worklists")) as con:
        see_person_rows(con, PERSON_ROWS.name, partition, policy)
        _make_words(con, policy)
        make_paths(con, Language.INDONESIAN, policy.calendar(partition.period, partition.district))
        values = {
            "period": partition.period,
            "most_sources": MOST_SOURCES,
            "period_end": last_day(partition.period),
            **policy.values(),
        }
        villages = con.execute(_query("villages")).pl()
        frames = {sheet.name: _rows(con, sheet, values, villages["village_code"]) for sheet in SHEETS}
        decided = dict(con.execute(_query("decided_pairs")).fetchall())
        coaching = {sheet.query: _harmless(con.execute(_query(sheet.query)).pl()) for sheet in COACHING_SHEETS}
    return Content(_villages(villages, frames), _numbered(frames), decided.pop("", 0), decided, coaching)


def _rows(
    con: duckdb.DuckDBPyConnection, sheet: WorklistSheet, values: Mapping[str, Any], villages: pl.Series
) -> pl.DataFrame:
    query = _query(sheet.query)
    named = only_named(query, values)
    rows = con.execute(query, named).pl() if named else con.execute(query).pl()
    known = pl.col("village_code").is_in(villages.implode())
    return _harmless(rows.with_columns(village_code=pl.when(known).then("village_code")))


def _harmless(rows: pl.DataFrame) -> pl.DataFrame:
    """No text that a spreadsheet takes for a formula, not even after it was saved as CSV; ingest strips the mark."""
    return rows.with_columns(pl.col(pl.String).str.slice(0, LONGEST_CELL).str.replace(_STARTS_A_FORMULA, "'$1"))


def _numbered(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Rows numbered from 1 in each village through all sheets of one source: the row number they have when landed."""
    numbered: dict[str, pl.DataFrame] = {}
    before: dict[str, pl.DataFrame] = {}
    for sheet in SHEETS:
        frame = frames[sheet.name].with_columns(place=pl.int_range(1, pl.len() + 1).over("village_code"))
        counted = before.get(sheet.source, pl.DataFrame(schema={"village_code": pl.String, "earlier": pl.Int64}))
        joined = frame.join(counted, on="village_code", how="left", nulls_equal=True, maintain_order="left")
        number = pl.col("place") + pl.col("earlier").fill_null(0)
        numbered[sheet.name] = joined.with_columns(number=number.cast(pl.String)).drop("place", "earlier")
        here = frame.group_by("village_code").agg(earlier=pl.len().cast(pl.Int64))
        before[sheet.source] = pl.concat([counted, here]).group_by("village_code").agg(pl.col("earlier").sum())
    return numbered


def _villages(listed: pl.DataFrame, frames: dict[str, pl.DataFrame]) -> tuple[Village, ...]:
    known = [Village(code, _title(code, name, area), code) for code, name, area in listed.iter_rows()]
    if any(frame["village_code"].has_nulls() for frame in frames.values()):
        known.append(Village(None, "Desa/kelurahan tidak diketahui", WITHOUT_VILLAGE))
    return tuple(known)


def _title(code: str, name: str | None, subdistrict: str | None) -> str:
    area = f", Kecamatan {subdistrict}" if subdistrict else ""
    return re.sub(r"[\x00-\x1f]", " ", f"{name or 'Desa/kelurahan'} ({code}){area}")


def _make_words(con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
    """The tables of `lake.make_words` and `make_supports`, with the labels of programmes and lists."""
    make_words(con, Language.INDONESIAN)
    make_supports(con, Language.INDONESIAN, policy.linkage.support_from())
    con.execute(
        "insert into words "
        "select unnest(['programme', 'list']), programme, place, label_id, null, null from programme_rules"
    )


def _query(name: str) -> str:
    return files("welfare_pipeline.publish.worklists").joinpath("sql", f"{name}.sql").read_text("utf-8")
