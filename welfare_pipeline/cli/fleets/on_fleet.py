"""A month's runs on the fleet, as `welfare run --fleet` has them done."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import click

from welfare_pipeline.cli.fleet import home_of
from welfare_pipeline.cli.fleets.setting_up import require_fleet, told_plainly
from welfare_pipeline.cli.progress import Told
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.defs.fleet.liveness import held_numbers
from welfare_pipeline.defs.fleet.server import answering_server
from welfare_pipeline.defs.fleet.settings import FleetError
from welfare_pipeline.defs.fleet.submitting import FleetRuns
from welfare_pipeline.defs.fleet.workers import Workers
from welfare_pipeline.defs.recording import RecordedRun
from welfare_pipeline.lake import DataRoot

NO_WORKER = "no worker of the fleet answers: start one with `welfare fleet worker --data {data}`"
_AT_FIRST = 15.0  # seconds in which a worker that just starts may answer
_LOOK = 30.0  # seconds between two looks whether anybody still works


@dataclass
class OnFleet:
    """Submits to the fleet and waits; the bar moves as runs end."""

    root: DataRoot
    told: Told

    def __post_init__(self) -> None:
        """See that server and workers are there.

        Raises:
            FleetProblem: one is not.

        """
        require_fleet(self.root)
        with told_plainly():
            answering_server(self.root)
            held_numbers()
            self._workers = Workers()
            if not self._workers.is_one_answering(_AT_FIRST):
                message = f"{NO_WORKER.format(data=self.root.path)}. Nothing was begun."
                raise FleetError(message)
        home_of(self.root)
        self._looked = time.monotonic()
        self._runs = FleetRuns(self.root, self._look)

    def link(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        """The first half of each district's month, as they end."""
        return self._each(period, self._runs.link(period, districts))

    def decide(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        """The second half of each district's month, as they end."""
        return self._each(period, self._runs.decide(period, districts))

    def compare(self, period: str) -> RecordedRun:
        """Between the halves: people on the lists of two districts."""
        with self.told.about(f"{period} all districts, compared"):
            return self._runs.compare(period)

    def publish(self, period: str) -> RecordedRun:
        """Bring what is published of all districts up to date."""
        with self.told.about(f"{period} all districts, published"):
            return self._runs.publish(period)

    def _each(self, period: str, runs: Iterator[tuple[str, RecordedRun]]) -> Iterator[tuple[str, RecordedRun]]:
        for district, ended in runs:
            with self.told.about(f"{period} {district} {district_name(district)} is done"):
                pass
            yield district, ended

    def _look(self) -> None:
        """Say if meanwhile nobody works any more; the runs wait, and so does this command."""
        if time.monotonic() - self._looked < _LOOK:
            return
        try:
            answering_server(self.root)
            held_numbers()
            problem = None if self._workers.is_one_answering() else NO_WORKER.format(data=self.root.path)
        except FleetError as error:
            problem = str(error)
        self._looked = time.monotonic()
        if problem is not None:
            click.echo(f"welfare: {problem.rstrip('.')}. What was submitted waits; Ctrl-C cancels it.", err=True)
