"""Every table of the lake and of the published databases, declared once.

A table is one Parquet file per period and district; those for analysts are published without identity columns.
The tables of landed rows are derived from `sources.py`. Each other table has one .sql file in its stage's room.
"""

from collections.abc import Iterable
from dataclasses import replace

from welfare_pipeline.contracts.code_lists import (
    CARD_HOLDER,
    COMPLAINT_KIND,
    DISPOSITION,
    ILLNESS,
    OBJECTION_OUTCOME,
    PAYMENT_STATUS,
    PROPOSAL_OUTCOME,
)
from welfare_pipeline.contracts.column import DUCKDB_TYPES, Audience, Column, Kind, Source, SourceColumn, Table
from welfare_pipeline.contracts.sources import FIXED, RECIPIENT_LIST
from welfare_pipeline.contracts.vocabulary import (
    Agreement,
    AmountBasis,
    Answer,
    AuditError,
    Blocker,
    CardStatus,
    Certainty,
    Change,
    ComplaintFinding,
    ConfirmedBy,
    Decision,
    DeliveryFinding,
    DepartureReason,
    DistrictState,
    Doubt,
    FacilitatorWarning,
    FileState,
    Guard,
    HouseholdCertainty,
    HouseholdStep,
    IdentityWarning,
    MatchBand,
    MatchMethod,
    NikCentury,
    NikStatus,
    NikWarning,
    Outcome,
    PaymentFinding,
    PbiMovement,
    PovertyEvidence,
    Presence,
    PriceFinding,
    ProposalPath,
    ProposalState,
    Registration,
    RegistryDemand,
    RejectionReason,
    RepairStep,
    ReturnedBecause,
    ReturnRequirement,
    Severity,
    StaleBecause,
    Unit,
    Urgency,
)
from welfare_pipeline.contracts.words import CATALOGUE, REASONS


def _coded(  # noqa: PLR0913  a declaration in one line
    name: str,
    codes: Iterable[str],
    words: str = "",
    *,
    kind: str = "VARCHAR",
    nullable: bool = True,
    listed: bool = True,
) -> Column:
    """A column that holds these codes only, which its description names (`listed`) behind the words."""
    held = tuple(str(code) for code in codes)
    named = " or ".join([", ".join(held[:-1]), held[-1]] if len(held) > 1 else held)
    description = ": ".join(part for part in (words, named if listed else "") if part)
    return Column(name, kind, description, nullable=nullable, codes=held)


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
    _coded("match_method", MatchMethod),
    _coded("match_band", MatchBand),
    Column("match_probability", "DOUBLE", "Probability that the linked registry person is this person, 0..1"),
    _coded("guard", Guard, "The guard of linkage that decided instead of the probability; empty: none"),
)
PROPOSAL = (
    _coded(
        "proposal_path",
        ProposalPath,
        "By which path SIKS-NG takes the proposal that this ends in; empty: there is none",
    ),
    Column("deadline_on", "DATE", "Last day of the next month on which it can be sent; empty: no proposal, or any day"),
)
DECILE_RANGE = (
    Column("decile_lowest", "BIGINT", "Lowest decile of what the list says: of `6-10` it is 6"),
    Column("decile_highest", "BIGINT", "Highest decile of what the list says: of `6-10` it is 10"),
    Column("unranked", "BOOLEAN", "Whether the list says that there is no decile; empty: it says nothing"),
)


_CARD_WORTH = "What the family card number is worth"
_POLICY_NAMES = ("programme", "measure")  # code lists that have the programmes of the policy


def _landed_column(source: Source, column: SourceColumn) -> Column:
    """A landed column: never empty if it is required (an identity can be purged), and of its code list."""
    is_needed = column.required and not column.identity and not (source.about_people and column.name == "name")
    is_closed = column.codes is not None and column.codes.name not in _POLICY_NAMES and not column.blank_means_all
    return Column(
        column.name,
        DUCKDB_TYPES[column.kind],
        column.description,
        nullable=not is_needed,
        identity=column.identity,
        codes=tuple(column.codes.values) if column.codes and is_closed and column.kind is Kind.CODE else (),
    )


def _landed_table(source: Source, *own: Column) -> Table:
    columns: list[Column] = [*PARTITION, ROW_ID, *own, *SOURCE_ROW]
    for column in source.columns:
        columns.append(_landed_column(source, column))
        if column.kind is Kind.NIK:
            columns.append(_coded("nik_status", NikStatus, "What the NIK is worth", nullable=False, listed=False))
            columns.append(_coded("nik_warnings", NikWarning, kind="VARCHAR[]", nullable=False))
        if column.kind is Kind.CARD:
            columns.append(_coded("card_status", CardStatus, _CARD_WORTH, nullable=False, listed=False))
        if column.kind is Kind.DECILE:
            columns.extend(DECILE_RANGE)
    return Table(source.table, source.row_per, tuple(columns), ("row_id",), Audience.DISTRICT, stage="ingest")


RECIPIENT_ROWS = _landed_table(
    RECIPIENT_LIST, Column("programme", "VARCHAR", "Programme whose list the row is of", nullable=False)
)
_STANDARD = (  # of every list that names people, as far as it has them
    "registry_id",
    "family_card_number",
    "card_status",
    "nik",
    "nik_status",
    "nik_warnings",
    "name",
    "birth_date",
    "sex",
    "mother_name",
    "relationship",
    "village_code",
    "address",
    "status",
    "status_date",
    "decile_lowest",
    "decile_highest",
    "unranked",
)
_ALWAYS = ("nik_status", "nik_warnings")


def _standard(name: str) -> Column:
    column = next(column for column in RECIPIENT_ROWS.columns if column.name == name)
    return replace(column, nullable=name not in _ALWAYS)


# Linkage, reconciliation, checks and worklists read these facts, and derive none of them again.
PERSON_ROWS = Table(
    "person_rows",
    "landed row that names a person, whatever the list",
    (
        *PARTITION,
        ROW_ID,
        Column("list", "VARCHAR", "List the row is of; a programme's list has the programme's name", nullable=False),
        Column(
            "may_repeat", "BOOLEAN", "The list names a person as often as there is something to say", nullable=False
        ),
        Column("programme", "VARCHAR", "Programme the row is about; empty: all, or none"),
        *SOURCE_ROW,
        *(_standard(name) for name in _STANDARD),
        Column("stage", "VARCHAR", "Payment stage: its number, else what landed; an empty text: none", nullable=False),
        Column("usable_card", "VARCHAR", "Family card number that is valid and proves a family", identity=True),
        Column("card_in_nik", "VARCHAR", "Such a card of the registry, where the NIK should be", identity=True),
        Column(
            "nik_is_card",
            "BOOLEAN",
            "The NIK is a card of the registry, of whose family one bears the name",
            nullable=False,
        ),
        Column("nik_birth_date", "DATE", "Birth date in the NIK, if that is valid", identity=True),
        Column("other_nik_birth_date", "DATE", "The same in the other century, if it can be", identity=True),
        _coded("nik_century", NikCentury, "Why not the other one", listed=False),
        Column(
            "birth_date_fits_nik", "BOOLEAN", "The birth date is the NIK's but for the century; empty: one is missing"
        ),
        Column(
            "birth_date_is_believed", "BOOLEAN", "It is there, and no blank that became a day of export", nullable=False
        ),
        _coded("presence", Presence, "The row's status, as of the period's last day", listed=False),
        Column(
            "plain_name", "VARCHAR", "The name in capital letters and digits, words parted by a blank", identity=True
        ),
    ),
    ("row_id",),
    Audience.INTERNAL,
    stage="ingest",
)
LANDED: tuple[Table, ...] = (*(_landed_table(source) for source in FIXED), RECIPIENT_ROWS)

