"""The headings over each column where they run over several rows: `JUMLAH PENDUDUK` over `LK`, `PR` and `JML`.

A heading reaches to the right over blank cells, as a merged cell does: its text stands in the first of them, in a
workbook as in the CSV made of it. Which column of a list a path means is told in `heading_meaning.py`.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

Row = tuple[str, ...]  # the texts of a row of headings, "" where blank
Path = tuple[str, ...]  # the headings over a column, from the topmost to its own; empty: it has none

MOST_ROWS = 3  # of one header
_YEAR = re.compile(r"(?:19|20)\d\d")


def one_line(cells: Sequence[str | None]) -> Row:
    """The texts of a row, each on one line."""
    return tuple(re.sub(r"\s+", " ", cell or "").strip() for cell in cells)


def paths(rows: Sequence[Row]) -> list[Path]:
    """The headings over each column."""
    levels = _of_one_width(rows)
    reaching = _reaching(levels)
    return [_path([level[i] for level in levels], [level[i] for level in reaching]) for i in range(len(levels[0]))]


def _of_one_width(rows: Sequence[Row]) -> list[Row]:
    width = max(map(len, rows))
    return [row + ("",) * (width - len(row)) for row in rows]


def _path(own: list[str], reaching: list[str]) -> Path:
    deepest = max((level for level, text in enumerate(own) if text), default=None)
    return () if deepest is None else tuple(dict.fromkeys(filter(None, [*reaching[:deepest], own[deepest]])))


def _reaching(levels: list[Row]) -> list[list[str]]:
    """Each level's texts carried to the right over blanks, but not past where a heading of a level above begins."""
    carried: list[list[str]] = []
    begins: set[int] = set()
    for level in levels:
        texts: list[str] = []
        for i, text in enumerate(level):
            texts.append(text or (texts[-1] if i and i not in begins else ""))
        carried.append(texts)
        begins |= {i for i, text in enumerate(level) if text}
    return carried


def make_one_header(rows: Sequence[Row], is_known: Callable[[Path], bool]) -> bool:
    """Whether each row below the first names parts of the headings above it, rather than being the first row of data.

    `is_known`: whether the words of a path mean something in the list.
    """
    levels = _of_one_width(rows)
    return not _is_title(*levels[:2]) and all(
        _continues(levels[:below], levels[below], is_known, is_last=below == len(levels) - 1)
        for below in range(1, len(levels))
    )


def _is_title(top: Row, below: Row) -> bool:
    """Whether the row is blank, or one text over all that stands below it."""
    filled = [i for i, text in enumerate(top) if text]
    first = next((i for i, text in enumerate(below) if text), 0)
    return not filled or (len(filled) == 1 and filled[0] <= first)


def _continues(above: list[Row], row: Row, is_known: Callable[[Path], bool], *, is_last: bool) -> bool:
    named = [i for i, text in enumerate(row) if text]
    over = paths([*above, row])
    shared = _shared(_reaching(above)[-1])
    parts = [i for i in named if i in shared]
    if not named or not all(_may_stand_alone(over[i], is_known) for i in named if i not in shared):
        return False
    if not is_last:
        return bool(parts)
    siblings = len({shared[i] for i in parts}) < len(parts)
    return siblings and (any(is_known(over[i]) for i in parts) or all(_YEAR.fullmatch(row[i]) for i in parts))


def _shared(reaching: list[str]) -> dict[int, int]:
    """Columns under a heading over several of them, each with the first of these."""
    first: dict[int, int] = {}
    for i, text in enumerate(reaching):
        if text:
            first[i] = first[i - 1] if i - 1 in first and reaching[i - 1] == text else i
    widths = Counter(first.values())
    return {i: start for i, start in first.items() if widths[start] > 1}


def _may_stand_alone(path: Path, is_known: Callable[[Path], bool]) -> bool:
    """Whether a text that has the heading above it to itself may be a heading, too: not below one that is known."""
    return len(path) == 1 or is_known(path) or not is_known(path[:-1])
