"""The files of one source -> its accepted rows part by part, and what is on record about the others.

The order of events only: files are read by `reading.py`, rows by `rows.py`. Short files are judged together; a long one
in parts, with what the whole of it says about its numbers.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.sources import POPULATION
from welfare_pipeline.ingest.contradictions import answers_of, contradictions
from welfare_pipeline.ingest.fact_dates import dated_later, named_as_dates
from welfare_pipeline.ingest.field_checks import with_known_cases
from welfare_pipeline.ingest.handed_out import ROW, with_checked_ids
from welfare_pipeline.ingest.identity_numbers import FileNumbers, FileRules
from welfare_pipeline.ingest.kept_rows import KeptRows, are_too_many
from welfare_pipeline.ingest.landing_folder import LandedFile
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.month_first import columns_month_first, with_days_first
from welfare_pipeline.ingest.plain_answers import with_plain_answers
from welfare_pipeline.ingest.reading import ReadFile, read_file
from welfare_pipeline.ingest.rows import ReadRows, numbers_of, read_rows
from welfare_pipeline.ingest.sheet import LANDED_TEXT, nothing_found
from welfare_pipeline.ingest.villages import Villages
from welfare_pipeline.lake import Partition


@dataclass(frozen=True)
class _Part:
    """Rows that are judged at once: all of these files, or a part of one and what the `whole` of it says."""

    files: list[ReadFile]
    landed: pl.DataFrame
    whole: FileNumbers | None = None

    @property
    def worklists(self) -> list[str]:
        """The names of those files that are worklists."""
        return [file.file.name for file in self.files if file.raw and file.raw.rows_unanswered is not None]


@dataclass
class SourceRows:
    """A source's list as it is read. What is on record of it is whole once the accepted rows have been taken."""

    source: Source
    landed: list[LandedFile]
    partition: Partition
    villages: Villages
    rules: FileRules
    limits: Limits
    folder: Path | None  # for the rows of long files
    files: list[ReadFile] = field(default_factory=list)
    rejected: list[pl.DataFrame] = field(default_factory=list)
    findings: list[pl.DataFrame] = field(default_factory=list)
    rows_accepted: Counter[str] = field(default_factory=Counter)
    rows_rejected: Counter[str] = field(default_factory=Counter)
    _answers: list[pl.DataFrame] = field(default_factory=list)

    def accepted(self) -> Iterator[pl.DataFrame]:
        """The accepted rows in file order, numbered; no part at all if no file can be used."""
        row_id, partition = self.source.first_row_id, self.partition
        for part in self._parts():
            rows = self._judged(part)
            self._note(rows)
            yield rows.accepted.with_columns(
                period=pl.lit(partition.period),
                district_code=pl.lit(partition.district),
                row_id=pl.int_range(row_id, row_id + pl.len(), dtype=pl.Int64),
            )
            row_id += rows.accepted.height
        self.findings += [_found_in(file) for file in self.files]
        if self._answers:
            answers = pl.concat(self._answers, how="diagonal")
            self.findings.append(_on_sheets([contradictions(answers, self.source.name)], answers))

    def _parts(self) -> Iterator[_Part]:
        """The rows of the files that can be used; a file is read when those before it have been judged."""
        short: list[ReadFile] = []
        for landed in self.landed:
            kept = KeptRows(self.folder)
            file = read_file(landed, self.files, self.limits, kept)
            self.files.append(file)
            if file.raw is None:
                kept.clear()
                continue
            if self._is_too_long([*short, file]):
                yield from _together(short)
                short = []
            if self._is_too_long([file]):
                yield from self._parts_of(file)
            else:
                short.append(file)
        yield from _together(short)

    def _is_too_long(self, files: list[ReadFile]) -> bool:
        """To be judged at once. In a population list a cell may be meant for all rows below it, so it always is."""
        return self.source.name != POPULATION.name and are_too_many(sum(file.rows.height for file in files))

    def _parts_of(self, file: ReadFile) -> Iterator[_Part]:
        whole = numbers_of(file.rows, self.source, self.rules)
        month_first = columns_month_first(file.rows, self.source)
        for rows in file.rows:
            yield _Part([file], _landed_rows(file, [rows], month_first), whole)
        file.rows.clear()

    def _judged(self, part: _Part) -> ReadRows:
        source, partition = self.source, self.partition
        end = last_day(partition.period)
        landed, odd = with_checked_ids(with_plain_answers(part.landed, source.name), source.name, partition)
        landed, unknown = with_known_cases(landed, source.name, partition)
        rows = read_rows(landed, source, self.villages, self.rules, end.year, period_end=end, whole=part.whole)
        self._keep_answers(answers_of(rows.accepted, source.name, part.worklists), landed)
        later = dated_later(rows.accepted, source.name, part.worklists, end)
        unread = named_as_dates(rows.findings, landed, source)
        return replace(rows, findings=_on_sheets([unread, odd, unknown, later], landed))

    def _keep_answers(self, answers: pl.DataFrame | None, landed: pl.DataFrame) -> None:
        """Answers of another part may contradict these."""
        if answers is not None:
            self._answers.append(_on_sheets([answers], landed))

    def _note(self, rows: ReadRows) -> None:
        self.rejected.append(rows.rejected)
        self.findings.append(rows.findings)
        for counts, frame in ((self.rows_accepted, rows.accepted), (self.rows_rejected, rows.rejected)):
            counts.update(dict(frame.group_by("source_file").len().iter_rows()))


def _together(files: list[ReadFile]) -> Iterator[_Part]:
    if files:
        landed = [_landed_rows(file, file.rows, columns_month_first(file.rows, file.file.source)) for file in files]
        yield _Part(files, pl.concat(landed, how="diagonal"))
    for file in files:
        file.rows.clear()


def _landed_rows(file: ReadFile, parts: Iterable[pl.DataFrame], month_first: Sequence[str]) -> pl.DataFrame:
    named = pl.lit(file.file.name).alias("source_file")
    lists = [with_days_first(rows, month_first).with_columns(named) for rows in parts]
    return pl.concat([pl.DataFrame(schema=LANDED_TEXT), *lists], how="diagonal")


def _found_in(file: ReadFile) -> pl.DataFrame:
    """What is odd about the file."""
    found = file.raw.findings if file.raw else nothing_found()
    return found.with_columns(source_file=pl.lit(file.file.name))


def _on_sheets(findings: list[pl.DataFrame], landed: pl.DataFrame) -> pl.DataFrame:
    """The findings with the sheet of their row, where it is told."""
    every = pl.concat(findings, how="diagonal")
    if "sheet" not in landed.columns:
        return every
    return every.join(landed.select(*ROW, "sheet", "sheet_name"), on=ROW, how="left", maintain_order="left")
