"""Lists as bad as they come: linking finishes, and nobody is linked to somebody else."""

from typing import Any

import polars as pl
import pytest

from tests.unit.linkage.conftest import Link
from tests.unit.linkage.people import JOKO, SITI, recipient, registered
from welfare_pipeline.lake import DataRoot

NAMES = [
    f"{first} {second}" for first in ("RINA", "JOKO", "HASAN", "UPIK") for second in ("LESTARI", "HIDAYAT", "KOTO")
]
NO_NIK: dict[str, Any] = {"nik": None, "nik_status": "missing"}
ONE_NIK: dict[str, Any] = {"nik": "1234567890123456", "nik_status": "placeholder"}
ROUNDED: dict[str, Any] = {"nik_status": "precision_lost"}


def village(**more: Any) -> list[dict[str, Any]]:
    """Twelve neighbours under NIKs of their own."""
    return [{"name": name, "nik": f"140101010180{number:02d}01", **more} for number, name in enumerate(NAMES, 1)]


@pytest.mark.parametrize("fault", [NO_NIK, ONE_NIK, ROUNDED])
def test_nobody_is_taken_for_a_neighbour(link: Link, fault: dict[str, Any]) -> None:
    people = village(**fault)
    registry = [registered(number, **who) for number, who in enumerate(people)]
    rows = link(registry=registry, pkh=[recipient(number, **who) for number, who in enumerate(people)])
    linked = {row["row_id"]: row for row in rows.values() if row["source"] == "pkh" and row["match_band"] == "same"}
    assert all(row["registry_row_id"] - 2_000_000_000 == row_id - 3_000_000_000 for row_id, row in linked.items())
    assert len({row["person_key"] for row in rows.values() if row["source"] == "registry"}) == len(NAMES)


def test_a_registry_of_one_person(link: Link) -> None:
    rows = link(registry=[registered(1, **SITI)], pkh=[recipient(1, **SITI), recipient(2, **JOKO)])
    assert [rows[3_000_000_000 + n]["match_band"] for n in (1, 2)] == ["same", "different"]


def test_an_empty_registry(link: Link) -> None:
    assert link(registry=[registered(1, "A")], pkh=[recipient(2, **JOKO)])[3_000_000_002]["match_band"] == "different"


def test_names_of_one_letter_are_no_evidence(link: Link) -> None:
    registry = [registered(n, letter, **NO_NIK) for n, letter in enumerate("ABCDEFGH")]
    rows = link(registry=registry, pkh=[recipient(1, "A", **NO_NIK)])
    assert rows[3_000_000_001]["match_band"] == "review"


def test_a_crowd_of_one_name_is_not_compared_with_itself_and_reported(link: Link, root: DataRoot) -> None:
    crowd = [registered(n, "SITI", **NO_NIK) for n in range(400)]
    link(registry=crowd, pkh=[recipient(1, "SITI", **NO_NIK)])
    quality = pl.read_parquet(root.partition("2021-11", "1401").path("linkage_quality")).to_dicts()
    assert [(row["source"], row["rows_not_fully_compared"]) for row in quality] == [("pkh", 1)]
