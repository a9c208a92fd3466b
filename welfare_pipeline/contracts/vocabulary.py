"""The codes of the domain, shared by Python and SQL: one StrEnum a concept.

What each code means, and the reasons, stand in `words.toml`; spellings found in landing files in `code_lists.py`; dated
thresholds in `policy.toml`.
"""

from enum import StrEnum


class NikStatus(StrEnum):
    """What a landed NIK is worth; the first that applies, in this order."""

    MISSING = "missing"
    PLACEHOLDER = "placeholder"
    PRECISION_LOST = "precision_lost"
    NOT_NUMERIC = "not_numeric"
    WRONG_LENGTH = "wrong_length"
    TEMPORARY = "temporary"
    FAMILY_CARD_NUMBER = "family_card_number"
    BAD_BIRTH_DATE = "bad_birth_date"
    BAD_REGION = "bad_region"
    VALID = "valid"


class NikCentury(StrEnum):
    """Why of the two birth dates that a NIK allows, a century apart, one is taken."""

    ONLY = "only"
    NEARER = "nearer"
    LATER = "later"


class CardStatus(StrEnum):
    """What a landed family card number is worth; the first that applies, in this order."""

    MISSING = "missing"
    PLACEHOLDER = "placeholder"
    PRECISION_LOST = "precision_lost"
    NOT_NUMERIC = "not_numeric"
    WRONG_LENGTH = "wrong_length"
    BAD_REGION = "bad_region"
    VALID = "valid"


class NikWarning(StrEnum):
    """A valid NIK that contradicts the row's own columns."""

    SEX_MISMATCH = "sex_mismatch"
    BIRTH_DATE_MISMATCH = "birth_date_mismatch"


class RejectionReason(StrEnum):
    """Why a landed row cannot be used."""

    NO_IDENTITY = "NO_IDENTITY"
    FOREIGN_DISTRICT = "FOREIGN_DISTRICT"
    MALFORMED = "MALFORMED"
    REQUIRED_VALUE_MISSING = "REQUIRED_VALUE_MISSING"
    UNREADABLE_VALUE = "UNREADABLE_VALUE"
    CONTRADICTS_WORKLIST = "CONTRADICTS_WORKLIST"


class DeliveryFinding(StrEnum):
    """What is odd about something that landed; never its value."""

    UNREADABLE_VALUE = "UNREADABLE_VALUE"
    IMPOSSIBLE_DATE = "IMPOSSIBLE_DATE"
    UNKNOWN_CODE = "UNKNOWN_CODE"
    DATED_AFTER_PERIOD = "DATED_AFTER_PERIOD"
    CONTRADICTS_WORKLIST = "CONTRADICTS_WORKLIST"
    CONTRADICTING_ANSWERS = "CONTRADICTING_ANSWERS"
    UNKNOWN_PAIR = "UNKNOWN_PAIR"
    UNKNOWN_SAMPLE = "UNKNOWN_SAMPLE"
    ID_MISSING = "ID_MISSING"
    ANSWER_ELSEWHERE = "ANSWER_ELSEWHERE"
    ANSWER_MISSING = "ANSWER_MISSING"
    ANSWER_NOT_PLAIN = "ANSWER_NOT_PLAIN"
    MERGED_CELLS = "MERGED_CELLS"
    FORMULA_WITHOUT_VALUE = "FORMULA_WITHOUT_VALUE"
    NOTE_NOT_READ = "NOTE_NOT_READ"
    EDIT_NOT_READ = "EDIT_NOT_READ"
    PRINTED_TEXT_CHANGED = "PRINTED_TEXT_CHANGED"
    COLUMN_MISSING = "COLUMN_MISSING"
    SHEET_NOT_READ = "SHEET_NOT_READ"


class FileState(StrEnum):
    """What became of a landed file."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Presence(StrEnum):
    """Where a person is, in the registry, the civil registry or a village decision."""

    ACTIVE = "AKTIF"
    DIED = "MD"
    MOVED = "PD"
    NOT_FOUND = "TT"
    REFUSED = "MM"
    ARRIVED = "DD"


class Decision(StrEnum):
    """What a village meeting decided (presence decisions use `Presence`)."""

    ELIGIBLE = "LAYAK"
    INELIGIBLE = "TIDAK LAYAK"
    WELL_OFF = "SUDAH MAMPU"


class MatchMethod(StrEnum):
    """What a link rests on."""

    NIK = "nik"
    FAMILY_CARD = "family_card"
    PROBABILISTIC = "probabilistic"
    CONFIRMED = "confirmed"
    NONE = "none"


class AmountBasis(StrEnum):
    """Where the rupiah a month of a recipient row are from."""

    POLICY = "policy"
    COMPONENTS = "components"
    LIST = "list"


class AuditError(StrEnum):
    """What a field check estimates."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


class MatchBand(StrEnum):
    """How far a link may be trusted."""

    SAME = "same"
    REVIEW = "review"
    DIFFERENT = "different"


