"""A province's month: its districts side by side, who has not delivered, whose figures are old. Nobody is named.

`published/reports/<period>/<2-digit code>.html`; written when a month is published, and by `welfare report`.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from welfare_pipeline.contracts.areas import province_names
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.vocabulary import DistrictState
from welfare_pipeline.contracts.words import CATALOGUE, Language, month_words, state_in_words
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.glance import DistrictMonth, read_glance
from welfare_pipeline.publish.reports.charts import ranked_districts
from welfare_pipeline.publish.reports.template import day_words, rendered, write_page

_DIGITS = 2


def publish_provinces(root: DataRoot, period: str, months: Sequence[DistrictMonth] | None = None) -> list[Path]:
    """Write the page of every province with a district in the period; pages of others are taken away.

    Raises:
        PublishError: one could not be written; the former one stands.

    """
    found = read_glance(root, period) if months is None else months
    by_province: dict[str, list[DistrictMonth]] = {}
    for month in found:
        by_province.setdefault(month.province, []).append(month)
    with root.alone(f"provinces-{period}"):
        pages = [
            write_page(root.report(period, province), _page(root, period, province, of))
            for province, of in by_province.items()
        ]
        for page in root.report(period, "00").parent.glob("[0-9][0-9].html"):
            if page not in pages:
                page.unlink(missing_ok=True)
                root.take_published_away(page)
        root.put_published(*pages)
    return pages


def _page(root: DataRoot, period: str, province: str, months: Sequence[DistrictMonth]) -> str:
    published = sorted(
        (_line(month) for month in months if month.is_published),
        key=lambda line: (-(line["off_target_per_1000"] or 0), line["code"]),
    )
    pointers = [root.pointer(period, month.district) for month in months]
    moments = [pointer.as_of for pointer in pointers if pointer]
    return rendered(
        "province.html",
        title=province_names().get(province, province),
        month=month_words(period),
        made_on=day_words(max(moments, default=None), load_policy(root.policy).time_zone),
        districts=months,
        published=published,
        chart=ranked_districts(published),
        missing=[_named(month) for month in months if month.state is DistrictState.NOT_DELIVERED],
        open=[_named(month) | {"told": told} for month in months if (told := _told(month))],
    )


def _named(month: DistrictMonth) -> dict[str, Any]:
    return {"code": month.district, "name": month.name}


def _line(month: DistrictMonth) -> dict[str, Any]:
    """A district's line, with figures per 1,000 recipient rows."""
    names = ("recipients", "off_target", "to_verify", "off_target_amount", "to_verify_amount")
    recipients = month.figure("recipients")
    per = {
        name: round(1000 * figure / recipients, 1) if recipients and (figure := month.figure(of)) is not None else None
        for name, of in (
            ("off_target_per_1000", "off_target"),
            ("lower_per_1000", "off_target_lower"),
            ("upper_per_1000", "off_target_upper"),
            ("to_verify_per_1000", "to_verify"),
        )
    }
    return (
        _named(month)
        | {name: month.figure(name) for name in names}
        | per
        | {
            "unregistered": month.households("unregistered"),
            "misranked": month.households("misranked"),
            "at_stake": month.at_stake,
            "answered": month.figure("worklist_answered_share"),
        }
    )


def _told(month: DistrictMonth) -> str:
    """What is open about a district that delivered; empty if nothing is."""
    if month.state is DistrictState.NOT_DELIVERED:
        return ""
    state = state_in_words(month.state, Language.INDONESIAN)
    stale = CATALOGUE.words["stale_because"][month.stale_because].id if month.stale_because else None
    return " ".join(filter(None, (state, stale)))
