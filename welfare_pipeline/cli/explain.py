"""`welfare explain`: on a page of text, how a landed row was read, compared and judged, and what would change that."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import click

from welfare_pipeline.cli.explaining.comparing import what_it_was_compared_with
from welfare_pipeline.cli.explaining.deciding import every_rule, what_came_of_it, what_would_change_it, wrapped
from welfare_pipeline.cli.explaining.mentions import where_it_is_told_of
from welfare_pipeline.cli.explaining.reading import how_it_was_read
from welfare_pipeline.cli.explaining.rows import LandedRow, Month, rows_of_file, rows_of_person
from welfare_pipeline.cli.options import data_option
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.lake import DataRoot, Partition

MOST_ROWS = 20  # of one person
Part = tuple[str, Callable[[Month, LandedRow], Iterator[str]]]
OF_RECIPIENTS: tuple[Part, ...] = (
    ("Every rule", every_rule),
    ("What came of it", what_came_of_it),
    ("What would change it", what_would_change_it),
)


@dataclass(frozen=True)
class Question:
    """The row, or the person, that is asked about."""

    row: str | None
    person: str | None

    def rows(self, month: Month) -> list[LandedRow]:
        """The landed rows that are meant."""
        if self.person is not None:
            return rows_of_person(month, self.person)
        file, _, number = (self.row or "").rpartition(":")
        return rows_of_file(month, file, int(number))

    def __str__(self) -> str:
        """As it was asked."""
        return f"row {self.row}" if self.row is not None else f"person or family with the key {self.person}"


@click.command("explain")
@click.option("--period", metavar="YYYY-MM", required=True, help="The month.")
@click.option("--row", metavar="FILE:ROW", help="The landed row, for example pkh.csv:123.")
@click.option("--person", metavar="KEY", help="Every row of the person or family with this key.")
@click.option("--district", metavar="CODE", help="Only this district; without it, every one that has the row in turn.")
@click.option("--show-identities", is_flag=True, help="Show names and numbers: for the owner of the data root only.")
@data_option
def command(  # noqa: PLR0913  the words of a command line
    period: str, row: str | None, person: str | None, district: str | None, root: DataRoot, *, show_identities: bool
) -> int:
    """Tell how a landed row was read, what it was compared with, what each rule decided and what would change that.

    Reads the lake's tables and computes nothing. Exits with 2 if there is no such row.
    """
    question = _question(period, row, person)
    if show_identities:
        _require_owner(root)
    told = 0
    for partition in _partitions(root, period, district):
        with partition.connect() as con:
            month = Month(con, partition, show_identities)
            rows = question.rows(month)
            for found in rows[:MOST_ROWS]:
                click.echo("\n".join(_page(month, found, is_first=not told)))
                told += 1
            if len(rows) > MOST_ROWS:
                click.echo(f"\n{len(rows) - MOST_ROWS} more rows: name one with --row.")
    if not told:
        raise click.UsageError(_nothing(root, question, period, district))
    return 0


def _question(period: str, row: str | None, person: str | None) -> Question:
    if not is_period(period):
        message = f"'{period}' is not a month: write it YYYY-MM, for example 2021-11."
        raise click.UsageError(message)
    if (row is None) == (person is None):
        message = "say which row with --row FILE:ROW, or which person with --person KEY."
        raise click.UsageError(message)
    if row is not None and not (row.rpartition(":")[0] and row.rpartition(":")[2].isdecimal()):
        message = "a row is a file's name, a colon and the number of the data row: --row pkh.csv:123."
        raise click.UsageError(message)
    return Question(row, person)


def _require_owner(root: DataRoot) -> None:
    if not root.path.exists() or root.path.stat().st_uid != os.geteuid():
        message = f"identities are shown to the owner of {root.path} only, and you are another user."
        raise click.UsageError(message)


def _partitions(root: DataRoot, period: str, district: str | None) -> Iterator[Partition]:
    """What everybody reads of the month, and of a district without that, its newest delivery."""
    for name in root.ever_made():
        if name[0] == period and district in {None, name[1]}:
            published = root.published_partition(*name)
            yield published if published.has("landed_files") else root.partition(*name)


def _page(month: Month, row: LandedRow, *, is_first: bool) -> Iterator[str]:
    place = month.partition
    if not is_first:
        yield ""
    title = f"{place.district} {district_name(place.district)}, {place.period}: {row.source_file} row {row.source_row}"
    yield f"{title} (list {row.source})"
    if not place.has("recipient_outcomes"):
        yield "The delivery is held back or not decided: nothing of it is published."
    for heading, part in _parts(row):
        lines = list(wrapped(part(month, row)))
        if lines:
            yield f"\n{heading}"
            yield from lines


def _parts(row: LandedRow) -> Iterator[Part]:
    yield "How it was read", how_it_was_read
    if row.row_id is not None:
        yield "What it was compared with", what_it_was_compared_with
        if row.table == "recipient_rows":
            yield from OF_RECIPIENTS
        yield "Where it is told of", where_it_is_told_of


def _nothing(root: DataRoot, question: Question, period: str, district: str | None) -> str:
    there = [name[1] for name in root.ever_made() if name[0] == period]
    if district is not None and district not in there:
        return f"nothing of {district} was ever run for {period}: welfare status shows what there is."
    if not there:
        return f"nothing was ever run for {period}: welfare status shows what there is."
    where = f"{period} of {district}" if district else f"{period} ({', '.join(there)})"
    return f"there is no {question} in {where}. Row numbers count data rows from 1; landed_files has the files' names."
