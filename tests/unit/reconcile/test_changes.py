"""From one month to the next: who entered, left, moved or was corrected, and what became of proposals."""

from datetime import date
from pathlib import Path

import pytest

from tests.scenario import Month, card


@pytest.fixture
def october(tmp_path: Path) -> Month:
    return Month(tmp_path, "2021-10")


@pytest.fixture
def november(tmp_path: Path) -> Month:
    return Month(tmp_path, "2021-11")


def test_the_first_month_has_no_changes(october: Month) -> None:
    october.lists("registry", "Siti")
    october.lists("pkh", "Siti")
    october.reconcile()
    assert october.select("select * from period_changes") == []
    assert october.select("select * from programme_changes") == []


def test_every_kind_of_change_is_told_once_and_adds_up(october: Month, november: Month) -> None:
    for month in (october, november):
        for number, who in enumerate(("Tetap", "Masuk", "Keluar", "Pindah", "Benar", "Mati"), start=1):
            status = "MD" if who == "Mati" and month is november else None
            month.lists("registry", who, family_card_number=card(number), status=status)
        month.lists("pkh", "Tetap", family_card_number=card(1))
        month.lists("pkh", "Benar", family_card_number=card(5), nik="old" if month is october else "new")
        month.lists("pkh", "Mati", family_card_number=card(6))
    october.lists("pkh", "Keluar", family_card_number=card(3))
    october.lists("pkh", "Pindah", family_card_number=card(4))
    november.lists("sembako", "Pindah", family_card_number=card(4))
    november.lists("pkh", "Masuk", family_card_number=card(2))
    november.lists("pkh", "Tetap", family_card_number=card(1))
    october.reconcile()
    november.reconcile()
    rows = november.select(
        "select subject_key, programme, change, before, after, rows_before, rows_after from period_changes "
        "where subject = 'person' order by subject_key, programme"
    )
    assert rows == [
        ("key of Benar", "pkh", "number_corrected", "on_target", "on_target", 0, 0),
        ("key of Keluar", "pkh", "left", "on_target", None, 1, 0),
        ("key of Masuk", "pkh", "entered", None, "on_target", 0, 1),
        ("key of Mati", "pkh", "outcome_changed", "on_target", "off_target", 1, 1),
        ("key of Mati", "registry", "outcome_changed", "active", "MD", 1, 1),
        ("key of Pindah", "pkh", "moved_programme", "on_target", None, 1, 0),
        ("key of Pindah", "sembako", "moved_programme", None, "on_target", 0, 1),
        ("key of Tetap", "pkh", "outcome_changed", "on_target", "off_target, on_target", 1, 2),
    ]
    totals = november.select("select * exclude (period, district_code) from programme_changes order by programme")
    assert totals == [
        ("pkh", 5, 1, 1, 0, 1, 1, 5, 0),
        ("registry", 6, 0, 0, 0, 0, 0, 6, 0),
        ("sembako", 0, 0, 0, 1, 0, 0, 1, 0),
    ]


def test_a_proposal_is_followed_until_the_family_is_served(october: Month, november: Month) -> None:
    for who in ("Terdaftar", "Dilayani", "Menunggu", "Ditolak"):
        october.lists("proposals", who, proposed_on=date(2021, 10, 4))
    october.reconcile()
    assert {row[0] for row in october.select("select state from proposal_progress")} == {"waiting"}
    november.lists("registry", "Terdaftar")
    november.lists("registry", "Dilayani")
    november.lists("pkh", "Dilayani")
    november.lists("proposals", "Ditolak", outcome="TIDAK LAYAK", proposed_on=date(2021, 10, 4))
    november.lists("proposals", "Baru", proposed_on=date(2021, 11, 4))
    november.lists("proposals", "Setuju", outcome="LAYAK")
    november.reconcile()
    rows = november.select(
        "select person_key, first_period, months_waiting, state, refused_because, programmes from proposal_progress"
    )
    assert rows == [
        ("key of Baru", "2021-11", 0, "waiting", None, []),
        ("key of Dilayani", "2021-10", 1, "served", None, ["pkh"]),
        ("key of Ditolak", "2021-10", 1, "refused", "TIDAK LAYAK", []),
        ("key of Menunggu", "2021-10", 1, "waiting", None, []),
        ("key of Setuju", "2021-11", 0, "accepted", None, []),
        ("key of Terdaftar", "2021-10", 1, "registered", None, []),
    ]


def test_an_accepted_proposal_that_is_landed_no_more_stays_accepted_until_it_is_registered(
    october: Month, november: Month
) -> None:
    october.lists("proposals", "Diterima", outcome="LAYAK", proposed_on=date(2021, 10, 4))
    october.reconcile()
    november.lists("registry", "Orang lain")
    november.reconcile()
    assert november.select("select person_key, months_waiting, state from proposal_progress") == [
        ("key of Diterima", 1, "accepted")
    ]
