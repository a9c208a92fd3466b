"""Encryption at rest, when `WELFARE_ENCRYPTION_KEY` is set: lake files, what spills from memory, district databases.

DuckDB does it (AES-GCM), with OpenSSL from its httpfs extension, which comes as a wheel. Without the key nothing of
this is used. Files written before the key was set stay readable; a district's next run encrypts them.
"""

import base64
import hashlib
import os
from collections.abc import Sequence
from importlib.resources import files
from itertools import groupby
from pathlib import Path

import duckdb

ROW_GROUP = 51_200  # rows: one is read by one thread, so that a full-size list keeps every core busy
KEY_VARIABLE = "WELFARE_ENCRYPTION_KEY"
LOCKED_OUT = (
    f"The data is encrypted with another key than that in {KEY_VARIABLE} (or that is not set): "
    "set the key it was written with, then run again."
)
_KEY = "lake"  # DuckDB's name for it within a connection
_CONFIG = f"encryption_config {{footer_key: '{_KEY}'}}"
_ENCRYPTED_END = b"PARE"
_SIGNS = ("is encrypted", "Cannot open encrypted", "encryption key", "decrypt", "AuthenticationTag", "Computed AES tag")


def encryption_key() -> str | None:
    """The deployment's key, which opens the district databases, too; `None`: nothing is encrypted."""
    return os.environ.get(KEY_VARIABLE) or None


def unlock(con: duckdb.DuckDBPyConnection) -> None:
    """Let the connection read and write encrypted files, if there is a key."""
    key = encryption_key()
    if key is None:
        return
    con.execute(f"load {literal(httpfs_extension())}")
    parquet_key = base64.b64encode(hashlib.sha256(f"{_KEY}:{key}".encode()).digest()).decode()
    con.execute(f"pragma add_parquet_key('{_KEY}', {literal(parquet_key)})")
    con.execute("set temp_file_encryption = true")


def httpfs_extension() -> Path:
    """Where DuckDB's extension with OpenSSL is, which need not be there."""
    package = Path(str(files("duckdb_extension_httpfs")))
    return package / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"


def attach(con: duckdb.DuckDBPyConnection, path: Path, name: str, *, private: bool, options: str = "") -> None:
    """Attach a database under that name; a private one is (to be) encrypted, if there is a key."""
    key = encryption_key()
    told = [options] if options else []
    if private and key is not None:
        told.append(f"encryption_key {literal(key)}")
    asked = f"({', '.join(told)})" if told else ""
    con.execute(f"attach {literal(path)} as {name} {asked}")


def parquet_options() -> str:
    """How the lake's files are written, for `copy ... to`."""
    plain = f"format parquet, parquet_version v2, compression zstd, compression_level 1, row_group_size {ROW_GROUP}"
    return f"({plain})" if encryption_key() is None else f"({plain}, {_CONFIG})"


def rows_of(paths: Sequence[Path]) -> str:
    """The SQL that yields the rows of these files (at least one), in their order; columns that one lacks are empty."""
    parts: list[str] = []
    for is_encrypted, group in groupby(paths, _is_encrypted):
        # DuckDB 1.5 breaks off with an internal error when it reads several encrypted files as one
        found = list(group)
        files_at_once = [[file] for file in found] if is_encrypted else [found]
        parts += [_read(some, is_encrypted=is_encrypted) for some in files_at_once]
    return parts[0] if len(parts) == 1 else f"({' union all by name '.join(f'from {part}' for part in parts)})"


def _is_encrypted(path: Path) -> bool:
    return encryption_key() is not None and ends_encrypted(path)


def ends_encrypted(path: Path) -> bool:
    """Whether a lake file is encrypted."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - len(_ENCRYPTED_END)))
        return file.read() == _ENCRYPTED_END


def _read(paths: list[Path], *, is_encrypted: bool) -> str:
    found = ", ".join(literal(path) for path in paths)
    options = ["union_by_name = true"] if len(paths) > 1 else []
    if is_encrypted:
        options.append(_CONFIG.replace(" ", " = ", 1))
    return f"read_parquet({', '.join([f'[{found}]', *options])})"


def locked_out(error: BaseException) -> str | None:
    """A sentence, if the error means that the key is wrong or missing; else `None`."""
    is_ours = isinstance(error, duckdb.Error) and any(sign in str(error) for sign in _SIGNS)
    return LOCKED_OUT if is_ours else None


def literal(value: str | Path) -> str:
    """The value as an SQL string."""
    return "'" + str(value).replace("'", "''") + "'"
