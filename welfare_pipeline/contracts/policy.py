"""Dated rules and thresholds: the shipped `policy.toml`, overridden by the deployment's own.

What a programme demands on a given day is asked here; no other room keeps a threshold.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.sources import Sources, landing_sources


class PolicyError(ValueError):
    """A policy file cannot be used; the message names the file, the entry and what to do."""


@dataclass(frozen=True)
class ProgrammeRule:
    """What one programme demands in one period. Ages in completed years, deciles 1..10, `None`: no limit."""

    programme: str
    label_id: str
    label_en: str
    unit: str
    registry: str
    legal_basis: str
    yields_to: tuple[str, ...]
    decile_limit: int | None
    minimum_age: int | None
    maximum_age: int | None


NO_MINIMUM_WAGE = 10**12  # before the first entry nobody earns more


@dataclass(frozen=True)
class PkhComponent:
    """A PKH component by age, in completed years, both ends included."""

    name: str
    minimum_age: int
    maximum_age: int


@dataclass(frozen=True)
class Policy:
    """The whole policy; ask it for one period's rules."""

    version: str
    programmes: Mapping[str, Mapping[str, Any]]
    thresholds: Mapping[str, float]
    pkh_components: tuple[PkhComponent, ...]
    minimum_wages: Mapping[str, list[Mapping[str, Any]]]

    @cached_property
    def sources(self) -> Sources:
        """The lists that may land: the fixed ones and one for each programme."""
        spellings = {
            name: (*_labels(entry["label"]).values(), *entry.get("aliases", ()))
            for name, entry in self.programmes.items()
        }
        return landing_sources(spellings)

    def rules(self, period: str) -> tuple[ProgrammeRule, ...]:
        """The rules that hold on the last day of `period` (YYYY-MM), one per programme."""
        return tuple(_rule(programme, entry, last_day(period)) for programme, entry in self.programmes.items())

    def minimum_wage(self, period: str, district: str) -> int:
        """The monthly minimum wage in rupiah that holds in a district on the last day of the period.

        The district's own if one is in force, else its province's, else the default.
        """
        codes = (district, district[:2], "default")
        in_force = (_in_force(self.minimum_wages.get(code, ()), last_day(period)) for code in codes)
        amount: int = next((entry["amount"] for entry in in_force if entry), NO_MINIMUM_WAGE)
        return amount


def _rule(programme: str, entry: Mapping[str, Any], on: date) -> ProgrammeRule:
    decile = _in_force(entry.get("decile_limits", ()), on)
    ages = _in_force(entry.get("ages", ()), on)
    labels = _labels(entry["label"])
    return ProgrammeRule(
        programme=programme,
        label_id=labels["id"],
        label_en=labels["en"],
        unit=entry["unit"],
        registry=entry["registry"],
        legal_basis=entry["legal_basis"],
        yields_to=tuple(entry.get("yields_to", ())),
        decile_limit=decile.get("limit"),
        minimum_age=ages.get("minimum"),
        maximum_age=ages.get("maximum"),
    )


def _labels(label: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"id": label, "en": label} if isinstance(label, str) else label


def _in_force(entries: Sequence[Mapping[str, Any]], on: date) -> Mapping[str, Any]:
    begun = [entry for entry in entries if date.fromisoformat(f"{entry['from']}-01") <= on]
    return max(begun, key=lambda entry: str(entry["from"]), default={})


def load_policy(override: Path | None = None) -> Policy:
    """The shipped policy with the entries of `override` (if that file exists) put over it.

    Raises:
        PolicyError: the override is not TOML, or names an entry the shipped policy does not have.

    """
    shipped = tomllib.loads(files("welfare_pipeline.contracts").joinpath("policy.toml").read_text("utf-8"))
    if override is not None and override.exists():
        shipped = _overlaid(shipped, _read(override), override, "")
    return Policy(
        version=shipped["version"],
        programmes=shipped["programmes"],
        thresholds=shipped["thresholds"],
        pkh_components=tuple(PkhComponent(**component) for component in shipped["pkh_components"]),
        minimum_wages=shipped["minimum_wages"],
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path.name}: not readable as TOML ({error}); correct it or remove the file."
        raise PolicyError(message) from error


_OPTIONAL_ENTRIES = {"aliases", "yields_to", "decile_limits", "ages"}


def _overlaid(base: dict[str, Any], over: dict[str, Any], path: Path, where: str) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        if key not in base and key not in _OPTIONAL_ENTRIES and where != "minimum_wages.":
            message = f"{path.name}: unknown entry {where}{key}; known here: {', '.join(sorted(base))}."
            raise PolicyError(message)
        nested = isinstance(value, dict) and isinstance(base.get(key), dict)
        merged[key] = _overlaid(base[key], value, path, f"{where}{key}.") if nested else value
    return merged
