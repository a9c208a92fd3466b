"""The secret behind the keys: what one has to be like, and that it stays the one the lake's keys were made with.

With a secret that can be guessed, keys are names; with another one, everybody is somebody new. So a fingerprint of the
secret lies in the lake, slow to compute and salted: it tells one secret from another and gives none away.
"""

import hashlib
import hmac
import json
import os
import secrets
import stat
import time
from functools import cache
from pathlib import Path

from welfare_pipeline.lake.folders import make_private, write_whole
from welfare_pipeline.lake.store_error import StoreError

VARIABLE = "WELFARE_SECRET"
FINGERPRINT = "secret.fingerprint"
LEAST_LENGTH = 16  # characters
LEAST_DIFFERENT = 8  # characters
_COST = {"n": 2**15, "r": 8, "p": 1}  # of scrypt: a tenth of a second, 32 MB
_MEMORY = 64 * 1024 * 1024
_ON_PURPOSE = "To give every person a new key on purpose: welfare run --period <month> --new-secret"


class SecretError(StoreError):
    """The secret cannot be used; the message says what is wrong and what to do, and nothing of the secret."""

    leaves_with = 2


def usable_secret(file: Path, lake: Path, *, new: bool = False) -> str:
    """The secret of `WELFARE_SECRET`, else of the file, which is made if nothing has keys yet; one caller at a time.

    `new`: see `DataRoot.deployment_secret`.

    Raises:
        SecretError: it cannot be used, or is not the one that the lake's keys were made with.

    """
    secret = (_asked_for(file) if new else present_secret(file, lake)) or _made(file)
    fingerprint = lake / FINGERPRINT
    if new or not fingerprint.exists():
        make_private(lake)
        write_whole(fingerprint, _fingerprint_of(secret))
    return secret


def present_secret(file: Path, lake: Path) -> str | None:
    """The secret that is there; `None` if there is none and nothing has keys yet. Nothing is written.

    Raises:
        SecretError: it cannot be used, or is not the one that the lake's keys were made with.

    """
    secret = _given_or_written(file)
    if secret is None and has_keys(lake):
        raise SecretError(_lost(file))
    fingerprint = lake / FINGERPRINT
    if secret is not None and fingerprint.exists() and not _belongs(secret, fingerprint):
        raise SecretError(_another(file, is_given=VARIABLE in os.environ))
    return secret


def _asked_for(file: Path) -> str | None:
    """The secret that is there, also if another one was before; one in a file that cannot be used is moved aside."""
    try:
        return _given_or_written(file)
    except SecretError:
        if VARIABLE in os.environ:
            raise
    file.rename(file.with_name(f"{file.name}.former-{time.time_ns()}"))
    return None


def _given_or_written(file: Path) -> str | None:
    given = os.environ.get(VARIABLE)
    if given is not None:
        return _checked(given, VARIABLE)
    return _checked(_read(file), str(file)) if os.path.lexists(file) else None


def _made(file: Path) -> str:
    write_whole(file, secrets.token_hex(32))
    return file.read_text("ascii")


def has_keys(lake: Path) -> bool:
    """Whether keys were made in this lake, also before it had fingerprints."""
    return (lake / FINGERPRINT).exists() or any(lake.glob("[0-9]*/*/**/links.parquet"))


def _read(file: Path) -> str:
    try:
        if not file.is_file():
            what = "is a folder" if file.is_dir() else "leads to no file" if file.is_symlink() else "is no file"
            raise SecretError(_unusable(file, what))
        if stat.S_IMODE(file.stat().st_mode) & stat.S_IRWXO:
            raise SecretError(_open_to_all(file))
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SecretError(_unusable(file, "is not text")) from None
    except OSError as error:
        what = f"cannot be read by the user who runs this ({error.strerror})"
        raise SecretError(_unusable(file, what)) from None


def _checked(content: str, where: str) -> str:
    """The secret without the blanks around it.

    Raises:
        SecretError: it is none, or easily guessed.

    """
    secret = content.strip()
    if not secret:
        fault = "is blank"
    elif not "".join(secret.split()).isprintable():
        fault = "is not text"
    elif len(secret) < LEAST_LENGTH:
        fault = f"has only {len(secret)} characters"
    elif len({*secret}) < LEAST_DIFFERENT:
        fault = f"has only {len({*secret})} different characters"
    else:
        return secret
    message = (
        f"the secret behind the keys ({where}) {fault}: whoever guesses it can find people among the analysts' tables. "
        f"It needs {LEAST_LENGTH} characters or more, of at least {LEAST_DIFFERENT} different ones. If the former "
        f"secret was another one, put it back from your backup. {_ON_PURPOSE}{_how(where)}."
    )
    raise SecretError(message)


def _how(where: str) -> str:
    return f", with {VARIABLE} set to a good one or not at all" if where == VARIABLE else " (it makes a good one)"


def _unusable(file: Path, fault: str) -> str:
    return (
        f"the secret behind the keys ({file}) {fault}: put the file back from your backup (mode 0600, for the user who "
        f"runs this), or set {VARIABLE}. {_ON_PURPOSE}."
    )


def _open_to_all(file: Path) -> str:
    mode = stat.S_IMODE(file.stat().st_mode)
    return (
        f"the secret behind the keys ({file}) is open to every user of this machine (mode {mode:04o}): "
        f"chmod 600 {file}. {_ON_PURPOSE}."
    )


def _lost(file: Path) -> str:
    return (
        f"the secret behind the keys is lost: there is no {file}, and the lake has keys made with it. Put the file "
        f"back from your backup, or set {VARIABLE} to what was in it. {_ON_PURPOSE}."
    )


def _another(file: Path, *, is_given: bool) -> str:
    found = f"{VARIABLE} is" if is_given else f"{file} holds"
    back = (
        f"Set {VARIABLE} to the former secret, or not at all if it is in {file}"
        if is_given
        else f"Put the former file back from your backup, or set {VARIABLE} to what was in it"
    )
    return (
        f"{found} not the secret that the keys in the lake were made with: every person would get a new key. "
        f"{back}. {_ON_PURPOSE}."
    )


def _fingerprint_of(secret: str) -> str:
    salt = secrets.token_hex(16)
    return json.dumps({"salt": salt, **_COST, "scrypt": _slow_hash(secret, salt, *_COST.values())}, indent=1)


def _belongs(secret: str, fingerprint: Path) -> bool:
    """Whether the fingerprint is one of this secret.

    Raises:
        SecretError: the fingerprint is damaged.

    """
    try:
        content = json.loads(fingerprint.read_text("utf-8"))
        told = _slow_hash(secret, content["salt"], content["n"], content["r"], content["p"])
        return hmac.compare_digest(told, content["scrypt"])
    except (OSError, ValueError, TypeError, KeyError):
        message = (
            f"the fingerprint of the secret ({fingerprint}) is damaged: put it back from a backup; or, if you are sure "
            "that the secret is the one of before, remove the fingerprint, and the next run makes it anew."
        )
        raise SecretError(message) from None


@cache
def _slow_hash(secret: str, salt: str, n: int, r: int, p: int) -> str:
    return hashlib.scrypt(secret.encode(), salt=bytes.fromhex(salt), n=n, r=r, p=p, maxmem=_MEMORY).hex()
