"""What lies in the landing folders: districts, and files of which source and part. Contents are not read here."""

import re
import stat
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.worklists import ANSWERS, LANDED_AS
from welfare_pipeline.ingest.masking import masked_names, without_numbers
from welfare_pipeline.ingest.plain import is_plain_name
from welfare_pipeline.ingest.shown import printable


class Format(StrEnum):
    """The file formats a list may arrive in, by ending."""

    CSV = "csv"
    CSV_GZ = "csv.gz"
    XLSX = "xlsx"
    PARQUET = "parquet"


# Lists in formats we do not read: refused, because somebody expects them to count. Other endings are only named.
REFUSED_FORMATS = ("xls", "xlsb", "xlsm", "ods", "html", "htm")


@dataclass(frozen=True)
class LandedFile:
    """A file of a known source. `format` is `None`, and `problem` says why, if it may not be opened.

    A filled worklist (`is_worklist`) is there once for each source it may have answers of.
    """

    path: Path
    source: Source
    part: str
    format: Format | None
    problem: str | None = None
    is_worklist: bool = False
    shown: str = ""

    @property
    def name(self) -> str:
        """The file's name, by which it is known everywhere: without anybody's number."""
        return self.shown or without_numbers(self.whole_name)

    @property
    def whole_name(self) -> str:
        """The file's name as it is, for restricted places."""
        return printable(self.path.name)


@dataclass(frozen=True)
class Landing:
    """A district's landing folder: its lists in file order, and whatever else lies there."""

    files: tuple[LandedFile, ...]
    strangers: tuple[Path, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of what is of no known list, whole: for restricted places."""
        return tuple(printable(entry.name) for entry in self.strangers)


def districts_landed(period_folder: Path) -> tuple[list[str], list[str]]:
    """The district codes that have a folder in a period's landing folder, and a warning for anything else there."""
    codes: list[str] = []
    others: list[tuple[str, str]] = []
    for entry in sorted(period_folder.iterdir()) if period_folder.is_dir() else []:
        problem = _not_a_district(entry)
        if problem is None:
            codes.append(entry.name)
        else:
            others.append((printable(entry.name), problem))
    return codes, _not_read(period_folder.name, others)


def has_landed(period_folder: Path, district: str) -> bool:
    """Whether the district has a folder among them."""
    folder = period_folder / district
    return folder.exists() and _not_a_district(folder) is None


def _not_read(period: str, others: list[tuple[str, str]]) -> list[str]:
    """A sentence for each entry; those whose names may be somebody's are counted by what is wrong with them."""
    named = [f"{period}/{name}: {problem}; it is not read." for name, problem in others if is_plain_name(name)]
    unnamed = Counter(problem for name, problem in others if not is_plain_name(name))
    return named + [f"{period}: {count} other {_entries(count)}: {what}; not read." for what, count in unnamed.items()]


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"


def _not_a_district(entry: Path) -> str | None:
    if leads_out_of(entry.parent.parent, entry):
        return "a link that leads out of the landing folder"
    if not entry.is_dir():
        return "not a district's folder (files belong in <period>/<district>/)"
    if not re.fullmatch(r"[0-9]{4}", entry.name) or district_name(entry.name) is None:
        return "no known district (the folder's name must be the 4-digit Kemendagri code of a kabupaten or kota)"
    return None


def landed_in(folder: Path, sources: Sources) -> Landing:
    """The files of a district's landing folder, by name, that are lists of these sources.

    Links that leave the folder are never followed.
    """
    files: list[LandedFile] = []
    strangers: list[Path] = []
    for entry in sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else []:
        found = lists_of(entry, folder, sources)
        files += found
        if not found:
            strangers.append(entry)
    shown = masked_names(file.whole_name for file in files)
    return Landing(tuple(replace(file, shown=shown[file.whole_name]) for file in files), tuple(strangers))


def lists_of(entry: Path, folder: Path, sources: Sources) -> list[LandedFile]:
    """The lists in a file, which is one but for a worklist; none if it is of no known source."""
    source, _, rest = printable(entry.name).lower().partition(".")
    part, ending = part_and_ending(rest)
    if ending is None:
        return []
    if source == LANDED_AS:
        problem = _cannot_be_opened(entry, folder, ending) or _not_a_workbook(ending)
        known, part = None if problem else Format(ending), f"{source}.{part}"
        return [LandedFile(entry, sources[answered], part, known, problem, is_worklist=True) for answered in ANSWERS]
    if source not in sources:
        return []
    problem = _cannot_be_opened(entry, folder, ending)
    return [LandedFile(entry, sources[source], part, None if problem else Format(ending), problem)]


def _not_a_workbook(ending: str) -> str | None:
    if ending in (Format.XLSX, Format.CSV, Format.CSV_GZ):
        return None
    return f"a worklist is landed as the workbook it was published as, not as .{ending}; save it as .xlsx"


def part_and_ending(rest: str) -> tuple[str, str | None]:
    """A name in small letters without the ending of a list, and that ending; `None`: it has no such ending."""
    for ending in (*Format, *REFUSED_FORMATS):
        if rest == ending or rest.endswith(f".{ending}"):
            return rest.removesuffix(ending).rstrip("."), str(ending)
    return rest, None


def _cannot_be_opened(entry: Path, folder: Path, ending: str) -> str | None:
    if ending in REFUSED_FORMATS:
        return f"the format .{ending} is not read; open the file and save it as .xlsx or .csv, then land that"
    if leads_out_of(folder, entry):
        return "it is a link that leads out of the landing folder and is not followed; land the file itself"
    if entry.is_dir():
        return "it is a folder, not a file; take the lists out of it and land them in the district's folder"
    if not is_file(entry):
        return "it is not a regular file; land the file itself"
    return None


def leads_out_of(folder: Path, entry: Path) -> bool:
    """Whether a link on the way to the entry leads elsewhere, or round in a circle."""
    try:
        return not entry.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return True


def is_file(entry: Path) -> bool:
    """Whether it is a regular file."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return False
