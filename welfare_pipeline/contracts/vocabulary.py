"""The words of the domain, shared by Python and SQL: one StrEnum a concept, and what each reason means.

Spellings found in landing files stand in `code_lists.py`; dated thresholds in `policy.toml`.
"""

from dataclasses import dataclass
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

    ONLY = "only"  # the other day does not exist, or is after the period
    NEARER = "nearer"  # to the birth date of the row
    LATER = "later"  # the row has no birth date


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
    CONTRADICTS_WORKLIST = "CONTRADICTS_WORKLIST"  # an answer whose hidden id belongs to another printed row


class DeliveryFinding(StrEnum):
    """What is odd about something that landed; never its value."""

    UNREADABLE_VALUE = "UNREADABLE_VALUE"  # an optional value that could not be read and became empty
    IMPOSSIBLE_DATE = "IMPOSSIBLE_DATE"  # before 2000, or more than a year ahead; the fact counts as undated
    DATED_AFTER_PERIOD = "DATED_AFTER_PERIOD"  # the answer counts from the month its date falls in
    CONTRADICTS_WORKLIST = "CONTRADICTS_WORKLIST"  # the row's hidden id belongs to another printed row
    CONTRADICTING_ANSWERS = "CONTRADICTING_ANSWERS"  # one question, answered in two ways
    UNKNOWN_PAIR = "UNKNOWN_PAIR"  # a pair_id that no earlier month asked about
    ID_MISSING = "ID_MISSING"  # a row of a worklist without its hidden id: copied, added, or the column was deleted
    ANSWER_ELSEWHERE = "ANSWER_ELSEWHERE"  # the words of an answer in a column for something else
    ANSWER_MISSING = "ANSWER_MISSING"  # a date, minutes or an office filled in, but no answer
    ANSWER_NOT_PLAIN = "ANSWER_NOT_PLAIN"  # words that do not plainly mean one answer
    MERGED_CELLS = "MERGED_CELLS"  # the cell is merged with one above it, which alone holds the text
    FORMULA_WITHOUT_VALUE = "FORMULA_WITHOUT_VALUE"  # a formula that was not worked out, or an error
    NOTE_NOT_READ = "NOTE_NOT_READ"  # a note or comment on a cell
    EDIT_NOT_READ = "EDIT_NOT_READ"  # text in a place that is not read back
    PRINTED_TEXT_CHANGED = "PRINTED_TEXT_CHANGED"  # a printed cell no longer has its text
    COLUMN_MISSING = "COLUMN_MISSING"  # a sheet of a worklist without its answer column
    SHEET_NOT_READ = "SHEET_NOT_READ"  # a sheet in a worklist that is none of its sheets


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


class Reason(StrEnum):
    """Why a recipient may be off target; the order is the order of precedence for `primary_reason`."""

    DECEASED = "DECEASED"
    MOVED_AWAY = "MOVED_AWAY"
    NOT_FOUND = "NOT_FOUND"
    JUDGED_INELIGIBLE = "JUDGED_INELIGIBLE"
    DUPLICATE_PERSON = "DUPLICATE_PERSON"
    DUPLICATE_FAMILY = "DUPLICATE_FAMILY"
    EXCLUSIVE_PROGRAMMES = "EXCLUSIVE_PROGRAMMES"
    NOT_IN_REGISTRY = "NOT_IN_REGISTRY"
    DECILE_ABOVE_LIMIT = "DECILE_ABOVE_LIMIT"
    AGE_OUT_OF_RANGE = "AGE_OUT_OF_RANGE"
    PBI_OUTSIDE_REGISTRY = "PBI_OUTSIDE_REGISTRY"
    NOT_RANKED = "NOT_RANKED"
    PUBLIC_EMPLOYEE = "PUBLIC_EMPLOYEE"
    WAGE_ABOVE_MINIMUM = "WAGE_ABOVE_MINIMUM"
    COMPANY_OFFICER = "COMPANY_OFFICER"
    UNDERAGE_HOLDER = "UNDERAGE_HOLDER"
    NO_PKH_COMPONENT = "NO_PKH_COMPONENT"
    NOT_TRANSACTED = "NOT_TRANSACTED"
    DUPLICATE_ACROSS_DISTRICTS = "DUPLICATE_ACROSS_DISTRICTS"


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


class Severity(StrEnum):
    """What a failed check does: hold the district back, or warn."""

    BLOCKING = "blocking"
    WARNING = "warning"


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
    SHARED_NIK = "shared_nik"


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


class Change(StrEnum):
    """What is new about a person or family since the month before."""

    ENTERED = "entered"
    LEFT = "left"
    MOVED_PROGRAMME = "moved_programme"
    OUTCOME_CHANGED = "outcome_changed"
    ROWS_CHANGED = "rows_changed"
    NUMBER_CORRECTED = "number_corrected"


@dataclass(frozen=True)
class ReasonRule:
    """What a reason means to the people who act on it."""

    certainty: Certainty
    meaning: str
    legal_basis: str
    recommended_action: str


