"""A run history that cannot be read is moved aside: it is told once, and no run waits for it.

Only Dagster's own record of runs is lost from sight. What was landed, reconciled and published does not depend on it.
"""

import logging
import os
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from welfare_pipeline.lake import StoreError, chain

DATABASES = ("history/runs.db", "history/runs/index.db", "schedules/schedules.db")
FOLDERS = ("history", "schedules")
THOROUGH_BYTES = 200_000_000  # larger databases are only opened and asked: to read all of them takes seconds
_VARIABLE = re.compile(r"^[^#\n]*\benv:\s*[\"']?(\w+)", re.MULTILINE)  # in dagster.yaml, on a line of its own or in {}
_LOG = logging.getLogger(__name__)


class HistoryError(StoreError):
    """Dagster cannot open its run history; the message says where it is and what to do."""

    def __init__(self, home: Path, error: Exception) -> None:
        """Name the kind of error only: its words may quote a password of the settings."""
        if lacking := lacking_variables(home):
            super().__init__(
                f"Dagster's settings in {home} want {' and '.join(lacking)} in the environment: set what the other "
                "processes of this data root have, then do it again."
            )
            return
        super().__init__(
            f"Dagster cannot open its run history in {home} ({type(error).__name__}). If dagster.yaml in it was "
            "changed or is damaged, correct it, or move it away (the shipped settings are used then); if it "
            "names a database server, see that the server answers."
        )


def lacking_variables(home: Path) -> list[str]:
    """The variables that the settings take a value from and that are not set."""
    try:
        wanted = _VARIABLE.findall((home / "dagster.yaml").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return sorted({name for name in wanted if name not in os.environ})


def is_damaged(home: Path) -> bool:
    """Whether a database of the run history is there and cannot be read."""
    folders = (*FOLDERS, "history/runs")
    return any(_is_no_folder(home / name) for name in folders) or any(_is_unreadable(home / name) for name in DATABASES)


def move_aside(home: Path) -> Path:
    """Move the history out of the way and say so. Schedules go with it: they count its events.

    Returns where it is now.
    """
    aside = home.with_name(f"{home.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    if home.is_dir():
        aside.mkdir()
        for name in FOLDERS:
            if (home / name).exists():
                (home / name).rename(aside / name)
    else:
        home.rename(aside)
    _LOG.warning(
        "The run history was damaged: it is moved to %s, and a new one begins. Lists, results and what is published "
        "are not concerned; schedules and sensors that were switched off in the web pages run again.",
        aside,
    )
    return aside


def means_damage(error: BaseException) -> bool:
    """Whether the error is of a history that SQLite reads, and that is not what Dagster wrote."""
    return any(
        (isinstance(link, sqlite3.DatabaseError) and not isinstance(link, sqlite3.OperationalError))
        or type(link).__module__.startswith("alembic")
        for link in chain(error)
    )


def _is_no_folder(path: Path) -> bool:
    return path.exists() and not path.is_dir()


def _is_unreadable(database: Path) -> bool:
    """Whether there is something in a database's place that SQLite cannot read as one."""
    if not database.exists():
        return False
    if not database.is_file():
        return True
    try:
        with closing(sqlite3.connect(database)) as con:
            con.execute("select count(*) from sqlite_master").fetchone()
            if database.stat().st_size <= THOROUGH_BYTES:
                return bool(con.execute("pragma quick_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError as error:
        return "unable to open" not in str(error) and "locked" not in str(error) and "readonly" not in str(error)
    except sqlite3.DatabaseError:
        return True
    return False
