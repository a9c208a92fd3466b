"""The data dictionary: every published table with its columns, codes, warnings and an example, as plain data.

Made of the declarations in `tables.py` and `words.toml`; what only people know of a table's use stands in `usage.toml`.
`cli/dictionary.py` writes it as Markdown, `publish/dictionary` as a page beside the databases.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from welfare_pipeline.contracts.column import Audience, Column, Table
from welfare_pipeline.contracts.named_views import OPENED_FIRST, named_view
from welfare_pipeline.contracts.policy_values import Entry
from welfare_pipeline.contracts.tables import CODE_TABLES, LANDED, OVER_DISTRICTS, TABLE_BY_NAME, TABLES
from welfare_pipeline.contracts.words import CATALOGUE

Codes = tuple[tuple[str, str], ...]  # code and what it means
SHOWN = 4  # columns of figures in an example
_LANDED_WARNING = "Rows as they landed: nothing in them is judged, and one person may stand in many."


class Usage(Entry):
    """What a reader of a table has to know beside its columns; `example`: where the general one says too little."""

    beware: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True)
class DescribedColumn:
    """A published column, with what each of its codes means."""

    column: Column
    codes: Codes


@dataclass(frozen=True)
class DescribedTable:
    """A published table as its readers meet it."""

    table: Table
    columns: tuple[DescribedColumn, ...]
    beware: tuple[str, ...]
    example: str
    named: Table | None  # the same with names beside codes

    @property
    def code_lists(self) -> list[tuple[list[str], Codes]]:
        """Its lists of codes, each with the columns that hold them."""
        lists = {described.codes: None for described in self.columns if described.codes}
        return [([of.column.name for of in self.columns if of.codes == codes], codes) for codes in lists]

    @property
    def is_for_analysts(self) -> bool:
        """Whether it is in welfare.duckdb, too."""
        return self.table.audience is Audience.ANALYSTS

    @property
    def databases(self) -> str:
        """Which databases it is in."""
        if self.table in OVER_DISTRICTS:
            return "welfare.duckdb"
        return "both" if self.is_for_analysts else "the district's"


def dictionary() -> list[DescribedTable]:
    """Every published table: those opened first, others for analysts, codes, what only a district's database has."""
    own = [table for table in TABLES if table not in LANDED]
    opened = [TABLE_BY_NAME[name] for name in OPENED_FIRST]
    first = [*opened, *(table for table in own if table.audience is Audience.ANALYSTS and table not in opened)]
    last = [table for table in (*own, *LANDED) if table.audience is Audience.DISTRICT]
    return [_described(table) for table in (*first, *OVER_DISTRICTS, *CODE_TABLES, *last)]


def codes_in_words(column: Column) -> Codes:
    """Every code that the column, or an element of it, may hold, with its meaning; empty where there are no words."""
    words = _meanings(frozenset(column.codes))
    return tuple((code, words.get(code, "")) for code in column.codes)


def _described(table: Table) -> DescribedTable:
    usage = _usage().get(table.name, Usage())
    shown = (*(c for c in table.columns if not c.whole_of), *table.said_when_published)
    columns = tuple(DescribedColumn(column, codes_in_words(column)) for column in shown)
    beware = (*usage.beware, *_general_warnings(table))
    return DescribedTable(table, columns, beware, usage.example.strip() or _example(table), named_view(table))


@cache
def _usage() -> dict[str, Usage]:
    """What `usage.toml` says, by table.

    Raises:
        ValueError: it names a table that is not published.

    """
    text = files("welfare_pipeline.contracts").joinpath("usage.toml").read_text("utf-8")
    found = TypeAdapter(dict[str, Usage]).validate_python(tomllib.loads(text))
    known = {
        table.name for table in (*TABLES, *CODE_TABLES, *OVER_DISTRICTS) if table.audience is not Audience.INTERNAL
    }
    if strangers := sorted(found.keys() - known):
        message = f"usage.toml: no published table: {', '.join(strangers)}"
        raise ValueError(message)
    return found


@cache
def _meanings(codes: frozenset[str]) -> dict[str, str]:
    """The words of the lists whose codes these are; of the smallest list that has them, if they are only a part."""
    lists = [{code: word.en for code, word in words.items()} for words in CATALOGUE.words.values()]
    lists.append({code: reason.en.meaning for code, reason in CATALOGUE.reasons.items()})
    whole = [words for words in lists if words.keys() <= codes]
    if codes and codes <= {code for words in whole for code in words}:
        return {code: meaning for words in whole for code, meaning in words.items()}
    return min((words for words in lists if codes <= words.keys()), key=len, default={})


def _general_warnings(table: Table) -> Iterator[str]:
    names = {column.name: column for column in table.columns}
    if "period" in names:
        yield "One row of each month and district: name the month, or the same people are counted once a month."
    if table in LANDED:
        yield _LANDED_WARNING
    if "village_code" in names and names["village_code"].nullable:
        yield "`village_code` is empty where the village is not known: an inner join with `villages` loses these rows."
    if "person_key" in names:
        yield "`person_key` is of one district: who stands in two has two keys (`cross_district_duplicates`)."
    if table.said_when_published:
        yield "Of the newest delivery, held back or not: `in_force` says whether what is published rests on it."
    if lists := [f"`{column.name}`" for column in table.columns if column.type == "VARCHAR[]" and not column.identity]:
        yield f"{', '.join(lists)}: lists; `unnest(...)` makes a row of each element, `list_contains(..., 'X')` asks."
    if any(column.identity for column in table.columns) and table.audience is Audience.ANALYSTS:
        yield "Columns marked *identity* are in the district's own database only."


def _example(table: Table) -> str:
    """A query that says most of the newest month: rows by the first code, else its first figures."""
    newest = f"where period = (select max(period) from {_quoted(table.name)})\n" if _has_period(table) else ""  # noqa: S608  a name of the contract
    coded = next((c.name for c in table.columns if c.codes and c.type == "VARCHAR" and c.name != "district_code"), None)
    if coded and _has_period(table):
        shown = f"district_code, {_quoted(coded)}"
        return f"select {shown}, count(*) as rows\nfrom {_quoted(table.name)}\n{newest}group by all\norder by all"
    free = [column for column in table.columns if not column.identity and column.name not in {"period", "row_id"}]
    shown = ", ".join(_quoted(column.name) for column in free[: SHOWN + 1])
    return f"select {shown}\nfrom {_quoted(table.name)}\n{newest}order by all\nlimit 20"


def _has_period(table: Table) -> bool:
    return any(column.name == "period" for column in table.columns)


def _quoted(name: str) -> str:
    return f'"{name}"' if name in {"table", "check", "list", "source"} else name
