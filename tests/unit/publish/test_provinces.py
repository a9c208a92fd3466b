"""Districts side by side: the sums of a province, in the analysts' database only."""

from typing import Any

import duckdb

from tests.conftest import Keep
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.databases import publish_analysts

QUERY = (
    "select period, province_code, districts_with_figures, population, off_target, off_target_amount, "
    "registry_coverage, worklist_answered_share from province_summary order by period, province_code"
)


def _district(population: int | None, off_target: int, **measures: Any) -> list[dict[str, Any]]:
    return [{"population": population, "off_target": off_target, "off_target_amount": 200_000 * off_target} | measures]


def _provinces(root: DataRoot) -> list[tuple[Any, ...]]:
    with duckdb.connect(publish_analysts(root), read_only=True) as con:
        return con.sql(QUERY).fetchall()


def test_a_province_is_the_sum_of_its_districts_and_follows_them(root: DataRoot, keep: Keep) -> None:
    answered = {"worklist_rows": 4, "worklist_answered": 1}
    keep("2021-11", "1401", district_summary=_district(1000, 3, registry_persons=500, **answered))
    keep("2021-11", "1403", district_summary=_district(3000, 1, registry_persons=500))
    keep("2021-11", "7501", district_summary=_district(None, 0))
    keep("2021-12", "1401", district_summary=_district(1000, 2))
    november = [
        ("2021-11", "14", 2, 4000, 4, 800_000, 0.25, 0.25),
        ("2021-11", "75", 1, None, 0, 0, None, None),
    ]
    assert _provinces(root) == [*november, ("2021-12", "14", 1, 1000, 2, 400_000, 0.0, None)]
    keep("2021-12", "1403", district_summary=_district(3000, 5))
    assert _provinces(root) == [*november, ("2021-12", "14", 2, 4000, 7, 1_400_000, 0.0, None)]
