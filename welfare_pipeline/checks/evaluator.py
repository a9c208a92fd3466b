"""Great Expectations over the tables of one DuckDB connection. Nothing else of the project imports it.

The import takes seconds, so this module is imported where checks are evaluated, not where they are declared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import duckdb_engine
import great_expectations as gx
import sqlalchemy
from great_expectations.core import ExpectationSuite, ExpectationValidationResult
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)
from great_expectations.expectations.metadata_types import FailureSeverity
from great_expectations.expectations.row_conditions import Column
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.pool import StaticPool

from welfare_pipeline.checks.declared import ColumnRule, Demand
from welfare_pipeline.checks.expectations import ExpectFewFailingRows, expectation, no_row_lacks
from welfare_pipeline.checks.finding import CheckSpec
from welfare_pipeline.contracts.vocabulary import Severity

if TYPE_CHECKING:
    from great_expectations.datasource.fluent.interfaces import Batch
    from great_expectations.expectations.expectation import Expectation
    from sqlalchemy.engine.default import DefaultExecutionContext
    from sqlalchemy.engine.interfaces import DBAPICursor

GX_SEVERITY = {Severity.BLOCKING: FailureSeverity.CRITICAL, Severity.WARNING: FailureSeverity.WARNING}
VERDICT_ONLY = {"result_format": "BOOLEAN_ONLY"}
COUNT_ONLY = {"result_format": "BASIC", "partial_unexpected_count": 0}


class CheckNotEvaluatedError(RuntimeError):
    """A check could not be evaluated; the message names it, and no cell of the data."""


@dataclass(frozen=True)
class Question:
    """A query for failing rows of a batch, and the share of them that passes; `only`: the rows of that list."""

    spec: CheckSpec
    query: str
    tolerated_share: float = 0.0
    only: str = ""


@dataclass(frozen=True)
class Answer:
    """How many rows of how many failed, and whether that passes."""

    passed: bool
    failing_rows: int
    rows: int


class Evaluator:
    """Puts questions and column rules to the tables that a DuckDB connection sees."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        """Wrap the connection; it stays the caller's to close."""
        context = gx.get_context(project_config=_silent(), mode="ephemeral")
        engine = {"creator": lambda: duckdb_engine.ConnectionWrapper(con), "poolclass": StaticPool}
        self._source = context.data_sources.add_sql(
            "partition",
            connection_string="duckdb://",
            kwargs=engine,  # type: ignore[call-arg] # the stub lacks it
        )
        sqlalchemy.event.listen(self._source.get_execution_engine().engine, "after_cursor_execute", _buffer_result)
        self._batches: dict[str, Batch] = {}

    def answers(self, batch: str, questions: Sequence[Question]) -> list[Answer]:
        """The answer to each question about the table `batch`, in their order.

        Raises:
            CheckNotEvaluatedError: a query cannot be run.

        """
        named = {f"{question.spec.table}.{question.spec.check}": question for question in questions}
        results = self._validate(batch, [_asking(name, question) for name, question in named.items()], COUNT_ONLY)
        answers = {_check(result): _answer(result) for result in results}
        return [answers[name] for name in named]

    def broken(self, table: str, rules: Sequence[ColumnRule]) -> Mapping[ColumnRule, int]:
        """The column rules that the table does not keep, with the number of values that break each.

        Raises:
            CheckNotEvaluatedError: a column is not there.

        """
        named = {f"{table}.{rule.column} {rule.demand}": rule for rule in rules}
        filled = [rule.column for rule in rules if rule.demand is Demand.FILLED]
        singly = [expectation(n, r) for n, r in named.items() if r.demand is not Demand.FILLED]
        at_once = [no_row_lacks(f"{table} {Demand.FILLED}", filled)] if filled else []
        results = self._validate(table, [*at_once, *singly], VERDICT_ONLY)
        failed = {_check(result) for result in results if not result.success}
        suspects = {n: r for n, r in named.items() if n in failed or f"{table} {r.demand}" in failed}
        if not suspects:
            return {}
        counted = self._validate(table, [expectation(n, r, counted=True) for n, r in suspects.items()], COUNT_ONLY)
        counts = {suspects[_check(result)]: result.result["unexpected_count"] for result in counted}
        return {rule: count for rule, count in counts.items() if count}

    def _validate(
        self, table: str, expectations: Sequence["Expectation"], result_format: dict[str, Any]
    ) -> list[ExpectationValidationResult]:
        if table not in self._batches:
            asset = self._source.add_table_asset(table, table_name=table)
            self._batches[table] = asset.get_batch(asset.build_batch_request())
        suite = ExpectationSuite(table, list(expectations))
        results = self._batches[table].validate(suite, result_format=result_format).results
        for result in results:
            if _raised(result):
                message = f"The check {_check(result)} could not be evaluated; report it."
                raise CheckNotEvaluatedError(message)
        return list(results)


def _asking(name: str, question: Question) -> ExpectFewFailingRows:
    return ExpectFewFailingRows(
        unexpected_rows_query=question.query,
        tolerated_share=question.tolerated_share,
        row_condition=(Column("source") == question.only) if question.only else None,
        severity=GX_SEVERITY[question.spec.severity],
        description=question.spec.description,
        meta={"check": name},
    )


def _silent() -> DataContextConfig:
    stores = InMemoryStoreBackendDefaults(init_temp_docs_sites=False)
    return DataContextConfig(
        store_backend_defaults=stores, analytics_enabled=False, progress_bars=ProgressBarsConfig(globally=False)
    )


def _buffer_result(
    _connection: object,
    cursor: "DBAPICursor",
    _statement: str,
    _parameters: object,
    context: "DefaultExecutionContext",
    _many: bool,  # noqa: FBT001 - SQLAlchemy calls it so
) -> None:
    """Fetch what was selected at once: Great Expectations reads a result after it gave the connection back."""
    if cursor.description:
        context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, initial_buffer=cursor.fetchall())


def _check(result: ExpectationValidationResult) -> str:
    return str(result.expectation_config.meta["check"]) if result.expectation_config else ""


def _answer(result: ExpectationValidationResult) -> Answer:
    return Answer(bool(result.success), int(result.result["observed_value"]), int(result.result["element_count"]))


def _raised(result: ExpectationValidationResult) -> bool:
    info = result.exception_info or {}
    return bool(info.get("raised_exception") or any(isinstance(part, dict) for part in info.values()))
