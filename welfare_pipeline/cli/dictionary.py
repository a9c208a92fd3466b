"""`welfare dictionary`: every published table, column and code as Markdown, on one page and a page a table.

The same as a web page, `published/dictionary.html`, is written with the databases.
"""

from pathlib import Path

import click
from jinja2 import Environment, StrictUndefined

from welfare_pipeline.cli.contract import cell, template_text
from welfare_pipeline.contracts.dictionary import DescribedTable, dictionary
from welfare_pipeline.contracts.policy import load_policy

HEAD = """# Every published table

Made by `welfare dictionary` from the declarations: do not edit, make it anew (`make docs`). The same as a page that
opens without network lies beside the databases, `published/dictionary.html`. Twenty questions with their queries:
[questions](questions/README.md). Which table is made from which: [lineage](lineage.md).

Open the database read-only, so that you never stand in a run's way:

    duckdb -readonly data/published/welfare.duckdb
    select * from off_target_recipients_named where period = '2021-11' limit 10;

*Both*: in `welfare.duckdb`, and with identity columns in the district's own database.

"""
PAGE_HEAD = (
    "Made by `welfare dictionary` from the declarations: do not edit, make it anew (`make docs`). "
    "[Every table](../tables.md).\n"
)


def pages() -> dict[str, str]:
    """Every page of Markdown by its path within `docs`."""
    tables = dictionary()
    whole = "\n".join(f"## {of.table.name}\n{_page(of)}" for of in tables)
    own = {f"tables/{of.table.name}.md": f"# {of.table.name}\n\n{PAGE_HEAD}{_page(of)}" for of in tables}
    return {"tables.md": f"{HEAD}{_contents(tables)}\n{_programmes()}\n{whole}"} | own


def _page(of: DescribedTable) -> str:
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701  no HTML
    environment.filters |= {"cell": cell, "sentence": lambda row_per: f"One row per {row_per}."}
    return f"\n{environment.from_string(template_text('dictionary.md')).render(of=of).strip()}\n"


def _contents(tables: list[DescribedTable]) -> str:
    rows = [
        f"| [`{of.table.name}`](tables/{of.table.name}.md) | {cell(of.table.row_per)} | {of.databases} |"
        for of in tables
    ]
    return "\n".join(["| table | one row per | database |", "|---|---|---|", *rows, ""])


def _programmes() -> str:
    """The codes of `programme`, as shipped."""
    entries = load_policy().programmes.items()
    rows = [f"| `{name}` | {cell(of.label.en)} | {cell(of.label.id)} | {of.unit} |" for name, of in entries]
    head = "Codes of `programme`, as shipped; a deployment may have more (`select * from programmes`):\n"
    return "\n".join([head, "| code | name | in Bahasa Indonesia | pays a |", "|---|---|---|---|", *rows, ""])


@click.command("dictionary")
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="Write every page into this folder.")
def command(into: Path | None) -> int:
    """Print every published table with its columns, codes, an example and what to beware of, as Markdown.

    With --into: the page of all tables, and a page for each; pages of tables that are no more are removed.
    """
    made = pages()
    if into is None:
        click.echo(made["tables.md"], nl=False)
        return 0
    into.joinpath("tables").mkdir(parents=True, exist_ok=True)
    for stale in into.joinpath("tables").glob("*.md"):
        if f"tables/{stale.name}" not in made:
            stale.unlink()
    for name, text in made.items():
        into.joinpath(name).write_text(text, encoding="utf-8")
    return 0
