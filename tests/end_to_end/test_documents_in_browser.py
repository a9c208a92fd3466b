"""What analysts open in a browser, without network and without scripts: the dictionary, a table in it, the notebook."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.end_to_end.browsing import started_browser
from tests.end_to_end.deployment import Deployment


@pytest.fixture(scope="module")
def browser() -> Iterator[BrowserContext]:
    """Chromium without network, in which no script runs."""
    with (
        started_browser() as chromium,
        chromium.new_context(
            java_script_enabled=False, offline=True, viewport={"width": 390, "height": 800}
        ) as context,
    ):
        yield context


@pytest.fixture
def opened(browser: BrowserContext) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it asks for beside itself."""
    page, asked = browser.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    yield page, asked
    page.close()


def test_the_dictionary_opens_and_leads_to_a_table_with_its_codes(
    publication: Deployment, opened: tuple[Page, list[str]]
) -> None:
    page, asked = opened
    address = (publication.root.published / "dictionary.html").as_uri()
    page.goto(address)
    assert page.title() == "Data dictionary of welfare.duckdb"
    page.get_by_role("link", name="off_target_recipients", exact=True).click()
    section = page.locator("section", has=page.locator("h2#off_target_recipients"))
    assert section.locator("h2").is_visible()
    assert page.url.endswith("#off_target_recipients")
    assert "nobody loses assistance" in section.inner_text()
    codes = section.locator("details", has_text="Codes of primary_reason").first
    assert not codes.locator("td", has_text="The person has died").is_visible()
    codes.locator("summary").click()  # opens without a script
    assert codes.locator("td", has_text="The person has died").is_visible()
    assert {of.split("#")[0] for of in asked} == {address}


def test_the_notebooks_export_shows_its_charts(answers: Path, opened: tuple[Page, list[str]]) -> None:
    page, asked = opened
    page.goto(answers.as_uri())
    boxes = [chart.bounding_box() for chart in page.locator("svg").all()]
    assert len([box for box in boxes if box and box["width"] > 200]) == 5
    assert len(asked) == 1
