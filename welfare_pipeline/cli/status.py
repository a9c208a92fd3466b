"""`welfare status`: months and districts, what has become of each, and the next command."""

import sys
from datetime import UTC, datetime

import click
from rich.console import Console
from rich.table import Table

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.defs.standing import Standing, standings
from welfare_pipeline.lake import DataRoot

PLAIN_WIDTH = 240  # a file or pipe has no width of its own; words must not be cut
COLUMNS = ("period", "district", "landed", "state", "published", "age in days", "stale because", "next")


@click.command("status")
@click.option("--period", metavar="YYYY-MM", help="Only this month.")
@click.option("--district", metavar="CODE", help="Only this district.")
@data_option
def command(period: str | None, district: str | None, root: DataRoot) -> int:
    """Show how each month of each district stands: landed, state, whether it is stale, and what to do next."""
    if period is not None and not is_period(period):
        message = f"'{period}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    found = [standing for standing in standings(root, district) if period in {None, standing.period}]
    if not found:
        message = f"nothing has landed or was run in {root.path}."
        raise click.UsageError(message)
    _show(found)
    return 0


def _show(found: list[Standing]) -> None:
    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, emoji=False, markup=False, width=PLAIN_WIDTH, file=sys.stdout)
    table = Table()
    for name in COLUMNS:
        table.add_column(name, overflow="fold")
    for standing in found:
        table.add_row(*_row(standing))
    console.print(table)
    for standing in found:
        if standing.reason:
            console.print(f"{standing.district} {standing.period}: {standing.reason}", soft_wrap=True)


def _row(standing: Standing) -> tuple[str, ...]:
    return (
        standing.period,
        f"{standing.district} {district_name(standing.district) or ''}".strip(),
        "yes" if standing.is_landed else "no",
        standing.state.replace("_", " "),
        f"run {standing.published_run[:8]}" if standing.published_run else "nothing",
        _days(standing.as_of),
        (standing.stale_because or "").replace("_", " "),
        standing.command or "",
    )


def _days(as_of: str | None) -> str:
    return "" if as_of is None else str((datetime.now(UTC) - datetime.fromisoformat(as_of)).days)
