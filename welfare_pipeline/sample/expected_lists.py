"""What the lists beside the registry must lead to: employees, wages, officers, payments, two districts.

Worked out from the true people and from what can be known of them (a number that no list has right finds nobody).
The other reasons stand in `expected.py`.
"""

from datetime import date

import polars as pl

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.sample import expected_ranks, families
from welfare_pipeline.sample.conditions import in_month
from welfare_pipeline.sample.lists import FAMILY_PROGRAMMES
from welfare_pipeline.sample.noise import Injected
from welfare_pipeline.sample.people import World, listed_in
from welfare_pipeline.sample.profile import month_number
from welfare_pipeline.sample.programmes import Programme

_ADULT, _DAYS = 18, 60
_FAILED_FOR_THE_FAMILY = ("SALDO KOSONG", "KKS RUSAK/HILANG", "KPM MENINGGAL", "PINDAH/TIDAK DITEMUKAN")
_SOURCES = {
    "PUBLIC_EMPLOYEE": "public_employees",
    "WAGE_ABOVE_MINIMUM": "formal_workers",
    "COMPANY_OFFICER": "company_officers",
}
_PEOPLE = ("true_person_id", "true_family_id", "family_card_number", "injected")


def found_people(world: World, period: str) -> pl.DataFrame:
    """One row per person: component of the month, whether a spouse by the registry, and what `with_ranks` adds."""
    listed = listed_in(month_number(period))
    found = in_month(world, period)
    ranked = expected_ranks.with_ranks(found, period, world).people
    return ranked.select(
        *expected_ranks.COLUMNS,
        meets_component="component",
        true_person_id="person_id",
        known_spouse=listed & (pl.col("place") == families.SPOUSE),
    )


def with_lists(frame: pl.DataFrame, programme: Programme, marks: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """The list with one column of flags a reason of `marks`, named as the reason."""
    for reason, marked in marks.items():
        places = marked.filter(pl.col("programme") == str(programme)).select("source_file", "source_row").unique()
        flagged = places.with_columns(pl.lit(value=True).alias(reason))
        frame = frame.join(flagged, on=["source_file", "source_row"], how="left", maintain_order="left")
    return frame.with_columns(pl.col(*(str(reason) for reason in marks)).fill_null(value=False))


def marks(code: str, period: str, day: date, frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The rows (programme, source_file, source_row) that each reason of a list beside the registry must find."""
    recipients = _recipients(frames)
    known = pl.concat([_accepted(frames["registry"]).select(_PEOPLE), recipients.select(_PEOPLE)])
    minimum = load_policy().minimum_wage(period, code)
    found: dict[str, pl.DataFrame] = {"NOT_TRANSACTED": _not_transacted(recipients, frames, day)}
    carded = pl.concat([known, _accepted(frames["disbursements"]).select(_PEOPLE)])
    sound = known.filter(_number_sound()).select("true_person_id").unique()
    for reason, source in _SOURCES.items():
        rows = _accepted(frames[source]).filter(_number_sound() & pl.col("name").is_not_null())
        if reason == "WAGE_ABOVE_MINIMUM":
            rows = rows.filter(pl.col("monthly_wage") > minimum)
        listed = rows.select("true_person_id").unique().join(sound, on="true_person_id")
        found[reason] = _concerned(recipients, carded, listed)
    found["DUPLICATE_ACROSS_DISTRICTS"] = recipients.filter("abroad")
    return found


def cards_shown(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Whom a list of recipients or payments shows on which family card: person, family and card."""
    lists = ("disbursements", *(p for p in Programme if p in frames))
    card = ("true_person_id", "true_family_id", "family_card_number")
    return pl.concat([_accepted(frames[name]).select(card) for name in lists]).drop_nulls().unique()


def on_registry(frame: pl.DataFrame, registry: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """The list with `on_registry`: the person, or a family card a list shows of them, is active in the registry."""
    card = ["true_family_id", "family_card_number"]
    active = registry.filter("registered").select(card).drop_nulls().unique()
    covered = shown.join(active, on=card, how="semi").select("true_person_id").unique()
    marked = covered.with_columns(covered=pl.lit(value=True))
    joined = frame.join(marked, on="true_person_id", how="left", maintain_order="left")
    inside = pl.col("registered") | pl.col("covered").fill_null(value=False)
    return joined.with_columns(on_registry=inside).drop("covered")


def rules(programme: Programme, period: str) -> dict[str, pl.Expr]:
    """When the reasons hold that need nothing but `found_people` and the list, in that month."""
    holds: dict[str, pl.Expr] = {}
    if programme in FAMILY_PROGRAMMES:
        holds["UNDERAGE_HOLDER"] = (pl.col("age") < _ADULT) & ~pl.col("known_spouse").fill_null(value=False)
    if programme is Programme.PKH:
        holds["NO_PKH_COMPONENT"] = pl.col("on_registry") & ~pl.col("meets_component")
    return holds | expected_ranks.rules(programme, period)


def _accepted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("expected_rejection").is_null())


def _recipients(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    columns = (*_PEOPLE, "source_file", "source_row", "abroad")
    lists = [_accepted(frames[p]).select(*columns, pl.lit(str(p)).alias("programme")) for p in Programme if p in frames]
    return pl.concat(lists)


def _number_sound() -> pl.Expr:
    wrong = pl.element().str.starts_with("nik_") & (pl.element() != str(Injected.NIK_FORMATTED))
    return ~pl.col("injected").list.eval(wrong).list.any()


def _concerned(recipients: pl.DataFrame, known: pl.DataFrame, on_list: pl.DataFrame) -> pl.DataFrame:
    """The rows of these people; of family programmes also those on whose card, as some list has it, one stands."""
    themselves = recipients.join(on_list, on="true_person_id", how="semi")
    cards = known.drop_nulls().select("true_person_id", "true_family_id", card="family_card_number").unique()
    theirs = cards.join(on_list, on="true_person_id", how="semi").select("true_family_id", "card").unique()
    reached = cards.join(theirs, on=["true_family_id", "card"], how="semi").select("true_person_id").unique()
    family = recipients.filter(pl.col("programme").is_in([str(p) for p in FAMILY_PROGRAMMES]))
    return pl.concat([themselves, family.join(reached, on="true_person_id", how="semi")])


def _not_transacted(recipients: pl.DataFrame, frames: dict[str, pl.DataFrame], day: date) -> pl.DataFrame:
    status = pl.col("status")
    by_then = pl.col("transacted_on").fill_null(date.max) <= day
    unused = (status == "SUKSES SALUR") & ~by_then & (pl.col("paid_on").dt.offset_by(f"{_DAYS}d") <= day)
    failed = _accepted(frames["disbursements"]).filter(status.is_in(_FAILED_FOR_THE_FAMILY) | unused)
    first = recipients.unique(["programme", "true_person_id"], keep="first", maintain_order=True)
    return first.join(failed, on=["programme", "true_person_id"], how="semi")
