"""What is seen beside the lists: prices at outlets, reports of facilitators, complaints.

Rows come out as villages (prices), facilitators or persons of the world plus the source's own columns.
"""

import numpy as np
import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.sample import naming
from welfare_pipeline.sample.dice import Dice, Ints
from welfare_pipeline.sample.dtsen import since_dtsen
from welfare_pipeline.sample.payments import facilitators
from welfare_pipeline.sample.people import World

_GOODS = (("BERAS MEDIUM", 10_500), ("TELUR AYAM", 26_000), ("DAGING AYAM", 34_000), ("KACANG HIJAU", 24_000))
_MORE_GOODS = (("IKAN SEGAR", 30_000), ("JERUK", 18_000))
_SECOND_OUTLET = 0.3
_PRICE_STEPS = (-0.03, 0.0, 0.0, 0.02, 0.05, 0.12, 0.25)  # over the reference
_PRICE_WEIGHTS = (0.12, 0.36, 0.2, 0.15, 0.1, 0.05, 0.02)
_ALASAN = ("ONGKOS ANGKUT", "PANEN GAGAL", "KUALITAS PREMIUM")
_COMPLAINTS_PER_PERSON = 0.001
_KINDS, _KIND_WEIGHTS = ("EXCLUDED", "INCLUDED", "PRICE", "OTHER"), (0.5, 0.28, 0.12, 0.1)
_ANONYMOUS, _WITHOUT_NUMBER, _WITHOUT_CARD = 0.25, 0.45, 0.6
_IMPERSONAL = ("PRICE", "OTHER")
_POOR = 0.5
_SAID = {
    "EXCLUDED": "Keluarga miskin, belum pernah mendapat bantuan",
    "INCLUDED": "Sudah mampu tetapi masih menerima",
    "PRICE": "Harga di e-warong lebih mahal daripada pasar",
    "OTHER": "Jadwal penyaluran tidak diumumkan",
}
_MONTH_DAYS = 27


def outlet_prices(world: World, period: str) -> pl.DataFrame:
    """One row per outlet and commodity: price, reference, stated reason, day seen, families served."""
    second = pl.Series(world.dice.chance(world.villages["village"].to_numpy(), "second outlet", _SECOND_OUTLET))
    outlets = pl.concat([world.villages.with_columns(n=1), world.villages.filter(second).with_columns(n=2)])
    goods = pl.DataFrame([*_GOODS, *_MORE_GOODS], schema=["commodity", "reference_price"], orient="row")
    seen = outlets.join(goods.with_row_index("good"), how="cross").sort("village", "n", "good")
    outlet = (seen["village"] * 4 + seen["n"]).to_numpy()
    key = (outlet * 8 + seen["good"].to_numpy().astype(np.int64)) * 64 + int(period[5:])
    step = pl.Series(_PRICE_STEPS).gather(world.dice.choice(key, "price", _PRICE_WEIGHTS))
    reason = pl.Series(_ALASAN).gather(world.dice.below(key, "reason of the price", len(_ALASAN)))
    told = pl.Series(world.dice.chance(key, "reason told", 0.5)) & (step > 0)
    place = pl.col("n").cast(pl.String)
    return seen.with_columns(
        outlet_id=pl.concat_str(pl.lit("EW"), "village_code", place),
        outlet_name=pl.concat_str(pl.lit("E-WARONG "), "village_name", pl.lit(" "), place),
        unit=pl.lit("KG"),
        price=(pl.col("reference_price") * (1 + step) / 100).round().cast(pl.Int64) * 100,
        reason=pl.when(told).then(reason),
        inspected_on=_day(world.dice, outlet, period, "inspected"),
        families_served=40 + pl.Series(world.dice.skewed(outlet, "families served", np.full_like(outlet, 240))),
    )


