"""What browsers are told about the pages: not to be framed, not to be guessed at, not to be read by other sites."""

from collections.abc import Iterable

Header = tuple[bytes, bytes]

_EVERYWHERE = {
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # `no-referrer` would hide the origin of the page's own requests
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-embedder-policy": "require-corp",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_FORMER_NAME = b"feature-policy"  # of permissions-policy; browsers complain of both
# Beside Dagster's own policy (a nonce for scripts), and as narrow as its page allows: styles and scripts stand in it.
_CONTENT = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def secured(headers: Iterable[Header]) -> list[Header]:
    """The headers of an answer with ours in place of others of the same name; an own content policy holds as well."""
    ours = [(name.encode(), value.encode()) for name, value in _EVERYWHERE.items()]
    names = {name for name, _ in ours} | {_FORMER_NAME}
    kept = [(name, value) for name, value in headers if name.lower() not in names]
    return [*kept, *ours, (b"content-security-policy", _CONTENT.encode())]