class Support(StrEnum):
    """What a field that agrees or differs says about two rows being one person."""

    STRONGLY_FOR = "strongly_for"
    FOR = "for"
    NEITHER = "neither"
    AGAINST = "against"
    STRONGLY_AGAINST = "strongly_against"


class GuardEffect(StrEnum):
    """What a guard of linkage does: `veto` keeps a pair out of band same, `accept` puts one of review in."""

    VETO = "veto"
    CLERICAL_REVIEW = "clerical_review"
    ACCEPT = "accept"


class Guard(StrEnum):
    """What is known of people and lists beside the weights, by precedence: a file each in `linkage/sql/guards`."""

    NUMBER_CONFLICT = "number_conflict"
    NOBODY_ELSE = "nobody_else"
    ISSUED_ANEW = "issued_anew"
    TWINS = "twins"
    ELSEWHERE = "elsewhere"
    TWO_BIRTH_YEARS = "two_birth_years"
    TWIN_WITHOUT_NUMBER = "twin_without_number"
    FAMILY_NAMESAKE = "family_namesake"
    NUMBER_ALONE = "number_alone"
    ONLY_NAME_AND_VILLAGE = "only_name_and_village"
    NEARLY_EQUAL = "nearly_equal"
    COMPETING_CLAIM = "competing_claim"
    NAME_ONLY = "name_only"


class Doubt(StrEnum):
    """Why people have to settle a pair."""

    NUMBER_CONFLICT = "number_conflict"
    COMPETING_CLAIM = "competing_claim"
    ONE_FAMILY = "one_family"
    WEAK_EVIDENCE = "weak_evidence"


class Answer(StrEnum):
    """What people found out about a review pair."""

    SAME = "SAME"
    DIFFERENT = "DIFFERENT"


class Outcome(StrEnum):
    """What is decided about a recipient row; the first that applies, in this order."""

    OFF_TARGET = "off_target"
    TO_VERIFY = "to_verify"
    UNRESOLVED = "unresolved"
    ON_TARGET = "on_target"


class Certainty(StrEnum):
    """Whether a reason stands by itself or has to be confirmed in the field."""

    CERTAIN = "certain"
    TO_VERIFY = "to_verify"


class Registration(StrEnum):
    """How much of an unregistered poor household is in the registry."""

    NONE = "none"
    PARTIAL = "partial"


class HouseholdCertainty(StrEnum):
    """Whether every link that makes a household look unregistered is settled."""

    CERTAIN = "certain"
    POSSIBLE = "possible"


class PovertyEvidence(StrEnum):
    """Why a household is believed to be poor."""

    PROPOSED = "PROPOSED"
    JUDGED_ELIGIBLE = "JUDGED_ELIGIBLE"
    RECIPIENT_FAMILY = "RECIPIENT_FAMILY"
    COMPLAINT = "COMPLAINT"


class Blocker(StrEnum):
    """What stands between a poor household and the registry."""

    NO_E_KTP = "NO_E_KTP"
    NIK_NOT_IN_CIVIL_REGISTRY = "NIK_NOT_IN_CIVIL_REGISTRY"
    NIK_INVALID = "NIK_INVALID"
    VILLAGE_MEETING_NOT_HELD = "VILLAGE_MEETING_NOT_HELD"


class HouseholdStep(StrEnum):
    """What to do next for a poor household that is not registered, or ranked wrongly; the first that applies."""

    SETTLE_PAIRS = "SETTLE_PAIRS"
    MEND_NIK = "MEND_NIK"
    CONFIRM_NIK = "CONFIRM_NIK"
    RECORD_E_KTP = "RECORD_E_KTP"
    ADD_MEMBERS = "ADD_MEMBERS"
    PROPOSE = "PROPOSE"
    RANK_ANEW = "RANK_ANEW"


class UnservedStep(StrEnum):
    """What to do for a registered family that no programme reaches."""

    PROPOSE_FOR_PROGRAMME = "PROPOSE_FOR_PROGRAMME"
    HAVE_RANKED = "HAVE_RANKED"


class ProposalPath(StrEnum):
    """By which of its two paths SIKS-NG takes a proposal; it refuses one that is sent by the other."""

    PROGRAMME = "USULAN_BANSOS"
    DATA = "USULAN_PEMBARUAN_DATA"


class PbiMovement(StrEnum):
    """What became of a member of the PBI list since the nearest earlier month in which that landed."""

    LEFT = "left"
    RETURNED = "returned"


class DepartureReason(StrEnum):
    """Why somebody is most likely no longer on the PBI list; the first that applies, in this order."""

    DECEASED = "deceased"
    MOVED_AWAY = "moved_away"
    NOT_IN_REGISTRY = "not_in_registry"
    ABOVE_LIMIT = "above_limit"
    DUPLICATE = "duplicate"
    UNKNOWN = "unknown"


