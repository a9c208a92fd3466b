"""Draws a month's sample: units by lot within their stratum. The workbook names people, the lake does not."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import polars as pl

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.tables import AUDIT_SAMPLES, PERSON_ROWS
from welfare_pipeline.lake import DataRoot, Partition, audit_file, make_private, see_person_rows, write_frame
from welfare_pipeline.publish.audits.allocation import allocated
from welfare_pipeline.publish.audits.workbook import write_audit
from welfare_pipeline.publish.replacing import PublishError

FRAMES = ("inclusion", "exclusion")


@dataclass(frozen=True)
class DrawnSample:
    """The workbook, and by frame how many units were drawn of how many."""

    workbook: Path
    drawn: dict[str, tuple[int, int]]


def draw_sample(root: DataRoot, period: str, district: str, size: int, seed: int) -> DrawnSample:
    """Draw `size` units of what is published of a month, half of them recipient rows and half households.

    The same tables, size and seed give the same sample. Frames, strata and inclusion probabilities are kept in the lake
    (`audit_samples`), the people to visit in `published/audits/<period>/<district>.xlsx`, for its owner only.

    Raises:
        PublishError: there is nobody to draw, or it could not be written.

    """
    units = _units(root.published_partition(period, district), root, seed)
    if units.is_empty():
        message = f"audits/{period}/{district}: nobody is on a list of this month; there is nothing to draw."
        raise PublishError(message)
    drawn = _drawn(units, period, district, size, seed)
    target = root.audit(period, district)
    with root.alone(f"audit-{period}-{district}"):
        try:
            _keep(root, period, district, drawn, seed)
            for folder in (target.parent.parent, target.parent):
                make_private(folder)
            write_audit(target, district_name(district) or district, period, drawn)
        except OSError as error:
            message = f"audits/{period}/{district}.xlsx: not written ({type(error).__name__}); see that there is room."
            raise PublishError(message) from None
    counts = {frame: (drawn.filter(frame=frame).height, units.filter(frame=frame).height) for frame in FRAMES}
    return DrawnSample(target, counts)


def _units(partition: Partition, root: DataRoot, seed: int) -> pl.DataFrame:
    query = files("welfare_pipeline.publish.audits").joinpath("frames.sql").read_text("utf-8")
    with partition.connect() as con:
        see_person_rows(con, PERSON_ROWS.name, partition, load_policy(root.policy))
        return con.execute(query, {"seed": str(seed)}).pl()


def _drawn(units: pl.DataFrame, period: str, district: str, size: int, seed: int) -> pl.DataFrame:
    """The drawn units, with what they stand for and numbers in an order that says nothing of their stratum."""
    counts = _counts(units, size)
    draw = hashlib.sha256(f"{period}|{district}|{size}|{seed}".encode()).hexdigest()[:6].upper()
    number = pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(4)
    return (
        units.with_columns(place=pl.int_range(pl.len()).over("frame", "stratum"))
        .join(counts, on=["frame", "stratum"])
        .filter(pl.col("place") < pl.col("stratum_drawn"))
        .with_columns(probability=pl.col("stratum_drawn") / pl.col("stratum_units"))
        .sort("village_code", "lot", "household_key", "source_file", "source_row", nulls_last=True)
        .with_columns(sample_id=pl.format("{}-{}-{}-{}", pl.lit(district), pl.lit(period), pl.lit(draw), number))
    )


def _counts(units: pl.DataFrame, size: int) -> pl.DataFrame:
    """By stratum its units and how many of them are drawn; what one frame has not, the other gets."""
    sizes = {
        frame: dict(units.filter(frame=frame).group_by("stratum").len().sort("stratum").iter_rows()) for frame in FRAMES
    }
    rows = min(size - size // 2, sum(sizes["inclusion"].values()))
    households = min(size - rows, sum(sizes["exclusion"].values()))
    wanted = {"inclusion": size - households, "exclusion": households}
    found = [
        (frame, stratum, sizes[frame][stratum], count)
        for frame in FRAMES
        for stratum, count in allocated(sizes[frame], wanted[frame]).items()
    ]
    names = {"frame": pl.String, "stratum": pl.String, "stratum_units": pl.Int64, "stratum_drawn": pl.Int64}
    return pl.DataFrame(found, schema=names, orient="row")


def _keep(root: DataRoot, period: str, district: str, drawn: pl.DataFrame, seed: int) -> None:
    """Put the sample without identities beside the lake's tables."""
    kept = drawn.with_columns(period=pl.lit(period), district_code=pl.lit(district), seed=pl.lit(seed, pl.Int64))
    path = audit_file(root.lake, period, district, drawn["sample_id"][0])
    make_private(path.parent)
    draft = path.with_suffix(".draft")
    write_frame(kept.select(column.name for column in AUDIT_SAMPLES.columns), draft)
    draft.replace(path)
    root.put_audit(path)
