"""When a district's proposals are made, and of which quarter the ranks of a registry are that does not say so."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from welfare_pipeline.contracts.period import following, last_day, previous
from welfare_pipeline.contracts.policy_entries import CalendarDays

_MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True)
class Calendar:
    """The days of each month that hold in one district and period: proposals, village meeting, district's approval."""

    period: str
    proposals_from: int
    proposals_until: int
    meeting_until: int
    approval_until: int
    snapshot_months_back: int

    @property
    def deadline_on(self) -> date:
        """The last day on which what the period's tables say can be proposed: of the month after it."""
        end = last_day(following(self.period))
        return end.replace(day=min(self.proposals_until, end.day))

    @property
    def snapshot(self) -> str:
        """The quarter (`2025-Q3`) whose ranks the period's registry has, if it does not say so itself."""
        month = self.period
        for _ in range(self.snapshot_months_back):
            month = previous(month)
        return quarter_of(month)


def quarter_of(month: str) -> str:
    """The quarter of a month YYYY-MM, as `2025-Q3`."""
    year, number = month.split("-")
    return f"{year}-Q{(int(number) + _MONTHS_OF_A_QUARTER - 1) // _MONTHS_OF_A_QUARTER}"


def calendar_of(period: str, entries: Iterable[CalendarDays | None]) -> Calendar | None:
    """The calendar that these entries make, the nearest first; `None` if a day is named by none of them."""
    found: dict[str, int] = {}
    for entry in entries:
        days = entry.model_dump(exclude={"starts"}, exclude_none=True) if entry else {}
        found = days | found
    return Calendar(period, **found) if found.keys() >= CalendarDays.model_fields.keys() - {"starts"} else None
