"""A payment to a person who is no recipient belongs to the recipient of that name who has no payment."""

import pytest

from tests.scenario import OTHER_VILLAGE, VILLAGE, Month, born, card
from tests.told_together import Story, together

PAID = {"programme": "pkh", "status": "SUKSES SALUR", "family_card_number": card(1)}


@pytest.fixture
def bustami(month: Month) -> Month:
    """Bustami's wife is registered on their card; the PKH list has him on an old one."""
    month.lists("registry", "Ramlah", family_card_number=card(1), birth_date=born(1980))
    month.lists("pkh", "Bustami", family_card_number=card(9), birth_date=born(1972, 4, 26))
    return month


@pytest.mark.parametrize(
    ("payment", "reasons"),
    [
        ({}, []),
        ({"village_code": OTHER_VILLAGE}, ["NOT_IN_REGISTRY"]),
        ({"village_code": OTHER_VILLAGE, "nik": "1401022604720001", "nik_status": "valid"}, []),
        ({"name": "Bustami Siregar", "nik": "1401022604720001", "nik_status": "valid"}, []),
        ({"name": "Bustamu"}, ["NOT_IN_REGISTRY"]),
        ({"name": "Rustam"}, ["NOT_IN_REGISTRY"]),
        ({"programme": "bst"}, ["NOT_IN_REGISTRY"]),
        ({"family_card_number": card(5)}, ["NOT_IN_REGISTRY"]),
    ],
    ids=[
        "his name and village", "his name, another village", "his name and the day of birth in the number",
        "his name and one more, and the day of birth", "a slip in the only word",
        "another name", "another programme", "a card that nobody registered is on",
    ],
)  # fmt: skip
def test_a_payment_without_his_number_shows_the_family_s_card(
    bustami: Month, payment: dict[str, str], reasons: list[str]
) -> None:
    paid = PAID | {"name": "Bustami", "nik": None, "nik_status": "missing"} | payment
    bustami.lists("disbursements", "somebody", **paid)
    bustami.reconcile()
    assert [reason for reason in bustami.reasons()["Bustami"] if reason == "NOT_IN_REGISTRY"] == reasons


@pytest.mark.parametrize(("outcome", "reasons"), [("LAYAK", []), ("TIDAK LAYAK", ["NOT_IN_REGISTRY"])])
def test_what_is_decided_in_favour_on_the_card_of_that_payment_is_about_him(
    bustami: Month, outcome: str, reasons: list[str]
) -> None:
    """The village judged his wife Ratna, whom nobody has registered, on the card that his payment shows."""
    bustami.lists("eligibility_decisions", "Ratna", family_card_number=card(5), outcome=outcome)
    paid = PAID | {"name": "Bustami", "nik": None, "nik_status": "missing", "family_card_number": card(5)}
    bustami.lists("disbursements", "somebody", **paid)
    bustami.reconcile()
    assert bustami.reasons()["Bustami"] == reasons


def test_a_payment_with_a_slip_in_his_number_is_his_wherever_it_was_paid(bustami: Month) -> None:
    bustami.lists("pkh", "Sutrisno", nik="1401088409670029", family_card_number=card(8))
    slip = PAID | {"name": "Sutrisnr", "nik": "1401081409670029", "nik_status": "valid", "village_code": OTHER_VILLAGE}
    bustami.lists("disbursements", "somebody", **slip)
    bustami.reconcile()
    assert "NOT_IN_REGISTRY" not in bustami.reasons()["Sutrisno"]
    assert "NOT_IN_REGISTRY" in bustami.reasons()["Bustami"], "the payment is not his"


@together
def test_a_slip_in_one_of_two_words_is_his_name(month: Month) -> Story:
    month.lists("registry", "Ramlah", family_card_number=card(1), birth_date=born(1980))
    month.lists("bst", "Sahat Hutagalung", family_card_number=card(9))
    nobody_s = PAID | {"programme": "bst", "name": "Sahat Htagalung", "nik": None, "nik_status": "missing"}
    month.lists("disbursements", "somebody", **nobody_s)
    yield
    assert month.reasons("bst") == {"Sahat Hutagalung": []}


@pytest.mark.parametrize("other", ["a namesake", "a payment of his own", "a payment more"])
def test_a_payment_that_may_be_another_s_shows_nothing(bustami: Month, other: str) -> None:
    nobody_s = PAID | {"name": "Bustami", "nik": None, "nik_status": "missing"}
    bustami.lists("disbursements", "somebody", **nobody_s)
    if other == "a namesake":
        bustami.lists("pkh", "Bustami the second", name="Bustami", village_code=VILLAGE, family_card_number=card(6))
    elif other == "a payment of his own":
        bustami.lists("disbursements", "Bustami", **PAID | {"family_card_number": card(9)})
    else:
        bustami.lists("disbursements", "somebody else", **nobody_s)
    bustami.reconcile()
    assert "NOT_IN_REGISTRY" in bustami.reasons()["Bustami"]


@together
def test_the_payment_with_his_member_number_is_his(month: Month) -> Story:
    month.lists("registry", "Nurlela", family_card_number=card(1))
    month.lists("sembako", "Nasrul", family_card_number=card(9), member_id="6013 0001")
    paid = PAID | {"programme": "sembako", "name": "N. Putra", "member_id": "6013 0001"}
    month.lists("disbursements", "somebody", **paid)
    yield
    assert month.reasons("sembako")["Nasrul"] == []
