"""What rows and households are paid, or would be, in rupiah a month."""

from pathlib import Path
from typing import Any

from tests.scenario import OTHER_VILLAGE, VILLAGE, Month, born, card
from tests.told_together import Story, together
from welfare_pipeline.contracts.policy import load_policy


def _amounts(month: Month) -> dict[str, tuple[int | None, str | None]]:
    rows = month.select("select programme, name, monthly_amount, amount_basis from recipient_outcomes")
    return {f"{programme} {name}": (amount, basis) for programme, name, amount, basis in rows}


def _family(month: Month, number: int, *members: dict[str, Any]) -> None:
    """A registered family of Ibu <number>, 40 years old, whose PKH row has no amount, and its further members."""
    for place, member in enumerate(({"birth_date": born(1981)}, *members)):
        described = {"family_card_number": card(number)} | member
        month.lists("registry", f"Ibu {number}" if place == 0 else f"{number}.{place}", **described)
    month.lists("pkh", f"Ibu {number}", family_card_number=card(number))


@together
def test_a_row_is_paid_what_the_policy_says_else_by_components_else_what_the_list_says(month: Month) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1), birth_date=born(1980))
    month.lists("registry", "Bayi", family_card_number=card(1), birth_date=born(2020))
    month.lists("sembako", "Siti", family_card_number=card(1), amount=600_000)
    month.lists("pkh", "Siti", family_card_number=card(1), amount=900_000, stage="4")
    for who, landed in (
        ("Umi", {"amount": 750_000, "stage": "Tahap 4"}),
        ("Amat", {"amount": 500_000, "stage": "OKT-NOV 2021"}),
        ("Wati", {"amount": 100_001, "stage": "November 2021"}),
        ("Tono", {}),
    ):
        month.lists("pkh", who, **landed)
    month.lists("yapi", "Ani", amount=300_000, stage="11")
    yield
    assert _amounts(month) == {
        "sembako Siti": (200_000, "policy"),
        "pkh Siti": (250_000, "components"),
        "pkh Umi": (250_000, "list"),
        "pkh Amat": (250_000, "list"),
        "pkh Wati": (100_001, "list"),
        "pkh Tono": (None, None),
        "yapi Ani": (300_000, "list"),
    }


@together
def test_a_component_is_paid_for_as_many_members_as_the_rules_say(month: Month) -> Story:
    baby, old, pupil = {"birth_date": born(2019)}, {"birth_date": born(1945)}, {"birth_date": born(2007)}
    _family(month, 1, baby, baby, baby)
    _family(month, 2, old, old)
    _family(month, 3, pupil, pupil | {"school_level": "SD"}, pupil | {"school_level": "SMA Negeri 1"})
    _family(month, 4, baby, baby, {"pregnant": True, "birth_date": born(1995)}, pupil, old)
    _family(month, 5, old | {"disability": "PDFSK"})
    yield
    amounts = {name: amount for name, (amount, _) in _amounts(month).items()}
    assert amounts == {
        "pkh Ibu 1": 6_000_000 // 12,
        "pkh Ibu 2": 2_400_000 // 12,
        "pkh Ibu 3": round((900_000 + 1_500_000 + 2_000_000) / 12),
        "pkh Ibu 4": (3 * 3_000_000 + 2_400_000) // 12,
        "pkh Ibu 5": 2_400_000 // 12,
    }


def test_the_limits_and_amounts_of_components_are_the_policy_s(tmp_path: Path) -> None:
    own = tmp_path / "policy.toml"
    own.write_text(
        "[pkh_limits]\nCHILD_0_6 = 1\n[pkh_amounts]\nCHILD_0_6 = [{ from = '2021-01', yearly = 1200000 }]\n", "utf-8"
    )
    month = Month(tmp_path, policy=load_policy(own))
    _family(month, 1, {"birth_date": born(2019)}, {"birth_date": born(2018)})
    month.reconcile()
    assert _amounts(month) == {"pkh Ibu 1": (100_000, "components")}


def test_sums_by_outcome_are_those_of_the_rows(month: Month) -> None:
    month.lists("registry", "Siti")
    month.lists("sembako", "Siti")
    month.lists("sembako", "Umi", village_code=OTHER_VILLAGE)
    month.lists("pbi_jkn", "Umi", village_code=OTHER_VILLAGE)
    month.lists("yapi", "Ani", birth_date=born(2015))
    month.reconcile()
    query = "select off_target_amount, to_verify_amount, on_target_amount, rows_without_amount from"
    assert month.select(f"{query} district_summary") == [(200_000, 42_000, 200_000, 1)]
    assert month.select(f"{query} village_summary order by village_code") == [
        (0, 0, 200_000, 1), (200_000, 42_000, 0, 0),
    ]  # fmt: skip
    assert month.select(f"{query} programme_summary order by programme") == [
        (0, 42_000, 0, 0), (200_000, 0, 200_000, 0), (0, 0, 0, 1),
    ]  # fmt: skip


def test_households_left_out_are_costed_at_sembako_and_the_components_they_meet(tmp_path: Path) -> None:
    month = Month(tmp_path, "2025-11")
    month.lists("population", village_code=VILLAGE, total=100)
    month.lists("proposals", "Budi", family_card_number=card(1), birth_date=born(2022))
    month.lists("proposals", "Siti", family_card_number=card(1), birth_date=born(1990), pregnant=True)
    month.lists("registry", "Kaya", family_card_number=card(2), birth_date=born(1950), decile=9)
    month.lists("proposals", "Kaya", family_card_number=card(2), birth_date=born(1950))
    month.lists("registry", "Tono", family_card_number=card(3), birth_date=born(1980), decile=2)
    month.reconcile()
    query = "select unregistered_amount, misranked_amount, unserved_amount from"
    costs = [(200_000 + 500_000, 200_000 + 200_000, 200_000)]
    assert month.select(f"{query} district_summary") == month.select(f"{query} village_summary") == costs


def test_a_sub_district_has_the_sums_of_its_villages_and_everybody_once(month: Month) -> None:
    third = "1401022001"
    for village, name in ((VILLAGE, "Kampar"), (OTHER_VILLAGE, "Kampar"), (third, "Bangkinang")):
        month.lists("population", village_code=village, subdistrict_name=name, total=100)
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("registry", "Budi", family_card_number=card(1), village_code=OTHER_VILLAGE)
    month.lists("sembako", "Siti", family_card_number=card(1))
    month.lists("pbi_jkn", "Siti", village_code=OTHER_VILLAGE)
    month.lists("sembako", "Umi", village_code=third)
    month.lists("yapi", "Ani", village_code=None)
    month.reconcile()
    query = (
        "select subdistrict_name, population, villages, registry_families, recipients, persons, on_target_amount, "
        "off_target_amount, rows_without_amount from subdistrict_summary order by subdistrict_name"
    )
    assert month.select(query) == [
        ("Bangkinang", 100, 1, 0, 1, 1, 0, 200_000, 0),
        ("Kampar", 200, 2, 1, 2, 1, 242_000, 0, 0),
        (None, None, 0, 0, 1, 1, 0, 0, 1),
    ]
