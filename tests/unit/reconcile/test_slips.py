"""A slip in a number, a card or a date makes nobody a double, a child, or one of another family."""

import pytest

from tests.scenario import OTHER_VILLAGE, VILLAGE, Month, born, card
from tests.told_together import Story, together

SLIP = card(1).replace("140101010107", "140101010207")  # of card(1): a digit of its date


@pytest.mark.parametrize(
    ("registered", "reasons"),
    [(("Abdillah", "Adam"), []), (("Abdillah",), ["DUPLICATE_PERSON", "PBI_OUTSIDE_REGISTRY"])],
    ids=["the registry has both", "the registry has one"],
)
@together
def test_twins_whose_names_differ_by_a_word_are_two_where_the_registry_has_both(
    month: Month, registered: tuple[str, ...], reasons: list[str]
) -> Story:
    for who in registered:
        month.lists("registry", who, family_card_number=card(1))
    twin = {"family_card_number": card(1), "birth_date": born(2011)}
    month.lists("pbi_jkn", "Abdillah", name="ABDILLAH ADAM", **twin)
    month.lists("pbi_jkn", "Adam", name="ABDILLAH ABDULLAH ADAM", **twin)
    yield
    assert month.reasons() == {"ABDILLAH ADAM": [], "ABDILLAH ABDULLAH ADAM": reasons}


@pytest.mark.parametrize(
    ("number", "reasons"),
    [("7501241610729818", "DUPLICATE_PERSON"), ("7501241610720002", "DUPLICATE_FAMILY")],
    ids=["a number issued anew", "the next number, a twin's"],
)
def test_one_word_of_a_name_is_enough_beside_a_number_issued_anew(month: Month, number: str, reasons: str) -> None:
    adjis = {"family_card_number": card(1), "birth_date": born(1972, 10, 16)}
    month.lists("sembako", "Adjis", name="ADJIS", nik=number, **adjis)
    month.lists("sembako", "Adjis again", name="ADJIS PRATAMA", nik="7501241610720001", **adjis)
    month.reconcile()
    assert month.reasons()["ADJIS PRATAMA"] == [reasons, "NOT_IN_REGISTRY"]


@pytest.mark.parametrize(
    ("number", "reasons"),
    [("7501195310000002", []), ("7501195310009431", ["DUPLICATE_PERSON"]), (None, ["DUPLICATE_PERSON"])],
    ids=["the next number, a twin's", "a number issued anew", "no number"],
)
def test_words_in_common_make_no_double_of_a_twin_with_the_next_number(
    month: Month, number: str | None, reasons: list[str]
) -> None:
    """Anjani is not registered; every word of her name stands in the long name of her twin."""
    twin = {"family_card_number": card(1), "birth_date": born(2000, 10, 13)}
    month.lists("registry", "Siti", nik="7501195310000001", **twin)
    month.lists("pbi_jkn", "Siti", name="SITI INDRIANI ANJANI RAHAYU", nik="7501195310000001", **twin)
    status = "valid" if number else "missing"
    month.lists("pbi_jkn", "Anjani", name="ANJANI INDRIANI", nik=number, nik_status=status, **twin)
    month.reconcile()
    assert month.reasons()["ANJANI INDRIANI"] == [*reasons, "PBI_OUTSIDE_REGISTRY"]


@pytest.mark.parametrize(
    ("home", "family"),
    [
        ({"village_code": OTHER_VILLAGE, "address": "JL. PASAR NO. 141"}, False),
        ({"village_code": OTHER_VILLAGE, "address": "Jl. Pasar No. 60"}, True),
        ({"village_code": VILLAGE, "address": "JL. PASAR NO. 141"}, True),
        ({"village_code": VILLAGE, "address": None}, True),
    ],
    ids=["another village and address", "the same address", "the same village", "no address"],
)
@together
def test_a_card_that_strays_in_the_registry_makes_nobody_family(
    month: Month, home: dict[str, str | None], *, family: bool
) -> Story:
    """Debora stands on the card of Nita and Bagus in the registry, and on none in her list."""
    for who in ("Nita", "Bagus"):
        month.lists("registry", who, family_card_number=card(1), address="JL. PASAR NO. 60")
    month.lists("registry", "Debora", family_card_number=card(1), **home)
    month.lists("sembako", "Nita", family_card_number=card(1))
    month.lists("sembako", "Debora")
    month.lists("bst", "Nita", family_card_number=card(1), stage="2")
    month.lists("company_officers", "Debora")
    yield
    assert ("DUPLICATE_FAMILY" in month.reasons("sembako")["Debora"]) is family
    assert ("COMPANY_OFFICER" in month.reasons("sembako")["Nita"]) is family


