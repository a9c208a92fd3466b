"""A district's month as rows of named people: the lists, who is who, and what the reconciliation makes of them.

Rows are landed as accepted and linked as the story says (`who`), so that a test of a rule is about that rule only.
All people are made up.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from welfare_pipeline.contracts.column import Kind
from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.contracts.tables import RECONCILED, TABLE_BY_NAME
from welfare_pipeline.ingest.stages import read_stages
from welfare_pipeline.lake import DataRoot, Partition, draft_person_rows
from welfare_pipeline.lake.one_file import write_frame
from welfare_pipeline.lake.sql_text import tables_read
from welfare_pipeline.reconcile import reconcile_district

PERIOD, DISTRICT = "2021-11", "1401"
VILLAGE, OTHER_VILLAGE = "1401012001", "1401012002"
POLARS = {
    "VARCHAR": pl.String,
    "BIGINT": pl.Int64,
    "DATE": pl.Date,
    "BOOLEAN": pl.Boolean,
    "DOUBLE": pl.Float64,
    "VARCHAR[]": pl.List(pl.String),
}
DECIDED_TABLES = {table.name for table in RECONCILED}
UNDECIDED: "dict[Path, list[Month]]" = {}


def card(number: int) -> str:
    """A valid family card number."""
    return f"140101010107{number:04d}"


@dataclass
class Month:
    """The landed rows of one district and month, collected by a story."""

    root: Path
    period: str = PERIOD
    district: str = DISTRICT
    policy: Policy = field(default_factory=load_policy)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    links: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    answered: list[dict[str, Any]] = field(default_factory=list)
    people: dict[str, int] = field(default_factory=dict)
    registered: dict[str, int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    decided: set[str] = field(default_factory=set)

    def lists(self, source: str, who: str | None = None, band: str | None = None, **values: Any) -> None:
        """Land one row of `source`; about people: `who` says who it is, `band` overrides how sure the link is."""
        declared = self.policy.sources[source]
        landed = self.rows.setdefault(source, [])
        row_id = declared.first_row_id + len(landed)
        names = {column.name for column in declared.columns}
        row = self._defaults(source, who, names) | values
        if "decile" in names:
            row = {"decile_lowest": row.get("decile"), "decile_highest": row.get("decile")} | row
        if "stage" in names:
            row["stage"] = pl.select(read_stages(pl.lit(row.get("stage"), pl.String))).item()
        if "family_card_number" in names:
            row.setdefault("card_status", "valid" if row.get("family_card_number") else "missing")
        landed.append({"row_id": row_id, "source_file": f"{source}.csv", "source_row": len(landed) + 1} | row)
        if any(column.kind in {Kind.NIK, Kind.CARD} for column in declared.columns):
            self._link(source, row_id, who or f"row {row_id}", row, band)

    def _defaults(self, source: str, who: str | None, names: set[str]) -> dict[str, Any]:
        defaults: dict[str, Any] = {}
        if "name" in names:
            defaults["name"] = who
        if "nik" in names:
            defaults |= {"nik": f"nik of {who}" if who else None, "nik_status": "valid" if who else "missing"}
            defaults["nik_warnings"] = []
        if "village_code" in names and source not in {"population", "village_meetings"}:
            defaults["village_code"] = VILLAGE
        return defaults

    def _link(self, source: str, row_id: int, who: str, row: dict[str, Any], band: str | None) -> None:
        person_id = self.people.setdefault(who, row_id) if band != "review" else row_id
        if source == "registry":
            self.registered.setdefault(who, row_id)
        registry_row_id = self.registered.get(who)
        band = band or ("same" if registry_row_id else "different")
        own_card = row.get("family_card_number")
        self.links.append(
            {
                "row_id": row_id,
                "source": source,
                "person_id": person_id,
                "registry_row_id": registry_row_id,
                "match_method": "nik" if band == "same" else "none",
                "match_band": band,
                "match_probability": 1.0 if band == "same" else 0.0,
                "person_key": f"key of {who}",
                "family_key": f"family {own_card or who}",
            }
        )

    def reconcile(self, policy: Policy | None = None) -> None:
        """Land the month; a table is decided once the story reads it, and whole when the district's next is landed."""
        waiting = UNDECIDED.pop(self.root, [])
        for other in waiting:
            if other.district == self.district:
                other.decide()
        UNDECIDED[self.root] = [*(other for other in waiting if other.district != self.district), self]
        self.policy = policy or self.policy
        self.decided = set()
        with self.partition.draft() as draft:
            given = {"links": self.links, "review_pairs": self.questions, "landed_files": self._files()}
            given |= {"remembered_answers": self.answered}
            for table, rows in (self._tables() | given).items():
                write_frame(self._frame(table, rows), draft.path(table))  # a story tells only what matters to it
            draft_person_rows(draft, self.policy)
            draft.accept()

    def decide(self, tables: Collection[str] | None = None) -> Partition:
        """Decide these tables, or every one, and return the partition."""
        with self.partition.draft() as draft:
            reconcile_district(draft, self.policy, tables)
            return draft.accept()

    def decide_once(self, tables: Collection[str]) -> None:
        """Decide those of these tables that were not yet."""
        wanted = DECIDED_TABLES.intersection(tables) - self.decided
        if wanted:
            self.decided |= wanted
            self.decide(wanted)

    @property
    def partition(self) -> Partition:
        """The month in the lake."""
        return DataRoot(self.root).partition(self.period, self.district)

    def _tables(self) -> dict[str, list[dict[str, Any]]]:
        tables: dict[str, list[dict[str, Any]]] = {}
        for name, rows in self.rows.items():
            source = self.policy.sources[name]
            of_programme = {"programme": name} if source.is_programme else {}
            tables.setdefault(source.table, []).extend(row | of_programme for row in rows)
        return tables

    def dispute(self, source: str, who: str) -> None:
        """Ask people whose number it is that the last row of `source` and the registered `who` both have."""
        row = self.rows[source][-1]
        keys = {"person_key": self.links[-1]["person_key"], "registry_person_key": f"key of {who}"}
        self.links[-1] |= {"match_method": "nik", "registry_row_id": self.registered[who]}
        place = {"source": source, "source_file": row["source_file"], "source_row": row["source_row"]}
        self.questions.append({"pair_id": f"pair {row['row_id']}", "doubt": "number_conflict"} | keys | place)

    def answers(self, answer: str, person_key: str, registry_person_key: str) -> None:
        """People have said whether these two are one: SAME or DIFFERENT."""
        place = {"row_id": len(self.answered) + 1, "source_file": "review_answers.csv", "source_row": 1}
        pair = {"pair_id": f"{person_key} {registry_person_key}", "answer": answer}
        self.answered.append(place | pair | {"person_key": person_key, "registry_person_key": registry_person_key})

    def _files(self) -> list[dict[str, Any]]:
        described = {"sha256": "", "columns_ignored": [], "state": "accepted"}
        files = {(source, f"{source}.csv"): 0 for source, rows in self.rows.items() if not rows}
        files |= Counter((source, row["source_file"]) for source, rows in self.rows.items() for row in rows)
        counts = {file: (accepted, self.rejected.get(file[0], 0)) for file, accepted in files.items()}
        return [
            {"source": source, "source_file": file, "rows_landed": accepted + rejected}
            | {"rows_accepted": accepted, "rows_rejected": rejected}
            | described
            for (source, file), (accepted, rejected) in counts.items()
        ]

    def _frame(self, table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
        schema = {name: POLARS[kind] for name, kind in TABLE_BY_NAME[table].column_types().items()}
        fixed = {"period": self.period, "district_code": self.district}
        return pl.DataFrame([fixed | row for row in rows], schema=schema)

    def select(self, query: str) -> list[tuple[Any, ...]]:
        """Rows of a query over the reconciled partition."""
        read = tables_read(query) & TABLE_BY_NAME.keys()
        self.decide_once(read)
        with self.partition.connect(threads=1, tables=read) as con:
            return con.sql(query).fetchall()

    def reasons(self, programme: str = "%") -> dict[str, list[str]]:
        """Reasons by name of the recipient; several rows of one name are joined in file order."""
        found: dict[str, list[str]] = {}
        query = (
            f"select name, reasons from recipient_outcomes where programme like '{programme}' "
            "order by programme, source_file, source_row"
        )
        for name, reasons in self.select(query):
            found.setdefault(name, []).extend(reasons)
        return found

    def outcomes(self, programme: str = "%") -> dict[str, str]:
        """Outcome by name of the recipient (the last row of a name wins)."""
        query = (
            f"select name, outcome from recipient_outcomes where programme like '{programme}' "
            "order by programme, source_file, source_row"
        )
        return dict(self.select(query))


def born(year: int, month: int = 6, day: int = 15) -> date:
    """A birth date."""
    return date(year, month, day)
