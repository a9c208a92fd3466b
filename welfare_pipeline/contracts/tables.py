"""Every table of the lake and of the published databases, declared once.

A table is one Parquet file per period and district; those for analysts are published without identity columns.
The tables of landed rows are derived from `sources.py`. Each other table has one .sql file in its stage's room.
"""

from welfare_pipeline.contracts.column import DUCKDB_TYPES, Audience, Column, Kind, Source, Table
from welfare_pipeline.contracts.sources import SOURCES
from welfare_pipeline.contracts.vocabulary import REASON_RULES, Programme, Reason

PERIOD = Column("period", "VARCHAR", "Month YYYY-MM", nullable=False)
DISTRICT = Column("district_code", "VARCHAR", "4-digit Kemendagri code of the kabupaten / kota", nullable=False)
PARTITION = (PERIOD, DISTRICT)
SOURCE_ROW = (
    Column("source_file", "VARCHAR", "Landed file", nullable=False),
    Column("source_row", "BIGINT", "Data row in that file, from 1", nullable=False),
)
ORIGIN = (Column("source", "VARCHAR", "Kind of list the row came from", nullable=False), *SOURCE_ROW)
ROW_ID = Column(
    "row_id", "BIGINT", "Number of the landed row in file order, unique within period and district", nullable=False
)
VILLAGE = Column("village_code", "VARCHAR", "10-digit village code; empty: the village is not known")
PERSON_KEY = Column("person_key", "VARCHAR", "Keyed hash of the person: stable across months, not reversible")
FAMILY_KEY = Column("family_key", "VARCHAR", "Keyed hash of the family: stable across months, not reversible")
IDENTITIES = (
    Column("nik", "VARCHAR", "NIK as landed", identity=True),
    Column("name", "VARCHAR", "Name as landed", identity=True),
    Column("family_card_number", "VARCHAR", "Family card number as landed", identity=True),
    Column("address", "VARCHAR", "Street address", identity=True),
)
MATCH = (
    Column("match_method", "VARCHAR", "nik, family_card, probabilistic, confirmed or none"),
    Column("match_band", "VARCHAR", "same, review or different"),
    Column("match_probability", "DOUBLE", "Probability that the linked registry person is this person, 0..1"),
)


def _landed_table(source: Source) -> Table:
    columns: list[Column] = [*PARTITION, ROW_ID, *SOURCE_ROW]
    for column in source.columns:
        columns.append(Column(column.name, DUCKDB_TYPES[column.kind], column.description, identity=column.identity))
        if column.kind is Kind.NIK:
            columns.append(Column("nik_status", "VARCHAR", "What the NIK is worth", nullable=False))
            columns.append(Column("nik_warnings", "VARCHAR[]", "sex_mismatch, birth_date_mismatch", nullable=False))
        if column.kind is Kind.CARD:
            columns.append(Column("card_status", "VARCHAR", "What the family card number is worth", nullable=False))
    return Table(source.table, source.row_per, tuple(columns), ("row_id",), Audience.DISTRICT, stage="ingest")


LANDED: tuple[Table, ...] = tuple(_landed_table(source) for source in SOURCES)

# The record of a delivery: published for a district that is held back, too (it says why).
LANDED_FILES = Table(
    "landed_files",
    "landed file",
    (
        *PARTITION,
        Column("source", "VARCHAR", "Kind of list; empty: no known source"),
        Column("source_file", "VARCHAR", "Landed file", nullable=False),
        Column("rows_landed", "BIGINT", "Data rows in the file", nullable=False),
        Column("rows_accepted", "BIGINT", "Rows used", nullable=False),
        Column("rows_rejected", "BIGINT", "Rows in rejected_rows", nullable=False),
        Column("sha256", "VARCHAR", "Hash of the file's bytes", nullable=False),
        Column("columns_ignored", "VARCHAR[]", "Headers nobody knows", nullable=False),
        Column("state", "VARCHAR", "accepted or rejected", nullable=False),
        Column("error", "VARCHAR", "Why the file was rejected and what to do"),
    ),
    ("source_file",),
    stage="ingest",
)
REJECTED_ROWS = Table(
    "rejected_rows",
    "landed row that could not be used",
    (
        *PARTITION,
        *ORIGIN,
        Column("reason", "VARCHAR", "Why: see RejectionReason", nullable=False),
        Column("column_name", "VARCHAR", "The offending column"),
        Column("value", "VARCHAR", "The offending value", identity=True),
    ),
    ("source", "source_file", "source_row"),
    stage="ingest",
)
UNREADABLE_VALUES = Table(
    "unreadable_values",
    "file and optional column with values that could not be read and became empty",
    (
        *PARTITION,
        Column("source", "VARCHAR", "Kind of list", nullable=False),
        Column("source_file", "VARCHAR", "Landed file", nullable=False),
        Column("column_name", "VARCHAR", "Column", nullable=False),
        Column("rows", "BIGINT", "Rows whose value became empty", nullable=False),
        Column("first_row", "BIGINT", "The first such row", nullable=False),
    ),
    ("source_file", "column_name"),
    Audience.INTERNAL,
    stage="ingest",
)
CHECK_RESULTS = Table(
    "check_results",
    "data-quality check",
    (
        *PARTITION,
        Column("table", "VARCHAR", "Table or list checked", nullable=False),
        Column("check", "VARCHAR", "The check, a sentence in snake case", nullable=False),
        Column("severity", "VARCHAR", "blocking: the district is held back; warning: it goes on", nullable=False),
        Column("passed", "BOOLEAN", "Whether it passed", nullable=False),
        Column("failing_rows", "BIGINT", "Rows that do not meet it"),
        Column("rows", "BIGINT", "Rows checked"),
        Column("share", "DOUBLE", "Failing rows / rows, 0..1"),
        Column("explanation", "VARCHAR", "What was found, in plain words and figures", nullable=False),
    ),
    ("table", "check"),
    stage="checks",
)
RECORDS = (LANDED_FILES, REJECTED_ROWS, UNREADABLE_VALUES, CHECK_RESULTS)

