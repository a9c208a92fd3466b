"""`welfare`: the commands people type. What they do is written in other rooms; here are words and exit codes."""

from typing import NoReturn

from welfare_pipeline.cli import entry
from welfare_pipeline.cli.supervising import supervised

__all__ = ["main"]


def main() -> NoReturn:
    """The console script."""
    supervised(entry.main)
