"""A district's month with the truth beside every row: who it is, what was done to it, what must come of it.

For benchmarks and tests; nothing here is ever landed. The rules are stated again from the true people, not from
what the lists say, so that they can judge the pipeline.
"""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.sample import dtsen
from welfare_pipeline.sample.conditions import in_month
from welfare_pipeline.sample.dtsen import in_families_of
from welfare_pipeline.sample.expected import household_evidence, known_about_people, with_expected_reasons
from welfare_pipeline.sample.expected_dtsen import (
    misranked_evidence,
    misranked_households,
    pbi_departures,
    since_dtsen_until,
)
from welfare_pipeline.sample.expected_lists import found_people
from welfare_pipeline.sample.expected_proposals import with_states
from welfare_pipeline.sample.landing import recipients, sources
from welfare_pipeline.sample.noise import NoiseRates
from welfare_pipeline.sample.people import World, active_in, populate
from welfare_pipeline.sample.profile import MAIN_PERIOD, month_number
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.ranks import has_ranks

TRUTH_COLUMNS = (
    "source_file",
    "source_row",
    "true_person_id",
    "true_family_id",
    "registered",
    "injected",
    "expected_rejection",
    "expected_reasons",
    "decile_certainty",
    "decile_certain_from",
    "household_registration",
    "household_evidence",
    "misranked_evidence",
)


@dataclass(frozen=True)
class GeneratedDistrict:
    """One district's month. `frames`: rows by source in file order, landed values and truth columns side by side."""

    code: str
    period: str
    world: World
    frames: dict[str, pl.DataFrame]
    scale: float = 1.0

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

    def tables(self) -> dict[str, pl.DataFrame]:
        """The truth about whole tables, by name; none before DTSEN. All the sample's earlier months count as landed."""
        if not has_ranks(self.period):
            return {}
        return {"misranked_poor_households": self.misranked_households(), "pbi_departures": self.pbi_departures()}

    def misranked_households(self) -> pl.DataFrame:
        """One row per poor household ranked above every limit or not at all: see `expected_dtsen.py`."""
        months = {month: self._frames_of(month) for month in since_dtsen_until(self.period)}
        month = in_families_of(self.world, month_number(self.period)).people
        families = month.select(
            true_person_id="person_id", true_family_id="family_id", registered=active_in(month_number(self.period))
        )
        families = families.filter(~_none_is_left(month, month_number(self.period)))
        ranks = found_people(self.world, self.period).join(families, on="true_person_id")
        return misranked_households(months, ranks, self.period)

    def pbi_departures(self) -> pl.DataFrame:
        """One row per person who left the PBI list since the nearest earlier month, or came back to it."""
        known = known_about_people(self.world, self.period).join(
            found_people(self.world, self.period).select("true_person_id", "ranked_lowest"), on="true_person_id"
        )
        active = self.world.people.select(true_person_id="person_id", active=active_in(month_number(self.period)))
        known = known.join(active, on="true_person_id")
        earlier = known_about_people(populated(self.code, self.scale, self.world.dice.seed), MAIN_PERIOD)
        gone_since = earlier.join(known, on="true_person_id", how="anti")  # deaths of 2021 are remembered
        known = pl.concat([known, gone_since], how="diagonal")
        return pbi_departures(self.period, self._on_pbi_list, known, self.frames)

    def _frames_of(self, month: str) -> dict[str, pl.DataFrame]:
        if month == self.period:
            return self.frames
        return generate_district(self.code, month, self.scale, self.world.dice.seed).frames

    def _on_pbi_list(self, month: str) -> pl.Series:
        world = world_of(self.code, month, self.scale, self.world.dice.seed)
        listed = recipients(in_month(world, month), month, self.scale)[Programme.PBI_JKN]
        return listed["person_id"].unique(maintain_order=True)


def _none_is_left(people: pl.DataFrame, month: int) -> pl.Series:
    """Of each person whether nobody of the family is left, by the registry or the civil registry."""
    gone = pl.col("known_to_civil_registry") & (pl.col("leaves") <= month)
    return people.select(~(active_in(month) & ~gone).any().over("family_id")).to_series()


@lru_cache(maxsize=3)
def populated(code: str, scale: float, seed: int) -> World:
    """The district's people before DTSEN, kept for its other months."""
    return populate(code, scale, seed)


def world_of(code: str, period: str, scale: float, seed: int) -> World:
    """The district's people in that month's years, kept for its other months."""
    return dtsen.populated(code, scale, seed) if has_ranks(period) else populated(code, scale, seed)


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
    world = world_of(code, period, scale, seed)
    frames = with_expected_reasons(world, period, sources(world, period, noise or NoiseRates(), scale))
    states = with_states(household_evidence(frames), last_day(period))
    return GeneratedDistrict(code, period, world, _with_misranked(world, period, states), scale)


def _with_misranked(world: World, period: str, frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The frames with `misranked_evidence` of rows that show a poor household ranked wrongly."""
    ranks = found_people(world, period).select("true_person_id", "ranked_lowest", "said_unranked")
    return {
        name: frame.join(ranks, on="true_person_id", how="left", maintain_order="left")
        .with_columns(misranked_evidence=misranked_evidence(name, period))
        .drop("ranked_lowest", "said_unranked")
        if "true_person_id" in frame.columns
        else frame
        for name, frame in frames.items()
    }
