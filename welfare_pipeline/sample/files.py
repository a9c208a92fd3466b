"""Puts rows into landing files: which file of `files.toml` each row goes into, and CSV, XLSX and Parquet writing.

What the rows say is settled before, in `landing.py`.
"""

import gzip
import io
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from welfare_pipeline.contracts.vocabulary import RejectionReason
from welfare_pipeline.sample.formats import written
from welfare_pipeline.sample.profile import BST_ENDED, DTSEN_FROM
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.workbook import write_workbook

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_END = "###"
_NOTES = ((_END,), ("Catatan: baris setelah tanda ini bukan data",))
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
    findings: bool = False  # only what the field found of single findings

    @property
    def is_csv(self) -> bool:
        """Whether the file is text, so that a line can have a wrong number of fields."""
        return ".csv" in self.name

    def has(self, column: str) -> bool:
        """Whether the file has that column."""
        return any(entry.partition("|")[0] == column for entry in self.columns.values())

    def writing(self, column: str) -> str:
        """How the file writes that column, as named in `formats.py`; empty: as text, or it has none."""
        return next((how for name, _, how in map(_parted, self.columns.values()) if name == column), "")

    def holds(self) -> pl.Expr:
        """Whether a row belongs into this file."""
        if self.findings:
            return pl.col("disposition").is_not_null()
        if self.village is not None:
            return pl.col("village") == self.village
        if self.subdistricts:
            first, last = self.subdistricts
            return pl.col("subdistrict_number").is_between(first, last)
        return pl.lit(value=True)


def _parted(entry: str) -> tuple[str, str, str]:
    return entry.partition("|")


@cache
def _layouts() -> dict[str, Any]:
    return tomllib.loads(files("welfare_pipeline.sample").joinpath("files.toml").read_text("utf-8"))


def landing_files(code: str, period: str) -> tuple[LandingFile, ...]:
    """Every file the district lands in that month."""
    columns = {name: _in_words_of(period, name, entries) for name, entries in _layouts()["columns"].items()}
    entries = [e for e in _layouts()["files"][code] if e["source"] != Programme.BST or period < BST_ENDED]
    landed = [entry for entry in entries if entry.get("from", period) <= period <= entry.get("until", period)]
    return tuple(_landing_file(entry, columns) for entry in landed)


def _in_words_of(period: str, name: str, columns: dict[str, str]) -> dict[str, str]:
    """The columns as they are headed in that month: the registry has another number and ranks from 2025 on."""
    replaced = _layouts()["columns_of_dtsen"].get(name, {}) if period >= DTSEN_FROM else {}
    anew = {_parted(entry)[0] for entry in replaced.values()}
    kept = {header: entry for header, entry in columns.items() if _parted(entry)[0] not in anew}
    return {**replaced, **kept}


def _landing_file(entry: dict[str, Any], columns: dict[str, dict[str, str]]) -> LandingFile:
    lists: dict[str, Any] = {name: tuple(entry[name]) for name in ("subdistricts", "titles") if name in entry}
    settled: dict[str, Any] = {**entry, **lists, "columns": columns[entry["columns"]]}
    return LandingFile(**{name: value for name, value in settled.items() if name not in {"from", "until"}})


def files_of(code: str, period: str, source: str) -> tuple[LandingFile, ...]:
    """The district's files of one source, those of a village and those of findings first."""
    return tuple(file for file in landing_files(code, period) if file.source == source)


def write(file: LandingFile, rows: pl.DataFrame, folder: Path) -> Path:
    """Write the rows (in order) and return the path."""
    path = folder / file.name
    table = rows.with_columns(row_number=pl.int_range(1, pl.len() + 1), officer_note=pl.lit(None, dtype=pl.String))
    broken = _malformed(table)
    cells = table.select(written(file.columns))
    if path.suffix == ".xlsx":
        _write_xlsx(path, file, cells)
    elif path.suffix == ".parquet":
        cells.write_parquet(path, compression="zstd")
    else:
        _write_csv(path, file, cells, broken)
    return path


def _malformed(table: pl.DataFrame) -> list[int]:
    """The rows to be written with too many fields."""
    if "expected_rejection" not in table.columns:
        return []
    return table.select((pl.col("expected_rejection") == RejectionReason.MALFORMED).arg_true()).to_series().to_list()


def _write_csv(path: Path, file: LandingFile, cells: pl.DataFrame, broken: list[int]) -> None:
    text = io.StringIO()
    text.write(_BOM if file.bom else "")
    text.write(file.delimiter.join(cells.columns) + "\n")
    start = 0
    for at in broken:
        text.write(_lines(cells.slice(start, at - start), file))
        text.write(_lines(cells.slice(at, 1), file).rstrip("\n") + file.delimiter * 2 + "LIHAT LAMPIRAN\n")
        start = at + 1
    text.write(_lines(cells.slice(start), file))
    content = text.getvalue().encode(file.encoding)
    path.write_bytes(gzip.compress(content, _GZIP_LEVEL, mtime=0) if path.suffix == ".gz" else content)


def _lines(cells: pl.DataFrame, file: LandingFile) -> str:
    return cells.write_csv(separator=file.delimiter, include_header=False)


def _write_xlsx(path: Path, file: LandingFile, cells: pl.DataFrame) -> None:
    titles = [*((title,) for title in file.titles), ("",)] if file.titles else []
    numbers = [tuple(str(n + 1) for n in range(cells.width))] if file.number_row else []
    write_workbook(path, [*titles, tuple(cells.columns), *numbers], cells, _NOTES if file.end_marker else ())
