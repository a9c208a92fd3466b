"""Sentences for errors that a command did not expect: what ran out, what is refused, what is locked, or where it broke.

Imported when something went wrong, because the lake's own errors are heavy to load.
"""

import traceback
from pathlib import Path

from welfare_pipeline.lake import StoreError, interruption, locked_out, refusal, shortage


def is_ctrl_c(error: Exception) -> bool:
    """Whether a Ctrl-C led to the error: DuckDB raises a RuntimeError of its own for it."""
    return isinstance(interruption(error), KeyboardInterrupt)


def known(error: Exception) -> str | None:
    """A sentence with what to do; `None` if the error is of no kind that is known."""
    if isinstance(error, StoreError):
        return str(error)
    return shortage(error) or refusal(error) or locked_out(error)


def unexpected(error: Exception) -> str:
    """The error's type and place in the program, without any of its words: they may quote a cell."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"stopped on an unexpected {type(error).__name__} at {Path(frame.filename).name}:{frame.lineno}."
