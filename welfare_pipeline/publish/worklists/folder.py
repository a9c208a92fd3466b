"""A district's worklists are replaced as a whole: written to a folder beside, which then takes the former's place.

A crash leaves the former folder whole; workbooks of villages that are no more go with it.
"""

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from xlsxwriter.exceptions import FileCreateError

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.worklists import SHEETS
from welfare_pipeline.lake import PRIVATE_FILE, PRIVATE_FOLDER, DataRoot, replace_folder, settle
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.worklists.cells import Lines, lines_by_village, padded_fields
from welfare_pipeline.publish.worklists.coaching import write_coaching
from welfare_pipeline.publish.worklists.content import Content, Village, read_content
from welfare_pipeline.publish.worklists.orders import Order
from welfare_pipeline.publish.worklists.workbook import Heading
from welfare_pipeline.publish.worklists.writers import write_workbooks

AT_ONCE = 200_000  # rows of all sheets whose cells are made at once: about 2 KB of memory each


@dataclass(frozen=True)
class PublishedWorklists:
    """Where a district's worklists are, the workbooks in order of village, and the rows of each sheet over all."""

    folder: Path
    workbooks: tuple[Path, ...]
    rows: Mapping[str, int]


def publish_worklists(root: DataRoot, period: str, district: str) -> PublishedWorklists:
    """Write `published/worklists/<period>/<district>/` anew, one workbook a village; only the owner may read them.

    People whose village is not known are in `tanpa-desa.xlsx`. The same tables give the same bytes.

    Raises:
        PublishError: they could not be written; the former ones stand.

    """
    target = root.worklists(period, district)
    content = read_content(root.published_partition(period, district), load_policy(root.policy))
    with root.alone(f"worklists-{period}-{district}"):
        try:
            _replace(target, content, period, district)
        except (OSError, FileCreateError) as error:
            message = (
                f"worklists/{period}/{district}: could not be written, the former ones stand "
                f"({type(error).__name__}); see that the disk has room and run the district again."
            )
            raise PublishError(message) from None
        root.put_published(*target.glob("*.*"), instead_of=target)
    names = (f"{village.name}.xlsx" for village in content.villages)
    return PublishedWorklists(target, tuple(target / name for name in names), content.counts)


def withdraw_worklists(root: DataRoot, period: str, district: str) -> None:
    """Take the worklists of a month that is held back away."""
    with root.alone(f"worklists-{period}-{district}"):
        shutil.rmtree(root.worklists(period, district), ignore_errors=True)
        root.take_published_away(root.worklists(period, district))


def _replace(target: Path, content: Content, period: str, district: str) -> None:
    building = _fresh(target)
    try:
        orders = (
            Order(
                path=building / f"{village.name}.xlsx",
                former=target,
                mode=PRIVATE_FILE,
                heading=Heading(
                    district_name(district) or district,
                    period,
                    village.title,
                    content.decided_pairs,
                    content.decided_by_village.get(village.code or "", 0),
                ),
                rows=rows,
            )
            for village, rows in _rows_by_village(content)
        )
        write_workbooks(orders, sum(content.counts.values()))
        of_district = Heading(district_name(district) or district, period, "")
        write_coaching(building, of_district, content.coaching)
        replace_folder(building, target)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _rows_by_village(content: Content) -> Iterator[tuple[Village, dict[str, Lines]]]:
    """Each village with the rows of its sheets, made for so many villages at once that memory follows them alone."""
    together = list(_together(content))
    padded: dict[str, frozenset[str]] = {}
    if len(together) > 1:
        padded = {sheet.name: padded_fields(sheet, content.rows[sheet.name]) for sheet in SHEETS}
    for villages in together:
        own = pl.col("village_code").is_in([village.code for village in villages], nulls_equal=True)
        lines = {
            sheet.name: lines_by_village(
                sheet,
                content.rows[sheet.name].filter(own) if padded else content.rows[sheet.name],
                padded=padded.get(sheet.name),
            )
            for sheet in SHEETS
        }
        for village in villages:
            yield village, {name: of.get(village.code, Lines()) for name, of in lines.items()}


def _together(content: Content) -> Iterator[list[Village]]:
    """The villages in their order, so many at once as have few enough rows."""
    heights = Counter[str | None]()
    for frame in content.rows.values():
        heights.update(dict(frame.group_by("village_code").len().iter_rows()))
    together: list[Village] = []
    for village in content.villages:
        if together and sum(heights[one.code] for one in [*together, village]) > AT_ONCE:
            yield together
            together = []
        together.append(village)
    if together:
        yield together


def _fresh(target: Path) -> Path:
    """An empty folder beside the target, where nobody else may look; what a killed builder left there is removed."""
    for folder in (target.parent.parent, target.parent):
        folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
        folder.chmod(PRIVATE_FOLDER)
    settle(target)
    building = target.with_name(f".{target.name}.building")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(mode=PRIVATE_FOLDER)
    return building
