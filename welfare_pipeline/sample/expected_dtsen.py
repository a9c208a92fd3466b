"""The truth about two tables of the registry of everybody: poor households ranked wrongly, and PBI departures.

One row a household, one row a person who left or came back. Rows of lists have theirs in `expected.py`. Months before
count as landed: complaints, proposals and decisions are remembered for some months, unless a later word about the same
person takes their place, and who came back was on an earlier list.
"""

from collections.abc import Callable, Mapping
from datetime import date

import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.contracts.vocabulary import PovertyEvidence
from welfare_pipeline.sample.noise import Injected
from welfare_pipeline.sample.profile import DTSEN_PERIODS, PERIODS
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.ranks import highest_limit, limit_of

Frames = Mapping[str, pl.DataFrame]
_EVIDENCE = ("proposals", "eligibility_decisions", "complaints")
_COMPLAINT_MONTHS, _PROPOSAL_MONTHS, _DECISION_MONTHS = 3, 12, 12
_DENYING, _GONE = ("TIDAK LAYAK", "SUDAH MAMPU", "MM"), ("MD", "PD", "TT")
_NONE = pl.lit(None, dtype=pl.String)


def misranked_evidence(source: str, period: str) -> pl.Expr:
    """Which evidence of poverty a source's row is about somebody in the registry ranked too high or not at all.

    Null: none. Needs the columns of `expected_ranks.COLUMNS` beside the frame's own.
    """
    limit, day = highest_limit(period), last_day(period)
    if limit is None:
        return _NONE
    shows: dict[str, tuple[pl.Expr, PovertyEvidence]] = {
        "proposals": (pl.col("outcome") != "DITOLAK", PovertyEvidence.PROPOSED),
        "eligibility_decisions": (
            (pl.col("outcome") == "LAYAK") & (pl.col("decided_on").fill_null(day) <= day),
            PovertyEvidence.JUDGED_ELIGIBLE,
        ),
        "complaints": (pl.col("kind") == "EXCLUDED", PovertyEvidence.COMPLAINT),
    }
    if source not in shows:
        return _NONE
    said, kind = shows[source]
    misranked = (pl.col("ranked_lowest") > limit).fill_null(value=False) | pl.col("said_unranked")
    active = pl.col("registered") & pl.col("expected_rejection").is_null()
    return pl.when(said & misranked & active).then(pl.lit(str(kind)))


def misranked_households(months: Mapping[str, Frames], ranks: pl.DataFrame, period: str) -> pl.DataFrame:
    """One row a household: true_family_id, members named, evidence, decile_lowest, unranked, decile_limit, certainty.

    `possible`: all that is said names them by their name only, which others bear or nobody, if it is mistyped.
    `months`: frames by period, this one's and earlier ones' since DTSEN; `ranks`: this month's, by true_person_id.
    """
    said = _said(months, period)
    last = said.filter(pl.col("source") == "eligibility_decisions").unique("true_person_id", keep="last")
    gone, denied = (last.filter(pl.col("outcome").is_in(outcomes)) for outcomes in (_GONE, _DENYING))
    families = denied.join(ranks, on="true_person_id").select("true_family_id")  # a decision for one member binds them
    people = (
        _standing(said, period)
        .join(gone, on="true_person_id", how="anti")
        .join(ranks, on="true_person_id")
        .join(families, on="true_family_id", how="anti")
    )
    evidence = people.with_columns(
        evidence=pl.coalesce(pl.when(pl.col("source") == x).then(misranked_evidence(x, period)) for x in _EVIDENCE)
    ).drop_nulls("evidence")
    return (
        evidence.group_by("true_family_id")
        .agg(
            members=pl.col("true_person_id").n_unique(),
            evidence=pl.col("evidence").unique().sort(),
            decile_lowest=pl.col("ranked_lowest").min(),
            unranked=pl.col("said_unranked").any(),
            certainty=pl.when(pl.col("by_name_only").all()).then(pl.lit("possible")).otherwise(pl.lit("certain")),
        )
        .sort("true_family_id")
        .with_columns(decile_limit=pl.lit(highest_limit(period)))
    )


def _said(months: Mapping[str, Frames], period: str) -> pl.DataFrame:
    """What is said of each person by the month's end, the oldest first."""
    named = [_named(source, frames[source], month) for month, frames in months.items() for source in _EVIDENCE]
    accepted = pl.concat(named).filter(pl.col("expected_rejection").is_null())
    return accepted.filter(pl.col("said_on") <= last_day(period)).sort("said_on", "said_in", maintain_order=True)


def _standing(said: pl.DataFrame, period: str) -> pl.DataFrame:
    """What still stands at the month's end: complaints, the last proposal and decision of each person."""
    day = last_day(period)
    complaints = said.filter(
        pl.col("source") == "complaints", _within(_COMPLAINT_MONTHS, day) | (pl.col("said_in") == period)
    )
    proposals = said.filter(pl.col("source") == "proposals").unique("true_person_id", keep="last")
    decisions = said.filter(pl.col("source") == "eligibility_decisions").unique("true_person_id", keep="last")
    recent = proposals.filter(_within(_PROPOSAL_MONTHS, day)), decisions.filter(_within(_DECISION_MONTHS, day))
    return pl.concat([complaints, *recent])


