"""A period is a calendar month written YYYY-MM."""

import calendar
import re
from datetime import date


def is_period(text: str) -> bool:
    """Whether `text` is a month YYYY-MM."""
    return re.fullmatch(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", text) is not None


def last_day(period: str) -> date:
    """The last day of the month."""
    year, month = int(period[:4]), int(period[5:7])
    return date(year, month, calendar.monthrange(year, month)[1])


def months_between(first: str, last: str) -> list[str]:
    """Every month from the first to the last, both included; none if the last lies before the first."""
    months = []
    while first <= last:
        months.append(first)
        first = following(first)
    return months


def previous(period: str) -> str:
    """The month before."""
    year, month = int(period[:4]), int(period[5:7])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"


def following(period: str) -> str:
    """The month after."""
    year, month = int(period[:4]), int(period[5:7])
    return f"{year + 1}-01" if month == 12 else f"{year}-{month + 1:02d}"  # noqa: PLR2004  December
