"""People who are easily taken for each other: family members, namesakes, and two who claim to be one."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.told_together import Story, together
from tests.unit.linkage.conftest import Link
from tests.unit.linkage.people import JOKO, OTHER_CARD, SITI, person, recipient, registered
from welfare_pipeline.lake import DataRoot

NO_NIK: dict[str, Any] = {"nik": None, "nik_status": "missing"}
PLACEHOLDER: dict[str, Any] = {"nik": "1401010101010001", "nik_status": "placeholder"}
REGISTRY, PKH, PBI = 2_000_000_000, 3_000_000_000, 5_000_000_000
HASAN = {**JOKO, "name": "HASAN BASRI", "mother_name": "SITI AMINAH", "birth_date": date(2010, 5, 1)}
HASAN["nik"] = "1401010105100001"
HUSIN = {**HASAN, "name": "HUSIN BASRI", "nik": "1401010105100002"}
RINA = {**HASAN, "name": "RINA BASRI", "nik": "1401014104110001", "birth_date": date(2011, 4, 1), "sex": "P"}
SON = {**JOKO, "nik": "1401010911040001", "birth_date": date(2004, 11, 9), "mother_name": "SITI AMINAH"}
NAMESAKE = {
    **SITI,
    "nik": "1401014809910003",
    "family_card_number": OTHER_CARD,
    "birth_date": date(1991, 9, 8),
    "mother_name": "WATI",
}
BUDI = {
    "name": "BUDI SANJAYA", "nik": "1401010105800001", "birth_date": date(1980, 5, 1), "sex": "L",
    "family_card_number": JOKO["family_card_number"], "mother_name": "KARTINAH",
}  # fmt: skip
OTHERS = [f"{first}{last}" for first in ("DA", "BU", "WI", "YU") for last in ("RMA", "DI", "LDAN", "NI", "SNA")]
PAIRS = {
    "twins": (HASAN, HUSIN),
    "brother and sister": (HASAN, RINA),
    "father and son of one name": (JOKO, SON),
    "namesakes of one village": (SITI, NAMESAKE),
}


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("fault", [{}, NO_NIK, PLACEHOLDER])
@together
def test_of_two_alike_each_is_linked_to_his_own_row(link: Link, pair: str, fault: dict[str, Any]) -> Story:
    registry = [registered(n, **who) for n, who in enumerate(PAIRS[pair], 1)]
    rows = link(registry=registry, pkh=[recipient(n, **{**who, **fault}) for n, who in enumerate(PAIRS[pair], 1)])
    yield
    linked = [(rows[PKH + n]["registry_row_id"] or 0) - REGISTRY for n in (1, 2)]
    assert linked == [1, 2]
    assert rows[PKH + 1]["person_key"] != rows[PKH + 2]["person_key"]


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("fault", [{}, NO_NIK, PLACEHOLDER])
@together
def test_of_two_alike_the_one_who_is_not_registered_stays_outside(
    link: Link, pair: str, fault: dict[str, Any]
) -> Story:
    inside, outside = PAIRS[pair]
    if outside is NAMESAKE:  # born on another day than whom the story above registers
        outside = {**NAMESAKE, "nik": "1401014708920003", "birth_date": date(1992, 8, 7)}
    rows = link(registry=[registered(1, **inside)], pkh=[recipient(2, **{**outside, **fault})])
    yield
    assert rows[PKH + 2]["match_band"] != "same"
    assert rows[PKH + 2]["person_key"] != rows[REGISTRY + 1]["person_key"]


@pytest.mark.parametrize("pair", PAIRS)
def test_of_two_alike_who_are_both_outside_each_is_somebody(link: Link, pair: str) -> None:
    first, second = PAIRS[pair]
    rows = link(
        registry=[registered(9, "TONO SUBAGYO")],
        pkh=[recipient(1, **first), recipient(2, **second)],
        pbi_jkn=[person(PBI + 1, **{**first, **NO_NIK})],
    )
    assert rows[PKH + 1]["person_id"] != rows[PKH + 2]["person_id"]
    assert rows[PBI + 1]["person_id"] in {PKH + 1, PBI + 1}, "perhaps the first, never the second"


RINI = {**RINA, "name": "RINI BASRI", "nik": "1401014104110002"}
RINO = {**RINA, "name": "RINO BASRI", "nik": "1401010104110002", "sex": "L"}


@pytest.mark.parametrize("twin", [RINI, RINO])
@together
def test_an_unregistered_twin_of_a_like_name_is_a_question(link: Link, twin: dict[str, Any]) -> Story:
    rows = link(registry=[registered(1, **RINA)], pkh=[recipient(2, **{**twin, "sex": None})])
    yield
    row = rows[PKH + 2]
    assert row["match_band"] != "same", "the next number of the same day is a twin's, or Rina's with two slips"


def test_a_twin_listed_beside_her_registered_sister_is_not_registered(link: Link) -> None:
    rows = link(registry=[registered(1, **RINA)], pkh=[recipient(1, **RINA), recipient(2, **RINI)])
    assert rows[PKH + 2]["match_band"] == "different"
    assert rows[PKH + 2]["person_id"] != rows[PKH + 1]["person_id"], "she is no duplicate of her sister"


@together
def test_a_slip_elsewhere_in_number_and_name_does_not_make_a_twin(link: Link) -> Story:
    mistyped = {**RINA, "name": "RINI BASRI", "nik": "1401014104110701"}
    rows = link(registry=[registered(1, **RINA)], pkh=[recipient(1, **mistyped)])
    yield
    assert (rows[PKH + 1]["match_band"], rows[PKH + 1]["registry_row_id"]) == ("same", REGISTRY + 1)


@together
def test_like_named_twins_of_the_registry_are_two_people(link: Link) -> Story:
    rows = link(registry=[registered(1, **RINA), registered(2, **RINI)], pkh=[recipient(1, **RINA)])
    yield
    assert rows[REGISTRY + 1]["person_id"] != rows[REGISTRY + 2]["person_id"]


@pytest.mark.parametrize(("name", "one"), [("RINA BASRI", True), ("RINA", False)])
def test_two_of_one_card_and_day_in_the_registry_are_one_only_under_one_name(
    link: Link, name: str, *, one: bool
) -> None:
    """The second number is no neighbour of the first; a household lists twins more often than a child twice."""
    again = {**RINA, "name": name, "nik": "1401014104110023"}
    rows = link(registry=[registered(1, **RINA), registered(2, **again)], pkh=[recipient(1, **RINA)])
    assert (rows[REGISTRY + 1]["person_id"] == rows[REGISTRY + 2]["person_id"]) is one


DEDI = {**JOKO, "name": "DEDI KURNIADI", "nik": "1401010505900003", "birth_date": date(1990, 5, 5)}
DODI = {**DEDI, "name": "DODI KURNIADI", "nik": "1401010505910009", "birth_date": date(1991, 5, 5)}


@pytest.mark.parametrize("pair", [(JOKO, SON), (DEDI, DODI)])
def test_numbers_that_confirm_two_birth_dates_are_two_people(link: Link, pair: tuple[dict[str, Any], ...]) -> None:
    inside, outside = pair
    rows = link(registry=[registered(1, **inside)], pkh=[recipient(2, **outside)])
    row = rows[PKH + 2]
    assert row["match_band"] == "different"


def test_a_reissued_number_with_the_year_put_right_is_left_for_people(link: Link) -> None:
    corrected = {**DEDI, "nik": DODI["nik"], "birth_date": DODI["birth_date"]}
    assert link(registry=[registered(1, **DEDI)], pkh=[recipient(1, **corrected)])[PKH + 1]["match_band"] == "review"


def test_a_short_name_misread_beside_a_slip_in_the_number_is_a_question_and_no_stranger(link: Link) -> None:
    tri = {**RINA, "name": "TRI"}
    misread = {**tri, "name": "UTO", "nik": "1401014104112001"}
    assert link(registry=[registered(1, **tri)], pkh=[recipient(1, **misread)])[PKH + 1]["match_band"] == "review"


@together
def test_a_namesake_with_another_number_card_and_village_is_not_taken_for_her(link: Link) -> Story:
    elsewhere = {**SITI, "nik": "1401015203800009", "family_card_number": OTHER_CARD, "village_code": "1401022003"}
    rows = link(registry=[registered(1, **SITI)], pkh=[recipient(1, **{**elsewhere, "mother_name": None})])
    yield
    row = rows[PKH + 1]
    assert row["match_band"] != "same"


REISSUED = {"nik": "1401010105109431", "mother_name": None}


@together
def test_a_name_that_lacks_a_word_is_no_other_person_on_the_same_card_and_day(link: Link) -> Story:
    rows = link(registry=[registered(1, **HASAN)], pkh=[recipient(1, **{**HASAN, **REISSUED, "name": "HASAN"})])
    yield
    assert (rows[PKH + 1]["match_band"], rows[PKH + 1]["registry_row_id"]) == ("same", REGISTRY + 1)


@together
def test_the_word_that_twins_share_does_not_tell_which_of_them_it_is(link: Link) -> Story:
    registry = [registered(1, **HASAN), registered(2, **HUSIN)]
    rows = link(registry=registry, pkh=[recipient(1, **{**HASAN, **REISSUED, "name": "BASRI"})])
    yield
    assert rows[PKH + 1]["match_band"] == "review"


@together
def test_namesakes_of_whom_no_more_is_known_are_left_for_people(link: Link) -> Story:
    bare = recipient(1, "SITI AMINAH", **NO_NIK, family_card_number=None)
    rows = link(registry=[registered(1, **SITI), registered(2, **NAMESAKE)], pkh=[bare])
    yield
    row = rows[PKH + 1]
    assert row["match_band"] == "review"


@together
def test_people_behind_one_placeholder_number_stay_apart(link: Link) -> Story:
    crowd = [("BUDI HARTONO", 1), ("UPIK LESTARI", 2), ("DARMA KOTO", 3), ("YUNI ASTUTI", 4)]
    rows = link(pkh=[recipient(n, name, **PLACEHOLDER, birth_date=date(1970 + n, 2, n)) for name, n in crowd])
    yield
    assert len({rows[PKH + n]["person_id"] for _, n in crowd}) == len(crowd)


@pytest.mark.parametrize(
    ("name", "number", "listed"),
    [("HERI", "1401010105100017", "FERI"), ("FERI", "1401010105100002", "FERI HARTONO")],
    ids=["names that sound alike", "one name, and numbers that follow each other"],
)
@together
def test_twins_on_a_registry_card_are_two(link: Link, name: str, number: str, listed: str) -> Story:
    feri, twin = {**HASAN, "name": "FERI"}, {**HASAN, "name": name, "nik": number}
    pkh = [recipient(1, **{**feri, "name": listed}), recipient(2, **twin)]
    rows = link(registry=[registered(1, **feri), registered(2, **twin)], pkh=pkh)
    yield
    assert [rows[PKH + n]["person_id"] for n in (1, 2)] == [REGISTRY + 1, REGISTRY + 2]


@together
def test_namesakes_registered_one_after_the_other_on_two_cards_are_two(link: Link) -> Story:
    syafril = {**BUDI, "name": "SYAFRIL"}
    namesake = {**syafril, "nik": "1401010105800002", "family_card_number": OTHER_CARD}
    rows = link(registry=[registered(1, **syafril), registered(2, **namesake)])
    yield
    assert rows[REGISTRY + 2]["person_id"] == REGISTRY + 2


@pytest.mark.parametrize(("number", "persons"), [({}, 1), (NO_NIK, 2)])
@together
def test_who_is_registered_in_two_villages_is_one_by_the_number_alone(
    link: Link, number: dict[str, Any], persons: int
) -> Story:
    moved = {**BUDI, **number, "family_card_number": OTHER_CARD, "village_code": "1401022003"}
    rows = link(registry=[registered(1, **BUDI), registered(2, **moved)])
    yield
    assert len({rows[REGISTRY + n]["person_id"] for n in (1, 2)}) == persons


@together
def test_a_child_twice_on_a_registry_card_by_one_name_and_a_number_issued_anew_is_one(link: Link) -> Story:
    feri = {**HASAN, "name": "FERI"}
    rows = link(registry=[registered(1, **feri), registered(2, **{**feri, "nik": "1401010105109431"})])
    yield
    assert rows[REGISTRY + 2]["person_id"] == REGISTRY + 1


@together
def test_the_same_person_twice_in_a_list_under_two_numbers_is_one(link: Link) -> Story:
    again = {**SITI, "nik": "1401015203800077"}
    rows = link(pkh=[recipient(1, **SITI), recipient(2, **again)])
    yield
    assert [rows[PKH + n]["person_id"] for n in (1, 2)] == [REGISTRY + 1, REGISTRY + 1]


@together
def test_an_unregistered_person_twice_in_a_list_is_one(link: Link) -> Story:
    wati = {**NAMESAKE, "name": "WATI LESTARI"}
    again = {**wati, "nik": "1401014809910093"}
    rows = link(pkh=[recipient(1, **wati), recipient(2, **again)])
    yield
    assert [rows[PKH + n]["person_id"] for n in (1, 2)] == [PKH + 1, PKH + 1]
    assert {rows[PKH + n]["match_band"] for n in (1, 2)} == {"different"}


@pytest.mark.parametrize(
    ("born", "band"), [(date(1948, 11, 20), "different"), (date(1980, 9, 1), "same")], ids=["another", "a near one"]
)
def test_a_rare_name_in_the_village_beside_another_birth_date_and_card_is_a_namesake_s(
    link: Link, born: date, band: str
) -> None:
    others = [registered(n, f"{OTHERS[n % 20]} {chr(70 + n % 19)}UR", f"14010101019{n:05d}") for n in range(10, 900)]
    listed = {**BUDI, **NO_NIK, "birth_date": born, "family_card_number": OTHER_CARD, "mother_name": None}
    row = link(registry=[registered(1, **BUDI), *others], pkh=[recipient(1, **listed)])[PKH + 1]
    assert row["match_band"] == band


def test_of_two_people_who_claim_one_registry_row_the_weaker_is_left_for_people(link: Link, root: DataRoot) -> None:
    rare = {"name": "ZULEKHA PURNAMASARI", "mother_name": "KHADIJAH RAMLAHWATI"}
    half_known = registered(1, **rare, **NO_NIK, sex="P")
    first, second = {**SITI, **rare}, {**NAMESAKE, **rare}
    others = [registered(n, f"{OTHERS[n % 20]} {chr(70 + n % 19)}UR", f"14010101019{n:05d}") for n in range(10, 900)]
    rows = link(registry=[half_known, *others], pkh=[recipient(1, **first), recipient(2, **second)])
    claims = [rows[PKH + n] for n in (1, 2)]
    assert [row["registry_row_id"] for row in claims] == [REGISTRY + 1, REGISTRY + 1]
    assert sorted(row["match_band"] for row in claims) == ["review", "same"]
    assert claims[0]["person_id"] != claims[1]["person_id"]
    (pair,) = pl.read_parquet(root.partition("2021-11", "1401").path("review_pairs")).to_dicts()
    assert (pair["doubt"], pair["name_agreement"], pair["nik_agreement"]) == ("competing_claim", "same", "missing")
    assert "fits this registry person better" in pair["explanation"]


@together
def test_whom_another_row_of_the_list_names_is_not_named_again_by_another_name(link: Link) -> Story:
    cardless = {**HASAN, "family_card_number": None}
    copied = {**cardless, **NO_NIK, "name": "TONO PRASETYO"}
    rows = link(registry=[registered(1, **cardless)], pkh=[recipient(1, **cardless), recipient(2, **copied)])
    yield
    assert [rows[PKH + n]["match_band"] for n in (1, 2)] == ["same", "different"]
