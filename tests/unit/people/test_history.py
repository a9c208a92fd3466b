"""What the links remember from month to month: keys, and what people found out about a pair."""

from datetime import date
from typing import Any

import polars as pl

from tests.told_together import Story, together
from tests.unit.linkage.conftest import Link, LinkCorner
from tests.unit.linkage.people import JOKO, OTHER_CARD, SITI, recipient, registered
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
NAMES = ("RINA PERTIWI", "WULAN SIREGAR", "YANTI KUSUMA", "ZAHRA NASUTION")
OTHERS = ("BAYU SAPUTRA", "DIMAS HUTAGALUNG", "FAJAR MAULANA", "GILANG PRATAMA")


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


def stranger(link: LinkCorner) -> dict[str, Any]:
    """The stranger of a story: what is answered about one known by name and birth date holds for all who are."""
    return STRANGER | {"birth_date": date(1990 + link.number, 1, 30)}


@together
def test_a_corrected_nik_keeps_the_key(link: LinkCorner) -> Story:
    before = link("2021-11", pkh=[recipient(1, **WATI)])
    yield
    after = link("2021-12", pkh=[recipient(1, **{**WATI, "nik": "1401015503850091"})])
    yield
    assert after[ROW]["person_key"] == before[ROW]["person_key"]


@together
def test_somebody_else_gets_a_key_of_her_own(link: LinkCorner) -> Story:
    before = link("2021-11", pkh=[recipient(1, **WATI)])
    yield
    sister = {**WATI, "name": "TUTI LESTARI", "nik": "1401015004880002", "birth_date": date(1988, 4, 10)}
    after = link("2021-12", pkh=[recipient(1, **sister)])
    yield
    assert after[ROW]["person_key"] != before[ROW]["person_key"]


@together
def test_who_is_registered_later_keeps_the_key(link: LinkCorner) -> Story:
    before = link("2021-11", pkh=[recipient(1, **WATI)])
    yield
    newly = recipient(1, **WATI) | {"row_id": 2_000_000_003, "registry_id": "DTKS-3"}
    rows = link("2021-12", registry=[newly], pkh=[recipient(1, **WATI)])
    yield
    assert rows[ROW]["registry_row_id"] == 2_000_000_003
    assert rows[ROW]["person_key"] == before[ROW]["person_key"]


@together
def test_a_pair_confirmed_in_the_field_is_one_person_from_then_on(link: LinkCorner) -> Story:
    budi = stranger(link)
    before = link("2021-11", pkh=[budi])
    yield
    assert before[ROW]["match_band"] == "review"
    told = answer(link.pair("2021-11")["pair_id"], "SAME")
    for period, answers in (("2021-12", [told]), ("2022-01", [])):
        rows = link(period, pkh=[budi], review_answers=answers)
        yield
        row = rows[ROW]
        assert (row["match_method"], row["match_band"], row["registry_row_id"]) == ("confirmed", "same", 2_000_000_001)


