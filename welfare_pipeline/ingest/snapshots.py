"""Texts -> quarters: `TW III 2025`, `Triwulan 3 Tahun 2025`, `III/2025` and `Juli-September 2025` are `2025-Q3`.

A month or a date is the quarter that it lies in. `3/2025` and `2025-3` can be a quarter or a month and stay unread.
"""

import polars as pl

from welfare_pipeline.ingest.codes import upper
from welfare_pipeline.ingest.dates import read_dates, read_months

_ROMAN = {"IV": "4", "III": "3", "II": "2", "I": "1"}
_SPELLED = {"SATU": "1", "DUA": "2", "TIGA": "3", "EMPAT": "4", "PERTAMA": "1", "KEDUA": "2", "KETIGA": "3"}
_WORDS = {f" {word} ": f" {number} " for word, number in {**_ROMAN, **_SPELLED, "KEEMPAT": "4"}.items()}
_QUARTER = r"(?:TRI ?WULAN|TRIW|TWL|TW|KUARTAL|KWARTAL|KUARTER|QUARTER|VERSI|V|Q|K)"
_BESIDE = r"\b(?:DTSEN|DATA|PERIODE|SNAPSHOT|DESIL|TAHUN ANGGARAN|TAHUN|THN|TH|TA|KE)\b"
_NUMBER_FIRST = rf"^{_QUARTER} 0?([1-4]) (20[0-9]{{2}})$"
_YEAR_FIRST = rf"^(20[0-9]{{2}}) {_QUARTER} 0?([1-4])$"
_ROMAN_ALONE = r"^(IV|I{1,3}) (20[0-9]{2})$", r"^(20[0-9]{2}) (IV|I{1,3})$"
_EITHER = r"^20[0-9]{2}[-/][0-9]$"
_SPAN = r"^[A-Z]+ (?:S D |SD |SAMPAI |SAMPAI DENGAN |HINGGA )?([A-Z]+ 20[0-9]{2})$"


def read_snapshots(text: pl.Expr, newest_year: int) -> pl.Expr:
    """The quarter as YYYY-Qn; null if the text names none."""
    plain = _plain(text)
    numbered = pl.concat_str(pl.lit(" "), plain, pl.lit(" ")).str.replace_many(_WORDS).str.strip_chars(" ")
    roman = [plain.str.extract(_ROMAN_ALONE[0], 1), plain.str.extract(_ROMAN_ALONE[1], 2)]
    quarter = pl.coalesce(
        numbered.str.extract(_NUMBER_FIRST, 1),
        numbered.str.extract(_YEAR_FIRST, 2),
        pl.coalesce(roman).replace_strict(_ROMAN, default=None),
    )
    year = plain.str.extract(r"\b(20[0-9]{2})\b", 1)
    return pl.coalesce(_written(year, quarter), _of_day(upper(text), plain, newest_year))


def _plain(text: pl.Expr) -> pl.Expr:
    """Letters and digits apart, one space between words, without words that say nothing more."""
    apart = upper(text).str.replace_all(r"([\p{L}])([0-9])", "$1 $2").str.replace_all(r"([0-9])([\p{L}])", "$1 $2")
    words = apart.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.replace_all(_BESIDE, " ")
    return words.str.replace_all(r" +", " ").str.strip_chars(" ")


def _of_day(whole: pl.Expr, plain: pl.Expr, newest_year: int) -> pl.Expr:
    last_month = plain.str.extract(_SPAN, 1)
    month = pl.when(~whole.str.contains(_EITHER)).then(whole)
    day = pl.coalesce(read_months(last_month), read_months(month), read_dates(whole, newest_year))
    return _written(day.dt.year().cast(pl.String), day.dt.quarter().cast(pl.String))


def _written(year: pl.Expr, quarter: pl.Expr) -> pl.Expr:
    return pl.concat_str(year, pl.lit("-Q"), quarter)
