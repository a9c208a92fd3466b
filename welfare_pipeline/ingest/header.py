"""Which rows name the columns, and whether a list can be read by them. What a heading means: `heading_meaning.py`."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from welfare_pipeline.contracts.column import Source, SourceColumn
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.heading_meaning import Claims, Vocabulary, normalised, vocabulary_of
from welfare_pipeline.ingest.heading_paths import MOST_ROWS, Row, make_one_header, one_line, paths
from welfare_pipeline.ingest.nearest import nearest_alias
from welfare_pipeline.ingest.plain import is_plain_header, placed_column, shown_column
from welfare_pipeline.ingest.shown import visible

__all__ = ["SEARCHED_ROWS", "Header", "check_header", "find_header", "normalised"]

SEARCHED_ROWS = 20
_ENOUGH_TO_RECOGNISE = 2
_ENOUGH_CELLS_AROUND_ONE = 3
_DIGITS_OF_DATA = 5

_Show = Callable[[str, int], str]


@dataclass(frozen=True)
class Header:
    """The rows of headings: where the first of them is, their texts, and column name -> positions that mean it."""

    first: int
    rows: tuple[Row, ...]
    positions: Claims

    @property
    def last(self) -> int:
        """Where the last of the rows is."""
        return self.first + len(self.rows) - 1

    @property
    def ambiguous(self) -> dict[str, tuple[int, ...]]:
        """The columns that several headers mean."""
        return {name: where for name, where in self.positions.items() if len(where) > 1}

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """For each column the texts over it, from the top."""
        return tuple(map(" ".join, paths(self.rows)))

    @property
    def width(self) -> int:
        """Number of columns up to the last one that has a header."""
        return max((i + 1 for i, text in enumerate(self.texts) if text), default=0)

    def columns(self) -> dict[str, int]:
        """Position by column name."""
        return {name: positions[0] for name, positions in self.positions.items()}

    def unknown(self) -> dict[int, str]:
        """Headers nobody knows, by position."""
        known = {position for positions in self.positions.values() for position in positions}
        return {i: text for i, text in enumerate(self.texts) if text and i not in known}


def looks_like_data(text: str) -> bool:
    """Whether it has so many digits in a row that it may be somebody's number."""
    return re.search(rf"\d{{{_DIGITS_OF_DATA},}}", re.sub(r"[\s.,'/-]", "", text)) is not None


def find_header(rows: Sequence[Sequence[str | None]], source: Source) -> Header | None:
    """The header of a list with known headings, else a row that is like one; `None`: none looks like a header."""
    return find_known_header(rows, source) or find_row_like_a_header(rows, source)


def find_known_header(rows: Sequence[Sequence[str | None]], source: Source) -> Header | None:
    """The first rows with every needed column, else those that recognise most; `None`: none recognises any."""
    searched = _searched(rows)
    candidates: list[Header] = []
    for header in _candidates(searched, vocabulary_of(source)):
        if not _missing(header, source):
            return header
        candidates.append(header)
    above_data = takewhile(lambda header: not _is_data(header), candidates)
    believable = (header for header in above_data if _believable(header, searched[header.last + 1 :]))
    return max(believable, key=lambda header: len(header.positions), default=None)


def find_row_like_a_header(rows: Sequence[Sequence[str | None]], source: Source) -> Header | None:
    """The first row whose headings are like known ones, though none is known; costs many comparisons of words."""
    candidates = _candidates(_searched(rows), vocabulary_of(source))
    return next((header for header in candidates if _is_like_one(header, source)), None)


def _searched(rows: Sequence[Sequence[str | None]]) -> list[Row]:
    return [one_line(row) for row in rows[:SEARCHED_ROWS]]


def _is_like_one(header: Header, source: Source) -> bool:
    """Whether a row without a known header still is one: headers' words only, and several like known ones."""
    cells = [text for text in header.texts if text]
    if not all(map(is_plain_header, cells)):
        return False
    return sum(nearest_alias(text, source) is not None for text in cells) >= _ENOUGH_TO_RECOGNISE


def _candidates(rows: Sequence[Row], vocabulary: Vocabulary) -> Iterator[Header]:
    """A header for each row it may begin in; the lower rows of one that is sure begin none."""
    first = 0
    while first < len(rows):
        header = _header_at(first, rows, vocabulary)
        yield header
        first = header.last + 1 if vocabulary.is_sure(paths(header.rows)) else first + 1


