"""One district's month: facts, reasons and the published tables, each a .sql file made when those it reads are made."""

from importlib.resources import files

import duckdb

from welfare_pipeline.contracts.areas import district_name
from welfare_pipeline.contracts.code_lists import FAMILY_UNIT
from welfare_pipeline.contracts.period import last_day, previous
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.tables import RECONCILED, TABLE_BY_NAME
from welfare_pipeline.contracts.vocabulary import REASON_RULES, Reason
from welfare_pipeline.lake import Draft, only_named, replace_view
from welfare_pipeline.reconcile.side_by_side import make_side_by_side

RESHAPED = ("people", "recipient_rows", "identity_rows")  # views: nothing to compute twice
PLAIN_ADDRESS = (  # JL. SAWIT NO. 12 and Jl Sawit N° 12 are one
    "create macro plain_address(address) as regexp_replace(upper(address), 'N(OMOR|O)?[^A-Z0-9]+|[^A-Z0-9]+', '', 'g')"
)
FACTS = (
    "oversize_cards",
    "registry_people",
    "active_cards",
    "active_people",
    "recipients",
    "disputed_numbers",
    "claimed_people",
    "stray_cards",
    "recipient_cards",
    "twice_listed",
    "family_repeats",
    "decisions",
    "decision_cards",
    "concerning_decisions",
    "standing_decisions",
    "standing_presence",
    "covered_recipients",
    "outside_registry",
    "ages",
    "listed_people",
    "family_members",
    "spouses",
    "pkh_members",
    "pkh_components",
    "payments",
    "civil_people",
    "listed_presence",
    "presence_facts",
    "civil_numbers",
    "ineligible_people",
    "ineligible_cards",
    "poverty_evidence",
    "villages",
    "married_people",
    "counted_totals",
    "outcomes",
)
REMEMBERED = (  # of the month before
    "recipient_outcomes",
    "registry",
    "links",
    "proposal_progress",
    "off_target_recipients",
    "complaint_findings",
    "eligibility_decisions",
    "landed_files",
)
_ROOM = files("welfare_pipeline.reconcile")


def reconcile_district(draft: Draft, policy: Policy) -> None:
    """Draft every table of `contracts.tables.RECONCILED` from the partition's landed tables and links.

    Raises:
        duckdb.Error: a table of the partition lacks a declared column.

    """
    period, district = draft.partition.period, draft.partition.district
    values = {
        "period": period,
        "period_end": last_day(period),
        "previous_period_end": last_day(previous(period)),
        "district_name": district_name(district),
        "family_unit": FAMILY_UNIT,
        "minimum_wage": policy.minimum_wage(period, district),
        **policy.thresholds,
    }
    facts = {fact: query_of("facts", fact) for fact in FACTS}
    facts["reason_rows"] = " union all by name ".join(_reason_query(reason) for reason in Reason)
    tables = {table.name: query_of("tables", table.name) for table in RECONCILED}

    def make(cursor: duckdb.DuckDBPyConnection, name: str) -> None:
        if name in tables:
            draft.write_query(cursor, name, tables[name], **values)
        else:
            cursor.execute(f'create table "{name}" as {facts[name]}', only_named(facts[name], values))

    with draft.connect() as con:
        _load_rules(con, policy, period)
        before = draft.partition.month(previous(period))
        for name in REMEMBERED:
            replace_view(con, TABLE_BY_NAME[name], before.path(name), name=f"previous_{name}")
        for view in RESHAPED:
            con.execute(f'create view "{view}" as {query_of("facts", view)}')
        con.execute(PLAIN_ADDRESS)
        make_side_by_side(con, facts | tables, make)


def _load_rules(con: duckdb.DuckDBPyConnection, policy: Policy, period: str) -> None:
    rules = policy.rules(period)
    con.execute(
        "create table programme_rules (programme varchar, unit varchar, registry varchar, legal_basis varchar, "
        "decile_limit bigint, minimum_age bigint, maximum_age bigint)"
    )
    con.executemany(
        "insert into programme_rules values (?, ?, ?, ?, ?, ?, ?)",
        [(r.programme, r.unit, r.registry, r.legal_basis, r.decile_limit, r.minimum_age, r.maximum_age) for r in rules],
    )
    con.execute("create table programme_exclusions (programme varchar, excluding varchar)")
    exclusions = [(rule.programme, other) for rule in rules for other in rule.yields_to]
    if exclusions:
        con.executemany("insert into programme_exclusions values (?, ?)", exclusions)
    con.execute("create table pkh_component_ages (name varchar, minimum_age bigint, maximum_age bigint)")
    con.executemany(
        "insert into pkh_component_ages values (?, ?, ?)",
        [(c.name, c.minimum_age, c.maximum_age) for c in policy.pkh_components],
    )
    con.execute(
        "create table reason_rules (reason varchar, precedence bigint, certainty varchar, "
        "legal_basis varchar, recommended_action varchar)"
    )
    con.executemany(
        "insert into reason_rules values (?, ?, ?, ?, ?)",
        [
            (reason, place, rule.certainty, rule.legal_basis, rule.recommended_action)
            for place, (reason, rule) in enumerate(REASON_RULES.items())
        ],
    )


def _reason_query(reason: Reason) -> str:
    query = query_of("reasons", reason.lower())
    return f"select '{reason}' as reason, * from ({query})"  # noqa: S608  a word of the vocabulary


def query_of(folder: str, name: str) -> str:
    """The text of `<folder>/<name>.sql` of this room."""
    return _ROOM.joinpath(folder, f"{name}.sql").read_text("utf-8")