@pytest.mark.parametrize(
    ("paid_on", "reasons"), [(SLIP, []), (card(2), ["DUPLICATE_FAMILY"])], ids=["a digit apart", "another card"]
)
@together
def test_a_card_that_another_list_has_a_digit_off_makes_nobody_double(
    month: Month, paid_on: str, reasons: list[str]
) -> Story:
    """Rukiah's list has her on the card of Paijan's family, her payment on one that differs by a digit of its date."""
    month.lists("registry", "Paijan", family_card_number=card(1))
    month.lists("sembako", "Rukiah", family_card_number=card(1))
    month.lists("sembako", "Paijan", family_card_number=card(1))
    month.lists("disbursements", "Rukiah", family_card_number=paid_on, programme="sembako", status="SUKSES SALUR")
    yield
    assert month.reasons("sembako")["Paijan"] == reasons
    assert month.reasons("sembako")["Rukiah"] == [], "she stands on a registered family's card all the same"


CHILD_S = "1401015506150001"


def test_a_number_in_dispute_tells_nobody_s_age(month: Month) -> None:
    """Jamilah is listed under the number of little Nisa; until that is settled her list tells her age."""
    month.lists("registry", "Nisa", nik=CHILD_S, birth_date=born(2015))
    month.lists("elderly", "Jamilah", nik=CHILD_S, birth_date=born(1945), band="review")
    month.dispute("elderly", "Nisa")
    month.lists("sembako", "Rani", nik=CHILD_S, birth_date=None, band="review")
    month.dispute("sembako", "Nisa")
    month.lists("elderly", "Muda", nik=CHILD_S, birth_date=born(1985), band="review")
    month.dispute("elderly", "Nisa")
    month.reconcile()
    assert month.reasons() == {"Jamilah": [], "Rani": [], "Muda": ["AGE_OUT_OF_RANGE"]}


def test_the_owner_of_a_number_in_dispute_is_not_listed_twice(month: Month) -> None:
    """The registry has Maryam under Jakub's number; both are on the list, on one card."""
    month.lists("registry", "Maryam", family_card_number=card(1))
    month.lists("sembako", "Maryam", family_card_number=card(1))
    month.lists("sembako", "Jakub", family_card_number=card(1), band="review")
    month.dispute("sembako", "Maryam")
    month.reconcile()
    assert month.reasons() == {"Maryam": [], "Jakub": ["DUPLICATE_FAMILY"]}


@pytest.mark.parametrize(("birth_date", "reasons"), [(None, []), (born(2010), ["UNDERAGE_HOLDER"])])
@together
def test_the_birth_date_of_whom_it_may_be_alone_makes_nobody_a_child(
    month: Month, birth_date: None, reasons: list[str]
) -> Story:
    month.lists("registry", "Wella", birth_date=born(2018))
    month.lists("sembako", "Wella", birth_date=birth_date, nik_status="bad_region", band="review")
    yield
    assert month.reasons() == {"Wella": reasons}


@pytest.mark.parametrize(
    ("village", "reasons"),
    [(VILLAGE, ["NO_PKH_COMPONENT"]), (None, ["NO_PKH_COMPONENT"]), (OTHER_VILLAGE, [])],
    ids=["the family's village", "no village", "another village"],
)
@together
def test_whom_a_card_alone_ties_to_a_family_is_not_asked_for_its_components(
    month: Month, village: str | None, reasons: list[str]
) -> Story:
    """Martini is not registered; the card number of her list, perhaps mistyped, is that of Bustami's family."""
    home = {"village_code": VILLAGE, "address": "JL. PANGLIMA NO. 104"}
    month.lists("registry", "Bustami", family_card_number=card(1), birth_date=born(1980), **home)
    month.lists("pkh", "Martini", family_card_number=card(1), address="PANGLIMA 104, RT 2", village_code=village)
    yield
    assert month.reasons() == {"Martini": reasons}


