"""What people put right by hand: which version of a month is published; and how every month stands."""

from collections.abc import Iterator
from dataclasses import dataclass

import click

from welfare_pipeline.cli.stores import stale_months_told
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.defs.standing import command_for, note_standings
from welfare_pipeline.lake import DataRoot, Pointer
from welfare_pipeline.publish.databases import publish_analysts, publish_district, publish_standings
from welfare_pipeline.publish.month import withdraw_month
from welfare_pipeline.publish.reports import publish_index, publish_provinces, publish_report
from welfare_pipeline.publish.worklists.folder import publish_worklists
from welfare_pipeline.reconcile import compare_districts

period_option = click.option("--period", required=True, metavar="YYYY-MM", help="The month.")
district_option = click.option("--district", required=True, metavar="CODE", help="The district.")


@dataclass(frozen=True)
class Month:
    """A month and district whose published version somebody changes."""

    root: DataRoot
    period: str
    district: str

    @property
    def title(self) -> str:
        """As it is told to people."""
        return f"{self.district} {district_name(self.district)}, {self.period}"

    def pointer(self) -> Pointer:
        """Which version is what.

        Raises:
            click.UsageError: there is no such month, or nothing of it was ever run.

        """
        if not is_period(self.period):
            message = f"'{self.period}' is not a month: write it YYYY-MM, for example 2021-11."
            raise click.UsageError(message)
        pointer = self.root.pointer(self.period, self.district)
        if pointer is None:
            message = f"nothing of {self.period} was ever run for district {self.district}."
            raise click.UsageError(message)
        return pointer

    def publish_again(self) -> None:
        """Let everything that people read follow the pointer."""
        root, policy = self.root, load_policy(self.root.policy)
        compare_districts(root, self.period, policy)
        note_standings(root)
        publish_district(root, self.district)
        if root.published_partition(self.period, self.district).has_any():
            publish_worklists(root, self.period, self.district)
            publish_report(root, self.period, self.district)
        else:
            withdraw_month(root, self.period, self.district)
        publish_analysts(root)
        publish_standings(root)
        publish_provinces(root, self.period)
        publish_index(root)

    def told_afterwards(self) -> Iterator[str]:
        """That it stays so, and what is now older than what it rests on."""
        yield f"It stays so until other files land or somebody runs it: {command_for(self.period, self.district)}"
        yield from stale_months_told(self.root)
