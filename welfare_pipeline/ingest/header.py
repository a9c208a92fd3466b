"""Which row names the columns, and which column each header means. Aliases stand in `contracts/sources.py`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from welfare_pipeline.contracts.column import Source, SourceColumn
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.nearest import nearest_alias
from welfare_pipeline.ingest.plain import placed_column, shown_column
from welfare_pipeline.ingest.shown import visible

SEARCHED_ROWS = 20
_ENOUGH_TO_RECOGNISE = 2
_ENOUGH_CELLS_AROUND_ONE = 3
_DIGITS_OF_DATA = 5

Row = Sequence[str | None]
_Show = Callable[[str, int], str]


@dataclass(frozen=True)
class Header:
    """The header row: its position among the rows looked at, its texts, and column name -> positions that mean it."""

    row: int
    texts: tuple[str, ...]
    positions: dict[str, tuple[int, ...]]

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


@lru_cache(maxsize=4_096)
def normalised(text: str) -> str:
    """Lower-case letters and digits only: how headers are compared."""
    return re.sub(r"[\W_]+", "", text.casefold())


def looks_like_data(text: str) -> bool:
    """Whether it has so many digits in a row that it may be somebody's number."""
    return re.search(rf"\d{{{_DIGITS_OF_DATA},}}", re.sub(r"[\s.,'/-]", "", text)) is not None


def find_header(rows: Sequence[Row], source: Source) -> Header | None:
    """The first row with every needed column, else the one that recognises most; `None`: none looks like a header."""
    meanings = {key: c.name for c in source.columns for key in map(normalised, (c.name, *c.aliases))}
    candidates = [_read(i, row, meanings, source) for i, row in enumerate(rows[:SEARCHED_ROWS])]
    complete = next((header for header in candidates if not _missing(header, source)), None)
    above_data = takewhile(lambda header: not _is_data(header), candidates)
    believable = (header for header in above_data if _believable(header, rows[header.row + 1 :]))
    return complete or max(believable, key=lambda header: len(header.positions), default=None)


def _read(number: int, row: Row, meanings: dict[str, str], source: Source) -> Header:
    texts = tuple(re.sub(r"\s+", " ", cell or "").strip() for cell in row)
    keys = [normalised(text) for text in texts]
    found: dict[str, tuple[int, ...]] = {}
    for i, name in enumerate(map(meanings.get, keys)):
        if name is not None:
            found[name] = (*found.get(name, ()), i)
    return Header(number, texts, found | _stand_ins(keys, found, source))


def _stand_ins(keys: list[str], found: dict[str, tuple[int, ...]], source: Source) -> dict[str, tuple[int, ...]]:
    """Headers of several meanings, for the one column that has no header of its own."""
    lacking = [column for column in source.columns if column.stand_ins and column.name not in found]
    claims: list[tuple[str, tuple[int, ...]]] = []
    for column in lacking:
        words = set(map(normalised, column.stand_ins))
        where = tuple(i for i, key in enumerate(keys) if key in words)
        claims += [(column.name, where)] if where else []
    return dict(claims) if len(claims) == 1 else {}


def _is_data(header: Header) -> bool:
    cells = [text for text in header.texts if text]
    return len(cells) > 1 and any(map(looks_like_data, cells))


def _believable(header: Header, below: Sequence[Row]) -> bool:
    """Whether a row that lacks a needed column still is the header: its cells may then be shown."""
    cells = [text for text in header.texts if text]
    known = [position for positions in header.positions.values() for position in positions]
    if any(map(looks_like_data, cells)) or not known:
        return False
    if len(known) >= _ENOUGH_TO_RECOGNISE or len(cells) >= _ENOUGH_CELLS_AROUND_ONE:
        return True
    under = (row[known[0]] or "" for row in below if len(row) > known[0])
    return re.search(r"\d", next(under, "")) is not None  # in a form, the next label would stand there


def _missing(header: Header, source: Source) -> list[tuple[SourceColumn, ...]]:
    """The needs that the header does not meet: each a choice of columns, one of which would do."""
    needs = needed_columns(source)
    return [choice for choice in needs if not any(column.name in header.positions for column in choice)]


def needed_columns(source: Source) -> list[tuple[SourceColumn, ...]]:
    """What a header must name: one column out of each choice."""
    any_of = tuple(column for column in source.columns if column.any_of)
    required = [(column,) for column in source.columns if column.required and not column.any_of]
    return ([any_of] if any_of else []) + required


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
    for name, positions in header.positions.items():
        if len(positions) > 1:
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
