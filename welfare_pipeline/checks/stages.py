"""The checks of each stage of a district's run, and what they find in a draft."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from welfare_pipeline.checks.declared import contract_checks
from welfare_pipeline.checks.facts import RejectedFile, prepare
from welfare_pipeline.checks.finding import CheckSpec, Finding
from welfare_pipeline.checks.judge import Judge
from welfare_pipeline.checks.rules.arrival import FILES, arrivals
from welfare_pipeline.checks.rules.district import DISTRICT
from welfare_pipeline.checks.rules.links import LINKS
from welfare_pipeline.checks.rules.people import REGISTRY, recipient_checks
from welfare_pipeline.checks.rules.reconciliation import RECONCILIATION
from welfare_pipeline.checks.rules.rule import Rule
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.lake import Draft


def delivery_rules(sources: Sources) -> tuple[Rule, ...]:
    """The hand-written checks of what these lists delivered."""
    return (*arrivals(sources), *FILES, *REGISTRY, *recipient_checks(sources), *DISTRICT)


def declared_checks(sources: Sources) -> tuple[CheckSpec, ...]:
    """Every check of the landing stage; a run finds something for each."""
    return (*(rule.spec for rule in delivery_rules(sources)), *(check.spec for check in contract_checks(sources)))


def declared_link_checks() -> tuple[CheckSpec, ...]:
    """Every check of the linkage stage."""
    return tuple(rule.spec for rule in LINKS)


def declared_reconciliation_checks() -> tuple[CheckSpec, ...]:
    """Every check of the reconciliation stage."""
    return tuple(rule.spec for rule in RECONCILIATION)


def check_delivery(draft: Draft, policy: Policy, rejected_files: Sequence[RejectedFile] = ()) -> list[Finding]:
    """What the landed lists are worth; `rejected_files` are those that `landed_files` does not name.

    Raises:
        CheckNotEvaluatedError: a check cannot be evaluated.

    """
    with _judge(draft, policy, rejected_files) as judge:
        rules, derived = delivery_rules(policy.sources), contract_checks(policy.sources)
        return [*judge.ask(rules), *judge.hold_to_contract(derived)]


def check_links(draft: Draft, policy: Policy) -> list[Finding]:
    """Whether every row of a list of people has one usable link.

    Raises:
        CheckNotEvaluatedError: a check cannot be evaluated.

    """
    with _judge(draft, policy) as judge:
        return judge.ask(LINKS)


def check_reconciliation(draft: Draft, policy: Policy) -> list[Finding]:
    """Whether every account of the reconciled tables adds up.

    Raises:
        CheckNotEvaluatedError: a check cannot be evaluated.

    """
    with _judge(draft, policy) as judge:
        return judge.ask(RECONCILIATION)


@contextmanager
def _judge(draft: Draft, policy: Policy, rejected_files: Sequence[RejectedFile] = ()) -> Iterator[Judge]:
    with draft.connect() as con:
        prepare(con, draft.partition.period, policy, rejected_files)
        yield Judge(con, policy)
