"""Under which addresses the pages answer, and whose pages may ask them.

A page of another site can make the browser of somebody who works here send requests to this machine, under the name
`localhost` or under a name of its own that it points to this machine (DNS rebinding). The headers `Host`, `Origin` and
`Sec-Fetch-Site` are the browser's; no page can change them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
EVERY_ADDRESS = frozenset({"0.0.0.0", "[::]"})  # noqa: S104  listened on, never asked for
_AUTHORITY = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9_-]+(\.[a-z0-9_-]+)*)(:(?P<port>[0-9]{1,5}))?")
_ORIGIN = re.compile(r"https?://(?P<authority>.+)")


@dataclass(frozen=True)
class Addresses:
    """The names the pages answer to; `further` names, those of a proxy, with the port people see unless it is usual."""

    names: frozenset[str]
    further: frozenset[str]

    @classmethod
    def of(cls, listening: str, further: Iterable[str]) -> "Addresses":
        """Those of this machine, the address listened on, and the further ones."""
        own = as_name(listening)
        proxies = frozenset(name.lower() for name in further)
        names = {_name(address) or address for address in proxies}
        return cls(LOOPBACK | ({own} - EVERY_ADDRESS) | names, proxies)

    def answer_to(self, host: str) -> bool:
        """Whether a `Host` header names them; the port may be another one, as that of a tunnel."""
        return _name(host) in self.names

    def are_asked_by_own_page(self, origin: str, host: str) -> bool:
        """Whether an `Origin` header is of a page that was served under this `Host`, or by the proxy."""
        page = _ORIGIN.fullmatch(origin.lower())
        return page is not None and page["authority"] in {host.lower(), *self.further}


def is_address(text: str) -> bool:
    """Whether the text is a host name or address, with or without a port."""
    return _name(text) is not None


def as_name(listening: str) -> str:
    """An address to listen on as it stands in a web address: IPv6 in brackets."""
    return f"[{listening}]".lower() if ":" in listening else listening.lower()


def _name(host: str) -> str | None:
    parts = _AUTHORITY.fullmatch(host.lower())
    return parts and parts["name"]
