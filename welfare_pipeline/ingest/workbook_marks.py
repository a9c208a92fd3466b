"""What a workbook's cells have beside their text, which the reader of texts does not see: notes, merges, formulas.

Told from the XML by patterns: nothing in it is resolved or run. Places count from 0.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]")
_ERROR = re.compile(rb't="e"')
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([^"]+)"')
_NOTE = re.compile(rb'<(?:\w+:)?(?:comment|threadedComment)\s[^>]*ref="([^"]+)"')
_REFERENCE = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_PLACE = re.compile(r"\$?([A-Z]+)\$?([0-9]+)")
_LARGEST_PART = 16 * 2**20  # bytes; a worklist's are far smaller


class Mark(StrEnum):
    """What a cell has beside its text."""

    NOTE = "note"
    MERGED = "merged"  # with a cell above it
    NO_VALUE = "no value"  # a formula that was not worked out, or an error


@dataclass(frozen=True)
class MarkedCell:
    """A marked cell; of a merged one the row and column that hold the text."""

    mark: Mark
    row: int
    column: int
    top: int = 0
    left: int = 0


@dataclass(frozen=True)
class SheetMarks:
    """The marked cells of a sheet, and the first column that has a text."""

    cells: tuple[MarkedCell, ...]
    first_column: int


def marks_in(content: bytes) -> dict[str, SheetMarks]:
    """The marks by sheet; a sheet without any is not there. A damaged archive is for the reader to refuse."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return dict(_marked_sheets(archive))
    except (zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError, OSError, EOFError, zlib.error):
        return {}


def _marked_sheets(archive: zipfile.ZipFile) -> list[tuple[str, SheetMarks]]:
    targets = _relations(archive, "xl/workbook.xml")
    found: list[tuple[str, SheetMarks]] = []
    for tag in _SHEET.findall(_part(archive, "xl/workbook.xml")):
        title = _unescaped(_attribute(tag, rb"name"))
        path = targets.get(_attribute(tag, rb"(?:\w+:)?id"))
        if path is None:
            continue
        sheet = _part(archive, path)
        cells = (*_merged(sheet), *_without_value(sheet), *_noted(archive, path))
        if cells:
            found.append((title, SheetMarks(cells, _first_column(sheet))))
    return found


def _part(archive: zipfile.ZipFile, path: str) -> bytes:
    if path not in archive.namelist() or archive.getinfo(path).file_size > _LARGEST_PART:
        return b""
    with archive.open(path) as part:
        return part.read(_LARGEST_PART)


def _relations(archive: zipfile.ZipFile, path: str) -> dict[str, str]:
    """Paths of the parts that a part refers to, by the id it uses."""
    folder, name = posixpath.split(path)
    tags = _RELATION.findall(_part(archive, f"{folder}/_rels/{name}.rels"))
    return {_attribute(tag, b"Id"): _joined(folder, _attribute(tag, b"Target")) for tag in tags}


def _joined(folder: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return found.group(1).decode("utf-8", "replace") if found else ""


def _unescaped(text: str) -> str:
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text


def _place(reference: str) -> tuple[int, int]:
    letters, digits = _PLACE.fullmatch(reference).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(digits) - 1, column - 1


def _merged(sheet: bytes) -> list[MarkedCell]:
    cells: list[MarkedCell] = []
    for reference in _MERGE.findall(sheet):
        first, _, last = reference.decode().partition(":")
        if not (_PLACE.fullmatch(first) and _PLACE.fullmatch(last)):
            continue
        (top, left), (bottom, right) = _place(first), _place(last)
        rows = range(top, min(bottom, top + 10_000) + 1)
        columns = range(left, min(right, left + 100) + 1)
        cells += [MarkedCell(Mark.MERGED, r, c, top, left) for r in rows for c in columns if (r, c) != (top, left)]
    return cells


def _without_value(sheet: bytes) -> list[MarkedCell]:
    if not _FORMULA.search(sheet) and not _ERROR.search(sheet):
        return []
    cells: list[MarkedCell] = []
    for attributes, inside in _CELL.findall(_without_blanks(sheet)):
        reference = _REFERENCE.search(b" " + attributes)
        empty = _FORMULA.search(inside) and not _VALUE.search(_FORMULA_TEXT.sub(b"", inside))
        if reference and (empty or _ERROR.search(attributes)):
            cells.append(MarkedCell(Mark.NO_VALUE, *_place(reference.group(1).decode())))
    return cells


_BLANK = re.compile(rb"<(?:\w+:)?c\s[^>]*/>")
_FORMULA_TEXT = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>.*?</(?:\w+:)?f>)", re.DOTALL)


def _without_blanks(sheet: bytes) -> bytes:
    return _BLANK.sub(b"", sheet)


def _noted(archive: zipfile.ZipFile, path: str) -> list[MarkedCell]:
    places: dict[str, tuple[int, int]] = {}
    for target in _relations(archive, path).values():
        if "omment" in target:
            for reference in _NOTE.findall(_part(archive, target)):
                if _PLACE.fullmatch(reference.decode()):
                    places[reference.decode()] = _place(reference.decode())
    return [MarkedCell(Mark.NOTE, row, column) for row, column in places.values()]


def _first_column(sheet: bytes) -> int:
    """The column at which the reader of texts begins."""
    columns: dict[int, None] = defaultdict(lambda: None)
    for attributes, inside in _CELL.findall(_without_blanks(sheet)):
        reference = _REFERENCE.search(b" " + attributes)
        if reference and _VALUE.search(_FORMULA_TEXT.sub(b"", inside)):
            columns[_place(reference.group(1).decode())[1]] = None
    return min(columns, default=0)
