"""Whether anybody's number or name stands in the bytes of a file."""

from collections.abc import Collection

import numpy as np

WORD = 8  # bytes compared at once: no identity looked for is shorter


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
    starts = np.fromiter(by_start, np.uint64)
    found: set[str] = set()
    for shift in range(min(WORD, len(upper))):
        words = np.frombuffer(upper, np.dtype("<u8"), (len(upper) - shift) // WORD, shift)
        for place in np.flatnonzero(np.isin(words, starts)):
            at = int(place) * WORD + shift
            found |= {text.decode() for text in by_start[int(words[place])] if upper.startswith(text, at)}
    return found
