"""Writes a one-sheet XLSX from a frame without visiting cells: the sheet's XML is put together as text columns.

The workbook library needs 12 microseconds a cell, which for this sample's lists is most of its time; here the bytes
are also the same every time. Layout of files stands in `files.py`.
"""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import polars as pl

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WRITTEN_AT = (2021, 12, 1, 8, 0, 0)
_LETTERS = 26
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="DATA" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def write_workbook(
    path: Path,
    above: Sequence[Sequence[str]],
    cells: pl.DataFrame,
    below: Sequence[Sequence[str]] = (),
) -> None:
    """Write the rows `above` (titles, header), then `cells` (text or numbers; nulls are empty), then `below`."""
    first_below = len(above) + len(cells)
    rows = [_lines(above, 0), "".join(_rows(cells, len(above))), _lines(below, first_below)]
    sheet = f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as package:
        for name, content in {**_PARTS, "xl/worksheets/sheet1.xml": sheet}.items():
            package.writestr(zipfile.ZipInfo(name, _WRITTEN_AT), _HEAD + content, zipfile.ZIP_DEFLATED, 4)


def _lines(lines: Sequence[Sequence[str]], before: int) -> str:
    """A few rows of text: titles, header, notes."""
    frames = [pl.DataFrame([line], schema=[str(n) for n in range(len(line))], orient="row") for line in lines]
    return "".join(_rows(frame, before + n)[0] for n, frame in enumerate(frames))


def _rows(cells: pl.DataFrame, before: int) -> list[str]:
    """The XML of every row, `before` rows standing above them."""
    number = pl.int_range(before + 1, before + 1 + pl.len()).cast(pl.String)
    content = [_cell(name, dtype, position, number) for position, (name, dtype) in enumerate(cells.schema.items())]
    row = pl.concat_str(pl.lit('<row r="'), number, pl.lit('">'), *content, pl.lit("</row>"))
    return cells.select(row.alias("row"))["row"].to_list()


def _cell(name: str, dtype: pl.DataType, position: int, number: pl.Expr) -> pl.Expr:
    place = pl.lit(f'<c r="{_column_letters(position)}') + number
    if dtype.is_numeric():
        filled = pl.concat_str(place, pl.lit('"><v>'), pl.col(name).cast(pl.String), pl.lit("</v></c>"))
    else:
        text = pl.col(name).str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])
        opening, closing = '" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
        filled = pl.concat_str(place, pl.lit(opening), text, pl.lit(closing))
    return filled.fill_null("")


def _column_letters(position: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    before, here = divmod(position, _LETTERS)
    return (_column_letters(before - 1) if before else "") + chr(ord("A") + here)
