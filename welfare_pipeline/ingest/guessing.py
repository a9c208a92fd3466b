"""Which list a file most likely is whose name does not say so: by the words of its name and by its headers.

A guess is for people to act on; no file is read into the lake by it.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.plain_words import LIST_WORDS
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.ingest.csv_file import csv_header
from welfare_pipeline.ingest.header import Header, needed_columns
from welfare_pipeline.ingest.kept_rows import CountedRows
from welfare_pipeline.ingest.landing_folder import REFUSED_FORMATS, Format, LandedFile, is_file, part_and_ending
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.opening import content_of, unpacked
from welfare_pipeline.ingest.plain import kind_of, shown_name, words_of
from welfare_pipeline.ingest.reading import ReadFile, read_file
from welfare_pipeline.ingest.shown import printable
from welfare_pipeline.ingest.workbook_file import workbook_headers
from welfare_pipeline.ingest.workbook_size import is_costly

_HEAD = 200_000  # bytes of a text file in which its header is


@dataclass(frozen=True)
class Guess:
    """The lists that a file may be, likeliest alone if one is; `read` is the file as that list."""

    sources: tuple[Source, ...]
    read: ReadFile | None = None

    @property
    def source(self) -> Source | None:
        """The one list that it most likely is."""
        return self.sources[0] if len(self.sources) == 1 else None


@dataclass(frozen=True)
class Stranger:
    """Something in a landing folder that is of no known list: what it is called outside restricted places.

    `meant`: the list that it most likely is (or the lists between which its headers do not decide), `advice` what to
    do about it.
    """

    name: str
    meant: str | None = None
    advice: str = ""


def strangers_of(entries: Iterable[Path], limits: Limits, sources: Sources) -> tuple[Stranger, ...]:
    """What each of the entries is; files that are whole lists under another name come first."""
    found = [_stranger(entry, limits, sources) for entry in entries]
    return tuple(sorted(found, key=lambda stranger: (stranger.meant is None, stranger.name)))


def _stranger(entry: Path, limits: Limits, sources: Sources) -> Stranger:
    name = printable(entry.name)
    if not is_file(entry):
        return Stranger("folder" if entry.is_dir() else "entry that is no file")
    stem, ending = part_and_ending(name.lower())
    meant = named_sources(stem, sources)
    if ending in REFUSED_FORMATS and meant:
        advice = f"open it, save it as {meant[0].name}.xlsx and land that"
        return Stranger(shown_name(name), meant[0].name, advice)
    guess = guessed(entry, limits, sources) if ending is not None and ending not in REFUSED_FORMATS else Guess(())
    if len(guess.sources) > 1:
        fitting = [source.name for source in guess.sources]
        advice = f"name it after its list, for example {fitting[0]}.csv"
        if any(source.is_programme for source in guess.sources):
            advice += "; if it is a programme that is not known yet, declare [programmes.<its name>] in policy.toml"
        return Stranger(shown_name(name), " or ".join(fitting), advice)
    if guess.source is None or guess.read is None or guess.read.raw is None:
        return Stranger(kind_of(name))
    rows = f"{guess.read.raw.rows.height:,} rows"
    free = _free_name(entry.parent, guess.source, str(ending))
    return Stranger(shown_name(name), guess.source.name, f"{rows}; name it {free}")


def _free_name(folder: Path, source: Source, ending: str) -> str:
    taken = any(re.match(rf"{re.escape(source.name)}\.", entry.name.lower()) for entry in folder.iterdir())
    return f"{source.name}.<part>.{ending}" if taken else f"{source.name}.{ending}"


def named_sources(text: str, sources: Sources) -> list[Source]:
    """The lists that the words of a name mention, the longest mention first."""
    words = f" {' '.join(words_of(text))} "
    found = [
        (len(phrase), source)
        for source in sources.lists
        for phrase in _phrases(source, sources)
        if f" {phrase} " in words
    ]
    longest = sorted(found, key=lambda mention: -mention[0])
    return list({source.name: source for _, source in longest}.values())


def _phrases(source: Source, sources: Sources) -> Iterator[str]:
    for text in (source.name, *LIST_WORDS.get(source.name, ()), *sources.spellings.get(source.name, ())):
        yield " ".join(words_of(text))


def guessed(path: Path, limits: Limits, sources: Sources) -> Guess:
    """The list that a file most likely is: one that its name mentions and its headers fit, else the best fit."""
    stem, ending = part_and_ending(printable(path.name).lower())
    named = named_sources(stem, sources)
    is_asked_of_all = not named and ending != Format.PARQUET  # each time, a process of its own would read the file
    fitting = _fitting(path, limits, sources.lists if is_asked_of_all else named)
    if len(fitting) != 1:
        return Guess(fitting)
    return Guess(fitting, read_as(path, fitting[0], limits))


def read_as(path: Path, source: Source, limits: Limits) -> ReadFile:
    """The file as a list of that source, whatever its name."""
    part, ending = part_and_ending(printable(path.name).lower())
    known = Format(ending) if ending in set(Format) else None
    file = LandedFile(path, source, part, known, None if known else "its format is not read")
    return read_file(file, [], limits, CountedRows())


def _fitting(path: Path, limits: Limits, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources whose header it has, with most columns; several if they fit alike."""
    fits = [(fit, source) for source, fit in _fits(path, limits, sources) if fit is not None]
    best = max((fit for fit, _ in fits), default=None)
    return tuple(source for fit, source in fits if fit == best)


def _fits(path: Path, limits: Limits, sources: Sequence[Source]) -> Iterator[tuple[Source, tuple[int, int] | None]]:
    _, ending = part_and_ending(printable(path.name).lower())
    try:
        if ending == Format.PARQUET:
            yield from ((source, _fit_of_parquet(path, source, limits)) for source in sources)
        elif ending in set(Format):
            yield from _fits_of(content_of(path, limits), Format(ending), limits, sources)
    except (Exception, pl.exceptions.PanicException):  # noqa: BLE001  nobody says that it is a list
        return


def _fits_of(
    content: bytes, ending: Format, limits: Limits, sources: Sequence[Source]
) -> Iterator[tuple[Source, tuple[int, int] | None]]:
    if ending is Format.XLSX:
        if not is_costly(content, limits):
            for source, header in workbook_headers(content, sources):
                yield source, _fit(header, source)
        return
    text = unpacked(content, limits) if ending is Format.CSV_GZ else content
    for source in sources:
        yield source, _fit(csv_header(io.BytesIO(text).read(_HEAD), source), source)


def _fit(header: Header | None, source: Source) -> tuple[int, int] | None:
    """How many columns it has, and how many of those that the source needs; `None` if it lacks one of these."""
    if header is None:
        return None
    needs = needed_columns(source)
    if not all(any(column.name in header.positions for column in choice) for choice in needs):
        return None
    return len(header.positions), len(needs)


def _fit_of_parquet(path: Path, source: Source, limits: Limits) -> tuple[int, int] | None:
    read = read_as(path, source, limits)
    return (len(read.raw.sheets[0].columns), len(needed_columns(source))) if read.raw else None
