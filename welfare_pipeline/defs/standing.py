"""How each month of each district stands: its newest delivery, and whether what is published is older than its ground.

Looked at before each publication; the table `district_status` and `welfare status` show it.
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

import duckdb
import polars as pl

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.policy import Policy, load_policy
from welfare_pipeline.contracts.tables import DISTRICT_STATUS
from welfare_pipeline.contracts.vocabulary import DistrictState, StaleBecause
from welfare_pipeline.ingest.landing_folder import districts_landed, has_landed
from welfare_pipeline.ingest.watching import KnownFiles, NoTimeError, TooManyEntriesError, look_into
from welfare_pipeline.lake import DataRoot, Pointer, landing_of, stale_months, write_status

NOT_RUN = "Has landed and was not run: {command}."
NOT_FINISHED = "Was read and not decided: {command}."
LOST = "The pointer to its versions is missing or damaged: {command}."
NOT_LANDED = "Expected (policy expected_districts), and nothing has landed."
Name = tuple[str, str]  # period and district


@dataclass(frozen=True)
class Standing:
    """How a month and district stands: a row of `district_status`; whether it lies in the landing folder."""

    period: str
    district: str
    state: DistrictState
    published_run: str | None = None
    stale_because: StaleBecause | None = None
    reason: str | None = None
    as_of: str | None = None
    is_landed: bool = False

    @property
    def command(self) -> str | None:
        """What brings it up to date; `None`: nothing has to be done."""
        if self.state is DistrictState.NOT_DELIVERED:
            return f"land its files in landing/{self.period}/{self.district}"
        is_open = self.state in {DistrictState.FAILED, DistrictState.HELD_BACK}
        return command_for(self.period, self.district) if is_open or self.stale_because else None


def command_for(period: str, district: str) -> str:
    """The command that runs a month of a district."""
    return f"welfare run --period {period} --district {district}"


def standings(root: DataRoot, district: str | None = None) -> list[Standing]:
    """Every month and district (or those of one) that has landed, was ever run or is expected, in that order."""
    policy = load_policy(root.policy)
    landed = {*(_landed(root) if district is None else _landed_of(root, district))}
    made = {*root.ever_made(district or "*")}
    names = sorted(landed | made | {*_expected(root, policy, landed | made, district)})
    known = KnownFiles.kept_in(root.known_files, policy)
    stale = {code: stale_months(root.lake, code) for code in {code for _, code in made}}
    look = _Look(root, known, stale, frozenset(landed), frozenset(made))
    found = [look.at(name) for name in names]
    if district is None:  # what was not looked at would be forgotten
        with suppress(OSError):
            known.keep()
    return found


def note_standings(root: DataRoot, district: str | None = None) -> list[Standing]:
    """Look at them, and keep what is seen for those who publish."""
    found = standings(root, district)
    for code in {standing.district for standing in found}:
        own = [s for s in found if s.district == code]
        rows = [(s.period, s.district, s.state, s.published_run, s.stale_because, s.reason, s.as_of) for s in own]
        schema = dict.fromkeys(DISTRICT_STATUS.column_types(), pl.String)
        write_status(root.district_status(code), pl.DataFrame(rows, schema, orient="row"))
    return found


@dataclass(frozen=True)
class _Look:
    root: DataRoot
    known: KnownFiles
    stale: Mapping[str, Mapping[str, StaleBecause]]
    landed: frozenset[Name]
    made: frozenset[Name]

    def at(self, name: Name) -> Standing:
        pointer = self.root.pointer(*name)
        return self._without_pointer(name) if pointer is None else self._with(pointer, name)

    def _without_pointer(self, name: Name) -> Standing:
        is_landed = name in self.landed
        sentence = LOST if name in self.made else NOT_RUN if is_landed else NOT_LANDED
        state = DistrictState.NOT_DELIVERED if sentence is NOT_LANDED else DistrictState.FAILED
        reason = sentence.format(command=command_for(*name))
        return Standing(*name, state, reason=reason, is_landed=is_landed)

    def _with(self, pointer: Pointer, name: Name) -> Standing:
        """A delivery that was read and not decided (its run died) is told; what is published stands."""
        unfinished = None if pointer.is_settled else NOT_FINISHED.format(command=command_for(*name))
        return Standing(
            *name,
            pointer.state or DistrictState.FAILED,
            self.root.published_partition(*name).contents_or_nothing().run_id or None,
            self._stale_because(name) if pointer.is_published else None,
            unfinished or pointer.reason or None,
            pointer.as_of,
            name in self.landed,
        )

    def _stale_because(self, name: Name) -> StaleBecause | None:
        if name in self.landed and not self._lies_there(name):
            return StaleBecause.NEWER_LANDING
        return self.stale.get(name[1], {}).get(name[0])

    def _lies_there(self, name: Name) -> bool:
        """Whether the files that were read lie there and no others; yes, where that cannot be seen now."""
        lists = (source.name for source in self.known.policy.sources.lists)
        if self.root.lies_as_read(self.root.published_partition(*name), lists):
            return True
        with suppress(OSError, TooManyEntriesError, NoTimeError, pl.exceptions.PolarsError, duckdb.Error):
            read = landing_of(self.root.published_partition(*name))
            return read in {"", look_into(self.root.landing(*name), self.known).content}
        return True


def _expected(root: DataRoot, policy: Policy, there: Collection[Name], district: str | None) -> Iterator[Name]:
    """The districts (or the one) that policy expects in each month of which any district has landed or was run.

    For one district that has to be seen of others; of all others, only if it is expected.
    """
    if district is not None and district not in policy.expected_districts:
        return
    all_there = there if district is None else {*_landed(root), *root.ever_made()}
    codes = policy.expected_districts if district is None else (district,)
    yield from ((period, code) for period in {period for period, _ in all_there} for code in codes)


def _landed_of(root: DataRoot, district: str) -> Iterator[Name]:
    for period in root.landed_months():
        with suppress(OSError):
            if district_name(district) and has_landed(root.landing(period), district):
                yield period, district


def _landed(root: DataRoot) -> Iterator[Name]:
    for period in root.landed_months():
        with suppress(OSError):  # whoever runs this month is told
            codes, _ = districts_landed(root.landing(period))
            yield from ((period, code) for code in codes if is_period(period) and district_name(code))