def _header_at(first: int, rows: Sequence[Row], vocabulary: Vocabulary) -> Header:
    """The header that begins here: with the rows below that name parts of it, unless the last one says as much."""
    for height in range(MOST_ROWS, 1, -1) if len(rows[first]) > 1 else ():
        block = tuple(rows[first : first + height])
        if len(block) == height and not _holds_data(block) and make_one_header(block, vocabulary.is_known):
            whole = Header(first, block, vocabulary.claims(paths(block)))
            lowest = Header(whole.last, block[-1:], vocabulary.claims(paths(block[-1:])))
            return lowest if lowest.positions == whole.positions and not whole.ambiguous else whole
    return Header(first, (rows[first],), vocabulary.claims(paths([rows[first]])))


def _holds_data(rows: Sequence[Row]) -> bool:
    return any(looks_like_data(text) for row in rows for text in row)


def _is_data(header: Header) -> bool:
    return sum(bool(text) for row in header.rows for text in row) > 1 and _holds_data(header.rows)


def _believable(header: Header, below: Sequence[Row]) -> bool:
    """Whether a row that lacks a needed column still is the header: its cells may then be shown."""
    cells = [text for row in header.rows for text in row if text]
    known = [position for positions in header.positions.values() for position in positions]
    if _holds_data(header.rows) or not known:
        return False
    if len(known) >= _ENOUGH_TO_RECOGNISE or len(cells) >= _ENOUGH_CELLS_AROUND_ONE:
        return True
    under = (row[known[0]] for row in below if len(row) > known[0])
    return re.search(r"\d", next(under, "")) is not None  # in a form, the next label would stand there


def _missing(header: Header, source: Source) -> list[tuple[SourceColumn, ...]]:
    """The needs that the header does not meet: each a choice of columns, one of which would do."""
    needs = needed_columns(source)
    return [choice for choice in needs if not any(column.name in header.positions for column in choice)]


def needed_columns(source: Source) -> list[tuple[SourceColumn, ...]]:
    """What a header must name: one column out of each choice."""
    any_of = tuple(column for column in source.columns if column.any_of)
    required = [(column,) for column in source.columns if column.required and not column.any_of]
    return ([any_of] if any_of else []) + required + list(choices(source).values())


def choices(source: Source) -> dict[str, tuple[SourceColumn, ...]]:
    """The columns of which a row needs a value of one, by their common word."""
    words = dict.fromkeys(column.one_of for column in source.columns if column.one_of)
    return {word: tuple(column for column in source.columns if column.one_of == word) for word in words}


def check_header(header: Header | None, source: Source) -> Header:
    """The header, if a list can be read by it.

    Raises:
        FileRejectedError: there is no header row, a needed column is missing, or two headers mean one column.

    """
    if header is None:
        raise FileRejectedError(_no_header(source))
    missing = _missing(header, source)
    if missing:
        texts = (_missing_text(missing, header, source, show) for show in _SHOWN)
        raise FileRejectedError(*texts)
    for name, positions in header.ambiguous.items():
        texts = (_twice_text(source.column(name), positions, header, show) for show in _SHOWN)
        raise FileRejectedError(*texts)
    return header


def _spellings(choice: tuple[SourceColumn, ...]) -> str:
    return " or ".join(f"{column.name} ({', '.join((*column.aliases, *column.stand_ins))})" for column in choice)


def _no_header(source: Source) -> str:
    needs = "; ".join(_spellings(choice) for choice in needed_columns(source))
    return (
        f"no header row was recognised in the first {SEARCHED_ROWS} rows (their cells are not shown here: they may "
        f"name people); put a row above the data that names the columns, at least {needs}"
    )


def _whole(text: str, _position: int) -> str:
    return visible(text)


_SHOWN: tuple[_Show, _Show] = (shown_column, _whole)  # to everybody, and in restricted places


def _found(header: Header, show: _Show) -> str:
    return ", ".join(show(text, i) for i, text in enumerate(header.texts) if text)


def _missing_text(missing: list[tuple[SourceColumn, ...]], header: Header, source: Source, show: _Show) -> str:
    needs = "; ".join(_spellings(choice) for choice in missing)
    wanted = {column.name for choice in missing for column in choice}
    near = [
        f"{placed_column(text, i)} is most like it ({suggestion.text})"
        for i, text in header.unknown().items()
        if (suggestion := nearest_alias(text, source)) is not None and suggestion.column in wanted
    ]
    advice = "; ".join(["", *near]) + "; rename the header that means it"
    return f"required column missing: {needs}; headers found: {_found(header, show)}{advice}"


def _twice_text(column: SourceColumn, positions: tuple[int, ...], header: Header, show: _Show) -> str:
    twice = " and ".join(show(header.texts[i], i) for i in positions)
    return (
        f"two headers for one column: {twice} both mean {_spellings((column,))}; "
        f"headers found: {_found(header, show)}; rename or remove one of them"
    )
