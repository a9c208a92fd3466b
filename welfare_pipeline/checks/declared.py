"""The checks that follow from the contract alone: what `sources.py` and `tables.py` declare of a landed table.

Ingest lets no other rows pass, so a failure is a fault of the pipeline and holds the district back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from welfare_pipeline.checks.finding import CheckSpec
from welfare_pipeline.contracts.column import Source
from welfare_pipeline.contracts.sources import Sources
from welfare_pipeline.contracts.tables import PARTITION, TABLE_BY_NAME
from welfare_pipeline.contracts.vocabulary import CardStatus, NikStatus, Severity


class Demand(StrEnum):
    """What is declared of a column; the value is the check's name in a table with a check for each."""

    FILLED = "required_values_are_present"
    CODED = "codes_are_known"
    BOUNDED = "numbers_are_in_range"
    UNIQUE = "keys_are_unique"


DESCRIPTIONS = {
    Demand.FILLED: "Every value that the contract requires is there",
    Demand.CODED: "coded values are of their code list",
    Demand.BOUNDED: "numbers are within their declared range",
    Demand.UNIQUE: "no row number stands twice",
}
WHOLE_CONTRACT = "rows_follow_the_contract"
STATUSES = {"nik_status": tuple(NikStatus), "card_status": tuple(CardStatus)}


@dataclass(frozen=True)
class ColumnRule:
    """One demand on one column: `codes` for CODED, inclusive `bounds` for BOUNDED."""

    demand: Demand
    column: str
    codes: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None


@dataclass(frozen=True)
class ContractCheck:
    """One reported check of a list's table, and the column rules behind it."""

    source: str
    spec: CheckSpec
    rules: tuple[ColumnRule, ...]


def contract_checks(sources: Sources) -> tuple[ContractCheck, ...]:
    """One check per list, and one per demand for the two lists that no district can do without."""
    return tuple(check for source in sources.lists for check in _checks(source))


def _checks(source: Source) -> Iterator[ContractCheck]:
    rules = column_rules(source)
    if not source.required:
        description = "; ".join(DESCRIPTIONS.values()) + "."
        yield ContractCheck(source.name, _spec(source, WHOLE_CONTRACT, description), rules)
        return
    for demand in Demand:
        chosen = tuple(rule for rule in rules if rule.demand is demand)
        if chosen:
            description = DESCRIPTIONS[demand].capitalize() + "."
            yield ContractCheck(source.name, _spec(source, demand.value, description), chosen)


def _spec(source: Source, check: str, description: str) -> CheckSpec:
    return CheckSpec(
        source.asset, check, Severity.BLOCKING, f"{description} Not executed until there are rows of {source.name}."
    )


def column_rules(source: Source) -> tuple[ColumnRule, ...]:
    """What the contract demands of the columns of a landed table."""
    columns = TABLE_BY_NAME[source.table].columns
    required = {c.name for c in source.columns if c.required and not (source.about_people and c.name == "name")}
    return (
        *(ColumnRule(Demand.FILLED, c.name) for c in columns if _must_be_filled(c.name, c.nullable, required)),
        *(ColumnRule(Demand.CODED, c.name, codes=STATUSES[c.name]) for c in columns if c.name in STATUSES),
        *(
            ColumnRule(Demand.CODED, c.name, codes=tuple(c.codes.values))
            for c in source.columns
            if c.codes and not c.blank_means_all  # where a code nobody knows stays as landed
        ),
        *(ColumnRule(Demand.BOUNDED, c.name, bounds=c.bounds) for c in source.columns if c.bounds),
        ColumnRule(Demand.UNIQUE, "row_id"),
    )


def _must_be_filled(name: str, nullable: bool, required: set[str]) -> bool:  # noqa: FBT001
    return name in required or not (nullable or name in {column.name for column in PARTITION})
