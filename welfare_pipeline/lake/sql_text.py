"""What a query's text says without being run: the tables it reads, and those that a room names at all.

sqlglot parses it; a text is parsed once a process, however many districts run it.
"""

from functools import cache
from importlib import resources
from pathlib import Path

import sqlglot
from sqlglot import exp

from welfare_pipeline.contracts.tables import TABLE_BY_NAME

_WRITTEN = {".sql", ".py"}
CHECKED_TABLE = "batch"  # in the questions of checks `{batch}` stands for the table that is checked


def tables_named_in(*rooms: str) -> frozenset[str]:
    """The declared tables that these rooms (`linkage`, `publish.reports`), or this one, name in SQL or code.

    A connection that is to answer a room's queries has to see no others: each costs as much as a small query.
    """
    return frozenset().union(*map(_named_in, (*rooms, "lake")))


@cache
def _named_in(room: str) -> frozenset[str]:
    folder = Path(str(resources.files(f"welfare_pipeline.{room}")))
    files = (file for file in folder.rglob("*.*") if file.suffix in _WRITTEN)
    text = "\n".join(file.read_text("utf-8") for file in files).lower()
    return frozenset(name for name in TABLE_BY_NAME if name in text)


@cache
def parsed(query: str) -> exp.Expr:
    """The query as a tree, which nobody may change.

    Raises:
        sqlglot.errors.ParseError: the text is no query of DuckDB's.

    """
    return sqlglot.parse_one(query.replace(f"{{{CHECKED_TABLE}}}", CHECKED_TABLE), dialect="duckdb")


@cache
def tables_read(query: str) -> frozenset[str]:
    """The tables and views whose rows the query reads, at any depth; its own common table expressions are none."""
    tables = (table for table in parsed(query).find_all(exp.Table) if isinstance(table.this, exp.Identifier))
    return frozenset(table.name for table in tables if table.db or not _is_common_table_expression(table))


def _is_common_table_expression(table: exp.Table) -> bool:
    """Whether a `with` around the reference defines the name, before it or (`recursive`) around it."""
    node: exp.Expr = table
    while (parent := node.parent) is not None:
        if table.name in {definition.alias for definition in _visible(node, parent)}:
            return True
        node = parent
    return False


def _visible(node: exp.Expr, parent: exp.Expr) -> list[exp.Expr]:
    """The common table expressions that `parent` defines for what stands in its part `node`."""
    if isinstance(parent, exp.With):
        return list(parent.expressions[: (node.index or 0) + bool(parent.recursive)])
    definitions = None if isinstance(node, exp.With) else parent.args.get("with_")
    return definitions.expressions if definitions is not None else []