# The record of a delivery: published for a district that is held back, too (it says why).
IN_FORCE = Column(
    "in_force",
    "BOOLEAN",
    "Whether what is published of the month rests on this delivery; false: it is newer, and is not used",
    nullable=False,
)
LANDED_FILES = Table(
    "landed_files",
    "landed file (a filled worklist: one for each list that it has answers of)",
    (
        *PARTITION,
        Column("source", "VARCHAR", "Kind of list; empty: no known source"),
        Column("source_file", "VARCHAR", "Landed file", nullable=False),
        Column("rows_landed", "BIGINT", "Data rows in the file", nullable=False),
        Column("rows_accepted", "BIGINT", "Rows used", nullable=False),
        Column("rows_rejected", "BIGINT", "Rows in rejected_rows", nullable=False),
        Column("sha256", "VARCHAR", "Hash of the file's bytes", nullable=False),
        Column(
            "columns_ignored",
            "VARCHAR[]",
            "Columns nobody knows by their place, with the nearest known alias; "
            "in a district's own database: their headers",
            nullable=False,
        ),
        _coded("state", FileState, nullable=False),
        Column("error", "VARCHAR", "Why the file was rejected and what to do"),
        Column("rows_unanswered", "BIGINT", "Rows of a worklist left blank, no data rows; empty: no worklist"),
        Column("landed_name", "VARCHAR", "The file's name as it is", identity=True, whole_of="source_file"),
        Column("headers_ignored", "VARCHAR[]", "Headers nobody knows", identity=True, whole_of="columns_ignored"),
        Column("error_whole", "VARCHAR", "Why, with all headers", identity=True, whole_of="error"),
    ),
    ("source_file", "source"),
    stage="ingest",
    said_when_published=(IN_FORCE,),
)
REJECTED_ROWS = Table(
    "rejected_rows",
    "landed row that could not be used",
    (
        *PARTITION,
        *ORIGIN,
        _coded("reason", RejectionReason, "Why", nullable=False),
        Column("column_name", "VARCHAR", "The offending column"),
        Column("value", "VARCHAR", "The offending value", identity=True),
    ),
    ("source", "source_file", "source_row"),
    stage="ingest",
    said_when_published=(IN_FORCE,),
)
DELIVERY_FINDINGS = Table(
    "delivery_findings",
    "oddity in what landed that is no rejected row, or says more about one",
    (
        *PARTITION,
        Column("source", "VARCHAR", "Kind of list"),
        Column("source_file", "VARCHAR", "Landed file", nullable=False),
        Column("sheet", "VARCHAR", "Sheet of the workbook; empty: no workbook, or not told"),
        Column("sheet_name", "VARCHAR", "The sheet's name as it is", identity=True, whole_of="sheet"),
        Column("source_row", "BIGINT", "Data row in that file, from 1; empty: the sheet or file as a whole"),
        _coded("finding", DeliveryFinding, "What is odd", nullable=False),
        Column("column_name", "VARCHAR", "The column it is about"),
    ),
    ("source_file", "source", "source_row", "sheet", "finding", "column_name"),
    stage="ingest",
    said_when_published=(IN_FORCE,),
)
CHECK_RESULTS = Table(
    "check_results",
    "data-quality check",
    (
        *PARTITION,
        Column("table", "VARCHAR", "Table or list checked", nullable=False),
        Column("check", "VARCHAR", "The check, a sentence in snake case", nullable=False),
        _coded(
            "severity",
            Severity,
            "blocking: the district is held back; warning: it goes on",
            nullable=False,
            listed=False,
        ),
        Column("passed", "BOOLEAN", "Whether it passed; empty: it could not be executed, as a list did not arrive"),
        Column("failing_rows", "BIGINT", "Rows that do not meet it"),
        Column("rows", "BIGINT", "Rows checked"),
        Column("share", "DOUBLE", "Failing rows / rows, 0..1"),
        Column("explanation", "VARCHAR", "What was found, in plain words and figures", nullable=False),
        Column("explanation_id", "VARCHAR", "The same in Bahasa Indonesia", nullable=False),
    ),
    ("table", "check"),
    stage="checks",
    said_when_published=(IN_FORCE,),
)
RUN_MANIFEST = Table(
    "run_manifest",
    "table of the month: which run made it, by which code and rules, from which files",
    (
        *PARTITION,
        Column("table", "VARCHAR", "Table", nullable=False),
        Column("rows", "BIGINT", "Its rows", nullable=False),
        Column("run_id", "VARCHAR", "Dagster run that made it", nullable=False),
        Column("code_version", "VARCHAR", "Version of the program and hash of its files", nullable=False),
        Column("policy_version", "VARCHAR", "Version and hash of the rules in force", nullable=False),
        Column("model_version", "VARCHAR", "Hash of the linkage model", nullable=False),
        Column("table_sha256", "VARCHAR", "Hash of the table's file in the lake", nullable=False),
        Column(
            "inputs", "STRUCT(source_file VARCHAR, sha256 VARCHAR)[]", "Landed files and their hashes", nullable=False
        ),
    ),
    ("table",),
    stage="checks",
)
OF_DELIVERIES = (LANDED_FILES, REJECTED_ROWS, DELIVERY_FINDINGS, CHECK_RESULTS)  # of the newest, also held back
RECORDS = (*OF_DELIVERIES, RUN_MANIFEST)

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
        _coded("guard", Guard, "The guard of linkage that decided instead of the probability; empty: none"),
        *(_coded(f"{field}_agreement", Agreement, f"How the {field} compares") for field in _AGREEMENT_FIELDS),
        *(
            Column(f"{field}_weight", "DOUBLE", f"What the {field} says, in bits: +1 doubles the odds of one person")
            for field in _AGREEMENT_FIELDS
        ),
        _coded("doubt", Doubt, "Why people are asked", nullable=False),
        Column("explanation", "VARCHAR", "The same in words, field by field", nullable=False),
        VILLAGE,
        *IDENTITIES,
        Column("registry_nik", "VARCHAR", "NIK in the registry", identity=True),
        Column("registry_name", "VARCHAR", "Name in the registry", identity=True),
        Column("registry_family_card_number", "VARCHAR", "Family card in the registry", identity=True),
    ),
    ("pair_id",),
    stage="linkage",
)
MATCH_WEIGHTS = Table(
    "match_weights",
    "landed row that was weighed: what each field says of the registry person it is nearest to",
    (
        *PARTITION,
        ROW_ID,
        Column("registry_row_id", "BIGINT", "row_id of that registry person", nullable=False),
        _coded("match_band", MatchBand, "What the weights came to; competing rows may change it", nullable=False),
        Column("match_probability", "DOUBLE", "Probability that they are one person, 0..1", nullable=False),
        Column("same_card", "BOOLEAN", "Compared within one family card", nullable=False),
        Column("weight", "DOUBLE", "All of them together, in bits: +1 doubles the odds", nullable=False),
        Column("prior_weight", "DOUBLE", "How likely anybody is, before anything is compared", nullable=False),
        *(_coded(f"{field}_agreement", Agreement, f"How the {field} compares") for field in _AGREEMENT_FIELDS),
        *(Column(f"{field}_weight", "DOUBLE", f"What the {field} says, in bits") for field in _AGREEMENT_FIELDS),
    ),
    ("row_id",),
    Audience.INTERNAL,
    stage="linkage",
)

