"""What the questions in `sql/` may refer to besides the partition's tables: variables and small tables of counts.

Every policy threshold is a DuckDB variable of its name; the facts are one .sql file each, made once a run.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import duckdb

from welfare_pipeline.contracts.code_lists import FAMILY_UNIT
from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.sources import PROGRAMME_LISTS, SOURCES
from welfare_pipeline.contracts.tables import TABLE_BY_NAME
from welfare_pipeline.lake import only_named

# File, kind of list (None: not known), why or what to do, and the list that it is meant as if that is not its name.
RejectedFile = tuple[str, str | None, str] | tuple[str, str | None, str, str | None]

_FILE = ("source_file", "source", "error", "meant")
FACTS = (
    "file_facts",
    "list_facts",
    "active_registry",
    "village_facts",
    "district_facts",
    "programme_facts",
    "total_facts",
)
RECIPIENT_ROWS = "recipient_rows"  # the rows of every programme's list, which have one and the same declaration
TABLE_LISTS = {
    "landed_tables": [source.table for source in SOURCES],
    "programme_tables": [source.table for source in PROGRAMME_LISTS],
    "people_tables": [source.table for source in SOURCES if "nik" in TABLE_BY_NAME[source.table].column_types()],
}


@cache
def query(name: str) -> str:
    """The text of a question or fact; `{batch}` in it stands for the table that it is asked of."""
    return files("welfare_pipeline.checks").joinpath("sql", f"{name}.sql").read_text("utf-8")


def prepare(
    con: duckdb.DuckDBPyConnection, period: str, policy: Policy, rejected_files: Sequence[RejectedFile] = ()
) -> None:
    """Set the variables and make the facts of a partition's tables in `con`."""
    con.execute("create temp macro grouped(number) as format('{:,}', number)")
    variables = {"period_end": last_day(period), "family_unit": FAMILY_UNIT, **policy.thresholds, **TABLE_LISTS}
    for name, value in variables.items():
        con.execute(f"set variable {name} = $value", {"value": value})
    values = {
        "lists": _lists(policy, period),
        "rejected_files": [dict(zip(_FILE, (*file, None), strict=False)) for file in rejected_files],
    }
    for fact in FACTS:
        con.execute(f"create temp table {fact} as {query(fact)}", only_named(query(fact), values))
    con.execute(f"create temp view {RECIPIENT_ROWS} as from query_table({TABLE_LISTS['programme_tables']})")


def _lists(policy: Policy, period: str) -> list[dict[str, Any]]:
    rules = {rule.programme.value: rule for rule in policy.rules(period)}
    return [
        {
            "position": position,
            "source": source.name,
            "label": rules[source.name].label if source.name in rules else source.name,
            "required": source.required,
            "programme": source.name in rules,
            "unit": rules[source.name].unit if source.name in rules else None,
        }
        for position, source in enumerate(SOURCES, 1)
    ]
