"""The queries of linkage: a folder for each step, in the order of the field, and a name of its own for each file.

names, blocking, comparisons, weights, guards, `decide.sql`, decisions (what follows from one link for others) and
training; beside them what is published, keys, answers and what earlier months remember.
"""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"


@cache
def sql(name: str) -> str:
    """The text of `<name>.sql`, in whichever folder it lies.

    Raises:
        KeyError: no query of linkage has that name.

    """
    return query_files()[name].read_text("utf-8")


@cache
def query_files() -> dict[str, Path]:
    """Every query's file by its name."""
    return {file.stem: file for file in sorted(FOLDER.rglob("*.sql"))}
