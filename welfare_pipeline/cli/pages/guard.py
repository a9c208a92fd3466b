"""What stands in front of Dagster's web server, which answers every page that a browser here has open.

An ASGI middleware that knows nothing of Dagster but the path of GraphQL. Who sits at the browser is not its matter: a
proxy asks that (docs/production.md). Requests without `Origin` and `Sec-Fetch-Site` are no page's: programs send them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import Message as MediaType
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from welfare_pipeline.cli.pages.addresses import Addresses
from welfare_pipeline.cli.pages.headers import secured
from welfare_pipeline.cli.pages.questions import only_asks

POLICY_VIOLATION = 1008  # RFC 6455; before the handshake is answered it becomes a 403
OWN_PAGES = frozenset({"same-origin", "none"})  # none: typed, or a bookmark
NO_PAGES = ("/graphql", "/logs", "/download_debug", "/notebook", "/dagit", "/report_", "/server_info")
READING = frozenset({"GET", "HEAD"})
GRAPHQL = "/graphql"


@dataclass(frozen=True)
class Refusal:
    """Why a request is not passed on, for the person who sees it."""

    status: int
    sentence: str


OTHER_NAME = Refusal(
    403,
    "These pages do not answer under this name. If it is the name of a proxy in front of them, start them with "
    "`welfare ui --allow-host NAME`.",
)
OTHER_SITE = Refusal(
    403,
    "This request comes from a page of another site and was not carried out. If the page is served by a proxy under "
    "another name, start the pages with `welfare ui --allow-host NAME`.",
)
OTHER_METHOD = Refusal(405, "Only GET, HEAD and POST are answered.")
NOT_JSON = Refusal(415, "What is posted has to be JSON (Content-Type: application/json).")
CHANGES = Refusal(405, "By GET only GraphQL queries are answered; a mutation has to be posted as JSON.")


class Guard:
    """Passes on what comes from the pages themselves; nothing is changed but by a POST of JSON."""

    def __init__(self, app: ASGIApp, addresses: Addresses) -> None:
        """Stand in front of `app`, which answers under these addresses."""
        self._app = app
        self._addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request or a WebSocket's handshake, or pass it on."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, receive, _with_secured_headers(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
        else:
            await _refuse(refusal, _with_secured_headers(send))

    def _refusal(self, scope: Scope) -> Refusal | None:
        hosts = _values(scope, "host")
        if len(hosts) != 1 or not self._addresses.answer_to(hosts[0]):
            return OTHER_NAME
        origins = _values(scope, "origin")
        if not all(self._addresses.are_asked_by_own_page(origin, hosts[0]) for origin in origins):
            return OTHER_SITE
        if not OWN_PAGES.issuperset(_values(scope, "sec-fetch-site")) and not _opens_a_page(scope):
            return OTHER_SITE
        return _unfit(scope) if scope["type"] == "http" else None


def _opens_a_page(scope: Scope) -> bool:
    """Whether somebody followed a link here from elsewhere, which shows a page to him and nothing to the other site."""
    return (
        scope["type"] == "http"
        and scope["method"] in READING
        and not scope["path"].startswith(NO_PAGES)
        and _values(scope, "sec-fetch-mode") == ["navigate"]
        and _values(scope, "sec-fetch-dest") == ["document"]
    )


def _unfit(scope: Scope) -> Refusal | None:
    if scope["method"] == "POST":
        return None if _is_json(_values(scope, "content-type")) else NOT_JSON
    if scope["method"] not in READING:
        return OTHER_METHOD
    if scope["path"].rstrip("/").endswith(GRAPHQL):
        asked = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True, encoding="utf-8")
        return None if all(only_asks(text) for text in asked.get("query", [])) else CHANGES
    return None


def _is_json(content_types: Sequence[str]) -> bool:
    """Whether the one media type is JSON. A browser lets no page send it to another site without asking there first."""
    if len(content_types) != 1:
        return False
    media_type = MediaType()
    media_type["content-type"] = content_types[0]
    return media_type.get_content_type() == "application/json"


def _values(scope: Scope, name: str) -> list[str]:
    return [value.decode("latin-1") for header, value in scope["headers"] if header == name.encode()]


def _with_secured_headers(send: Send) -> Send:
    async def send_secured(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": secured(message.get("headers", []))}
        await send(message)

    return send_secured


async def _refuse(refusal: Refusal, send: Send) -> None:
    body = f"{refusal.sentence}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
