"""Counts, in one prepared DuckDB connection, what fails of each check; Great Expectations judges the counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb

from welfare_pipeline.checks.check import Check
from welfare_pipeline.checks.facts import query
from welfare_pipeline.checks.in_both import Both, with_points

KEPT_EXAMPLES = 20
ASKED_AT_ONCE = 20  # batches in one statement: of some forty with a view each, DuckDB 1.5 never comes back
ROWS = """
select
    {number} as number,
    (select count(*) from {batch}) as "rows",
    count(*) as failing_rows,
    list_transform(min(failing, {kept}), lambda row: row.example) as examples
from ({query}) as failing
"""
FIGURES = "select {number} as number, row_number() over () as position, label, figure from ({query})"
DEMANDS = "select {number} as number, count(*), [{demands}] from {batch}"
Figure = int | float | str | list[str]
Batches = Sequence[Check]  # that ask the same question, each of its own batch


class CheckNotEvaluatedError(RuntimeError):
    """A check could not be evaluated; the message names it, and no cell of the data."""

    def __init__(self, check: str) -> None:
        """`check`: its name."""
        super().__init__(f"The check {check} could not be evaluated; report it.")


@dataclass(frozen=True)
class Counts:
    """How many rows were looked at and how many of them fail; where the first are; the figures of the details.

    `labels_id`: the labels of details in Bahasa Indonesia, where they differ.
    `blocks`: whether a blocking check that fails blocks, and does not only warn.
    """

    rows: int
    failing_rows: int
    examples: Sequence[Both]
    details: Mapping[str, Figure]
    labels_id: Mapping[str, str] = field(default_factory=dict)
    blocks: bool = True


def counts_of(con: duckdb.DuckDBPyConnection, checks: Iterable[Check]) -> dict[Check, Counts]:
    """What fails of each check. Those that ask the same question are asked together: planning costs more than rows.

    Raises:
        CheckNotEvaluatedError: the question of one cannot be asked of the tables.

    """
    alike = defaultdict[tuple[str, bool], list[Check]](list)
    for check in checks:
        alike[check.check, bool(check.demands)].append(check)
    return {check: counts for batches in alike.values() for check, counts in _asked(con, batches).items()}


def _asked(con: duckdb.DuckDBPyConnection, batches: Batches) -> dict[Check, Counts]:
    count = _broken_demands if batches[0].demands else _failing_rows
    try:
        return count(con, batches)
    except (duckdb.ProgrammingError, duckdb.DataError):
        if len(batches) == 1:
            raise CheckNotEvaluatedError(batches[0].name) from None  # the cause may quote a cell
        return {check: counts for check in batches for _, counts in _asked(con, [check]).items()}


def _failing_rows(con: duckdb.DuckDBPyConnection, batches: Batches) -> dict[Check, Counts]:
    figures = _figures(con, batches)
    asked = (
        ROWS.format(number=number, batch=_batch(check), kept=KEPT_EXAMPLES, query=_text(check, check.check))
        for number, check in enumerate(batches)
    )
    return {
        batches[number]: _counts(con, batches[number], counted, figures[number])
        for number, *counted in _in_order(con, asked)
    }


def _figures(con: duckdb.DuckDBPyConnection, batches: Batches) -> dict[int, list[tuple[Both, Figure]]]:
    """By the number of the check, the labels and figures of its details."""
    asked = [
        FIGURES.format(number=number, query=_text(check, check.figures))
        for number, check in enumerate(batches)
        if check.figures
    ]
    found = defaultdict[int, list[tuple[Both, Figure]]](list)
    for number, _, label, figure in _in_order(con, asked) if asked else ():
        if figure is not None:
            found[number].append((Both.of(label), figure))
    return found


def _in_order(con: duckdb.DuckDBPyConnection, asked: Iterable[str]) -> list[tuple[Any, ...]]:
    every = list(asked)
    parts = (every[first : first + ASKED_AT_ONCE] for first in range(0, len(every), ASKED_AT_ONCE))
    rows = (row for part in parts for row in con.execute(" union all ".join(part)).fetchall())
    return sorted(rows, key=lambda row: row[:2])


def _counts(
    con: duckdb.DuckDBPyConnection,
    check: Check,
    counted: Sequence[Any],  # rows, rows that fail, examples
    labelled: Sequence[tuple[Both, Figure]],
) -> Counts:
    rows, failing, first = counted
    details: dict[str, Figure] = {label.en: figure for label, figure in labelled}
    examples = [Both.of(example) for example in dict.fromkeys(first or [])]
    places: dict[str, Figure] = {"first_failing": [example.en for example in examples]} if examples else {}
    blocks = not check.blocks_if or bool(con.execute(_text(check, check.blocks_if)).fetchall())
    labels_id = {label.en: label.id for label, _ in labelled}
    return Counts(rows, failing, examples, details | places, labels_id, blocks)


def _broken_demands(con: duckdb.DuckDBPyConnection, batches: Batches) -> dict[Check, Counts]:
    """All demands on a table are counted in one pass; the rows that fail are at least those of the worst broken one."""
    asked = (
        DEMANDS.format(
            number=number,
            demands=", ".join(aggregate for _, aggregate in check.demands).format(batch=_batch(check)),
            batch=_batch(check),
        )
        for number, check in enumerate(batches)
    )
    return {batches[number]: _demanded(batches[number], rows, counts) for number, rows, counts in _in_order(con, asked)}


def _demanded(check: Check, rows: int, counts: Sequence[int]) -> Counts:
    broken = {words: count for (words, _), count in zip(check.demands, counts, strict=True) if count}
    told = "; ".join(f"{count:,} values of {words}" for words, count in broken.items())
    told_id = "; ".join(f"{with_points(count)} nilai ({words})" for words, count in broken.items())
    details = {"rules_kept": len(counts) - len(broken), **broken}
    return Counts(rows, max(broken.values(), default=0), [Both(told, told_id)] if told else [], details)


def _batch(check: Check) -> str:
    return check.batch or f'"{check.table}"'


def _text(check: Check, name: str) -> str:
    return query(name).format(batch=_batch(check))
