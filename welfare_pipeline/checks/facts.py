"""What the questions in `sql/` may refer to besides the partition's tables: variables and small tables of counts.

Every policy threshold is a DuckDB variable of its name; the facts are one .sql file each, made once a run.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

from welfare_pipeline.checks.check import Check, rows_of
from welfare_pipeline.checks.earlier import of_ranks, see_earlier_registries
from welfare_pipeline.checks.in_both import BETWEEN
from welfare_pipeline.contracts.code_lists import FAMILY_UNIT
from welfare_pipeline.contracts.column import ROWS_PER_SOURCE
from welfare_pipeline.contracts.period import FIRST_DATE, last_day
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import LANDED
from welfare_pipeline.contracts.words import CATALOGUE
from welfare_pipeline.lake import Partition, only_named

# File, kind of list (None: not known), why or what to do, and the list that it is meant as if that is not its name.
RejectedFile = tuple[str, str | None, str] | tuple[str, str | None, str, str | None]

_FILE = ("source_file", "source", "error", "meant")
VIEWS = ("registries", "village_cards", "families_ranked_twice", "village_ranks")  # asked by one check each
FACTS = (
    "file_facts",
    "list_facts",
    "active_registry",
    "village_facts",
    "district_facts",
    "programme_facts",
    "total_facts",
)
ALWAYS = "list_facts"  # what landed, which decides what can be checked
LIST_WORDS = CATALOGUE.words["list"]
TABLE_LISTS = {"landed_tables": [table.name for table in LANDED]}


@cache
def query(name: str) -> str:
    """The text of a question or fact; `{batch}` in it stands for the table that it is asked of."""
    return files("welfare_pipeline.checks").joinpath("sql", f"{name}.sql").read_text("utf-8")


def prepare(
    con: duckdb.DuckDBPyConnection,
    partition: Partition,
    policy: Policy,
    checks: Sequence[Check],
    rejected_files: Sequence[RejectedFile] = (),
) -> None:
    """Set the variables and make the facts that the checks ask for of a partition's tables in `con`."""
    period = partition.period
    asked = _asked_for(checks)
    con.execute("create temp macro grouped(number) as format('{:,}', number)")
    con.execute("create temp macro with_points(number) as replace(format('{:,}', number), ',', '.')")
    con.execute(f"create temp macro in_both(en, id) as en || '{BETWEEN}' || id")
    con.execute("create temp table said (list varchar, code varchar, en varchar, id varchar)")
    con.executemany("insert into said values (?, ?, ?, ?)", _said())
    variables = {
        "period_end": last_day(period),
        "first_date": FIRST_DATE,
        "rows_per_source": ROWS_PER_SOURCE,
        "family_unit": FAMILY_UNIT,
        **policy.thresholds,
        **TABLE_LISTS,
        **of_ranks(policy, period, partition.district),
    }
    for name, value in variables.items():
        con.execute(f"set variable {name} = $value", {"value": value})
    values = {
        "lists": _lists(policy, period),
        "rejected_files": [dict(zip(_FILE, (*file, None), strict=False)) for file in rejected_files],
    }
    see_earlier_registries(con, policy, partition)
    for view in filter(asked.__contains__, VIEWS):
        con.execute(f"create temp view {view} as {query(view)}")
    for fact in filter(asked.__contains__, FACTS):
        con.execute(f"create temp table {fact} as {query(fact)}", only_named(query(fact), values))
    con.execute("create schema lists")  # of its own, where a programme may be called as anything else is
    for source in (source for source in policy.sources.programmes if source.name in asked):
        con.execute(f"create view {rows_of(source)} as from recipient_rows where programme = '{source.name}'")


def _asked_for(checks: Sequence[Check]) -> set[str]:
    """The words of the questions and of what they read, views and facts among them; a fact reads those before it."""
    questions = ((check, name) for check in checks for name in (check.check, check.figures, check.blocks_if))
    texts = {query(name) for check, name in questions if name and not check.demands}
    words = {ALWAYS, *re.findall(r"\w+", " ".join([*texts, *(check.batch or check.table for check in checks)]))}
    for name in reversed((*VIEWS, *FACTS)):
        if name in words:
            words.update(re.findall(r"\w+", query(name)))
    return words


def _said() -> list[tuple[str, str, str, str]]:
    """The words of codes that questions name: what was odd, why a row was rejected, what a number is worth."""
    named = {name: CATALOGUE.words[name] for name in ("delivery_finding", "rejection_reason", "nik_status", "measure")}
    return [(name, code, word.en, word.id) for name, words in named.items() for code, word in words.items()]


def _lists(policy: Policy, period: str) -> list[dict[str, Any]]:
    rules = {rule.programme: rule for rule in policy.rules(period)}
    return [
        {
            "position": position,
            "number": source.number,
            "source": source.name,
            "label": rules[source.name].label_en if source.name in rules else source.name,
            "label_id": rules[source.name].label_id if source.name in rules else LIST_WORDS[source.name].id,
            "required": source.required,
            "programme": source.name in rules,
            "unit": rules[source.name].unit if source.name in rules else None,
        }
        for position, source in enumerate(policy.sources.lists, 1)
    ]
