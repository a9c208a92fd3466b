"""Chromium for tests: opens a page and collects console errors, requests to other hosts, accessibility findings."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright

SCREENSHOTS = Path(__file__).parents[2] / ".screenshots"  # kept after the tests, and by no repository
HERE = ("file://", "data:", "blob:", "http://localhost", "http://127.0.0.1", "ws://localhost", "ws://127.0.0.1")
GRAVE = {"serious", "critical"}
PATIENCE = 120_000  # milliseconds, beside other tests


@contextmanager
def started_browser(*options: str) -> Iterator[Browser]:
    """Debian's Chromium, without which a test is only skipped where nobody relies on it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        reason = "there is no Chromium: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with (
        sync_playwright() as playwright,
        playwright.chromium.launch(
            executable_path=found, args=["--no-sandbox", *options], timeout=PATIENCE
        ) as chromium,
    ):
        yield chromium


@dataclass
class Look:
    """A page that is looked at, and what it did: errors on its console, and requests that leave this machine."""

    page: Page
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to what the page does."""
        self.page.on("console", lambda told: self.errors.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith(HERE):
            self.elsewhere.append(request.url)

    def keep(self, name: str) -> None:
        """Keep a picture of it."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def grave_findings(self) -> list[str]:
        """What axe finds that keeps people from reading it."""
        found = Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {one['help']} {one['nodes'][0]['target']}" for one in found if one["impact"] in GRAVE]


@contextmanager
def looked_at(browser: Browser, address: str, *, scripts: bool = True) -> Iterator[Look]:
    """The page at an address, in a window of its own."""
    with browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900}) as context:
        look = Look(context.new_page())
        look.page.goto(address)
        yield look
