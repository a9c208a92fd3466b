"""Texts -> dates, in every way that Indonesian exports write them. Impossible dates become null.

Read: 17/08/1990, 17-8-90, 1990-08-17 (with or without a time), 17 Agustus 1990, 17-AGT-1990, 19900817, 17081990,
Excel serial numbers, and for counts of the population "Semester II 2021" or 2021-2.
"""

from datetime import date

import polars as pl

from welfare_pipeline.contracts.period import FIRST_DATE

_MONTHS = {
    1: "JANUARI JANUARY JAN", 2: "FEBRUARI FEBRUARY PEBRUARI FEB PEB", 3: "MARET MARCH MAR MRT", 4: "APRIL APR",
    5: "MEI MAY", 6: "JUNI JUNE JUN", 7: "JULI JULY JUL", 8: "AGUSTUS AUGUST AGT AGS AGU AUG AGUST",
    9: "SEPTEMBER SEPT SEP", 10: "OKTOBER OCTOBER OKT OCT", 11: "NOVEMBER NOPEMBER NOV NOP",
    12: "DESEMBER DECEMBER DES DEC",
}  # fmt: skip
_MONTH_BY_WORD = {word: str(month) for month, words in _MONTHS.items() for word in words.split()}
_LAST = date(2100, 12, 31)
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_PLACE = r"^(?:[A-Z][A-Z .']*, *)?"  # "BANGKINANG, 17-08-1990", "SENIN, 17 AGUSTUS 1990"
_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?$"
_YEAR_FIRST = rf"^(\d{{4}}) *[-/. ] *(\d{{1,2}}) *[-/. ] *(\d{{1,2}}){_TIME}"
_DAY_FIRST = rf"{_PLACE}(\d{{1,2}}) *[-/. ] *(\d{{1,2}}) *[-/. ] *(\d{{4}}|\d{{2}}){_TIME}"
_WITH_WORD = rf"{_PLACE}(\d{{1,2}})[-/. ]*([A-Z]+)[-/., ]*(\d{{4}}|\d{{2}}){_TIME}"
_WORD_FIRST = rf"^([A-Z]+)[. ]+(\d{{1,2}}),? +(\d{{4}}){_TIME}"
_SERIAL = r"^(\d{4,5})(?:[.,]\d+)?$"
_YEARS_NOT_SERIALS = (1900, 2100)


def read_dates(text: pl.Expr, newest_year: int) -> pl.Expr:
    """The date, or null. A year of two digits is the latest one that is not after `newest_year`."""
    upper = text.str.to_uppercase().str.strip_chars(" '\"`’")
    return pl.coalesce(
        _from_parts(upper, _YEAR_FIRST, (1, 2, 3), newest_year),
        _from_parts(upper, _DAY_FIRST, (3, 2, 1), newest_year),
        _from_parts(upper, _WITH_WORD, (3, 2, 1), newest_year),
        _from_parts(upper, _WORD_FIRST, (3, 1, 2), newest_year),
        _from_digits(upper),
        _from_serial(upper),
    )


def _from_parts(text: pl.Expr, pattern: str, groups: tuple[int, int, int], newest_year: int) -> pl.Expr:
    year, month, day = (text.str.extract(pattern, group) for group in groups)
    number = month.replace_strict(_MONTH_BY_WORD, default=pl.when(month.str.contains(r"^\d")).then(month))
    return _day(_full_year(year, newest_year), number, day)


def _full_year(year: pl.Expr, newest_year: int) -> pl.Expr:
    short = year.cast(pl.Int32, strict=False)
    century = newest_year // 100 * 100
    full = pl.when(short + century <= newest_year).then(short + century).otherwise(short + century - 100)
    return pl.when(year.str.len_chars() == len("90")).then(full.cast(pl.String)).otherwise(year)


def _day(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    text = pl.concat_str(year, pl.lit("-"), month.str.zfill(2), pl.lit("-"), day.str.zfill(2))
    return plausible(text.str.to_date("%Y-%m-%d", strict=False))


def plausible(day: pl.Expr) -> pl.Expr:
    """The day, unless it is out of the years that dates of people and facts can have."""
    return pl.when(day.is_between(FIRST_DATE, _LAST)).then(day)


def _from_digits(text: pl.Expr) -> pl.Expr:
    digits = pl.when(text.str.contains(r"^\d{8}$")).then(text)
    year_first = _day(digits.str.slice(0, 4), digits.str.slice(4, 2), digits.str.slice(6, 2))
    return pl.coalesce(year_first, _day(digits.str.slice(4, 4), digits.str.slice(2, 2), digits.str.slice(0, 2)))


def _from_serial(text: pl.Expr) -> pl.Expr:
    number = text.str.extract(_SERIAL, 1).cast(pl.Int32, strict=False)
    serial = pl.when(~number.is_between(*_YEARS_NOT_SERIALS)).then(number)
    return plausible(pl.lit(_EXCEL_DAY_ZERO) + pl.duration(days=serial))


def read_semesters(text: pl.Expr, newest_year: int) -> pl.Expr:
    """The last day of the semester that the text names, or that its date lies in; null if it names none."""
    upper = text.str.to_uppercase().str.strip_chars(" '\"`’")
    named = pl.coalesce(
        _half(upper, r"(?:^|[^A-Z])(?:SEMESTER|SEM|SMT|SMSTR)[-. ]*0?(II|I|2|1)\b[^0-9]*((?:19|20)\d{2})$", 2, 1),
        _half(upper, r"^((?:19|20)\d{2})[-/. ]*(?:SEMESTER|SEM|SMT|S)?[-/. ]*0?(II|I|2|1)$", 1, 2),
        _half(upper, r"^0?(II|I|2|1) *[-/] *((?:19|20)\d{2})$", 2, 1),
    )
    return pl.coalesce(named, end_of_half(pl.coalesce(read_dates(upper, newest_year), read_months(upper))))


def read_months(text: pl.Expr) -> pl.Expr:
    """The first day of a month (in capitals): DESEMBER 2021, 2021-12; null if the text names none."""
    word = text.str.extract(r"^([A-Z]+)[-/. ]+(\d{4})$", 1).replace_strict(_MONTH_BY_WORD, default=None)
    named = _day(text.str.extract(r"^([A-Z]+)[-/. ]+(\d{4})$", 2), word, pl.lit("01"))
    pattern = r"^(\d{4})[-/](\d{1,2})$"
    return pl.coalesce(named, _day(text.str.extract(pattern, 1), text.str.extract(pattern, 2), pl.lit("01")))


def _half(text: pl.Expr, pattern: str, year: int, half: int) -> pl.Expr:
    second = text.str.extract(pattern, half).is_in(["II", "2"])
    end = pl.when(second).then(pl.lit("-12-31")).otherwise(pl.lit("-06-30"))
    return (text.str.extract(pattern, year) + end).str.to_date("%Y-%m-%d", strict=False)


def end_of_half(day: pl.Expr) -> pl.Expr:
    """The last day of the half year in which the day lies."""
    second = day.dt.month() > 6  # noqa: PLR2004 (June)
    return pl.date(day.dt.year(), pl.when(second).then(12).otherwise(6), pl.when(second).then(31).otherwise(30))
