"""Workbooks made for tests: by XlsxWriter, or part by part where no program would write them."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import xlsxwriter

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET_1 = "xl/worksheets/sheet1.xml"


def workbook(*sheets: Sequence[Sequence[object]], titles: Sequence[str] = ()) -> bytes:
    """A sound workbook with these sheets of rows."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_numbers": False, "strings_to_formulas": False}) as book:
        for place, rows in enumerate(sheets):
            sheet = book.add_worksheet(titles[place] if titles else None)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return buffer.getvalue()


def raw_workbook(sheet: str | bytes, **parts: str | bytes) -> bytes:
    """A workbook of one sheet, given as XML; `parts` (`xl__sharedStrings.xml` for that path) are put in beside it."""
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    strings = f'<Relationship Id="rId2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    document = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    sheets = '<sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets>'
    known = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}">{document}</Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relation}{strings}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}">{sheets}</workbook>',
        SHEET_1: sheet,
    }
    return zipped(known | {name.replace("__", "/"): content for name, content in parts.items()})


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP archive of the parts; one that is empty is left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content:
                archive.writestr(name, content)
    return buffer.getvalue()


def changed(content: bytes, changes: Mapping[str, bytes]) -> bytes:
    """The workbook with some parts replaced, added, or (empty) taken out."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | changes)


def cell(where: str, text: str) -> str:
    """A cell with its text in itself."""
    return f'<c r="{where}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet_of(rows: Sequence[Sequence[str]], before: str = "", extra: str = "") -> str:
    """The XML of a sheet; `before` stands above its data, `extra` is a row after the others."""
    lines = "".join(
        f'<row r="{i}">' + "".join(cell(f"{'ABCDEFGH'[j]}{i}", text) for j, text in enumerate(row)) + "</row>"
        for i, row in enumerate(rows, 1)
    )
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{lines}{extra}</sheetData></worksheet>'