# What later months remember of a month: keys and keyed hashes, no identity, so that a purge leaves it as it is.
REMEMBERED_PEOPLE = Table(
    "remembered_people",
    "person and way in which the month's lists name them that no earlier month had",
    (
        *PARTITION,
        Column("person_key", "VARCHAR", "Keyed hash of the person", nullable=False),
        Column("family_key", "VARCHAR", "Keyed hash of the family", nullable=False),
        Column("identity", "UBIGINT", "Keyed hash of number, name, birth date, card and village", nullable=False),
        Column("number", "UBIGINT", "Keyed hash of the NIK, where there is neither name nor birth date"),
        Column("number_name", "UBIGINT", "Keyed hash of the NIK and the name as it sounds"),
        Column("number_birth", "UBIGINT", "Keyed hash of the NIK and the birth date"),
        Column("name_card", "UBIGINT", "Keyed hash of name, birth date and family card"),
        Column("name_village", "UBIGINT", "Keyed hash of name, birth date and village"),
    ),
    ("person_key", "identity"),
    Audience.INTERNAL,
    stage="linkage",
)
REMEMBERED_KEYS = Table(
    "remembered_keys",
    "registry id or family card of somebody whose key was made of another one",
    (
        *PARTITION,
        Column("own_key", "VARCHAR", "Keyed hash of the registry id or the card", nullable=False),
        Column("kept_key", "VARCHAR", "Key that the person or the family has", nullable=False),
    ),
    ("own_key", "kept_key"),
    Audience.INTERNAL,
    stage="linkage",
)
_SAID = (
    *dict.fromkeys((*Decision, *Presence, *PROPOSAL_OUTCOME.values, *COMPLAINT_KIND.values, *OBJECTION_OUTCOME.values)),
)
REMEMBERED_FACTS = Table(
    "remembered_facts",
    "landed fact that later months remember: a decision, a proposal, a complaint, an objection, or where somebody is",
    (
        *PARTITION,
        ROW_ID,
        Column("list", "VARCHAR", "List it stands in; a programme's list has the programme's name", nullable=False),
        *SOURCE_ROW,
        Column("person_key", "VARCHAR", "Keyed hash of the person it is about", nullable=False),
        Column("family_key", "VARCHAR", "Keyed hash of the family", nullable=False),
        Column("card_key", "VARCHAR", "Keyed hash of the usable family card that the row names"),
        Column("number_key", "UBIGINT", "Keyed hash of the valid NIK that the civil registry was asked about"),
        Column("names_family_only", "BOOLEAN", "The row names a family card and nobody on it", nullable=False),
        _coded("match_band", MatchBand, "How far the link of the row may be trusted"),
        Column("programme", "VARCHAR", "Programme it is about; empty: all, or none"),
        _coded("said", _SAID, "The decision, status, outcome of a proposal or kind of complaint", listed=False),
        Column("dated", "DATE", "Its date as landed; empty: the last day of the month in which it first landed"),
        Column("ktp_recorded", "BOOLEAN", "Recorded for an e-KTP, by the civil registry"),
        VILLAGE,
        _coded("disposition", DISPOSITION.values, "Whether a finding was confirmed", listed=False),
        _coded("reason", REASONS, "The finding that a disposition or an objection names", listed=False),
        Column("settled_on", "DATE", "When an objection was decided; empty: undated, or it is open"),
    ),
    ("row_id",),
    Audience.INTERNAL,
    stage="linkage",
)
REMEMBERED_ANSWERS = Table(
    "remembered_answers",
    "answer from the field about two persons",
    (
        *PARTITION,
        ROW_ID,
        *SOURCE_ROW,
        Column("pair_id", "VARCHAR", "Pair that was asked about", nullable=False),
        PERSON_KEY,
        Column("registry_person_key", "VARCHAR", "Keyed hash of the registry person; empty: the pair is not known"),
        _coded("answer", Answer, nullable=False),
        Column("decided_on", "DATE", "When it was settled; empty: by the last day of the month that first brought it"),
        Column("decided_by_role", "VARCHAR", "Who settled it"),
    ),
    ("row_id",),
    Audience.DISTRICT,
    stage="linkage",
)
RECOGNISED_PEOPLE = Table(
    "recognised_people",
    "further key of an earlier month under which a person of this month is known",
    (
        *PARTITION,
        Column("earlier_key", "VARCHAR", "Key that an earlier month gave", nullable=False),
        Column("person_key", "VARCHAR", "The person's key in this month", nullable=False),
    ),
    ("earlier_key",),
    Audience.INTERNAL,
    stage="linkage",
)
RECOGNISED_NUMBERS = Table(
    "recognised_numbers",
    "NIK of this month about which an earlier month asked the civil registry",
    (
        *PARTITION,
        Column("number_key", "UBIGINT", "Keyed hash of the NIK", nullable=False),
        Column("nik", "VARCHAR", "The NIK", identity=True),
    ),
    ("number_key",),
    Audience.INTERNAL,
    stage="linkage",
)
LINKAGE_QUALITY = Table(
    "linkage_quality",
    "list, with how far its links may be trusted",
    (
        *PARTITION,
        Column("source", "VARCHAR", "Kind of list", nullable=False),
        Column("rows", "BIGINT", "Rows that name a person", nullable=False),
        Column("same", "BIGINT", "Rows linked to a registry person", nullable=False),
        Column("review", "BIGINT", "Rows that people have to settle", nullable=False),
        Column("different", "BIGINT", "Rows that are no registry person", nullable=False),
        Column("false_links_expected", "DOUBLE", "Linked rows that are expected to be somebody else", nullable=False),
        Column(
            "missed_links_expected", "DOUBLE", "Unlinked rows that are expected to be a registry person", nullable=False
        ),
        Column("false_links_upper", "BIGINT", "At most so many false links, with 97.5 % confidence", nullable=False),
        Column("missed_links_upper", "BIGINT", "At most so many missed links, with 97.5 % confidence", nullable=False),
        Column("rows_not_fully_compared", "BIGINT", "Rows in a block too large to be compared", nullable=False),
    ),
    ("source",),
    stage="linkage",
)