LINKS = Table(
    "links",
    "landed row that names a person",
    (
        *PARTITION,
        ROW_ID,
        Column("source", "VARCHAR", "Kind of list", nullable=False),
        Column("person_id", "BIGINT", "Number of the person: the smallest row_id of the same person", nullable=False),
        Column("registry_row_id", "BIGINT", "row_id of the registry person in band same (or the candidate in review)"),
        *MATCH,
        Column("person_key", "VARCHAR", "Keyed hash of the person", nullable=False),
        Column("family_key", "VARCHAR", "Keyed hash of the family", nullable=False),
    ),
    ("row_id",),
    Audience.INTERNAL,
    stage="linkage",
)
_AGREEMENT_FIELDS = ("nik", "name", "birth_date", "family_card", "mother_name", "sex", "village")
REVIEW_PAIRS = Table(
    "review_pairs",
    "pair that people have to settle: a landed row and the registry person it may be",
    (
        *PARTITION,
        Column("pair_id", "VARCHAR", "Stable while the pair stands", nullable=False),
        *ORIGIN,
        PERSON_KEY,
        Column("registry_person_key", "VARCHAR", "Keyed hash of the registry person"),
        Column("match_probability", "DOUBLE", "Probability that they are one person, 0..1"),
        *(
            Column(f"{field}_agreement", "VARCHAR", f"How the {field} compares: same, similar, different or missing")
            for field in _AGREEMENT_FIELDS
        ),
        Column("explanation", "VARCHAR", "Why the pair is not settled by itself", nullable=False),
        VILLAGE,
        *IDENTITIES,
        Column("registry_nik", "VARCHAR", "NIK in the registry", identity=True),
        Column("registry_name", "VARCHAR", "Name in the registry", identity=True),
        Column("registry_family_card_number", "VARCHAR", "Family card in the registry", identity=True),
    ),
    ("pair_id",),
    stage="linkage",
)

