"""Who is of one family although a list or the registry has a number wrong, and who is not although numbers agree."""

from datetime import date
from typing import Any

import pytest

from tests.scenario import OTHER_VILLAGE, VILLAGE, Month, born, card
from tests.told_together import Story, together

MISTYPED = card(77)


@pytest.mark.parametrize(("wife_s_card", "reasons"), [(card(1), ["DUPLICATE_FAMILY"]), (card(2), [])])
@together
def test_a_card_mistyped_in_the_registry_hides_no_second_member(
    month: Month, wife_s_card: str, reasons: list[str]
) -> Story:
    month.lists("registry", "Amat", family_card_number=card(1))
    month.lists("registry", "Siti", family_card_number=MISTYPED)
    month.lists("sembako", "Amat", family_card_number=card(1))
    month.lists("sembako", "Siti", family_card_number=wife_s_card)
    yield
    assert month.reasons() == {"Amat": [], "Siti": reasons}


@pytest.mark.parametrize(
    ("unsettled_card", "first", "second"),
    [(card(1), [], ["DUPLICATE_PERSON"]), (card(2), [], [])],
    ids=["on the family's card", "on another card"],
)
@together
def test_a_row_in_review_on_the_same_card_is_the_same_person_again_and_no_other_member(
    month: Month, unsettled_card: str, first: list[str], second: list[str]
) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("pkh", "Siti", family_card_number=unsettled_card, nik="reissued", band="review")
    month.lists("pkh", "Siti", family_card_number=card(1))
    month.lists("pbi_jkn", "Siti", family_card_number=card(1), nik="reissued", band="review")
    month.lists("pbi_jkn", "Siti", family_card_number=card(1))
    yield
    assert month.select("select reasons from recipient_outcomes where programme = 'pkh' order by source_row") == [
        (first,),
        (second,),
    ]
    assert month.reasons("pbi_jkn") == {"Siti": []}, "a person programme waits until the pair is settled"


@pytest.mark.parametrize(
    ("village", "same_family"), [(VILLAGE, True), (OTHER_VILLAGE, False)], ids=["next door", "in another village"]
)
@pytest.mark.parametrize(("rina_s", "budi_s"), [("pkh", "bst"), ("sembako", "sembako")])
@together
def test_a_mistyped_card_of_another_village_makes_nobody_family(
    month: Month, rina_s: str, budi_s: str, village: str, *, same_family: bool
) -> Story:
    month.lists("registry", "Budi", family_card_number=card(1))
    month.lists("registry", "Rina", family_card_number=card(22), village_code=village)
    month.lists(rina_s, "Rina", family_card_number=card(1), village_code=village)
    month.lists(budi_s, "Budi", family_card_number=card(1))
    yield
    reason = "EXCLUSIVE_PROGRAMMES" if budi_s == "bst" else "DUPLICATE_FAMILY"
    assert month.reasons(budi_s)["Budi"] == ([reason] if same_family else [])


@pytest.mark.parametrize(
    ("number", "reasons"),
    [("1401014204040034", ["UNDERAGE_HOLDER"]), ("1401014204030034", []), (None, [])],
    ids=["another list has her number right", "every list has it wrong", "no other number"],
)
@together
def test_the_number_in_another_list_settles_which_birth_date_is_right(
    month: Month, number: str | None, reasons: list[str]
) -> Story:
    girl, wrong = born(2004, 4, 2), "1401014204030034"
    month.lists("registry", "Ibu", family_card_number=card(1))
    month.lists("sembako", "Resti", family_card_number=card(1), birth_date=girl, nik=wrong)
    status = "valid" if number else "missing"
    month.lists("pbi_jkn", "Resti", family_card_number=card(1), birth_date=girl, nik=number, nik_status=status)
    yield
    assert month.reasons("sembako") == {"Resti": reasons}


