"""A landed CSV file -> its data rows as text. How a single line is cut into fields stands in `csv_lines.py`."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from welfare_pipeline.contracts.column import Source
from welfare_pipeline.ingest.csv_lines import rows_of
from welfare_pipeline.ingest.csv_quotes import Shape
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.header import (
    SEARCHED_ROWS,
    Header,
    check_header,
    find_known_header,
    find_row_like_a_header,
)
from welfare_pipeline.ingest.kept_rows import KeptRows
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.sheet import RawList, read_sheet, with_numbers
from welfare_pipeline.ingest.text_encoding import as_utf8

_DELIMITERS = (",", ";", "\t", "|")
_ANNOUNCEMENT = re.compile(r'"?sep=([!$%&*+,/:;<=>?@\\^`|~\t-])"?', re.IGNORECASE)
_MOST_COLUMNS = 2_000
_HEAD_LINES = 400  # enough for the rows searched for a header, even if their cells run over several lines
_HEAD_LINE_BYTES = 200_000  # of each of them; a header row is shorter
# The strictest first: a header with a quote that is never closed would swallow the rows below it.
_QUOTINGS: tuple[dict[str, Any], ...] = ({"strict": True}, {"quoting": csv.QUOTE_NONE}, {})
csv.field_size_limit(2**31 - 1)  # a long cell is no error


@dataclass(frozen=True)
class _Layout:
    """How the file is cut into fields, its header, and how many lines stand before it, and before its data."""

    delimiter: str
    header: Header
    lines_before: int
    lines_with: int


def read_csv(content: bytes, source: Source, limits: Limits, kept: KeptRows) -> RawList:
    """The list in the file, its rows kept there.

    Raises:
        FileRejectedError: the text or its header cannot be understood, or it has room for too many cells.

    """
    text = as_utf8(content)
    head = list(islice(io.BytesIO(text), _HEAD_LINES))
    layout = _layout([line[:_HEAD_LINE_BYTES].decode("utf-8", "ignore") for line in head], source)
    header = layout.header
    limits.check_cells(len(header.texts) * text.count(b"\n"))
    body = sum(map(len, head[: layout.lines_with]))
    headings = b"".join(head[layout.lines_before : layout.lines_with]).decode("utf-8").splitlines()
    shape = Shape(layout.delimiter, len(header.texts), header.width)
    for rows in rows_of(text, body, shape, header.columns(), headings):
        kept.add(with_numbers(rows, kept.height))
    return RawList(kept, (read_sheet(header, kept.height),))


def csv_header(content: bytes, source: Source) -> Header | None:
    """The header that the beginning of a file has for the source; `None` if it is none, or no text."""
    with suppress(FileRejectedError):
        head = list(islice(io.BytesIO(as_utf8(content)), _HEAD_LINES))
        return _layout([line[:_HEAD_LINE_BYTES].decode("utf-8", "ignore") for line in head], source).header
    return None


def _layout(head: list[str], source: Source) -> _Layout:
    announced = _ANNOUNCEMENT.fullmatch(head[0].strip("\n ")) if head else None
    skipped = 1 if announced else 0
    delimiters = dict.fromkeys((*(announced.groups() if announced else ()), *_DELIMITERS))
    cut = [_cut(delimiter, head, skipped, quoting) for delimiter in delimiters for quoting in _QUOTINGS]
    found = _layouts(cut, source, find_known_header) or _layouts(cut, source, find_row_like_a_header)
    best = max(found, key=lambda layout: len(layout.header.positions), default=None)
    header = check_header(best.header if best else None, source)
    if best is None or len(header.texts) > _MOST_COLUMNS:
        message = f"its header row has more than {_MOST_COLUMNS:,} columns; remove the empty ones"
        raise FileRejectedError(message)
    return best


@dataclass(frozen=True)
class _Cut:
    """The head of the file, cut into fields by a delimiter; `ends`: the lines before the first row, and each row's."""

    delimiter: str
    rows: list[list[str]]
    ends: list[int]


def _cut(delimiter: str, head: list[str], skipped: int, quoting: dict[str, Any]) -> _Cut:
    rows: list[list[str]] = []
    ends = [skipped]
    reader = csv.reader(head[skipped:], delimiter=delimiter, **quoting)
    with suppress(csv.Error):  # what stands above the error may hold the header
        for row in islice(reader, SEARCHED_ROWS):
            rows.append(row[: _MOST_COLUMNS + 1])
            ends.append(reader.line_num + skipped)
    return _Cut(delimiter, rows, ends)


def _layouts(
    cuts: list[_Cut], source: Source, find: Callable[[Sequence[Sequence[str | None]], Source], Header | None]
) -> list[_Layout]:
    alike = [next(other for other in cuts if other.rows == cut.rows) for cut in cuts]  # most quotings cut alike
    headers = {id(cut): find(cut.rows, source) for cut in {id(cut): cut for cut in alike}.values()}
    found = [(cut, header) for cut, same in zip(cuts, alike, strict=True) if (header := headers[id(same)]) is not None]
    return [_Layout(cut.delimiter, h, cut.ends[h.first], cut.ends[h.last + 1]) for cut, h in found]
