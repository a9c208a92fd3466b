"""Views of the published tables with names beside the codes, for those who look before they write a query.

Only of the tables that people open first: what a view is declared by is written anew with every change of the file.
"""

from dataclasses import dataclass, replace

from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.contracts.tables import CODE_TABLES, TABLE_BY_NAME

SUFFIX = "_named"
OPENED_FIRST = (
    "recipient_outcomes",
    "off_target_recipients",
    "unregistered_poor_households",
    "misranked_poor_households",
    "unserved_registered_households",
    "programme_summary",
    "cross_district_duplicates",
    "disbursement_reconciliation",
    "outlet_price_findings",
)
_CODES = {table.name: table for table in CODE_TABLES}


@dataclass(frozen=True)
class Naming:
    """A column of codes whose names stand in a table of codes; `prefix`: of the names, where they need one."""

    column: str
    codes: str
    code: str
    names: tuple[str, ...]
    prefix: str = ""

    def columns(self) -> tuple[Column, ...]:
        """The columns with the names; empty where the code is not known."""
        known = {column.name: column for column in _CODES[self.codes].columns}
        return tuple(replace(known[name], name=f"{self.prefix}{name}", nullable=True) for name in self.names)


NAMINGS = (
    Naming("district_code", "districts", "district_code", ("district_name",)),
    Naming("village_code", "villages", "village_code", ("village_name", "subdistrict_name")),
    Naming("programme", "programmes", "programme", ("label_id", "label_en"), "programme_"),
    Naming("primary_reason", "reasons", "reason", ("meaning_id", "meaning_en"), "primary_reason_"),
    Naming("other_district", "districts", "district_code", ("district_name",), "other_"),
)


def named_view(table: Table) -> Table | None:
    """The view of that table with names beside its codes; `None` if it has none."""
    if table.name not in OPENED_FIRST:
        return None
    columns: list[Column] = []
    for column in table.columns:
        columns.append(column)
        columns.extend(name for naming in namings(table) if naming.column == column.name for name in naming.columns())
    return replace(
        table, name=f"{table.name}{SUFFIX}", row_per=f"row of {table.name}, names beside codes", columns=tuple(columns)
    )


def namings(table: Table) -> tuple[Naming, ...]:
    """The codes of the table whose names it does not have."""
    own = {column.name for column in table.columns}
    return tuple(
        naming
        for naming in NAMINGS
        if naming.column in own and not own & {f"{naming.prefix}{name}" for name in naming.names}
    )


NAMED_VIEWS: tuple[tuple[Table, Table], ...] = tuple(
    (TABLE_BY_NAME[name], view) for name in OPENED_FIRST if (view := named_view(TABLE_BY_NAME[name]))
)
