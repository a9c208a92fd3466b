"""What must come of each row by the rules of the contract (section 4), worked out from the true people.

Reasons that lists beside the registry give stand in `expected_lists.py`.
"""

import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.vocabulary import PovertyEvidence, Registration
from welfare_pipeline.contracts.words import REASONS
from welfare_pipeline.sample import expected_lists, expected_ranks
from welfare_pipeline.sample.conditions import age_on
from welfare_pipeline.sample.decisions import decisions_until
from welfare_pipeline.sample.dtsen import in_families_of
from welfare_pipeline.sample.lists import FAMILY_PROGRAMMES, REGISTRY_REQUIRED
from welfare_pipeline.sample.people import World, listed_in
from welfare_pipeline.sample.profile import month_number
from welfare_pipeline.sample.programmes import Programme

_AGES = {Programme.YAPI: (0, 17), Programme.ELDERLY: (60, 150)}
_INELIGIBLE = ("TIDAK LAYAK", "SUDAH MAMPU", "MM")
_ORDER = {reason: number for number, reason in enumerate(REASONS)}


def with_expected_reasons(world: World, period: str, frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The frames with `expected_reasons` (by precedence; empty for other sources than programme lists).

    Beside them `decile_certainty` and `decile_certain_from` of DECILE_ABOVE_LIMIT: see `expected_ranks.py`.
    """
    known = known_about_people(world, period)
    known = known.join(
        expected_lists.found_people(world, period), on="true_person_id", how="left", maintain_order="left"
    )
    beside = expected_lists.marks(world.profile.code, period, last_day(period), frames)
    paid = pl.concat(
        [frames[p].filter(pl.col("expected_rejection").is_null()).select("true_family_id") for p in ("pkh", "sembako")]
    ).unique()
    paid = paid.with_columns(paid=pl.lit(value=True))
    shown = expected_lists.cards_shown(frames)
    none, unknown = pl.lit([], dtype=pl.List(pl.String)), pl.lit(None, dtype=pl.String)
    programmes = {str(p) for p in Programme}
    prepared = {
        name: expected_lists.with_lists(
            expected_lists.on_registry(frames[name], frames["registry"], shown), Programme(name), beside
        )
        .with_columns(age=age_on(last_day(period), "true_birth_date"))
        .join(known, on="true_person_id", how="left", maintain_order="left")
        .join(paid, on="true_family_id", how="left", maintain_order="left")
        for name in frames
        if name in programmes
    }
    return {
        name: frame.with_columns(_reasons(prepared[name], Programme(name), period, list(beside)))
        if name in programmes
        else frame.with_columns(expected_reasons=none, decile_certainty=unknown, decile_certain_from=unknown)
        for name, frame in frames.items()
    }


def known_about_people(world: World, period: str) -> pl.DataFrame:
    """One row per person: what the registry, the civil registry and decisions say by the end of the month."""
    month, day = month_number(period), last_day(period)
    world = in_families_of(world, month)
    left = pl.col("leaves") <= month
    by_registry = pl.col("known_to_registry") & listed_in(month) & left
    by_civil = pl.col("known_to_civil_registry") & left
    decided = decisions_until(world, period).filter(pl.col("decided_on").is_null() | (pl.col("decided_on") <= day))
    presence = (
        decided.filter(pl.col("outcome").is_in(["MD", "PD", "TT"]))
        .select(true_person_id="person_id", by_village=pl.lit(value=True))
        .unique()
    )
    return (
        world.people.select(
            true_person_id="person_id",
            true_family_id_of_person="family_id",
            leaving="leaving",
            by_lists=by_registry | by_civil,
            listed_inactive=by_registry,
        )
        .join(presence, on="true_person_id", how="left", maintain_order="left")
        .with_columns(pl.col("by_village").fill_null(value=False))
        .join(
            _judgements(decided),
            left_on="true_family_id_of_person",
            right_on="judged_family",
            how="left",
            maintain_order="left",
        )
        .with_columns(judged_self=(pl.col("judged_person") == pl.col("true_person_id")) | (pl.col("subject") == "card"))
    )


def _judgements(decided: pl.DataFrame) -> pl.DataFrame:
    """The latest judgement of each family that has one."""
    judged = decided.filter(~pl.col("outcome").is_in(["MD", "PD", "TT"])).sort("decided_on", maintain_order=True)
    return judged.unique("family_id", keep="last", maintain_order=True).select(
        judged_family="family_id",
        judged_person="person_id",
        subject="subject",
        judgement="outcome",
        judged_for="programme",
    )


def _reasons(prepared: pl.DataFrame, programme: Programme, period: str, beside: list[str]) -> list[pl.Series]:
    """The columns expected_reasons, decile_certainty and decile_certain_from of a programme's list."""
    joined = prepared.with_columns(
        pl.col("paid", "by_lists", "by_village", "judged_self", "listed_inactive").fill_null(value=False)
    )
    holds = {
        **_rules(programme),
        **expected_lists.rules(programme, period),
        **{reason: pl.col(reason) for reason in beside},
    }
    ordered = sorted(holds, key=lambda reason: _ORDER[str(reason)])
    accepted = pl.col("expected_rejection").is_null()
    found = [
        pl.when(accepted & holds[reason].fill_null(value=False)).then(pl.lit(str(reason))).alias(str(reason))
        for reason in ordered
    ]
    reasons = joined.select(expected_reasons=pl.concat_list(found).list.drop_nulls()).to_series()
    above = pl.lit(reasons).list.contains("DECILE_ABOVE_LIMIT")
    certainty, certain_from = expected_ranks.certainty(programme, period)
    ranks = joined.select(
        decile_certainty=pl.when(above).then(certainty), decile_certain_from=pl.when(above).then(certain_from)
    )
    return [reasons, *ranks]


def _rules(programme: Programme) -> dict[str, pl.Expr]:
    family = programme in FAMILY_PROGRAMMES
    known_gone = pl.col("by_lists") | pl.col("by_village")
    accepted = pl.col("expected_rejection").is_null()
    first_of_person = accepted & pl.col("true_person_id").is_first_distinct()
    same_family = pl.col("true_person_id").first().over("true_family_id")
    rules = {
        "DECEASED": (pl.col("leaving") == "MD") & known_gone,
        "MOVED_AWAY": (pl.col("leaving") == "PD") & known_gone,
        "NOT_FOUND": (pl.col("leaving") == "TT") & pl.col("by_village"),
        "JUDGED_INELIGIBLE": _judged(programme)
        & pl.col("judgement").is_in(_INELIGIBLE)
        & (pl.lit(family) | pl.col("judged_self")),
        "DUPLICATE_PERSON": accepted & ~first_of_person,
    }
    if family:
        rules["DUPLICATE_FAMILY"] = accepted & (same_family != pl.col("true_person_id"))
    if programme is Programme.BST:
        rules["EXCLUSIVE_PROGRAMMES"] = pl.col("paid")
    if programme in REGISTRY_REQUIRED:
        rules |= _registry_rule(programme)
    if programme in _AGES:
        rules["AGE_OUT_OF_RANGE"] = ~pl.col("age").is_between(*_AGES[programme])
    return rules


def _judged(programme: Programme) -> pl.Expr:
    """Whether the family's judgement is about this programme."""
    about_it = pl.col("judged_for").is_null() | (pl.col("judged_for") == str(programme))
    return pl.col("judgement").is_not_null() & about_it


def _registry_rule(programme: Programme) -> dict[str, pl.Expr]:
    family = programme in FAMILY_PROGRAMMES
    inside = pl.col("on_registry") if family else pl.col("registered")
    gone_by_registry = pl.col("leaving").is_in(["MD", "PD"]) & pl.col("listed_inactive")
    judged = _judged(programme)
    eligible = judged & (pl.col("judgement") == "LAYAK")
    if family:
        return {"NOT_IN_REGISTRY": ~inside & ~gone_by_registry & ~eligible}
    decided = pl.col("by_village") | (judged & pl.col("judged_self"))
    return {"PBI_OUTSIDE_REGISTRY": ~inside & ~gone_by_registry & ~decided}


def household_evidence(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The frames with `household_registration` and `household_evidence` of rows that show an unregistered household."""
    in_registry = frames["registry"]["true_person_id"].unique()
    return {
        name: _with_evidence(frame, name, in_registry) if "true_person_id" in frame.columns else frame
        for name, frame in frames.items()
    }


def _with_evidence(frame: pl.DataFrame, source: str, in_registry: pl.Series) -> pl.DataFrame:
    outside = pl.col("registered").not_().fill_null(value=False) & pl.col("expected_rejection").is_null()
    shows, kind = _evidence_of(source, in_registry)
    partial = pl.when("known_family").then(pl.lit(str(Registration.PARTIAL)))
    return frame.with_columns(
        household_registration=pl.when(outside & shows).then(partial.otherwise(pl.lit(str(Registration.NONE)))),
        household_evidence=pl.when(outside & shows).then(pl.lit(kind, dtype=pl.String)),
    )


def _evidence_of(source: str, in_registry: pl.Series) -> tuple[pl.Expr, str | None]:
    """Which rows of a source show that a household outside the registry is poor, and what that is called.

    `in_registry`: whoever stands in the registry, active or not.
    """
    if source == "proposals":
        return pl.col("outcome") != "DITOLAK", str(PovertyEvidence.PROPOSED)
    if source == "eligibility_decisions":
        return pl.col("outcome") == "LAYAK", str(PovertyEvidence.JUDGED_ELIGIBLE)
    if source == "complaints":
        return (pl.col("kind") == "EXCLUDED") & ~pl.col("unnamed"), str(PovertyEvidence.COMPLAINT)
    if source in {str(programme) for programme in Programme}:
        nowhere = pl.col("true_person_id").is_in(in_registry.implode()).not_()
        return pl.col("known_family") & nowhere, str(PovertyEvidence.RECIPIENT_FAMILY)
    return pl.lit(value=False), None
