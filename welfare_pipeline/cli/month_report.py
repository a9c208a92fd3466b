"""What a district's run came to, read from the record tables of its partition and from how the run ended."""

import logging
from dataclasses import dataclass

import duckdb

from welfare_pipeline.cli.logs import tell
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.vocabulary import FileState, Outcome, Severity
from welfare_pipeline.defs.recording import RecordedRun
from welfare_pipeline.lake import DataRoot

RECONCILED, HELD_BACK, FAILED, SUPERSEDED = "reconciled", "held back", "failed", "superseded"
_ASSETS = {source.name: source.asset for source in FIXED}  # a list is called so in checks; a programme's by its name
UNREGISTERED = ("unregistered_households_certain", "unregistered_households_possible")


@dataclass(frozen=True)
class FailedCheck:
    """A check that did not pass; `has_landed`: a file of the list that it is about did land."""

    table: str
    check: str
    severity: str
    explanation: str
    has_landed: bool


@dataclass(frozen=True)
class RejectedFile:
    """A landed file that was not used, and what to do about it."""

    name: str
    error: str


@dataclass(frozen=True)
class DistrictReport:
    """One line of the summary and what stands below it. `counts` is empty for a district without decisions."""

    district: str
    run: RecordedRun
    counts: dict[str, int]
    failed_checks: tuple[FailedCheck, ...]
    rejected_files: tuple[RejectedFile, ...]
    is_published: bool = False  # by this or an earlier run

    @property
    def title(self) -> str:
        """Code and name."""
        return f"{self.district} {district_name(self.district) or ''}".strip()

    @property
    def state(self) -> str:
        """Reconciled, held back, failed; or superseded by another machine, which is no error."""
        if self.run.is_superseded:
            return SUPERSEDED
        if self.run.is_held_back:
            return HELD_BACK
        return FAILED if self.run.reason else RECONCILED

    @property
    def is_clean(self) -> bool:
        """Whether nothing was left out."""
        return self.state in {RECONCILED, SUPERSEDED} and not self.rejected_files

    def failed(self, severity: Severity) -> tuple[FailedCheck, ...]:
        """The failed checks of that severity."""
        return tuple(check for check in self.failed_checks if check.severity == severity)


@dataclass(frozen=True)
class MonthReport:
    """All districts of a command, the publication after them, and warnings about the month's landing folder."""

    period: str
    districts: tuple[DistrictReport, ...]
    publication: RecordedRun
    warnings: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether every district is reconciled without a file left out, and published."""
        return not self.publication.reason and all(report.is_clean for report in self.districts)


def read_report(root: DataRoot, period: str, district: str, run: RecordedRun) -> DistrictReport:
    """The report of a finished run. One that failed unexpectedly may have left the tables of an earlier run: unread."""
    is_published = root.published_partition(period, district).has_any()
    if run.reason and not run.is_held_back:
        return DistrictReport(district, run, {}, (), (), is_published=is_published)
    with root.partition(period, district).connect() as con:
        found = _counts(con), _failed_checks(con), _rejected_files(con)
        return DistrictReport(district, run, *found, is_published=is_published)


def log_district(period: str, report: DistrictReport) -> None:
    """Log how a district ended, and each file and check that somebody has to look at."""
    where = {"period": period, "district": report.district}
    grave = logging.INFO if report.is_clean else logging.ERROR
    figures = {"state": report.state, "run_id": report.run.run_id, "seconds": round(report.run.seconds, 1)}
    tell("district ends", level=grave, **where, **figures, reason=report.run.reason or None, counts=report.counts)
    for file in report.rejected_files:
        tell("file not used", level=logging.ERROR, **where, file=file.name, reason=file.error)
    for check in report.failed_checks:
        named = {"table": check.table, "check": check.check, "severity": check.severity}
        tell("check failed", level=logging.WARNING, **where, **named, explanation=check.explanation)


def log_month(month: MonthReport) -> None:
    """Log how the publication ended, and what in the month's folder was not read."""
    for warning in month.warnings:
        tell("not read", level=logging.WARNING, period=month.period, explanation=warning)
    grave = logging.ERROR if month.publication.reason else logging.INFO
    tell("run ends", level=grave, period=month.period, is_clean=month.is_clean, reason=month.publication.reason or None)


def _counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    names = [*Outcome, *UNREGISTERED]
    rows = con.sql("from district_summary").select(*names).fetchall()
    return dict(zip(names, rows[0], strict=True)) if rows else {}


def _failed_checks(con: duckdb.DuckDBPyConnection) -> tuple[FailedCheck, ...]:
    rows = con.execute(
        """select "table", "check", severity, explanation from check_results where not passed order by all"""
    ).fetchall()
    lists = con.execute("select distinct source from landed_files").fetchall()
    landed = {_ASSETS.get(name, name) for (name,) in lists}
    return tuple(
        FailedCheck(table, check, severity, explanation, table in landed)
        for table, check, severity, explanation in rows
    )


def _rejected_files(con: duckdb.DuckDBPyConnection) -> tuple[RejectedFile, ...]:
    rows = con.execute(
        "select source_file, error from landed_files where state = $state order by source_file",
        {"state": FileState.REJECTED},
    ).fetchall()
    return tuple(RejectedFile(*row) for row in rows)
