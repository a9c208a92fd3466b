"""The end of `welfare run` on paper: one line a district, then what went wrong and what to do, then where to look."""

import sys

from rich.console import Console
from rich.table import Table

from welfare_pipeline.cli.messages import that_change_results, the_rest, unread_lists
from welfare_pipeline.cli.month_report import (
    FAILED,
    HELD_BACK,
    SUPERSEDED,
    UNREGISTERED,
    DistrictReport,
    MonthReport,
)
from welfare_pipeline.contracts.vocabulary import DistrictState, Outcome, Severity
from welfare_pipeline.contracts.words import Language, state_in_words
from welfare_pipeline.defs.fleet.server import noted_server
from welfare_pipeline.lake import DataRoot

PLAIN_WIDTH = 240  # a file or pipe has no width of its own; words must not be cut
STYLES = {HELD_BACK: "bold red", FAILED: "bold red"}
COLUMNS = (
    *(outcome.replace("_", " ") for outcome in Outcome),
    "unregistered households",
    "possibly unregistered",
    "warnings",
    "blocking",
    "seconds",
)


def show_summary(root: DataRoot, month: MonthReport) -> None:
    """Print the summary to stdout."""
    console = Console(highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console = Console(highlight=False, emoji=False, markup=False, width=PLAIN_WIDTH, file=sys.stdout)
    console.print(_table(month))
    for line in (*_problems(month), *_messages(month), *_next_steps(root, month)):
        console.print(line, soft_wrap=True)


def _table(month: MonthReport) -> Table:
    table = Table(title=f"Reconciliation of {month.period}", title_justify="left")
    table.add_column("district", overflow="fold")
    table.add_column("state", no_wrap=True)
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for report in month.districts:
        table.add_row(report.title, report.state, *_figures(report), style=STYLES.get(report.state))
    return table


def _figures(report: DistrictReport) -> list[str]:
    counts = [f"{report.counts[name]:,}" if report.counts else "-" for name in (*Outcome, *UNREGISTERED)]
    checks = [str(len(report.failed(severity))) for severity in (Severity.WARNING, Severity.BLOCKING)]
    return [*counts, *checks, f"{report.run.seconds:.1f}"]


def _problems(month: MonthReport) -> list[str]:
    lines: list[str] = []
    for report in month.districts:
        if report.run.reason and report.state != SUPERSEDED:
            lines.append(f"{report.title}: {_indented(report.run.reason)}")
            lines.append(f"    {_what_to_do(report, month.period)}")
        lines += [f"{report.title}: {file.name} is not used: {file.error}" for file in report.rejected_files]
    if month.publication.reason:
        is_rebuilt = month.publication.is_partly_former
        state = "rebuilt, but" if is_rebuilt else "NOT REBUILT (the former one stands):"
        lines.append(f"analysts' database {state} {_indented(month.publication.reason)}")
    unread = _section("Whole lists that were not read", unread_lists(month.districts))
    return [*unread, *_section("What went wrong", lines)]


def _indented(reason: str) -> str:
    """A reason of several lines, below its first."""
    return reason.replace("\n", "\n      ")


def _what_to_do(report: DistrictReport, period: str) -> str:
    again = f"welfare run --period {period} --district {report.district}"
    if report.state == HELD_BACK:
        return f"{_what_stands(report)} Correct the files, land them again, then: {again}"
    return f"{_what_stands(report)} Details: run {report.run.run_id[:8]} in the web pages; to try again: {again}"


def _what_stands(report: DistrictReport) -> str:
    if not report.is_published:
        return "Nothing of this month is published for it."
    held_back = state_in_words(DistrictState.HELD_BACK, Language.ENGLISH)
    told = f"{held_back} " if report.state == HELD_BACK else ""
    return f"{told}Its former results stand, until `welfare withdraw` takes them away."


def _messages(month: MonthReport) -> list[str]:
    others = [f"{of.title}: {of.run.reason}" for of in month.districts if of.state == SUPERSEDED]
    rest = [*month.warnings, *others, *the_rest(month.districts)]
    return [
        *_section("Warnings: what changes results", that_change_results(month.districts)),
        *_section("Warnings: the rest", rest),
    ]


def _next_steps(root: DataRoot, month: MonthReport) -> list[str]:
    databases = [root.published / "districts" / f"{report.district}.duckdb" for report in month.districts]
    lines = [f"all districts, for analysts: {root.published / 'welfare.duckdb'}"]
    if root.store is not None:  # on a fleet, other machines may have made it
        here = lines if (root.published / "welfare.duckdb").exists() else []
        lines = [f"all that is published: {root.store.bucket.settings.address}/published", *here]
    lines += [f"{database.stem}, its officers only: {database}" for database in databases if database.exists()]
    worklists = [root.worklists(month.period, report.district) for report in month.districts]
    lines += [f"{folder.name}, worklists for its villages: {folder}" for folder in worklists if folder.exists()]
    reports = [root.report(month.period, report.district) for report in month.districts]
    lines += [f"{page.stem}, its office's report: {page}" for page in reports if page.exists()]
    return _section("Where to look", [*lines, f"checks and history: {_pages(root)}"])


def _pages(root: DataRoot) -> str:
    """Where the web pages are: of a fleet they are served already, by its server."""
    server = noted_server(root)
    return f"welfare ui --data {root.path}" if server is None else f"{server.address}, of the fleet's server"


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {line}" for line in lines)] if lines else []