_EVIDENCE = (
    Column("evidence", "VARCHAR", "What it rests on: which list, row, date, and month if another", nullable=False),
    Column(
        "evidence_items",
        'STRUCT(period VARCHAR, kind VARCHAR, "source" VARCHAR, source_file VARCHAR, source_row BIGINT, dated DATE, '
        '"value" VARCHAR)[]',
        "The same as data: of which month and kind, where it stands, its date and value (a number or a code)",
        nullable=False,
    ),
)
RECIPIENT_REASONS = Table(
    "recipient_reasons",
    "accepted recipient row and reason",
    (
        *PARTITION,
        ROW_ID,
        _coded("reason", REASONS, "Why the row is not on target", nullable=False, listed=False),
        _coded("certainty", Certainty, "Whether it has to be confirmed in the field", nullable=False),
        *_EVIDENCE,
        Column("evidence_id", "VARCHAR", "The same in Bahasa Indonesia", nullable=False),
    ),
    ("row_id", "reason"),
    Audience.INTERNAL,
)
_AMOUNT = (
    Column("monthly_amount", "BIGINT", "Rupiah a month that the row is paid; empty: not known"),
    _coded(
        "amount_basis",
        AmountBasis,
        "Where the amount is from: the programme's in the policy; the PKH components that the family meets; the list's "
        "own, over the months of its stage; empty: not known",
        listed=False,
    ),
)
_OUTCOME = (
    *PARTITION,
    Column("programme", "VARCHAR", "Programme the row receives from", nullable=False),
    *ORIGIN,
    PERSON_KEY,
    FAMILY_KEY,
    VILLAGE,
    _coded("outcome", Outcome, nullable=False),
    _coded("primary_reason", REASONS, "The first of the reasons by precedence", listed=False),
    _coded(
        "reasons", REASONS, "Every reason that applies, by precedence", kind="VARCHAR[]", nullable=False, listed=False
    ),
    *MATCH,
)
RECIPIENT_OUTCOMES = Table(
    "recipient_outcomes",
    "accepted recipient row",
    (
        *_OUTCOME,
        Column("components", "VARCHAR[]", "PKH components an active family member meets", nullable=False),
        *_AMOUNT,
        *IDENTITIES,
    ),
    ("programme", "source_file", "source_row"),
)
OFF_TARGET_RECIPIENTS = Table(
    "off_target_recipients",
    "recipient row that is off target or has to be verified",
    (
        *_OUTCOME,
        _coded("certainty", Certainty, "Whether it has to be confirmed in the field", nullable=False),
        *_EVIDENCE,
        *_AMOUNT,
        Column(
            "objected_on", "DATE", "When an objection came in that makes certain reasons ones to verify; empty: none"
        ),
        Column("legal_basis", "VARCHAR", "The rule behind the primary reason", nullable=False),
        Column(
            "certain_from",
            "VARCHAR",
            "Month in which a decile above the limit becomes certain, if it stays; empty: it is, or never will",
        ),
        Column("recommended_action", "VARCHAR", "What to do about the primary reason", nullable=False),
        *PROPOSAL,
        *IDENTITIES,
    ),
    ("programme", "source_file", "source_row"),
)
FINDING_DISPOSITIONS = Table(
    "finding_dispositions",
    "landed row that says whether a finding is confirmed",
    (
        *PARTITION,
        *SOURCE_ROW,
        PERSON_KEY,
        VILLAGE,
        Column("programme", "VARCHAR", "Programme it is about; empty: all"),
        _coded("reason", REASONS, "The finding; empty: there was none to answer", listed=False),
        _coded("disposition", DISPOSITION.values, nullable=False),
        Column("decided_on", "DATE", "When it was decided"),
        Column("sent_period", "VARCHAR", "Nearest month up to this one in which the finding stood"),
        Column("sent_person_key", "VARCHAR", "The person's key in that month"),
    ),
    ("source_file", "source_row"),
)
REASON_ANSWERS = Table(
    "reason_answers",
    "reason and month sent out of which answers landed in this month: how many findings were confirmed by now",
    (
        *PARTITION,
        Column("sent_period", "VARCHAR", "Month whose worklists had the findings", nullable=False),
        _coded("reason", REASONS, "Why rows were off target or to be verified", nullable=False, listed=False),
        Column("sent_out", "BIGINT", "Findings on that month's worklists: rows with this reason", nullable=False),
        Column("answered", "BIGINT", "Of these, answered by now", nullable=False),
        Column("confirmed", "BIGINT", "Of these, TERBUKTI by the latest answer", nullable=False),
        Column("not_confirmed", "BIGINT", "Of these, TIDAK TERBUKTI by the latest answer", nullable=False),
        Column("unsettled", "BIGINT", "Of these, BELUM JELAS by the latest answer", nullable=False),
    ),
    ("sent_period", "reason"),
)
# Beside the partitions: a sample stays what it was, whatever becomes of the month that it was drawn of.
AUDIT_SAMPLES = Table(
    "audit_samples",
    "unit drawn for a field check",
    (
        *PARTITION,
        Column("sample_id", "VARCHAR", "Number of the case", nullable=False),
        Column("frame", "VARCHAR", "inclusion: a recipient row; exclusion: a household", nullable=False),
        Column("stratum", "VARCHAR", "Programme and outcome; or why the household is in the frame", nullable=False),
        Column("programme", "VARCHAR", "Programme of the recipient row"),
        Column("outcome", "VARCHAR", "What our tables said of it"),
        Column("source_file", "VARCHAR", "Landed file of the recipient row"),
        Column("source_row", "BIGINT", "Data row in that file, from 1"),
        Column("household_key", "VARCHAR", "Keyed hash of the household"),
        Column("programmes_received", "VARCHAR[]", "Programmes that reach the household"),
        Column("stratum_units", "BIGINT", "Units of the stratum", nullable=False),
        Column("stratum_drawn", "BIGINT", "Of these, drawn", nullable=False),
        Column("probability", "DOUBLE", "Inclusion probability: drawn / units", nullable=False),
        Column("seed", "BIGINT", "Seed of the draw", nullable=False),
    ),
    ("sample_id",),
    Audience.INTERNAL,
)
AUDIT_ESTIMATES = Table(
    "audit_estimates",
    "month sampled, programme and error: what the field check whose answers landed in this month says of it",
    (
        *PARTITION,
        Column("sampled_period", "VARCHAR", "Month that the sample was drawn of", nullable=False),
        Column("programme", "VARCHAR", "Programme", nullable=False),
        _coded(
            "error",
            AuditError,
            "inclusion: share of recipient rows whose family is not eligible; exclusion: share of the frame's eligible "
            "families that the programme does not reach",
            nullable=False,
            listed=False,
        ),
        Column("sampled", "BIGINT", "Units drawn for it", nullable=False),
        Column("answered", "BIGINT", "Of these, found LAYAK or TIDAK LAYAK", nullable=False),
        Column("estimate", "DOUBLE", "Estimated share, 0..1, each answer weighted by what it stands for"),
        Column("low", "DOUBLE", "Lower end of the 95 % confidence interval"),
        Column("high", "DOUBLE", "Upper end of the 95 % confidence interval"),
    ),
    ("sampled_period", "programme", "error"),
)
UNREGISTERED_POOR_HOUSEHOLDS = Table(
    "unregistered_poor_households",
    "household with evidence of poverty that is not, or not wholly, in the registry",
    (
        *PARTITION,
        Column("household_key", "VARCHAR", "Keyed hash of the family card, else of the single person", nullable=False),
        VILLAGE,
        Column("members", "BIGINT", "Unregistered members named by the evidence", nullable=False),
        _coded(
            "registration",
            Registration,
            "none: nobody is registered; partial: the named members are missing",
            listed=False,
        ),
        _coded("evidence", PovertyEvidence, kind="VARCHAR[]", nullable=False),
        _coded("blockers", Blocker, "What stands in the way of registration", kind="VARCHAR[]", nullable=False),
        _coded("certainty", HouseholdCertainty, "possible while a link is unsettled", nullable=False),
        _coded("next_step", HouseholdStep, "What to do next", nullable=False),
        Column("recommended_action", "VARCHAR", "The same in words", nullable=False),
        *PROPOSAL,
        Column(
            "sources",
            "STRUCT(period VARCHAR, source_file VARCHAR, source_row BIGINT)[]",
            "Rows it rests on",
            nullable=False,
        ),
        Column("family_card_number", "VARCHAR", "Family card number as landed", identity=True),
        Column("member_names", "VARCHAR[]", "Names of the members", identity=True),
        Column("member_niks", "VARCHAR[]", "NIKs of the members", identity=True),
    ),
    ("household_key",),
)
MISRANKED_POOR_HOUSEHOLDS = Table(
    "misranked_poor_households",
    "household with evidence of poverty that the registry ranks above every programme's limit, or not at all",
    (
        *PARTITION,
        Column("household_key", "VARCHAR", "family_key of the registered family", nullable=False),
        VILLAGE,
        Column("members", "BIGINT", "Members named by the evidence", nullable=False),
        _coded("evidence", PovertyEvidence, kind="VARCHAR[]", nullable=False),
        _coded("blockers", Blocker, "What stands in the way of the proposal", kind="VARCHAR[]", nullable=False),
        _coded("certainty", HouseholdCertainty, "possible while a link is unsettled", nullable=False),
        Column(
            "decile",
            "VARCHAR",
            "Decile as ranked, such as 7 or 6-10; unranked: the registry says there is none",
            nullable=False,
        ),
        Column("snapshot", "VARCHAR", "Quarter of the ranks, such as 2025-Q3"),
        Column(
            "decile_limit",
            "BIGINT",
            "Highest decile that any programme lets in, if only to be verified",
            nullable=False,
        ),
        Column(
            "programmes_missed", "VARCHAR[]", "Programmes with a limit that reach nobody of the family", nullable=False
        ),
        _coded("next_step", HouseholdStep, "What to do next", nullable=False),
        Column("recommended_action", "VARCHAR", "The same in words", nullable=False),
        *PROPOSAL,
        Column(
            "sources",
            "STRUCT(period VARCHAR, source_file VARCHAR, source_row BIGINT)[]",
            "Rows it rests on",
            nullable=False,
        ),
        Column("family_card_number", "VARCHAR", "Family card number as landed", identity=True),
        Column("member_names", "VARCHAR[]", "Names of the members", identity=True),
        Column("member_niks", "VARCHAR[]", "NIKs of the members", identity=True),
    ),
    ("household_key",),
)
PBI_DEPARTURES = Table(
    "pbi_departures",
    "person who left the PBI list since the nearest earlier month in which that landed, or came back to it",
    (
        *PARTITION,
        replace(PERSON_KEY, nullable=False),
        FAMILY_KEY,
        VILLAGE,
        _coded("movement", PbiMovement, nullable=False),
        Column("previous_period", "VARCHAR", "The month compared with", nullable=False),
        _coded("likely_reason", DepartureReason, "Why the person most likely left; empty: came back"),
        Column("decile", "VARCHAR", "Decile as ranked, such as 7 or 6-10; unranked; empty: not known"),
        Column("within_limit", "BOOLEAN", "The decile is within the programme's limit; empty: not known, or no limit"),
        _coded("illness", ILLNESS.values, "Reason of the person's request to come back"),
        Column("proposed", "BOOLEAN", "The village has an open proposal for the person", nullable=False),
        _coded("urgency", Urgency, nullable=False),
        _coded("requirements", ReturnRequirement, "What is missing to come back", kind="VARCHAR[]", nullable=False),
        Column("recommended_action", "VARCHAR", "The same in words; empty: nothing is missing, or nobody is there"),
        *PROPOSAL,
        *IDENTITIES,
    ),
    ("movement", "person_key"),
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
        Column("decile_highest", "BIGINT", "Highest decile of the members, where the registry has ranges"),
        Column("unranked", "BOOLEAN", "Whether the registry says that the family is not ranked"),
        Column("recommended_action", "VARCHAR", "What to do about it", nullable=False),
        *PROPOSAL,
        Column("family_card_number", "VARCHAR", "Family card number", identity=True),
    ),
    ("family_key",),
)
IDENTITY_REPAIRS = Table(
    "identity_repairs",
    "person row with a broken or unconfirmed identity, or one that DTSEN would return",
    (
        *PARTITION,
        *ORIGIN,
        PERSON_KEY,
        VILLAGE,
        _coded("nik_status", NikStatus, "What the NIK is worth", nullable=False, listed=False),
        _coded("card_status", CardStatus, _CARD_WORTH, listed=False),
        _coded("warnings", (*NikWarning, *IdentityWarning), kind="VARCHAR[]"),
        _coded("civil_status", Presence, "What the civil registry says of the NIK"),
        _coded(
            "returned_because",
            ReturnedBecause,
            "Why DTSEN would return the row to its sender; empty: it would not, or is not yet",
            kind="VARCHAR[]",
            nullable=False,
        ),
        Column("suggested_registry_person_key", "VARCHAR", "The registry person whose NIK may be the right one"),
        _coded("next_step", RepairStep, "What to do", nullable=False),
        Column("recommended_action", "VARCHAR", "The same in words", nullable=False),
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
_AMOUNTS = (
    Column("off_target_amount", "BIGINT", "Rupiah a month paid to rows off target", nullable=False),
    Column("to_verify_amount", "BIGINT", "Rupiah a month paid to rows to be confirmed in the field", nullable=False),
    Column("unresolved_amount", "BIGINT", "Rupiah a month paid to rows whose identity is not settled", nullable=False),
    Column("on_target_amount", "BIGINT", "Rupiah a month paid to rows on target", nullable=False),
    Column("rows_without_amount", "BIGINT", "Rows in none of these sums: their amount is not known", nullable=False),
)
_COSTED = "would cost: the amount of Sembako, and of PKH where a component is met (certain and possible households)"
_HOUSEHOLD_AMOUNTS = (
    Column("unregistered_amount", "BIGINT", f"Rupiah a month that unregistered households {_COSTED}", nullable=False),
    Column("misranked_amount", "BIGINT", f"Rupiah a month that misranked households {_COSTED}", nullable=False),
    Column("unserved_amount", "BIGINT", f"Rupiah a month that unserved families {_COSTED}", nullable=False),
)
_HOUSEHOLD_COUNTS = (
    Column("unregistered_households_certain", "BIGINT", "Unregistered poor households, certain", nullable=False),
    Column("unregistered_households_possible", "BIGINT", "Unregistered poor households, possible", nullable=False),
    Column(
        "misranked_households_certain", "BIGINT", "Poor households ranked above every limit, certain", nullable=False
    ),
    Column(
        "misranked_households_possible", "BIGINT", "Poor households ranked above every limit, possible", nullable=False
    ),
    Column("unserved_households", "BIGINT", "Registered families that no programme reaches", nullable=False),
    Column("pbi_left", "BIGINT", "People who left the PBI list since the month before that has one", nullable=False),
    Column("pbi_left_urgent", "BIGINT", "Of these, ill people whose return cannot wait", nullable=False),
    Column("pbi_returned", "BIGINT", "People who came back to the PBI list", nullable=False),
)


# The programmes with columns of their own in the summaries of areas; `programme_summary` has every programme.
SUMMARISED = ("pkh", "sembako", "pbi_jkn", "bst", "yapi", "disability", "elderly")


def _per_programme(prefix: str, words: str) -> tuple[Column, ...]:
    return tuple(Column(f"{prefix}_{p}", "BIGINT", f"{words} of {p}", nullable=False) for p in SUMMARISED)


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
    *_AMOUNTS,
)
_BOUNDS = (
    Column("not_in_registry", "BIGINT", "Recipient rows off target as not in the registry", nullable=False),
    *(
        Column(f"{figure}_{side}", "BIGINT", f"At {words} so many, as links may be missed or false", nullable=False)
        for figure in ("not_in_registry", "off_target", "unregistered_households")
        for side, words in (("lower", "least"), ("upper", "most"))
    ),
)
_PROGRESS = (
    Column("villages", "BIGINT", "Villages", nullable=False),
    Column("villages_with_meeting", "BIGINT", "Villages that held their meeting", nullable=False),
    Column("worklist_rows", "BIGINT", "People on the worklist of the nearest earlier months", nullable=False),
    Column("worklist_answered", "BIGINT", "Of these, with a decision that no earlier month had", nullable=False),
    Column("worklist_answered_share", "DOUBLE", "Progress of the verification: answered / rows"),
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
        *_HOUSEHOLD_AMOUNTS,
        *_BOUNDS,
        *_PROGRESS,
        Column("control_totals_published", "BIGINT", "Published figures compared", nullable=False),
        Column("control_totals_differing", "BIGINT", "Published figures that differ from the count", nullable=False),
    ),
    ("district_code",),
)
SUBDISTRICT_SUMMARY = Table(
    "subdistrict_summary",
    "sub-district (and one row without a name for rows whose village is not known)",
    (
        *PARTITION,
        Column("subdistrict_name", "VARCHAR", "Sub-district; empty: not known"),
        *_AREA_MEASURES,
        *_HOUSEHOLD_COUNTS,
        *_HOUSEHOLD_AMOUNTS,
        *_PROGRESS,
    ),
    ("subdistrict_name",),
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
        *_HOUSEHOLD_AMOUNTS,
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
        *_AMOUNTS,
        *(
            Column(code.lower(), "BIGINT", reason.en.meaning, nullable=False)
            for code, reason in CATALOGUE.reasons.items()
        ),
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
        Column("minutes_number", "VARCHAR", "Number of the signed minutes", as_written=True),
        Column("registry_list_received", "BOOLEAN", "Whether the village has the registry list"),
        Column("recipient_list_received", "BOOLEAN", "Whether the village has the recipient lists"),
        Column("decisions", "BIGINT", "Decisions of this village up to the period's end", nullable=False),
        Column("decisions_outstanding", "BIGINT", "Rows off target or to verify that nobody decided", nullable=False),
        Column("proposals", "BIGINT", "People the village proposed", nullable=False),
        Column("removals", "BIGINT", "Decisions of the village that strike somebody from a list", nullable=False),
        Column("only_ever_adds", "BOOLEAN", "The village proposes people and has struck nobody", nullable=False),
        Column("worklist_rows", "BIGINT", "People on the worklist of the nearest earlier month", nullable=False),
        Column("worklist_answered", "BIGINT", "Of these, with a decision that no earlier month had", nullable=False),
        Column("worklist_answered_share", "DOUBLE", "worklist_answered / worklist_rows"),
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
        Column(
            "measure",
            "VARCHAR",
            "population, registry_persons, susenas_poverty_rate (percent), or a programme",
            nullable=False,
        ),
        Column("published", "DOUBLE", "The figure as published", nullable=False),
        Column(
            "counted",
            "DOUBLE",
            "Counted here: accepted rows (registry: active ones), or families where the unit says so; beside "
            "susenas_poverty_rate the percentage of the population in the lowest deciles; empty: no list",
        ),
        Column("difference", "DOUBLE", "counted - published; empty for susenas_poverty_rate, which nothing counts"),
        Column("explanation", "VARCHAR", "What explains the difference: rejected rows, duplicates, a missing part ..."),
        Column("unit", "VARCHAR", "What is counted", as_written=True),
        Column("published_by", "VARCHAR", "Who published it", as_written=True),
        Column("published_on", "DATE", "When it was published"),
    ),
    ("source_file", "source_row"),
)