def facilitator_reports(world: World, pkh: pl.DataFrame, period: str) -> pl.DataFrame:
    """One row per facilitator of PKH families: what was due and done that month."""
    assisted = pkh.group_by(facilitator_id=facilitators(world)).agg(families_assisted=pl.len()).sort("facilitator_id")
    key = assisted["facilitator_id"].str.slice(1).cast(pl.Int64).to_numpy() * 64 + int(period[5:])
    chance = world.dice.chance
    women = chance(key // 64, "facilitator is a woman", 0.6)
    persons = naming.Persons(key // 64, women, women & ~women, np.zeros_like(key), key // 64, key // 64)
    filed = np.clip(world.dice.around(key, "daily reports", 0.93, 0.09), 0.0, 1.0)
    return assisted.with_columns(
        name=naming.full_names(persons, world.dice, "facilitator"),
        daily_reports_due=pl.lit(22),
        daily_reports_filed=pl.Series((22 * filed).round().astype(np.int64)),
        monthly_report_filed=pl.when(pl.Series(chance(key, "monthly report", 0.92)))
        .then(pl.lit("YA"))
        .otherwise(pl.lit("TIDAK")),
        p2k2_planned=pl.lit(8),
        p2k2_held=8 - pl.Series(world.dice.skewed(key, "P2K2", np.full_like(key, 5))),
        families_cross_checked=_part(world.dice, key, "cross-checked", 0.9),
        families_vaccinated=_part(world.dice, key, "vaccinated", 0.6),
    )


def _part(dice: Dice, key: Ints, question: str, mean: float) -> pl.Expr:
    share = pl.Series(np.clip(dice.around(key, question, mean, 0.08), 0.0, 1.0))
    return (pl.col("families_assisted") * share).round().cast(pl.Int64)


def complaints(world: World, recipients: pl.DataFrame, period: str) -> pl.DataFrame:
    """One row per complaint, as persons of the world with kind, text, received_on and what is said of who they are."""
    count = max(round(len(world.people) * _COMPLAINTS_PER_PERSON), 12)
    number = np.arange(count, dtype=np.int64) * 64 + int(period[5:])
    kind = pl.Series(_KINDS).gather(world.dice.choice(number, "kind of complaint", _KIND_WEIGHTS))
    heads = world.people.filter(pl.col("place") == 0)
    unserved = heads.join(recipients.select("family_id"), on="family_id", how="anti")
    poor = unserved.filter(pl.col("poverty") < _POOR)
    excluded = poor[world.dice.below(number, "who is excluded", len(poor))]
    if since_dtsen(world):
        excluded = _half_misranked(world, number, poor, excluded)
    listed = recipients.select(world.people.columns)
    included = listed[world.dice.below(number, "who is included", len(listed))]
    about = pl.concat(
        [
            excluded.filter(kind == "EXCLUDED"),
            included.filter(kind == "INCLUDED"),
            heads.head(kind.is_in(_IMPERSONAL).arg_true().len()),
        ]
    )
    spoken = pl.concat(
        [kind.filter(kind == "EXCLUDED"), kind.filter(kind == "INCLUDED"), kind.filter(kind.is_in(_IMPERSONAL))]
    )
    unnamed = pl.Series(world.dice.chance(number, "anonymous", _ANONYMOUS)) | spoken.is_in(_IMPERSONAL)
    return about.with_columns(
        kind=spoken,
        text=spoken.replace_strict(_SAID),
        received_on=_day(world.dice, number, period, "complaint received"),
        unnamed=unnamed,
        without_number=pl.Series(world.dice.chance(number, "complaint without NIK", _WITHOUT_NUMBER)),
        without_card=pl.Series(world.dice.chance(number, "complaint without card", _WITHOUT_CARD)),
        row_key=pl.Series(number),
    ).sort("received_on", "row_key")


def _half_misranked(world: World, number: Ints, poor: pl.DataFrame, excluded: pl.DataFrame) -> pl.DataFrame:
    """The same, every other one replaced by somebody poor whom the registry ranks high or not at all."""
    misranked = poor.filter(pl.col("misplaced") | pl.col("unranked"))
    if misranked.is_empty():
        return excluded
    drawn = misranked[world.dice.below(number, "who is excluded by a rank", len(misranked))]
    order = pl.Series(np.arange(len(number)))
    return pl.concat([excluded.filter(order % 2 == 0), drawn.filter(order % 2 == 1)])


def _day(dice: Dice, keys: Ints, period: str, question: str) -> pl.Series:
    back = dice.below(keys, question, _MONTH_DAYS).astype("timedelta64[D]")
    return pl.Series(np.datetime64(last_day(period)) - back).cast(pl.Date)
