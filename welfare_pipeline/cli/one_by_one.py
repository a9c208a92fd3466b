"""A month's runs in this process, one after the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from welfare_pipeline.cli.progress import Told
from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.defs.recording import RecordedRun, Recorder
from welfare_pipeline.lake import DataRoot


@dataclass
class OneByOne:
    """Runs districts in this process; importing costs more than a district."""

    root: DataRoot
    told: Told

    def __post_init__(self) -> None:
        """Open the run history."""
        self._recorder = Recorder(self.root, self.told.step)

    def link(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        """The first half of each district's month, as they end."""
        return self._each(period, districts, self._recorder.link)

    def decide(self, period: str, districts: Iterable[str]) -> Iterator[tuple[str, RecordedRun]]:
        """The second half of each district's month, as they end."""
        return self._each(period, districts, self._recorder.decide)

    def compare(self, period: str) -> RecordedRun:
        """Between the halves: people on the lists of two districts."""
        with self.told.about(f"{period} all districts"):
            return self._recorder.compare(period)

    def publish(self, period: str) -> RecordedRun:
        """Bring what is published of all districts up to date."""
        with self.told.about(f"{period} all districts"):
            return self._recorder.publish(period)

    def _each(
        self, period: str, districts: Iterable[str], run: Callable[[str, str], RecordedRun]
    ) -> Iterator[tuple[str, RecordedRun]]:
        for district in districts:
            with self.told.about(f"{period} {district} {district_name(district)}"):
                ended = run(period, district)
            yield district, ended
