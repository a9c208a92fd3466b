"""What is in force in a month, a line an entry, for people: value, since when, whose entry it is, legal basis."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.policy_entries import (
    ALWAYS,
    AgeRange,
    Dated,
    DecileLimit,
    ProgrammeEntry,
    Wage,
    in_force,
    legal_basis,
    to_come,
)
from welfare_pipeline.contracts.policy_file import has_entry
from welfare_pipeline.contracts.policy_values import OLDEST

SHIPPED, DEPLOYMENT = "shipped", "deployment"
NO_BASIS = "none: a figure of this pipeline"
PROVINCE_DIGITS = 2


@dataclass(frozen=True)
class Line:
    """One entry as it holds in a month. `since` is empty for what has no date."""

    entry: str
    value: str
    since: str
    origin: str
    legal_basis: str


def age_in_words(minimum: int | None, maximum: int | None) -> str:
    """An age range of completed years: `60 and over`, `17 and under`, `6 to 21`."""
    lowest, highest = minimum or 0, OLDEST if maximum is None else maximum
    if highest >= OLDEST:
        return f"age {lowest} and over" if lowest else "any age"
    return f"age {lowest} to {highest}" if lowest else f"age {highest} and under"


def decile_in_words(entry: DecileLimit) -> str:
    """A decile limit: `decile 4 and below, to verify up to 5`, `decile 5 and below, 3 months of grace`."""
    verify = f", to verify up to {entry.verify_limit}" if entry.verify_limit else ""
    grace = f", {entry.grace_months} months of grace" if entry.grace_months else ""
    return f"decile {entry.limit} and below{verify}{grace}"


def lines_in_force(policy: Policy, own: Mapping[str, Any], period: str) -> list[Line]:
    """Every entry of the policy as it holds in `period`; `own` are the deployment's entries as they were read."""
    return [
        *(line for name in policy.programmes for line in _programme(policy, own, name, period)),
        *_components(policy, own, period),
        *_pkh_amounts(policy, own, period),
        *_single_values(own, "pkh_limits", values=policy.pkh_limits),
        *_calendar(policy, own, period),
        *(_wage(own, code, wages, period) for code, wages in policy.minimum_wages.items()),
        *_single_values(own, "thresholds", values=policy.thresholds),
        *_single_values(own, "linkage", values=policy.linkage.model_dump()),
        *_single_values(own, values={"time_zone": policy.time_zone, "language": policy.language}),
        *_single_values(own, values={"expected_districts": ", ".join(policy.expected_districts)}),
        *_single_values(own, "alerts", values=_alerts(policy)),
    ]


def _alerts(policy: Policy) -> dict[str, Any]:
    entries = policy.alerts.model_dump()
    return entries | {"email_to": ", ".join(policy.alerts.email_to)}


def _origin(own: Mapping[str, Any], *path: str) -> str:
    return DEPLOYMENT if has_entry(own, *path) else SHIPPED


def _programme(policy: Policy, own: Mapping[str, Any], name: str, period: str) -> Iterator[Line]:
    entry = policy.programmes[name]
    basis = legal_basis(entry.legal_basis, period)
    for key, (value, since) in _values(entry, period).items():
        shown = "" if since == ALWAYS else since
        yield Line(f"programmes.{name}.{key}", value, shown, _origin(own, "programmes", name, key), basis)


def _values(entry: ProgrammeEntry, period: str) -> dict[str, tuple[str, str]]:
    label = entry.label.en if entry.label.en == entry.label.id else f"{entry.label.en} / {entry.label.id}"
    amount, basis = in_force(entry.amounts, period), in_force(entry.legal_basis, period)
    values = {
        "label": (label, ""),
        "unit": (entry.unit, ""),
        "registry": (entry.registry, ""),
        "legal_basis": (legal_basis(entry.legal_basis, period), basis.starts if basis else ""),
        "decile_limits": _dated(entry.decile_limits, period, "no limit"),
        "ages": _dated(entry.ages, period, "any age"),
        "yields_to": (", ".join(entry.yields_to), ""),
        "amounts": (_rupiah(amount.monthly) if amount else "", amount.starts if amount else ""),
        "stage_months": (str(entry.stage_months), ""),
        "aliases": (f"{', '.join(entry.aliases)}" if entry.aliases else "", ""),
    }
    return {key: value for key, value in values.items() if value[0]}


def _dated(entries: Sequence[DecileLimit] | Sequence[AgeRange], period: str, without: str) -> tuple[str, str]:
    now, next_one = in_force(entries, period), to_come(entries, period)
    words = _words(now) if now else without
    coming = f" (from {next_one.starts}: {_words(next_one)})" if next_one else ""
    return f"{words}{coming}", now.starts if now else ""


def _words(entry: Dated) -> str:
    if isinstance(entry, DecileLimit):
        return decile_in_words(entry)
    if isinstance(entry, AgeRange):
        return age_in_words(entry.minimum, entry.maximum)
    raise TypeError(type(entry))


def _components(policy: Policy, own: Mapping[str, Any], period: str) -> Iterator[Line]:
    basis = legal_basis(policy.programmes["pkh"].legal_basis, period)
    for component in policy.pkh_components:
        ages = age_in_words(component.minimum_age, component.maximum_age)
        yield Line("pkh_components", f"{component.name}: {ages}", "", _origin(own, "pkh_components"), basis)


def _pkh_amounts(policy: Policy, own: Mapping[str, Any], period: str) -> Iterator[Line]:
    basis = legal_basis(policy.programmes["pkh"].legal_basis, period)
    for component, amounts in policy.pkh_amounts.items():
        now = in_force(amounts, period)
        value, since = (f"{now.yearly} (Rp {now.yearly:,} a year)", now.starts) if now else ("none yet", "")
        yield Line(f"pkh_amounts.{component}", value, since, _origin(own, "pkh_amounts", component), basis)


def _wage(own: Mapping[str, Any], code: str, wages: tuple[Wage, ...], period: str) -> Line:
    now = in_force(wages, period)
    kind = "UMP" if len(code) == PROVINCE_DIGITS else f"UMK of {district_name(code)}"
    basis = "none: where no other figure is known" if code == "default" else f"{kind}, by the governor's decree"
    value, since = (_rupiah(now.amount), now.starts) if now else ("none yet", "")
    return Line(f"minimum_wages.{code}", value, since, _origin(own, "minimum_wages", code), basis)


def _calendar(policy: Policy, own: Mapping[str, Any], period: str) -> Iterator[Line]:
    for code, entries in policy.calendars.items():
        now = in_force(entries, period)
        days = now.model_dump(exclude={"starts"}, exclude_none=True) if now else {}
        value = ", ".join(f"{name} {day}" for name, day in days.items()) or "none yet"
        since = now.starts if now else ""
        yield Line(f"calendar.{code}", value, since, _origin(own, "calendar", code), "Kepmensos 79/HUK/2025 (?)")


def _single_values(own: Mapping[str, Any], *table: str, values: Mapping[str, Any]) -> Iterator[Line]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _single_values(own, *table, name, values=value)
        else:
            yield Line(".".join((*table, name)), str(value), "", _origin(own, *table, name), NO_BASIS)


def _rupiah(amount: int) -> str:
    return f"{amount} (Rp {amount:,} a month)"
