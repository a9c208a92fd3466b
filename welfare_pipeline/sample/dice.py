"""Random draws that depend on nothing but a seed, the id of what is drawn for and a word for the question.

The answer for one person is the same whoever else is generated, in whatever order, month after month.
What is drawn stands in the other modules of this room.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_MANTISSA = 2.0**-53


@dataclass(frozen=True)
class Dice:
    """Counter-based draws (splitmix64, Steele et al. 2014)."""

    seed: int

    def uniform(self, ids: Ints, question: str) -> Floats:
        """One number in [0, 1) per id."""
        salt = (zlib.crc32(question.encode()) << 32 | self.seed * 2_654_435_761) % 2**64
        mixed = ids.astype(np.uint64) * _STEP + np.full(len(ids), salt, np.uint64)
        for factor, shift in ((_MIX_1, 30), (_MIX_2, 27)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * factor
        mixed ^= mixed >> np.uint64(31)
        return (mixed >> np.uint64(11)).astype(np.float64) * _MANTISSA

    def chance(self, ids: Ints, question: str, share: float | Floats) -> Flags:
        """True for about `share` of the ids."""
        return self.uniform(ids, question) < share

    def below(self, ids: Ints, question: str, limit: int | Ints) -> Ints:
        """A whole number from 0 to `limit` - 1 per id."""
        return (self.uniform(ids, question) * limit).astype(np.int64)

    def choice(self, ids: Ints, question: str, weights: Sequence[float]) -> Ints:
        """The position of one of `weights` per id, each as often as it weighs."""
        steps = np.cumsum(np.asarray(weights, dtype=np.float64))
        drawn = np.searchsorted(steps / steps[-1], self.uniform(ids, question), side="right")
        return np.minimum(drawn, len(weights) - 1).astype(np.int64)

    def around(self, ids: Ints, question: str, mean: float, spread: float) -> Floats:
        """Bell-shaped numbers: the sum of four draws, so that every machine gives the same bits."""
        total = sum(self.uniform(ids, f"{question} {n}") for n in range(4)) - 2.0
        return np.asarray(mean + spread * 1.7320508 * total, dtype=np.float64)

    def skewed(self, ids: Ints, question: str, sizes: Ints) -> Ints:
        """A whole number from 0 to `sizes` - 1 per id, small ones more often (names, streets)."""
        return (self.uniform(ids, question) ** 1.5 * sizes).astype(np.int64)
