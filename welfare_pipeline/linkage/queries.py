"""The queries of a room: a folder for each step, and a name of its own for each file.

Of linkage in the order of the field: names, blocking, comparisons, weights, guards, and decisions (with what follows
from one link for others).
"""

from functools import cache
from importlib.resources import files
from pathlib import Path

from welfare_pipeline.linkage.comparisons import with_levels


@cache
def sql(name: str, room: str = "linkage") -> str:
    """The text of the room's `<name>.sql`, in whichever folder it lies, with the levels of its comparisons.

    Raises:
        KeyError: no query of the room has that name.

    """
    return with_levels(query_files(room)[name].read_text("utf-8"))


@cache
def query_files(room: str = "linkage") -> dict[str, Path]:
    """Every query's file by its name."""
    folder = Path(str(files("welfare_pipeline"))) / room / "sql"
    return {file.stem: file for file in sorted(folder.rglob("*.sql"))}
