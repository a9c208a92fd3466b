"""What checks see of earlier months: the registries that this month's is held against, and of which quarter each is."""

from collections.abc import Sequence

import duckdb

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.lake import Partition, earlier_months, replace_view

_MONTHS = 3  # earlier ones, of which one is of another quarter if every month landed
_BEFORE_DTSEN = 1.0  # registry persons : people; the poor are not more than everybody
_REGISTRY = TABLE_BY_NAME["registry"]


def of_ranks(policy: Policy, period: str, district: str) -> dict[str, str | float | None]:
    """Variables: the month, the quarter that its ranks should be of, the highest limit, when a registry is too large.

    Before DTSEN quarter and limit are null.
    """
    calendar = policy.calendar(period, district)
    rules = policy.rules(period)
    limits = [max(rule.decile_limit, rule.verify_limit or 0) for rule in rules if rule.decile_limit]
    return {
        "period": period,
        "snapshot": calendar.snapshot if calendar else None,
        "highest_limit": max(limits, default=None),
        "blocking_ratio": policy.thresholds["registry_population_ratio"] if calendar else _BEFORE_DTSEN,
    }


def see_earlier_registries(con: duckdb.DuckDBPyConnection, policy: Policy, partition: Partition) -> None:
    """Make `earlier_registry`, the rows of the last few earlier months, and `quarters` (period, snapshot)."""
    months = _months_before(partition)
    replace_view(con, _REGISTRY, *(month.path(_REGISTRY.name) for month in months), name="earlier_registry")
    con.execute("create temp table quarters (period varchar, snapshot varchar)")
    for month in (*(m.period for m in months), partition.period):
        calendar = policy.calendar(month, partition.district)
        con.execute("insert into quarters values ($1, $2)", [month, calendar.snapshot if calendar else None])


def _months_before(partition: Partition) -> Sequence[Partition]:
    return [month for month in earlier_months(partition) if month.has(_REGISTRY.name)][-_MONTHS:]
