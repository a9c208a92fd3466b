"""Which store, and how it is reached: all of it from the environment, nothing of it written anywhere."""

import hashlib
import ipaddress
import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from welfare_pipeline.lake.store_error import StoreError

VARIABLE = "WELFARE_STORE"
SECRET = "WELFARE_SECRET"  # noqa: S105  the name of a variable
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT")
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
HTTP = "AWS_ALLOW_HTTP"
AUTHORITIES = "AWS_CA_BUNDLE"
GRACE = "WELFARE_STORE_GRACE"
FOLDER = "store"  # of the data root: copies of what is used of a store
_ADDRESS = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(/[\w.=+-]+)*)/?")


class StoreSettingsError(StoreError):
    """What was set for a store cannot be used."""

    leaves_with = 2


@dataclass(frozen=True)
class Settings:
    """Where the store is. Keys of AWS are read by its client, and stand in no field."""

    bucket: str
    prefix: str
    endpoint: str | None
    region: str
    allows_http: bool

    @property
    def address(self) -> str:
        """As people write it."""
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

    @property
    def name(self) -> str:
        """The folder of what is copied from it: another one for every store."""
        digest = hashlib.sha256(f"{self.address} {self.endpoint or ''}".encode()).hexdigest()
        return f"{self.bucket}-{digest[:8]}"


def settings() -> Settings | None:
    """The store that `WELFARE_STORE` names; `None`: everything lies in the data root.

    Raises:
        StoreSettingsError: it cannot be used.

    """
    return _settings(_set(VARIABLE), _first(ENDPOINTS), _first(REGIONS), _set(HTTP)) if _set(VARIABLE) else None


@lru_cache(maxsize=8)
def _settings(address: str, endpoint: str, region: str, http: str) -> Settings:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        message = f"{VARIABLE} is no address of a store: write it s3://bucket/prefix, keys and server apart (AWS_...)."
        raise StoreSettingsError(message)
    allows_http = http.lower() in {"1", "true", "yes"} or _is_here(endpoint)
    if endpoint and urlsplit(endpoint).scheme != "https" and not allows_http:
        message = (
            f"the store's server ({_first_set(ENDPOINTS)}) is not reached by https://, so that everybody on the way "
            f"could read what lands: write https://, or set {HTTP}=true if the network is closed."
        )
        raise StoreSettingsError(message)
    return Settings(found["bucket"], found["prefix"].strip("/"), endpoint or None, region or "us-east-1", allows_http)


def require_secret() -> None:
    """See that the secret comes from the environment: with a store, no file is asked for it.

    Raises:
        StoreSettingsError: it does not.

    """
    if settings() is not None and not _set(SECRET):
        message = (
            f"with {VARIABLE} the secret behind the keys comes from the environment and is not kept in the store: "
            f"set {SECRET} (16 characters or more), the same on every machine."
        )
        raise StoreSettingsError(message)


def place_of(data: Path) -> Path:
    """The folder that landing, policy and lake are read in: the data root, or its copy of the store."""
    found = settings()
    return data if found is None else data / FOLDER / found.name


def grace() -> float:
    """Seconds that what nobody points to stays in the store: somebody may just be uploading or fetching it."""
    return float(_set(GRACE) or 24 * 3600)


def _is_here(endpoint: str) -> bool:
    """Whether the server is on this machine."""
    host = urlsplit(endpoint).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _set(name: str) -> str:
    return os.environ.get(name, "").strip()


def _first(names: tuple[str, ...]) -> str:
    return next(filter(None, map(_set, names)), "")


def _first_set(names: tuple[str, ...]) -> str:
    return next(filter(_set, names), names[0])
