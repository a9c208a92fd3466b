"""How many units of each stratum are drawn: more of larger ones, by the square root of their size, and two of each.

Power allocation (Bankier 1988, The American Statistician 42): strata of a few dozen rows get estimates of their own.
"""

from collections.abc import Mapping
from math import sqrt

LEAST = 2  # of a stratum: with one its variance is not known


def allocated(sizes: Mapping[str, int], wanted: int) -> dict[str, int]:
    """By stratum the units to draw: `wanted` in all, or every unit where there are fewer."""
    total = min(wanted, sum(sizes.values()))
    counts = _least(sizes, total)
    while (left := total - sum(counts.values())) > 0:
        open_ones = [name for name in sizes if counts[name] < sizes[name]]
        weights = {name: sqrt(sizes[name]) for name in open_ones}
        shares = {name: left * weight / sum(weights.values()) for name, weight in weights.items()}
        given = {name: min(int(share), sizes[name] - counts[name]) for name, share in shares.items()}
        if not any(given.values()):
            largest = sorted(open_ones, key=lambda name: (-shares[name], name))
            given = dict.fromkeys(largest[:left], 1)
        for name, count in given.items():
            counts[name] += count
    return counts


def _least(sizes: Mapping[str, int], total: int) -> dict[str, int]:
    """Two of each stratum, then one, if there is room for them; the largest strata first."""
    counts = dict.fromkeys(sizes, 0)
    for _ in range(LEAST):
        for name in sorted(sizes, key=lambda name: (-sizes[name], name)):
            if sum(counts.values()) < total and counts[name] < sizes[name]:
                counts[name] += 1
    return counts