@pytest.mark.parametrize(
    ("registered", "reasons"),
    [
        ({"birth_date": born(2006), "relationship": "4"}, ["UNDERAGE_HOLDER"]),
        ({"birth_date": born(2006), "relationship": "3"}, []),
        ({"birth_date": born(1986), "relationship": "4"}, []),
    ],
    ids=["a child whoever it is", "perhaps a wife", "perhaps a grown-up"],
)
@together
def test_an_unsettled_holder_is_a_child_only_if_the_one_it_may_be_is_one_too(
    month: Month, registered: dict[str, Any], reasons: list[str]
) -> Story:
    month.lists("registry", "Rina", family_card_number=card(1), **registered)
    month.lists("sembako", "Rina", birth_date=born(2006), nik_status="missing", band="review")
    yield
    assert month.reasons() == {"Rina": reasons}
    assert month.outcomes() == {"Rina": "to_verify" if reasons else "unresolved"}


@pytest.mark.parametrize(("judged", "reasons"), [("Ibu Jalil", []), ("Orang lain", ["NOT_IN_REGISTRY"])])
@together
def test_a_decision_on_an_old_card_reaches_the_family_through_the_lists_of_the_person_judged(
    month: Month, judged: str, reasons: list[str]
) -> Story:
    month.lists("sembako", "Jalil", family_card_number=card(1))
    month.lists("pbi_jkn", "Ibu Jalil", family_card_number=card(1))
    month.lists("eligibility_decisions", judged, family_card_number=card(9), outcome="LAYAK")
    yield
    assert month.reasons("sembako") == {"Jalil": reasons}


@pytest.mark.parametrize(("status", "reasons"), [("placeholder", []), ("valid", ["PUBLIC_EMPLOYEE"])])
@together
def test_a_number_given_to_everybody_proves_no_employment(month: Month, status: str, reasons: list[str]) -> Story:
    everybody_s = "1401010107850001"
    month.lists("registry", "Elidar", family_card_number=card(1), nik=everybody_s)
    month.lists("sembako", "Elidar", family_card_number=card(1))
    month.lists("pbi_jkn", "Orang lain", nik=everybody_s, nik_status=status)
    month.lists("public_employees", "Elidar", nik=everybody_s, category="ASN")
    yield
    assert month.reasons("sembako") == {"Elidar": reasons}


@pytest.mark.parametrize(
    ("payment", "finding"),
    [
        ({"who": "Amat", "family_card_number": card(1)}, "paid_and_transacted"),
        ({"who": "Seseorang", "member_id": "KKS-1"}, "paid_and_transacted"),
        ({"who": "Amat"}, "paid_not_listed"),
        ({"who": "Seseorang", "member_id": "KKS-2"}, "paid_not_listed"),
    ],
    ids=["to her husband on her card", "on her member number", "no card", "another member number"],
)
@together
def test_a_payment_reaches_the_family_by_its_member_number_or_its_card(
    month: Month, payment: dict[str, Any], finding: str
) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("sembako", "Siti", family_card_number=card(1), member_id="KKS-1")
    used = {"status": "SUKSES SALUR", "transacted_on": date(2021, 11, 5)}
    month.lists("disbursements", payment.pop("who"), programme="sembako", **payment, **used)
    yield
    found = month.select("select finding from disbursement_reconciliation order by finding desc")
    assert found == [(finding,)] if finding != "paid_not_listed" else [(finding,), ("entitled_not_paid",)]


@together
def test_a_payment_to_one_person_is_not_given_to_another_member_of_the_person_programme(month: Month) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("pbi_jkn", "Siti", family_card_number=card(1))
    month.lists("disbursements", "Amat", programme="pbi_jkn", family_card_number=card(1), status="SUKSES SALUR")
    yield
    rows = month.select("select name, finding from disbursement_reconciliation order by name")
    assert rows == [("Amat", "paid_not_listed"), ("Siti", "entitled_not_paid")]


