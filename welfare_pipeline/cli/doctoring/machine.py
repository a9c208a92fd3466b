"""The machine under a deployment: Python, disk, DuckDB's extensions, clock."""

import datetime as dt
import os
import shutil
import sys
import time
from collections.abc import Sequence
from zoneinfo import available_timezones

import duckdb

from welfare_pipeline.cli.doctoring.finding import Finding, seen
from welfare_pipeline.cli.room import GIGABYTE, room_needed
from welfare_pipeline.lake import DataRoot, httpfs_extension, literal

OLDEST_PYTHON = (3, 11)
SPARE = 500_000_000  # bytes that a machine should have left in any case
BUILT_IN = ("core_functions", "json", "parquet")
WRITTEN_ON = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)  # no clock that is right shows an earlier day
AHEAD = dt.timedelta(minutes=10)


def python(version: Sequence[int] = tuple(sys.version_info[:3])) -> Finding:
    """Whether this Python is new enough."""
    shown, least = ".".join(map(str, version[:3])), ".".join(map(str, OLDEST_PYTHON))
    if tuple(version[:2]) < OLDEST_PYTHON:
        return Finding("Python", f"{shown} is too old: install {least} or newer, and make the environment anew", True)  # noqa: FBT003
    return Finding("Python", f"{shown} ({sys.executable})")


def disk(root: DataRoot) -> Finding:
    """Whether the disk of the data root has room for a run of the newest month that landed."""
    place = next(path for path in (root.path, *root.path.parents) if path.exists())
    free = shutil.disk_usage(place).free
    months = root.landed_months()
    folders = [folder for folder in root.landing(months[-1]).iterdir() if folder.is_dir()] if months else []
    needed = max(SPARE, room_needed(folders, sys.maxsize))
    words = f"{free / GIGABYTE:.1f} GB are free on the disk of {root.path}"
    problem = None if free >= needed else f"{words}, a run may need {needed / GIGABYTE:.1f} GB: make room"
    return seen("disk", problem, words)


def extensions() -> Finding:
    """Whether DuckDB has what it reads and encrypts files with."""
    try:
        with duckdb.connect() as con:
            loaded = con.execute("select extension_name from duckdb_extensions() where installed or loaded").fetchall()
            lacking = sorted(set(BUILT_IN) - {name for (name,) in loaded})
            con.execute(f"load {literal(httpfs_extension())}")
    except (duckdb.Error, OSError, ImportError) as error:
        words = f"httpfs (for encryption at rest) cannot be loaded ({type(error).__name__})"
        return Finding("DuckDB extensions", f"{words}: {_INSTALL}", True)  # noqa: FBT003
    problem = f"lacks {', '.join(lacking)}: {_INSTALL}" if lacking else None
    return seen("DuckDB extensions", problem, f"DuckDB {duckdb.__version__}: {', '.join(BUILT_IN)}, httpfs")


def clock(root: DataRoot, now: dt.datetime | None = None) -> Finding:
    """Whether the clock is right, as far as can be seen; in which zone it is shown does not matter."""
    moment = now or dt.datetime.now(dt.UTC)
    zone = os.environ.get("TZ", "").lstrip(":")
    newest = _newest_note(root)
    shown = f"{moment.astimezone():%Y-%m-%d %H:%M %Z}"
    problem = None
    if moment < WRITTEN_ON:
        problem = f"shows {shown}, before this program was written: set the clock"
    elif newest is not None and newest > moment + AHEAD:
        problem = f"shows {shown}, and the lake was written to at {newest.astimezone():%Y-%m-%d %H:%M}: set the clock"
    elif zone and not zone.startswith("/") and zone not in available_timezones() and time.tzname[0] in zone:
        problem = f"TZ={zone} is no time zone that this machine knows: it is taken for UTC"
    return seen("clock", problem, shown)


def _newest_note(root: DataRoot) -> dt.datetime | None:
    """When a pointer of the lake was written last."""
    times = [file.stat().st_mtime for file in root.lake.glob("[0-9]*/*/pointer.json")]
    return dt.datetime.fromtimestamp(max(times), dt.UTC) if times else None


_INSTALL = "pip install --require-hashes -r requirements.lock"
