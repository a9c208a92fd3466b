"""A district's delivery as rows: what was landed, and what one check finds in it. All people are made up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from tests.scenario import DISTRICT, PERIOD, POLARS, VILLAGE
from welfare_pipeline.checks.facts import RejectedFile, prepare
from welfare_pipeline.checks.finding import Finding
from welfare_pipeline.checks.stages import declared_checks, declared_link_checks, findings
from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.lake import DataRoot, Draft, person_rows_query
from welfare_pipeline.lake.one_file import write_frame

POLICY = load_policy()
SOURCES = POLICY.sources


@dataclass
class Delivery:
    """The landed rows and files of one district and month, collected by a story."""

    root: Path
    period: str = PERIOD
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    rejected_files: list[RejectedFile] = field(default_factory=list)

    def lands(self, source: str, *people: str, **values: Any) -> None:
        """Land one accepted row for each name (or one row) of `source` in the file `<source>.csv`."""
        for name in people or ("",):
            self._land(source, values | ({"name": name} if name else {}))

    def _land(self, source: str, values: dict[str, Any]) -> None:
        declared = SOURCES[source]
        landed = self.rows.setdefault(declared.asset, [])
        number = len(landed) + 1
        origin = {"row_id": declared.first_row_id + number - 1, "source_file": f"{source}.csv", "source_row": number}
        usual = {"nik_status": "valid", "nik_warnings": [], "card_status": "missing", "village_code": VILLAGE}
        usual |= {"nik": f"{1401010101900000 + number}", "total": 3, "measure": "pkh", "value": 0, "outcome": "LAYAK"}
        usual |= {"category": "ASN", "monthly_wage": 0, "programme": "pkh", "kind": "OTHER", "facilitator_id": "F1"}
        usual |= {"outlet_id": "W1", "commodity": "beras", "price": 0, "reference_price": 0}
        usual |= {"pair_id": "pair", "answer": "SAME"}
        if source == "civil_status":
            usual["status"] = "AKTIF"
        if source == "reactivation_requests":
            usual["reason"] = "KRONIS"
        if source == "objections":
            usual |= {"outcome": "DITOLAK", "received_on": date(2021, 11, 3)}
        if source == "audit_answers":
            usual |= {"sample_id": "A1", "finding": "LAYAK"}
        if source == "disbursements":
            usual["status"] = "SUKSES SALUR"
        known = TABLE_BY_NAME[declared.table].column_types()
        landed.append({name: value for name, value in (usual | origin | values).items() if name in known})
        self._count(source, rows_landed=1, rows_accepted=1)

    def rejects(self, source: str, rows: int = 1) -> None:
        """Land rows of `<source>.csv` that cannot be used."""
        file = f"{source}.csv"
        before = len(self.rows.get("rejected_rows", []))
        self.rows.setdefault("rejected_rows", []).extend(
            {"source": source, "source_file": file, "source_row": 1000 + before + row, "reason": "NO_IDENTITY"}
            for row in range(rows)
        )
        self._count(source, rows_landed=rows, rows_rejected=rows)

    def lands_nothing(self, source: str, rows_unanswered: int | None = None) -> None:
        """Land `<source>.csv` with a header and no rows, or a worklist that nobody answered."""
        file = self._file(source, f"{source}.csv") | {"rows_unanswered": rows_unanswered}
        self.files[f"{source}.csv"] = file

    def rejects_file(self, source: str | None, file: str, error: str) -> None:
        """Land a file that cannot be read."""
        self.files[file] = self._file(source, file) | {"state": "rejected", "error": error}

    def _count(self, source: str, **more: int) -> None:
        file = self.files.setdefault(f"{source}.csv", self._file(source, f"{source}.csv"))
        for figure, rows in more.items():
            file[figure] += rows

    def _file(self, source: str | None, file: str) -> dict[str, Any]:
        counts = {"rows_landed": 0, "rows_accepted": 0, "rows_rejected": 0}
        described = {"source": source, "source_file": file, "sha256": "", "columns_ignored": [], "state": "accepted"}
        return described | counts

    def draft_into(self, draft: Draft) -> None:
        """Write the tables of the story, which the lake itself would not take in every case."""
        for table, rows in {**self._tables(), "landed_files": list(self.files.values())}.items():
            schema = {name: POLARS[kind] for name, kind in TABLE_BY_NAME[table].column_types().items()}
            fixed = {"period": self.period, "district_code": DISTRICT}
            write_frame(pl.DataFrame([fixed | row for row in rows], schema=schema), draft.path(table))

    def is_published(self) -> None:
        """Let later months see it."""
        with DataRoot(self.root).partition(self.period, DISTRICT).draft() as draft:
            self.draft_into(draft)
            draft.accept()

    def _tables(self) -> dict[str, list[dict[str, Any]]]:
        programmes = {source.asset for source in SOURCES.programmes}
        tables = {name: rows for name, rows in self.rows.items() if name not in programmes}
        recipients = [row | {"programme": name} for name in programmes & self.rows.keys() for row in self.rows[name]]
        return tables | ({"recipient_rows": recipients} if recipients else {})

    def finding(self, table: str, check: str, policy: Policy = POLICY) -> Finding:
        """What one check finds."""
        return self.findings([(table, check)], policy)[0]

    def findings(self, wanted: Sequence[tuple[str, str]], policy: Policy = POLICY) -> list[Finding]:
        """What some checks find."""
        declared = (*declared_checks(policy.sources), *declared_link_checks())
        checks = [check for check in declared if (check.table, check.check) in wanted]
        with DataRoot(self.root).partition(self.period, DISTRICT).draft() as draft:
            self.draft_into(draft)
            with draft.connect(threads=1) as con:
                query, values = person_rows_query(con, self.period, policy)
                con.execute(f"create or replace temp table person_rows as {query}", values)
                prepare(con, draft.partition, policy, checks, self.rejected_files)
                return findings(con, policy, checks)


def sound_delivery(root: Path) -> Delivery:
    """A small district in which every list arrived and nothing is wrong."""
    delivery = Delivery(root)
    delivery.lands("population", as_of=date(2021, 6, 30), total=500, ktp_eligible=300, ktp_recorded=299)
    delivery.lands("registry", "Siti", "Tono", "Wati")
    for source in SOURCES.lists[2:]:
        delivery.lands(source.name, "Siti" if source.about_people else "", held_on=date(2021, 11, 3))
    delivery.rows["published_figures"][0] |= {"measure": "pkh", "value": 1}
    return delivery
