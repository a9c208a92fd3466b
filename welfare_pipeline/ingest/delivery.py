"""A district's landing folder -> the drafted tables of landed rows, and the record of what landed.

The order of events only: files are read by `reading.py`, rows by `rows.py`. A file that cannot be used is refused as
a whole and on record; the others go on. Whether the district may go on is for the checks to decide.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol

import polars as pl

from welfare_pipeline.contracts.column import Source, Table
from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import POPULATION
from welfare_pipeline.contracts.tables import DELIVERY_FINDINGS, LANDED_FILES, RECIPIENT_ROWS, REJECTED_ROWS
from welfare_pipeline.contracts.vocabulary import FileState
from welfare_pipeline.ingest.contradictions import contradictions
from welfare_pipeline.ingest.fact_dates import dated_later, named_as_dates
from welfare_pipeline.ingest.field_checks import with_known_cases
from welfare_pipeline.ingest.guessing import Stranger, strangers_of
from welfare_pipeline.ingest.handed_out import ROW, with_checked_ids
from welfare_pipeline.ingest.identity_numbers import FileRules
from welfare_pipeline.ingest.landing_folder import LandedFile, Landing, landed_in
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.reading import ReadFile, read_file
from welfare_pipeline.ingest.rows import POLARS_TYPES, PolarsType, ReadRows, read_rows
from welfare_pipeline.ingest.sheet import LANDED_TEXT, ReadSheet
from welfare_pipeline.ingest.villages import Villages
from welfare_pipeline.ingest.worklist_search import with_worklists
from welfare_pipeline.lake import Draft, Partition, processors

MOST_AT_ONCE = 4  # sources read at the same time: each holds its list in memory


@dataclass(frozen=True)
class FileReport:
    """What became of one landed list, in data rows. A rejected file counts none; a worklist is one list a source.

    `landed_name`, `headers_ignored` and `error_whole` are `source_file`, `columns_ignored` and `error` with all names
    and numbers in them, for restricted places.
    """

    source: str
    source_file: str
    rows_landed: int
    rows_accepted: int
    rows_rejected: int
    sha256: str
    columns_ignored: tuple[str, ...]
    state: FileState
    error: str | None
    rows_unanswered: int | None = None
    landed_name: str = ""
    headers_ignored: tuple[str, ...] = ()
    error_whole: str | None = None


@dataclass(frozen=True)
class Delivery:
    """What a district delivered: the files of known sources, the sources that arrived, and what else lay there.

    `unknown_files`: the whole names of what is of no known list, for restricted places; `strangers`: the same for
    everybody. `sheets`: how the files that are used were read, by source and file.
    """

    files: tuple[FileReport, ...]
    unknown_files: tuple[str, ...]
    arrived: frozenset[str]
    strangers: tuple[Stranger, ...] = ()
    sheets: Mapping[tuple[str, str], tuple[ReadSheet, ...]] = field(default_factory=dict)

    @property
    def rejected_files(self) -> tuple[FileReport, ...]:
        """The files that could not be used, each with its error."""
        return tuple(file for file in self.files if file.state is FileState.REJECTED)


class Tables(Protocol):
    """Where the tables of a partition are drafted."""

    @property
    def partition(self) -> Partition:
        """Whose tables they are."""

    def write_frame(self, table: str, frame: pl.DataFrame) -> None:
        """Draft a table."""


@dataclass(frozen=True)
class _Record:
    """What is left of a source once its rows are drafted; those of a programme's list are kept to be drafted as one."""

    reports: list[FileReport]
    rejected: pl.DataFrame
    findings: pl.DataFrame
    sheets: dict[tuple[str, str], tuple[ReadSheet, ...]]
    recipients: pl.DataFrame | None = None


