"""A bucket under one prefix: objects listed, read, put whole (also: only if still as read), copied, removed.

The only module that knows the client (`obstore`, of the extra `store`). What goes wrong is said in a sentence of ours:
the client's own words quote addresses and answers of the server.
"""

import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from welfare_pipeline.lake.folders import PRIVATE_FILE, make_private
from welfare_pipeline.lake.store.settings import AUTHORITIES, Settings
from welfare_pipeline.lake.store_error import StoreError

AT_ONCE = 16  # requests
NO_BUCKET = "NoSuchBucket"
WHOLE = 2**26  # bytes: larger files are put in parts, unless conditionally
LACKING = "an object store needs one more package: pip install --require-hashes -r requirements-store.lock"
_Of = TypeVar("_Of")
_Made = TypeVar("_Made")


class ConflictError(Exception):
    """An object is no longer as it was read."""


@dataclass(frozen=True)
class Seen:
    """An object as it is in the bucket now."""

    etag: str
    size: int
    at: datetime


@dataclass(frozen=True)
class Bucket:
    """The objects under the prefix; keys are without it."""

    settings: Settings

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401  of an extra
        try:
            from obstore.store import S3Store  # noqa: PLC0415
        except ImportError:
            raise StoreError(LACKING) from None
        of = self.settings
        options: dict[str, Any] = {"allow_http": of.allows_http, "connect_timeout": "5s", "timeout": "10min"}
        if os.environ.get(AUTHORITIES):
            options["root_certificate"] = Path(os.environ[AUTHORITIES]).read_bytes()
        return S3Store(
            of.bucket,
            prefix=of.prefix or None,
            config={"region": of.region} | ({"endpoint": of.endpoint} if of.endpoint else {}),
            client_options=options | {"read_timeout": "60s"},
            retry_config={"max_retries": 4, "retry_timeout": timedelta(seconds=60)},
        )

    def listed(self, prefix: str) -> dict[str, Seen]:
        """Every object whose key goes on from the prefix and a slash."""
        import obstore  # noqa: PLC0415

        with self._told():
            pages: Iterator[Sequence[dict[str, Any]]] = obstore.list(self._client, prefix, chunk_size=1000)
            return {meta["path"]: _seen(meta) for page in pages for meta in page}

    def seen(self, key: str) -> Seen | None:
        """An object as it is now; `None`, if it is not there."""
        import obstore  # noqa: PLC0415

        with self._told():
            try:
                return _seen(obstore.head(self._client, key))
            except FileNotFoundError as error:
                self._nothing(error)
                return None

    def read(self, key: str) -> tuple[bytes, str] | None:
        """A small object and its etag; `None`, if it is not there."""
        import obstore  # noqa: PLC0415

        with self._told():
            try:
                found = obstore.get(self._client, key)
                return bytes(found.bytes()), str(found.meta["e_tag"])
            except FileNotFoundError as error:
                self._nothing(error)
                return None

    def fetch(self, key: str, file: Path) -> bool:
        """Put the object there as a file, whole or not at all; whether it is in the bucket."""
        import obstore  # noqa: PLC0415

        make_private(file.parent)
        draft = file.with_name(f".{uuid.uuid4().hex}.draft")
        try:
            with self._told():
                found = obstore.get(self._client, key)
                with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as written:
                    for chunk in found.stream():
                        written.write(chunk)
            draft.replace(file)
        except FileNotFoundError as error:
            self._nothing(error)
            return False
        finally:
            draft.unlink(missing_ok=True)
        return True

    def put(self, key: str, content: bytes | Path, *, only_over: str | None = None, only_new: bool = False) -> str:
        """Put an object there whole: `only_over` the one of that etag, `only_new` if there is none. Its etag.

        Raises:
            ConflictError: somebody else has put another one there.

        """
        import obstore  # noqa: PLC0415
        from obstore.exceptions import AlreadyExistsError, PreconditionError  # noqa: PLC0415

        mode: Any = "create" if only_new else {"e_tag": only_over} if only_over else None
        size = content.stat().st_size if isinstance(content, Path) else len(content)
        with self._told():
            try:
                put = obstore.put(self._client, key, content, mode=mode, use_multipart=mode is None and size > WHOLE)
                return str(put["e_tag"])
            except (AlreadyExistsError, PreconditionError):
                return self._mine_after_all(key, content)
            except FileNotFoundError as error:
                self._nothing(error)
                raise ConflictError from None

    def _mine_after_all(self, key: str, content: bytes | Path) -> str:
        """The etag, if it was put and only the answer was lost, so that the second try met the first."""
        found = self.read(key) if isinstance(content, bytes) else None
        if found is None or found[0] != content:
            raise ConflictError
        return found[1]

    def copy(self, key: str, to: str) -> bool:
        """Copy an object within the bucket; whether it is there."""
        import obstore  # noqa: PLC0415

        with self._told():
            try:
                obstore.copy(self._client, key, to)
            except FileNotFoundError as error:
                self._nothing(error)
                return False
            return True

    def remove(self, keys: Iterable[str]) -> None:
        """Remove objects; those that are gone already are none the less."""
        import obstore  # noqa: PLC0415

        named = sorted(keys)
        if named:
            with self._told():
                obstore.delete(self._client, named)

    def each(self, do: Callable[[_Of], _Made], of: Iterable[_Of]) -> list[_Made]:
        """What is done to each, several at the same time, in their order."""
        todo = list(of)
        if len(todo) < 2:  # noqa: PLR2004
            return [do(one) for one in todo]
        with ThreadPoolExecutor(min(AT_ONCE, len(todo))) as threads:
            return list(threads.map(do, todo))

    def _nothing(self, error: FileNotFoundError) -> None:
        if NO_BUCKET in str(error):
            raise self._sentence(NO_BUCKET) from None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Inside, errors of the client are ours."""
        try:
            from obstore.exceptions import BaseError  # noqa: PLC0415
        except ImportError:
            raise StoreError(LACKING) from None
        try:
            yield
        except BaseError as error:
            raise self._sentence(str(error)) from None

    def _sentence(self, words: str) -> StoreError:
        problem = next((said for signs, said in _PROBLEMS if any(sign in words for sign in signs)), _SILENT)
        server = f" at {self.settings.endpoint}" if self.settings.endpoint else ""
        return StoreError(f"the store {self.settings.address}{server} {problem}")


_SILENT = (
    "does not answer: see that the network is up and AWS_ENDPOINT_URL is the store's server, then do it again. "
    "What was finished stands."
)
_PROBLEMS = (
    (
        ("empty path segment", "illegal character", "Error parsing Path", "InvalidPath"),
        "has an object whose name has an empty part (//) or one of dots (..): rename it, then do it again.",
    ),
    ((NO_BUCKET,), "has no such bucket: make it, or correct WELFARE_STORE."),
    (
        ("169.254.169.254", "169.254.170.2"),
        "needs keys, and there are none: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
    ),
    (
        (
            "403 Forbidden",
            "401 Unauthorized",
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "AccessDenied",
            "ExpiredToken",
        ),
        "refuses these keys: see AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, what they may do there, and the clock.",
    ),
    (
        ("301 Moved", "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraint"),
        "is in another region: set AWS_REGION.",
    ),
    (
        ("certificate", "UnknownIssuer"),
        "shows a certificate that is not trusted: set AWS_CA_BUNDLE.",
    ),
    (
        ("501 Not Implemented", "NotImplemented"),
        "has no conditional writes (If-Match, If-None-Match), which the pointers need.",
    ),
)


def _seen(meta: dict[str, Any]) -> Seen:
    return Seen(str(meta["e_tag"]), int(meta["size"]), meta["last_modified"])
