"""How often the intervals of field checks hold the truth, over many samples of made-up populations."""

import runpy
from pathlib import Path
from typing import Any

import pytest

FIELD_CHECKS: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[3] / "benchmarks" / "field_checks.py"))
POPULATIONS = {population.name: population for population in FIELD_CHECKS["POPULATIONS"]}
SAMPLES = 500
CHANCE = 0.03  # three standard deviations of the share of 500 samples


@pytest.mark.parametrize(
    ("population", "size", "widest"),
    [
        ("findings mostly right", 50, 0.17),
        ("few errors, and small strata", 50, 0.12),
        ("no error at all", 50, 0.1),
        ("one stratum of two", 150, 0.15),
        ("who is left out", 50, 0.28),
        ("few are left out", 20, 0.25),
    ],
)
def test_at_least_95_of_100_intervals_hold_the_truth(population: str, size: int, widest: float) -> None:
    found = FIELD_CHECKS["coverage"](POPULATIONS[population], size, SAMPLES)
    assert found.holds >= 0.95 - CHANCE
    assert found.width <= widest
    assert abs(found.bias) < 0.02


def test_who_answered_nothing_in_a_stratum_may_be_anything() -> None:
    population = FIELD_CHECKS["Population"]("half unknown", "inclusion", {"a": (0, 50, 50), "b": (0, 100, 0)}, 0.0)
    drawn = FIELD_CHECKS["drawn"](population, 20, 1, seed=1)
    silent = drawn.with_columns(is_silent=drawn["stratum"] == "b")
    everybody = FIELD_CHECKS["estimated"](population, drawn).row(0, named=True)
    half = FIELD_CHECKS["estimated"](population, silent).row(0, named=True)
    nobody = FIELD_CHECKS["estimated"](population, drawn.with_columns(is_silent=True)).row(0, named=True)
    assert (everybody["answered"], half["answered"], nobody["answered"]) == (20, 10, 0)
    assert half["high"] - half["low"] > 0.5 > everybody["high"] - everybody["low"]
    assert (nobody["estimate"], nobody["low"], nobody["high"]) == (None, None, None)
