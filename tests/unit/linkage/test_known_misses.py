"""Rows that earlier versions linked to nobody, or would have linked to somebody else."""

from datetime import date
from typing import Any

import pytest

from tests.unit.linkage.conftest import Link
from tests.unit.linkage.people import JOKO, OTHER_CARD, person, recipient, registered

OTHERS = [registered(n, f"WARGA {n:04d}".replace("0", "O"), f"14010101019{n:05d}") for n in range(10, 400)]
EMI: dict[str, Any] = {"name": "SITI EMI", "nik": "1401014303820003", "birth_date": date(1982, 3, 3), "sex": "P"}
ABBAS: dict[str, Any] = {
    "name": "ABBAS", "nik": "1401010404700004", "birth_date": date(1970, 4, 4), "sex": "L",
    "family_card_number": OTHER_CARD,
}  # fmt: skip
HUSIN: dict[str, Any] = {**JOKO, "name": "HUSIN BASRI", "nik": "1401010507760010", "nik_status": "precision_lost"}
ROW = 3_000_000_001


def band(link: Link, registry: list[dict[str, Any]], row: dict[str, Any]) -> tuple[str, int | None]:
    """How the row is linked, and to whom (by number) if at all."""
    linked = link(registry=[*registry, *OTHERS], pkh=[row])[ROW]
    return linked["match_band"], linked["registry_row_id"] and linked["registry_row_id"] - 2_000_000_000


STORIES = {
    "Emi under her NIK, spelt another way, without a birth date": (
        recipient(1, "SYTY EMY", EMI["nik"]),
        ("same", 1),
    ),
    "Abbas with a letter and a digit of his NIK mistyped": (
        recipient(1, **{**ABBAS, "name": "ABBS", "nik": "1401010404700014"}),
        ("same", 2),
    ),
    "another son of Abbas' family": (
        recipient(1, **{**ABBAS, "name": "RUSLI", "nik": "1401010404000014", "birth_date": date(2000, 4, 4)}),
        ("different", None),
    ),
    "Joko's NIK in scientific notation, all but the last digits": (
        recipient(1, "JOKO SUPRIYADI", "1.401010507760E+15", nik_status="precision_lost"),
        ("same", 3),
    ),
    "six digits of a NIK tell the sub-district only": (
        recipient(1, "JOKO SUPRIYADI", "1.40101E+15", nik_status="precision_lost"),
        ("review", 3),
    ),
    "Husin's unregistered twin, both numbers rounded to the same": (
        recipient(1, **{**HUSIN, "name": "WAHYU HIDAYAT"}),
        ("review", 4),
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_a_broken_number_or_name(link: Link, story: str) -> None:
    row, expected = STORIES[story]
    twin = registered(4, **{**HUSIN, "family_card_number": OTHER_CARD})
    registry = [registered(1, **EMI), registered(2, **ABBAS), registered(3, **{**JOKO, "family_card_number": None})]
    assert band(link, [*registry, *([twin] if "Husin" in story else [])], row) == expected


def test_an_equal_rest_of_a_number_is_no_equal_number(link: Link) -> None:
    rest = {"nik": "1.40101E+15", "nik_status": "precision_lost", "village_code": None}
    row = recipient(1, **{**EMI, **rest, "birth_date": None})
    assert band(link, [registered(1, **{**EMI, **rest, "birth_date": date(1960, 1, 30)})], row)[0] != "same"


def test_one_person_twice_in_a_list_under_a_reissued_number(link: Link) -> None:
    reissued = {**ABBAS, "nik": "1401020404700044", "family_card_number": None}
    rows = link(registry=OTHERS, pkh=[recipient(1, **ABBAS), recipient(2, **reissued)])
    assert rows[ROW]["person_id"] == rows[ROW + 1]["person_id"] == ROW


def test_a_namesake_born_another_day_is_not_the_same_person_twice(link: Link) -> None:
    namesake = person(ROW + 1, "ABBAS", "1401020911880044", birth_date=date(1988, 11, 9), sex="L")
    rows = link(registry=OTHERS, pkh=[recipient(1, **ABBAS), namesake])
    assert rows[ROW]["person_id"] != rows[ROW + 1]["person_id"]