@pytest.mark.parametrize(
    ("registry_village", "list_village", "reasons"),
    [(OTHER_VILLAGE, VILLAGE, []), (OTHER_VILLAGE, OTHER_VILLAGE, ["NO_PKH_COMPONENT"])],
    ids=["the list has the right village", "nobody has"],
)
@together
def test_an_old_village_in_the_registry_does_not_part_a_family(
    month: Month, registry_village: str, list_village: str, reasons: list[str]
) -> Story:
    home = {"address": "JL. MERDEKA NO. 7", "rt": "002", "rw": "001"}
    month.lists(
        "registry", "Siti", family_card_number=card(1), birth_date=born(1980), village_code=registry_village, **home
    )
    month.lists("registry", "Nenek", birth_date=born(1940), **home)
    month.lists("pkh", "Siti", family_card_number=card(1), village_code=list_village)
    yield
    assert month.reasons("pkh") == {"Siti": reasons}


@pytest.mark.parametrize(
    ("registry_number", "reasons"),
    [(None, []), ("1401015506940001", ["NO_PKH_COMPONENT"])],
    ids=["nothing confirms the registry's date", "the number confirms it"],
)
@together
def test_a_member_may_be_as_old_as_a_list_says_while_the_registry_s_date_is_unconfirmed(
    month: Month, registry_number: str | None, reasons: list[str]
) -> Story:
    status = "valid" if registry_number else "missing"
    month.lists(
        "registry", "Nita", family_card_number=card(1), birth_date=born(1994), nik=registry_number, nik_status=status
    )
    month.lists("pkh", "Nita", family_card_number=card(1), birth_date=born(2004))
    yield
    assert month.reasons() == {"Nita": reasons}


@pytest.mark.parametrize(
    ("again", "reasons"),
    [
        ({"name": "SITI AMINAH"}, ["DUPLICATE_PERSON"]),
        ({"name": "AMINAH, SITI"}, ["DUPLICATE_PERSON"]),
        ({"name": "SITI AMINAH NASUTION"}, ["DUPLICATE_PERSON"]),
        ({"name": "SITI AISYAH"}, []),
        ({"name": "SITI"}, []),
        ({"name": "SITI AMINAH", "birth_date": born(1991)}, []),
        ({"name": "SITI AMINAH", "family_card_number": card(2)}, []),
        ({"name": "SITI AMINAH", "stage": "2"}, []),
    ],
    ids=["equal", "swapped", "longer", "a twin", "one word", "another birth date", "another card", "another stage"],
)
@together
def test_card_birth_date_and_name_make_one_person_whatever_the_numbers(
    month: Month, again: dict[str, Any], reasons: list[str]
) -> Story:
    row = {"family_card_number": card(1), "birth_date": born(1990), "stage": "1"}
    month.lists("pbi_jkn", "Siti", **row | {"name": "SITI AMINAH"})
    month.lists("pbi_jkn", "Siti under a new number", **row | again)
    yield
    found = month.select("select reasons from recipient_outcomes where source_row = 2")
    assert found == [([*reasons, "PBI_OUTSIDE_REGISTRY"],)]


@pytest.mark.parametrize(("village", "reasons"), [(VILLAGE, ["JUDGED_INELIGIBLE"]), (OTHER_VILLAGE, [])])
@together
def test_a_judgement_of_a_family_does_not_bind_a_mistyped_card_of_another_village(
    month: Month, village: str, reasons: list[str]
) -> Story:
    month.lists("registry", "Budi", family_card_number=card(1))
    month.lists("registry", "Rina", family_card_number=card(22), village_code=village)
    month.lists("sembako", "Rina", family_card_number=card(1), village_code=village)
    month.lists("eligibility_decisions", family_card_number=card(1), outcome="TIDAK LAYAK")
    yield
    assert month.reasons() == {"Rina": reasons}


@together
def test_a_payment_that_shows_the_new_card_ties_husband_and_wife(month: Month) -> Story:
    """Widodo is listed under the family's old card and Saminah under none; the bank and PKH have the new one."""
    month.lists("sembako", "Widodo", family_card_number=card(8))
    month.lists("sembako", "Saminah")
    month.lists("pkh", "Saminah", family_card_number=card(9))
    month.lists("disbursements", "Widodo", family_card_number=card(9), programme="sembako", status="SUKSES SALUR")
    yield
    assert "DUPLICATE_FAMILY" in month.reasons("sembako")["Saminah"]
    assert "DUPLICATE_FAMILY" not in month.reasons("sembako")["Widodo"]


