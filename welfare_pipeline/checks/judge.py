"""Evaluates checks in one partition: asks Great Expectations and turns the answers into findings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import duckdb

from welfare_pipeline.checks.declared import ContractCheck, column_rules
from welfare_pipeline.checks.facts import query
from welfare_pipeline.checks.finding import CheckSpec, Finding
from welfare_pipeline.checks.rules.rule import Rule
from welfare_pipeline.checks.wording import asked, contract_kept, not_executed
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import RECIPIENT_LIST

if TYPE_CHECKING:
    from welfare_pipeline.checks.evaluator import Answer

KEPT_EXAMPLES = 20


class Judge:
    """The checks' view of one prepared connection (see `facts.prepare`)."""

    def __init__(self, con: duckdb.DuckDBPyConnection, policy: Policy) -> None:
        """Open Great Expectations on the connection."""
        from welfare_pipeline.checks.evaluator import Evaluator  # noqa: PLC0415 - the import takes seconds

        self._con = con
        self._policy = policy
        self._evaluator = Evaluator(con)
        lists = con.execute("select source, files > 0, rows_in_table from list_facts").fetchall()
        self._landed = {source for source, landed, _ in lists if landed}
        self._rows = {policy.sources[source].asset: rows for source, _, rows in lists if rows}

    def ask(self, rules: Sequence[Rule]) -> list[Finding]:
        """One finding per rule, in their order."""
        answers: dict[Rule, Answer] = {}
        for batch, chosen in _by_batch(rule for rule in rules if not self._missing(rule)).items():
            answers |= self._answers(batch, chosen)
        return [
            self._finding(rule, answers[rule])
            if rule in answers
            else self._not_executed(rule.spec, self._missing(rule))
            for rule in rules
        ]

    def hold_to_contract(self, checks: Sequence[ContractCheck]) -> list[Finding]:
        """One finding per derived check, in their order.

        The lists of all programmes are asked about at once, and each by itself only if one of them fails.
        """
        by_table = defaultdict(list)
        for check in checks:
            by_table[check.spec.table].append(check)
        broken = self._evaluator.broken(RECIPIENT_LIST.table, column_rules(RECIPIENT_LIST))
        sound = () if broken else [source.asset for source in self._policy.sources.programmes]
        return [finding for table, chosen in by_table.items() for finding in self._held(table, chosen, table in sound)]

    def _held(self, table: str, checks: Sequence[ContractCheck], sound: bool) -> list[Finding]:  # noqa: FBT001
        rows = self._rows.get(table, 0)
        if rows == 0:
            return [self._not_executed(check.spec, [check.source]) for check in checks]
        rules = [rule for check in checks for rule in check.rules]
        broken = {} if sound else self._evaluator.broken(table, rules)
        return [
            contract_kept(check, rows, {rule: count for rule, count in broken.items() if rule in check.rules})
            for check in checks
        ]

    def _not_executed(self, spec: CheckSpec, lists: Sequence[str]) -> Finding:
        without = [source for source in lists if source not in self._landed]
        return not_executed(spec, without, [source for source in lists if source in self._landed])

    def _missing(self, rule: Rule) -> list[str]:
        return [source for source in rule.needs if self._policy.sources[source].asset not in self._rows]

    def _answers(self, batch: str, rules: Sequence[Rule]) -> Mapping[Rule, "Answer"]:
        from welfare_pipeline.checks.evaluator import Question  # noqa: PLC0415 - loaded by now

        questions = [
            Question(rule.spec, query(rule.query), rule.tolerance.failing_share(self._policy), rule.only)
            for rule in rules
        ]
        return dict(zip(rules, self._evaluator.answers(batch, questions), strict=True))

    def _finding(self, rule: Rule, answer: "Answer") -> Finding:
        return asked(
            rule,
            passed=answer.passed,
            failing=answer.failing_rows,
            rows=answer.rows,
            tolerated=rule.tolerance.failing_share(self._policy),
            examples=self._examples(rule) if answer.failing_rows else [],
            figures=self._figures(rule),
        )

    def _examples(self, rule: Rule) -> list[str]:
        failing = self._con.execute(f"from ({self._text(rule, rule.query)}) order by all limit {KEPT_EXAMPLES}")
        return list(dict.fromkeys(row[-1] for row in failing.fetchall()))

    def _figures(self, rule: Rule) -> dict[str, int | float | str]:
        rows = self._con.execute(self._text(rule, rule.figures)).fetchall() if rule.figures else []
        return {label: figure for label, figure in rows if figure is not None}

    def _text(self, rule: Rule, name: str) -> str:
        batch = f"(from {rule.batch} where source = '{rule.only}')" if rule.only else f'"{rule.batch}"'
        return query(name).format(batch=batch)


def _by_batch(rules: Iterable[Rule]) -> dict[str, list[Rule]]:
    batches = defaultdict(list)
    for rule in rules:
        batches[rule.batch].append(rule)
    return batches