CROSS_DISTRICT_DUPLICATES = Table(
    "cross_district_duplicates",
    "pair of recipient rows: the same person on the lists of one programme in this and another district",
    (
        *PARTITION,
        Column("programme", "VARCHAR", "Programme whose lists both rows are of", nullable=False),
        *SOURCE_ROW,
        PERSON_KEY,
        Column("other_district", "VARCHAR", "4-digit code of the other district", nullable=False),
        Column("other_source_file", "VARCHAR", "File that landed there", nullable=False),
        Column("other_source_row", "BIGINT", "Data row in that file, from 1", nullable=False),
        Column("other_person_key", "VARCHAR", "Keyed hash of the person there: keys are of one district each"),
    ),
    ("programme", "source_file", "source_row", "other_district", "other_source_file", "other_source_row"),
)
DISBURSEMENT_RECONCILIATION = Table(
    "disbursement_reconciliation",
    "payment, and one per entitled recipient row that was not paid",
    (
        *PARTITION,
        Column("programme", "VARCHAR", "Programme paid from", nullable=False),
        *ORIGIN,
        PERSON_KEY,
        FAMILY_KEY,
        VILLAGE,
        Column("stage", "VARCHAR", "Payment stage: its number, else what landed in capitals", as_written=True),
        Column("amount", "BIGINT", "Rupiah"),
        _coded("status", PAYMENT_STATUS.values, "Status as reported; empty: no payment row", listed=False),
        _coded("finding", PaymentFinding, nullable=False),
        Column("paid_on", "DATE", "When it was paid"),
        Column("transacted_on", "DATE", "When the family used it; empty: not by the period's end"),
        _coded("confirmed_by", ConfirmedBy, nullable=False),
        Column("card_held_by_other", "BOOLEAN", "Somebody else than the family holds the card; empty: not reported"),
        _coded("card_holder", CARD_HOLDER.values, "Who holds the card", listed=False),
        Column("facilitator_id", "VARCHAR", "Facilitator of the family", as_written=True),
        _coded("outcome", Outcome, "Outcome of the recipient row the payment belongs to", listed=False),
        *IDENTITIES,
    ),
    ("source", "source_file", "source_row"),
)
OUTLET_PRICE_FINDINGS = Table(
    "outlet_price_findings",
    "price seen at an outlet",
    (
        *PARTITION,
        *SOURCE_ROW,
        Column("outlet_id", "VARCHAR", "Outlet", nullable=False, as_written=True),
        VILLAGE,
        Column("commodity", "VARCHAR", "Commodity", nullable=False, as_written=True),
        Column("unit", "VARCHAR", "Unit of the price", as_written=True),
        Column("price", "BIGINT", "Price asked, rupiah", nullable=False),
        Column("reference_price", "BIGINT", "Reference price, rupiah", nullable=False),
        Column("district_median", "DOUBLE", "Median price of the commodity and unit in the district that month"),
        Column("above_reference", "BIGINT", "price - reference_price, rupiah", nullable=False),
        Column("above_reference_share", "DOUBLE", "(price - reference_price) / reference_price"),
        Column("above_median_share", "DOUBLE", "(price - district_median) / district_median"),
        Column("reason", "VARCHAR", "Reason stated for the price", as_written=True),
        Column("families_served", "BIGINT", "Families the outlet serves"),
        Column("serves_too_many", "BOOLEAN", "More families than the policy allows; empty: not reported"),
        _coded(
            "finding",
            PriceFinding,
            "candidate_for_sanction: above, no reason; reason_to_accept: above, a person decides; within_reference",
            nullable=False,
            listed=False,
        ),
    ),
    ("source_file", "source_row"),
)
FACILITATOR_PERFORMANCE = Table(
    "facilitator_performance",
    "facilitator",
    (
        *PARTITION,
        Column("facilitator_id", "VARCHAR", "Facilitator", nullable=False, as_written=True),
        Column("families_assisted", "BIGINT", "Families accompanied"),
        Column("daily_reports_due", "BIGINT", "Daily reports due"),
        Column("daily_reports_filed", "BIGINT", "Daily reports filed"),
        Column("daily_report_share", "DOUBLE", "Filed / due, at most 1"),
        Column("monthly_report_filed", "BOOLEAN", "Monthly report filed"),
        Column("p2k2_planned", "BIGINT", "P2K2 meetings planned"),
        Column("p2k2_held", "BIGINT", "P2K2 meetings held"),
        Column("p2k2_share", "DOUBLE", "Held / planned, at most 1"),
        Column("families_cross_checked", "BIGINT", "Families whose payment was checked in person"),
        Column("cross_checked_share", "DOUBLE", "Cross-checked / accompanied families, at most 1"),
        Column("families_vaccinated", "BIGINT", "Families helped to vaccination"),
        Column("score", "DOUBLE", "Mean of the known shares (a monthly report filed counts 1), 0..1"),
        Column("rank", "BIGINT", "Place within the district by score, 1 best; equal scores share it"),
        Column("warning_candidate", "BOOLEAN", "Below the policy's shares, or no monthly report", nullable=False),
        _coded("warning_reasons", FacilitatorWarning, kind="VARCHAR[]", nullable=False),
        Column("name", "VARCHAR", "Name as landed", identity=True),
    ),
    ("facilitator_id",),
)
COMPLAINT_FINDINGS = Table(
    "complaint_findings",
    "complaint of the month, or of an earlier one and still open",
    (
        *PARTITION,
        Column(
            "complaint_period",
            "VARCHAR",
            "Month whose lists brought it: file and row are of that month",
            nullable=False,
        ),
        *SOURCE_ROW,
        Column("received_on", "DATE", "When it came in"),
        VILLAGE,
        _coded("kind", COMPLAINT_KIND.values, nullable=False),
        PERSON_KEY,
        FAMILY_KEY,
        *MATCH,
        Column("registered", "BOOLEAN", "The person is active in the registry; empty: nobody named or not settled"),
        Column("programmes", "VARCHAR[]", "Programmes whose lists name the person or family", nullable=False),
        _coded("finding", ComplaintFinding, nullable=False),
        Column("recommended_action", "VARCHAR", "What to do", nullable=False),
        *PROPOSAL,
        Column("nik", "VARCHAR", "NIK as landed", identity=True),
        Column("name", "VARCHAR", "Name as landed", identity=True),
        Column("family_card_number", "VARCHAR", "Family card number as landed", identity=True),
        Column("text", "VARCHAR", "What was said", identity=True),
    ),
    ("complaint_period", "source_file", "source_row"),
)
PROPOSAL_PROGRESS = Table(
    "proposal_progress",
    "proposed person",
    (
        *PARTITION,
        PERSON_KEY,
        FAMILY_KEY,
        VILLAGE,
        Column("proposed_on", "DATE", "First proposed, as far as known"),
        Column("first_period", "VARCHAR", "Month the proposal was first landed", nullable=False),
        Column("months_waiting", "BIGINT", "Months since then", nullable=False),
        _coded("state", ProposalState, nullable=False),
        Column("refused_because", "VARCHAR", "Outcome or decision that refused it"),
        Column("programmes", "VARCHAR[]", "Programmes that reach the person or family now", nullable=False),
    ),
    ("person_key",),
)
DISBURSEMENT_SUMMARY = Table(
    "disbursement_summary",
    "programme, stage, village and facilitator of the payments",
    (
        *PARTITION,
        Column("programme", "VARCHAR", "Programme paid from", nullable=False),
        Column("stage", "VARCHAR", "Payment stage: its number, else what landed in capitals", as_written=True),
        VILLAGE,
        Column("facilitator_id", "VARCHAR", "Facilitator of the families", as_written=True),
        Column("payments", "BIGINT", "Payment rows", nullable=False),
        Column("amount", "BIGINT", "Rupiah of all payment rows", nullable=False),
        Column("amount_transacted", "BIGINT", "Rupiah paid and used", nullable=False),
        Column("paid_and_transacted", "BIGINT", "Payments used", nullable=False),
        Column("paid_not_transacted", "BIGINT", "Payments not used by the period's end", nullable=False),
        Column("failed", "BIGINT", "Payments that failed", nullable=False),
        Column("paid_not_entitled", "BIGINT", "Payments to somebody off target", nullable=False),
        Column("paid_not_listed", "BIGINT", "Payments to somebody on no list of the programme", nullable=False),
        Column("entitled_not_paid", "BIGINT", "Entitled rows without a payment", nullable=False),
        Column("confirmed_in_person", "BIGINT", "Payments the family confirmed itself", nullable=False),
        Column("cards_held_by_others", "BIGINT", "Payments whose card somebody else holds", nullable=False),
    ),
    ("programme", "stage", "village_code", "facilitator_id"),
)
PERIOD_CHANGES = Table(
    "period_changes",
    "person or family and programme whose status changed since the nearest earlier month that landed",
    (
        *PARTITION,
        _coded("subject", Unit, nullable=False),
        Column("subject_key", "VARCHAR", "person_key or family_key", nullable=False),
        Column("programme", "VARCHAR", "Programme; registry for the registry itself", nullable=False),
        _coded("change", Change, nullable=False),
        Column("before", "VARCHAR", "Status in that month; empty: none"),
        Column("after", "VARCHAR", "Status in this month; empty: none"),
        Column("rows_before", "BIGINT", "Rows in that month", nullable=False),
        Column("rows_after", "BIGINT", "Rows in this month", nullable=False),
        Column("village_code", "VARCHAR", "10-digit village code; empty: the village is not known"),
    ),
    ("subject", "subject_key", "programme", "change"),
)