@together
def test_a_payment_that_shows_the_family_s_card_puts_an_unregistered_holder_into_the_registry(
    month: Month,
) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("sembako", "Zainal", family_card_number=card(8))
    month.lists("sembako", "Zubir", family_card_number=card(7))
    month.lists("disbursements", "Zainal", family_card_number=card(1), programme="sembako", status="SUKSES SALUR")
    yield
    assert month.reasons("sembako") == {"Zainal": [], "Zubir": ["NOT_IN_REGISTRY"]}


@pytest.mark.parametrize(("wifes_card", "reasons"), [(card(1), ["DUPLICATE_FAMILY"]), (card(2), [])])
@together
def test_an_old_card_in_two_lists_does_not_part_whom_the_registry_has_on_one(
    month: Month, wifes_card: str, reasons: list[str]
) -> Story:
    month.lists("registry", "Alimar", family_card_number=card(1), village_code=VILLAGE, address="JL. MAWAR NO. 1")
    month.lists("registry", "Gusniati", family_card_number=wifes_card, village_code=VILLAGE, address="JL. MAWAR NO. 1")
    for programme in ("sembako", "pbi_jkn"):
        month.lists(programme, "Alimar", family_card_number=card(7), village_code=VILLAGE)
        month.lists(programme, "Gusniati", family_card_number=wifes_card, village_code=VILLAGE)
    yield
    assert month.reasons("sembako")["Gusniati"] == reasons


@pytest.mark.parametrize(("lists", "reasons"), [(("pbi_jkn",), []), (("pbi_jkn", "yapi"), ["DUPLICATE_FAMILY"])])
@together
def test_one_list_that_contradicts_the_registry_s_card_is_a_slip_two_are_a_card(
    month: Month, lists: tuple[str, ...], reasons: list[str]
) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("registry", "Salma", family_card_number=card(2))
    month.lists("sembako", "Siti", family_card_number=card(1))
    month.lists("sembako", "Salma", family_card_number=card(2))
    for source in lists:
        month.lists(source, "Siti", family_card_number=card(2))
    yield
    assert month.reasons("sembako") == {"Siti": [], "Salma": reasons}


@together
def test_a_slip_in_the_registry_against_two_lists_makes_nobody_family(month: Month) -> Story:
    """The registry has Razali on the card of Rina's family; his list and his payment agree on his own."""
    month.lists("registry", "Razali", family_card_number=card(2))
    month.lists("registry", "Rina", family_card_number=card(2))
    month.lists("sembako", "Rina", family_card_number=card(2))
    month.lists("sembako", "Razali", family_card_number=card(1))
    month.lists("disbursements", "Razali", family_card_number=card(1), programme="sembako", status="SUKSES SALUR")
    yield
    assert month.reasons("sembako") == {"Rina": [], "Razali": []}


@pytest.mark.parametrize("listed", [True, False], ids=["PBI-JKN has the right card", "one address, one digit off"])
def test_a_child_whose_card_is_mistyped_in_the_registry_is_the_family_s_component(
    month: Month, *, listed: bool
) -> None:
    """Ridho's card in the registry is another family's; he is the only pupil of Putri's."""
    home = {"village_code": VILLAGE, "address": "JL. MAWAR NO. 7", "rt": "001", "rw": "002"}
    month.lists("registry", "Putri", family_card_number=card(11), birth_date=born(1987), **home)
    slip = card(99) if listed else card(11).replace("1401010", "1401020")
    month.lists("registry", "Ridho", family_card_number=slip, birth_date=born(2011), **({} if listed else home))
    month.lists("registry", "Tono", family_card_number=slip, birth_date=born(1981))
    month.lists("pkh", "Putri", family_card_number=card(11))
    if listed:
        month.lists("pbi_jkn", "Ridho", family_card_number=card(11))
    month.reconcile()
    assert month.reasons("pkh") == {"Putri": []}
