"""What has landed and can be run, of every month; whatever else lies there stops nobody and is named in a remark.

Remarks are kept by Dagster: entries whose names may be people's are counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.defs.partitions import FIRST_MONTH, MONTHS
from welfare_pipeline.ingest.landing_folder import districts_landed
from welfare_pipeline.ingest.plain import is_plain_name
from welfare_pipeline.ingest.watching import MOST_ENTRIES, KnownFiles, Look, NoTimeError, TooManyEntriesError, look_into
from welfare_pipeline.lake import DataRoot


@dataclass
class Arrivals:
    """How the folders look that can be run, by `<period>/<district>`; remarks about the rest."""

    root: DataRoot
    looks: dict[str, Look] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def remark(self, folder: Path, sentence: str) -> None:
        """Note something about a landing folder."""
        self.remarks.append(f"{folder.relative_to(self.root.shared)}{sentence}")

    @contextmanager
    def reading(self, folder: Path) -> Iterator[None]:
        """Inside, a folder that cannot be read becomes a remark; one that is gone by now is none."""
        try:
            yield
        except FileNotFoundError:
            return
        except NoTimeError:
            self.remark(folder, " is read at the next look: there was no time for it.")
        except TooManyEntriesError:
            self.remark(
                folder, f" has more than {MOST_ENTRIES:,} entries and is not watched: take out what is no list."
            )
        except OSError as error:
            self.remark(folder, f" cannot be read ({error.strerror}): give the user who runs this the right to.")


def arrivals(root: DataRoot, period: str | None = None) -> Arrivals:
    """Everything that has landed (of all months, or of one of the calendar), as it looks now.

    In an object store: without the districts where just what was read lies, so that nothing is fetched of them.
    """
    root.refresh(period)
    found, known = Arrivals(root), KnownFiles.kept_in(root.known_files, load_policy(root.policy))
    months = _months(found) if period is None else [period]
    folders = [root.landing(month) / code for month in months for code in _districts(root.landing(month), found)]
    lists = [source.name for source in known.policy.sources.lists]
    for folder in folders:
        if root.lies_as_read(root.partition(folder.parent.name, folder.name), lists):
            continue
        with found.reading(folder):
            look = look_into(root.landing(folder.parent.name, folder.name), known)
            if not look.is_empty:
                found.looks[f"{folder.parent.name}/{folder.name}"] = look
    known.keep()
    return found


def _months(found: Arrivals) -> list[str]:
    landing = found.root.landings
    names: list[str] = []
    with found.reading(landing):
        names = sorted(entry.name for entry in landing.iterdir())
    months = [name for name in names if is_period(name)]
    _remark_strangers(found, landing, [name for name in names if name not in months])
    for month in months:
        if not MONTHS.has_partition_key(month):
            last = MONTHS.get_last_partition_key()
            found.remark(landing / month, f" is not run: months go from {FIRST_MONTH} to {last}.")
    return [month for month in months if MONTHS.has_partition_key(month)]


def _remark_strangers(found: Arrivals, landing: Path, names: list[str]) -> None:
    plain = [name for name in names if is_plain_name(name)]
    for name in plain:
        found.remark(landing / name, " is no month (YYYY-MM) and is not read.")
    if len(plain) < len(names):
        found.remark(landing, f": {len(names) - len(plain)} of its entries are no months (YYYY-MM) and are not read.")


def _districts(month: Path, found: Arrivals) -> list[str]:
    codes: list[str] = []
    with found.reading(month):
        codes, strangers = districts_landed(month)
        found.remarks += [f"landing/{sentence}" for sentence in strangers]
    return codes