REGISTRY_STATUSES = Table(
    "registry_statuses",
    "registry row whose person is where another fact than the row says",
    (*PARTITION, ROW_ID, _coded("presence", Presence, "Where the person is; empty: active", listed=False)),
    ("row_id",),
    Audience.INTERNAL,
)
PROGRAMME_CHANGES = Table(
    "programme_changes",
    "programme (and one for the registry): why its rows are more or fewer than in the month before that landed",
    (
        *PARTITION,
        Column("programme", "VARCHAR", "Programme, or registry", nullable=False),
        Column("rows_before", "BIGINT", "Rows in that month", nullable=False),
        Column("entered", "BIGINT", "Rows of people who entered", nullable=False),
        Column("departed", "BIGINT", "Rows of people who left", nullable=False),
        Column("moved_in", "BIGINT", "Rows of people who came from another programme", nullable=False),
        Column("moved_out", "BIGINT", "Rows of people who went to another programme", nullable=False),
        Column("repeated_more", "BIGINT", "More (or fewer) rows of people who stayed", nullable=False),
        Column("rows_after", "BIGINT", "Rows in this month", nullable=False),
        Column("unexplained", "BIGINT", "What does not add up; always 0", nullable=False),
    ),
    ("programme",),
)

PROGRAMME_RULES = Table(
    "programme_rules",
    "programme of the policy: what it demands in this month",
    (
        *PARTITION,
        Column("place", "BIGINT", "Place in the policy, from 1", nullable=False),
        Column("programme", "VARCHAR", "Programme", nullable=False),
        Column("label_id", "VARCHAR", "Its name in Bahasa Indonesia", nullable=False),
        Column("label_en", "VARCHAR", "Its name in English", nullable=False),
        _coded("unit", Unit, "Whom it pays", nullable=False),
        _coded("registry", RegistryDemand, "What it means not to be in the registry", nullable=False),
        Column("legal_basis", "VARCHAR", "What it rests on", nullable=False),
        Column("decile_limit", "BIGINT", "Highest decile that may receive; empty: no limit"),
        Column("verify_limit", "BIGINT", "Highest decile that is only to be verified; empty: none"),
        Column(
            "grace_months",
            "BIGINT",
            "Months for which who rises above the limit is only to be verified",
            nullable=False,
        ),
        Column("limit_since", "VARCHAR", "Month from which on the limit holds; empty: no limit"),
        Column("minimum_age", "BIGINT", "Least age in completed years; empty: none"),
        Column("maximum_age", "BIGINT", "Greatest age in completed years; empty: none"),
        Column("monthly_amount", "BIGINT", "Rupiah a month that it pays by the policy; empty: the policy has none"),
        Column("stage_months", "BIGINT", "Months that one stage of its list pays for; empty: one"),
    ),
    ("place",),
)

