"""The checks of each stage of a district's run, and what they find in a draft."""

from collections.abc import Sequence

import duckdb

from welfare_pipeline.checks.check import Check
from welfare_pipeline.checks.contract import contract_checks
from welfare_pipeline.checks.counting import counts_of
from welfare_pipeline.checks.facts import RejectedFile, prepare
from welfare_pipeline.checks.finding import Finding, executed, not_executed
from welfare_pipeline.checks.rules.arrival import FILES, arrivals
from welfare_pipeline.checks.rules.district import DISTRICT
from welfare_pipeline.checks.rules.links import LINKS
from welfare_pipeline.checks.rules.people import REGISTRY, recipient_checks
from welfare_pipeline.checks.rules.ranks import RANKS
from welfare_pipeline.checks.rules.reconciliation import RECONCILIATION
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.tables import LANDED
from welfare_pipeline.lake import Draft, tables_named_in


def declared_checks(sources: Sources) -> tuple[Check, ...]:
    """Every check of what these lists delivered; a run finds something for each."""
    written = (*arrivals(sources), *FILES, *DISTRICT, *REGISTRY, *RANKS, *recipient_checks(sources))
    return (*written, *contract_checks(sources))


def declared_link_checks() -> tuple[Check, ...]:
    """Every check of the linkage stage."""
    return LINKS


def declared_reconciliation_checks() -> tuple[Check, ...]:
    """Every check of the reconciliation stage."""
    return RECONCILIATION


def check_delivery(draft: Draft, policy: Policy, rejected_files: Sequence[RejectedFile] = ()) -> list[Finding]:
    """What the landed lists are worth; `rejected_files` are those that `landed_files` does not name.

    Raises:
        CheckNotEvaluatedError: a check cannot be evaluated.

    """
    return _checked(draft, policy, declared_checks(policy.sources), rejected_files)


def check_links(draft: Draft, policy: Policy) -> list[Finding]:
    """Whether every row of a list of people has one usable link.

    Raises:
        CheckNotEvaluatedError: a check cannot be evaluated.

    """
    return _checked(draft, policy, LINKS)


def check_reconciliation(draft: Draft, policy: Policy) -> list[Finding]:
    """Whether every account of the reconciled tables adds up.

    Raises:
        CheckNotEvaluatedError: a check cannot be evaluated.

    """
    return _checked(draft, policy, RECONCILIATION)


def _checked(
    draft: Draft, policy: Policy, checks: Sequence[Check], rejected_files: Sequence[RejectedFile] = ()
) -> list[Finding]:
    asked = tables_named_in("checks") | {table.name for table in LANDED}
    with draft.connect(tables=asked) as con:
        prepare(con, draft.partition, policy, checks, rejected_files)
        return findings(con, policy, checks)


def findings(con: duckdb.DuckDBPyConnection, policy: Policy, checks: Sequence[Check]) -> list[Finding]:
    """One finding a check, in their order, about the tables of a prepared connection (`facts.prepare`).

    Raises:
        CheckNotEvaluatedError: a check cannot be evaluated.

    """
    from welfare_pipeline.checks.suite import verdicts  # noqa: PLC0415 - the import takes seconds

    lists = con.execute("select source, files > 0, rows_in_table > 0 from list_facts").fetchall()
    landed, usable = ({name for name, *flags in lists if flags[i]} for i in (0, 1))
    lacking = {check: [name for name in check.needs if name not in usable] for check in checks}
    counts = counts_of(con, [check for check in checks if not lacking[check]])
    passed = verdicts(counts, policy)
    return [
        executed(check, counts[check], check.tolerated_share(policy), passed=passed[check])
        if check in counts
        else not_executed(
            check,
            [name for name in lacking[check] if name not in landed],
            [name for name in lacking[check] if name in landed],
        )
        for check in checks
    ]
