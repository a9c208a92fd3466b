"""What the command line asks for against what has landed; every mistake in it is told before anything runs."""

import os
from dataclasses import dataclass, replace

import click

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import is_period, months_between
from welfare_pipeline.defs.partitions import FIRST_MONTH, MONTHS
from welfare_pipeline.ingest.landing_folder import districts_landed
from welfare_pipeline.lake import DataRoot

MOST_TOLD = 5  # of the warnings


@dataclass(frozen=True)
class Landed:
    """The districts of a month to reconcile, and a warning for every other thing in the month's folder."""

    period: str
    districts: tuple[str, ...]
    warnings: tuple[str, ...]


def months_asked_for(
    root: DataRoot, period: str | None, first: str | None, last: str | None, wanted: tuple[str, ...]
) -> list[Landed]:
    """What has landed of the month, or of each month from the first to the last that something landed of.

    The first of several tells which months were skipped.

    Raises:
        click.UsageError: not one month or a first and a last one, or see `find_landed`.

    """
    if period is not None and first is None and last is None:
        return [find_landed(root, period, wanted)]
    if period is not None or first is None or last is None:
        message = "say which month with --period, or which months with both --from and --to."
        raise click.UsageError(message)
    return _landed_between(root, first, last, wanted)


def _landed_between(root: DataRoot, first: str, last: str, wanted: tuple[str, ...]) -> list[Landed]:
    _require_month(first)
    _require_month(last)
    for district in wanted:
        _require_district(district)
    months = months_between(first, last)
    if not months:
        message = f"--from {first} lies after --to {last}."
        raise click.UsageError(message)
    landed = [_landed_of(root, month, wanted) for month in months if root.landing(month).is_dir()]
    found = [month for month in landed if month.districts]
    if not found:
        named = f" of {', '.join(wanted)}" if wanted else ""
        message = f"nothing has landed from {first} to {last}{named}. {_landed_months(root)}"
        raise click.UsageError(message)
    skipped = sorted(set(months) - {month.period for month in found})
    lacking = [f"skipped, as nothing{' of the named districts' if wanted else ''} has landed: {', '.join(skipped)}."]
    return [replace(found[0], warnings=(*(lacking if skipped else ()), *found[0].warnings)), *found[1:]]


def _landed_of(root: DataRoot, period: str, wanted: tuple[str, ...]) -> Landed:
    """What has landed of one of several months; nothing is no mistake."""
    known, warnings = _districts(root, period)
    chosen = tuple(district for district in known if not wanted or district in wanted)
    missing = sorted({*wanted} - {*known}) if chosen else []
    lacking = [f"{period}: {', '.join(missing)} has not landed."] if missing else []
    return Landed(period, chosen, (*lacking, *warnings))


def find_landed(root: DataRoot, period: str, wanted: tuple[str, ...]) -> Landed:
    """The landed districts of the month, or of those only the wanted ones.

    Raises:
        click.UsageError: no such month, nothing landed, or a wanted district is unknown or did not land.

    """
    _require_month(period)
    folder = root.landing(period)
    if not folder.is_dir():
        message = f"nothing has landed for {period}: there is no folder {folder}. {_landed_months(root)}"
        raise click.UsageError(message)
    known, warnings = _districts(root, period)
    if not known:
        told = " ".join(["", *warnings[:MOST_TOLD]])
        message = f"no district has landed for {period}: {folder} has no folder named by a 4-digit district code.{told}"
        raise click.UsageError(message)
    for district in wanted:
        _require_landed(district, period, known)
    return Landed(period, tuple(sorted(set(wanted))) or tuple(known), tuple(warnings))


def _districts(root: DataRoot, period: str) -> tuple[list[str], list[str]]:
    """The districts that have a folder in the month's, and what else is there."""
    folder = root.landing(period)
    if not os.access(folder, os.R_OK | os.X_OK):
        message = f"{folder} may not be read by the user who runs this; give that user the right to read it."
        raise click.UsageError(message)
    return districts_landed(folder)


def _require_month(period: str) -> None:
    if not is_period(period):
        message = f"'{period}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    if not MONTHS.has_partition_key(period):
        message = f"{period} cannot be reconciled: months go from {FIRST_MONTH} to {MONTHS.get_last_partition_key()}."
        raise click.UsageError(message)


def _require_landed(district: str, period: str, landed: list[str]) -> None:
    _require_district(district)
    if district not in landed:
        message = f"district {district} has not landed for {period}. Landed: {', '.join(landed)}."
        raise click.UsageError(message)


def _require_district(district: str) -> None:
    if district_name(district) is None:
        message = f"'{district}' is not a Kemendagri district code (4 digits, for example 1401 for Kampar)."
        raise click.UsageError(message)


def _landed_months(root: DataRoot) -> str:
    months = root.landed_months()
    return f"Landed months: {', '.join(months)}." if months else "Try `welfare sample` for made-up files."
