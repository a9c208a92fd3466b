"""Rows on top of a list that the ingest has to reject, one kind a rejection reason.

Made by copying rows of the list and taking away, or making foreign, what they need. Their true person is nobody.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from welfare_pipeline.contracts.vocabulary import RejectionReason
from welfare_pipeline.sample.dice import Dice

_SHARE = 0.0015  # of a list, for each kind
_ELSEWHERE = {
    "1401": ("1471011001", "SIMPANG BARU", "BINA WIDYA"),
    "1403": ("1471011001", "SIMPANG BARU", "BINA WIDYA"),
    "7501": ("7571011001", "DULALOWO TIMUR", "KOTA TENGAH"),
}
_IDENTITY = ("nik", "name", "family_card_number")


@dataclass(frozen=True)
class RejectPlan:
    """Which kinds of unusable rows a list gets, and the column they hinge on (None: no such rows)."""

    no_identity: bool
    foreign: bool
    malformed: bool
    required_column: str | None = None
    coded_column: str | None = None

    def kinds(self) -> list[RejectionReason]:
        """The kinds wanted."""
        wanted = {
            RejectionReason.NO_IDENTITY: self.no_identity,
            RejectionReason.FOREIGN_DISTRICT: self.foreign,
            RejectionReason.MALFORMED: self.malformed,
            RejectionReason.REQUIRED_VALUE_MISSING: self.required_column is not None,
            RejectionReason.UNREADABLE_VALUE: self.coded_column is not None,
        }
        return [kind for kind, is_wanted in wanted.items() if is_wanted]


def with_rejects(rows: pl.DataFrame, plan: RejectPlan, code: str, source: str, dice: Dice) -> pl.DataFrame:
    """The list with unusable rows scattered among its own."""
    each = max(round(len(rows) * _SHARE), 1)
    kinds = plan.kinds()
    if not kinds or rows.is_empty():
        return rows
    number = np.arange(each * len(kinds), dtype=np.int64)
    at = dice.below(number, f"{source} unusable row", len(rows))
    kind = pl.Series([str(k) for k in kinds]).gather(number % len(kinds))
    copies = _spoilt(rows[at].with_columns(expected_rejection=kind), plan, code)
    placed = pl.concat(
        [
            rows.with_columns(position=pl.int_range(pl.len()).cast(pl.Float64)),
            copies.with_columns(position=pl.Series(at) + 0.5),
        ]
    )
    return placed.sort("position", maintain_order=True).drop("position")


def _spoilt(copies: pl.DataFrame, plan: RejectPlan, code: str) -> pl.DataFrame:
    kind = pl.col("expected_rejection")
    anonymous, foreign = kind == RejectionReason.NO_IDENTITY, kind == RejectionReason.FOREIGN_DISTRICT
    there = zip(("village_code", "village_name", "subdistrict_name"), _ELSEWHERE[code], strict=True)
    changed: dict[str, pl.Expr] = {name: pl.when(~anonymous).then(name) for name in _IDENTITY if name in copies.columns}
    if plan.foreign:
        changed |= {name: pl.when(foreign).then(pl.lit(value)).otherwise(name) for name, value in there}
    if plan.required_column is not None:
        missing = kind == RejectionReason.REQUIRED_VALUE_MISSING
        changed[plan.required_column] = pl.when(~missing).then(plan.required_column)
    copies = copies.with_columns(**changed)
    if plan.coded_column is not None:
        unreadable = kind == RejectionReason.UNREADABLE_VALUE
        copies = copies.with_columns(
            pl.when(unreadable).then(pl.lit("XX9")).otherwise(plan.coded_column).alias(plan.coded_column)
        )
    nobody = [
        pl.lit(None, dtype=copies.schema[name]).alias(name)
        for name in ("true_person_id", "true_family_id", "registered")
    ]
    return copies.with_columns(*nobody, injected=pl.lit([], dtype=pl.List(pl.String)))
