"""`welfare policy`: the rules that hold in a month, whose they are, and what they rest on; or what is wrong in them."""

import datetime as dt
from zoneinfo import ZoneInfo

import click
from rich.console import Console
from rich.table import Table

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import policy_in_force, policy_notes
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.policy_file import deployment_entries
from welfare_pipeline.contracts.policy_in_words import DEPLOYMENT, Line, lines_in_force
from welfare_pipeline.contracts.versions import policy_version
from welfare_pipeline.lake import DataRoot

COLUMNS = ("entry", "in force", "since", "origin", "legal basis")


@click.command("policy")
@click.option("--period", metavar="YYYY-MM", help="The month to look at; without it, this month.")
@data_option
def command(period: str | None, root: DataRoot) -> int:
    """Print the rules in force in a month: each with its origin (shipped or deployment) and its legal basis.

    With mistakes in the data root's policy.toml: all of them, and exit code 2.
    """
    if period is not None and not is_period(period):
        message = f"'{period}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    policy = policy_in_force(root, done="Nothing was changed.")
    month = period or f"{dt.datetime.now(ZoneInfo(policy.time_zone)):%Y-%m}"
    lines = lines_in_force(policy, deployment_entries(root.policy), month)
    _show(lines, _title(root, policy, lines, month))
    for note in policy_notes(root):
        click.echo(f"Note: {note}")
    return 0


def _title(root: DataRoot, policy: Policy, lines: list[Line], month: str) -> str:
    own = sum(line.origin == DEPLOYMENT for line in lines)
    if own:
        whose = f"{own} of {len(lines)} entries are the deployment's, from {root.policy}"
    elif root.policy.exists():
        whose = f"all as shipped: {root.policy} has no entry of its own"
    else:
        whose = f"all as shipped: there is no {root.policy}"
    return f"Policy in force in {month}, version {policy_version(policy)}; {whose}."


def _show(lines: list[Line], title: str) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0))
    for name in COLUMNS:
        table.add_column(name, overflow="fold")
    for line in lines:
        style = "bold" if line.origin == DEPLOYMENT else None
        table.add_row(line.entry, line.value, line.since, line.origin, line.legal_basis, style=style)
    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal:  # a line an entry, however long
        console = Console(highlight=False, emoji=False, markup=False, width=_width(lines))
    console.print(title, soft_wrap=True)
    console.print()
    console.print(table)


def _width(lines: list[Line]) -> int:
    rows = [(line.entry, line.value, line.since, line.origin, line.legal_basis) for line in lines]
    return sum(max(map(len, column)) + 2 for column in zip(COLUMNS, *rows, strict=True))
