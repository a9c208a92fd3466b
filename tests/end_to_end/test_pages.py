"""`welfare ui` in a real browser that also has a hostile page open; and how it is stopped."""

import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from tests.end_to_end.browsing import started_browser
from tests.end_to_end.pages import LAUNCH, Pages, refused, served, wait_until_gone

PARTITION = "1401|2021-11"
LAUNCH_NOW = LAUNCH.replace("$config: RunConfigData, ", "").replace("runConfigData: $config", "")
LAUNCH_NOW = LAUNCH_NOW.replace("($partition: String!)", "").replace("$partition", f'"{PARTITION}"')
ATTACKS = """
async ({pages, mutation}) => {
  const graphql = `${pages}/graphql`, asked = `${graphql}?query=${encodeURIComponent(mutation)}`
  const json = JSON.stringify({query: mutation}), type = name => ({'Content-Type': name})
  const quietly = promise => promise.then(answer => answer.status, error => String(error))
  const form = (action, enctype) => new Promise(done => {
    const frame = document.body.appendChild(Object.assign(document.createElement('iframe'), {name: `f${enctype}`}))
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, {method: 'post', action, enctype, target: frame.name})
    form.appendChild(Object.assign(document.createElement('input'), {name: '{"query": "', value: mutation}))
    frame.onload = () => done('loaded'); form.submit(); setTimeout(() => done('no answer'), 3000)
  })
  await quietly(fetch(asked))
  await quietly(fetch(asked, {mode: 'no-cors', credentials: 'include'}))
  await quietly(fetch(graphql, {method: 'POST', body: json}))
  for (const name of ['text/plain', 'text/plain; x=application/json'])
    await quietly(fetch(graphql, {method: 'POST', mode: 'no-cors', body: json, headers: type(name)}))
  await quietly(fetch(graphql, {method: 'POST', body: json, headers: type('application/json')}))
  await quietly(fetch(asked, {method: 'POST', mode: 'no-cors', body: new URLSearchParams({query: mutation})}))
  await quietly(fetch(asked, {method: 'POST', mode: 'no-cors', body: new FormData()}))
  await quietly(fetch(`${pages}/report_asset_materialization/registry`, {method: 'POST', mode: 'no-cors'}))
  navigator.sendBeacon(asked, json)
  new Image().src = asked
  for (const enctype of ['text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded'])
    await form(asked, enctype)
  return new Promise(done => {
    const socket = new WebSocket(graphql.replace('http', 'ws'), 'graphql-ws')
    socket.onopen = () => done('open'); socket.onclose = () => done('closed')
  })
}
"""
OWN_SOCKET = """
() => new Promise(done => {
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/graphql', 'graphql-ws')
  socket.onopen = () => socket.send(JSON.stringify({type: 'connection_init'}))
  socket.onmessage = message => done(JSON.parse(message.data).type)
  socket.onclose = () => done('closed')
})
"""
OWN_POST = """
body => fetch('/graphql', {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)})
  .then(answer => answer.json())
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, to which `*.example` is this machine."""
    with started_browser("--host-resolver-rules=MAP *.example 127.0.0.1") as chromium:
        yield chromium


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """The pages of a data root where nothing has landed."""
    with served(tmp_path_factory.mktemp("pages") / "data") as running:
        yield running


class HostilePage(BaseHTTPRequestHandler):
    """A page somebody else wrote; notes what it is asked itself."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append("WS" if "Upgrade" in self.headers else "GET")
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Prizes</title><body>You have won")

    def do_POST(self) -> None:
        self.asked.append("POST")
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name in the base class
        """Say nothing."""


@pytest.fixture(scope="module")
def hostile_port() -> Iterator[int]:
    """The port of a program on this machine that serves a hostile page under any name."""
    with ThreadingHTTPServer(("127.0.0.1", 0), HostilePage) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page of the browser, in a window of its own."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        yield page


@pytest.mark.parametrize("name", ["prizes.example", "localhost"])
def test_a_hostile_page_starts_nothing(browser: Browser, pages: Pages, hostile_port: int, name: str) -> None:
    with opened(browser, f"http://{name}:{hostile_port}/") as page:
        answers: set[int] = set()
        page.on("response", lambda response: answers.add(response.status))
        socket = page.evaluate(ATTACKS, {"pages": pages.address, "mutation": LAUNCH_NOW})

    assert socket == "closed"
    assert answers == {403}
    assert pages.runs() == 0


def test_the_browser_does_send_what_a_hostile_page_says(browser: Browser, hostile_port: int) -> None:
    with opened(browser, f"http://prizes.example:{hostile_port}/") as page:
        HostilePage.asked.clear()
        page.evaluate(ATTACKS, {"pages": f"http://localhost:{hostile_port}", "mutation": LAUNCH_NOW})

    assert Counter(HostilePage.asked) >= Counter(GET=3, POST=9, WS=1)


def test_a_link_that_starts_a_run_starts_nothing_and_one_that_shows_a_page_works(
    browser: Browser, pages: Pages, hostile_port: int
) -> None:
    with opened(browser, f"http://prizes.example:{hostile_port}/") as page:
        with page.expect_navigation() as going:
            page.evaluate("to => { location.href = to }", f"{pages.address}/graphql?query={quote(LAUNCH_NOW)}")
        assert going.value.status == 403
        page.goto(f"http://prizes.example:{hostile_port}/")
        with page.expect_navigation() as going:
            page.evaluate("to => { location.href = to }", f"{pages.address}/runs")
        assert going.value.status == 200
    assert pages.runs() == 0


def test_a_name_that_is_pointed_to_this_machine_is_not_answered(browser: Browser, pages: Pages) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        for path in ("/", "/graphql"):
            answer = page.goto(f"http://prizes.example:{pages.port}{path}")
            assert answer is not None
            assert answer.status == 403
        assert "--allow-host" in page.inner_text("body")
        assert page.evaluate(OWN_SOCKET) == "closed"
    assert refused(f"{pages.address}/server_info", {"Host": "prizes.example"}) == 403


def test_its_own_page_shows_asks_and_starts_but_not_elsewhere(browser: Browser, pages: Pages, tmp_path: Path) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        with page.expect_websocket() as socket:
            page.goto(f"{pages.address}/jobs")
        page.get_by_text("reconcile_district").first.wait_for(timeout=60_000)
        assert socket.value.url == f"ws://localhost:{pages.port}/graphql"
        assert complaints == []
        assert page.evaluate(OWN_SOCKET) == "connection_ack"

        elsewhere = {"resources": {"data": {"config": {"path": str(tmp_path)}}}}
        for config, expected, runs in [(elsewhere, "RunConfigValidationInvalid", 0), ({}, "LaunchRunSuccess", 1)]:
            variables = {"config": config, "partition": PARTITION}
            answer = page.evaluate(OWN_POST, {"query": LAUNCH, "variables": variables})
            assert answer["data"]["launchRun"]["__typename"] == expected, answer
            assert pages.runs() == runs


def test_stopped_in_the_middle_of_a_run_it_leaves_nothing_and_blames_no_memory(pages: Pages) -> None:
    assert pages.left() != []
    code, said = pages.stop(signal.SIGTERM)
    assert code == 0, said
    assert "memory" not in said
    assert "welfare: stopped." in said
    assert wait_until_gone(pages) == []
