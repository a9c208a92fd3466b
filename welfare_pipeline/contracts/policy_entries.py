"""The layout of `policy.toml`, shipped and deployment's alike: which entries there are, and of which kind each is.

What a value means stands beside it in the shipped file. What entries say of each other: `policy_contradictions.py`.
"""

from collections.abc import Sequence
from typing import Annotated, TypeVar

from pydantic import AliasChoices, BeforeValidator, Field

from welfare_pipeline.contracts.policy_alerts import Alerts
from welfare_pipeline.contracts.policy_linkage import Linkage
from welfare_pipeline.contracts.policy_values import (
    OLDEST,
    Age,
    Bytes,
    Count,
    Day,
    Days,
    Decile,
    Entry,
    Languages,
    Month,
    Months,
    Positive,
    Registry,
    Rupiah,
    Several,
    Share,
    StageMonths,
    Text,
    Times,
    TimeZone,
    UnitWord,
    listed,
    not_allowed,
)

ALWAYS = "1900-01"  # the month from which on a text holds that has no date

A_LABEL = "a text, or a table { id = ..., en = ... }"
A_LEGAL_BASIS = 'a text, or a dated list such as [{ from = "2025-02", text = "Inpres 4/2025" }]'


class Dated(Entry):
    """An entry of a list; it holds from its month on, until the next one does."""

    starts: Month = Field(alias="from")


D = TypeVar("D", bound=Dated)


def in_force(entries: Sequence[D], period: str) -> D | None:
    """The last entry of a dated list that has begun by `period`."""
    return max((entry for entry in entries if entry.starts <= period), key=lambda entry: entry.starts, default=None)


def to_come(entries: Sequence[D], period: str) -> D | None:
    """The entry of a dated list that begins next after `period`."""
    return min((entry for entry in entries if entry.starts > period), key=lambda entry: entry.starts, default=None)


class DecileLimit(Dated):
    """Highest decile that a programme is for.

    Up to `verify_limit` is only to be verified, and who has newly risen above the limit for `grace_months`.
    """

    limit: Decile
    verify_limit: Decile | None = None
    grace_months: Months = 0

    @property
    def reach(self) -> int:
        """The highest decile that is not certainly above."""
        return max(self.limit, self.verify_limit or 0)


class AgeRange(Dated):
    """Completed years, both ends included; an end that is not named is open."""

    minimum: Age | None = None
    maximum: Age | None = None


class Amount(Dated):
    """What a programme pays, in rupiah a month."""

    monthly: Rupiah


class YearlyAmount(Dated):
    """What PKH pays for a component, in rupiah a year."""

    yearly: Rupiah


class LegalBasis(Dated):
    """The regulation that a programme rests on."""

    text: Text = Field(validation_alias=AliasChoices("text", "basis", "legal_basis"))


def legal_basis(entries: Sequence[LegalBasis], period: str) -> str:
    """The regulation in force in the period; before the first one that is known, that there is none."""
    basis = in_force(entries, period)
    return basis.text if basis else f"no legal basis known before {entries[0].starts}"


class Wage(Dated):
    """A minimum wage, in rupiah a month."""

    amount: Rupiah


class CalendarDays(Dated):
    """The days of the month on which proposals go their way.

    What an entry does not name is as its province has it, then as the default.
    """

    proposals_from: Day | None = None
    proposals_until: Day | None = None
    meeting_until: Day | None = None
    approval_until: Day | None = None
    snapshot_months_back: Months | None = None


class PkhComponent(Entry):
    """A PKH component by age, in completed years, both ends included."""

    name: Text
    minimum_age: Age = 0
    maximum_age: Age = OLDEST


class Label(Entry):
    """A programme's name, in Bahasa Indonesia and in English."""

    id: Text
    en: Text


def _in_both(value: object) -> object:
    if isinstance(value, str) and value.strip():
        return {"id": value, "en": value}
    if isinstance(value, dict):
        return value
    raise not_allowed(A_LABEL)


def since_ever(value: object) -> object:
    """The dated list that a text without a date stands for; a list is one already."""
    if isinstance(value, str) and value.strip():
        return [{"from": ALWAYS, "text": value}]
    if isinstance(value, list) and value:
        return value
    raise not_allowed(A_LEGAL_BASIS)


class ProgrammeEntry(Entry):
    """One programme; those with a default need not be named."""

    label: Annotated[Label, BeforeValidator(_in_both)]
    unit: UnitWord
    registry: Registry
    legal_basis: Annotated[tuple[LegalBasis, ...], BeforeValidator(since_ever)]
    aliases: Annotated[tuple[Text, ...], listed('["BLT Desa"]')] = ()
    amounts: Annotated[tuple[Amount, ...], listed('[{ from = "2025-04", monthly = 300000 }]')] = ()
    stage_months: StageMonths = 1
    decile_limits: Annotated[tuple[DecileLimit, ...], listed('[{ from = "2025-04", limit = 4 }]')] = ()
    ages: Annotated[tuple[AgeRange, ...], listed('[{ from = "2025-04", minimum = 60 }]')] = ()
    yields_to: Annotated[tuple[Text, ...], listed('["pkh", "sembako"]')] = ()


class Thresholds(Entry):
    """Single figures; each is explained in the shipped file."""

    rejected_share: Share
    rejected_rows_tolerated: Count
    family_size_limit: Positive
    placeholder_names: Several
    rounded_share: Share
    valid_nik_share: Share
    blank_name_share: Share
    today_birth_date_share: Share
    today_birth_date_rows: Count
    incomplete_row_share: Share
    registry_population_ratio: Times
    poverty_deciles: Decile
    snapshot_jump_share: Share
    village_share_jump: Share
    one_person_card_rise: Share
    record_update_months: Months
    population_age_months: Months
    ktp_recorded_share: Share
    control_total_tolerance: Share
    linkage_same_probability: Share
    linkage_review_probability: Share
    linkage_block_limit: Several
    review_share: Share
    underage_holder_age: Age
    electronic_card_age: Age
    transaction_days: Days
    decision_months: Months
    ineligible_months: Months
    proposal_months: Months
    complaint_months: Months
    objection_months: Months
    objection_days: Days
    outlet_family_limit: Positive
    facilitator_report_share: Share
    across_name_similarity: Share
    across_born_alike_similarity: Share
    file_bytes: Bytes
    file_packing_ratio: Times
    file_cells: Positive
    file_memory: Bytes
    run_history_months: Months
    facilitator_p2k2_share: Share
    kept_versions: Count


class PolicyEntries(Entry):
    """The whole file."""

    version: Text
    language: Languages = "both"
    expected_districts: Annotated[tuple[Text, ...], listed('["1401", "1403"]')] = ()
    time_zone: TimeZone = "Asia/Jakarta"
    alerts: Alerts = Alerts()
    programmes: dict[str, ProgrammeEntry]
    thresholds: Thresholds
    linkage: Linkage
    pkh_components: Annotated[tuple[PkhComponent, ...], listed('[{ name = "ELDERLY", minimum_age = 70 }]', filled=True)]
    pkh_amounts: dict[str, Annotated[tuple[YearlyAmount, ...], listed('[{ from = "2020-01", yearly = 900000 }]')]]
    pkh_limits: dict[str, Positive]
    calendar: dict[str, Annotated[tuple[CalendarDays, ...], listed('[{ from = "2025-04", approval_until = 25 }]')]]
    minimum_wages: dict[str, Annotated[tuple[Wage, ...], listed('[{ from = "2025-01", amount = 3508776 }]')]]
