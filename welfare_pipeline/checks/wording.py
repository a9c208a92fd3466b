"""Findings in plain words: counts, places and advice, never a cell of an identity column."""

from collections.abc import Mapping, Sequence

from welfare_pipeline.checks.declared import ColumnRule, ContractCheck, Demand
from welfare_pipeline.checks.finding import CheckSpec, Finding
from welfare_pipeline.checks.rules.rule import Rule

SHOWN = 3  # examples in a sentence ...
TOLD = 10  # ... and where they are the sentence
Figure = int | float | str | list[str]


def not_executed(spec: CheckSpec, without: Sequence[str], empty: Sequence[str]) -> Finding:
    """A check that could not be executed, neither passed nor failed: lists did not arrive, or have no usable row."""
    reasons = [
        f"the {' and '.join(lists)} list {verb}"
        for lists, verb in ((without, "did not arrive"), (empty, "has no row that can be used"))
        if lists
    ]
    files = " and ".join(f"{name}.csv (or .xlsx, .parquet)" for name in (*without, *empty))
    explanation = f"Not checked: {' and '.join(reasons)}. To have it checked, land {files} and run the month again."
    return Finding(spec.table, spec.check, spec.severity, None, None, None, None, explanation)


def asked(  # noqa: PLR0913
    rule: Rule,
    *,
    passed: bool,
    failing: int,
    rows: int,
    tolerated: float,
    examples: Sequence[str],
    figures: Mapping[str, Figure],
) -> Finding:
    """What a hand-written check found: `failing` of `rows`, of which `examples` are the first."""
    details = dict(figures) | ({"first_failing": list(examples)} if examples else {})
    explanation = _counted(rule, failing, rows, tolerated, examples) if rule.things else _told(rule, failing, examples)
    if not passed:
        explanation = f"{explanation} {rule.advice}"
    share = failing / rows if rows else None
    return Finding(rule.table, rule.check, rule.severity, passed, failing, rows, share, explanation, details)


def _counted(rule: Rule, failing: int, rows: int, tolerated: float, examples: Sequence[str]) -> str:
    share = f" ({failing / rows:.1%})" if failing and rows else ""
    limit = f"; up to {tolerated:.1%} passes" if tolerated else ""
    first = f" First: {', '.join(examples[:SHOWN])}." if examples else ""
    return f"{failing:,} of {rows:,} {rule.things} {rule.fails}{share}{limit}.{first}"


def _told(rule: Rule, failing: int, examples: Sequence[str]) -> str:
    if not failing:
        return rule.holds
    more = f"; and {failing - TOLD:,} more" if len(examples) > TOLD else ""
    return f"{'; '.join(example.rstrip('.') for example in examples[:TOLD])}{more}."


def contract_kept(check: ContractCheck, rows: int, broken: Mapping[ColumnRule, int]) -> Finding:
    """What a derived check found."""
    spec, kept = check.spec, [rule for rule in check.rules if rule not in broken]
    failing = max(broken.values(), default=0)
    if broken:
        faults = "; ".join(f"{count:,} values of {_demanded(rule)}" for rule, count in broken.items())
        explanation = (
            f"The table {spec.table} breaks the contract: {faults}. The pipeline misread the list: "
            "report it with the file's name, and use nothing of the district until then."
        )
    else:
        held = "1 rule of the contract holds" if len(kept) == 1 else f"{len(kept)} rules of the contract hold"
        explanation = f"{held} for {rows:,} rows of {spec.table}."
    details = {"rules_kept": len(kept), **{_demanded(rule): count for rule, count in broken.items()}}
    share = failing / rows if rows else None
    return Finding(spec.table, spec.check, spec.severity, not broken, failing, rows, share, explanation, details)


def _demanded(rule: ColumnRule) -> str:
    match rule.demand:
        case Demand.FILLED:
            return f"{rule.column} are empty"
        case Demand.CODED:
            return f"{rule.column} are of no code list"
        case Demand.BOUNDED:
            low, high = rule.bounds or (0, 0)
            return f"{rule.column} are not between {low:,} and {high:,}"
        case Demand.UNIQUE:
            return f"{rule.column} are not unique"
