"""A worklist in the hands of a village: read its cells, fill in answers, as a spreadsheet program would."""

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import fastexcel
import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
HEADER = 5  # the row of the headings, counted from 1


def table(path: Path, sheet: str) -> list[dict[str, Any]]:
    """The rows below the headings, by heading."""
    book = fastexcel.read_excel(path)
    cells = book.load_sheet(sheet, header_row=None, skip_rows=HEADER - 1, dtypes="string").to_polars().rows()
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def texts(path: Path) -> str:
    """Every text of a workbook."""
    book = fastexcel.read_excel(path)
    sheets = [book.load_sheet(name, header_row=None, dtypes="string").to_polars() for name in book.sheet_names]
    return "\n".join(str(sheet.rows()) for sheet in sheets)


def parts(path: Path) -> dict[str, str]:
    """The XML files in a workbook."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def sheet_part(path: Path, sheet: str) -> str:
    """The name of the XML file of a sheet."""
    place = fastexcel.read_excel(path).sheet_names.index(sheet) + 1
    return f"xl/worksheets/sheet{place}.xml"


def fill(path: Path, sheet: str, row: int, **answers: str | int) -> None:
    """Write answers (heading with _ for blanks = text, or a number of days for a date) into data row `row`, from 1."""
    headings = list(table(path, sheet)[0])
    changed = parts(path)
    name = sheet_part(path, sheet)
    ET.register_namespace("", MAIN)
    tree = ET.fromstring(changed[name])  # noqa: S314  a workbook of ours
    for heading, value in answers.items():
        place = f"{LETTERS[headings.index(heading.replace('_', ' '))]}{HEADER + row}"
        cell = tree.find(f".//{{{MAIN}}}c[@r='{place}']")
        assert cell is not None
        _put(cell, value)
    changed[name] = ET.tostring(tree, encoding="unicode")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content in changed.items():
            package.writestr(part, content)


def _put(cell: ET.Element, value: str | int) -> None:
    if isinstance(value, int):
        ET.SubElement(cell, f"{{{MAIN}}}v").text = str(value)
        return
    cell.set("t", "inlineStr")
    ET.SubElement(ET.SubElement(cell, f"{{{MAIN}}}is"), f"{{{MAIN}}}t").text = value


Grid = list[list[str | None]]


def grids(path: Path) -> dict[str, Grid]:
    """Every cell of a workbook as text, by sheet."""
    book = fastexcel.read_excel(path)
    sheets = {n: book.load_sheet(n, header_row=None, skip_rows=0, dtypes="string") for n in book.sheet_names}
    return {name: [list(row) for row in sheet.to_polars().rows()] for name, sheet in sheets.items()}


def save(path: Path, sheets: dict[str, Grid], **beside: Sequence[Any]) -> None:
    """A workbook with these texts; `notes` (sheet, row, column), `formulas` (the same), `merges` (sheet, A1:A3)."""
    with xlsxwriter.Workbook(str(path), {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        pages = {name: book.add_worksheet(name) for name in sheets}
        for sheet, reference in beside.get("merges", ()):
            pages[sheet].merge_range(reference, "")
        for name, grid in sheets.items():
            for row, cells in enumerate(grid):
                for column, text in enumerate(cells):
                    if text is not None:
                        pages[name].write_string(row, column, text)
        for sheet, row, column in beside.get("formulas", ()):
            pages[sheet].write_formula(row, column, "=IF(B6<>0,UNKNOWN(B6))", None, "")
        for sheet, row, column in beside.get("notes", ()):
            pages[sheet].write_comment(row, column, "sudah meninggal")


def sorted_by_filter(path: Path, by: dict[str, str], *, reverse: bool = False) -> None:
    """Sheets sorted by a heading as by the filter's arrow: what lies in the filter's range moves, hidden or not."""
    sheets = grids(path)
    for sheet, heading in by.items():
        found = re.search(r'<autoFilter ref="A\d+:([A-Z]+)\d+"', parts(path)[sheet_part(path, sheet)])
        assert found is not None
        width = sum((ord(letter) - 64) * 26**i for i, letter in enumerate(reversed(found.group(1))))
        grid = sheets[sheet]
        place = grid[HEADER - 1].index(heading)
        moved = sorted((row[:width] for row in grid[HEADER:]), key=lambda row: row[place] or "", reverse=reverse)
        stayed = [row[width:] for row in grid[HEADER:]]
        grid[HEADER:] = [left + right for left, right in zip(moved, stayed, strict=True)]
    save(path, sheets)