class Urgency(StrEnum):
    """Whether somebody who left the PBI list can wait."""

    HIGH = "high"
    NORMAL = "normal"


class ReturnRequirement(StrEnum):
    """What is still missing for somebody to come back to the PBI list."""

    FACILITY_LETTER = "FACILITY_LETTER"
    OFFICE_LETTER = "OFFICE_LETTER"
    PROPOSAL = "PROPOSAL"
    DATA_RENEWAL = "DATA_RENEWAL"


class RepairStep(StrEnum):
    """What to do about a broken or unconfirmed identity; the first that applies, in this order."""

    COMPARE_WITH_REGISTRY = "COMPARE_WITH_REGISTRY"
    READ_FROM_CARD = "READ_FROM_CARD"
    CONFIRM_NIK = "CONFIRM_NIK"
    COMPARE_WITH_CARD = "COMPARE_WITH_CARD"
    READ_CARD_NUMBER = "READ_CARD_NUMBER"


class ReturnedBecause(StrEnum):
    """Why DTSEN does not take a row in but returns it to the sender."""

    NIK_INVALID = "NIK_INVALID"
    CARD_INVALID = "CARD_INVALID"


class Severity(StrEnum):
    """What a failed check does: hold the district back, or warn."""

    BLOCKING = "blocking"
    WARNING = "warning"


class DistrictState(StrEnum):
    """What the newest delivery of a month and district has come to."""

    RECONCILED = "reconciled"
    HELD_BACK = "held_back"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    ROLLED_BACK = "rolled_back"
    NOT_DELIVERED = "not_delivered"


class StaleBecause(StrEnum):
    """Why what is published of a month and district is older than what it rests on."""

    NEWER_LANDING = "newer_landing"
    EARLIER_MONTH_CHANGED = "earlier_month_changed"
    OTHER_DISTRICT_CHANGED = "other_district_changed"


class Unit(StrEnum):
    """Whom a programme pays, and whose status changes."""

    FAMILY = "family"
    PERSON = "person"


class RegistryDemand(StrEnum):
    """What it means for a recipient of a programme not to be in the registry."""

    OFF_TARGET = "off_target"
    TO_VERIFY = "to_verify"
    NOT_REQUIRED = "not_required"


class Agreement(StrEnum):
    """How a field of a landed row compares with that of a registry person."""

    SAME = "same"
    SIMILAR = "similar"
    DIFFERENT = "different"
    MISSING = "missing"


class IdentityWarning(StrEnum):
    """What other rows say against the NIK of a row."""

    NIK_DIFFERS_FROM_REGISTRY = "nik_differs_from_registry"


class PaymentFinding(StrEnum):
    """What became of a payment, or of an entitled row."""

    PAID_AND_TRANSACTED = "paid_and_transacted"
    PAID_NOT_TRANSACTED = "paid_not_transacted"
    FAILED = "failed"
    PAID_NOT_ENTITLED = "paid_not_entitled"
    PAID_NOT_LISTED = "paid_not_listed"
    ENTITLED_NOT_PAID = "entitled_not_paid"


class ConfirmedBy(StrEnum):
    """Who said that a payment was received."""

    FAMILY = "family in person"
    GROUP = "group head or village"
    NOBODY = "nobody"


class PriceFinding(StrEnum):
    """How a price at an outlet stands to its reference price."""

    WITHIN_REFERENCE = "within_reference"
    CANDIDATE_FOR_SANCTION = "candidate_for_sanction"
    REASON_TO_ACCEPT = "reason_to_accept"


class FacilitatorWarning(StrEnum):
    """Which duty a facilitator falls short of."""

    DAILY_REPORTS = "daily_reports"
    MONTHLY_REPORT = "monthly_report"
    P2K2 = "p2k2"


class ComplaintFinding(StrEnum):
    """What the lists say of a complaint."""

    EXCLUDED_AND_UNREGISTERED = "excluded_and_unregistered"
    EXCLUDED_AND_UNSERVED = "excluded_and_unserved"
    EXCLUDED_BUT_SERVED = "excluded_but_served"
    INCLUDED_AND_OFF_TARGET = "included_and_off_target"
    INCLUDED_TO_VERIFY = "included_to_verify"
    INCLUDED_BUT_NOT_A_RECIPIENT = "included_but_not_a_recipient"
    NOT_IDENTIFIED = "not_identified"
    FOR_INFORMATION = "for_information"


class ProposalState(StrEnum):
    """How far a proposal has come."""

    WAITING = "waiting"
    REFUSED = "refused"
    ACCEPTED = "accepted"
    REGISTERED = "registered"
    SERVED = "served"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Change(StrEnum):
    """What is new about a person or family since the nearest earlier month."""

    ENTERED = "entered"
    LEFT = "left"
    MOVED_PROGRAMME = "moved_programme"
    OUTCOME_CHANGED = "outcome_changed"
    ROWS_CHANGED = "rows_changed"
    NUMBER_CORRECTED = "number_corrected"
