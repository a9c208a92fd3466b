"""What a district reports as its least and most, held against who its made-up people truly are."""

from typing import Any

import polars as pl
import pytest

from welfare_pipeline.cli.train_linkage import MadeOf, landed_month
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.vocabulary import Certainty
from welfare_pipeline.contracts.words import CATALOGUE
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.people import link_people
from welfare_pipeline.reconcile.district import reconcile_district
from welfare_pipeline.sample.programmes import Programme

NOISE = 2.0  # times the errors that audits report
CERTAIN = [code for code, reason in CATALOGUE.reasons.items() if reason.certainty is Certainty.CERTAIN]

NOT_MISSING = ["DECEASED", "MOVED_AWAY", "NOT_FOUND", "JUDGED_INELIGIBLE"]


def true_figures(truth: pl.DataFrame) -> dict[str, int]:
    """What the summary would say if nobody were mistaken for somebody else."""
    programmes = [str(programme) for programme in Programme]
    rows = truth.filter(pl.col("source").is_in(programmes), pl.col("expected_rejection").is_null())
    reasons = pl.col("expected_reasons").list
    gone_or_judged = reasons.set_intersection(NOT_MISSING).list.len().fill_null(0) > 0
    families = truth.filter(pl.col("household_registration").is_not_null(), ~gone_or_judged)["true_family_id"]
    return {
        "not_in_registry": rows.filter(reasons.contains("NOT_IN_REGISTRY")).height,
        "off_target": rows.filter(reasons.set_intersection(CERTAIN).list.len() > 0).height,
        "unregistered_households": families.n_unique(),
    }


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], dict[str, int]]:
    """The summary of a small Kampar whose lists are written badly, and the true figures."""
    root = DataRoot(tmp_path_factory.mktemp("bounds"))
    partition, truth = landed_month(root, MadeOf("1401", 0.02, 5, NOISE))
    with partition.draft() as draft:
        link_people(draft, load_policy(), "secret")
        partition = draft.keep()
    with partition.draft() as draft:
        reconcile_district(draft, load_policy())
        partition = draft.accept()
    (summary,) = pl.read_parquet(partition.path("district_summary")).to_dicts()
    return summary, true_figures(truth)


@pytest.mark.parametrize("figure", ["not_in_registry", "off_target", "unregistered_households"])
def test_the_truth_lies_within_the_bounds(month: tuple[dict[str, Any], dict[str, int]], figure: str) -> None:
    summary, truth = month
    assert truth[figure] > 50
    assert summary[f"{figure}_lower"] <= truth[figure] <= summary[f"{figure}_upper"]


@pytest.mark.parametrize("figure", ["not_in_registry", "off_target"])
def test_the_bounds_say_something(month: tuple[dict[str, Any], dict[str, int]], figure: str) -> None:
    summary, _ = month
    assert summary[f"{figure}_lower"] <= summary[figure] <= summary[f"{figure}_upper"]
    assert summary[f"{figure}_upper"] - summary[f"{figure}_lower"] < 0.2 * summary[figure]
