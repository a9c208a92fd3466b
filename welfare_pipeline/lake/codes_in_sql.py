"""Whether the codes that a query names are of the vocabulary: a misspelt one would be equal to nothing, silently.

DuckDB's own ENUM does not tell: a text that an ENUM column is compared with is cast the other way, and never equal. So
the parsed query is read: a text compared with a column, or given to one, must be a code of every column of that name.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from sqlglot import exp

from welfare_pipeline.contracts.tables import CODE_TABLES, OVER_DISTRICTS, TABLES
from welfare_pipeline.contracts.vocabulary import Presence, RegistryDemand
from welfare_pipeline.contracts.words import CATALOGUE
from welfare_pipeline.lake.sql_text import parsed

COLUMNS_OF_FACTS: dict[str, Iterable[str]] = {
    "presence": Presence,
    "registry_demand": RegistryDemand,
}  # of reconcile, in no declared table
EVIDENCE_ITEM, EVIDENCE_KIND = "evidence_item", "kind of evidence_item"  # a macro, and its first argument
ARGUMENTS: dict[str, Iterable[str]] = {EVIDENCE_KIND: CATALOGUE.evidence}
_DECLARED = (*TABLES, *CODE_TABLES, *OVER_DISTRICTS)
_COMPARISONS = (exp.EQ, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ)
_TRANSPARENT = (exp.Coalesce, exp.Paren, exp.Cast, exp.Lower, exp.Upper, exp.Bracket)  # what is inside is what is meant


class UnknownCodeError(ValueError):
    """A query names a code that its column cannot hold; the message names query, column and code."""


@cache
def codes_by_column() -> dict[str, frozenset[str]]:
    """The codes of the columns of that name; also where one of them holds free text, with which no query compares."""
    coded = {column.name: frozenset[str]() for table in _DECLARED for column in table.columns if column.codes}
    for column in (column for table in _DECLARED for column in table.columns if column.codes):
        coded[column.name] |= frozenset(column.codes)
    return coded | {name: frozenset(codes) for name, codes in (COLUMNS_OF_FACTS | ARGUMENTS).items()}


@cache
def free_columns() -> frozenset[str]:
    """The names of columns that hold free text in some table."""
    return frozenset(column.name for table in _DECLARED for column in table.columns if not column.codes)


def unknown_codes(query: str) -> set[tuple[str, str]]:
    """Column and text of every text in the query that no column of that name can hold."""
    known = codes_by_column()
    named = {pair for node in parsed(query).walk() for pair in (*_compared(node), *_given_names(node))}
    return {(column, text) for column, text in named if column in known and text and text not in known[column]}


def check_codes(name: str, query: str) -> None:
    """See that the query of that name names codes of the vocabulary only.

    Raises:
        UnknownCodeError: it does not.

    """
    for column, text in sorted(unknown_codes(query)):
        codes = ", ".join(sorted(codes_by_column()[column]))
        message = f"{name}: '{text}' is no code of column {column}, which has {codes}."
        raise UnknownCodeError(message)


def _compared(node: exp.Expr) -> Iterator[tuple[str, str]]:
    """Columns with the texts that this node compares them with."""
    if isinstance(node, _COMPARISONS):
        yield from _pairs(node.this, [node.expression])
        yield from _pairs(node.expression, [node.this])
    elif isinstance(node, exp.In):
        yield from _pairs(node.this, node.expressions)
    elif isinstance(node, exp.Case) and node.this is not None:
        yield from _pairs(node.this, [branch.this for branch in node.args["ifs"]])
    elif isinstance(node, exp.ArrayContains):
        yield from _pairs(node.this, [node.expression])
    elif isinstance(node, exp.Anonymous) and node.name == EVIDENCE_ITEM:
        yield from ((EVIDENCE_KIND, text) for text in _given(node.expressions[0]))


def _given_names(node: exp.Expr) -> Iterator[tuple[str, str]]:
    """A column of the result, with the texts that it is given."""
    if isinstance(node, exp.Alias) and node.alias not in free_columns():
        yield from ((node.alias, text) for text in _given(node.this))


def _pairs(side: exp.Expr, others: Iterable[exp.Expr]) -> Iterator[tuple[str, str]]:
    column = side
    while isinstance(column, _TRANSPARENT):
        column = column.this
    if isinstance(column, exp.Column):
        yield from ((column.name, text) for other in others for text in _given(other))


def _given(value: exp.Expr | None) -> Iterator[str]:
    """The texts that an expression can come to."""
    if isinstance(value, exp.Literal) and value.is_string:
        yield value.name
    elif isinstance(value, exp.Case):
        for branch in value.args["ifs"]:
            yield from _given(branch.args.get("true"))
        yield from _given(value.args.get("default"))
    elif isinstance(value, exp.If):
        yield from _given(value.args.get("true"))
        yield from _given(value.args.get("false"))
    elif isinstance(value, exp.Coalesce):
        for part in (value.this, *value.expressions):
            yield from _given(part)
    elif isinstance(value, exp.Paren | exp.Cast):
        yield from _given(value.this)