@together
def test_whom_the_field_found_to_be_one_person_keeps_one_key_in_every_later_month(link: LinkCorner) -> Story:
    """Rina, Wulan, Yanti and Zahra had a key as recipients and one in the registry; then numbers change."""
    registry = [
        registered(n, name, f"140101{day + 40}0{n}7{n}000{n}", birth_date=date(1970 + n, n, day), sex="P")
        for n, (name, day) in enumerate(zip(NAMES, (3, 11, 17, 26), strict=True), start=1)
    ]
    paid = [
        recipient(n, name, row["nik"], birth_date=date(1990 + n, n + 4, 30), sex="L")
        for n, (name, row) in enumerate(zip(OTHERS, registry, strict=True), start=1)
    ]
    before = link("2021-11", registry=registry, pkh=paid)
    yield
    pairs = link.pairs("2021-11")
    told = [
        answer(pair["pair_id"], "SAME") | {"row_id": 30_000_000_001 + n, "source_row": 1 + n}
        for n, pair in enumerate(pairs)
    ]
    same = link("2021-12", registry=registry, pkh=paid, review_answers=told)
    yield
    corrected = [row | {"nik": f"140101300{n + 4}9{n}0077"} for n, row in enumerate(paid, start=1)]
    keys = [{same[row["row_id"]]["person_key"] for row in rows} for rows in zip(registry, paid, strict=True)]
    assert [len(own) for own in keys] == [1, 1, 1, 1]
    for period in ("2022-01", "2022-02", "2022-03"):
        rows = link(period, registry=registry, pkh=corrected if period < "2022-03" else [])
        yield
        for own, (person, payee) in zip(keys, zip(registry, paid, strict=True), strict=True):
            shown = {rows[row["row_id"]]["person_key"] for row in (person, payee) if row["row_id"] in rows}
            assert shown == own, period
    denied = [row | {"answer": "DIFFERENT", "decided_on": date(2022, 4, 9)} for row in told]
    rows = link("2022-04", registry=registry, pkh=paid, review_answers=denied)
    yield
    everybody = [row["row_id"] for row in registry + paid]
    assert [rows[row]["person_key"] for row in everybody] == [before[row]["person_key"] for row in everybody]


@together
def test_a_pair_denied_in_the_field_is_two_people_from_then_on(link: LinkCorner) -> Story:
    budi = stranger(link)
    link("2021-11", pkh=[budi])
    yield
    told = answer(link.pair("2021-11")["pair_id"], "DIFFERENT")
    for period, answers in (("2021-12", [told]), ("2022-01", [])):
        rows = link(period, pkh=[budi], review_answers=answers)
        yield
        assert (rows[ROW]["match_band"], rows[ROW]["registry_row_id"]) == ("different", None)


@together
def test_an_answer_is_corrected_by_a_later_one_and_both_are_kept(link: LinkCorner) -> Story:
    budi = stranger(link)
    link("2021-11", pkh=[budi])
    yield
    pair = link.pair("2021-11")["pair_id"]
    first, second = answer(pair, "SAME") | {"decided_on": date(2021, 12, 3)}, answer(pair, "DIFFERENT")
    link("2021-12", pkh=[budi], review_answers=[first])
    yield
    late = second | {"decided_on": date(2022, 1, 9), "decided_by_role": "KEPALA DESA"}
    rows = link("2022-01", pkh=[budi], review_answers=[late])
    yield
    assert rows[ROW]["match_band"] == "different"
    rows = link("2022-02", pkh=[budi])
    yield
    assert rows[ROW]["match_band"] == "different"
    kept = [pl.read_parquet(link.months[p].path("remembered_answers")) for p in ("2021-12", "2022-01")]
    assert pl.concat(kept).filter(pair_id=pair).select("period", "answer", "decided_by_role").rows() == [
        ("2021-12", "SAME", None),
        ("2022-01", "DIFFERENT", "KEPALA DESA"),
    ]


@together
def test_an_answer_of_an_earlier_day_that_arrives_late_changes_nothing(link: LinkCorner) -> Story:
    budi = stranger(link)
    link("2021-11", pkh=[budi])
    yield
    pair = link.pair("2021-11")["pair_id"]
    link("2021-12", pkh=[budi], review_answers=[answer(pair, "SAME") | {"decided_on": date(2021, 12, 3)}])
    yield
    late = answer(pair, "DIFFERENT") | {"decided_on": date(2021, 11, 25)}
    rows = link("2022-01", pkh=[budi], review_answers=[late])
    yield
    assert rows[ROW]["match_method"] == "confirmed"