MEMORY: tuple[Table, ...] = (
    REMEMBERED_PEOPLE,
    REMEMBERED_KEYS,
    REMEMBERED_FACTS,
    REMEMBERED_ANSWERS,
)
LINKAGE: tuple[Table, ...] = (
    LINKS,
    REVIEW_PAIRS,
    MATCH_WEIGHTS,
    LINKAGE_QUALITY,
    *MEMORY,
    RECOGNISED_PEOPLE,
    RECOGNISED_NUMBERS,
)
RECONCILED: tuple[Table, ...] = (
    PROGRAMME_RULES,
    RECIPIENT_REASONS,
    RECIPIENT_OUTCOMES,
    OFF_TARGET_RECIPIENTS,
    FINDING_DISPOSITIONS,
    REASON_ANSWERS,
    AUDIT_ESTIMATES,
    UNREGISTERED_POOR_HOUSEHOLDS,
    MISRANKED_POOR_HOUSEHOLDS,
    PBI_DEPARTURES,
    UNSERVED_REGISTERED_HOUSEHOLDS,
    IDENTITY_REPAIRS,
    CONTROL_TOTALS,
    PROGRAMME_SUMMARY,
    VILLAGE_READINESS,
    VILLAGE_SUMMARY,
    SUBDISTRICT_SUMMARY,
    DISTRICT_SUMMARY,
    DISBURSEMENT_RECONCILIATION,
    DISBURSEMENT_SUMMARY,
    OUTLET_PRICE_FINDINGS,
    FACILITATOR_PERFORMANCE,
    COMPLAINT_FINDINGS,
    PROPOSAL_PROGRESS,
    REGISTRY_STATUSES,
    PERIOD_CHANGES,
    PROGRAMME_CHANGES,
)
OF_MONTH_BEFORE = (
    RECIPIENT_OUTCOMES,
    OFF_TARGET_RECIPIENTS,
    COMPLAINT_FINDINGS,
    REGISTRY_STATUSES,
)  # the next compares
OF_EARLIER_MONTHS = (
    *(table for table in LANDED if table.name in {"registry", "audit_answers"}),
    RECIPIENT_OUTCOMES,
)  # read of every earlier month: since when somebody ranks too high, who was paid and found, who was visited
TABLES: tuple[Table, ...] = (*LANDED, PERSON_ROWS, *RECORDS, *LINKAGE, CROSS_DISTRICT_DUPLICATES, *RECONCILED)
TABLE_BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}

