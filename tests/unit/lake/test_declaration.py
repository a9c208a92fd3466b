"""A table that is not as the contract declares it is not drafted; the error says where and how often, not what."""

from typing import Any

import duckdb
import polars as pl
import pytest

from welfare_pipeline.contracts.tables import TABLE_BY_NAME, TABLES
from welfare_pipeline.lake import DataRoot, DeclarationError, Rule

SITI_NIK = "1401015506800001"
RULES: dict[str, Any] = {
    "place": 1,
    "programme": "pkh",
    "label_id": "PKH",
    "label_en": "Family hope",
    "unit": "family",
    "registry": "off_target",
    "legal_basis": "Permensos 1/2018",
    "decile_limit": 4,
    "minimum_age": None,
    "maximum_age": None,
    "grace_months": 0,
}


def rules(*changed: dict[str, Any]) -> pl.DataFrame:
    """The table `programme_rules` with a row for each change of PKH's."""
    table = TABLE_BY_NAME["programme_rules"]
    rows = [{"period": "2021-11", "district_code": "1401", **RULES, **change} for change in changed]
    kinds = {"VARCHAR": pl.String, "BIGINT": pl.Int64}
    return pl.DataFrame(rows, schema={column.name: kinds[column.type] for column in table.columns})


BROKEN = {
    "a value that must be there": (rules({}, {"place": 2, "label_id": None}), "label_id", Rule.NOT_NULL, 1),
    "a misspelt code": (rules({"registry": "off_targt"}), "registry", Rule.CODES, 1),
    "a row that stands three times": (rules({}, {}, {}), "place", Rule.UNIQUE, 2),
    "a column of another type": (rules({}).cast({"decile_limit": pl.String}), "decile_limit", Rule.DECLARED, 0),
}


@pytest.mark.parametrize(("frame", "column", "rule", "rows"), BROKEN.values(), ids=BROKEN.keys())
def test_a_frame_that_breaks_its_declaration_is_not_drafted(
    root: DataRoot, frame: pl.DataFrame, column: str, rule: Rule, rows: int
) -> None:
    with root.nothing("2021-11", "1401").draft() as draft:
        with pytest.raises(DeclarationError, match=f"programme_rules .*1401.*{column}") as refused:
            draft.write_frame("programme_rules", frame)
        partition = draft.accept()
    assert [(breach.column, breach.rule, breach.rows) for breach in refused.value.breaches] == [(column, rule, rows)]
    assert partition.tables() == []


def test_a_frame_as_declared_is_drafted(root: DataRoot) -> None:
    with root.nothing("2021-11", "1401").draft() as draft:
        draft.write_frame("programme_rules", rules({}, {"place": 2, "programme": "yapi", "unit": "person"}))
        partition = draft.accept()
    assert partition.rows("programme_rules") == 2


def test_a_query_is_held_to_the_declaration_too_and_no_value_is_told(root: DataRoot) -> None:
    values = ", ".join(f"null::{c.type} as {c.name}" for c in TABLE_BY_NAME["recipient_reasons"].columns[2:-1])
    with root.partition("2021-11", "1401").draft() as draft, draft.connect() as con:
        with pytest.raises(DeclarationError, match=r"row_id: 1 rows break the rule 'not null'") as refused:
            draft.write_query(con, "recipient_reasons", f"select {values}, '{SITI_NIK}' as evidence_id")
        assert not draft.path("recipient_reasons").exists()
    assert SITI_NIK not in str(refused.value)


def test_each_code_of_a_list_is_held(root: DataRoot) -> None:
    told = "select 1 as row_id, 'DECEASED' as reason, 'x' as evidence, 'x' as evidence_id, [] as evidence_items, "
    told += "'certain' as certainty"
    table = TABLE_BY_NAME["unregistered_poor_households"]
    names = {"household_key": "'k'", "members": "1", "evidence": "['PROPOSED', 'PROPOSD']", "blockers": "[]"}
    names |= {"certainty": "'certain'", "recommended_action": "'Visit'", "sources": "[]", "next_step": "'PROPOSE'"}
    row = ", ".join(f"{names.get(c.name, 'null')} as {c.name}" for c in table.columns[2:])
    with root.partition("2021-11", "1401").draft() as draft, draft.connect() as con:
        draft.write_query(con, "recipient_reasons", told)
        with pytest.raises(DeclarationError, match="column evidence: 1 rows"):
            draft.write_query(con, table.name, f"select {row}")


def test_codes_are_published_as_text() -> None:
    coded = [column for table in TABLES for column in table.columns if column.codes]
    assert len(coded) > 50
    assert {column.type for column in coded} == {"VARCHAR", "VARCHAR[]"}


def test_every_declared_table_can_be_held(root: DataRoot) -> None:
    with root.partition("2021-11", "1401").draft() as draft, draft.connect() as con:
        for table in TABLES:
            empty = ", ".join(f'null::{c.type} as "{c.name}"' for c in table.columns)
            draft.write_query(con, table.name, f"select {empty} where false")
            assert draft.path(table.name).exists()
            with pytest.raises((DeclarationError, duckdb.Error)):
                draft.write_query(con, table.name, f"select {empty} from range(2)")