def test_an_answer_of_another_district_changes_nothing(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    told = answer(pair_of(root, "2021-11"), "SAME")
    link("2021-11", "1403", pkh=[STRANGER])
    row = link("2021-12", "1403", pkh=[STRANGER], review_answers=[answer("no such pair", "SAME")])[ROW]
    assert row["match_band"] == "review"
    assert link("2021-12", pkh=[STRANGER], review_answers=[told])[ROW]["match_method"] == "confirmed"


@together
def test_a_pair_is_explained_field_by_field(link: LinkCorner) -> Story:
    budi = stranger(link)
    link("2021-11", pkh=[budi])
    yield
    pair = link.pair("2021-11")
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
    assert str(JOKO["nik"])[4:] not in str(pair)


@together
def test_an_answer_holds_though_the_pair_was_asked_about_in_two_shapes(link: LinkCorner) -> Story:
    """Budi's card was corrected in December, under the same pair: an answer is about both shapes."""
    budi = stranger(link)
    moved = budi | {"family_card_number": OTHER_CARD}
    link("2021-11", pkh=[budi])
    yield
    pair = link.pair("2021-11")["pair_id"]
    link("2021-12", pkh=[moved])
    yield
    assert link.pair("2021-12")["pair_id"] == pair
    link("2022-01", pkh=[budi], review_answers=[answer(pair, "SAME")])
    yield
    for period, row in (("2022-02", budi), ("2022-03", moved)):
        rows = link(period, pkh=[row])
        yield
        assert rows[ROW]["match_method"] == "confirmed", period


@together
def test_an_answer_holds_for_another_spelling_of_the_name(link: LinkCorner) -> Story:
    budi = stranger(link)
    link("2021-11", pkh=[budi])
    yield
    told = answer(link.pair("2021-11")["pair_id"], "SAME")
    spelt = budi | {"name": "H. Budi  Hartono, S.Pd"}
    rows = link("2021-12", pkh=[spelt], review_answers=[told])
    yield
    assert rows[ROW]["match_method"] == "confirmed"
    corrected = budi | {"name": "BUDI HARTONI"}
    rows = link("2022-01", pkh=[corrected])
    yield
    assert rows[ROW]["match_method"] == "confirmed", "the same number and birth date"
    rows = link("2022-02", pkh=[corrected | {"birth_date": date(1955, 1, 1)}])
    yield
    assert rows[ROW]["match_method"] == "confirmed"
    somebody = recipient(1, "RUDI SAPUTRA", SITI["nik"], birth_date=date(1970, 6, 3), sex="L")
    rows = link("2022-03", pkh=[somebody])
    yield
    assert rows[ROW]["match_method"] != "confirmed"


@together
def test_an_answer_dated_after_its_month_counts_from_the_month_of_its_date(link: LinkCorner) -> Story:
    budi = stranger(link)
    link("2021-11", pkh=[budi])
    yield
    told = answer(link.pair("2021-11")["pair_id"], "DIFFERENT") | {"decided_on": date(2022, 2, 10)}
    bands = {"2021-12": "review", "2022-01": "review", "2022-02": "different", "2022-03": "different"}
    for period, band in bands.items():
        rows = link(period, pkh=[budi], review_answers=[told] if period == "2021-12" else [])
        yield
        assert rows[ROW]["match_band"] == band, period


def test_an_answer_that_contradicts_one_of_an_earlier_month_is_a_finding(link: Link, root: DataRoot) -> None:
    link("2021-11", pkh=[STRANGER])
    pair = pair_of(root, "2021-11")
    told = [{"source_file": "registry.csv", "finding": "NOTE_NOT_READ"}]
    for period, said, found in (("2021-12", "SAME", []), ("2022-01", "DIFFERENT", [("review_answers.csv", 1)])):
        link(period, pkh=[STRANGER], review_answers=[answer(pair, said)], delivery_findings=told)
        findings = pl.read_parquet(root.partition(period, "1401").path("delivery_findings"))
        contradicting = findings.filter(pl.col("finding") == "CONTRADICTING_ANSWERS")
        assert contradicting.select("source_file", "source_row").rows() == found