@pytest.mark.parametrize(
    ("lodger", "reasons"),
    [
        ({"family_card_number": card(7)}, ["NO_PKH_COMPONENT"]),
        ({"family_card_number": None}, []),
        ({"family_card_number": card(7), "mother_name": "Siti"}, []),
        ({"family_card_number": card(7), "relationship": "1"}, ["NO_PKH_COMPONENT"]),
        ({"family_card_number": card(7), "relationship": "6"}, []),
    ],
    ids=[
        "a card of his own",
        "no card",
        "the wife's son on an old card",
        "head of himself",
        "a grandchild alone on a mistyped card",
    ],
)
@together
def test_a_neighbour_at_the_same_address_is_a_member_only_without_a_card(
    month: Month, lodger: dict[str, str | None], reasons: list[str]
) -> Story:
    home = {"village_code": VILLAGE, "address": "JL. MAWAR NO. 7", "rt": "001", "rw": "002"}
    month.lists("registry", "Siti", family_card_number=card(1), birth_date=born(1980), **home)
    month.lists("registry", "Bustami", family_card_number=card(1), birth_date=born(1978), **home)
    month.lists("registry", "Adam", birth_date=born(2012), **home, **lodger)
    month.lists("pkh", "Siti", family_card_number=card(1), village_code=VILLAGE)
    yield
    assert month.reasons() == {"Siti": reasons}


@together
def test_a_wife_who_split_off_her_family_has_no_longer_its_children(month: Month) -> Story:
    home = {"village_code": VILLAGE, "address": "JL. MAWAR NO. 7", "rt": "001", "rw": "002"}
    month.lists("registry", "Endah", family_card_number=card(1), birth_date=born(1991), **home)
    month.lists("registry", "Fery", family_card_number=card(2), birth_date=born(1987), **home)
    month.lists("registry", "Maya", family_card_number=card(2), birth_date=born(2013), mother_name="Endah", **home)
    month.lists("pkh", "Endah", family_card_number=card(1), village_code=VILLAGE)
    yield
    assert month.reasons() == {"Endah": ["NO_PKH_COMPONENT"]}


@pytest.mark.parametrize("names", [("ABDILLAH ADAM",) * 2, ("ABDILLAH ADAM", "ADAM ABDILLAH")])
@together
def test_two_people_of_the_registry_are_two_in_a_list_whatever_their_names(
    month: Month, names: tuple[str, str]
) -> Story:
    twin = {"family_card_number": card(1), "birth_date": born(2011)}
    for who in ("Abdillah", "Adam"):
        month.lists("registry", who, family_card_number=card(1))
    for who, name in zip(("Abdillah", "Adam"), names, strict=True):
        month.lists("pbi_jkn", who, name=name, **twin)
    yield
    assert set(map(tuple, month.reasons().values())) == {()}


@together
def test_a_family_that_is_on_no_active_card_is_not_asked_for_its_components(month: Month) -> Story:
    """Idris has moved away; his wife is registered under an old card, and only PBI-JKN has her on his."""
    month.lists("registry", "Idris", family_card_number=card(1), status="PD", birth_date=born(1972))
    month.lists("registry", "Rohani", family_card_number=card(5), birth_date=born(1974))
    month.lists("pkh", "Idris", family_card_number=card(1))
    month.lists("pbi_jkn", "Rohani", family_card_number=card(1))
    yield
    assert month.reasons("pkh") == {"Idris": ["MOVED_AWAY"]}


@pytest.mark.parametrize("sharer", ["Vino", None], ids=["the family stands on one of the cards", "on neither"])
@together
def test_of_two_cards_a_digit_apart_the_one_that_others_stand_on_is_right(month: Month, sharer: str | None) -> Story:
    """Okta's wife Fani was found eligible, on the card of Okta's list; the payment has a digit wrong."""
    month.lists("registry", "Paijan", family_card_number=card(5))
    month.lists("sembako", "Okta", family_card_number=card(1))
    month.lists("disbursements", "Okta", family_card_number=SLIP, programme="sembako", status="SUKSES SALUR")
    if sharer:
        month.lists("pbi_jkn", sharer, family_card_number=card(1))
        month.lists("eligibility_decisions", "Fani", family_card_number=card(1), outcome="LAYAK")
    else:
        month.lists("eligibility_decisions", "Fani", family_card_number=card(3), outcome="LAYAK")
    yield
    assert month.reasons("sembako")["Okta"] == ([] if sharer else ["NOT_IN_REGISTRY"])