REASON_RULES: dict[Reason, ReasonRule] = {
    Reason.DECEASED: ReasonRule(
        Certainty.CERTAIN,
        "The person has died according to the civil registry, the registry or a village decision.",
        "Permensos 3/2021 (registry management); UU 13/2011",
        "Stop payment; let the village record the death; replace the holder if the family stays entitled.",
    ),
    Reason.MOVED_AWAY: ReasonRule(
        Certainty.CERTAIN,
        "The person has moved out of the district according to the civil registry, the registry or a decision.",
        "Permensos 3/2021 (registry management)",
        "End the entitlement here and hand the case to the district of the new address.",
    ),
    Reason.NOT_FOUND: ReasonRule(
        Certainty.CERTAIN,
        "The village's latest decision says that the person could not be found.",
        "Permensos 3/2021 (registry management)",
        "Suspend payment; end it when the next village meeting confirms the absence.",
    ),
    Reason.JUDGED_INELIGIBLE: ReasonRule(
        Certainty.CERTAIN,
        "The village's latest decision says not eligible, well off or refused.",
        "Permensos 3/2021 (village deliberation); Kepmensos 150/HUK/2022",
        "End the entitlement with the minutes of the meeting attached.",
    ),
    Reason.DUPLICATE_PERSON: ReasonRule(
        Certainty.CERTAIN,
        "The same person stands more than once in this programme and stage.",
        "UU 13/2011; Permensos 3/2021",
        "Keep the first row, strike this one, recover a double payment.",
    ),
    Reason.DUPLICATE_FAMILY: ReasonRule(
        Certainty.CERTAIN,
        "Another member of the same family card already receives this family programme in this stage.",
        "Permensos 1/2018 (PKH); Permensos 20/2019 (BPNT)",
        "Keep the first row, strike this one, recover a double payment.",
    ),
    Reason.EXCLUSIVE_PROGRAMMES: ReasonRule(
        Certainty.CERTAIN,
        "The family also receives a programme that excludes this one.",
        "Kepmensos on BST: not together with PKH or Sembako",
        "End this programme for the family; the other one stands.",
    ),
    Reason.NOT_IN_REGISTRY: ReasonRule(
        Certainty.CERTAIN,
        "Neither the person nor (for a family programme) anyone on the family card is active in the registry.",
        "UU 13/2011 article 11; Permensos 3/2021",
        "Let the village meeting judge the household: propose it for the registry, or end the entitlement.",
    ),
    Reason.DECILE_ABOVE_LIMIT: ReasonRule(
        Certainty.CERTAIN,
        "The person's decile (of a range all of it) is above the limit of the programme on that date.",
        "Inpres 4/2025 (DTSEN)",
        "End the entitlement unless the household objects to its decile.",
    ),
    Reason.AGE_OUT_OF_RANGE: ReasonRule(
        Certainty.CERTAIN,
        "The person's age on the last day of the period is outside the programme's range.",
        "Programme guidelines (age range in the policy)",
        "End the entitlement; check other programmes the person may have a claim to.",
    ),
    Reason.PBI_OUTSIDE_REGISTRY: ReasonRule(
        Certainty.TO_VERIFY,
        "The person's health premium is paid, but the person is not active in the registry and nobody has decided.",
        "Permensos 21/2019 (PBI-JKN)",
        "Let the village verify the person: eligible, then register; not eligible, then deactivate.",
    ),
    Reason.NOT_RANKED: ReasonRule(
        Certainty.TO_VERIFY,
        "The programme has a decile limit, and the registry says that the person has no decile.",
        "Inpres 4/2025 (DTSEN); Kepmensos 79/HUK/2025",
        "Have the household's data completed in SIKS-NG (Usulan Pembaruan Data), so that it can be ranked.",
    ),
    Reason.PUBLIC_EMPLOYEE: ReasonRule(
        Certainty.TO_VERIFY,
        "Somebody with this NIK and name (family programmes: on the family card) is on the list of public employees.",
        "UU 13/2011 article 5; Permensos 3/2021",
        "Ask the office named in the list whether the person is employed there; a list match is a hypothesis.",
    ),
    Reason.WAGE_ABOVE_MINIMUM: ReasonRule(
        Certainty.TO_VERIFY,
        "Somebody with this NIK and name (family programmes: on the family card) earns more than the minimum wage.",
        "UU 13/2011 article 5; Permensos 3/2021",
        "Confirm the wage with the family and the employer before any removal.",
    ),
    Reason.COMPANY_OFFICER: ReasonRule(
        Certainty.TO_VERIFY,
        "Somebody with this NIK and name (family programmes: on the family card) is registered as a company officer.",
        "UU 13/2011 article 5; Permensos 3/2021",
        "Ask the family: many do not know that their name was used; a list match is a hypothesis.",
    ),
    Reason.UNDERAGE_HOLDER: ReasonRule(
        Certainty.TO_VERIFY,
        "The holder of a family programme is under 18 and not known to be married.",
        "Permensos 1/2018 (PKH); Permensos 20/2019 (BPNT)",
        "Let the family name an adult holder; the entitlement of the family stands.",
    ),
    Reason.NO_PKH_COMPONENT: ReasonRule(
        Certainty.TO_VERIFY,
        "No active member of the PKH family meets a component (pregnancy, child, school, elderly, disability).",
        "Permensos 1/2018 (PKH) article 5",
        "Check the members with the facilitator; without a component the family graduates from PKH.",
    ),
    Reason.NOT_TRANSACTED: ReasonRule(
        Certainty.TO_VERIFY,
        "The payment failed (card empty or lost; reported dead, moved, not found), or was not used in time.",
        "Permensos 20/2019 (BPNT); Permensos 1/2018 (PKH)",
        "Visit the family: who holds the card, and does it know of the payment?",
    ),
    Reason.DUPLICATE_ACROSS_DISTRICTS: ReasonRule(
        Certainty.TO_VERIFY,
        "The same person receives from this programme in another district in the same month.",
        "UU 13/2011; Permensos 3/2021",
        "Agree with the other district where the person lives; end the entitlement in one of them.",
    ),
}
