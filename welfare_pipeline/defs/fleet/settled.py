"""Which tables and columns Dagster's database has: asked before almost every statement, and always answered alike."""

from collections.abc import Callable

_THERE = set[tuple[str, str]]()


def settled(address: str, what: str, ask: Callable[[], bool]) -> bool:
    """Whether the database there has it. What is there once is not looked for again in this process."""
    if (address, what) not in _THERE and ask():
        _THERE.add((address, what))
    return (address, what) in _THERE
