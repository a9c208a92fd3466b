"""How registers spoil a NIK, a family card number or a date of birth; one expression a kind."""

import polars as pl

from welfare_pipeline.sample.noise import Draws, Injected

NIK_KINDS: dict[Injected, float] = {
    Injected.NIK_DIGIT: 0.30,
    Injected.NIK_TRANSPOSED: 0.12,
    Injected.NIK_BLANK: 0.18,
    Injected.NIK_PLACEHOLDER: 0.10,
    Injected.NIK_TEMPORARY: 0.06,
    Injected.NIK_IS_CARD: 0.07,
    Injected.NIK_SCIENTIFIC: 0.04,
    Injected.NIK_SHORT: 0.07,
    Injected.NIK_OF_RELATIVE: 0.06,
}
CARD_KINDS: dict[Injected, float] = {
    Injected.CARD_OLD: 0.55,
    Injected.CARD_BLANK: 0.30,
    Injected.CARD_DIGIT: 0.15,
}
BIRTH_KINDS: dict[Injected, float] = {
    Injected.BIRTH_DAY_MONTH: 0.30,
    Injected.BIRTH_YEAR: 0.30,
    Injected.BIRTH_FIRST_JANUARY: 0.20,
    Injected.BIRTH_BLANK: 0.12,
    Injected.BIRTH_TODAY: 0.08,
}
_DIGITS = 16
_MONTHS = 12
_PLACEHOLDERS = ("0000000000000000", "9999999999999999", "1234567890123456", "1111111111111111")
_SHARED_SUFFIX = "0107850001"  # the number an office gives to everybody whose own it does not know


