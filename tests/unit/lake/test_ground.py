"""What a decided month rests on, and what makes it older than that."""

from typing import Any

import pytest

from tests.conftest import Keep
from welfare_pipeline.contracts.vocabulary import StaleBecause
from welfare_pipeline.lake import DataRoot, Partition, forget_identities, ground_of, joint_ground, stale_months

FILE = {"source_file": "pkh.csv", "sha256": "ab", "rows_landed": 3}
SITI = {"person_key": "Siti", "source": "pkh", "source_file": "pkh.csv", "source_row": 1, "name": "SITI", "reasons": []}


@pytest.fixture
def decide(root: DataRoot, keep: Keep) -> Any:
    """Links and decides a month of Kampar in which Siti has this outcome."""

    def decided(period: str, outcome: str, decile: int = 3) -> Partition:
        registered = {"row_id": 1, "name": "SITI", "decile_lowest": decile}
        outcomes = [SITI | {"outcome": outcome}]
        landed = keep(period, "1401", landed_files=[FILE], recipient_outcomes=outcomes, registry=[registered])
        with landed.draft() as draft:
            linked = draft.keep(ground=ground_of(landed))
        with linked.draft() as draft:
            return draft.accept(ground=joint_ground(linked, ground_of(linked)))

    assert root
    return decided


def test_a_month_is_stale_once_an_earlier_one_has_changed_until_it_is_run_again(root: DataRoot, decide: Any) -> None:
    decide("2021-10", "on_target")
    decide("2021-11", "on_target")
    assert stale_months(root.lake, "1401") == {}
    decide("2021-10", "on_target")  # the same again
    assert stale_months(root.lake, "1401") == {}
    decide("2021-10", "off_target")
    assert stale_months(root.lake, "1401") == {"2021-11": StaleBecause.EARLIER_MONTH_CHANGED}
    assert stale_months(root.lake, "1403") == {}
    decide("2021-11", "on_target")
    assert stale_months(root.lake, "1401") == {}


def test_ranks_and_outcomes_are_read_of_every_earlier_month(root: DataRoot, decide: Any) -> None:
    """Since when Siti ranks too high, whether she was paid before: the months between may say the same as ever."""
    for period in ("2021-09", "2021-10", "2021-11"):
        decide(period, "on_target")
    for outcome, decile in (("on_target", 7), ("off_target", 7)):
        decide("2021-09", outcome, decile)
        assert [*stale_months(root.lake, "1401")] == ["2021-10", "2021-11"], (outcome, decile)
        for period in ("2021-10", "2021-11"):
            decide(period, "on_target")
        assert stale_months(root.lake, "1401") == {}


def test_a_month_that_was_linked_before_an_earlier_one_was_there_is_stale(
    root: DataRoot, decide: Any, keep: Keep
) -> None:
    """Both months land at once: November is linked while October is, and decided once October is published."""
    landed = keep("2021-11", "1401", landed_files=[FILE], recipient_outcomes=[SITI | {"outcome": "on_target"}])
    with landed.draft() as draft:
        linked = draft.keep(ground=ground_of(landed))
    decide("2021-10", "on_target")
    with linked.draft() as draft:
        draft.accept(ground=joint_ground(linked, ground_of(linked)))
    assert stale_months(root.lake, "1401") == {"2021-11": StaleBecause.EARLIER_MONTH_CHANGED}


def test_a_month_that_notes_less_than_is_noted_now_is_taken_as_it_is(root: DataRoot, decide: Any) -> None:
    decide("2021-09", "on_target")
    october = decide("2021-10", "on_target")
    older = {what: digest for what, digest in ground_of(october).items() if not what.startswith("read")}
    with october.draft() as draft:
        draft.accept(ground=older)
    assert stale_months(root.lake, "1401") == {}


def test_a_month_that_landed_late_or_was_withdrawn_makes_the_later_ones_stale(root: DataRoot, decide: Any) -> None:
    decide("2021-11", "on_target")
    late = decide("2021-10", "on_target")
    assert stale_months(root.lake, "1401") == {"2021-11": StaleBecause.EARLIER_MONTH_CHANGED}
    late.point(lambda pointer: pointer.withdrawn("A mistake.", 2))
    assert stale_months(root.lake, "1401") == {}


def test_a_purge_of_an_earlier_month_changes_nothing_that_is_remembered(root: DataRoot, decide: Any) -> None:
    october = decide("2021-10", "on_target")
    decide("2021-11", "on_target")
    assert forget_identities(october) == {"landed_files": 1, "recipient_outcomes": 1, "registry": 1}
    assert root.published_partition("2021-10", "1401") != october
    assert stale_months(root.lake, "1401") == {}


def test_other_rows_of_the_step_between_districts_make_a_month_stale(root: DataRoot, decide: Any) -> None:
    pair = {
        "programme": "pkh",
        "source_file": "pkh.csv",
        "source_row": 1,
        "other_district": "1403",
        "other_source_file": "pkh.csv",
        "other_source_row": 4,
    }
    month = decide("2021-11", "on_target")
    with month.draft() as draft, draft.connect() as con:
        draft.write_query(con, "cross_district_duplicates", "from cross_district_duplicates")
        draft.accept(ground=month.contents_or_nothing().ground)
    with root.nothing("2021-11", "all").draft() as draft, draft.connect() as con:
        draft.write_query(con, "cross_district_duplicates", "from cross_district_duplicates")
        draft.accept()
    assert stale_months(root.lake, "1401") == {}
    with root.nothing("2021-11", "all").draft() as draft, draft.connect() as con:
        values = ", ".join(f"'{value}' as {name}" for name, value in pair.items())
        query = f"select '1401' as district_code, {values}, null as person_key, null as other_person_key"
        draft.write_query(con, "cross_district_duplicates", query)
        draft.accept()
    assert stale_months(root.lake, "1401") == {"2021-11": StaleBecause.OTHER_DISTRICT_CHANGED}
