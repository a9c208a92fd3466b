"""Who gets through to the web server, and how; the server behind is one that answers everything."""

import asyncio
from collections.abc import Sequence
from urllib.parse import quote

import pytest
from starlette.types import Message, Receive, Scope, Send

from welfare_pipeline.cli.pages.addresses import Addresses
from welfare_pipeline.cli.pages.guard import Guard

HERE = "localhost:3000"
ON_THIS_MACHINE = Addresses.of("127.0.0.1", [])
MUTATION = "mutation { launchRun { runId } }"
JSON = ("Content-Type", "application/json")
Headers = Sequence[tuple[str, str]]


async def anything(scope: Scope, _receive: Receive, send: Send) -> None:
    """A server that does whatever it is asked."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"Feature-Policy", b"camera 'none'")]})
    await send({"type": "http.response.body", "body": b"done"})


def answered(
    method: str, target: str, headers: Headers = (), *, host: str | None = HERE, pages: Addresses = ON_THIS_MACHINE
) -> list[Message]:
    """What a request (or, with method WS, a handshake) is answered."""
    path, _, query = target.partition("?")
    given = [*headers, *([("Host", host)] if host is not None else [])]
    scope = {
        "type": "websocket" if method == "WS" else "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in given],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Guard(anything, pages)(scope, receive, send))
    return sent


def status(method: str, target: str, headers: Headers = (), **who: object) -> int:
    """The status an HTTP request is answered with."""
    return int(answered(method, target, headers, **who)[0]["status"])  # type: ignore[arg-type]


@pytest.mark.parametrize("host", ["localhost:3000", "LOCALHOST", "127.0.0.1:8080", "[::1]:3000"])
def test_the_pages_answer_on_this_machine_under_any_port(host: str) -> None:
    assert status("GET", "/runs", host=host) == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "localhost.evil.example:3000", "0.0.0.0:3000", "localhost.", "10.0.0.5", "a@localhost", "", None],
)
def test_they_do_not_under_a_name_that_somebody_else_points_here(host: str | None) -> None:
    assert status("GET", "/runs", host=host) == 403
    assert answered("WS", "/graphql", host=host)[0]["type"] == "websocket.close"


def test_two_hosts_are_none() -> None:
    assert status("GET", "/runs", [("Host", "evil.example")]) == 403


def test_a_proxy_is_answered_under_its_name_and_its_page_under_either() -> None:
    pages = Addresses.of("127.0.0.1", ["Welfare.example.go.id"])
    page = [("Origin", "https://welfare.example.go.id"), ("Sec-Fetch-Site", "same-origin"), JSON]
    assert status("POST", "/graphql", page, host="welfare.example.go.id", pages=pages) == 200
    assert status("POST", "/graphql", page, host="127.0.0.1:3000", pages=pages) == 200
    assert status("POST", "/graphql", page, host="127.0.0.1:3000") == 403
    assert status("POST", "/graphql", [("Origin", "https://other.go.id"), JSON], host="127.0.0.1", pages=pages) == 403


def test_an_address_listened_on_is_answered_and_every_address_is_no_name() -> None:
    assert status("GET", "/", host="10.0.0.5:3000", pages=Addresses.of("10.0.0.5", [])) == 200
    assert status("GET", "/", host="[fe80::1]:3000", pages=Addresses.of("FE80::1", [])) == 200
    assert status("GET", "/", host="0.0.0.0:3000", pages=Addresses.of("0.0.0.0", [])) == 403  # noqa: S104


OWN = [[], [("Origin", "http://localhost:3000"), ("Sec-Fetch-Site", "same-origin")], [("Sec-Fetch-Site", "none")]]
FOREIGN = [
    [("Origin", "http://evil.example")],
    [("Origin", "http://localhost:3001")],  # another program on this machine
    [("Origin", "http://localhost:3000.evil.example")],
    [("Origin", "null")],
    [("Origin", "")],
    [("Sec-Fetch-Site", "cross-site")],
    [("Sec-Fetch-Site", "same-site")],
    [("Origin", "http://localhost:3000"), ("Sec-Fetch-Site", "cross-site")],
    [("Origin", "http://localhost:3000"), ("Origin", "http://evil.example")],
]


@pytest.mark.parametrize("headers", OWN)
def test_its_own_page_and_programs_without_a_page_may_ask_and_change(headers: Headers) -> None:
    assert status("POST", "/graphql", [*headers, JSON]) == 200
    assert status("GET", "/graphql?query={version}", headers) == 200
    assert answered("WS", "/graphql", headers) == [{"type": "websocket.accept"}]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("target", ["/graphql", "/report_asset_materialization/registry", "/logs/a", "/main.js"])
def test_a_page_of_another_site_may_nothing(headers: Headers, target: str) -> None:
    assert status("POST", target, [*headers, JSON]) == 403
    assert status("GET", target, headers) == 403
    assert answered("WS", target, headers) == [{"type": "websocket.close", "code": 1008}]


LINK = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Dest", "document")]


@pytest.mark.parametrize(("target", "expected"), [("/runs", 200), ("/graphql?query={version}", 403), ("/logs/x", 403)])
def test_a_link_in_a_mail_opens_a_page_and_nothing_else(target: str, expected: int) -> None:
    assert status("GET", target, LINK) == expected
    assert status("GET", target, [*LINK[:2], ("Sec-Fetch-Dest", "iframe")]) == 403
    assert status("POST", target, [*LINK, JSON]) == 403
    assert answered("WS", target, LINK)[0]["type"] == "websocket.close"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "text/plain; x=application/json",
        "application/json, text/plain",
        "application/json-seq",
    ],
)
@pytest.mark.parametrize("target", ["/graphql", f"/graphql?query={quote(MUTATION)}", "/report_asset_check/registry"])
def test_what_is_posted_is_json(content_type: str, target: str) -> None:
    assert status("POST", target, [("Content-Type", content_type)]) == 415
    assert status("POST", target, [JSON, ("Content-Type", content_type)]) == 415
    assert status("POST", target) == 415
    assert status("POST", "/graphql", [("Content-Type", "Application/JSON; charset=utf-8")]) == 200


@pytest.mark.parametrize(
    "queries",
    [
        [MUTATION],
        [f"query a {{ version }} {MUTATION}"],  # operationName says which
        [f"# {{ version }}\n{MUTATION}"],
        ["subscription { runs }"],
        ["{ version }", MUTATION],
        ["[{ version }]"],
        ["{" * 5000],
        ["{ a " * 5000],
    ],
)
def test_what_is_asked_by_get_changes_nothing(queries: list[str]) -> None:
    target = "/graphql?operationName=a&" + "&".join(f"query={quote(query)}" for query in queries)
    assert status("GET", target) == 405
    assert status("HEAD", target) == 405
    assert status("GET", target.replace("/graphql?", "/graphql/?")) == 405


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_other_methods_are_not_answered(method: str) -> None:
    assert status(method, "/graphql", [JSON]) == 405


@pytest.mark.parametrize("headers", [[], [("Origin", "http://evil.example")]])
def test_browsers_are_told_not_to_frame_guess_or_share(headers: Headers) -> None:
    told = dict(answered("GET", "/", headers)[0]["headers"])
    assert told[b"x-frame-options"] == b"DENY"
    assert told[b"x-content-type-options"] == b"nosniff"
    assert told[b"referrer-policy"] == b"same-origin"
    assert told[b"cross-origin-opener-policy"] == told[b"cross-origin-resource-policy"] == b"same-origin"
    assert b"frame-ancestors 'none'" in told[b"content-security-policy"]
    assert b"access-control-allow-origin" not in told
    assert b"Feature-Policy" not in told
