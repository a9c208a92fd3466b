"""Which landed rows are meant: those of a file and row, or of a person, in the tables of one month and district."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from welfare_pipeline.contracts.tables import LANDED
from welfare_pipeline.lake import Partition

Record = dict[str, Any]


@dataclass(frozen=True)
class LandedRow:
    """A landed row that is meant; `row_id`: its number, if it was accepted; `table`: where it lies."""

    source: str
    source_file: str
    source_row: int
    row_id: int | None = None
    table: str = ""


@dataclass(frozen=True)
class Month:
    """The tables of a month and district that answers are read from; whether identities may be shown."""

    con: duckdb.DuckDBPyConnection
    partition: Partition
    shows_identities: bool

    def ask(self, query: str, **values: Any) -> list[Record]:
        """The rows of a query as records, in its order."""
        records: list[Record] = self.con.execute(query, values or None).pl().to_dicts()
        return records


def rows_of_file(month: Month, file: str, row: int) -> list[LandedRow]:
    """The rows of that number in that file, by either of its names; a worklist may hold rows of several lists."""
    names = month.ask(_NAMES, file=file)
    return [
        found
        for name in names
        for found in (*_accepted(month, name["source_file"], row), *_rejected(month, name["source_file"], row))
    ]


def rows_of_person(month: Month, key: str) -> list[LandedRow]:
    """The rows that name the person, or the family, of that key: those of programmes first."""
    found = month.ask(_OF_PERSON, key=key)
    return [LandedRow(of["source"], of["source_file"], of["source_row"], of["row_id"], of["lies_in"]) for of in found]


def _accepted(month: Month, file: str, row: int) -> Iterator[LandedRow]:
    for table in LANDED:
        source = "programme" if table.name == "recipient_rows" else f"'{table.name}'"
        query = (
            f'select {source} as source, row_id from "{table.name}" '  # noqa: S608  names of the contract
            "where source_file = $file and source_row = $row order by all"
        )
        for of in month.ask(query, file=file, row=row):
            yield LandedRow(of["source"], file, row, of["row_id"], table.name)


def _rejected(month: Month, file: str, row: int) -> Iterator[LandedRow]:
    query = "select source from rejected_rows where source_file = $file and source_row = $row order by all"
    for of in month.ask(query, file=file, row=row):
        yield LandedRow(of["source"], file, row)


_NAMES = "select distinct source_file from landed_files where $file in (source_file, landed_name) order by all"
_OF_PERSON = """
select
    links.source,
    person_rows.source_file,
    person_rows.source_row,
    links.row_id,
    case when recipient_rows.row_id is null then links.source else 'recipient_rows' end as lies_in
from links
inner join person_rows on links.row_id = person_rows.row_id
left join recipient_rows on links.row_id = recipient_rows.row_id
where $key in (links.person_key, links.family_key)
order by recipient_rows.row_id is null, links.row_id
"""