RECIPIENT_REASONS = Table(
    "recipient_reasons",
    "accepted recipient row and reason",
    (
        *PARTITION,
        ROW_ID,
        Column("reason", "VARCHAR", "See Reason", nullable=False),
        Column("evidence", "VARCHAR", "What it rests on: which list, row and date", nullable=False),
    ),
    ("row_id", "reason"),
    Audience.INTERNAL,
)
_OUTCOME = (
    *PARTITION,
    Column("programme", "VARCHAR", "Programme the row receives from", nullable=False),
    *ORIGIN,
    PERSON_KEY,
    FAMILY_KEY,
    VILLAGE,
    Column("outcome", "VARCHAR", "off_target, to_verify, unresolved or on_target", nullable=False),
    Column("primary_reason", "VARCHAR", "The first of the reasons by precedence"),
    Column("reasons", "VARCHAR[]", "Every reason that applies, by precedence", nullable=False),
    *MATCH,
)
RECIPIENT_OUTCOMES = Table(
    "recipient_outcomes",
    "accepted recipient row",
    (*_OUTCOME, *IDENTITIES),
    ("programme", "source_file", "source_row"),
)
OFF_TARGET_RECIPIENTS = Table(
    "off_target_recipients",
    "recipient row that is off target or has to be verified",
    (
        *_OUTCOME,
        Column("certainty", "VARCHAR", "certain, or to_verify in the field", nullable=False),
        Column("evidence", "VARCHAR", "What it rests on: which list, row and date", nullable=False),
        Column("legal_basis", "VARCHAR", "The rule behind the primary reason", nullable=False),
        Column("recommended_action", "VARCHAR", "What to do about the primary reason", nullable=False),
        *IDENTITIES,
    ),
    ("programme", "source_file", "source_row"),
)
UNREGISTERED_POOR_HOUSEHOLDS = Table(
    "unregistered_poor_households",
    "household with evidence of poverty that is not, or not wholly, in the registry",
    (
        *PARTITION,
        Column("household_key", "VARCHAR", "Keyed hash of the family card, else of the single person", nullable=False),
        VILLAGE,
        Column("members", "BIGINT", "Unregistered members named by the evidence", nullable=False),
        Column("registration", "VARCHAR", "none: nobody is registered; partial: the named members are missing"),
        Column("evidence", "VARCHAR[]", "PROPOSED, JUDGED_ELIGIBLE, RECIPIENT_FAMILY", nullable=False),
        Column("blockers", "VARCHAR[]", "What stands in the way of registration", nullable=False),
        Column("certainty", "VARCHAR", "certain, or possible while a link is unsettled", nullable=False),
        Column("recommended_action", "VARCHAR", "What to do next", nullable=False),
        Column("sources", "STRUCT(source_file VARCHAR, source_row BIGINT)[]", "The rows it rests on", nullable=False),
        Column("family_card_number", "VARCHAR", "Family card number as landed", identity=True),
        Column("member_names", "VARCHAR[]", "Names of the members", identity=True),
        Column("member_niks", "VARCHAR[]", "NIKs of the members", identity=True),
    ),
    ("household_key",),
)
UNSERVED_REGISTERED_HOUSEHOLDS = Table(
    "unserved_registered_households",
    "registered family within the limits that no programme reaches",
    (
        *PARTITION,
        Column("family_key", "VARCHAR", "Keyed hash of the family", nullable=False),
        VILLAGE,
        Column("members", "BIGINT", "Active registered members", nullable=False),
        Column("decile", "BIGINT", "Lowest decile of the members; empty: the registry has none"),
        Column("family_card_number", "VARCHAR", "Family card number", identity=True),
    ),
    ("family_key",),
)
IDENTITY_REPAIRS = Table(
    "identity_repairs",
    "person row with a broken or unconfirmed identity",
    (
        *PARTITION,
        *ORIGIN,
        PERSON_KEY,
        VILLAGE,
        Column("nik_status", "VARCHAR", "What the NIK is worth", nullable=False),
        Column("warnings", "VARCHAR[]", "sex_mismatch, birth_date_mismatch, nik_differs_from_registry, shared_nik"),
        Column("civil_status", "VARCHAR", "What the civil registry says of the NIK: AKTIF, MD, PD, TT"),
        Column("suggested_registry_person_key", "VARCHAR", "The registry person whose NIK may be the right one"),
        Column("recommended_action", "VARCHAR", "What to do", nullable=False),
        *IDENTITIES,
        Column("suggested_nik", "VARCHAR", "NIK of that registry person", identity=True),
    ),
    ("source", "source_file", "source_row"),
)

_COUNTS = (
    Column("off_target", "BIGINT", "Rows off target", nullable=False),
    Column("to_verify", "BIGINT", "Rows to be confirmed in the field", nullable=False),
    Column("unresolved", "BIGINT", "Rows whose identity cannot be settled", nullable=False),
    Column("on_target", "BIGINT", "Rows on target", nullable=False),
)
_HOUSEHOLD_COUNTS = (
    Column("unregistered_households_certain", "BIGINT", "Unregistered poor households, certain", nullable=False),
    Column("unregistered_households_possible", "BIGINT", "Unregistered poor households, possible", nullable=False),
    Column("unserved_households", "BIGINT", "Registered families that no programme reaches", nullable=False),
)


def _per_programme(prefix: str, words: str) -> tuple[Column, ...]:
    return tuple(Column(f"{prefix}_{p}", "BIGINT", f"{words} of {p}", nullable=False) for p in Programme)


