"""Counts, in one prepared DuckDB connection, what fails of each check; Great Expectations judges the counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from welfare_pipeline.checks.check import Check
from welfare_pipeline.checks.facts import query
from welfare_pipeline.checks.in_both import Both, with_points

KEPT_EXAMPLES = 20
ROWS = """
select
    (select count(*) from {batch}) as "rows",
    count(*) as failing_rows,
    list_transform(min(failing, {kept}), lambda row: row.example) as examples
from ({query}) as failing
"""
DEMANDS = "select count(*), {demands} from {batch}"
Figure = int | float | str | list[str]


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


def counted(con: duckdb.DuckDBPyConnection, check: Check) -> Counts:
    """What fails of the check.

    Raises:
        CheckNotEvaluatedError: its question cannot be asked of the tables.

    """
    try:
        return _broken_demands(con, check) if check.demands else _failing_rows(con, check)
    except (duckdb.ProgrammingError, duckdb.DataError):
        raise CheckNotEvaluatedError(check.name) from None  # the cause may quote a cell


def _failing_rows(con: duckdb.DuckDBPyConnection, check: Check) -> Counts:
    asked = ROWS.format(batch=_batch(check), kept=KEPT_EXAMPLES, query=_text(check, check.check))
    rows, failing, first = con.sql(asked).fetchall()[0]
    figures = con.sql(_text(check, check.figures)).fetchall() if check.figures else []
    labelled = [(Both.of(label), figure) for label, figure in figures if figure is not None]
    details: dict[str, Figure] = {label.en: figure for label, figure in labelled}
    examples = [Both.of(example) for example in dict.fromkeys(first or [])]
    places: dict[str, Figure] = {"first_failing": [example.en for example in examples]} if examples else {}
    blocks = not check.blocks_if or bool(con.sql(_text(check, check.blocks_if)).fetchall())
    labels_id = {label.en: label.id for label, _ in labelled}
    return Counts(rows, failing, examples, details | places, labels_id, blocks)


def _broken_demands(con: duckdb.DuckDBPyConnection, check: Check) -> Counts:
    """All demands on a table are counted in one pass; the rows that fail are at least those of the worst broken one."""
    demands = ", ".join(aggregate for _, aggregate in check.demands).format(batch=_batch(check))
    rows, *counts = con.sql(DEMANDS.format(demands=demands, batch=_batch(check))).fetchall()[0]
    broken = {words: count for (words, _), count in zip(check.demands, counts, strict=True) if count}
    told = "; ".join(f"{count:,} values of {words}" for words, count in broken.items())
    told_id = "; ".join(f"{with_points(count)} nilai ({words})" for words, count in broken.items())
    details = {"rules_kept": len(counts) - len(broken), **broken}
    return Counts(rows, max(broken.values(), default=0), [Both(told, told_id)] if told else [], details)


def _batch(check: Check) -> str:
    return check.batch or f'"{check.table}"'


def _text(check: Check, name: str) -> str:
    return query(name).format(batch=_batch(check))
