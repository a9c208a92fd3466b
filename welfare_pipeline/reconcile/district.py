"""One district's month: facts, reasons and the published tables, each a .sql file made when those it reads are made."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import duckdb
import polars as pl

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.code_lists import FAMILY_UNIT
from welfare_pipeline.contracts.period import last_day, previous
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.policy_entries import legal_basis
from welfare_pipeline.contracts.tables import RECONCILED, TABLE_BY_NAME
from welfare_pipeline.contracts.words import CATALOGUE, REASONS, Language
from welfare_pipeline.lake import (
    Draft,
    Partition,
    earlier_months,
    make_paths,
    make_words,
    month_of,
    only_named,
    replace_view,
    require_person_rows,
    see_audit_samples,
    see_earlier_facts,
    see_person_rows,
    tables_named_in,
)
from welfare_pipeline.reconcile.components import make_components
from welfare_pipeline.reconcile.dependency_order import make_in_dependency_order, only_needed
from welfare_pipeline.reconcile.evidence import make_evidence_macros

REASON_ROWS = "reason_rows"
RESHAPED = ("people",)  # views: nothing to compute twice
PLAIN_ADDRESS = (  # JL. SAWIT NO. 12 and Jl Sawit N° 12 are one
    "create macro plain_address(address) as regexp_replace(upper(address), 'N(OMOR|O)?[^A-Z0-9]+|[^A-Z0-9]+', '', 'g')"
)
MONTHS_AFTER = (  # the last day of a month stays one
    "create macro months_after(day, months) as case when day = last_day(day) then last_day(day + to_months(months))"
    " else (day + to_months(months))::date end"
)
COMPARED = (  # of the nearest earlier month, as `previous_<table>`
    "recipient_outcomes",
    "links",
    "registry_statuses",
    "off_target_recipients",
    "complaint_findings",
    "landed_files",
)
NAMED = (
    "proposals",
    "eligibility_decisions",
    "complaints",
    "civil_status",
    "registry",
    "links",
    "recipient_outcomes",
    "finding_dispositions",
    "audit_answers",
    "remembered_answers",
    "remembered_people",
)  # of every earlier month, as `earlier_<table>`
_ROOM = Path(__file__).parent


def reconcile_district(draft: Draft, policy: Policy, tables: Collection[str] | None = None) -> None:
    """Draft every table of `contracts.tables.RECONCILED` from the partition's landed tables and links.

    With `tables` only these, and what they are made from.

    Raises:
        duckdb.Error: a table of the partition lacks a declared column.

    """
    period, district = draft.partition.period, draft.partition.district
    calendar = policy.calendar(period, district)
    values = {
        "period": period,
        "period_end": last_day(period),
        "district_name": district_name(district),
        "family_unit": FAMILY_UNIT,
        "snapshot": calendar.snapshot if calendar else None,
        "deadline_on": calendar.deadline_on if calendar else None,
        "identities_are_returned": calendar is not None,
        "minimum_wage": policy.minimum_wage(period, district),
        **policy.values(),
    }
    queries = district_queries() if tables is None else only_needed(district_queries(), tables)
    written = {table.name for table in RECONCILED}

    def make(cursor: duckdb.DuckDBPyConnection, name: str) -> None:
        query = queries[name]
        if name in written:
            draft.write_query(cursor, name, query, **values)
        elif name in RESHAPED:
            cursor.execute(f'create view "{name}" as {query}')
        else:
            cursor.execute(f'create table "{name}" as {query}', only_named(query, values))

    with draft.connect(tables=tables_named_in("reconcile")) as con:
        require_person_rows(con, draft, policy)
        _load_rules(con, policy, period)
        _see_earlier_months(con, draft.partition, policy)
        see_audit_samples(con, draft.partition)
        make_paths(con, Language.ENGLISH, calendar)
        con.execute(PLAIN_ADDRESS)
        con.execute(MONTHS_AFTER)
        make_in_dependency_order(con, queries, make)


def _see_earlier_months(con: duckdb.DuckDBPyConnection, partition: Partition, policy: Policy) -> None:
    """Let `con` see what earlier months remember, who was named then, and the nearest of them to compare with."""
    months = earlier_months(partition)
    see_earlier_facts(con, partition, policy)
    for name in NAMED:
        replace_view(con, TABLE_BY_NAME[name], *(month.path(name) for month in months), name=f"earlier_{name}")
    nearest = months[-1] if months else month_of(partition, previous(partition.period))  # of which there is nothing
    for name in COMPARED:
        replace_view(con, TABLE_BY_NAME[name], nearest.path(name), name=f"previous_{name}")
    see_person_rows(con, "previous_person_rows", nearest, policy)


def _load_rules(con: duckdb.DuckDBPyConnection, policy: Policy, period: str) -> None:
    rules = policy.rules(period)
    frame = pl.DataFrame(
        [asdict(rule) | {"place": place} for place, rule in enumerate(rules, 1)], infer_schema_length=None
    )
    con.register("rules_of_policy", frame)
    con.execute("create table policy_programmes as select * exclude (yields_to) from rules_of_policy")
    exclusions = [(rule.programme, other) for rule in rules for other in rule.yields_to]
    _load(con, "programme_exclusions", {"programme": pl.String, "excluding": pl.String}, exclusions)
    make_components(con, policy, period)
    reasons = [
        (code, place, reason.certainty, legal_basis(reason.legal_basis, period))
        for place, (code, reason) in enumerate(CATALOGUE.reasons.items())
    ]
    described = {"reason": pl.String, "precedence": pl.Int64, "certainty": pl.String, "legal_basis": pl.String}
    _load(con, "reason_rules", described, reasons)
    make_words(con, Language.ENGLISH)
    make_evidence_macros(con, period, rules)


def _load(
    con: duckdb.DuckDBPyConnection, table: str, schema: Mapping[str, type[pl.DataType]], rows: Sequence[tuple[Any, ...]]
) -> None:
    """The table of these rows."""
    con.register("loaded", pl.DataFrame(rows, schema=dict(schema), orient="row"))
    con.execute(f'create table "{table}" as from loaded')
    con.unregister("loaded")


def _reason_query(reason: str) -> str:
    query = query_of("reasons", reason.lower())
    return f"select '{reason}' as reason, * from ({query})"  # noqa: S608  a word of the vocabulary


def query_of(folder: str, name: str) -> str:
    """The text of `<folder>/<name>.sql` of this room."""
    return _ROOM.joinpath(folder, f"{name}.sql").read_text("utf-8")


@cache
def sql_files() -> Mapping[str, Path]:
    """The file of every fact and table of a district by its name; a fact is any file in `facts/`."""
    facts = {file.stem: file for file in sorted(_ROOM.glob("facts/**/*.sql"))}
    return MappingProxyType(facts | {table.name: _ROOM / "tables" / f"{table.name}.sql" for table in RECONCILED})


@cache
def district_queries() -> Mapping[str, str]:
    """The query of every fact and table of a district by its name, in no order.

    Raises:
        UnknownCodeError: one names a code that is not of the vocabulary.

    """
    reasons = " union all by name ".join(_reason_query(reason) for reason in REASONS)
    return MappingProxyType(
        {name: file.read_text("utf-8") for name, file in sql_files().items()} | {REASON_ROWS: reasons}
    )
