"""The report of a district's month: counts that the office's head reads, and nobody's name."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Keep
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.reports import publish_report, withdraw_report
from welfare_pipeline.publish.reports.template import number, share
from welfare_pipeline.publish.sweeping import remove_abandoned

PERIOD, DISTRICT, VILLAGE = "2021-11", "1401", "1401012001"
SITI = {"nik": "1401015708900001", "name": "SITI AMINAH", "family_card_number": "1401010101100001"}


def keep_month(keep: Keep) -> None:
    """Siti has died and is on PKH; the published figure of PKH is one too many; a village has an odd name."""
    outcome = {"programme": "pkh", "source": "pkh", "source_file": "pkh.csv", "source_row": 1, "outcome": "off_target"}
    tables: dict[str, list[dict[str, Any]]] = {
        "recipient_outcomes": [
            outcome | SITI | {"person_key": "k", "primary_reason": "DECEASED", "reasons": ["DECEASED"]}
        ],
        "programme_summary": [
            {"programme": "pkh", "rows_landed": 24355, "rows_accepted": 24355, "rows_rejected": 0, "off_target": 1}
        ],
        "district_summary": [{"population": 798421, "registry_persons": 379034, "registry_coverage": 0.47473}],
        "control_totals": [
            {"measure": "pkh", "published": 24356, "counted": 24355, "difference": -1}
            | {"source_file": "control_totals.csv", "source_row": 1}
        ],
        "village_summary": [{"village_code": VILLAGE, "village_name": "<b>Kuok", "off_target": 1}],
    }
    keep(PERIOD, DISTRICT, **tables)


def test_it_tells_the_month_in_counts_and_names_nobody(root: DataRoot, keep: Keep) -> None:
    keep_month(keep)
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    for told in ("Kabupaten Kampar", "November 2021", "798.421", "47,5%", "24.356", "telah meninggal dunia", "-1"):
        assert told in page
    assert not [value for value in SITI.values() if value in page]


def test_a_number_in_the_name_of_a_commodity_is_masked(root: DataRoot, keep: Keep) -> None:
    grouped = "1401.0157.0890.0001"
    prices = [
        {"source_file": "outlet_prices.csv", "source_row": row, "outlet_id": "E1", "commodity": commodity, "price": 9}
        | {"finding": "candidate_for_sanction"}
        for row, commodity in enumerate((f"BERAS {grouped}", f"TELUR {SITI['nik']}", "MINYAK"), 1)
    ]
    keep(PERIOD, DISTRICT, outlet_price_findings=prices)
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    assert "BERAS ••••, MINYAK, TELUR ••••0001" in page
    assert grouped not in page


def test_a_name_from_a_list_is_text_and_no_markup(root: DataRoot, keep: Keep) -> None:
    keep_month(keep)
    page = publish_report(root, PERIOD, DISTRICT).read_text("utf-8")
    assert "&lt;b&gt;Kuok" in page
    assert "<b>Kuok" not in page


def test_the_same_tables_give_the_same_page_that_all_may_read(root: DataRoot, keep: Keep) -> None:
    keep_month(keep)
    first = publish_report(root, PERIOD, DISTRICT).read_bytes()
    former = os.umask(0o077)
    try:
        page = publish_report(root, PERIOD, DISTRICT)
    finally:
        os.umask(former)
    assert page.read_bytes() == first
    assert stat.S_IMODE(page.stat().st_mode) == 0o644


def test_a_month_held_back_has_no_report(root: DataRoot, keep: Keep) -> None:
    keep_month(keep)
    page = publish_report(root, PERIOD, DISTRICT)
    withdraw_report(root, PERIOD, DISTRICT)
    withdraw_report(root, PERIOD, DISTRICT)
    assert not page.exists()


def test_what_cannot_be_written_leaves_the_former(root: DataRoot, keep: Keep, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_month(keep)
    page = publish_report(root, PERIOD, DISTRICT)
    before = page.read_bytes()
    monkeypatch.setattr(Path, "replace", _full)
    with pytest.raises(PublishError, match="the former one stands"):
        publish_report(root, PERIOD, DISTRICT)
    assert page.read_bytes() == before


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_a_killed_writer_left_is_swept_away(root: DataRoot, keep: Keep) -> None:
    keep_month(keep)
    page = publish_report(root, PERIOD, DISTRICT)
    left = page.with_name(f".{page.name}.draft")
    left.write_text("half", "utf-8")
    remove_abandoned(root)
    assert [path.name for path in page.parent.iterdir()] == [page.name]


def test_figures_are_written_as_in_indonesia() -> None:
    assert (number(24355), number(None), share(0.4747), share(None)) == ("24.355", "–", "47,5%", "–")
