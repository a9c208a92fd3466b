"""A filled-in worklist -> its sheets as text, each with the source it answers to and its headings. Rows are for others.

A sheet is known by its hidden key heading, or, if that is gone or the sheet is a copy, by what its headings are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from welfare_pipeline.contracts.sources import FIXED_BY_NAME
from welfare_pipeline.contracts.worklists import ANSWERS, SEAL_HEADING, SHEETS, Use, source_of
from welfare_pipeline.ingest.header import SEARCHED_ROWS, normalised
from welfare_pipeline.ingest.plain import is_plain_header
from welfare_pipeline.ingest.sheet import ReadSheet
from welfare_pipeline.ingest.workbook_marks import SheetMarks

_OWN_TITLES = {sheet.name for sheet in SHEETS}
_READ_ONLY = {sheet.name for sheet in SHEETS if sheet.is_read_only}
_ENOUGH = 3  # headings that make a row a header
_NEEDED = {source: {c.field for s in SHEETS if s.source == source for c in s.columns} for source in ANSWERS}


@dataclass(frozen=True)
class Grid:
    """A sheet as it was landed; `title` is `None` for a text file, `marks` are of its cells."""

    title: str | None
    cells: pl.DataFrame
    marks: SheetMarks | None = None
    position: int = 0

    @property
    def is_read_only(self) -> bool:
        """Whether it is a worklist's sheet on which nothing is answered."""
        return self.title in _READ_ONLY

    @property
    def shown(self) -> str | None:
        """The sheet's name as everybody may see it."""
        if self.title is None or self.title in _OWN_TITLES or is_plain_header(self.title):
            return self.title
        return f"sheet {self.position + 1}"


@dataclass(frozen=True)
class Page:
    """A sheet of a worklist: the source of its answers, the row of its headings, and each field's column."""

    grid: Grid
    source: str
    keyed: bool
    header: int
    texts: tuple[str, ...]
    fields: dict[str, int]

    def read_sheet(self, rows: int) -> ReadSheet:
        """How the sheet was read, for those who show that."""
        declared = {column.name for column in FIXED_BY_NAME[self.source].columns}
        columns = {field: place for field, place in self.fields.items() if field in declared}
        own = set(self.fields.values()) - set(columns.values())  # columns that are only printed
        headers = tuple("" if i in own else text for i, text in enumerate(self.texts))
        return ReadSheet((self.header + 1,), headers, columns, rows, self.grid.position, self.grid.title or "")


def page_of(grid: Grid) -> Page | None:
    """The sheet as one of a worklist; `None` if it is none."""
    if grid.is_read_only:
        return None
    rows = grid.cells.head(SEARCHED_ROWS).rows()
    keyed = ((i, source_of(text)) for i, row in enumerate(rows) for text in row)
    marked = next(((i, source) for i, source in keyed if source), None)
    if marked is not None:
        return _page(grid, marked[1], rows, marked[0], keyed=True)
    pages = [_page(grid, source, rows, i, keyed=False) for source in ANSWERS for i in range(len(rows))]
    return max(filter(_is_believable, pages), key=lambda page: len(page.fields), default=None)


def _page(grid: Grid, source: str, rows: Sequence[Sequence[str | None]], header: int, *, keyed: bool) -> Page:
    texts = tuple((text or "").strip() for text in rows[header])
    meanings = _meanings(source)
    fields: dict[str, int] = {}
    for place, text in enumerate(texts):
        field = meanings.get(normalised(text)) or ("key" if source_of(text) == source else None)
        if field is not None:
            fields.setdefault(field, place)
    return Page(grid, source, keyed, header, texts, fields)


def _is_believable(page: Page) -> bool:
    """Whether the headings are a worklist's: enough of them, and an answer's or what only that list has."""
    known = [field for field in page.fields if field in _NEEDED[page.source]]
    answered = ANSWERS[page.source] in page.fields
    pairs = page.source != "review_answers" or any(field.startswith(("registry_", "pair_")) for field in known)
    return len(known) >= _ENOUGH and pairs and (answered or len(known) > _ENOUGH)


def _meanings(source: str) -> dict[str, str]:
    """Field by heading: a worklist's own headings before the aliases of its source."""
    declared = FIXED_BY_NAME[source].columns
    meanings = {normalised(alias): c.name for c in declared for alias in (c.name, *c.aliases)}
    for sheet in SHEETS:
        if sheet.source == source:
            meanings |= {normalised(column.heading): column.field for column in sheet.columns}
    return meanings | {normalised(SEAL_HEADING): "seal"}


def fields_of_use(source: str, *uses: Use) -> tuple[str, ...]:
    """The fields of a source's sheets that are there for such a use."""
    columns = (column for sheet in SHEETS if sheet.source == source for column in sheet.columns)
    return tuple(dict.fromkeys(column.field for column in columns if column.use in uses))
