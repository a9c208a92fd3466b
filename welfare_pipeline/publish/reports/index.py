"""The page that links every month, province, district and village's worklist: `published/index.html`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from welfare_pipeline.contracts.areas import district_name, province_names
from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.tables import VILLAGE_SUMMARY
from welfare_pipeline.contracts.words import month_words
from welfare_pipeline.contracts.worklists import WITHOUT_VILLAGE
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.reports.template import rendered, write_page

_NAMES = """
select village_code, arg_max(village_name, period) as name
from village_summary
where village_code is not null and village_name is not null
group by village_code
"""
_DISTRICT = re.compile(r"^\d{4}$")


def publish_index(root: DataRoot) -> Path:
    """Write the page anew from what lies in the published folder; its path.

    Raises:
        PublishError: it could not be written; the former one stands.

    """
    names = _village_names(root)
    pages = _Pages.of(root.published_names("reports", "worklists"), names)
    found = {(path.parent.name, path.stem) for path in map(PurePosixPath, pages.reports)}
    found |= {(folder.parent.name, folder.name) for folder in map(PurePosixPath, pages.workbooks)}
    districts = sorted(
        (name for name in found if is_period(name[0]) and _DISTRICT.match(name[1])), key=lambda name: name[1]
    )
    months = sorted({period for period, _ in districts}, reverse=True)
    shown = [_month(pages, period, [code for of, code in districts if of == period]) for period in months]
    with root.alone("index"):
        written = write_page(root.published / "index.html", rendered("index.html", months=shown))
        root.put_published(written)
        return written


@dataclass(frozen=True)
class _Pages:
    """What can be linked, by its path within the published folder (workbooks by their folder); villages' names."""

    reports: frozenset[str]
    workbooks: Mapping[str, Sequence[str]]
    names: Mapping[str, str]

    @classmethod
    def of(cls, paths: Sequence[str], names: Mapping[str, str]) -> "_Pages":
        workbooks: dict[str, list[str]] = {}
        for path in map(PurePosixPath, paths):
            if path.match("worklists/*/*/*"):
                workbooks.setdefault(str(path.parent), []).append(path.name)
        return cls(frozenset(path for path in paths if PurePosixPath(path).match("reports/*/*.html")), workbooks, names)

    def link(self, path: str) -> str:
        return path if path in self.reports else ""

    def worklists(self, period: str, code: str) -> Iterator[dict[str, str]]:
        folder = f"worklists/{period}/{code}"
        for name in sorted(self.workbooks.get(folder, ())):
            village = PurePosixPath(name)
            if village.suffix == ".xlsx" and village.stem.isdigit():
                yield {"name": self.names.get(village.stem, village.stem), "page": f"{folder}/{name}"}
            elif name == f"{WITHOUT_VILLAGE}.xlsx":
                yield {"name": "Desa tidak diketahui", "page": f"{folder}/{name}"}


def _month(pages: _Pages, period: str, codes: list[str]) -> dict[str, Any]:
    provinces = [
        {
            "name": province_names().get(province, province),
            "page": pages.link(f"reports/{period}/{province}.html"),
            "districts": [_district(pages, period, code) for code in of],
        }
        for province, of in groupby(codes, key=lambda code: code[:2])
    ]
    return {"period": period, "title": month_words(period), "provinces": provinces}


def _district(pages: _Pages, period: str, code: str) -> dict[str, Any]:
    return {
        "name": district_name(code) or code,
        "page": pages.link(f"reports/{period}/{code}.html"),
        "worklists": [*pages.worklists(period, code)],
    }


def _village_names(root: DataRoot) -> dict[str, str]:
    """What the villages are called in the newest published month of their district."""
    newest = {partition.district: partition for partition in root.partitions()}
    with root.across([*newest.values()], [VILLAGE_SUMMARY.name]) as con:
        return dict(con.execute(_NAMES).fetchall())
