"""PKH components: which a person meets, and what each pays, as macros and a table for queries, from the policy.

Who belongs to a family is decided in `facts/families`; what a family is paid in all, in `facts/money`.
"""

import duckdb
import polars as pl

from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.policy_contradictions import SCHOOL, WHOLE_FAMILY
from welfare_pipeline.lake import literal

AGE_UNKNOWN = "AGE_UNKNOWN"
_FINISHED = "(TAMAT|LULUS) *(SMA|SMK|MA|SLTA|D[1-4]|S[1-3])|KULIAH|DIPLOMA|SARJANA|PERGURUAN|^(D[1-4]|S[1-3])$"
_LEVELS = {  # a school level, and the age in completed years from which on a pupil of an unknown school is at it
    "SCHOOL_UPPER_SECONDARY": (r"\b(SMA|SMK|MA|MAK|SLTA|SMU|PAKET *C)\b", 16),
    "SCHOOL_LOWER_SECONDARY": (r"\b(SMP|MTS|SLTP|PAKET *B)\b", 13),
    "SCHOOL_PRIMARY": (r"\b(SD|MI|SDLB|PAKET *A)\b", 0),
}


def make_components(con: duckdb.DuckDBPyConnection, policy: Policy, period: str) -> None:
    """Macros of a person's components, and `component_amounts`: what each pays in the period.

    `components_met(age, pregnant, disability, school_level)`: the components of somebody of that age, a list.
    `paid_component(component, age, school_level)`: the one whose amount is paid: of a pupil that of the school.
    `component_amounts`: component, place, rupiah a year, members of a family at most, and the most of all of them.
    """
    con.execute(f"create macro components_met(age, pregnant, disability, school_level) as {_met(policy)}")
    con.execute(f"create macro paid_component(component, age, school_level) as {_paid()}")
    frame = pl.DataFrame(
        policy.component_amounts(period),
        schema={"component": pl.String, "yearly": pl.Int64, "at_most": pl.Int64},
        orient="row",
    )
    most = pl.lit(policy.pkh_limits[WHOLE_FAMILY], pl.Int64)
    con.register("amounts_of_policy", frame.with_row_index("place").with_columns(family_at_most=most))
    con.execute("create table component_amounts as from amounts_of_policy")
    con.unregister("amounts_of_policy")


def _met(policy: Policy) -> str:
    finished = f"coalesce(regexp_matches(upper(school_level), {literal(_FINISHED)}), false)"
    ages = [
        f"case when age between {part.minimum_age} and {part.maximum_age}"
        f"{f' and not {finished}' if part.name == SCHOOL else ''} then {literal(part.name)} end"
        for part in policy.pkh_components
    ]
    known = [
        "case when pregnant then 'PREGNANT' end",
        "case when disability <> 'NONE' then 'DISABILITY' end",
        f"case when age is null or age < 0 then {literal(AGE_UNKNOWN)} end",
    ]
    return f"list_filter([{', '.join((*ages, *known))}], lambda met: met is not null)"


def _paid() -> str:
    written = " ".join(
        f"when regexp_matches(upper(school_level), {literal(words)}) then {literal(level)}"
        for level, (words, _) in _LEVELS.items()
    )
    by_age = " ".join(f"when age >= {age} then {literal(level)}" for level, (_, age) in _LEVELS.items())
    return f"case when component <> {literal(SCHOOL)} then component {written} {by_age} end"
