"""Answers of a field check: numbers that were drawn, and numbers that nobody was given."""

from pathlib import Path

import polars as pl
import pytest

from tests.scenario import POLARS
from tests.unit.ingest.landing import DISTRICT, PERIOD, Landed, land
from welfare_pipeline.contracts.tables import AUDIT_SAMPLES
from welfare_pipeline.lake import DataRoot, audit_file, write_frame

DRAW = f"{DISTRICT}-{PERIOD}-A1B2C3"


@pytest.fixture
def landed(tmp_path: Path) -> Landed:
    file = audit_file(DataRoot(tmp_path).lake, PERIOD, DISTRICT, f"{DRAW}-0001")
    file.parent.mkdir(parents=True)
    drawn = [{"sample_id": f"{DRAW}-{number:04d}", "frame": "inclusion", "stratum": "pkh"} for number in (1, 2, 3)]
    write_frame(pl.DataFrame(drawn, {n: POLARS[k] for n, k in AUDIT_SAMPLES.column_types().items()}), file)
    answers = f"""ID Sampel;Hasil
{DRAW}-0001;LAYAK
 {DRAW.lower()}-0002 ;TIDAK LAYAK
{DRAW}-0009;LAYAK
1403-{PERIOD}-A1B2C3-0001;LAYAK
;LAYAK
{DRAW}-0003;LAYAK
{DRAW.replace("-", "–")}–0003;MENOLAK
"""
    return land(tmp_path, audit_answers_csv=answers)


def test_a_number_is_known_however_it_is_spelled(landed: Landed) -> None:
    assert landed.column("audit_answers", "sample_id") == [f"{DRAW}-{number:04d}" for number in (1, 2, 3, 3)]


def test_a_number_nobody_was_given_is_a_finding_and_a_rejected_row(landed: Landed) -> None:
    name = "audit_answers.csv"
    assert landed.rejections() == [
        (name, 3, "UNREADABLE_VALUE", "sample_id"),
        (name, 4, "UNREADABLE_VALUE", "sample_id"),
        (name, 5, "REQUIRED_VALUE_MISSING", "sample_id"),
    ]
    found = [(row["source_row"], row["finding"]) for row in landed.rows("delivery_findings")]
    contradicting = [(row, "CONTRADICTING_ANSWERS") for row in (6, 7)]
    assert sorted(found) == [(3, "UNKNOWN_SAMPLE"), (4, "UNKNOWN_SAMPLE"), *contradicting]
    assert (landed.file(name).rows_landed, landed.file(name).rows_accepted) == (7, 4)
