"""The suite of Great Expectations that checks make, and its verdict on what was counted of them.

Each check is one expectation in SQL, with its severity and tolerance: of no check may more rows fail than the policy
tolerates. DuckDB counts, where the data are; the few counts lie in SQLite, which Great Expectations knows how to read
(it does not know DuckDB), and are judged there in one batch. Importing it takes seconds, so this module is imported
where checks are evaluated, not where they are declared.
"""

import sqlite3
from collections.abc import Iterable, Mapping

import great_expectations as gx
import great_expectations.expectations as gxe

from welfare_pipeline.checks.check import Check
from welfare_pipeline.checks.counting import CheckNotEvaluatedError, Counts
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.vocabulary import Severity

SEVERITIES = {Severity.BLOCKING: "critical", Severity.WARNING: "warning"}
# What was not counted fails, too.
FAILING = """
select counts.failing_rows, counts."rows"
from (select '{name}' as name) as asked
left join {{batch}} as counts on counts.name = asked.name
where coalesce(counts.failing_rows > {tolerated} * counts."rows", true)
"""


def suite_of(checks: Iterable[Check], policy: Policy) -> gx.ExpectationSuite:
    """One expectation a check, in their order; its `meta` has the check's name."""
    return gx.ExpectationSuite("checks", expectations=[_expectation(check, policy) for check in checks])


def _expectation(check: Check, policy: Policy) -> gxe.UnexpectedRowsExpectation:
    return gxe.UnexpectedRowsExpectation(
        unexpected_rows_query=FAILING.format(name=check.name, tolerated=check.tolerated_share(policy)),
        severity=SEVERITIES[check.severity],  # type: ignore[arg-type]  # its documented form; the enum is not public
        description=check.description,
        meta={"check": check.name},
    )


def verdicts(counts: Mapping[Check, Counts], policy: Policy) -> dict[Check, bool]:
    """Whether each of these checks passes, by what was counted of it.

    Raises:
        CheckNotEvaluatedError: an expectation could not be evaluated.

    """
    context = gx.get_context(mode="ephemeral")
    context.enable_analytics(enable=False)
    context.variables.progress_bars = {"globally": False}  # type: ignore[assignment]  # its documented form
    counted = {"creator": lambda: _database(counts)}
    source = context.data_sources.add_sqlite(
        "counts",
        connection_string="sqlite://",
        kwargs=counted,  # type: ignore[call-arg]  # the stub lacks it
    )
    batch = source.add_table_asset("check_counts").add_batch_definition_whole_table("all").get_batch()
    results = batch.validate(suite_of(counts, policy), result_format="BASIC").results
    source.get_execution_engine().close()
    source.get_engine().dispose()
    found = {result.expectation_config.meta["check"]: result for result in results if result.expectation_config}
    for name in (check.name for check in counts):
        if "observed_value" not in found[name].result:
            raise CheckNotEvaluatedError(name)
    return {check: bool(found[check.name].success) for check in counts}


def _database(counts: Mapping[Check, Counts]) -> sqlite3.Connection:
    """A database in memory that has the table `check_counts`, one row a check."""
    con = sqlite3.connect(":memory:", check_same_thread=False)
    with con:
        con.execute('create table check_counts (name text primary key, failing_rows integer, "rows" integer)')
        rows = [(check.name, found.failing_rows, found.rows) for check, found in counts.items()]
        con.executemany("insert into check_counts values (?, ?, ?)", rows)
    return con
