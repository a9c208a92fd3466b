"""Writes the sample's landing folder, and on request the truth about it elsewhere.

What stands in the files is settled in `truth.py` and below.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from welfare_pipeline.lake import DataRoot
from welfare_pipeline.sample.files import landing_files, write
from welfare_pipeline.sample.profile import PERIODS, district_codes
from welfare_pipeline.sample.truth import GeneratedDistrict, generate_district


@dataclass(frozen=True)
class SampleFile:
    """One file written: its rows (rejected ones included) and size in bytes."""

    period: str
    district: str
    path: Path
    rows: int
    size: int


@dataclass(frozen=True)
class SampleReport:
    """What was written and where."""

    folder: Path
    files: tuple[SampleFile, ...]

    @property
    def rows(self) -> int:
        """Data rows in all files."""
        return sum(file.rows for file in self.files)


def write_sample(  # noqa: PLR0913  each is a choice of its own
    root: DataRoot,
    scale: float = 1.0,
    seed: int = 2021,
    *,
    truth: Path | None = None,
    progress: Callable[[str], None] | None = None,
    periods: Sequence[str] = PERIODS,
) -> SampleReport:
    """Write `landing/<period>/<district>/` for these months and three districts; the same call, the same content.

    `truth`: a folder outside the landing folder that gets what `write_truth` writes. `progress` is called with the
    district and period before each delivery.
    """
    written: list[SampleFile] = []
    for code in district_codes():
        for period in periods:
            if progress is not None:
                progress(f"{code} {period}")
            month = generate_district(code, period, scale, seed)
            written += write_delivery(month, root.landing(period, code))
            root.put_landing(period, code)
            if truth is not None:
                write_truth(month, truth)
    return SampleReport(root.landings, tuple(written))


def write_delivery(month: GeneratedDistrict, folder: Path) -> list[SampleFile]:
    """Write one district's month into its landing folder."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for file in landing_files(month.code, month.period):
        rows = month.frames[file.source].filter(pl.col("source_file") == file.name)
        path = write(file, rows, folder)
        written.append(SampleFile(month.period, month.code, path, len(rows), path.stat().st_size))
    return written


def write_truth(month: GeneratedDistrict, folder: Path) -> Path:
    """Write the truth about one district's month as Parquet; who is who must not lie in the landing folder.

    `<period>-<district>.parquet`: one row per landed row that names a person. Since DTSEN also, in folders of the
    tables' names, `misranked_poor_households/<period>-<district>.parquet` and `pbi_departures/...`.
    """
    name = f"{month.period}-{month.code}.parquet"
    tables = {"": month.truth(), **month.tables()}
    for table, rows in tables.items():
        (folder / table).mkdir(parents=True, exist_ok=True)
        rows.write_parquet(folder / table / name, compression="zstd")
    return folder / name
