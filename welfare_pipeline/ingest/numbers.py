"""Texts -> numbers: 24.355 and 798,421 are thousands, Rp600.000,00 is money, 600000.00 and 7,35 decimal numbers."""

import polars as pl

_UNITS = r" *(?:JIWA|ORANG|KK|KPM|KELUARGA|RUPIAH|,-|\.-)+$"
_THOUSANDS = r"^[1-9]\d{0,2}(?:(?:\.\d{3})+(?:,\d+)?|(?:,\d{3})+(?:\.\d+)?)$"
_PLAIN = r"^\d{1,18}(?:[.,]\d+)?$"
_SCIENTIFIC = r"^\d(?:[.,]\d+)?E\+?\d{1,2}$"


def read_integers(text: pl.Expr) -> pl.Expr:
    """The whole number; null if there is a fraction or no number."""
    number = _read(text)
    return pl.when(number == number.round()).then(number).cast(pl.Int64, strict=False)


def read_decimals(text: pl.Expr) -> pl.Expr:
    """The number with its fraction, of a percentage without the sign; null if there is no number."""
    return _read(text.str.replace(r"(?i) *(?:%|PERSEN|PERCENT)\s*$", ""))


def read_money(text: pl.Expr) -> pl.Expr:
    """Rupiah, half a rupiah rounded up; null if there is no amount."""
    return (_read(text) + 0.5).floor().cast(pl.Int64, strict=False)


def _read(text: pl.Expr) -> pl.Expr:
    bare = text.str.to_uppercase().str.replace(r"^\(?-? *(?:RP|IDR|DESIL)[. ]*", "").str.replace(_UNITS, "")
    digits = bare.str.replace_all(r"[\s'()]", "").str.strip_chars_start("+-")
    negative = text.str.contains(r"^\s*(?:(?:RP|Rp|rp)[. ]*)?-\s*\d|^\(.*\)$|^\s*-\s*(?:RP|Rp|rp)")
    magnitude = pl.coalesce(_grouped(digits), _plain(digits))
    return pl.when(negative).then(-magnitude).otherwise(magnitude)


def _grouped(digits: pl.Expr) -> pl.Expr:
    grouped = pl.when(digits.str.contains(_THOUSANDS)).then(digits)
    by_points = pl.when(grouped.str.contains(r"^\d+\.")).then(grouped.str.replace_all(".", "", literal=True))
    by_commas = grouped.str.replace_all(",", "", literal=True)
    return pl.coalesce(by_points.str.replace(",", ".", literal=True), by_commas).cast(pl.Float64, strict=False)


def _plain(digits: pl.Expr) -> pl.Expr:
    plain = pl.when(digits.str.contains(_PLAIN) | digits.str.contains(_SCIENTIFIC)).then(digits)
    return plain.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
