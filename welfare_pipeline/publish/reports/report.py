"""A district's month as one page that opens in any browser and prints on A4; the same tables give the same bytes."""

from importlib.resources import files
from pathlib import Path

import duckdb
from jinja2 import Environment, StrictUndefined, Template

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.words import Language, month_words, state_in_words
from welfare_pipeline.lake import DataRoot, Partition, make_words, write_whole
from welfare_pipeline.publish.replacing import PublishError

READABLE = 0o644  # counts only, as in the analysts' database
SECTIONS = (
    "figures", "programmes", "reasons", "households", "blockers", "misranked", "departures", "totals", "payments",
    "prices", "facilitators", "changes", "checks", "villages",
)  # fmt: skip
ANSWERED = ("precision", "audit")  # what came back from the field
_ROOM = files("welfare_pipeline.publish.reports")


def publish_report(root: DataRoot, period: str, district: str) -> Path:
    """Write `published/reports/<period>/<district>.html` anew; its path.

    Raises:
        PublishError: it could not be written; the former one stands.

    """
    target = root.report(period, district)
    pointer = root.pointer(period, district)
    standing = state_in_words(pointer.state if pointer else None, Language.INDONESIAN)
    page = _page(root.published_partition(period, district), standing)
    with root.alone(f"report-{period}-{district}"):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_whole(target, page, READABLE)
        except OSError as error:
            message = (
                f"reports/{period}/{district}.html: could not be written, the former one stands "
                f"({type(error).__name__}); see that the disk has room and run the district again."
            )
            raise PublishError(message) from None
    return target


def withdraw_report(root: DataRoot, period: str, district: str) -> None:
    """Take the report of a month that is held back away."""
    with root.alone(f"report-{period}-{district}"):
        root.report(period, district).unlink(missing_ok=True)


def _page(partition: Partition, standing: str | None) -> str:
    with partition.connect() as con:
        _make_words(con)
        sections = {name: con.sql(_text(f"sql/{name}.sql")).pl().to_dicts() for name in (*SECTIONS, *ANSWERED)}
    title = district_name(partition.district) or partition.district
    return _template().render(title=title, month=month_words(partition.period), standing=standing, **sections)


def _make_words(con: duckdb.DuckDBPyConnection) -> None:
    """The tables of `lake.make_words`, with the labels of programmes."""
    make_words(con, Language.INDONESIAN)
    con.execute(
        "insert into words "
        "select unnest(['programme', 'measure']), programme, 1000 + place, label_id, null, null from programme_rules"
    )


def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters |= {"number": number, "share": share, "month": month_words}
    return environment.from_string(_text("report.html"))


def number(value: float | None) -> str:
    """A count with points between thousands: `24.355`, a fraction behind a comma; a dash where nothing is known."""
    if value is None:
        return "–"
    written = f"{value:,.2f}".rstrip("0").rstrip(".")
    return written.translate(str.maketrans(",.", ".,"))


def share(value: float | None) -> str:
    """A share in per cent, with a decimal comma: `47,5%`."""
    return "–" if value is None else f"{value:.1%}".replace(".", ",")


def _text(name: str) -> str:
    return _ROOM.joinpath(name).read_text("utf-8")
