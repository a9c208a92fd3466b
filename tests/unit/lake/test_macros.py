"""The one rule for the date in a NIK, which linkage and reconcile share."""

from datetime import date

import pytest

from welfare_pipeline.lake import DataRoot

LATEST = date(2021, 11, 30)
NIKS: dict[str, tuple[str, date | None, date | None]] = {  # the NIK, the birth date beside it, what it says
    "a man": ("1401010512850003", None, date(1985, 12, 5)),
    "a woman": ("1401015708900001", None, date(1990, 8, 17)),
    "a child": ("1401010305190001", None, date(2019, 5, 3)),
    "somebody of a hundred, by the birth date": ("1401010305190001", date(1919, 5, 3), date(1919, 5, 3)),
    "a child, by the birth date": ("1401010305190001", date(2019, 5, 3), date(2019, 5, 3)),
    "somebody old whose birth date is another": ("1401010305190001", date(1920, 6, 1), date(1919, 5, 3)),
    "the last day": ("1401013011210001", None, date(2021, 11, 30)),
    "nobody is born tomorrow": ("1401010112210001", None, date(1921, 12, 1)),
    "even if the birth date says so": ("1401010112210001", date(2021, 12, 1), date(1921, 12, 1)),
    "a leap day that only one century has": ("1401012902000001", date(1901, 1, 1), date(2000, 2, 29)),
    "no such day": ("1401013202900001", None, None),
    "day forty": ("1401014008900001", None, None),
}


@pytest.mark.parametrize("whose", NIKS)
def test_the_birth_date_in_a_nik(root: DataRoot, whose: str) -> None:
    nik, beside, expected = NIKS[whose]
    with root.partition("2021-11", "1401").connect(threads=1) as con:
        found = con.execute("select nik_birth_date($1, $2::date, $3)", [nik, beside, LATEST]).fetchall()
    assert found == [(expected,)]
