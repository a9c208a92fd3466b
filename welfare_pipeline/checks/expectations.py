"""The expectations that checks are made of: the few own ones, and those of Great Expectations per column rule."""

from collections.abc import Sequence
from typing import Any, ClassVar

from great_expectations.expectations.core.expect_column_proportion_of_unique_values_to_be_between import (
    ExpectColumnProportionOfUniqueValuesToBeBetween,
)
from great_expectations.expectations.core.expect_column_values_to_be_between import ExpectColumnValuesToBeBetween
from great_expectations.expectations.core.expect_column_values_to_be_in_set import ExpectColumnValuesToBeInSet
from great_expectations.expectations.core.expect_column_values_to_be_unique import ExpectColumnValuesToBeUnique
from great_expectations.expectations.core.expect_column_values_to_not_be_null import ExpectColumnValuesToNotBeNull
from great_expectations.expectations.core.unexpected_rows_expectation import UnexpectedRowsExpectation
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.row_conditions import RowConditionType

from welfare_pipeline.checks.declared import ColumnRule, Demand


class ExpectFewFailingRows(UnexpectedRowsExpectation):
    """Passes when a query finds no more failing rows than the tolerated share of the batch; only counts them."""

    tolerated_share: float = 0.0
    row_condition: RowConditionType = None
    metric_dependencies: ClassVar[tuple[str, ...]] = ("unexpected_rows_query.row_count", "table.row_count")

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002
        execution_engine: object | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        failing, rows = metrics["unexpected_rows_query.row_count"], metrics["table.row_count"]
        counts = {"observed_value": failing, "element_count": rows}
        return {"success": failing <= self.tolerated_share * rows, "result": counts}


def no_row_lacks(name: str, columns: Sequence[str]) -> ExpectFewFailingRows:
    """One expectation in place of one a column: ten times as many cost Great Expectations ten times as long."""
    lacking = " or ".join(f'"{column}" is null' for column in columns)
    return ExpectFewFailingRows(unexpected_rows_query="from {batch} where " + lacking, meta={"check": name})


def expectation(name: str, rule: ColumnRule, *, counted: bool = False) -> Expectation:
    """The expectation of a column rule, known by `name` in its result; `counted`: the result counts what breaks it."""
    meta = {"check": name}
    match rule.demand:
        case Demand.FILLED:
            return ExpectColumnValuesToNotBeNull(column=rule.column, meta=meta)
        case Demand.CODED:
            return ExpectColumnValuesToBeInSet(column=rule.column, value_set=list(rule.codes), meta=meta)
        case Demand.BOUNDED:
            low, high = rule.bounds or (None, None)
            return ExpectColumnValuesToBeBetween(column=rule.column, min_value=low, max_value=high, meta=meta)
        case Demand.UNIQUE if counted:
            return ExpectColumnValuesToBeUnique(column=rule.column, meta=meta)
        case Demand.UNIQUE:  # says no more than whether, in a quarter of the time
            return ExpectColumnProportionOfUniqueValuesToBeBetween(column=rule.column, min_value=1, meta=meta)
