"""Puts rows into landing files: which file of `files.toml` each row goes into, and CSV, XLSX and Parquet writing.

What the rows say is settled before, in `landing.py`.
"""

import gzip
import io
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from welfare_pipeline.contracts.vocabulary import RejectionReason
from welfare_pipeline.sample.formats import written

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_END = "###"
_NOTES = (_END, "Catatan: baris setelah tanda ini bukan data")
_NOT_BEFORE = datetime(2021, 12, 1, tzinfo=UTC).replace(tzinfo=None)
_GZIP_LEVEL = 5


@dataclass(frozen=True)
class LandingFile:
    """One file of a district: whose rows, which columns, how written."""

    source: str
    name: str
    columns: dict[str, str]
    delimiter: str = ","
    encoding: str = "utf-8"
    bom: bool = False
    subdistricts: tuple[int, ...] = ()
    village: int | None = None
    rounded: bool = False
    titles: tuple[str, ...] = ()
    number_row: bool = False
    end_marker: bool = False

    @property
    def is_csv(self) -> bool:
        """Whether the file is text, so that a line can have a wrong number of fields."""
        return ".csv" in self.name

    def has(self, column: str) -> bool:
        """Whether the file has that column."""
        return any(entry.partition("|")[0] == column for entry in self.columns.values())

    def holds(self) -> pl.Expr:
        """Whether a row belongs into this file."""
        if self.village is not None:
            return pl.col("village") == self.village
        if self.subdistricts:
            first, last = self.subdistricts
            return pl.col("subdistrict_number").is_between(first, last)
        return pl.lit(value=True)


@cache
def _layouts() -> dict[str, Any]:
    return tomllib.loads(files("welfare_pipeline.sample").joinpath("files.toml").read_text("utf-8"))


def landing_files(code: str) -> tuple[LandingFile, ...]:
    """Every file the district lands."""
    columns = _layouts()["columns"]
    return tuple(_landing_file(entry, columns) for entry in _layouts()["files"][code])


def _landing_file(entry: dict[str, Any], columns: dict[str, dict[str, str]]) -> LandingFile:
    lists = {name: tuple(entry[name]) for name in ("subdistricts", "titles") if name in entry}
    return LandingFile(**{**entry, **lists, "columns": columns[entry["columns"]]})


def files_of(code: str, source: str) -> tuple[LandingFile, ...]:
    """The district's files of one source, those of a village first."""
    return tuple(file for file in landing_files(code) if file.source == source)


def write(file: LandingFile, rows: pl.DataFrame, folder: Path) -> Path:
    """Write the rows (in order) and return the path."""
    path = folder / file.name
    table = rows.with_columns(row_number=pl.int_range(1, pl.len() + 1), officer_note=pl.lit(""))
    broken = (table["expected_rejection"] == RejectionReason.MALFORMED).fill_null(value=False) if "expected_rejection" in table.columns else pl.repeat(value=False, n=len(table), eager=True)
    cells = table.select(written(file.columns))
    if path.suffix == ".xlsx":
        _write_xlsx(path, file, cells)
    elif path.suffix == ".parquet":
        cells.write_parquet(path, compression="zstd")
    else:
        _write_csv(path, file, cells, broken)
    return path


def _write_csv(path: Path, file: LandingFile, cells: pl.DataFrame, broken: pl.Series) -> None:
    text = io.StringIO()
    text.write(_BOM if file.bom else "")
    text.write(file.delimiter.join(f'"{header}"' if file.delimiter in header else header for header in cells.columns) + "\n")
    start = 0
    for at in broken.arg_true().to_list():
        text.write(_lines(cells.slice(start, at - start), file))
        text.write(_lines(cells.slice(at, 1), file).rstrip("\n") + file.delimiter * 2 + "LIHAT LAMPIRAN\n")
        start = at + 1
    text.write(_lines(cells.slice(start), file))
    content = text.getvalue().encode(file.encoding)
    path.write_bytes(gzip.compress(content, _GZIP_LEVEL, mtime=0) if path.suffix == ".gz" else content)


def _lines(cells: pl.DataFrame, file: LandingFile) -> str:
    return cells.write_csv(separator=file.delimiter, include_header=False)


def _write_xlsx(path: Path, file: LandingFile, cells: pl.DataFrame) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": _NOT_BEFORE})
        sheet = book.add_worksheet("DATA")
        sheet.write_column(0, 0, file.titles)
        header = len(file.titles) + (1 if file.titles else 0)
        sheet.write_row(header, 0, cells.columns)
        if file.number_row:
            sheet.write_row(header + 1, 0, range(1, cells.width + 1))
        first = header + 1 + file.number_row
        for number, column in enumerate(cells.iter_columns()):
            sheet.write_column(first, number, column.to_list())
        if file.end_marker:
            sheet.write_column(first + len(cells), 0, _NOTES)
