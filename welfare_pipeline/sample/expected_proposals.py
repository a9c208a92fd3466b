"""What became of each proposal by the end of the month, worked out from the true people.

The reasons of recipient rows stand in `expected.py`.
"""

from datetime import date

import polars as pl

from welfare_pipeline.sample.lists import FAMILY_PROGRAMMES
from welfare_pipeline.sample.programmes import Programme


def with_states(frames: dict[str, pl.DataFrame], day: date) -> dict[str, pl.DataFrame]:
    """The frames with `expected_state` on `proposals`: served, registered, refused, accepted or waiting on that day."""
    reached, refused = _reached(frames), _refused(frames["eligibility_decisions"], day)
    proposed = frames["proposals"].with_columns(
        reached=pl.col("true_person_id").is_in(reached["true_person_id"].implode()),
        judged=pl.col("true_person_id").is_in(refused["true_person_id"].implode()),
    )
    state = (
        pl.when(pl.col("registered") & pl.col("reached"))
        .then(pl.lit("served"))
        .when("registered")
        .then(pl.lit("registered"))
        .when(pl.col("judged") | (pl.col("outcome") == "DITOLAK"))
        .then(pl.lit("refused"))
        .when(pl.col("outcome") == "DITERIMA")
        .then(pl.lit("accepted"))
        .otherwise(pl.lit("waiting"))
    )
    usable = pl.when(pl.col("expected_rejection").is_null())
    return frames | {"proposals": proposed.with_columns(expected_state=usable.then(state)).drop("reached", "judged")}


def _reached(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """People on a list of their own, or whose family is on a family's list."""
    on_lists = pl.concat([_accepted(frames[p]).select("true_person_id") for p in Programme if p in frames])
    paid = pl.concat([_accepted(frames[p]).select("true_family_id") for p in FAMILY_PROGRAMMES if p in frames])
    members = frames["proposals"].join(paid, on="true_family_id", how="semi").select("true_person_id")
    return pl.concat([on_lists, members]).unique()


def _refused(decisions: pl.DataFrame, day: date) -> pl.DataFrame:
    """People whose latest decision, by date and then place in the list, is not LAYAK."""
    decided = (
        _accepted(decisions).filter(pl.col("subject") == "person").filter(pl.col("decided_on").fill_null(day) <= day)
    )
    latest = decided.sort("decided_on", nulls_last=False, maintain_order=True).unique("true_person_id", keep="last")
    return latest.filter(pl.col("outcome") != "LAYAK")


def _accepted(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("expected_rejection").is_null())
