"""Who is linked to whom, told about named people."""

from datetime import date
from typing import Any

from tests.unit.linkage.conftest import Link
from tests.unit.linkage.people import CARD, JOKO, OTHER_CARD, SITI, person, recipient, registered

REGISTRY = [registered(1, **SITI), registered(2, **JOKO)]
NAMELESS = {"name", "nik", "nik_status", "row_id", "source_file", "source_row", "nik_warnings"}


def decided(row: dict[str, Any]) -> tuple[str, str, int | None]:
    """Method, band and registry person (by its number in the story)."""
    linked = row["registry_row_id"]
    return row["match_method"], row["match_band"], linked and linked - 2_000_000_000


def only(rows: dict[int, dict[str, Any]], source: str) -> dict[str, Any]:
    """The one row of that list."""
    (row,) = [row for row in rows.values() if row["source"] == source]
    return row


def test_the_registered_twin_takes_the_row_that_bears_his_name(link: Link) -> None:
    hasan, husin = ({**JOKO, "name": "HASAN BASRI"}, {**JOKO, "name": "HUSIN BASRI", "nik": "1401010507760003"})
    row = recipient(1, **{**husin, "nik": None, "nik_status": "missing"})
    rows = link(registry=[registered(1, **hasan), registered(2, **husin)], pkh=[row])
    assert decided(only(rows, "pkh")) == ("family_card", "same", 2)


def test_the_same_person_twice_in_the_registry_is_one_person(link: Link) -> None:
    rows = link(registry=[*REGISTRY, registered(3, **{**SITI, "nik": "1401015203800011"})])
    assert rows[2_000_000_003]["person_id"] == 2_000_000_001
    assert rows[2_000_000_002]["person_id"] == 2_000_000_002
    assert rows[2_000_000_003]["person_key"] == rows[2_000_000_001]["person_key"]


def test_one_unregistered_person_in_two_lists_is_one_person(link: Link) -> None:
    wati = {
        **SITI,
        "name": "WATI LESTARI",
        "nik": "1401015203810001",
        "birth_date": date(1981, 3, 12),
        "mother_name": "TINI",
    }
    wati["family_card_number"] = OTHER_CARD
    again = person(5_000_000_001, **{**wati, "nik": "1401015203810091"})
    rows = link(pkh=[recipient(1, **wati)], pbi_jkn=[again])
    assert only(rows, "pbi_jkn")["person_id"] == 3_000_000_001
    assert decided(only(rows, "pbi_jkn")) == ("none", "different", None)


def test_a_look_up_without_name_goes_to_the_owner_of_the_number(link: Link) -> None:
    mistyped = "1401015203800007"
    look_ups = [
        {key: value for key, value in person(10_000_000_000 + n, None, nik).items() if key in NAMELESS}
        for n, nik in enumerate((SITI["nik"], mistyped))
    ]
    rows = link(pkh=[recipient(1, **{**SITI, "nik": mistyped})], civil_status=look_ups)
    assert only(rows, "pkh")["registry_row_id"] == 2_000_000_001
    assert rows[10_000_000_000]["person_id"] == 2_000_000_001
    assert rows[10_000_000_001]["person_id"] == 10_000_000_001, "a look-up of a wrong number is about somebody else"


def test_a_decision_on_a_family_card_names_nobody(link: Link) -> None:
    decision = person(12_000_000_001, None, None, family_card_number=CARD, outcome="LAYAK")
    rows = link(eligibility_decisions=[decision])
    assert decided(only(rows, "eligibility_decisions")) == ("none", "different", None)


def test_keys_hide_the_identity_and_depend_on_the_secret(link: Link) -> None:
    row = link(pkh=[recipient(1, **SITI)])[3_000_000_001]
    assert str(SITI["nik"]) not in row["person_key"]
    assert row["family_key"] == link()[2_000_000_002]["family_key"], "one card, one family"
