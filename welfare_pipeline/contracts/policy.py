"""Dated rules and thresholds: the shipped `policy.toml`, overridden by the deployment's own.

What a programme demands on a given day is asked here; no other room keeps a threshold.
The files' layout stands in `policy_entries.py`; every mistake in them is told before anything is decided by them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from welfare_pipeline.contracts.policy_alerts import Alerts
from welfare_pipeline.contracts.policy_calendar import Calendar, calendar_of
from welfare_pipeline.contracts.policy_contradictions import WHOLE_FAMILY, Read, contradictions
from welfare_pipeline.contracts.policy_entries import (
    CalendarDays,
    PkhComponent,
    PolicyEntries,
    ProgrammeEntry,
    Wage,
    YearlyAmount,
    in_force,
    legal_basis,
)
from welfare_pipeline.contracts.policy_file import deployment_entries, overlaid
from welfare_pipeline.contracts.policy_linkage import Linkage
from welfare_pipeline.contracts.policy_mistakes import Mistake, PolicyError, in_words
from welfare_pipeline.contracts.policy_shipped import SHIPPED, shipped_entries
from welfare_pipeline.contracts.policy_values import Languages
from welfare_pipeline.contracts.sources import Sources, landing_sources

__all__ = ["NO_MINIMUM_WAGE", "Policy", "PolicyError", "ProgrammeRule", "load_policy", "usable_policy"]

NO_MINIMUM_WAGE = 10**12  # before the first entry nobody earns more


@dataclass(frozen=True)
class ProgrammeRule:
    """What one programme demands in one period. Ages in completed years, deciles 1..10, `None`: no limit.

    `limit_since`: the month from which on the decile limit holds. `monthly_amount`: in rupiah, where the policy has it.
    `stage_months`: for how many months one stage pays.
    """

    programme: str
    label_id: str
    label_en: str
    unit: str
    registry: str
    legal_basis: str
    yields_to: tuple[str, ...]
    decile_limit: int | None
    verify_limit: int | None
    grace_months: int
    limit_since: str | None
    minimum_age: int | None
    maximum_age: int | None
    monthly_amount: int | None
    stage_months: int


@dataclass(frozen=True)
class Policy:
    """The whole policy; ask it for one period's rules."""

    version: str
    expected_districts: tuple[str, ...]
    language: Languages
    time_zone: str
    alerts: Alerts
    programmes: Mapping[str, ProgrammeEntry]
    thresholds: Mapping[str, int | float]
    linkage: Linkage
    pkh_components: tuple[PkhComponent, ...]
    pkh_amounts: Mapping[str, tuple[YearlyAmount, ...]]
    pkh_limits: Mapping[str, int]
    minimum_wages: Mapping[str, tuple[Wage, ...]]
    calendars: Mapping[str, tuple[CalendarDays, ...]]

    def rules(self, period: str) -> tuple[ProgrammeRule, ...]:
        """The rules that hold on the last day of `period` (YYYY-MM), one per programme."""
        return tuple(_rule(name, entry, period) for name, entry in self.programmes.items())

    @cached_property
    def sources(self) -> Sources:
        """The lists that may land: the fixed ones, and one for each programme."""
        spellings = {name: (e.label.id, e.label.en, *e.aliases) for name, e in self.programmes.items()}
        return landing_sources(spellings)

    def values(self) -> dict[str, int | float]:
        """Every threshold, those of linkage too, by the name it has in SQL."""
        return {**self.thresholds, **self.linkage.values()}

    def component_amounts(self, period: str) -> tuple[tuple[str, int, int], ...]:
        """PKH components that are paid for: its name, rupiah a year in the period, members of a family at most."""
        amounts = ((name, in_force(entries, period)) for name, entries in self.pkh_amounts.items())
        most = self.pkh_limits
        return tuple((name, now.yearly, most.get(name, most[WHOLE_FAMILY])) for name, now in amounts if now)

    def minimum_wage(self, period: str, district: str) -> int:
        """The monthly minimum wage in rupiah that holds in a district on the last day of the period.

        The district's own if one is in force, else its province's, else the default.
        """
        codes = (district, district[:2], "default")
        wages = (in_force(self.minimum_wages.get(code, ()), period) for code in codes)
        return next((wage.amount for wage in wages if wage), NO_MINIMUM_WAGE)

    def calendar(self, period: str, district: str) -> Calendar | None:
        """The days of the month that hold in a district; `None` before there were two paths for proposals.

        Day by day the district's own, else its province's, else the default.
        """
        codes = (district, district[:2], "default")
        return calendar_of(period, [in_force(self.calendars.get(code, ()), period) for code in codes])


def _rule(programme: str, entry: ProgrammeEntry, period: str) -> ProgrammeRule:
    decile, ages = in_force(entry.decile_limits, period), in_force(entry.ages, period)
    amount = in_force(entry.amounts, period)
    return ProgrammeRule(
        programme=programme,
        label_id=entry.label.id,
        label_en=entry.label.en,
        unit=entry.unit,
        registry=entry.registry,
        legal_basis=legal_basis(entry.legal_basis, period),
        yields_to=entry.yields_to,
        decile_limit=decile.limit if decile else None,
        verify_limit=decile.verify_limit if decile else None,
        grace_months=decile.grace_months if decile else 0,
        limit_since=decile.starts if decile else None,
        minimum_age=ages.minimum if ages else None,
        maximum_age=ages.maximum if ages else None,
        monthly_amount=amount.monthly if amount else None,
        stage_months=entry.stage_months,
    )


def load_policy(override: Path | None = None, trial: Path | None = None) -> Policy:
    """The shipped policy with the entries of `override` (if that file exists) over it, and those of `trial` over both.

    Raises:
        PolicyError: the topmost file cannot be read or used; it has every mistake there is.

    """
    base, own, file = shipped_entries(), {} if override is None else deployment_entries(override), override
    if trial is not None:
        base, own, file = overlaid(base, own), deployment_entries(trial), trial
    return _read(base, own, file.name if file is not None and own else SHIPPED)


def _read(base: Mapping[str, Any], own: Mapping[str, Any], file: str) -> Policy:
    merged = overlaid(base, own)
    mistakes = contradictions(Read(file, own, merged))
    try:
        entries = PolicyEntries.model_validate(merged)
    except ValidationError as error:
        raise PolicyError([*in_words(error, file), *mistakes]) from None
    if mistakes:
        raise PolicyError(mistakes)
    return _policy(entries)


def _policy(entries: PolicyEntries) -> Policy:
    return Policy(
        version=entries.version,
        expected_districts=entries.expected_districts,
        language=entries.language,
        time_zone=entries.time_zone,
        alerts=entries.alerts,
        programmes=entries.programmes,
        thresholds=entries.thresholds.model_dump(),
        linkage=entries.linkage,
        pkh_components=entries.pkh_components,
        pkh_amounts=entries.pkh_amounts,
        pkh_limits=entries.pkh_limits,
        minimum_wages=entries.minimum_wages,
        calendars=entries.calendar,
    )


def usable_policy(override: Path) -> tuple[Policy, tuple[Mistake, ...]]:
    """For showing only: the policy in force; if the deployment's has mistakes, the shipped one and these mistakes."""
    try:
        return load_policy(override), ()
    except PolicyError as error:
        return load_policy(), error.mistakes
