"""What a head of office sees: the month at a glance in Dagster, failed checks and runs, and the pages we write.

The stories of Dagster's pages share one `welfare ui`, which the last of them stops.
"""

import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.end_to_end.browsing import looked_at, started_browser
from tests.end_to_end.deployment import Deployment
from tests.end_to_end.pages import LAUNCH, Pages, refused, served, wait_until_gone
from welfare_pipeline.publish.letters import publish_letters
from welfare_pipeline.publish.reports import publish_index

WAIT = 60_000  # milliseconds; Dagster's pages take long to start on a busy machine
OCTOBER, NOVEMBER, KAMPAR = "2021-10", "2021-11", "1401"
NO_PROOF = "Temuan adalah pertentangan antardaftar yang harus diperiksa, bukan bukti."
FAILED_RUNS = "{ runsOrError(filter: {statuses: [FAILURE]}) { ... on Runs { results { id tags { key value } } } } }"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started_browser() as chromium:
        yield chromium


@pytest.fixture(scope="module")
def shown(publication: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """A copy of the two months of the sample."""
    return publication.copied(tmp_path_factory.mktemp("shown") / "data")


@pytest.fixture(scope="module")
def pages(shown: Deployment, browser: Browser) -> Iterator[Pages]:  # noqa: ARG001  without a browser nothing is served
    with served(shown.root.path, "--read-only", "--allow-host", "welfare.example.go.id") as running:
        yield running


def test_two_clicks_from_the_home_page_a_manager_sees_which_district_needs_what(browser: Browser, pages: Pages) -> None:
    with looked_at(browser, pages.address) as look:
        look.page.get_by_text("Catalog").first.click(timeout=WAIT)
        look.page.get_by_text("blt_dd", exact=True).first.hover(timeout=WAIT)
        overview = look.page.get_by_role("link", name="month_overview")
        for _ in range(40):
            if overview.count():
                break
            look.page.mouse.wheel(0, 300)
            look.page.wait_for_timeout(50)
        overview.first.click()
        for told in ("7501 Kabupaten Gorontalo", "Selesai direkonsiliasi / Reconciled", "Setiap kabupaten/kota"):
            look.page.get_by_text(told).first.wait_for(timeout=WAIT)
        look.page.get_by_text("[Show Markdown]").first.click()
        for told in ("Gorontalo (75)", "Rupiah per bulan yang dipertaruhkan", NO_PROOF):
            look.page.get_by_text(told).first.wait_for(timeout=WAIT)
        look.keep("month_overview")
        assert (look.errors, look.elsewhere) == ([], [])


def test_a_failed_check_says_in_both_languages_what_was_found_and_what_to_do(
    browser: Browser, shown: Deployment, pages: Pages
) -> None:
    [(table, check, found, found_id)] = shown.ask(
        """select "table", "check", explanation, explanation_id from check_results
        where period = '2021-11' and district_code = '7501' and not passed and failing_rows > 0
        and "check" <> 'list_arrived' order by all limit 1"""
    )
    address = f"{pages.address}/assets/{table}?view=checks&checkDetail={check}"
    with looked_at(browser, address) as look:
        for told in (found[:60], found_id[:60], "what_to_do", "who_does_it"):
            look.page.get_by_text(told).first.wait_for(timeout=WAIT)
        look.keep("failed_check")
        assert (look.errors, look.elsewhere) == ([], [])


def test_a_failed_run_says_why_in_a_sentence(browser: Browser, pages: Pages) -> None:
    runs = pages.ask(FAILED_RUNS)["runsOrError"]["results"]
    [run] = [run["id"] for run in runs if {"key": "dagster/partition/district", "value": "7501"} in run["tags"]]
    with looked_at(browser, f"{pages.address}/runs/{run}") as look:
        look.page.get_by_text("Land the registry list as a readable file").first.wait_for(timeout=WAIT)
        look.keep("failed_run")
        assert (look.errors, look.elsewhere) == ([], [])


def test_pages_to_look_at_start_nothing_and_stop_on_ctrl_c(pages: Pages) -> None:
    before = pages.runs()
    answer = pages.ask(LAUNCH, config={}, partition=f"{KAMPAR}|{NOVEMBER}")
    assert answer["launchRun"]["__typename"] == "UnauthorizedError"
    assert pages.runs() == before
    assert refused(f"{pages.address}/server_info", {"Host": "welfare.example.go.id"}) is None
    assert refused(f"{pages.address}/server_info", {"Host": "other.example.go.id"}) == 403
    assert not any("dagster-daemon" in command for command in pages.left())
    code, said = pages.stop(signal.SIGINT)
    assert code == 0, said
    assert "memory" not in said
    assert wait_until_gone(pages) == []


@pytest.fixture(scope="module")
def written(shown: Deployment) -> dict[str, tuple[Path, tuple[str, ...]]]:
    """The pages that we write, each with what must stand on it."""
    publish_index(shown.root)
    letters = publish_letters(shown.root, NOVEMBER, KAMPAR, village=None, written_on=date(2021, 12, 1))
    fullest = max(letters, key=lambda page: page.stat().st_size)
    reports = shown.root.published / "reports" / NOVEMBER
    return {
        "report": (reports / f"{KAMPAR}.html", ("Kabupaten Kampar", NO_PROOF, "Dibuat", "Desa dan kelurahan")),
        "province": (reports / "14.html", ("Provinsi Riau", "Kabupaten Bengkalis", NO_PROOF, "Yang belum mengirim")),
        "letters": (
            fullest,
            ("Kepada Yth.", "Data bulan November 2021", "usul sanggah", "15 Desember 2021", "bukan bukti"),
        ),
        "index": (shown.root.published / "index.html", ("November 2021", "Provinsi Riau", "daftar kerja desa")),
    }


@pytest.mark.parametrize("name", ["report", "province", "index", "letters"])
def test_a_page_of_ours_works_without_scripts_and_network_and_everybody_can_read_it(
    browser: Browser, written: dict[str, tuple[Path, tuple[str, ...]]], name: str
) -> None:
    path, words = written[name]
    with looked_at(browser, path.as_uri(), scripts=False) as look:
        text = look.page.inner_text("body")
        assert [word for word in words if word not in text] == []
        assert look.page.locator("script").count() == 0
        look.keep(name)
        assert (look.errors, look.elsewhere) == ([], [])
    with looked_at(browser, path.as_uri()) as look:
        assert look.grave_findings() == []
        assert (look.errors, look.elsewhere) == ([], [])


def test_the_index_leads_to_every_page_and_worklist_but_to_no_letter(
    browser: Browser, written: dict[str, tuple[Path, tuple[str, ...]]]
) -> None:
    path, _ = written["index"]
    with looked_at(browser, path.as_uri(), scripts=False) as look:
        links = [link.get_attribute("href") or "" for link in look.page.locator("a").all()]
    assert f"reports/{NOVEMBER}/{KAMPAR}.html" in links
    assert any(link.startswith(f"worklists/{NOVEMBER}/{KAMPAR}/") for link in links)
    assert [link for link in links if not (path.parent / link).exists()] == []
    assert [link for link in links if link.startswith(("letters/", "audits/"))] == []
