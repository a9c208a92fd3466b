"""The dictionary tells every published table, column and code, in the docs and beside the databases."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from welfare_pipeline.cli.dictionary import pages
from welfare_pipeline.cli.entry import welfare
from welfare_pipeline.contracts.column import Audience
from welfare_pipeline.contracts.dictionary import codes_in_words, dictionary
from welfare_pipeline.contracts.tables import CODE_TABLES, OVER_DISTRICTS, TABLE_BY_NAME, TABLES
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.dictionary import publish_dictionary

DOCS = Path(__file__).parents[3] / "docs"
PUBLISHED = [*(table for table in TABLES if table.audience is not Audience.INTERNAL), *OVER_DISTRICTS, *CODE_TABLES]


class Page(HTMLParser):
    """The tags and words of a page."""

    def __init__(self, text: str) -> None:
        """Read the text."""
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links.extend(value for name, value in attrs if name in {"href", "src"} and value)
        self.ids |= {value for name, value in attrs if name == "id" and value}

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    root = DataRoot(tmp_path_factory.mktemp("dictionary"))
    root.policy.write_text(
        '[programmes.blt_kampar]\nlabel = "BLT Kampar"\nunit = "family"\nregistry = "off_target"\n'
        'legal_basis = "Perbup 1/2021"\n',
        encoding="utf-8",
    )
    return publish_dictionary(root).read_text("utf-8")


def test_the_pages_in_the_docs_are_what_the_command_makes() -> None:
    made = pages()
    assert {name: (DOCS / name).read_text("utf-8") for name in made} == made, "make docs"
    assert {f"tables/{file.name}" for file in DOCS.glob("tables/*.md")} == made.keys() - {"tables.md"}, "make docs"
    assert CliRunner().invoke(welfare, ["dictionary"]).output == made["tables.md"]


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_every_table_column_and_code_is_told(form: str, page: str) -> None:
    text = Page(page).words if form == "html" else (DOCS / "tables.md").read_text("utf-8")
    for table in PUBLISHED:
        heading = rf"\n## {table.name}\n" if form == "markdown" else rf"\n{table.name}\n"
        section = re.split(heading, text)[-1].split("\n## ")[0]
        assert f"One row per {table.row_per}" in text.replace("`", "")
        for column in table.columns:
            if not column.whole_of:
                assert column.name in section, (table.name, column.name)
                assert [code for code in column.codes if code not in section] == []


def test_codes_have_their_meaning_and_a_table_its_example_and_warnings() -> None:
    [outcome] = [column for column in TABLE_BY_NAME["recipient_outcomes"].columns if column.name == "outcome"]
    assert dict(codes_in_words(outcome))["to_verify"] == "To be verified in the field"
    own = (DOCS / "tables" / "off_target_recipients.md").read_text("utf-8")
    assert "off_target_recipients_named" in own
    assert "nobody loses assistance for `to_verify`" in own
    assert "```sql\nselect programme_label_en, primary_reason" in own
    assert [of.table.name for of in dictionary() if not of.example.startswith("select ")] == []


def test_the_page_beside_the_databases_needs_neither_scripts_nor_network(page: str) -> None:
    read = Page(page)
    assert not {"script", "link", "img", "iframe", "object"} & {*read.tags}
    assert {link for link in read.links if not link.startswith("#")} == set()
    assert {link.removeprefix("#") for link in read.links} <= read.ids
    assert "@import" not in page
    assert "url(" not in page


def test_the_page_has_the_programmes_of_this_deployment(page: str) -> None:
    assert "BLT Kampar" in page
    assert "blt_kampar" not in (DOCS / "tables.md").read_text("utf-8")