@dataclass(frozen=True)
class _SourceReader:
    """Reads a landing's sources, each on its own, into the draft."""

    landing: Landing
    rules: FileRules
    limits: Limits
    draft: Tables

    def population(self) -> tuple[_Record | None, Villages]:
        """Its record, and the villages in it, among which those of the other sources are looked up."""
        unlisted = Villages.none_of(self.draft.partition.district)
        read = self._read(POPULATION, unlisted)
        if read is None:
            return None, unlisted
        files, rows = read
        listed = any(file.raw for file in files)
        return self._drafted(POPULATION, *read), Villages.of(unlisted.district, rows.accepted) if listed else unlisted

    def draft_source(self, source: Source, villages: Villages) -> _Record | None:
        """Read and draft the rows of one source; `None` if no file of it landed."""
        read = self._read(source, villages)
        return None if read is None else self._drafted(source, *read)

    def _read(self, source: Source, villages: Villages) -> tuple[list[ReadFile], ReadRows] | None:
        files = _read_all([file for file in self.landing.files if file.source.name == source.name], self.limits)
        if not files:
            return None
        partition = self.draft.partition
        end = last_day(partition.period)
        landed, odd = with_checked_ids(_landed_rows(files), source.name, partition)
        landed, unknown = with_known_cases(landed, source.name, partition)
        rows = read_rows(landed, source, villages, self.rules, end.year, period_end=end)
        worklists = [file.file.name for file in files if file.raw and file.raw.rows_unanswered is not None]
        told = contradictions(rows.accepted, source.name, worklists)
        later = dated_later(rows.accepted, source.name, worklists, end)
        unread = named_as_dates(rows.findings, landed, source)
        return files, replace(rows, findings=_on_sheets([unread, odd, unknown, later, told], landed))

    def _drafted(self, source: Source, files: list[ReadFile], rows: ReadRows) -> _Record:
        record = _record(source, files, rows)
        if not any(file.raw for file in files):
            return record
        accepted = _numbered(rows.accepted, source, self.draft)
        if source.is_programme:
            return replace(record, recipients=accepted.with_columns(programme=pl.lit(source.name)))
        self.draft.write_frame(source.table, accepted)
        return record


def ingest_delivery(folder: Path, policy: Policy, draft: Draft) -> Delivery:
    """Read every list in a district's landing folder and draft its tables; the draft's partition says which district.

    Drafts one table per source with an accepted file, and `landed_files`, `rejected_rows`, `delivery_findings`. What
    is wrong with a file or a row is in the delivery and in those tables, not raised.
    """
    landing = with_worklists(landed_in(folder, policy.sources), Limits.of(policy), policy.sources)
    return ingest_landing(landing, policy, draft)


def ingest_landing(landing: Landing, policy: Policy, draft: Tables) -> Delivery:
    """The same for lists that are found wherever they lie."""
    reader = _SourceReader(landing, FileRules.of(policy), Limits.of(policy), draft)
    population, villages = reader.population()
    with ThreadPoolExecutor(min(MOST_AT_ONCE, processors())) as threads:
        others = sorted(policy.sources.lists, key=lambda source: source.number)  # as their rows are numbered
        others.remove(POPULATION)
        read = threads.map(lambda source: reader.draft_source(source, villages), others)
        records = [record for record in (population, *read) if record is not None]
    _draft_recipients(draft, records)
    _draft_records(draft, records)
    return _delivery(landing, records, strangers_of(landing.strangers, reader.limits, policy.sources))


def _read_all(files: list[LandedFile], limits: Limits) -> list[ReadFile]:
    read: list[ReadFile] = []
    for file in files:
        read.append(read_file(file, read, limits))
    return read


def _landed_rows(files: list[ReadFile]) -> pl.DataFrame:
    lists = [file.raw.rows.with_columns(source_file=pl.lit(file.file.name)) for file in files if file.raw]
    return pl.concat([pl.DataFrame(schema=LANDED_TEXT), *lists], how="diagonal")


def _on_sheets(findings: list[pl.DataFrame], landed: pl.DataFrame) -> pl.DataFrame:
    """The findings with the sheet of their row, where it is told."""
    every = pl.concat(findings, how="diagonal")
    if "sheet" not in landed.columns:
        return every
    return every.join(landed.select(*ROW, "sheet", "sheet_name"), on=ROW, how="left", maintain_order="left")