@pytest.mark.parametrize("mistyped", [True, False], ids=["in her list", "in the registry"])
@together
def test_a_judgement_of_the_family_whose_card_is_a_digit_off_is_not_hers(month: Month, *, mistyped: bool) -> Story:
    """Misinah and Mangasi live on cards a digit apart; one list or the other has her on his, and his was judged."""
    hers, listed = (card(1), card(2)) if mistyped else (card(2), card(1))
    month.lists("registry", "Katiman", family_card_number=card(1))
    month.lists("registry", "Misinah", family_card_number=hers)
    month.lists("registry", "Mangasi", family_card_number=card(2))
    month.lists("pbi_jkn", "Misinah", family_card_number=listed)
    month.lists("pbi_jkn", "Mangasi", family_card_number=card(2))
    month.lists("eligibility_decisions", None, family_card_number=card(2), outcome="TIDAK LAYAK")
    yield
    assert month.reasons("pbi_jkn") == {"Misinah": [], "Mangasi": ["JUDGED_INELIGIBLE"]}


@pytest.mark.parametrize(("written", "reasons"), [(SLIP, []), (card(1), ["JUDGED_INELIGIBLE"])], ids=["slip", "card"])
@together
def test_a_card_mistyped_in_a_judgement_judges_nobody_else(month: Month, written: str, reasons: list[str]) -> Story:
    """Megawati was judged; the card beside her name is a digit off hers, and Ernawati's."""
    month.lists("registry", "Megawati", family_card_number=card(1))
    month.lists("registry", "Ernawati", family_card_number=written)
    month.lists("sembako", "Ernawati", family_card_number=written)
    month.lists("eligibility_decisions", "Megawati", family_card_number=written, outcome="TIDAK LAYAK")
    yield
    assert month.reasons("sembako")["Ernawati"] == reasons


@pytest.mark.parametrize(
    ("village", "reasons"), [(OTHER_VILLAGE, []), (VILLAGE, ["JUDGED_INELIGIBLE"])], ids=["another village", "hers"]
)
@together
def test_a_stranger_s_judgement_on_her_card_in_another_village_is_not_her_family_s(
    month: Month, village: str, reasons: list[str]
) -> Story:
    """Dwi, whom nobody registered, was judged; the card beside her name is Hotmaida's."""
    month.lists("registry", "Hotmaida", family_card_number=card(1))
    month.lists("sembako", "Hotmaida", family_card_number=card(1))
    month.lists("eligibility_decisions", "Dwi", family_card_number=card(1), outcome="TIDAK LAYAK", village_code=village)
    yield
    assert month.reasons("sembako")["Hotmaida"] == reasons


@together
def test_a_judgement_does_not_reach_the_family_on_whose_card_the_judged_person_strays(month: Month) -> Story:
    """The registry has Zuraida on the card of Asril's family, who live in another village at another address."""
    home = {"family_card_number": card(1), "address": "JL. PASAR NO. 60"}
    for who in ("Asril", "Darnis"):
        month.lists("registry", who, **home)
    month.lists(
        "registry", "Zuraida", family_card_number=card(1), village_code=OTHER_VILLAGE, address="JL. MELATI NO. 4"
    )
    month.lists("bst", "Asril", family_card_number=card(1))
    month.lists("eligibility_decisions", "Zuraida", family_card_number=card(7), outcome="TIDAK LAYAK")
    yield
    assert month.reasons("bst")["Asril"] == []


@pytest.mark.parametrize(
    ("paid_on", "reasons"), [(card(1), []), (SLIP, ["NOT_IN_REGISTRY"])], ids=["the family's", "a digit off"]
)
@together
def test_a_registered_card_that_one_list_alone_has_is_believed(month: Month, paid_on: str, reasons: list[str]) -> Story:
    """Two lists have Nasrul on an old card, his payment on his wife's; nothing says that it was mistyped."""
    month.lists("registry", "Nurlela", family_card_number=paid_on)
    old = card(9) if not reasons else card(1)
    month.lists("sembako", "Nasrul", family_card_number=old)
    month.lists("pbi_jkn", "Nasrul", family_card_number=old)
    month.lists("disbursements", "Nasrul", family_card_number=paid_on, programme="sembako", status="SUKSES SALUR")
    yield
    assert month.reasons("sembako")["Nasrul"] == reasons


@pytest.mark.parametrize("own", [card(77), None], ids=["beside an old card", "beside none"])
@together
def test_a_card_that_the_registry_knows_in_another_village_still_covers(month: Month, own: str | None) -> Story:
    """Syafril's list and his payment each have another village, and the registry a third for his wife."""
    month.lists("registry", "Rizal", family_card_number=card(1), village_code=OTHER_VILLAGE)
    month.lists("sembako", "Syafril", family_card_number=own)
    month.lists("disbursements", "Syafril", family_card_number=card(1), programme="sembako", status="SUKSES SALUR")
    yield
    assert month.reasons("sembako")["Syafril"] == []
