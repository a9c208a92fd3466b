"""What is known of the three districts and what their people are called: reads the data files of this room.

Sizes and name tokens are data (`districts.toml`, `names.toml`); how they become people stands in `people.py`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from welfare_pipeline.contracts.period import is_period

FIRST_PERIOD = "2021-10"
MAIN_PERIOD = "2021-11"
DTSEN_PERIODS = ("2025-09", "2025-10", "2026-05", "2026-06")
PERIODS = (FIRST_PERIOD, MAIN_PERIOD, *DTSEN_PERIODS)
DTSEN_FROM = "2025-02"  # from this month on the registry has everybody and ranks families in deciles
BST_ENDED = "2022-01"
SMALLEST_LIST = 12


@dataclass(frozen=True)
class DistrictProfile:
    """One district at one scale, before or since DTSEN.

    Counts are those of `MAIN_PERIOD`, or of the first of `DTSEN_PERIODS`: accepted rows without rejected ones.
    """

    code: str
    name: str
    population: int
    registry_persons: int
    village_count: int
    urban_villages: int
    lists: Mapping[str, int]
    proposals: int
    published: Mapping[str, int]
    ethnicities: Mapping[str, float]
    subdistricts: Mapping[str, str]

    @property
    def number(self) -> int:
        """The district's place among the districts of the sample, from 0."""
        return list(_data("districts.toml")).index(self.code)


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("welfare_pipeline.sample").joinpath(name).read_text("utf-8"))


def district_codes() -> tuple[str, ...]:
    """The districts the sample knows."""
    return tuple(_data("districts.toml"))


def tokens(group: str, kind: str) -> list[str]:
    """The name tokens of a group, most frequent first; `_` stands for a blank; none: an empty list."""
    return [word.replace("_", " ") for word in _data("names.toml")[group].get(kind, "").split()]


def profile(code: str, scale: float, *, since_dtsen: bool = False) -> DistrictProfile:
    """The district of that code with every count `scale`-fold; since DTSEN the registry has nearly everybody.

    Raises:
        KeyError: no such district in the sample.

    """
    entry = _data("districts.toml")[code]
    counted = entry["since_dtsen"] if since_dtsen else entry
    villages = max(round(entry["village_count"] * scale), 24)
    return DistrictProfile(
        code=code,
        name=entry["name"],
        population=round(counted["population"] * scale),
        registry_persons=round(counted["registry_persons"] * scale),
        village_count=villages,
        urban_villages=max(round(entry["urban_villages"] * villages / entry["village_count"]), 1),
        lists={name: max(round(size * scale), SMALLEST_LIST) for name, size in entry["lists"].items()},
        proposals=max(round(entry["proposals"] * scale), SMALLEST_LIST),
        published={name: round(figure * scale) for name, figure in entry["published"].items()},
        ethnicities=entry["ethnicities"],
        subdistricts=entry["subdistricts"],
    )


def month_number(period: str) -> int:
    """Months since `FIRST_PERIOD`: 0 for it, 1 for the next.

    Raises:
        ValueError: not a month YYYY-MM.

    """
    if not is_period(period):
        message = f"{period!r} is no period; write a month as YYYY-MM."
        raise ValueError(message)
    years = int(period[:4]) - int(FIRST_PERIOD[:4])
    return years * 12 + int(period[5:7]) - int(FIRST_PERIOD[5:7])