def _numbered(accepted: pl.DataFrame, source: Source, draft: Tables) -> pl.DataFrame:
    first = source.first_row_id
    return _of_partition(accepted, draft).with_columns(row_id=pl.int_range(first, first + pl.len(), dtype=pl.Int64))


def _of_partition(frame: pl.DataFrame, draft: Tables) -> pl.DataFrame:
    partition = draft.partition
    return frame.with_columns(period=pl.lit(partition.period), district_code=pl.lit(partition.district))


def _record(source: Source, files: list[ReadFile], rows: ReadRows) -> _Record:
    accepted, rejected = (_rows_by_file(frame) for frame in (rows.accepted, rows.rejected))
    reports = [
        _report(file, source, accepted.get(file.file.name, 0), rejected.get(file.file.name, 0)) for file in files
    ]
    of_source = pl.lit(source.name).alias("source")
    found = [file.raw.findings.with_columns(source_file=pl.lit(file.file.name)) for file in files if file.raw]
    findings = pl.concat([rows.findings, *found], how="diagonal")
    sheets = {(source.name, file.file.name): file.raw.sheets for file in files if file.raw}
    return _Record(reports, rows.rejected.with_columns(of_source), findings.with_columns(of_source), sheets)


def _rows_by_file(frame: pl.DataFrame) -> dict[str, int]:
    return dict(frame.group_by("source_file").len().iter_rows())


def _report(read: ReadFile, source: Source, accepted: int, rejected: int) -> FileReport:
    return FileReport(
        source=read.file.source.name,
        source_file=read.file.name,
        rows_landed=read.raw.rows.height if read.raw else 0,
        rows_accepted=accepted,
        rows_rejected=rejected,
        sha256=read.sha256,
        columns_ignored=read.raw.columns_ignored(source) if read.raw else (),
        state=FileState.ACCEPTED if read.raw else FileState.REJECTED,
        error=None if read.raw else f"{read.file.name}: {read.problem}.",
        rows_unanswered=read.raw.rows_unanswered if read.raw else None,
        landed_name=read.file.whole_name,
        headers_ignored=read.raw.headers_ignored() if read.raw else (),
        error_whole=None if read.raw else f"{read.file.whole_name}: {read.whole_problem or read.problem}.",
    )


def _draft_recipients(draft: Tables, records: list[_Record]) -> None:
    lists = [record.recipients for record in records if record.recipients is not None]
    if lists:  # each in order, as the sources are
        draft.write_frame(RECIPIENT_ROWS.name, pl.concat(lists, how="diagonal"))


def _draft_records(draft: Tables, records: list[_Record]) -> None:
    reports = [asdict(report) for record in records for report in record.reports]
    _draft_record(draft, LANDED_FILES, [pl.DataFrame(reports, schema_overrides=_schema(LANDED_FILES))])
    _draft_record(draft, REJECTED_ROWS, [record.rejected for record in records])
    _draft_record(draft, DELIVERY_FINDINGS, [record.findings for record in records])


def _draft_record(draft: Tables, table: Table, frames: list[pl.DataFrame]) -> None:
    rows = pl.concat([pl.DataFrame(schema=_schema(table)), *frames], how="diagonal")
    draft.write_frame(table.name, _of_partition(rows, draft).sort(table.key))


def _schema(table: Table) -> dict[str, PolarsType]:
    return {name: POLARS_TYPES[kind] for name, kind in table.column_types().items()}


def _delivery(landing: Landing, records: list[_Record], strangers: tuple[Stranger, ...]) -> Delivery:
    reports = tuple(sorted((report for r in records for report in r.reports), key=lambda report: report.source_file))
    arrived = frozenset(report.source for report in reports if report.state is FileState.ACCEPTED)
    sheets = {place: sheets for record in records for place, sheets in record.sheets.items()}
    return Delivery(reports, landing.unknown, arrived, strangers, sheets)
