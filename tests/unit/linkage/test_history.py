"""What the links remember from month to month: keys, and what people found out about a pair."""

from datetime import date
from typing import Any

import polars as pl

from tests.unit.linkage.conftest import Link
from tests.unit.linkage.people import JOKO, OTHER_CARD, SITI, recipient
from welfare_pipeline.lake import DataRoot

WATI: dict[str, Any] = {
    **SITI,
    "name": "WATI LESTARI",
    "nik": "1401015503850001",
    "birth_date": date(1985, 3, 15),
    "family_card_number": OTHER_CARD,
}
STRANGER = recipient(1, "BUDI HARTONO", SITI["nik"], birth_date=date(1999, 1, 30), sex="L")
ROW = 3_000_000_001


def pair_of(root: DataRoot, period: str, district: str = "1401") -> str:
    """The only pair of that month that people have to settle."""
    (pair,) = pl.read_parquet(root.partition(period, district).path("review_pairs"))["pair_id"]
    return str(pair)


def answer(pair: str, said: str) -> dict[str, Any]:
    """A landed answer."""
    return {
        "row_id": 30_000_000_001,
        "source_file": "review_answers.csv",
        "source_row": 1,
        "pair_id": pair,
        "answer": said,
    }


def test_a_corrected_nik_keeps_the_key(link: Link) -> None:
    before = link("2021-11", pkh=[recipient(1, **WATI)])[ROW]["person_key"]
    after = link("2021-12", pkh=[recipient(1, **{**WATI, "nik": "1401015503850091"})])[ROW]["person_key"]
    assert after == before


def test_somebody_else_gets_a_key_of_her_own(link: Link) -> None:
    before = link("2021-11", pkh=[recipient(1, **WATI)])[ROW]["person_key"]
    sister = {**WATI, "name": "TUTI LESTARI", "nik": "1401015004880002", "birth_date": date(1988, 4, 10)}
    assert link("2021-12", pkh=[recipient(1, **sister)])[ROW]["person_key"] != before


def test_who_is_registered_later_keeps_the_key(link: Link) -> None:
    before = link("2021-11", pkh=[recipient(1, **WATI)])[ROW]["person_key"]
    newly = recipient(1, **WATI) | {"row_id": 2_000_000_003, "registry_id": "DTKS-3"}
    rows = link("2021-12", registry=[newly], pkh=[recipient(1, **WATI)])
    assert rows[ROW]["registry_row_id"] == 2_000_000_003
    assert rows[ROW]["person_key"] == before


def test_a_pair_confirmed_in_the_field_is_one_person_from_then_on(link: Link, root: DataRoot) -> None:
    assert link("2021-11", pkh=[STRANGER])[ROW]["match_band"] == "review"
    told = answer(pair_of(root, "2021-11"), "SAME")
    for period, answers in (("2021-12", [told]), ("2022-01", [])):
        row = link(period, pkh=[STRANGER], **({"review_answers": answers} if answers else {}))[ROW]
        assert (row["match_method"], row["match_band"], row["registry_row_id"]) == ("confirmed", "same", 2_000_000_001)


