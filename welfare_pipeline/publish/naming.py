"""Views of the published tables with names beside the codes; which there are is declared in `named_views.py`."""

from collections.abc import Iterator

from welfare_pipeline.contracts.column import Column, Table
from welfare_pipeline.contracts.named_views import NAMED_VIEWS, namings
from welfare_pipeline.publish.code_tables import comments
from welfare_pipeline.publish.database import Database


def named_views(database: Database) -> str:
    """The statements that make them in a database whose tables and codes are there."""
    return "".join(_statements(database, table, view) for table, view in NAMED_VIEWS if table in database.tables)


def _statements(database: Database, table: Table, view: Table) -> str:
    shown = ", ".join(_shown(table, database.columns(table)))
    joined = " ".join(
        f'left join {of.codes} as of_{of.column} on of_{of.column}.{of.code} = told."{of.column}"'
        for of in namings(table)
    )
    query = f'select {shown} from "{table.name}" as told {joined}'  # noqa: S608  names of the contract
    said = comments(view, database.columns(view)).replace("comment on table", "comment on view", 1)
    return f'create or replace view "{view.name}" as {query};{said}'


def _shown(table: Table, columns: tuple[Column, ...]) -> Iterator[str]:
    by_column = {of.column: of for of in namings(table)}
    for column in columns:
        yield f'told."{column.name}"'
        if of := by_column.get(column.name):
            yield from (f'of_{of.column}."{name}" as "{of.prefix}{name}"' for name in of.names)
