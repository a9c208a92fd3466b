"""The queries of linkage: a folder for each step, in the order of the field, and a name of its own for each file.

names, blocking, comparisons, weights, guards, decisions (and what follows from one link for others) and training;
beside them what is published, and the memory: keys, answers and what earlier months know.
"""

from functools import cache
from pathlib import Path

from welfare_pipeline.linkage.comparisons import with_levels

FOLDER = Path(__file__).parent / "sql"


@cache
def sql(name: str) -> str:
    """The text of `<name>.sql`, in whichever folder it lies, with the levels of its comparisons.

    Raises:
        KeyError: no query of linkage has that name.

    """
    return with_levels(query_files()[name].read_text("utf-8"))


@cache
def query_files() -> dict[str, Path]:
    """Every query's file by its name."""
    return {file.stem: file for file in sorted(FOLDER.rglob("*.sql"))}
