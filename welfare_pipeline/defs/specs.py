"""How a table of the contract looks in Dagster: its asset, with columns, owner and a description for managers."""

from collections.abc import Iterable, Iterator

import dagster as dg

from welfare_pipeline.contracts.column import Column, Source, Table
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.contracts.table_words import ROW_PER_ID
from welfare_pipeline.contracts.tables import LANDED_FILES
from welfare_pipeline.contracts.words import Language
from welfare_pipeline.defs.in_words import BOTH, Languages
from welfare_pipeline.lake import Partition

NO_CONFIG: dict[str, object] = {}  # a launch that configures a step is refused
OWNER = "team:social-affairs-data"
GROUPS = {
    "publication": "2_worklists_and_reports",
    "reconciliation": "3_findings_and_summaries",
    "linkage": "4_who_is_the_same_person",
    "landing": "5_lists_that_landed",
}
OWNERS = {
    "1_month_at_a_glance": ["team:head-of-social-office", OWNER],
    "2_worklists_and_reports": ["team:head-of-social-office", OWNER],
    "3_findings_and_summaries": ["team:verification", OWNER],
    "4_who_is_the_same_person": ["team:verification", OWNER],
    "5_lists_that_landed": ["team:list-senders", OWNER],
    "policy": ["team:head-of-social-office", OWNER],
}
PARAGRAPH = "\n\n"
_WORDS = {
    Language.ENGLISH: (
        "One row per {}.",
        "When the list does not arrive: {}.",
        "Columns tagged pii never leave the district's own database.",
    ),
    Language.INDONESIAN: (
        "Satu baris per {}.",
        "Bila daftarnya tidak masuk: {}.",
        "Kolom bertanda pii tidak pernah keluar dari basis data kabupaten/kota itu sendiri.",
    ),
}
_WITHOUT_IT = {source.table: (source.without_it, source.without_it_id) for source in FIXED}


def asset_spec(table: Table, group: str, deps: Iterable[str] = (), languages: Languages = BOTH) -> dg.AssetSpec:
    """The asset of a table made by the stage `group` from the tables `deps`, described in these languages."""
    return dg.AssetSpec(
        table.name,
        deps=list(deps),
        description=description(table, languages),
        metadata=column_schema(table),
        group_name=GROUPS[group],
        owners=OWNERS[GROUPS[group]],
        kinds={"duckdb", "parquet"},
        tags={"audience": table.audience.value},
    )


def list_spec(source: Source, table: Table, languages: Languages = BOTH) -> dg.AssetSpec:
    """The asset of one programme's list, whose rows lie in `table`."""
    described = _described(table, (source.without_it, source.without_it_id), languages)
    return asset_spec(table, "landing").replace_attributes(key=dg.AssetKey(source.asset), description=described)


def list_materializations(partition: Partition, programmes: Iterable[str]) -> Iterator[dg.MaterializeResult[None]]:
    """As `materializations`, for programmes' lists."""
    with partition.look(LANDED_FILES.name) as con:
        accepted = con.execute(
            "from landed_files select source, sum(rows_accepted) where state = 'accepted' group by source"
        )
        rows = {source: int(count) for source, count in accepted.fetchall()}
    for programme in programmes:
        yield _materialization(programme, rows.get(programme))


def materializations(partition: Partition, tables: Iterable[Table]) -> Iterator[dg.MaterializeResult[None]]:
    """One result with its row count for each of the tables; that of a list that did not arrive has no rows.

    (Dagster would skip every later step for an asset left out.)
    """
    for table in tables:
        yield _materialization(table.name, partition.rows(table.name))


def _materialization(asset: str, rows: int | None) -> dg.MaterializeResult[None]:
    return dg.MaterializeResult(
        asset_key=asset, metadata={"dagster/partition_row_count": rows or 0, "arrived": rows is not None}
    )


def column_schema(table: Table) -> dict[str, dg.TableSchema]:
    """The columns as Dagster shows them, those with identities tagged."""
    return {"dagster/column_schema": dg.TableSchema(columns=[_column(column) for column in table.columns])}


def description(table: Table, languages: Languages = BOTH) -> str:
    """What the table holds, in a manager's words; of several languages English stands first."""
    return _described(table, _WITHOUT_IT.get(table.name, ("", "")), languages)


def _described(table: Table, missing: tuple[str, str], languages: Languages) -> str:
    rows = (table.row_per, ROW_PER_ID.get(table.name, table.row_per))
    named = any(column.identity for column in table.columns)
    told = {
        language: PARAGRAPH.join(
            [one_row.format(rows[i])] + [absent.format(missing[i])] * bool(missing[i]) + [tagged] * named
        )
        for i, (language, (one_row, absent, tagged)) in enumerate(_WORDS.items())
    }
    return PARAGRAPH.join(text for language, text in told.items() if language in languages)


def _column(column: Column) -> dg.TableColumn:
    return dg.TableColumn(
        name=column.name,
        type=column.type,
        description=column.description,
        constraints=dg.TableColumnConstraints(nullable=column.nullable),
        tags={"pii": ""} if column.identity else {},
    )
