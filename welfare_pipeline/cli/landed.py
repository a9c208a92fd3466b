"""What the command line asks for against what has landed; every mistake in it is told before anything runs."""

import os
from dataclasses import dataclass

import click

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.defs.partitions import FIRST_MONTH, MONTHS
from welfare_pipeline.ingest.landing_folder import districts_landed
from welfare_pipeline.lake import DataRoot

MOST_TOLD = 5  # of the warnings


@dataclass(frozen=True)
class Landed:
    """The districts to reconcile, and a warning for every other thing in the month's folder."""

    districts: tuple[str, ...]
    warnings: tuple[str, ...]


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
    if not os.access(folder, os.R_OK | os.X_OK):
        message = f"{folder} may not be read by the user who runs this; give that user the right to read it."
        raise click.UsageError(message)
    known, warnings = districts_landed(folder)
    if not known:
        told = " ".join(["", *warnings[:MOST_TOLD]])
        message = f"no district has landed for {period}: {folder} has no folder named by a 4-digit district code.{told}"
        raise click.UsageError(message)
    for district in wanted:
        _require_landed(district, period, known)
    return Landed(tuple(sorted(set(wanted))) or tuple(known), tuple(warnings))


def _require_month(period: str) -> None:
    if not is_period(period):
        message = f"'{period}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    if not MONTHS.has_partition_key(period):
        message = f"{period} cannot be reconciled: months go from {FIRST_MONTH} to {MONTHS.get_last_partition_key()}."
        raise click.UsageError(message)


def _require_landed(district: str, period: str, landed: list[str]) -> None:
    if district_name(district) is None:
        message = f"'{district}' is not a Kemendagri district code (4 digits, for example 1401 for Kampar)."
        raise click.UsageError(message)
    if district not in landed:
        message = f"district {district} has not landed for {period}. Landed: {', '.join(landed)}."
        raise click.UsageError(message)


def _landed_months(root: DataRoot) -> str:
    months = root.landed_months()
    return f"Landed months: {', '.join(months)}." if months else "Try `welfare sample` for made-up files."