# Tables of codes, one row each whatever the months: the newest names, for queries that show names beside codes.
DISTRICTS = Table(
    "districts",
    "district of which something is published",
    (
        DISTRICT,
        Column("district_name", "VARCHAR", "Kabupaten or kota", nullable=False),
        Column("province_code", "VARCHAR", "2-digit Kemendagri code of the province", nullable=False),
        Column("province_name", "VARCHAR", "Province", nullable=False),
    ),
    ("district_code",),
)
VILLAGES = Table(
    "villages",
    "village of the newest month in which its district lists it",
    (
        Column("village_code", "VARCHAR", "10-digit village code", nullable=False),
        DISTRICT,
        Column("village_name", "VARCHAR", "Village"),
        Column("subdistrict_name", "VARCHAR", "Sub-district"),
    ),
    ("village_code",),
)
PROGRAMMES = Table(
    "programmes",
    "programme, as it is called in the newest month",
    (
        Column("programme", "VARCHAR", "Programme", nullable=False),
        Column("label_id", "VARCHAR", "Its name in Bahasa Indonesia", nullable=False),
        Column("label_en", "VARCHAR", "Its name in English", nullable=False),
        _coded("unit", Unit, "Whom it pays", nullable=False),
    ),
    ("programme",),
)
DISTRICT_STATUS = Table(
    "district_status",
    "month and district that landed, was run or is expected",
    (
        *PARTITION,
        _coded("state", DistrictState, "What the newest delivery has come to", nullable=False),
        Column("published_run", "VARCHAR", "Run that made what is published; empty: nothing is"),
        _coded("stale_because", StaleBecause, "Why what is published is older than what it rests on; empty: it is not"),
        Column("reason", "VARCHAR", "Why the newest delivery is not what is published"),
        Column("as_of", "VARCHAR", "When it came to this state, in UTC"),
    ),
    ("period", "district_code"),
)
REASON_WORDS = Table(
    "reasons",
    "reason for which a row is not on target",
    (
        Column("reason", "VARCHAR", "Reason", nullable=False),
        Column("meaning_id", "VARCHAR", "What it means, in Bahasa Indonesia", nullable=False),
        Column("meaning_en", "VARCHAR", "What it means, in English", nullable=False),
        _coded("certainty", Certainty, "The usual one; a row may have another", nullable=False),
        Column("legal_basis", "VARCHAR", "What it rests on now; a row has that of its period", nullable=False),
    ),
    ("reason",),
)
# Of several districts: in the analysts' database only, made of its other tables.
PROVINCE_SUMMARY = Table(
    "province_summary",
    "month and province: the sums of its districts of which there are figures",
    (
        PERIOD,
        Column("province_code", "VARCHAR", "2-digit Kemendagri code of the province", nullable=False),
        Column("districts", "BIGINT", "Districts that landed, were run or are expected", nullable=False),
        Column("districts_with_figures", "BIGINT", "Districts whose figures are in these sums", nullable=False),
        Column("districts_not_delivered", "BIGINT", "Expected districts that did not deliver", nullable=False),
        Column("districts_held_back", "BIGINT", "Districts whose newest delivery is held back", nullable=False),
        Column("districts_stale", "BIGINT", "Districts whose figures are older than what they rest on", nullable=False),
        *DISTRICT_SUMMARY.columns[len(PARTITION) + 1 :],  # its measures: all behind the district's name
    ),
    ("period", "province_code"),
)
REASON_PRECISION = Table(
    "reason_precision",
    "reason, village and month in which findings were sent out: how many of them the field confirmed",
    (
        *PARTITION,
        VILLAGE,
        _coded("reason", REASONS, "Why rows were off target or to be verified", nullable=False, listed=False),
        Column("sent_out", "BIGINT", "Findings on the month's worklists: rows with this reason", nullable=False),
        Column("answered", "BIGINT", "Of these, answered by the field in any month", nullable=False),
        Column("confirmed", "BIGINT", "Of these, TERBUKTI by the latest answer", nullable=False),
        Column("not_confirmed", "BIGINT", "Of these, TIDAK TERBUKTI by the latest answer", nullable=False),
        Column("unsettled", "BIGINT", "Of these, BELUM JELAS by the latest answer", nullable=False),
    ),
    ("period", "district_code", "village_code", "reason"),
)
OVER_DISTRICTS: tuple[Table, ...] = (PROVINCE_SUMMARY,)
CODE_TABLES: tuple[Table, ...] = (DISTRICTS, VILLAGES, PROGRAMMES, REASON_WORDS, DISTRICT_STATUS, REASON_PRECISION)
