"""The building blocks of the contract: a column, a landing source, a table.

Only the shapes belong here. Which sources exist stands in `sources.py`, which tables in `tables.py`.
"""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How the text of a landed cell is read."""

    TEXT = "text"
    NAME = "name"
    NIK = "nik"
    CARD = "card"
    VILLAGE_CODE = "village_code"
    DATE = "date"
    SEMESTER = "semester"
    SNAPSHOT = "snapshot"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DECILE = "decile"
    STAGE = "stage"
    YES_NO = "yes_no"
    CODE = "code"


DUCKDB_TYPES: dict[Kind, str] = {
    Kind.TEXT: "VARCHAR",
    Kind.NAME: "VARCHAR",
    Kind.NIK: "VARCHAR",
    Kind.CARD: "VARCHAR",
    Kind.VILLAGE_CODE: "VARCHAR",
    Kind.DATE: "DATE",
    Kind.SEMESTER: "DATE",
    Kind.SNAPSHOT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.DECIMAL: "DOUBLE",
    Kind.MONEY: "BIGINT",
    Kind.DECILE: "BIGINT",
    Kind.STAGE: "VARCHAR",
    Kind.YES_NO: "BOOLEAN",
    Kind.CODE: "VARCHAR",
}


@dataclass(frozen=True)
class CodeList:
    """A closed list: canonical value -> the spellings that mean it (compared as upper-case letters and digits only).

    `fillers`: words that change nothing, so that SUDAH MENINGGAL is MENINGGAL. A negation is never one of them.
    """

    name: str
    values: dict[str, tuple[str, ...]]
    fillers: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceColumn:
    """One column a landing file may have.

    `required`: a file without it is rejected, a row with it blank too. `any_of`: at least one column of the
    source with this flag must be in the header. `one_of`: the same word marks columns of which the header needs one,
    and a row a value of one. `bounds`: inclusive range of a readable value. `stand_ins`: headers
    that can mean several columns and are taken for this one only if it alone of them has no header of its own.
    `blank_means_all`: an empty value has a meaning, so a code nobody knows stays as landed instead of becoming empty.
    `parts`: columns whose headers may stand below this one's, as L and P below JUMLAH PENDUDUK. `spans_rows`: one
    merged cell may give the value of several rows.
    """

    name: str
    kind: Kind
    description: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    any_of: bool = False
    one_of: str = ""
    codes: CodeList | None = None
    bounds: tuple[int, int] | None = None
    identity: bool = False
    stand_ins: tuple[str, ...] = ()
    blank_means_all: bool = False
    parts: tuple[str, ...] = ()
    spans_rows: bool = False


ROWS_PER_SOURCE = 1_000_000_000  # room for the row_ids of one source


@dataclass(frozen=True)
class Source:
    """One kind of landing file. Its accepted rows become the lake table `table`, which programmes' lists share.

    `number`: the source's own for good; its rows' numbers begin with it. `about_people`: a row without name and usable
    number is rejected. `may_repeat`: the list names a person as often as there is something to say of them, so that two
    rows of it may well be one person. `without_it`, `without_it_id`: what the month cannot find when the source did not
    arrive, in words for a manager.
    """

    name: str
    row_per: str
    columns: tuple[SourceColumn, ...]
    table: str
    number: int
    required: bool = False
    about_people: bool = False
    may_repeat: bool = False
    without_it: str = ""
    without_it_id: str = ""
    is_programme: bool = False

    @property
    def asset(self) -> str:
        """What the list is called in Dagster and in checks."""
        return self.name if self.is_programme else self.table

    @property
    def names_people(self) -> bool:
        """Whether its rows name people: they have a NIK. Such rows are in `person_rows`, too, and are linked."""
        return any(column.kind is Kind.NIK for column in self.columns)

    @property
    def first_row_id(self) -> int:
        """The number of its first accepted row; the others follow in file order."""
        return self.number * ROWS_PER_SOURCE + 1

    def column(self, name: str) -> SourceColumn:
        """The declared column of that name; `KeyError` if there is none."""
        return {column.name: column for column in self.columns}[name]


@dataclass(frozen=True)
class Column:
    """One column of a lake or published table. `identity` columns never leave the restricted district databases.

    `codes`: all that it, or each element of a list, may hold; empty: anything.
    `whole_of`: the column, in which numbers and names are masked, whose place this one takes in a district database.
    `as_written`: as people wrote it; outside the district databases a value with a number that may be somebody's is
    replaced by a keyed hash.
    """

    name: str
    type: str
    description: str
    nullable: bool = True
    identity: bool = False
    whole_of: str = ""
    codes: tuple[str, ...] = ()
    as_written: bool = False


class Audience(StrEnum):
    """Who may see a table."""

    INTERNAL = "internal"  # lake only
    ANALYSTS = "analysts"  # welfare.duckdb (without identity columns) and the district database
    DISTRICT = "district"  # the district database only


@dataclass(frozen=True)
class Table:
    """One lake table; `key` makes a row unique within period and district and gives the published order.

    `said_when_published`: further columns of the published table, which a file of the lake cannot know.
    """

    name: str
    row_per: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    audience: Audience = Audience.ANALYSTS
    stage: str = "reconcile"
    said_when_published: tuple[Column, ...] = ()

    def column_types(self) -> dict[str, str]:
        """DuckDB type by column name, in declared order."""
        return {column.name: column.type for column in self.columns}

    def shareable_columns(self) -> tuple[Column, ...]:
        """The columns that may be shown outside the restricted district database."""
        return (*(column for column in self.columns if not column.identity), *self.said_when_published)

    def restricted_columns(self) -> tuple[Column, ...]:
        """The columns of the restricted district database."""
        return (*(column for column in self.columns if not column.whole_of), *self.said_when_published)
