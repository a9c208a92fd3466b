"""The page that links every month, province, district and village's worklist: `published/index.html`."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
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
    found = {(path.parent.name, path.stem) for path in root.published.glob("reports/*/*.html")}
    found |= {(path.parent.name, path.name) for path in root.published.glob("worklists/*/*") if path.is_dir()}
    districts = sorted(
        (name for name in found if is_period(name[0]) and _DISTRICT.match(name[1])), key=lambda name: name[1]
    )
    months = sorted({period for period, _ in districts}, reverse=True)
    shown = [_month(root, period, [code for of, code in districts if of == period], names) for period in months]
    with root.alone("index"):
        return write_page(root.published / "index.html", rendered("index.html", months=shown))


def _month(root: DataRoot, period: str, codes: list[str], names: dict[str, str]) -> dict[str, Any]:
    provinces = [
        {
            "name": province_names().get(province, province),
            "page": _link(root, root.report(period, province)),
            "districts": [_district(root, period, code, names) for code in of],
        }
        for province, of in groupby(codes, key=lambda code: code[:2])
    ]
    return {"period": period, "title": month_words(period), "provinces": provinces}


def _district(root: DataRoot, period: str, code: str, names: dict[str, str]) -> dict[str, Any]:
    return {
        "name": district_name(code) or code,
        "page": _link(root, root.report(period, code)),
        "worklists": [*_worklists(root, period, code, names)],
    }


def _worklists(root: DataRoot, period: str, code: str, names: dict[str, str]) -> Iterator[dict[str, str]]:
    for path in sorted(root.worklists(period, code).glob("*.xlsx")):
        if path.stem.isdigit():
            yield {"name": names.get(path.stem, path.stem), "page": _relative(root, path)}
        elif path.stem == WITHOUT_VILLAGE:
            yield {"name": "Desa tidak diketahui", "page": _relative(root, path)}


def _link(root: DataRoot, page: Path) -> str:
    return _relative(root, page) if page.is_file() else ""


def _relative(root: DataRoot, path: Path) -> str:
    return path.relative_to(root.published).as_posix()


def _village_names(root: DataRoot) -> dict[str, str]:
    """What the villages are called in the newest published month of their district."""
    newest = {partition.district: partition for partition in root.partitions()}
    with root.across([*newest.values()], [VILLAGE_SUMMARY.name]) as con:
        return dict(con.execute(_NAMES).fetchall())