def _within(months: int, day: date) -> pl.Expr:
    """Whether what was said is at most so many months old; the last day of a month counts until the last of another."""
    ends = pl.col("said_on") == pl.col("said_on").dt.month_end()
    later = pl.col("said_on").dt.offset_by(f"{months}mo")
    return pl.when(ends).then(later.dt.month_end()).otherwise(later) >= day


def _named(source: str, frame: pl.DataFrame, period: str) -> pl.DataFrame:
    """The rows that name somebody, with every column that evidence needs; undated, they are of the month's last day."""
    known = {name: pl.col(name) if name in frame.columns else _NONE for name in ("outcome", "kind")}
    dated = {"proposals": "proposed_on", "eligibility_decisions": "decided_on", "complaints": "received_on"}[source]
    said_on = pl.col(dated).cast(pl.Date).fill_null(last_day(period))
    return frame.select(
        "true_person_id",
        "expected_rejection",
        source=pl.lit(source),
        decided_on=said_on,
        said_on=said_on,
        said_in=pl.lit(period),
        by_name_only=_by_name_only() if source == "complaints" else pl.lit(value=False),
        **known,
    ).drop_nulls("true_person_id")


def _by_name_only() -> pl.Expr:
    """Whether a complaint has neither a right number nor a right card of whom it is about."""
    return ~(
        (pl.col("nik").is_not_null() & _right("nik_")) | (pl.col("family_card_number").is_not_null() & _right("card_"))
    )


def _right(errors: str) -> pl.Expr:
    wrong = pl.element().str.starts_with(errors) & (pl.element() != str(Injected.NIK_FORMATTED))
    return ~pl.col("injected").list.eval(wrong).list.any()


def pbi_departures(
    period: str, members_of: Callable[[str], pl.Series], known: pl.DataFrame, frames: Frames
) -> pl.DataFrame:
    """One row a person who left the PBI list since the nearest earlier month, or came back to it.

    true_person_id, movement, previous_period, likely_reason (null of those who came back), decile_lowest, illness,
    proposed, urgency. `members_of`: the persons on the PBI list of a month; `known`: what lists say of each person.
    """
    earlier = [month for month in PERIODS if month < period]
    now, before = members_of(period), members_of(earlier[-1])
    ever = pl.concat([members_of(month) for month in earlier]).unique()
    left = before.filter(~before.is_in(now.implode()))
    came = now.filter(now.is_in(ever.implode()) & ~now.is_in(before.implode()))
    moved = pl.concat(
        [
            left.to_frame("true_person_id").with_columns(movement=pl.lit("left")),
            came.to_frame("true_person_id").with_columns(movement=pl.lit("returned")),
        ]
    )
    asked = _first(frames["reactivation_requests"], "reason").rename({"reason": "illness"})
    proposed = _first(frames["proposals"].filter(pl.col("outcome") != "DITOLAK"), "outcome").select("true_person_id")
    return (
        moved.join(known, on="true_person_id", how="left")
        .join(asked, on="true_person_id", how="left")
        .join(proposed.with_columns(proposed=pl.lit(value=True)), on="true_person_id", how="left")
        .select(
            "true_person_id",
            "movement",
            previous_period=pl.lit(earlier[-1]),
            likely_reason=pl.when(pl.col("movement") == "left").then(_reason(period)),
            decile_lowest="ranked_lowest",
            illness="illness",
            proposed=pl.col("proposed").fill_null(value=False),
            urgency=pl.when(pl.col("illness").is_null()).then(pl.lit("normal")).otherwise(pl.lit("high")),
        )
        .sort("true_person_id")
    )


def _first(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    accepted = frame.filter(pl.col("expected_rejection").is_null())
    return accepted.select("true_person_id", column).drop_nulls().unique("true_person_id", keep="first")


def _reason(period: str) -> pl.Expr:
    limit = limit_of(Programme.PBI_JKN, period)
    known_gone = (pl.col("by_lists") | pl.col("by_village")).fill_null(value=False)
    return (
        pl.when(known_gone & (pl.col("leaving") == "MD"))
        .then(pl.lit("deceased"))
        .when(known_gone & (pl.col("leaving") == "PD"))
        .then(pl.lit("moved_away"))
        .when(~pl.col("active").fill_null(value=False))
        .then(pl.lit("not_in_registry"))
        .when(pl.col("ranked_lowest") > (limit.decile if limit else None))
        .then(pl.lit("above_limit"))
        .otherwise(pl.lit("unknown"))
    )


def since_dtsen_until(period: str) -> list[str]:
    """The sample's months since DTSEN up to that one, and that one."""
    return [*(month for month in DTSEN_PERIODS if month < period), period]
