"""Where else the row is told of: households it is evidence for, repairs, complaints, payments, other districts."""

from collections.abc import Iterator

from welfare_pipeline.cli.explaining.rows import LandedRow, Month


def where_it_is_told_of(month: Month, row: LandedRow) -> Iterator[str]:
    """A line for each published row that rests on it."""
    place = {"file": row.source_file, "row": row.source_row}
    for table in ("unregistered_poor_households", "misranked_poor_households"):
        for found in month.ask(_HOUSEHOLDS.format(table=table), **place):
            blockers = f"; in the way: {', '.join(found['blockers'])}" if found["blockers"] else ""
            yield (
                f"{table}: household {found['household_key']}, {found['certainty']}, evidence "
                f"{', '.join(found['evidence'])}{blockers}; {found['recommended_action']}"
            )
    for found in month.ask(_REPAIRS, source=row.source, **place):
        yield f"identity_repairs: {found['nik_status']}; {found['recommended_action']}"
    if row.source == "complaints":
        for found in month.ask(_COMPLAINTS, **place):
            yield f"complaint_findings: {found['finding']}; {found['recommended_action']}"
    for found in month.ask(_PAYMENTS, source=row.source, **place):
        yield f"disbursement_reconciliation: {found['finding']}, status {found['status'] or 'no payment row'}"
    for found in month.ask(_ELSEWHERE, programme=row.source, **place):
        other = f"{found['other_district']} {found['other_source_file']} row {found['other_source_row']}"
        yield f"cross_district_duplicates: {other}"


_HOUSEHOLDS = """
from {table} where len(list_filter(sources, lambda told: told.source_file = $file and told.source_row = $row)) > 0
order by household_key
"""
_REPAIRS = "from identity_repairs where source = $source and source_file = $file and source_row = $row"
_COMPLAINTS = "from complaint_findings where complaint_period = period and source_file = $file and source_row = $row"
_PAYMENTS = "from disbursement_reconciliation where source = $source and source_file = $file and source_row = $row"
_ELSEWHERE = """
from cross_district_duplicates where programme = $programme and source_file = $file and source_row = $row order by all
"""
