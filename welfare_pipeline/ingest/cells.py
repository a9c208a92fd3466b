"""A cell's text without what spreadsheets and exports put around it, its digits 0 to 9 whatever script they are of.

What the text means is read in `values.py`.
"""

import sys
import unicodedata
from collections.abc import Mapping
from functools import cache

import polars as pl

from welfare_pipeline.contracts.column import Kind

# What programs write into an empty cell. Upper-case NA, NAN and NONE are not here: they are names and codes, too.
_BLANKS = (
    "", "-", "--", "---", "–", "—", ".", "?", "null", "Null", "NULL", "(null)", "(NULL)", "<NA>", "N/A", "n/a", "#N/A",
    "nan", "NaN", "None", "NaT", "\\N", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!",
)  # fmt: skip
_INVISIBLE = r"[\p{Cf}\p{Cc}--\s]"  # format and control characters, but for line ends and the like
_APOSTROPHES = "'`´‘’"
_OTHER_DIGITS = r"[\p{Nd}--0-9]"
_UNTIDY = rf"[^\S ]|  |^[ '`´‘’=]| $|{_INVISIBLE}|{_OTHER_DIGITS}"


def tidied(text: pl.Series, kind: Kind) -> pl.Series:
    """Trimmed, inner whitespace collapsed, Excel's leading apostrophe and `="..."` taken off, blank marks to null.

    Digits of other scripts (full-width, Arabic-Indic, Devanagari ...) become 0 to 9.
    """
    return with_tidied(text.to_frame(), {text.name: kind}).to_series()


def with_tidied(rows: pl.DataFrame, kinds: Mapping[str, Kind]) -> pl.DataFrame:
    """The rows with these text columns (by name, each with its kind) tidied."""
    if not kinds:
        return rows
    found = rows.select(pl.col(name).str.contains(_UNTIDY).any() for name in kinds).row(0, named=True)
    untidy = [name for name in kinds if found[name]]
    tidy = rows.with_columns(_tidied(pl.col(name)) for name in untidy)
    tidy = tidy.with_columns(with_plain_digits(tidy[name]) for name in untidy)
    return tidy.with_columns(_without_blanks(name, kind) for name, kind in kinds.items())


def _without_blanks(name: str, kind: Kind) -> pl.Expr:
    text, blank = pl.col(name), pl.col(name).is_in(_BLANKS)
    if kind is Kind.VILLAGE_CODE:  # a code of zeros is how a form leaves it blank
        blank |= text.str.contains(r"^[0.]+$")
    return pl.when(~blank).then(text).alias(name)


def _tidied(text: pl.Expr) -> pl.Expr:
    visible = text.str.replace_all(_INVISIBLE, "").str.replace_all(r"\s+", " ").str.strip_chars(" ")
    unwrapped = visible.str.replace(r'^="(.*)"$', "$1")
    return unwrapped.str.strip_chars_start(_APOSTROPHES + " ")


def with_plain_digits(text: pl.Series) -> pl.Series:
    """The texts with every decimal digit of Unicode written as 0 to 9."""
    foreign = text.str.contains(_OTHER_DIGITS).fill_null(value=False)
    if not foreign.any():
        return text
    return text.scatter(foreign.arg_true(), text.filter(foreign).str.replace_many(_plain_digits()))


@cache
def _plain_digits() -> dict[str, str]:
    letters = map(chr, range(0x80, sys.maxunicode + 1))
    return {letter: str(unicodedata.decimal(letter)) for letter in letters if unicodedata.category(letter) == "Nd"}
