"""`welfare what-if`: decides a month again under another policy and shows the differences; publishes nothing."""

from pathlib import Path

import click
import polars as pl
from rich.console import Console
from rich.table import Table
from xlsxwriter.exceptions import FileCreateError

from welfare_pipeline.cli.options import data_option
from welfare_pipeline.cli.policy_in_force import WrongPolicyError, policy_in_force
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.policy import Policy, PolicyError, load_policy
from welfare_pipeline.lake import DataRoot, Partition
from welfare_pipeline.publish.what_if_workbook import write_what_if
from welfare_pipeline.reconcile.what_if import SUMS, compared

NOTE = (
    "enter, leave: recipient rows that get or lose their entitlement (off target or not) by the other policy; amounts "
    "in rupiah a month, of entitled rows whose amount is known; registered_within: families (or persons) of the "
    "registry that the decile limit lets in, on a list or not. Nothing was published."
)
WIDE = 200  # columns of a terminal that has room for every figure
BRIEF = ("district_code", "village_name", "programme", "entitled", "enter", "leave", "to_verify_after", "net_amount")
SHEETS = {
    "programmes": ("programme",),
    "districts": ("district_code", "district_name", "programme"),
    "villages": ("district_code", "district_name", "village_code", "village_name", "programme"),
}


@click.command("what-if")
@click.option("--period", metavar="YYYY-MM", required=True, help="The month to decide anew.")
@click.option(
    "--policy",
    "trial",
    required=True,
    type=click.Path(path_type=Path),
    help="A file like policy.toml; its entries are laid over the policy in force.",
)
@click.option("--district", "districts", multiple=True, metavar="CODE", help="Only this district (repeatable).")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Also write what-if.xlsx into this folder."
)
@data_option
def command(period: str, trial: Path, districts: tuple[str, ...], out: Path | None, root: DataRoot) -> int:
    """Decide a published month anew by another policy: how many enter and leave, and rupiah a month.

    By programme, district and village. Nothing is published or changed; files are not read and people not linked again.
    """
    in_force, other = policy_in_force(root), _other_policy(root, trial)
    partitions = _published(root, period, districts)
    found = pl.concat([compared(partition, in_force, other) for partition in partitions])
    sheets = {name: _summed(found, keys) for name, keys in SHEETS.items()}
    title = f"{period}: what {trial.name} would change, laid over the policy in force"
    note = f"{_together(sheets['programmes'])} {NOTE}"
    _show(title, note, sheets)
    if out is not None:
        click.echo(f"Workbook: {_written(out, title, note, sheets)}")
    return 0


def _other_policy(root: DataRoot, trial: Path) -> Policy:
    """The policy in force with that file's entries over it.

    Raises:
        click.UsageError: there is no such file.
        WrongPolicyError: it has mistakes.

    """
    if not trial.exists():
        message = f"--policy {trial}: there is no such file."
        raise click.UsageError(message)
    try:
        return load_policy(root.policy, trial)
    except PolicyError as error:
        message = (
            f"{error}\nCorrect it, or remove the wrong entries: what is not named is as in force. Nothing was decided."
        )
        raise WrongPolicyError(message) from None


def _published(root: DataRoot, period: str, wanted: tuple[str, ...]) -> list[Partition]:
    """The districts of the month (or the wanted ones) that decisions are published of.

    Raises:
        click.UsageError: no such month or district, or nothing is published of it.

    """
    if not is_period(period):
        message = f"'{period}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    there = {p.district: p for p in root.partitions() if p.period == period and p.has("recipient_outcomes")}
    for district in wanted:
        if district_name(district) is None:
            message = f"'{district}' is not a Kemendagri district code (4 digits, for example 1401 for Kampar)."
            raise click.UsageError(message)
    missing = sorted({*wanted} - {*there})
    if missing or not there:
        of = f" of {', '.join(missing)}" if missing else ""
        message = f"nothing{of} is published for {period}: welfare run --period {period} first."
        raise click.UsageError(message)
    return [there[district] for district in sorted({*wanted} or {*there})]


def _summed(found: pl.DataFrame, keys: tuple[str, ...]) -> pl.DataFrame:
    """The sums by these keys, in their order; `net_amount` is what the month costs more."""
    summed = found.group_by(keys, maintain_order=True).agg(pl.col(SUMS).sum())
    return summed.with_columns(net_amount=pl.col("amount_after") - pl.col("amount_before"))


def _together(programmes: pl.DataFrame) -> str:
    """What all programmes come to, in one sentence."""
    enter, leave, before, after, net = (
        programmes[name].sum() for name in ("enter", "leave", "amount_before", "amount_after", "net_amount")
    )
    rupiah = f"rupiah a month: {before:,} before, {after:,} after ({net:+,})"
    return f"All programmes: {enter:,} enter, {leave:,} leave; {rupiah}."


def _show(title: str, note: str, sheets: dict[str, pl.DataFrame]) -> None:
    console = Console(highlight=False, emoji=False, markup=False)
    is_narrow = console.is_terminal and console.width < WIDE
    if not console.is_terminal:  # a line a row, however long
        console = Console(highlight=False, emoji=False, markup=False, width=250)
    console.print(title, soft_wrap=True)
    console.print(note, soft_wrap=not is_narrow)
    if is_narrow:
        console.print("Rows without a change and further figures are left out here; --out DIR writes all of them.")
    for name, rows in sheets.items():
        console.print()
        console.print(_table(name, _brief(rows) if is_narrow else rows))


def _brief(rows: pl.DataFrame) -> pl.DataFrame:
    """What changes, in so few columns that a line of a usual terminal holds them."""
    return rows.filter(_changes("amount", "to_verify")).select(pl.col(name) for name in BRIEF if name in rows.columns)


def _table(name: str, rows: pl.DataFrame) -> Table:
    """The rows; of villages only those in which something changes."""
    shown = (
        rows.filter(_changes("amount", "to_verify", "registered_within"))
        if name == "villages" and {*SUMS} <= {*rows.columns}
        else rows
    )
    hidden = rows.height - shown.height
    caption = f"{hidden:,} rows of villages without a change are left out" if hidden else None
    table = Table(title=name, title_justify="left", caption=caption, caption_justify="left", box=None, pad_edge=False)
    for column in shown.columns:
        table.add_column(column, justify="right" if column in {*SUMS, "net_amount"} else "left", overflow="fold")
    for row in shown.iter_rows():
        table.add_row(*(f"{cell:,}" if isinstance(cell, int) else cell or "-" for cell in row))
    return table


def _changes(*pairs: str) -> pl.Expr:
    """Whether anybody enters or leaves, or one of the figures is another after than before."""
    differ = [pl.col(f"{name}_before") != pl.col(f"{name}_after") for name in pairs]
    return pl.any_horizontal(pl.col("enter") > 0, pl.col("leave") > 0, *differ)


def _written(out: Path, title: str, note: str, sheets: dict[str, pl.DataFrame]) -> Path:
    """The path of the workbook.

    Raises:
        NotWrittenError: the folder refused it.

    """
    try:
        return write_what_if(out, title, note, sheets)
    except (OSError, FileCreateError) as error:
        message = (
            f"{out}: what-if.xlsx could not be written ({type(error).__name__}); see that the folder can be written."
        )
        raise NotWrittenError(message) from None


class NotWrittenError(click.ClickException):
    """No wrong usage: the folder refused the workbook."""

    leaves_with = 1
