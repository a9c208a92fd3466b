"""An inspection in words: how each file would be read, line by line, and what could not be used. No identities."""

from collections.abc import Iterator

import polars as pl

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.vocabulary import FileState
from welfare_pipeline.contracts.words import CATALOGUE
from welfare_pipeline.ingest.guessing import Stranger
from welfare_pipeline.ingest.inspecting import AS_TOLD, BY_GUESS, InspectedFile, Inspection
from welfare_pipeline.ingest.plain import counted, placed_column, placed_sheet
from welfare_pipeline.ingest.samples import understood
from welfare_pipeline.ingest.sheet import ReadSheet, ignored_column
from welfare_pipeline.ingest.villages import VILLAGE_CODE

_ROWS_SHOWN = 10  # row numbers of one reason


def lines_of(inspection: Inspection) -> Iterator[str]:
    """What there is to say of a folder or file."""
    yield _title(inspection)
    for file in inspection.files:
        yield ""
        yield from _file_lines(file)
    for stranger in _meant(inspection):
        yield f'\n"{stranger.name}" would not be read; it is most likely {stranger.meant}: {stranger.advice}'
    kinds = [stranger.name for stranger in inspection.strangers if stranger.meant is None]
    if kinds:
        yield f"\nOf no list, and not read: {counted(kinds)}"
    if inspection.is_landing and inspection.is_folder and inspection.required_missing:
        yield f"\nStill to be landed before the district can be reconciled: {', '.join(inspection.required_missing)}"


def problems_of(inspection: Inspection) -> list[str]:
    """What could not be used, a sentence each with what to do; none if all can."""
    refused = [str(file.report.error) for file in inspection.files if file.report.state is FileState.REJECTED]
    misnamed = [_misnamed(file) for file in inspection.files if file.because == BY_GUESS and inspection.is_landing]
    lost = [_lost(file) for file in inspection.files if file.report.rows_landed and not file.report.rows_accepted]
    unread = [
        f'"{stranger.name}": {stranger.advice}, or say which list it is (--as).' for stranger in _meant(inspection)
    ]
    many = [f"{name}: so many rows are rejected that it would hold the district back." for name in _lossy(inspection)]
    nothing = (
        [] if inspection.files or unread else ["Nothing here is a list: name the list with --as, or see its format."]
    )
    return [*refused, *misnamed, *lost, *many, *unread, *nothing]


def _lossy(inspection: Inspection) -> list[str]:
    return [name for name in inspection.too_many_rejected if any(f.source.name == name for f in inspection.files)]


def _title(inspection: Inspection) -> str:
    name = district_name(inspection.district)
    if name is None:
        return (
            "No district is known (its folder is not named by one; give --district): rows of other districts and "
            "villages that are not listed are not found."
        )
    return f"{inspection.district} {name}, as read for {inspection.period}"


def _meant(inspection: Inspection) -> list[Stranger]:
    return [stranger for stranger in inspection.strangers if stranger.meant is not None]


def _misnamed(file: InspectedFile) -> str:
    return f"{file.report.source_file}: a run would not read it; name it {_landing_name(file)}."


def _lost(file: InspectedFile) -> str:
    return f"{file.report.source_file}: none of its rows could be used; see why above."


def _landing_name(file: InspectedFile) -> str:
    name = file.report.source_file.lower()
    ending = "csv.gz" if name.endswith(".csv.gz") else name.rpartition(".")[2]
    return f"{file.source.name}.{ending}"


def _file_lines(file: InspectedFile) -> Iterator[str]:
    report = file.report
    yield report.source_file
    yield f"  list: {file.source.name}, one row per {file.source.row_per} ({file.because})"
    if file.because in (AS_TOLD, BY_GUESS) and not report.source_file.lower().startswith(f"{file.source.name}."):
        yield f"  to land it: name it {_landing_name(file)}"
    if report.state is FileState.REJECTED:
        yield f"  NOT USED: {report.error}"
        return
    yield f"  rows: {report.rows_landed:,}; {report.rows_accepted:,} would be used, {report.rows_rejected:,} rejected"
    if report.rows_unanswered is not None:
        yield f"  rows of the worklist left blank: {report.rows_unanswered:,}"
    for sheet in file.sheets:
        yield from _sheet_lines(file, sheet)
    yield from _rejected_lines(file)


def _sheet_lines(file: InspectedFile, sheet: ReadSheet) -> Iterator[str]:
    rows = sheet.header_rows
    header = f"header in row {rows[0]}" if len(rows) == 1 else f"header in rows {rows[0]} to {rows[-1]}"
    where = f"{placed_sheet(sheet.title, sheet.position)}: " if sheet.title else ""
    yield f"  {where}{header}, {sheet.rows:,} rows below it"
    for name, position in sorted(sheet.columns.items(), key=lambda column: column[1]):
        header = placed_column(sheet.headers[position], position)
        yield f"    {header} is {name}: {understood(file.source.column(name), file.accepted)}"
    if VILLAGE_CODE not in sheet.columns and not {"village_name", "subdistrict_name"}.isdisjoint(sheet.columns):
        yield f"    village by its names: {understood(file.source.column(VILLAGE_CODE), file.accepted)}"
    for position in sheet.unknown:
        yield f"    not understood: {ignored_column(position, sheet, file.source)}"
    missing = [c.name for c in file.source.columns if c.name not in sheet.columns]
    if missing:
        yield f"    not there: {', '.join(missing)}"


def _rejected_lines(file: InspectedFile) -> Iterator[str]:
    for line in _grouped(file.rejected, "reason"):
        yield f"  would be rejected: {line}"
    whole_sheets = pl.col("source_row").is_null() & pl.col("sheet").is_not_null()
    for sheet, finding in file.findings.filter(whole_sheets).select("sheet", "finding").iter_rows():
        place = sheet if sheet.startswith("sheet ") else f"sheet {sheet}"
        yield f"  odd: {finding}: {place}: {CATALOGUE.words['delivery_finding'][finding].en}"
    for line in _grouped(file.findings.filter(~whole_sheets), "finding"):
        yield f"  odd: {line}"


def _grouped(frame: pl.DataFrame, what: str) -> list[str]:
    """`3 NO_IDENTITY in nik: rows 4, 17, 99`."""
    groups = frame.group_by(what, "column_name").agg(pl.len(), pl.col("source_row").drop_nulls().sort())
    return [
        f"{count:,} {reason}{f' in {column}' if column else ''}{_row_numbers(rows)}"
        for reason, column, count, rows in groups.sort(pl.col("len"), what, "column_name", descending=True).iter_rows()
    ]


def _row_numbers(rows: list[int]) -> str:
    if not rows:
        return ""
    more = ", ..." if len(rows) > _ROWS_SHOWN else ""
    return f": {'row' if len(rows) == 1 else 'rows'} {', '.join(map(str, rows[:_ROWS_SHOWN]))}{more}"
