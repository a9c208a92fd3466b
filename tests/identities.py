"""Whether anybody's number or name stands in the bytes of a file."""

from collections.abc import Collection
from typing import Any

import numpy as np

WORD = 8  # bytes compared at once: no identity looked for is shorter
SPREAD, PLACES = np.uint64(0x9E3779B97F4A7C15), 20  # a word's place is the upper bits of its product with an odd number


def found_in(content: bytes, tokens: Collection[str]) -> set[str]:
    """The tokens that stand anywhere in the bytes, in any case. Compares the first bytes of all tokens at once."""
    if short := sum(len(token.encode()) < WORD for token in tokens):
        message = f"{short} of what is looked for has less than {WORD} bytes and would not be found"
        raise ValueError(message)
    upper = content.upper()
    by_start: dict[int, list[bytes]] = {}
    for token in tokens:
        text = token.upper().encode()
        by_start.setdefault(int.from_bytes(text[:WORD], "little"), []).append(text)
    taken = np.zeros(2**PLACES, np.bool_)
    taken[_places(np.fromiter(by_start, np.uint64))] = True
    found: set[str] = set()
    for shift in range(min(WORD, len(upper))):
        words = np.frombuffer(upper, np.dtype("<u8"), (len(upper) - shift) // WORD, shift)
        for place in np.flatnonzero(taken[_places(words)]):
            at = int(place) * WORD + shift
            found |= {text.decode() for text in by_start.get(int(words[place]), ()) if upper.startswith(text, at)}
    return found


def _places(words: np.ndarray[Any, np.dtype[np.uint64]]) -> np.ndarray[Any, np.dtype[np.uint64]]:
    return words * SPREAD >> np.uint64(64 - PLACES)
