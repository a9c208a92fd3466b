"""A district's month with the truth beside every row: who it is, what was done to it, what must come of it.

For benchmarks and tests; nothing here is ever landed. The rules are stated again from the true people, not from
what the lists say, so that they can judge the pipeline.
"""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.sample.expected import household_evidence, with_expected_reasons
from welfare_pipeline.sample.expected_proposals import with_states
from welfare_pipeline.sample.landing import sources
from welfare_pipeline.sample.noise import NoiseRates
from welfare_pipeline.sample.people import World, populate

TRUTH_COLUMNS = (
    "source_file",
    "source_row",
    "true_person_id",
    "true_family_id",
    "registered",
    "injected",
    "expected_rejection",
    "expected_reasons",
    "household_registration",
    "household_evidence",
)


@dataclass(frozen=True)
class GeneratedDistrict:
    """One district's month. `frames`: rows by source in file order, landed values and truth columns side by side."""

    code: str
    period: str
    world: World
    frames: dict[str, pl.DataFrame]

    def truth(self) -> pl.DataFrame:
        """One row per landed row that names a person: district_code, period, source and the truth columns."""
        people = [
            frame.select(
                pl.lit(self.code).alias("district_code"),
                pl.lit(self.period).alias("period"),
                pl.lit(name).alias("source"),
                *TRUTH_COLUMNS,
            )
            for name, frame in self.frames.items()
            if "true_person_id" in frame.columns
        ]
        return pl.concat(people)


@lru_cache(maxsize=3)
def populated(code: str, scale: float, seed: int) -> World:
    """The district's people, kept for its other months."""
    return populate(code, scale, seed)


def generate_district(
    code: str,
    period: str,
    scale: float = 1.0,
    seed: int = 2021,
    noise: NoiseRates | None = None,
) -> GeneratedDistrict:
    """The district's month at that scale, with errors at the rates of `noise` (default: those audits report).

    The people are the same in every month and under every noise of one scale and seed.

    Raises:
        KeyError: no such district in the sample.
        ValueError: `period` is no month.

    """
    world = populated(code, scale, seed)
    frames = with_expected_reasons(world, period, sources(world, period, noise or NoiseRates(), scale))
    return GeneratedDistrict(code, period, world, with_states(household_evidence(frames), last_day(period)))
