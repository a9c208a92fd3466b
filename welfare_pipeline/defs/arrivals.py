"""What has landed and can be run, of every month; whatever else lies there stops nobody and is named in a remark.

Remarks are kept by Dagster: entries that are no months and no districts are counted, as their names may be people's.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.defs.partitions import FIRST_MONTH, MONTHS
from welfare_pipeline.ingest.landing_folder import MOST_ENTRIES, FolderState, districts_landed, folder_state
from welfare_pipeline.lake import DataRoot

QUIET_SECONDS = 60  # a folder whose files changed less long ago may still be receiving them


@dataclass
class Arrivals:
    """Fingerprints of the folders that can be run, by `<period>/<district>`; remarks about the rest."""

    root: DataRoot
    fingerprints: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def remark(self, folder: Path, sentence: str) -> None:
        """Note something about a landing folder."""
        self.remarks.append(f"{folder.relative_to(self.root.path)}{sentence}")

    @contextmanager
    def reading(self, folder: Path) -> Iterator[None]:
        """Inside, a folder that cannot be read becomes a remark; one that is gone by now is none."""
        try:
            yield
        except FileNotFoundError:
            return
        except OSError as error:
            self.remark(folder, f" cannot be read ({error.strerror}): give the user who runs this the right to.")


def arrivals(root: DataRoot) -> Arrivals:
    """Everything that has landed and is quiet."""
    found = Arrivals(root)
    for month in _months(found):
        for district in _districts(root.landing(month), found):
            with found.reading(district):
                _add(district, found)
    return found


def landed_in_month(root: DataRoot, period: str) -> tuple[list[str], list[str]]:
    """The district codes that have landed for a month of the calendar, and remarks."""
    found = Arrivals(root)
    return [folder.name for folder in _districts(root.landing(period), found)], found.remarks


def _months(found: Arrivals) -> list[str]:
    landing = found.root.path / "landing"
    names: list[str] = []
    with found.reading(landing):
        names = sorted(entry.name for entry in landing.iterdir())
    months = [name for name in names if is_period(name)]
    if len(months) < len(names):
        found.remark(landing, f": {len(names) - len(months)} of its entries are no months (YYYY-MM) and are not read.")
    for month in months:
        if not MONTHS.has_partition_key(month):
            last = MONTHS.get_last_partition_key()
            found.remark(landing / month, f" is not run: months go from {FIRST_MONTH} to {last}.")
    return [month for month in months if MONTHS.has_partition_key(month)]


def _districts(month: Path, found: Arrivals) -> list[Path]:
    codes: list[str] = []
    strangers: list[str] = []
    with found.reading(month):
        codes, strangers = districts_landed(month)
    if strangers:
        found.remark(
            month,
            f": {len(strangers)} of its entries are no districts' folders and are not read; "
            f"`welfare run --period {month.name}` names them.",
        )
    return [month / code for code in codes]


def _add(folder: Path, found: Arrivals) -> None:
    state = folder_state(folder)
    if state is None:
        found.remark(folder, f" has more than {MOST_ENTRIES:,} entries and is not watched: take out what is no list.")
    elif _is_quiet(state):
        found.fingerprints[f"{folder.parent.name}/{folder.name}"] = state.fingerprint


def _is_quiet(state: FolderState) -> bool:
    """A time in the future is of a clock that is wrong, and says nothing of when the file arrived."""
    return state.newest is not None and abs(time.time() - state.newest) >= QUIET_SECONDS
