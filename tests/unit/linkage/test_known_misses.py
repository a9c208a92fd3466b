"""Rows that earlier versions linked to nobody, or would have linked to somebody else."""

from datetime import date
from typing import Any

import pytest

from tests.told_together import Story, together
from tests.unit.linkage.conftest import Link
from tests.unit.linkage.people import CARD, JOKO, OTHER_CARD, person, recipient, registered

OTHERS = [registered(n, f"WARGA {n:04d}".replace("0", "O"), f"14010101019{n:05d}") for n in range(10, 400)]
EMI: dict[str, Any] = {"name": "SITI EMI", "nik": "1401014303820003", "birth_date": date(1982, 3, 3), "sex": "P"}
ABBAS: dict[str, Any] = {
    "name": "ABBAS", "nik": "1401010404700004", "birth_date": date(1970, 4, 4), "sex": "L",
    "family_card_number": OTHER_CARD,
}  # fmt: skip
HUSIN: dict[str, Any] = {**JOKO, "name": "HUSIN BASRI", "nik": "1401010507760010", "nik_status": "precision_lost"}
ROW = 3_000_000_001


def landed(link: Link, registry: list[dict[str, Any]], row: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """The links of a month with the row."""
    return link(registry=registry, pkh=[row])


def band(linked: dict[int, dict[str, Any]]) -> tuple[str, int | None]:
    """How the row is linked, and to whom (by number) if at all."""
    row = linked[ROW]
    return row["match_band"], row["registry_row_id"] and row["registry_row_id"] - 2_000_000_000


STORIES = {
    "six digits of a NIK tell the sub-district only": (
        recipient(1, "JOKO SUPRIYADI", "1.40101E+15", nik_status="precision_lost"),
        ("review", 3),
    ),
    "Husin's unregistered twin, both numbers rounded to the same": (
        recipient(1, **{**HUSIN, "name": "WAHYU HIDAYAT"}),
        ("review", 4),
    ),
}


REGISTRY = [registered(1, **EMI), registered(2, **ABBAS), registered(3, **{**JOKO, "family_card_number": None})]


def test_all_but_the_last_digits_of_a_number(link: Link) -> None:
    joko = recipient(1, "JOKO SUPRIYADI", "1.401010507760E+15", nik_status="precision_lost")
    assert band(landed(link, [*REGISTRY, *OTHERS], joko)) == ("same", 3)


@pytest.mark.parametrize("story", STORIES)
@together
def test_a_broken_number_or_name(link: Link, story: str) -> Story:
    row, expected = STORIES[story]
    twin = registered(4, **{**HUSIN, "family_card_number": OTHER_CARD})
    linked = landed(link, [*REGISTRY, *([twin] if "Husin" in story else [])], row)
    yield
    assert band(linked) == expected


@together
def test_an_equal_rest_of_a_number_is_no_equal_number(link: Link) -> Story:
    rest = {"nik": "1.40101E+15", "nik_status": "precision_lost", "village_code": None}
    row = recipient(1, **{**EMI, **rest, "birth_date": None})
    linked = landed(link, [registered(1, **{**EMI, **rest, "birth_date": date(1960, 1, 30)})], row)
    yield
    assert band(linked)[0] != "same"


@together
def test_one_person_twice_in_a_list_under_a_reissued_number(link: Link) -> Story:
    reissued = {**ABBAS, "nik": "1401020404700044", "family_card_number": None}
    rows = link(registry=[], pkh=[recipient(1, **ABBAS), recipient(2, **reissued)])
    yield
    assert rows[ROW]["person_id"] == rows[ROW + 1]["person_id"] == ROW


@together
def test_a_namesake_born_another_day_is_not_the_same_person_twice(link: Link) -> Story:
    namesake = person(ROW + 1, "ABBAS", "1401020911880044", birth_date=date(1988, 11, 9), sex="L")
    rows = link(registry=[], pkh=[recipient(1, **ABBAS), namesake])
    yield
    assert rows[ROW]["person_id"] != rows[ROW + 1]["person_id"]


SULIS: dict[str, Any] = {
    "name": "SULIS HANDAYANI", "nik": "1401016202870001", "birth_date": date(1987, 2, 22), "sex": "P",
    "mother_name": "SUPARTI",
}  # fmt: skip


def test_the_civil_registry_s_number_of_a_dead_namesake_says_nothing_of_the_living(link: Link) -> None:
    answer = person(10_000_000_001, SULIS["name"], "1401016202770001")
    rows = link(registry=[registered(1, **SULIS), *OTHERS], civil_status=[{**answer, "status": "MD"}])
    assert rows[10_000_000_001]["match_band"] == "different"


@together
def test_a_number_another_list_vouches_for_links_an_abbreviated_name(link: Link) -> Story:
    """Sulis' own number is nowhere in the registry; PKH has it beside her card, PBI-JKN beside an initial."""
    in_registry = {**SULIS, "nik": None, "birth_date": date(1977, 2, 22), "family_card_number": OTHER_CARD}
    rows = link(
        registry=[registered(1, **in_registry)],
        pkh=[recipient(1, **{**SULIS, "family_card_number": OTHER_CARD})],
        pbi_jkn=[person(5_000_000_001, **{**SULIS, "name": "SULIS H."})],
    )
    yield
    assert rows[5_000_000_001]["person_id"] == rows[ROW]["person_id"] == 2_000_000_001


def test_the_owner_of_the_number_keeps_it_against_a_namesake_born_the_same_day(link: Link) -> None:
    """Both claim the registered Sulis: the one with her number and a slip in her name, and one with another number."""
    namesakes = [registered(n, SULIS["name"], f"14010101019{n:05d}") for n in range(400, 460)]
    namesake = {**SULIS, "nik": "1401016202870002", "mother_name": "MARIAM"}
    rows = link(
        registry=[registered(1, **SULIS), *OTHERS, *namesakes],
        pkh=[recipient(1, **namesake), recipient(2, **{**SULIS, "name": "SULAS HANDYANI", "mother_name": None})],
    )
    assert rows[ROW + 1]["match_band"] == "same"
    assert rows[ROW]["person_id"] != 2_000_000_001


@together
def test_one_family_name_under_one_number_is_no_proof_without_birth_dates(link: Link) -> Story:
    """Ruth stands under her sister's number; the civil registry's answer names the sister."""
    agnes = {"nik": "1401016401980001", "sex": "P", "mother_name": "RUKIAH YANTI", "family_card_number": CARD}
    rows = link(
        registry=[],
        pbi_jkn=[
            person(5_000_000_001, "RUTH LUBIS", **{**agnes, "birth_date": date(2002, 6, 5)}),
            person(5_000_000_002, "AGNES ELISABETH LUBIS", **{**agnes, "birth_date": date(1998, 1, 24)}),
        ],
        civil_status=[person(10_000_000_001, "AGNES ELISABETH LUBIS", agnes["nik"], status="AKTIF")],
    )
    yield
    assert rows[5_000_000_001]["person_id"] != rows[5_000_000_002]["person_id"]


def test_a_name_of_somebody_else_under_the_number_and_birth_date_of_one_of_thousands_is_a_question(link: Link) -> None:
    crowd = [registered(n, f"WARGA {'ABCDEFGHIJ'[n % 10]}{n:05d}R", f"140101010180{n:04d}") for n in range(10, 6000)]
    stranger = {**ABBAS, "name": "TUMINAH", "sex": None, "family_card_number": CARD, "village_code": "1401022003"}
    row = link(registry=[registered(2, **ABBAS), *crowd], pkh=[recipient(1, **stranger)])[ROW]
    assert (row["match_band"], row["registry_row_id"]) == ("review", 2_000_000_002), "not one whom nobody knows"


def namesakes(name: str, count: int = 150) -> list[dict[str, Any]]:
    """People of one name in another village, so that the name says little."""
    return [registered(n, name, f"14010201019{n:05d}", village_code="1401022003") for n in range(400, 400 + count)]


@pytest.mark.parametrize(
    ("change", "settled"),
    [
        ({}, True),
        ({"village_code": "1401022003"}, False),
        ({"name": "SULIS HARTATI"}, False),
        ({"nik": "1401016202870002"}, False),
    ],
    ids=["name, day, place and village agree", "another village", "a word of the name", "the next number"],
)
def test_a_number_issued_anew_makes_one_person_twice_in_a_list(
    link: Link, change: dict[str, Any], *, settled: bool
) -> None:
    """Sulis is listed under both her numbers; her new family card is not in the registry."""
    anew = {**SULIS, "nik": "1401016202879431", "family_card_number": OTHER_CARD, "mother_name": None, **change}
    in_registry = {**SULIS, "family_card_number": CARD}
    registry = [registered(1, **in_registry), *namesakes("SULIS HANDAYANI"), *OTHERS]
    rows = link(registry=registry, pkh=[recipient(1, **in_registry), recipient(2, **anew)])
    assert (rows[ROW + 1]["person_id"] == rows[ROW]["person_id"]) is settled


@together
def test_namesakes_born_on_one_day_with_numbers_of_their_own_places_are_two(link: Link) -> Story:
    """One digit of the numbers differs: it is that of the sub-district each of them lives in."""
    cindy = {"name": "CINDY ELVIRA", "nik": "1401046704090001", "birth_date": date(2009, 4, 27), "sex": "P"}
    here = {**cindy, "family_card_number": "1401043012160002", "village_code": "1401042012"}
    there = {**cindy, "nik": "1401026704090001", "family_card_number": "1401021504190002", "village_code": "1401022007"}
    linked = landed(link, [registered(1, **there)], recipient(1, **here))
    yield
    assert band(linked)[0] != "same"


@together
def test_brother_and_sister_born_on_one_day_have_numbers_that_differ_by_forty(link: Link) -> Story:
    sister = {**SULIS, "family_card_number": CARD}
    brother = {**sister, "name": "SULIS HANDOYO", "nik": "1401012202870001", "sex": None}
    linked = landed(link, [registered(1, **sister)], recipient(1, **brother))
    yield
    assert band(linked)[0] != "same"


@together
def test_a_clan_name_and_a_birth_date_do_not_make_neighbours_one(link: Link) -> Story:
    basaria = {"name": "BASARIA SITUMORANG", "nik": "1401145903700002", "birth_date": date(1970, 3, 19)}
    hotmaida = {**basaria, "name": "HOTMAIDA SITUMORANG", "nik": "1401145903700001", "family_card_number": OTHER_CARD}
    linked = landed(link, [registered(1, **basaria, family_card_number=CARD)], recipient(1, **hotmaida))
    yield
    assert band(linked)[0] != "same"


@pytest.mark.parametrize(("officer", "expected"), [("VIVI GUSTYNA", "same"), ("GUSNIATI", "review")])
@together
def test_an_officer_of_another_name_under_her_number_is_a_question(link: Link, officer: str, expected: str) -> Story:
    vivi = {"name": "VIVI GUSTINA", "nik": "1401205102850001", "birth_date": date(1985, 2, 11), "sex": "P"}
    listed = person(17_000_000_001, officer, vivi["nik"], village_code=None)
    rows = link(registry=[registered(1, **vivi)], company_officers=[listed])
    yield
    assert rows[17_000_000_001]["match_band"] == expected


@together
def test_a_number_known_from_a_list_is_not_that_of_a_namesake_born_another_day(link: Link) -> Story:
    """Sutrisno's card links him although his list has a stranger's number, which another Sutrisno has, too."""
    known = {"name": "SUTRISNO", "nik": "1401011811840006", "birth_date": date(1984, 11, 18)}
    known["family_card_number"] = CARD
    wrong = {**known, "nik": "1401010107850001"}
    namesake = {**wrong, "family_card_number": OTHER_CARD, "birth_date": date(1974, 12, 29)}
    rows = link(registry=[registered(1, **known)], pkh=[recipient(1, **wrong), recipient(2, **namesake)])
    yield
    assert (rows[ROW]["match_band"], rows[ROW]["registry_row_id"]) == ("same", 2_000_000_001)
    assert rows[ROW + 1]["person_id"] != rows[ROW]["person_id"]


@together
def test_two_cards_of_two_places_are_no_slip_of_one(link: Link) -> Story:
    """Two Misinahs of two sub-districts; their cards, made on one day, differ by the digit of the place."""
    misinah = {"name": "MISINAH", "nik": "1401035707470001", "birth_date": date(1947, 7, 17)}
    here = {**misinah, "family_card_number": "1401031412090001", "village_code": "1401032011"}
    there = {**here, "nik": "1401054306740001", "birth_date": date(1974, 6, 3), "village_code": "1401052004"}
    there["family_card_number"] = "1401051412090001"
    paid = person(18_000_000_001, "MISINAH", village_code="1401052004", family_card_number="1401051412090001")
    rows = link(registry=[], pkh=[recipient(1, **here), recipient(2, **there)], disbursements=[paid])
    yield
    assert rows[ROW]["person_id"] != rows[ROW + 1]["person_id"] == rows[18_000_000_001]["person_id"]


@together
def test_a_number_paid_to_is_not_that_of_a_namesake_whose_own_number_vouches_for_another_birth_date(
    link: Link,
) -> Story:
    """The bank has Bonar's number, a digit off the registered Bonar's, and no birth date."""
    known = {"name": "BONAR NASUTION", "nik": "1401010207670001", "birth_date": date(1967, 7, 2), "sex": "L"}
    other = {**known, "nik": "1401010607670001", "birth_date": date(1967, 7, 6), "family_card_number": OTHER_CARD}
    paid = person(18_000_000_001, "BONAR NASUTION", other["nik"])
    rows = link(
        registry=[registered(1, **known, family_card_number=CARD)],
        pkh=[recipient(1, **other)],
        disbursements=[paid],
    )
    yield
    assert rows[ROW]["match_band"] != "same"
