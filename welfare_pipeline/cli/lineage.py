"""`welfare lineage`: which table is made from which, as text, as a Mermaid graph, or as the page `docs/lineage.md`."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches

import click

from welfare_pipeline.cli.table_graph import Node, TableGraph, table_graph

HEAD = """# Which table is made from which

Made by `welfare lineage --format markdown` from the .sql files: do not edit, make it anew (`make docs`).
`welfare lineage TABLE` tells everything that one table rests on and goes into; `--format mermaid` draws it.
"""


def text(graph: TableGraph, table: str | None) -> Iterator[str]:
    """A line for each table, or the lines of one."""
    if table is not None:
        node = graph.nodes[table]
        yield f"{table} ({node.group})"
        yield f"  reads: {_listed(node.reads)}"
        yield f"  rests on: {_listed(graph.rests_on(table))}"
        yield f"  is read by: {_listed(graph.readers(table))}"
        yield f"  goes into: {_listed(graph.made_from(table))}"
        return
    for group, nodes in graph.groups().items():
        yield f"{group}:"
        yield from (f"  {node.name} <- {_listed(node.reads)}" if node.reads else f"  {node.name}" for node in nodes)


def mermaid(graph: TableGraph, table: str | None) -> Iterator[str]:
    """A flow chart of all nodes, or of those that one rests on and goes into."""
    chosen = set(graph.nodes) if table is None else {table} | graph.rests_on(table) | graph.made_from(table)
    yield "flowchart LR"
    for group, nodes in graph.groups().items():
        shown = [node for node in nodes if node.name in chosen]
        if shown:
            yield f'  subgraph {_id(group)}_group["{group}"]'
            yield from (f'    {_id(node.name)}["{node.name}"]' for node in shown)
            yield "  end"
    for node in graph.nodes.values():
        if node.name in chosen:
            yield from (f"  {_id(read)} --> {_id(node.name)}" for read in sorted(node.reads & chosen))


def markdown(graph: TableGraph, _: str | None = None) -> Iterator[str]:
    """The page: a chart of the folders, then every table with what it reads and what reads it."""
    yield HEAD
    yield "```mermaid"
    yield from _folders(graph)
    yield "```"
    for group, nodes in graph.groups().items():
        yield f"\n## {group}\n"
        yield "| table | reads | is read by |\n|---|---|---|"
        yield from (_row(graph, node) for node in nodes)


def _folders(graph: TableGraph) -> Iterator[str]:
    yield "flowchart LR"
    yield from (f'  {_id(group)}["{group}"]' for group in graph.groups())
    pairs = {(graph.nodes[read].group, node.group) for node in graph.nodes.values() for read in node.reads}
    yield from (f"  {_id(read)} --> {_id(group)}" for read, group in sorted(pairs) if read != group)


def _row(graph: TableGraph, node: Node) -> str:
    return f"| `{node.name}` | {_listed(node.reads)} | {_listed(graph.readers(node.name))} |"


def _listed(names: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(names))


def _id(name: str) -> str:
    return name.replace(" ", "_").replace("/", "_")


FORMATS: dict[str, Callable[[TableGraph, str | None], Iterator[str]]] = {
    "text": text,
    "mermaid": mermaid,
    "markdown": markdown,
}


@click.command("lineage")
@click.argument("table", required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
def command(table: str | None, form: str) -> int:
    """Print which table is made from which: of all tables, or what TABLE rests on and goes into."""
    graph = table_graph()
    if table is not None and table not in graph.nodes:
        close = get_close_matches(table, graph.nodes, 1)
        hint = f"Did you mean {close[0]}?" if close else "welfare lineage names all there are."
        message = f"There is no table '{table}'. {hint}"
        raise click.UsageError(message)
    if table is not None and form == "markdown":
        message = "The page is of all tables: leave TABLE out, or take another --format."
        raise click.UsageError(message)
    click.echo("\n".join(FORMATS[form](graph, table)))
    return 0
