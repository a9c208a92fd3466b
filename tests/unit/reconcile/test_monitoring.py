"""The tables about outlets, facilitators and complaints."""

import pytest

from tests.scenario import VILLAGE, Month, card
from tests.told_together import Story, together


@together
def test_a_price_above_the_reference_needs_a_reason(month: Month) -> Story:
    for price, reason, families in ((10_000, None, 100), (11_000, None, 250), (12_000, "ongkos angkut", 251)):
        month.lists(
            "outlet_prices",
            outlet_id="W1",
            commodity="Beras",
            unit="kg",
            price=price,
            reference_price=10_000,
            reason=reason,
            families_served=families,
        )
    month.lists("outlet_prices", outlet_id="W2", commodity="Telur", price=5, reference_price=9)
    yield
    rows = month.select(
        "select finding, above_reference, district_median, serves_too_many "
        "from outlet_price_findings order by source_row"
    )
    assert rows == [
        ("within_reference", 0, 11_000.0, False),
        ("candidate_for_sanction", 1_000, 11_000.0, False),
        ("reason_to_accept", 2_000, 11_000.0, True),
        ("within_reference", -4, 5.0, None),
    ]


def test_facilitators_are_ranked_and_the_late_ones_named(month: Month) -> None:
    full = {"daily_reports_due": 20, "p2k2_planned": 10, "families_assisted": 100, "monthly_report_filed": True}
    month.lists(
        "facilitator_reports",
        facilitator_id="F1",
        daily_reports_filed=20,
        p2k2_held=10,
        families_cross_checked=100,
        **full,
    )
    month.lists(
        "facilitator_reports",
        facilitator_id="F2",
        daily_reports_filed=15,
        p2k2_held=8,
        families_cross_checked=50,
        **full,
    )
    month.lists("facilitator_reports", facilitator_id="F3", monthly_report_filed=False)
    month.lists("facilitator_reports", facilitator_id="F4")
    month.reconcile()
    rows = month.select(
        "select facilitator_id, score, rank, warning_candidate, warning_reasons from facilitator_performance"
    )
    assert rows == [
        ("F1", 1.0, 1, False, []),
        ("F2", pytest.approx(0.7625), 2, True, ["daily_reports"]),
        ("F3", 0.0, 3, True, ["monthly_report"]),
        ("F4", None, None, False, []),
    ]


@together
def test_complaints_are_hints_and_no_proof(month: Month) -> Story:
    month.lists("registry", "Siti", family_card_number=card(1))
    month.lists("registry", "Kaya", family_card_number=card(2))
    month.lists("sembako", "Kaya", family_card_number=card(2))
    month.lists("sembako", "Asing", family_card_number=card(3))
    month.lists("complaints", "Siti", kind="EXCLUDED")
    month.lists("complaints", "Miskin", kind="EXCLUDED")
    month.lists("complaints", "Kaya", kind="EXCLUDED")
    month.lists("complaints", "Kaya", kind="INCLUDED")
    month.lists("complaints", "Asing", kind="INCLUDED")
    month.lists("complaints", "Miskin", kind="INCLUDED")
    month.lists("complaints", kind="EXCLUDED")
    month.lists("complaints", kind="PRICE")
    yield
    findings = [row[0] for row in month.select("select finding from complaint_findings order by source_row")]
    assert findings == [
        "excluded_and_unserved",
        "excluded_and_unregistered",
        "excluded_but_served",
        "included_to_verify",
        "included_and_off_target",
        "included_but_not_a_recipient",
        "not_identified",
        "for_information",
    ]
    households = month.select("select member_names, evidence, village_code from unregistered_poor_households")
    assert households == [(["Miskin"], ["COMPLAINT"], VILLAGE)]
    assert month.outcomes()["Kaya"] == "on_target"
