"""A cell's text without what spreadsheets and exports put around it. What the text means is read in `values.py`."""

import polars as pl

from welfare_pipeline.contracts.column import Kind

# What programs write into an empty cell. Upper-case NA, NAN and NONE are not here: they are names and codes, too.
_BLANKS = (
    "", "-", "--", "---", "–", "—", ".", "?", "null", "Null", "NULL", "(null)", "(NULL)", "<NA>", "N/A", "n/a", "#N/A",
    "nan", "NaN", "None", "NaT", "\\N", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!",
)  # fmt: skip
_INVISIBLE = r"[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}\u{feff}]"
_APOSTROPHES = "'`´‘’"
_UNTIDY = rf"[^\S ]|  |^[ '`´‘’=]| $|{_INVISIBLE}"


def tidied(text: pl.Series, kind: Kind) -> pl.Series:
    """Trimmed, inner whitespace collapsed, Excel's leading apostrophe and `="..."` taken off, blank marks to null."""
    untidy = text.str.contains(_UNTIDY).any()
    tidy = text.to_frame("text").select(_tidied(pl.col("text"))).to_series().alias(text.name) if untidy else text
    if kind is Kind.VILLAGE_CODE:  # a code of zeros is how a form leaves it blank
        tidy = tidy.set(tidy.str.contains(r"^[0.]+$"), None)
    return tidy.set(tidy.is_in(_BLANKS), None)


def _tidied(text: pl.Expr) -> pl.Expr:
    visible = text.str.replace_all(_INVISIBLE, "").str.replace_all(r"\s+", " ").str.strip_chars(" ")
    unwrapped = visible.str.replace(r'^="(.*)"$', "$1")
    return unwrapped.str.strip_chars_start(_APOSTROPHES + " ")
