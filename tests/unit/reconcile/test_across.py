"""One person on the lists of two districts: each district is told, and no identity crosses."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.scenario import Month, born, card
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.reconcile import find_cross_district_duplicates


def two_districts(root: Path, name_elsewhere: str, born_elsewhere: date, programme: str = "elderly") -> list[Month]:
    kampar, bengkalis = Month(root), Month(root, district="1403")
    kampar.lists("elderly", "Upik", birth_date=born(1950))
    kampar.lists("elderly", "Minah", birth_date=born(1951))
    bengkalis.lists("elderly", "Asih", birth_date=born(1949))
    bengkalis.lists(programme, "Upik", name=name_elsewhere, birth_date=born_elsewhere)
    for month in (kampar, bengkalis):
        month.reconcile()
    return [kampar, bengkalis]


def reconciled_again(root: Path, months: list[Month]) -> list[str]:
    changed = find_cross_district_duplicates(DataRoot(root), "2021-11", load_policy())
    for told in changed:
        with told.partition.draft() as draft:
            told.write(draft)
            draft.accept()
        next(month for month in months if month.district == told.district).decide_again()
    return [told.district for told in changed]


def test_both_districts_see_it_in_their_own_table_only(tmp_path: Path) -> None:
    months = two_districts(tmp_path, "Upik", born(1950))
    assert reconciled_again(tmp_path, months) == ["1401", "1403"]
    for month, other in zip(months, ("Bengkalis (1403)", "Kampar (1401)"), strict=True):
        assert month.reasons()["Upik"] == ["DUPLICATE_ACROSS_DISTRICTS"]
        assert month.outcomes()["Upik"] == "to_verify"
        [(evidence,)] = month.select("select evidence from off_target_recipients")
        assert evidence == f"DUPLICATE_ACROSS_DISTRICTS: the same person in the list of Kabupaten {other}"
    assert months[0].outcomes()["Minah"] == "on_target"
    assert reconciled_again(tmp_path, months) == []


def test_a_stranger_under_a_mistyped_number_is_somebody_else(tmp_path: Path) -> None:
    assert reconciled_again(tmp_path, two_districts(tmp_path, "Bambang Sutrisno", born(1950))) == []


def test_another_programme_is_no_duplicate(tmp_path: Path) -> None:
    assert reconciled_again(tmp_path, two_districts(tmp_path, "Upik", born(1950), "disability")) == []


def test_when_one_district_strikes_the_row_the_other_is_freed(tmp_path: Path) -> None:
    kampar, bengkalis = two_districts(tmp_path, "Upik", born(1950))
    reconciled_again(tmp_path, [kampar, bengkalis])
    struck = replace(bengkalis, rows={}, links=[], people={}, registered={})
    struck.lists("elderly", "Asih", birth_date=born(1949))
    struck.lists("bst", "Asih", family_card_number=card(1))
    struck.reconcile()
    assert reconciled_again(tmp_path, [kampar, struck]) == ["1401", "1403"]
    assert kampar.outcomes()["Upik"] == "on_target"


def test_a_number_mistyped_in_the_registry_does_not_hide_the_one_on_the_list(tmp_path: Path) -> None:
    kampar, bengkalis = Month(tmp_path), Month(tmp_path, district="1403")
    kampar.lists("registry", "Upik", nik="a mistyped number", birth_date=born(1950))
    for month in (kampar, bengkalis):
        month.lists("elderly", "Upik", birth_date=born(1950))
        month.reconcile()
    assert reconciled_again(tmp_path, [kampar, bengkalis]) == ["1401", "1403"]
    assert kampar.reasons() == {"Upik": ["DUPLICATE_ACROSS_DISTRICTS"]}
