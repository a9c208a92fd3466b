"""The error rates a run reckons with are those of the model it uses."""

import polars as pl

from tests.unit.linkage.conftest import Link
from tests.unit.linkage.people import JOKO, SITI, recipient
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.linkage.model import load_model
from welfare_pipeline.people.error_rates import load_error_rates


def test_the_rates_are_of_the_shipped_model() -> None:
    rates = load_error_rates()
    assert rates.model_version == load_model().version, (
        "calibrate the new model: benchmarks/linkage/calibrate.py --write"
    )
    assert 0 < rates.false_exact <= rates.false_compared < rates.missed_compared < 0.05


def test_a_list_reckons_with_errors_its_own_links_do_not_show(link: Link, root: DataRoot) -> None:
    without_number = [recipient(n, **{**SITI, "nik": None, "nik_status": "missing"}) for n in (1, 2)]
    link(pkh=[*without_number, recipient(3, **JOKO), recipient(4, "TONO SUBAGYO", "1401011203800004")])
    (quality,) = pl.read_parquet(root.partition("2021-11", "1401").path("linkage_quality")).to_dicts()
    assert (quality["same"], quality["different"]) == (3, 1)
    assert quality["false_links_expected"] < 1 < quality["false_links_upper"] <= quality["same"]
    assert quality["missed_links_expected"] < 1 == quality["missed_links_upper"], "never more than there are"
