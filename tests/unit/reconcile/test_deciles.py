"""Decile limits: from which month each holds, who is only to be verified, and when the months of grace end."""

from pathlib import Path

import pytest

from tests.scenario import Month
from welfare_pipeline.contracts.period import previous
from welfare_pipeline.contracts.policy import load_policy


def ranked(tmp_path: Path, period: str, **deciles: int | None) -> Month:
    """A month whose registry has these people, who all receive PBI."""
    month = Month(tmp_path, period)
    for who, decile in deciles.items():
        month.lists("registry", who, decile=decile)
    for who in deciles:
        month.lists("pbi_jkn", who)
    month.reconcile()
    return month


def found(month: Month) -> dict[str, tuple[str, str | None]]:
    """Certainty of who is above the limit, and the month in which it becomes certain."""
    query = "select name, certainty, certain_from from off_target_recipients where 'DECILE_ABOVE_LIMIT' in reasons"
    return {name: (certainty, certain_from) for name, certainty, certain_from in month.select(query)}


@pytest.mark.parametrize(
    ("period", "limits"),
    [
        ("2025-03", [("pkh", None, None), ("sembako", None, None), ("pbi_jkn", None, None)]),
        ("2025-04", [("pkh", 4, None), ("sembako", 5, None), ("pbi_jkn", None, None)]),
        ("2025-06", [("pkh", 4, None), ("sembako", 5, None), ("pbi_jkn", 5, None)]),
        ("2026-01", [("pkh", 4, None), ("sembako", 4, 5), ("pbi_jkn", 5, None)]),
    ],
)
def test_limits_are_those_of_the_month(period: str, limits: list[tuple[str, int | None, int | None]]) -> None:
    rules = {rule.programme: rule for rule in load_policy().rules(period)}
    assert [(p, rules[p].decile_limit, rules[p].verify_limit) for p, _, _ in limits] == limits


@pytest.mark.parametrize(
    ("first", "limits"),
    [
        ("2025-04", {"pkh": 4, "sembako": 5, "rice_aid": 4}),
        ("2025-06", {"pbi_jkn": 5}),
        ("2025-10", {"blt_kesra": 4}),
    ],
)
def test_a_limit_holds_from_its_first_month_on_and_not_before(
    tmp_path: Path, first: str, limits: dict[str, int]
) -> None:
    for period, outcome in ((previous(first), "on_target"), (first, "off_target")):
        month = Month(tmp_path / period, period)
        expected = {}
        for programme, limit in limits.items():
            for who, decile in {f"Siti {programme}": limit, f"Budi {programme}": limit + 1}.items():
                month.lists("registry", who, decile=decile)
                month.lists(programme, who)
                expected[who] = "on_target" if decile == limit else outcome
        month.reconcile()
        assert month.outcomes() == expected, period


@pytest.mark.parametrize("period", ["2025-02", "2025-03"])
def test_the_first_quarter_of_2025_was_paid_on_the_registry_of_the_poor(tmp_path: Path, period: str) -> None:
    month = Month(tmp_path, period)
    month.lists("registry", "Siti", decile=10)
    month.lists("registry", "Budi", unranked=True)
    for programme in ("pkh", "sembako", "pbi_jkn"):
        for who in ("Siti", "Budi"):
            month.lists(programme, who)
    month.lists("proposals", "Siti")
    month.reconcile()
    assert month.outcomes() == {"Siti": "on_target", "Budi": "on_target"}
    for table in ("misranked_poor_households", "pbi_departures"):
        assert month.select(f"select count(*) from {table}") == [(0,)]


@pytest.mark.parametrize(("period", "outcome"), [("2025-12", "on_target"), ("2026-01", "to_verify")])
def test_sembako_in_decile_5_is_to_be_verified_from_2026_on(tmp_path: Path, period: str, outcome: str) -> None:
    month = Month(tmp_path, period)
    month.lists("registry", "Siti", decile=5)
    month.lists("sembako", "Siti")
    month.reconcile()
    assert month.outcomes() == {"Siti": outcome}


def test_a_decile_up_to_the_verify_limit_is_only_to_be_verified_in_every_month(tmp_path: Path) -> None:
    month = Month(tmp_path, "2026-05")
    for who, decile in {"Siti": 4, "Budi": 5, "Joko": 6}.items():
        month.lists("registry", who, decile=decile)
        month.lists("sembako", who)
    month.lists("registry", "Tuti", decile_lowest=5, decile_highest=10)
    month.lists("sembako", "Tuti")
    month.reconcile()
    assert month.outcomes() == {"Siti": "on_target", "Budi": "to_verify", "Joko": "off_target", "Tuti": "to_verify"}
    assert found(month) == {"Budi": ("to_verify", None), "Joko": ("certain", None), "Tuti": ("to_verify", None)}
    [(evidence,)] = month.select("select evidence from off_target_recipients where name = 'Budi'")
    assert evidence == (
        "DECILE_ABOVE_LIMIT: decile 5, limit 4 (to verify up to 5): registry.csv row 2 (ranks of 2026-Q2)"
    )


