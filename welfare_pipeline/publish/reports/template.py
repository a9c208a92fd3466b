"""How pages are put together: the templates of this room, figures as they are written in Indonesia, whole files."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FunctionLoader, StrictUndefined

from welfare_pipeline.contracts.words import MONTHS, month_words
from welfare_pipeline.lake import write_whole
from welfare_pipeline.publish.replacing import PublishError

READABLE = 0o644  # counts only, as in the analysts' database
NO_PROOF = "Temuan adalah pertentangan antardaftar yang harus diperiksa, bukan bukti."
_ROOM = files("welfare_pipeline.publish.reports")


def rendered(template: str, **values: Any) -> str:
    """The page that a template makes of these values."""
    return _environment().get_template(template).render(no_proof=NO_PROOF, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(text_of), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"number": number, "share": share, "rate": rate, "total": total, "month": month_words}
    return environment


def write_page(target: Path, page: str) -> Path:
    """Write a page whole or not at all; its path.

    Raises:
        PublishError: it could not be written; the former one stands.

    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, page, READABLE)
    except OSError as error:
        message = (
            f"{'/'.join(target.parts[-3:])}: could not be written, the former one stands "
            f"({type(error).__name__}); see that the disk has room and run the district again."
        )
        raise PublishError(message) from None
    return target


def number(value: float | None) -> str:
    """A count with points between thousands: `24.355`, a fraction behind a comma; a dash where nothing is known."""
    if value is None:
        return "–"
    written = f"{value:,.2f}".rstrip("0").rstrip(".")
    return written.translate(str.maketrans(",.", ".,"))


def rate(value: float | None) -> str:
    """A rate per 1,000 with one decimal, so that a column of them lines up: `199,0`."""
    return "–" if value is None else f"{value:,.1f}".translate(str.maketrans(",.", ".,"))


def share(value: float | None) -> str:
    """A share in per cent, with a decimal comma: `47,5%`."""
    return "–" if value is None else f"{value:.1%}".replace(".", ",")


def total(rows: Sequence[Mapping[str, Any]], column: str) -> float | None:
    """The sum of a column; `None` where nothing of it is known."""
    known = [row[column] for row in rows if row[column] is not None]
    return sum(known) if known else None


def day_words(moment: str | None, time_zone: str) -> str:
    """The day of a moment (ISO; now, if there is none) in the office's time zone, as `27 November 2021`."""
    zone = ZoneInfo(time_zone)
    return in_words((datetime.fromisoformat(moment).astimezone(zone) if moment else datetime.now(zone)).date())


def in_words(day: date) -> str:
    """A day in Bahasa Indonesia."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def text_of(name: str) -> str:
    """The text of a file of this room."""
    return _ROOM.joinpath(name).read_text("utf-8")