def test_a_pair_denied_in_the_field_is_two_people_from_then_on(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    told = answer(pair_of(root, "2021-11"), "DIFFERENT")
    for period, answers in (("2021-12", [told]), ("2022-01", [])):
        row = link(period, pkh=[STRANGER], **({"review_answers": answers} if answers else {}))[ROW]
        assert (row["match_band"], row["registry_row_id"]) == ("different", None)


def test_an_answer_is_corrected_by_a_later_one_and_both_are_kept(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    pair = pair_of(root, "2021-11")
    first, second = answer(pair, "SAME") | {"decided_on": date(2021, 12, 3)}, answer(pair, "DIFFERENT")
    link("2021-12", pkh=[STRANGER], review_answers=[first])
    late = second | {"decided_on": date(2022, 1, 9), "decided_by_role": "KEPALA DESA"}
    assert link("2022-01", pkh=[STRANGER], review_answers=[late])[ROW]["match_band"] == "different"
    assert link("2022-02", pkh=[STRANGER])[ROW]["match_band"] == "different"
    kept = [pl.read_parquet(root.partition(p, "1401").path("remembered_answers")) for p in ("2021-12", "2022-01")]
    assert pl.concat(kept).select("period", "answer", "decided_by_role").rows() == [
        ("2021-12", "SAME", None),
        ("2022-01", "DIFFERENT", "KEPALA DESA"),
    ]


def test_an_answer_of_an_earlier_day_that_arrives_late_changes_nothing(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    pair = pair_of(root, "2021-11")
    link("2021-12", pkh=[STRANGER], review_answers=[answer(pair, "SAME") | {"decided_on": date(2021, 12, 3)}])
    late = answer(pair, "DIFFERENT") | {"decided_on": date(2021, 11, 25)}
    assert link("2022-01", pkh=[STRANGER], review_answers=[late])[ROW]["match_method"] == "confirmed"


def test_an_answer_of_another_district_changes_nothing(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    told = answer(pair_of(root, "2021-11"), "SAME")
    link("2021-11", "1403", pkh=[STRANGER])
    row = link("2021-12", "1403", pkh=[STRANGER], review_answers=[answer("no such pair", "SAME")])[ROW]
    assert row["match_band"] == "review"
    assert link("2021-12", pkh=[STRANGER], review_answers=[told])[ROW]["match_method"] == "confirmed"


def test_a_pair_is_explained_field_by_field(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    (pair,) = pl.read_parquet(root.partition("2021-11", "1401").path("review_pairs")).to_dicts()
    assert (pair["nik_agreement"], pair["name_agreement"], pair["birth_date_agreement"]) == (
        "same",
        "different",
        "different",
    )
    assert "name different speaks strongly against one person" in pair["explanation"]
    assert "NIK same speaks strongly for one person" in pair["explanation"]
    assert pair["name_weight"] < -6 < 6 < pair["nik_weight"]
    assert (pair["doubt"], pair["mother_name_agreement"]) == ("number_conflict", "missing")
    assert "mother" not in pair["explanation"], "what is missing says nothing"
    assert str(JOKO["nik"]) not in str(pair)


def test_an_answer_holds_though_the_pair_was_asked_about_in_two_shapes(link: Link, root: DataRoot) -> None:
    """Budi's card was corrected in December, under the same pair: an answer is about both shapes."""
    moved = STRANGER | {"family_card_number": OTHER_CARD}
    link("2021-11", pkh=[STRANGER])
    pair = pair_of(root, "2021-11")
    link("2021-12", pkh=[moved])
    assert pair_of(root, "2021-12") == pair
    link("2022-01", pkh=[STRANGER], review_answers=[answer(pair, "SAME")])
    for period, row in (("2022-02", STRANGER), ("2022-03", moved)):
        assert link(period, pkh=[row])[ROW]["match_method"] == "confirmed", period


def test_an_answer_holds_for_another_spelling_of_the_name(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    told = answer(pair_of(root, "2021-11"), "SAME")
    spelt = STRANGER | {"name": "H. Budi  Hartono, S.Pd"}
    assert link("2021-12", pkh=[spelt], review_answers=[told])[ROW]["match_method"] == "confirmed"
    corrected = STRANGER | {"name": "BUDI HARTONI"}
    assert link("2022-01", pkh=[corrected])[ROW]["match_method"] == "confirmed", "the same number and birth date"
    assert link("2022-02", pkh=[corrected | {"birth_date": date(1955, 1, 1)}])[ROW]["match_method"] == "confirmed"
    somebody = recipient(1, "RUDI SAPUTRA", SITI["nik"], birth_date=date(1970, 6, 3), sex="L")
    assert link("2022-03", pkh=[somebody])[ROW]["match_method"] != "confirmed"


def test_an_answer_dated_after_its_month_counts_from_the_month_of_its_date(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    told = answer(pair_of(root, "2021-11"), "DIFFERENT") | {"decided_on": date(2022, 2, 10)}
    bands = {"2021-12": "review", "2022-01": "review", "2022-02": "different", "2022-03": "different"}
    for period, band in bands.items():
        given = {"review_answers": [told]} if period == "2021-12" else {}
        assert link(period, pkh=[STRANGER], **given)[ROW]["match_band"] == band, period


def test_an_answer_that_contradicts_one_of_an_earlier_month_is_a_finding(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    pair = pair_of(root, "2021-11")
    told = [{"source_file": "registry.csv", "finding": "NOTE_NOT_READ"}]
    for period, said, found in (("2021-12", "SAME", []), ("2022-01", "DIFFERENT", [("review_answers.csv", 1)])):
        link(period, pkh=[STRANGER], review_answers=[answer(pair, said)], delivery_findings=told)
        findings = pl.read_parquet(root.partition(period, "1401").path("delivery_findings"))
        contradicting = findings.filter(pl.col("finding") == "CONTRADICTING_ANSWERS")
        assert contradicting.select("source_file", "source_row").rows() == found
