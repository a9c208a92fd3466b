"""Which table is made from which: read off the .sql files, so that nobody has to keep it up.

Nodes are the tables of the contract, the facts and reasons between them, and what the rooms at the end ask of them
(checks, sheets of the worklists, sections of the report). How the graph is printed stands in `lineage.py`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from welfare_pipeline.contracts.tables import (
    CROSS_DISTRICT_DUPLICATES,
    LANDED,
    LINKAGE,
    LINKS,
    PERSON_ROWS,
    RECORDS,
    TABLE_BY_NAME,
)
from welfare_pipeline.lake import CHECKED_TABLE, NAMED, tables_read
from welfare_pipeline.reconcile.district import district_queries, sql_files

LANDED_GROUP, PEOPLE_GROUP = "landed lists", "people of all lists"
RECORD_GROUP, OUTSIDE_GROUP = "records of the delivery", "policy, words and month before"
ENDS = {"checks": "checks/sql", "worklists": "publish/worklists/sql", "report": "publish/reports/sql"}


@dataclass(frozen=True)
class Node:
    """A table, or a question asked at the end; `group`: the folder of its .sql file, or what brings it."""

    name: str
    group: str
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TableGraph:
    """Every node by its name, in the order of the rooms."""

    nodes: Mapping[str, Node]

    def rests_on(self, name: str) -> set[str]:
        """Every node that this one is made from, at any remove."""
        return _reached(name, lambda node: self.nodes[node].reads)

    def made_from(self, name: str) -> set[str]:
        """Every node that this one goes into, at any remove."""
        return _reached(name, self.readers)

    def readers(self, name: str) -> frozenset[str]:
        """The nodes that read this one themselves."""
        return frozenset(node.name for node in self.nodes.values() if name in node.reads)

    def groups(self) -> dict[str, list[Node]]:
        """The nodes by their group."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            found.setdefault(node.group, []).append(node)
        return found


def table_graph() -> TableGraph:
    """The graph as the .sql files of this installation have it."""
    nodes = {node.name: node for node in (*_given(), *_linkage(), *_reconcile(), *_ends())}
    outside = sorted({name for node in nodes.values() for name in node.reads} - nodes.keys())
    return TableGraph({name: Node(name, OUTSIDE_GROUP) for name in outside} | nodes)


def _given() -> Iterator[Node]:
    yield from (Node(table.name, LANDED_GROUP) for table in LANDED)
    yield Node(PERSON_ROWS.name, PEOPLE_GROUP, frozenset(source.table for source in NAMED))
    yield from (Node(table.name, RECORD_GROUP) for table in RECORDS)


def _linkage() -> Iterator[Node]:
    """Linkage makes its tables in turn, by the stages of `stages.py`: together they read what any of them reads."""
    queries = (*_queries("linkage/sql").values(), *_queries("people/sql").values())
    read = {name for query in queries for name in tables_read(query)}
    lists = frozenset(read & {table.name for table in (*LANDED, PERSON_ROWS)})
    yield from (Node(table.name, "linkage", lists) for table in LINKAGE)


def _reconcile() -> Iterator[Node]:
    across = {name for query in _queries("reconcile/period").values() for name in tables_read(query)}
    yield Node(CROSS_DISTRICT_DUPLICATES.name, "period", frozenset(across & {LINKS.name, PERSON_ROWS.name}))
    for name, query in district_queries().items():
        if name in sql_files():
            yield Node(name, _folder(sql_files()[name]), tables_read(query))
    reasons = _queries("reconcile/reasons")
    yield from (Node(f"reasons/{name}", "reasons", tables_read(query)) for name, query in reasons.items())
    yield Node("reason_rows", "reasons", frozenset(f"reasons/{name}" for name in reasons))


def _ends() -> Iterator[Node]:
    for group, folder in ENDS.items():
        queries = _queries(folder)
        for name, query in queries.items():
            own = queries.keys() - TABLE_BY_NAME.keys()
            read = tables_read(query) - {CHECKED_TABLE}
            yield Node(f"{group}/{name}", group, frozenset(f"{group}/{t}" if t in own else t for t in read))


def _folder(file: Path) -> str:
    return "/".join(file.parts[file.parts.index("reconcile") + 1 : -1])


def _queries(folder: str) -> dict[str, str]:
    place = Path(str(files("welfare_pipeline"))) / folder
    return {file.stem: file.read_text("utf-8") for file in sorted(place.rglob("*.sql"))}


def _reached(name: str, step: Callable[[str], frozenset[str]]) -> set[str]:
    found: set[str] = set()
    waiting = set(step(name))
    while waiting:
        node = waiting.pop()
        found.add(node)
        waiting |= step(node) - found
    return found