_AREA_MEASURES = (
    Column("population", "BIGINT", "People, from the civil registry's count"),
    Column("registry_persons", "BIGINT", "Active persons in the social registry", nullable=False),
    Column("registry_families", "BIGINT", "Families with an active person in the registry", nullable=False),
    Column("registry_coverage", "DOUBLE", "registry_persons / population"),
    Column("recipients", "BIGINT", "Accepted recipient rows of all programmes", nullable=False),
    Column("persons", "BIGINT", "Distinct recipients of all programmes", nullable=False),
    *_per_programme("recipients", "Accepted recipient rows"),
    *_per_programme("persons", "Distinct recipients"),
    *_COUNTS,
)
DISTRICT_SUMMARY = Table(
    "district_summary",
    "district",
    (
        *PARTITION,
        Column("district_name", "VARCHAR", "Name of the district"),
        *_AREA_MEASURES,
        Column("rejected", "BIGINT", "Landed recipient rows that could not be used", nullable=False),
        *_HOUSEHOLD_COUNTS,
        Column("control_totals_published", "BIGINT", "Published figures compared", nullable=False),
        Column("control_totals_differing", "BIGINT", "Published figures that differ from the count", nullable=False),
    ),
    ("district_code",),
)
VILLAGE_SUMMARY = Table(
    "village_summary",
    "village (and one row without code for rows whose village is not known)",
    (
        *PARTITION,
        VILLAGE,
        Column("village_name", "VARCHAR", "Village"),
        Column("subdistrict_name", "VARCHAR", "Sub-district"),
        *_AREA_MEASURES,
        *_HOUSEHOLD_COUNTS,
        Column("meeting_held", "BOOLEAN", "Whether the village held its meeting; empty: not reported"),
        Column("registry_list_received", "BOOLEAN", "Whether the village has the registry list"),
        Column("recipient_list_received", "BOOLEAN", "Whether the village has the recipient lists"),
    ),
    ("village_code",),
)
PROGRAMME_SUMMARY = Table(
    "programme_summary",
    "programme",
    (
        *PARTITION,
        Column("programme", "VARCHAR", "Programme", nullable=False),
        Column("rows_landed", "BIGINT", "Landed rows", nullable=False),
        Column("rows_accepted", "BIGINT", "Rows used", nullable=False),
        Column("rows_rejected", "BIGINT", "Rows that could not be used", nullable=False),
        Column("distinct_persons", "BIGINT", "Distinct recipients", nullable=False),
        *_COUNTS,
        *(Column(reason.lower(), "BIGINT", REASON_RULES[reason].meaning, nullable=False) for reason in Reason),
    ),
    ("programme",),
)
VILLAGE_READINESS = Table(
    "village_readiness",
    "village",
    (
        *PARTITION,
        Column("village_code", "VARCHAR", "10-digit village code", nullable=False),
        Column("village_name", "VARCHAR", "Village"),
        Column("subdistrict_name", "VARCHAR", "Sub-district"),
        Column("meeting_held", "BOOLEAN", "Whether the village held its meeting; empty: not reported"),
        Column("held_on", "DATE", "When"),
        Column("minutes_number", "VARCHAR", "Number of the signed minutes"),
        Column("registry_list_received", "BOOLEAN", "Whether the village has the registry list"),
        Column("recipient_list_received", "BOOLEAN", "Whether the village has the recipient lists"),
        Column("decisions", "BIGINT", "Decisions of this village up to the period's end", nullable=False),
        Column("proposals", "BIGINT", "People the village proposed", nullable=False),
        Column("ktp_eligible", "BIGINT", "People who must hold an e-KTP"),
        Column("ktp_recorded", "BIGINT", "People recorded for one"),
        Column("ktp_recorded_share", "DOUBLE", "ktp_recorded / ktp_eligible"),
    ),
    ("village_code",),
)
CONTROL_TOTALS = Table(
    "control_totals",
    "published figure",
    (
        *PARTITION,
        *SOURCE_ROW,
        Column("measure", "VARCHAR", "population, registry_persons, or a programme", nullable=False),
        Column("published", "BIGINT", "The figure as published", nullable=False),
        Column("counted", "BIGINT", "The figure as counted here; empty: the list did not arrive"),
        Column("difference", "BIGINT", "counted - published"),
        Column("unit", "VARCHAR", "What is counted"),
        Column("published_by", "VARCHAR", "Who published it"),
        Column("published_on", "DATE", "When it was published"),
    ),
    ("source_file", "source_row"),
)

RECONCILED: tuple[Table, ...] = (
    RECIPIENT_REASONS,
    RECIPIENT_OUTCOMES,
    OFF_TARGET_RECIPIENTS,
    UNREGISTERED_POOR_HOUSEHOLDS,
    UNSERVED_REGISTERED_HOUSEHOLDS,
    IDENTITY_REPAIRS,
    CONTROL_TOTALS,
    PROGRAMME_SUMMARY,
    VILLAGE_READINESS,
    VILLAGE_SUMMARY,
    DISTRICT_SUMMARY,
)
TABLES: tuple[Table, ...] = (*LANDED, *RECORDS, LINKS, REVIEW_PAIRS, *RECONCILED)
TABLE_BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
