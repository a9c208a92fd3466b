"""What became of the money: one payment for nearly every family on the lists, used or not, by whom confirmed.

Rows come out as persons of the world plus the payment's own columns. Who is on the lists is decided in `lists.py`.
"""

from datetime import timedelta

import numpy as np
import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.sample import families
from welfare_pipeline.sample.dice import Dice, Ints
from welfare_pipeline.sample.lists import FAMILY_PROGRAMMES
from welfare_pipeline.sample.people import World
from welfare_pipeline.sample.profile import month_number
from welfare_pipeline.sample.programmes import Programme

_AMOUNTS = {Programme.PKH: 750_000, Programme.SEMBAKO: 200_000, Programme.BST: 300_000}
_NOT_PAID, _PAID_UNLISTED = 0.015, 0.003  # of the list's families
_FAILED = ("SUKSES SALUR", "SALDO KOSONG", "KKS RUSAK/HILANG", "GAGAL SALUR")
_FAILED_WEIGHTS = (0.972, 0.010, 0.008, 0.010)
_GONE_KNOWN = 0.6  # of those who died or left, to the bank
_USED, _USED_LATER = 0.955, 0.05
_PAID_EARLY = 0.12
_USUAL_DAYS, _EARLY_DAYS = 12, (59, 60, 61, 61, 68, 75, 82, 91)  # from the payment to the end of the month
_HOLDERS = ("KPM", "KETUA KELOMPOK", "PERANGKAT DESA", "E-WARONG", "PENDAMPING", "LAINNYA")
_HOLDER_WEIGHTS = (0.93, 0.03, 0.015, 0.015, 0.007, 0.003)
_CONFIRMED = ("KPM", "KETUA KELOMPOK", "PERANGKAT DESA", "BELUM")
_CONFIRMED_WEIGHTS = (0.88, 0.06, 0.02, 0.04)
FAMILIES_PER_FACILITATOR = 250


def stage_of(programme: Programme, period: str) -> str:
    """The stage that lists and payments of that month name."""
    if programme is not Programme.PKH:
        return period[5:]
    month = month_number(period)
    return str(month + 1) if month < len(_EARLY_DAYS) else str((int(period[5:]) + 2) // 3)


def amount_of(programme: Programme) -> int | None:
    """What one payment of the programme is, in rupiah."""
    return _AMOUNTS.get(programme)


def facilitators(world: World) -> pl.Expr:
    """The facilitator of a person's village."""
    count = max(round(world.profile.lists["pkh"] / FAMILIES_PER_FACILITATOR), 3)
    number = (pl.col("village") % count).cast(pl.String).str.zfill(4)
    return pl.lit(f"P{world.profile.code}") + number


def payments(world: World, recipients: dict[Programme, pl.DataFrame], period: str) -> pl.DataFrame:
    """One row per payment: the person, programme, stage, amount, status, dates, confirmation, holder, facilitator."""
    paid = pl.concat([_paid(world, p, recipients[p], period) for p in FAMILY_PROGRAMMES if p in recipients])
    keys = paid["row_key"].to_numpy()
    settled = paid.with_columns(_status(world.dice, keys, month_number(period)), _paid_on(world.dice, keys, period))
    return settled.with_columns(
        transacted_on=_transacted_on(world.dice, keys, period),
        received_confirmed=_drawn(world.dice, keys, "receipt confirmed", _CONFIRMED, _CONFIRMED_WEIGHTS),
        card_holder=_drawn(world.dice, keys, "card holder", _HOLDERS, _HOLDER_WEIGHTS),
        facilitator_id=facilitators(world),
    ).sort("village_code", "row_key")


def _paid(world: World, programme: Programme, listed: pl.DataFrame, period: str) -> pl.DataFrame:
    """The people paid: those listed but a few, and a few who are not on the list."""
    ids = listed["person_id"].to_numpy()
    reached = listed.filter(
        ~pl.Series(world.dice.chance(ids, f"{programme} not paid", _NOT_PAID)) & (pl.col("copy") == 0)
    )
    heads = world.people.filter((pl.col("place") == families.HEAD) & pl.col("registered_family"))
    others = heads.join(listed.select("family_id"), on="family_id", how="anti")
    drawn = pl.Series(world.dice.uniform(others["person_id"].to_numpy(), f"{programme} paid unlisted"))
    unlisted = others.sort(drawn).head(round(len(listed) * _PAID_UNLISTED))
    people = pl.concat([reached.select(world.people.columns), unlisted])
    return people.with_columns(
        programme=pl.lit(str(programme)),
        stage=pl.lit(stage_of(programme, period)),
        amount=pl.lit(amount_of(programme), dtype=pl.Int64),
        row_key=pl.col("person_id") * 4 + list(FAMILY_PROGRAMMES).index(programme),
    )


def _drawn(dice: Dice, keys: Ints, question: str, words: tuple[str, ...], weights: tuple[float, ...]) -> pl.Series:
    return pl.Series(words).gather(dice.choice(keys, question, weights))


def _status(dice: Dice, keys: Ints, month: int) -> pl.Expr:
    known = pl.Series(dice.chance(keys, "bank knows", _GONE_KNOWN)) & (pl.col("leaves") <= month)
    drawn = _drawn(dice, keys * 64 + month, "payment", _FAILED, _FAILED_WEIGHTS)
    return (
        pl.when(known & (pl.col("leaving") == "MD"))
        .then(pl.lit("KPM MENINGGAL"))
        .when(known)
        .then(pl.lit("PINDAH/TIDAK DITEMUKAN"))
        .otherwise(pl.lit(drawn))
        .alias("status")
    )


def _paid_on(dice: Dice, keys: Ints, period: str) -> pl.Expr:
    early = pl.Series(dice.chance(keys, "paid early", _PAID_EARLY))
    days = pl.Series(np.array(_EARLY_DAYS)[dice.below(keys, "days since payment", len(_EARLY_DAYS))])
    before = pl.when(early).then(days).otherwise(_USUAL_DAYS)
    return (pl.lit(last_day(period)) - pl.duration(days=before)).alias("paid_on")


def _transacted_on(dice: Dice, keys: Ints, period: str) -> pl.Expr:
    """When the family used it: soon, not at all, or (files are drawn up later) after the month."""
    used = pl.Series(dice.chance(keys, "used", _USED)) & (pl.col("status") == _FAILED[0])
    later = pl.Series(dice.chance(keys, "used later", _USED_LATER))
    days = pl.duration(days=pl.lit(pl.Series(dice.below(keys, "days until used", _USUAL_DAYS))))
    after = pl.lit(last_day(period) + timedelta(days=1)) + days
    return pl.when(used).then(pl.when(later).then(after).otherwise(pl.col("paid_on") + days))
