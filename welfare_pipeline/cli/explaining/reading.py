"""How the row was read: its file, its values, what its numbers are worth, and why it was rejected if it was."""

from collections.abc import Iterator

from welfare_pipeline.cli.explaining.rows import LandedRow, Month, Record
from welfare_pipeline.contracts.column import Column
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.contracts.words import CATALOGUE

UNTOLD = {"period", "district_code", "row_id", "source", "source_file", "source_row", "programme"}


def how_it_was_read(month: Month, row: LandedRow) -> Iterator[str]:
    """Lines about the row itself; an identity is only said to be there, unless it may be shown."""
    yield from _file(month, row)
    if row.row_id is None:
        yield from _rejection(month, row)
        return
    [values] = month.ask(f'select * from "{row.table}" where row_id = $row', row=row.row_id)  # noqa: S608  a name of the contract
    for column in TABLE_BY_NAME[row.table].columns:
        if column.name not in UNTOLD and (said := _said(month, column, values[column.name])):
            yield f"{column.name}: {said}"
    for place in month.ask(_VILLAGE, village=values.get("village_code")):
        yield f"village: {place['village_name']}, sub-district {place['subdistrict_name']}"
    for odd in month.ask(_ODD, file=row.source_file, row=row.source_row):
        words = CATALOGUE.words["delivery_finding"][odd["finding"]].en
        yield f"odd: {words}{_in_column(odd, ' (column {})')}"


def _file(month: Month, row: LandedRow) -> Iterator[str]:
    for file in month.ask(_FILE, file=row.source_file, source=row.source):
        yield (
            f"file: {file['state']}, {file['rows_landed']:,} rows landed, {file['rows_accepted']:,} used, "
            f"{file['rows_rejected']:,} rejected"
        )


def _rejection(month: Month, row: LandedRow) -> Iterator[str]:
    for found in month.ask(_REJECTED, file=row.source_file, row=row.source_row, source=row.source):
        words = CATALOGUE.words["rejection_reason"][found["reason"]].en
        yield f"rejected: {found['reason']} ({words}){_in_column(found, ', column {}')}"
        if month.shows_identities and found["value"]:
            yield f"value: {found['value']}"


def _in_column(found: Record, words: str) -> str:
    return words.format(found["column_name"]) if found["column_name"] else ""


def _said(month: Month, column: Column, value: object) -> str:
    if value is None or value in ([], ""):
        return "" if not column.identity else "empty"
    if column.identity and not month.shows_identities:
        return "there"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


_FILE = """
from landed_files where source_file = $file and coalesce(source, $source) = $source order by all
"""
_REJECTED = "from rejected_rows where source_file = $file and source_row = $row and source = $source order by all"
_VILLAGE = "select village_name, subdistrict_name from population where village_code = $village order by all limit 1"
_ODD = """
select distinct finding, column_name from delivery_findings
where source_file = $file and source_row = $row
order by all
"""