def test_who_has_newly_risen_may_stay_until_grace_runs_out(tmp_path: Path) -> None:
    first = ranked(tmp_path, "2025-06", Siti=3, Budi=7)
    assert found(first) == {"Budi": ("certain", None)}  # nothing earlier is known
    risen = ranked(tmp_path, "2025-07", Siti=6, Budi=7, Baru=8)
    assert found(risen) == {
        "Siti": ("to_verify", "2025-10"),
        "Budi": ("to_verify", "2025-09"),  # above since the limit began
        "Baru": ("certain", None),
    }
    [(evidence,)] = risen.select("select evidence from off_target_recipients where name = 'Siti'")
    assert evidence == (
        "DECILE_ABOVE_LIMIT: decile 6, limit 5: registry.csv row 1 (ranks of 2025-Q3)"
        ", above it since 2025-07, certain from 2025-10"
    )
    later = ranked(tmp_path, "2025-10", Siti=7, Budi=7)  # two months did not land
    assert found(later) == {"Siti": ("certain", None), "Budi": ("certain", None)}


def test_a_registry_that_does_not_have_the_person_above_breaks_the_run(tmp_path: Path) -> None:
    above = {"Siti": 9, "Budi": 9, "Tono": 9}
    ranked(tmp_path, "2025-06", **above)
    ranked(tmp_path, "2025-07", Siti=5, Budi=None)  # within the limit, without a rank, and Tono is not in it
    assert found(ranked(tmp_path, "2025-09", **above)) == dict.fromkeys(above, ("to_verify", "2025-12"))


def test_months_before_the_limit_do_not_count_but_the_person_was_ranked(tmp_path: Path) -> None:
    ranked(tmp_path, "2025-04", Siti=9)
    ranked(tmp_path, "2025-05", Siti=9)
    assert found(ranked(tmp_path, "2025-06", Siti=9)) == {"Siti": ("to_verify", "2025-09")}


def test_a_registry_of_the_poor_says_nothing_of_ranks(tmp_path: Path) -> None:
    ranked(tmp_path, "2021-11", Siti=None)
    assert found(ranked(tmp_path, "2025-09", Siti=9)) == {"Siti": ("certain", None)}


def test_a_deployment_may_grant_another_grace(tmp_path: Path) -> None:
    override = tmp_path / "policy.toml"
    limits = '[{ from = "2025-06", limit = 5, grace_months = 1 }]'
    override.write_text(f"[programmes.pbi_jkn]\ndecile_limits = {limits}\n")
    for period in ("2025-06", "2025-07"):
        month = Month(tmp_path, period, policy=load_policy(override))
        month.lists("registry", "Siti", decile=9)
        month.lists("pbi_jkn", "Siti")
        month.reconcile()
    assert found(month) == {"Siti": ("certain", None)}


@pytest.mark.parametrize(
    ("period", "basis"),
    [
        ("2021-07", "Permensos 3/2021 (registry management); UU 13/2011; Permensos 20/2019"),
        ("2025-05", "Permensos 3/2021 (registry management); UU 13/2011; Permensos 5/2021"),
        ("2025-06", "Permensos 3/2025 (registry management); UU 13/2011; Permensos 5/2021"),
    ],
)
def test_the_legal_basis_on_a_row_is_that_of_its_month(tmp_path: Path, period: str, basis: str) -> None:
    month = Month(tmp_path, period)
    month.lists("registry", "Amat", status="MD")
    month.lists("sembako", "Amat")
    month.reconcile()
    assert month.select("select legal_basis from off_target_recipients") == [(basis,)]


def test_the_snapshot_that_the_registry_names_stands_in_the_evidence(tmp_path: Path) -> None:
    month = Month(tmp_path, "2026-06")
    month.lists("registry", "Siti", decile=9, snapshot="2026-Q1")
    month.lists("registry", "Budi", decile=9)
    for who in ("Siti", "Budi"):
        month.lists("pkh", who)
    month.reconcile()
    items = "off_target_recipients, unnest(evidence_items) as t (item)"
    query = f"select name, item.value from {items} where item.kind = 'snapshot'"
    assert dict(month.select(query)) == {"Siti": "2026-Q1", "Budi": "2026-Q2"}
