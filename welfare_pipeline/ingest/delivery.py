"""A district's landing folder -> the drafted tables of landed rows, and the record of what landed.

The order of events only: a source's files are read and judged by `source_rows.py`. A file that cannot be used is
refused as a whole and on record; the others go on. Whether the district may go on is for the checks to decide.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Protocol

import polars as pl

from welfare_pipeline.contracts.column import Source, Table
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import POPULATION
from welfare_pipeline.contracts.tables import DELIVERY_FINDINGS, LANDED_FILES, RECIPIENT_ROWS, REJECTED_ROWS
from welfare_pipeline.contracts.vocabulary import FileState
from welfare_pipeline.ingest.guessing import Stranger, strangers_of
from welfare_pipeline.ingest.identity_numbers import FileRules
from welfare_pipeline.ingest.kept_rows import KeptRows
from welfare_pipeline.ingest.landing_folder import Landing, landed_in
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.reading import ReadFile
from welfare_pipeline.ingest.room import Room, memory_to_read
from welfare_pipeline.ingest.rows import POLARS_TYPES, PolarsType
from welfare_pipeline.ingest.sheet import ReadSheet
from welfare_pipeline.ingest.source_rows import SourceRows
from welfare_pipeline.ingest.villages import Villages
from welfare_pipeline.ingest.worklist_search import with_worklists
from welfare_pipeline.lake import Draft, Partition, processors

MOST_AT_ONCE = 4  # sources read at the same time, as far as memory has room for them (`room.py`)


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

    @property
    def folder(self) -> Path | None:
        """Where rows may be put meanwhile; without it they stay in memory."""

    def write_frame(self, table: str, frame: pl.DataFrame) -> None:
        """Draft a table."""

    def write_frames(self, table: str, frames: Iterable[pl.DataFrame]) -> None:
        """Draft a table of frames (at least one) that follow on each other."""


@dataclass(frozen=True)
class _Record:
    """What is left of a source once its rows are drafted; those of a programme's list are kept to be drafted as one."""

    rows: SourceRows
    recipients: KeptRows | None = None


@dataclass(frozen=True)
class _SourceReader:
    """Reads a landing's sources, each on its own, into the draft."""

    landing: Landing
    rules: FileRules
    limits: Limits
    draft: Tables
    room: Room = field(default_factory=Room)

    def population(self) -> tuple[_Record | None, Villages]:
        """Its record, and the villages in it, among which those of the other sources are looked up."""
        unlisted = Villages.none_of(self.draft.partition.district)
        rows = self._rows(POPULATION, unlisted)
        parts = list(rows.accepted())
        if parts:
            self.draft.write_frames(POPULATION.table, parts)
        villages = Villages.of(unlisted.district, pl.concat(parts)) if parts else unlisted
        return (_Record(rows) if rows.landed else None), villages

    def draft_source(self, source: Source, villages: Villages) -> _Record | None:
        """Read and draft the rows of one source; `None` if no file of it landed."""
        rows = self._rows(source, villages)
        if not rows.landed:
            return None
        with self.room.taken(max(memory_to_read(file) for file in rows.landed)):
            return self._drafted(rows)

    def _rows(self, source: Source, villages: Villages) -> SourceRows:
        landed = [file for file in self.landing.files if file.source.name == source.name]
        folder = self.draft.folder / "kept" if self.draft.folder else None
        return SourceRows(source, landed, self.draft.partition, villages, self.rules, self.limits, folder)

    def _drafted(self, rows: SourceRows) -> _Record:
        source, accepted = rows.source, rows.accepted()
        if source.is_programme:
            recipients = KeptRows(rows.folder)
            for part in accepted:
                recipients.add(part.with_columns(programme=pl.lit(source.name)))
            return _Record(rows, recipients)
        if (first := next(accepted, None)) is not None:
            self.draft.write_frames(source.table, chain([first], accepted))
        return _Record(rows)


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


def _of_partition(frame: pl.DataFrame, draft: Tables) -> pl.DataFrame:
    partition = draft.partition
    return frame.with_columns(period=pl.lit(partition.period), district_code=pl.lit(partition.district))


def _reports(rows: SourceRows) -> list[FileReport]:
    return [_report(file, rows) for file in rows.files]


def _report(read: ReadFile, rows: SourceRows) -> FileReport:
    return FileReport(
        source=read.file.source.name,
        source_file=read.file.name,
        rows_landed=read.rows.height,
        rows_accepted=rows.rows_accepted[read.file.name],
        rows_rejected=rows.rows_rejected[read.file.name],
        sha256=read.sha256,
        columns_ignored=read.raw.columns_ignored(rows.source) if read.raw else (),
        state=FileState.ACCEPTED if read.raw else FileState.REJECTED,
        error=None if read.raw else f"{read.file.name}: {read.problem}.",
        rows_unanswered=read.raw.rows_unanswered if read.raw else None,
        landed_name=read.file.whole_name,
        headers_ignored=read.raw.headers_ignored() if read.raw else (),
        error_whole=None if read.raw else f"{read.file.whole_name}: {read.whole_problem or read.problem}.",
    )


def _draft_recipients(draft: Tables, records: list[_Record]) -> None:
    lists = [record.recipients for record in records if record.recipients is not None]
    alike = pl.DataFrame(schema=_schema(RECIPIENT_ROWS))
    parts = (pl.concat([alike, part], how="diagonal") for kept in lists for part in kept)
    if (first := next(parts, None)) is not None:  # each in order, as the sources are
        draft.write_frames(RECIPIENT_ROWS.name, chain([first], parts))
    for kept in lists:
        kept.clear()


def _draft_records(draft: Tables, records: list[_Record]) -> None:
    reports = [asdict(report) for record in records for report in _reports(record.rows)]
    _draft_record(draft, LANDED_FILES, [pl.DataFrame(reports, schema_overrides=_schema(LANDED_FILES))])
    _draft_record(draft, REJECTED_ROWS, [_of_source(r.rows, frame) for r in records for frame in r.rows.rejected])
    _draft_record(draft, DELIVERY_FINDINGS, [_of_source(r.rows, frame) for r in records for frame in r.rows.findings])


def _of_source(rows: SourceRows, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(source=pl.lit(rows.source.name))


def _draft_record(draft: Tables, table: Table, frames: list[pl.DataFrame]) -> None:
    rows = pl.concat([pl.DataFrame(schema=_schema(table)), *frames], how="diagonal")
    draft.write_frame(table.name, _of_partition(rows, draft).sort(table.key))


def _schema(table: Table) -> dict[str, PolarsType]:
    return {name: POLARS_TYPES[kind] for name, kind in table.column_types().items()}


def _delivery(landing: Landing, records: list[_Record], strangers: tuple[Stranger, ...]) -> Delivery:
    found = (report for record in records for report in _reports(record.rows))
    reports = tuple(sorted(found, key=lambda report: report.source_file))
    arrived = frozenset(report.source for report in reports if report.state is FileState.ACCEPTED)
    sheets = {
        (record.rows.source.name, file.file.name): file.raw.sheets
        for record in records
        for file in record.rows.files
        if file.raw
    }
    return Delivery(reports, landing.unknown, arrived, strangers, sheets)