def _digit_wrong(number: pl.Expr) -> pl.Expr:
    at = pl.col("place") % _DIGITS
    digit = (number.str.slice(at, 1).cast(pl.Int64, strict=False) + 1 + pl.col("place") // _DIGITS % 9) % 10
    return number.str.slice(0, at) + digit.cast(pl.String) + number.str.slice(at + 1)


def _transposed(number: pl.Expr) -> pl.Expr:
    at = pl.col("place") % (_DIGITS - 1)
    swapped = number.str.slice(0, at) + number.str.slice(at + 1, 1) + number.str.slice(at, 1) + number.str.slice(at + 2)
    return pl.when(swapped == number).then(_digit_wrong(number)).otherwise(swapped)


def _placeholder() -> pl.Expr:
    drawn = pl.col("place") % (len(_PLACEHOLDERS) + 2)
    fixed = pl.lit(pl.Series(_PLACEHOLDERS)).gather(drawn.clip(0, len(_PLACEHOLDERS) - 1))
    shared = pl.col("village_code").str.slice(0, 6) + _SHARED_SUFFIX
    return pl.when(drawn < len(_PLACEHOLDERS)).then(fixed).otherwise(shared)


def _short(number: pl.Expr) -> pl.Expr:
    at = pl.col("place") % _DIGITS
    return number.str.slice(0, at) + number.str.slice(at + 1)


def _temporary() -> pl.Expr:
    return pl.lit("0") + pl.col("village_code") + (pl.col("place") * 7919 % 100_000).cast(pl.String).str.zfill(5)


def spoil_niks(frame: pl.DataFrame, share: float, draws: Draws) -> pl.DataFrame:
    """Spoil `nik` in about `share` of the rows and add `nik_error`.

    Needs family_card_number, card (the true one), relative_nik and village_code. A nik_error already there stays.
    """
    kind, nik = pl.col("nik_error"), pl.col("nik")
    forced = [pl.col("nik_error")] if "nik_error" in frame.columns else []
    drawn = draws.kind("nik_error", share, NIK_KINDS)
    scientific = pl.format("{}.{}E+15", nik.str.slice(0, 1), nik.str.slice(1, 5))
    spoilt = (
        pl.when(kind == Injected.NIK_DIGIT)
        .then(_digit_wrong(nik))
        .when(kind == Injected.NIK_TRANSPOSED)
        .then(_transposed(nik))
        .when(kind == Injected.NIK_BLANK)
        .then(pl.lit(None, dtype=pl.String))
        .when(kind == Injected.NIK_PLACEHOLDER)
        .then(_placeholder())
        .when(kind == Injected.NIK_TEMPORARY)
        .then(_temporary())
        .when(kind == Injected.NIK_IS_CARD)
        .then(pl.coalesce("family_card_number", "card"))
        .when(kind == Injected.NIK_SCIENTIFIC)
        .then(scientific)
        .when(kind == Injected.NIK_SHORT)
        .then(_short(nik))
        .when(kind == Injected.NIK_OF_RELATIVE)
        .then(pl.coalesce("relative_nik", _digit_wrong(nik)))
        .when(kind == Injected.NIK_REISSUED)
        .then(pl.col("other_nik"))
        .otherwise(nik)
    )
    draw = draws.below("NIK place", 720_720)
    marked = frame.with_columns(pl.coalesce(*forced, pl.lit(drawn)).alias("nik_error"), draw)
    without_relative = (kind == Injected.NIK_OF_RELATIVE) & pl.col("relative_nik").is_null()
    return (
        marked.with_columns(nik=spoilt)
        .with_columns(nik_error=pl.when(without_relative).then(pl.lit(str(Injected.NIK_DIGIT))).otherwise(kind))
        .drop("place")
    )


def reformat_niks(frame: pl.DataFrame, share: float, draws: Draws) -> pl.DataFrame:
    """Write sound NIKs of about `share` of the rows with apostrophe, dots, blanks or `.0`; add `format_error`."""
    nik, how = pl.col("nik"), pl.col("place") % 4
    sound = pl.col("nik_error").is_null() & pl.Series(draws.chance("format", share))
    dotted = pl.format("{}.{}.{}", nik.str.slice(0, 6), nik.str.slice(6, 6), nik.str.slice(12))
    ways = [pl.lit("'") + nik, dotted, nik + pl.lit(" "), nik + pl.lit(".0")]
    written = pl.coalesce(*(pl.when(how == number).then(way) for number, way in enumerate(ways)))
    return (
        frame.with_columns(draws.below("format place", 720), sound=sound)
        .with_columns(
            nik=pl.when("sound").then(written).otherwise(nik),
            format_error=pl.when("sound").then(pl.lit(str(Injected.NIK_FORMATTED))),
        )
        .drop("place", "sound")
    )


def spoil_cards(frame: pl.DataFrame, share: float, draws: Draws) -> pl.DataFrame:
    """Replace `family_card_number` by the old card, a blank or a mistyped one, and add `card_error`."""
    kind, card = pl.col("card_error"), pl.col("family_card_number")
    spoilt = (
        pl.when(kind == Injected.CARD_OLD)
        .then(pl.col("old_card"))
        .when(kind == Injected.CARD_BLANK)
        .then(pl.lit(None, dtype=pl.String))
        .when(kind == Injected.CARD_DIGIT)
        .then(_digit_wrong(card))
        .otherwise(card)
    )
    drawn = frame.with_columns(draws.kind("card_error", share, CARD_KINDS), draws.below("card place", 720))
    return drawn.with_columns(family_card_number=spoilt).drop("place")


def spoil_birth_dates(frame: pl.DataFrame, share: float, draws: Draws, today: pl.Expr) -> pl.DataFrame:
    """Spoil `birth_date` in about `share` of the rows and add `birth_error`; `today` is the day of export."""
    born, kind = pl.col("birth_date"), pl.col("birth_error")
    day, month = born.dt.day(), born.dt.month()
    cannot_swap = (kind == Injected.BIRTH_DAY_MONTH) & ((day > _MONTHS) | (day == month))
    slip = pl.lit(pl.Series([-10, -1, 1, -2, 10])).gather(pl.col("place") % 5)
    later = born.dt.offset_by(slip.cast(pl.String) + pl.lit("y"))
    slipped = pl.when(later < today).then(later).otherwise(born.dt.offset_by("-1y"))
    spoilt = (
        pl.when(kind == Injected.BIRTH_DAY_MONTH)
        .then(pl.date(born.dt.year(), day, month))
        .when(kind == Injected.BIRTH_YEAR)
        .then(slipped)
        .when(kind == Injected.BIRTH_FIRST_JANUARY)
        .then(pl.date(born.dt.year(), 1, 1))
        .when(kind == Injected.BIRTH_BLANK)
        .then(None)
        .when(kind == Injected.BIRTH_TODAY)
        .then(today)
        .otherwise(born)
    )
    drawn = frame.with_columns(draws.kind("birth_error", share, BIRTH_KINDS), draws.below("birth place", 720))
    settled = pl.when(cannot_swap).then(pl.lit(str(Injected.BIRTH_YEAR))).otherwise(kind)
    return drawn.with_columns(birth_error=settled).with_columns(birth_date=spoilt).drop("place")
