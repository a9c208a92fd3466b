"""How files would be read if they were landed: the same reading as a run's, with its tables in memory only.

A folder of the landing is read as a delivery; any other file is taken for the list that its name or its headers say.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import AUDIT_ANSWERS, FIXED, POPULATION, Sources
from welfare_pipeline.ingest.delivery import Delivery, FileReport, ingest_landing
from welfare_pipeline.ingest.guessing import Stranger, guessed, strangers_of
from welfare_pipeline.ingest.landing_folder import Format, LandedFile, Landing, landed_in, lists_of, part_and_ending
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.masking import masked_names
from welfare_pipeline.ingest.plain import shown_name
from welfare_pipeline.ingest.sheet import ReadSheet
from welfare_pipeline.ingest.shown import printable
from welfare_pipeline.ingest.worklist_search import with_worklists
from welfare_pipeline.lake import Partition

BY_NAME, AS_TOLD, BY_GUESS = "by its name", "as you say", "by its headers and the words of its name"
BY_CONTENT = "by its hidden key or headings, as a worklist"


@dataclass
class MemoryTables:
    """The tables of a partition as they are drafted, written nowhere."""

    partition: Partition
    frames: dict[str, pl.DataFrame] = field(default_factory=dict)
    folder: None = None

    def write_frame(self, table: str, frame: pl.DataFrame) -> None:
        """Keep a table."""
        self.frames[table] = frame

    def write_frames(self, table: str, frames: Iterable[pl.DataFrame]) -> None:
        """Keep a table of frames that follow on each other."""
        self.frames[table] = pl.concat(frames)


@dataclass(frozen=True)
class InspectedFile:
    """How a file would be read as one list. `because`: how it is known to be that list."""

    report: FileReport
    source: Source
    because: str
    sheets: tuple[ReadSheet, ...]
    accepted: pl.DataFrame
    rejected: pl.DataFrame
    findings: pl.DataFrame


@dataclass(frozen=True)
class Inspection:
    """What one folder or file holds; `strangers` are of no list.

    `too_many_rejected`: lists of which more rows are rejected than the policy tolerates.
    """

    period: str
    district: str
    files: tuple[InspectedFile, ...]
    strangers: tuple[Stranger, ...]
    is_landing: bool
    is_folder: bool
    too_many_rejected: tuple[str, ...] = ()

    @property
    def required_missing(self) -> list[str]:
        """The lists without which the district would not be reconciled; of a landing folder only."""
        there = {file.source.name for file in self.files if file.report.rows_accepted}
        return [source.name for source in FIXED if source.required and source.name not in there]


@dataclass(frozen=True)
class Question:
    """What somebody wants to know: of the path, perhaps as a list of that source, perhaps of that district."""

    path: Path
    source: Source | None
    district: str | None


def inspected(question: Question, policy: Policy) -> Iterator[Inspection]:
    """The path, or each landing folder in it, one after the other."""
    folders = _landing_folders(question.path) if question.path.is_dir() else []
    if not folders:
        yield _inspection(question, policy)
    for folder in folders:
        yield from inspected(replace(question, path=folder), policy)


def _landing_folders(path: Path) -> list[Path]:
    """The folders of months or districts in it."""
    folders = sorted(entry for entry in path.iterdir() if entry.is_dir())
    return [folder for folder in folders if is_period(folder.name) or _is_district(folder.name)]


def _is_district(name: str) -> bool:
    return district_name(name) is not None


def _inspection(question: Question, policy: Policy) -> Inspection:
    path = question.path
    folder = path if path.is_dir() else path.parent
    is_landing = _is_district(folder.name)
    district = question.district or (folder.name if is_landing else "")
    landing, because = _landing_of(question, policy, is_landing=is_landing)
    tables = MemoryTables(Partition(_lake_of(folder), _period_of(folder), district))
    delivery = ingest_landing(replace(landing, strangers=()), policy, tables)
    files = _files(delivery, tables, because, policy.sources)
    if not path.is_dir():
        files = [file for file in files if file.report.landed_name == printable(path.name)]
    strangers = strangers_of(landing.strangers, Limits.of(policy), policy.sources)
    lost = _too_many_rejected(delivery, policy)
    return Inspection(tables.partition.period, district, tuple(files), strangers, is_landing, path.is_dir(), lost)


def _too_many_rejected(delivery: Delivery, policy: Policy) -> tuple[str, ...]:
    landed, rejected = Counter[str](), Counter[str]()
    lists = (file for file in delivery.files if file.rows_unanswered is None and file.source != AUDIT_ANSWERS.name)
    for report in lists:  # answers are no list's rows
        landed[report.source] += report.rows_landed
        rejected[report.source] += report.rows_rejected
    tolerated, share = policy.thresholds["rejected_rows_tolerated"], policy.thresholds["rejected_share"]
    return tuple(name for name, rows in rejected.items() if rows > tolerated and rows > share * landed[name])


def _lake_of(folder: Path) -> Path:
    """The lake of the data root that the folder is a landing of; one that is not there for any other folder."""
    roots = (place.parent for place in folder.resolve().parents if place.name == "landing")
    return next(roots, Path("/nowhere")) / "lake"


def _period_of(folder: Path) -> str:
    months = (place.name for place in (folder, *folder.parents) if is_period(place.name))
    return next(months, f"{datetime.now(UTC):%Y-%m}")


def _landing_of(question: Question, policy: Policy, *, is_landing: bool) -> tuple[Landing, dict[Path, str]]:
    """What to read, and how each file is known to be its list."""
    path, sources = question.path, policy.sources
    folder = path if path.is_dir() else path.parent
    named = landed_in(folder, sources) if is_landing or path.is_dir() else _alone(path, sources)
    whole = with_worklists(named, Limits.of(policy), sources)
    if not path.is_dir():
        whole = _with_what_belongs_to(path, whole)
    if question.source is not None:
        return _as_told(path, question.source, whole)
    by_content = set(named.strangers)
    known = {file.path: BY_CONTENT if file.path in by_content else BY_NAME for file in whole.files}
    return _with_guesses(whole, known, policy)


def _as_told(path: Path, source: Source, whole: Landing) -> tuple[Landing, dict[Path, str]]:
    """The file, or each in the folder, as a list of the source; with the villages of its district."""
    entries = {file.path for file in whole.files} | set(whole.strangers)
    own = sorted(entry for entry in entries if entry == path or path.is_dir())
    told = _named([file for entry in own if (file := _as_list(entry, source)) is not None])
    population = [file for file in whole.files if file.path not in own and file.source.name == POPULATION.name]
    return Landing((*population, *told), _without(own, told)), dict.fromkeys(own, AS_TOLD)


def _with_guesses(whole: Landing, known: dict[Path, str], policy: Policy) -> tuple[Landing, dict[Path, str]]:
    """The files that are known, and those others that look like a list."""
    guesses = {entry: guessed(entry, Limits.of(policy), policy.sources).source for entry in whole.strangers}
    meant = [file for entry, likely in guesses.items() if likely and (file := _as_list(entry, likely)) is not None]
    files = _named([*whole.files, *meant])
    return Landing(files, _without(whole.strangers, meant)), known | {file.path: BY_GUESS for file in meant}


def _without(entries: Iterable[Path], files: Iterable[LandedFile]) -> tuple[Path, ...]:
    read = {file.path for file in files}
    return tuple(entry for entry in entries if entry not in read)


def _alone(path: Path, sources: Sources) -> Landing:
    """A file that lies in no landing folder."""
    found = lists_of(path, path.parent, sources)
    return Landing(_named(found), () if found else (path,))


def _with_what_belongs_to(path: Path, whole: Landing) -> Landing:
    """The file, with the files of its list before it and the villages of its district."""
    own = {file.source.name for file in whole.files if file.path == path}
    files = [file for file in whole.files if file.source.name in {*own, POPULATION.name}]
    return Landing(tuple(files), tuple(entry for entry in whole.strangers if entry == path))


def _as_list(entry: Path, source: Source) -> LandedFile | None:
    """The file as a list of the source, whatever its name; `None`: lists do not have its format."""
    stem, ending = part_and_ending(printable(entry.name).lower())
    if ending not in set(Format) or not entry.is_file():
        return None
    return LandedFile(entry, source, stem, Format(str(ending)))


def _named(files: list[LandedFile]) -> tuple[LandedFile, ...]:
    """The files by names without anybody's number; those not named after their list without anybody's name, too."""
    masked = masked_names(file.whole_name for file in files)
    named = [f.whole_name for f in files if f.is_worklist or f.whole_name.lower().startswith(f"{f.source.name}.")]
    shown = {name: masked[name] if name in named else shown_name(name) for name in masked}
    alike = Counter(shown.values())
    places = {name: place for place, name in enumerate(sorted(shown), 1) if alike[shown[name]] > 1}
    told = {name: f"{text} (file {places[name]})" if name in places else text for name, text in shown.items()}
    told |= {file.whole_name: file.shown for file in files if file.is_worklist and file.shown}
    return tuple(replace(file, shown=told[file.whole_name]) for file in files)


def _files(delivery: Delivery, tables: MemoryTables, because: dict[Path, str], sources: Sources) -> list[InspectedFile]:
    known = {printable(path.name): reason for path, reason in because.items()}
    return [
        _file(report, sources[report.source], delivery, tables, known.get(report.landed_name, BY_NAME))
        for report in delivery.files
    ]


def _file(report: FileReport, source: Source, delivery: Delivery, tables: MemoryTables, because: str) -> InspectedFile:
    records = (tables.frames["rejected_rows"], tables.frames["delivery_findings"])
    rejected, findings = (
        frame.filter(source=source.name).filter(pl.col("source_file") == report.source_file) for frame in records
    )
    accepted = tables.frames.get(source.table, pl.DataFrame({"source_file": []}, schema={"source_file": pl.String}))
    own = accepted.filter(pl.col("source_file") == report.source_file)
    if source.is_programme and "programme" in own.columns:
        own = own.filter(programme=source.name)
    sheets = delivery.sheets.get((source.name, report.source_file), ())
    return InspectedFile(report, source, because, sheets, own, rejected, findings)
