"""The rows that name people, all lists in one table, and what follows from a row by itself."""

from datetime import date
from typing import Any

from tests.conftest import Keep
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.sources import FIXED
from welfare_pipeline.lake import Partition, draft_person_rows, see_person_rows

Row = dict[str, Any]
NIKS: dict[str, tuple[str, date | None, date | None, str | None]] = {  # NIK, birth date beside it, its date, and why
    "a man": ("1401010512850003", None, date(1985, 12, 5), "only"),
    "a woman": ("1401015708900001", None, date(1990, 8, 17), "only"),
    "a child": ("1401010305190001", None, date(2019, 5, 3), "later"),
    "somebody of a hundred, by the birth date": ("1401010305190001", date(1919, 5, 3), date(1919, 5, 3), "nearer"),
    "a child, by the birth date": ("1401010305190001", date(2019, 5, 3), date(2019, 5, 3), "nearer"),
    "somebody old whose birth date is another": ("1401010305190001", date(1920, 6, 1), date(1919, 5, 3), "nearer"),
    "the last day": ("1401013011210001", None, date(2021, 11, 30), "later"),
    "nobody is born tomorrow": ("1401010112210001", None, date(1921, 12, 1), "only"),
    "even if the birth date says so": ("1401010112210001", date(2021, 12, 1), date(1921, 12, 1), "only"),
    "a leap day that only one century has": ("1401012902000001", date(1901, 1, 1), date(2000, 2, 29), "only"),
    "no such day": ("1401013202900001", None, None, None),
    "day forty": ("1401014008900001", None, None, None),
}
CARD, OTHER_CARD = "1401010101070001", "1401010101070002"


def person(row_id: int, **values: Any) -> Row:
    """A landed row about somebody."""
    told = {"nik_status": "valid" if "nik" in values else "missing"}
    told["card_status"] = "valid" if "family_card_number" in values else "missing"
    return {"row_id": row_id, "source_file": "list.csv", "source_row": row_id % 1000} | told | values


def kept(keep: Keep, period: str = "2021-11", **lists: list[Row]) -> Partition:
    """The month's lists, and the table of their people."""
    partition = keep(period, "1401", **lists)
    with partition.draft() as draft:
        draft_person_rows(draft, load_policy())
        return draft.accept()


def facts(keep: Keep, columns: str, **lists: list[Row]) -> list[Any]:
    """These columns of the rows of `person_rows` in file order; a single column by itself."""
    with kept(keep, **lists).connect(threads=1) as con:
        rows = con.sql(f"select {columns} from person_rows order by row_id").fetchall()
    return [row[0] if len(row) == 1 else row for row in rows]


def test_the_birth_date_in_a_nik_and_why_that_century(keep: Keep) -> None:
    rows = [person(number, nik=nik, birth_date=beside) for number, (nik, beside, *_) in enumerate(NIKS.values())]
    found = facts(keep, "nik_birth_date, nik_century", registry=rows)
    assert dict(zip(NIKS, found, strict=True)) == {whose: tuple(expected) for whose, (_, _, *expected) in NIKS.items()}


def test_a_number_that_is_not_valid_has_no_birth_date(keep: Keep) -> None:
    row = person(1, nik="1401010512850003", nik_status="placeholder")
    assert facts(keep, "nik_birth_date, nik_century", registry=[row]) == [(None, None)]


def test_a_birth_in_the_month_itself_is_believed_if_the_number_agrees(keep: Keep) -> None:
    told: dict[str, Row] = {
        "years ago": {"birth_date": date(1985, 12, 5)},
        "the day of the export": {"birth_date": date(2021, 11, 12)},
        "a newborn, whose number says so": {"birth_date": date(2021, 11, 12), "nik": "1401011211210001"},
        "next month": {"birth_date": date(2021, 12, 12)},
        "no birth date": {"nik": "1401010512850003"},
    }
    found = facts(
        keep, "birth_date_is_believed", registry=[person(number, **row) for number, row in enumerate(told.values())]
    )
    assert [whose for whose, believed in zip(told, found, strict=True) if believed] == [
        "years ago",
        "a newborn, whose number says so",
    ]


def born(day: date, *years: int, first: int = 1) -> list[Row]:
    """Rows with the birth date `day`, one for each year that a NIK has beside it."""
    niks = (f"14010112{day:%m}{year % 100:02d}{number:04d}" for number, year in enumerate(years, 1))
    return [person(number, nik=nik, birth_date=day) for number, nik in enumerate(niks, first)]


def test_blanks_that_became_the_day_of_an_earlier_export_are_no_birth_dates(
    keep: Keep,
) -> None:
    september, january = date(2021, 9, 30), date(1985, 1, 1)
    blank = [*born(september, *range(1950, 1960)), person(11, birth_date=september)]
    newborn = person(12, nik="1401013009210001", birth_date=september)
    by_year = born(january, *[1985] * 10, first=13)
    found = facts(keep, "birth_date_is_believed", registry=[*blank, newborn, *by_year])
    assert found == [False] * 11 + [True] + [True] * 10


def test_births_of_one_day_are_believed_while_few_numbers_or_fewer_than_not_are_of_another_year(keep: Keep) -> None:
    day = date(2021, 9, 12)
    under_their_mothers_numbers = born(day, *range(1985, 1994))
    own_numbers_too = born(day, *[2021] * 11, *range(1985, 1995), first=10)
    found = facts(keep, "birth_date_is_believed", proposals=under_their_mothers_numbers, registry=own_numbers_too)
    assert found == [True] * 30


def test_a_card_with_more_people_than_a_family_is_not_usable_in_any_list(keep: Keep) -> None:
    crowd = [person(number, name=f"WARGA {number}", family_card_number=CARD) for number in range(1, 27)]
    family = person(100, name="SITI", family_card_number=OTHER_CARD)
    proposed = person(200, name="TONO", family_card_number=CARD)
    found = facts(keep, "usable_card", registry=[*crowd, family], proposals=[proposed])
    assert found == [None] * 26 + [OTHER_CARD, None]


def test_the_registry_s_card_in_the_column_of_the_nik(keep: Keep) -> None:
    siti = person(1, name="SITI", nik="1401015708900001", family_card_number=CARD)
    wrong_column = person(2, name="SITI", nik=CARD)
    own_card_too = person(3, name="SITI", nik=CARD, family_card_number=OTHER_CARD)
    found = facts(keep, "nik_is_card, card_in_nik, usable_card", registry=[siti], pkh=[wrong_column, own_card_too])
    assert found == [(False, None, CARD), (True, CARD, None), (False, None, OTHER_CARD)]


def test_presence_stage_and_plain_name(keep: Keep) -> None:
    rows = [
        person(1, name="H. Siti-Aminah", status="MD", status_date=date(2021, 11, 30), stage="2"),
        person(2, name=" - ", status="MD", status_date=date(2021, 12, 1)),
        person(3, status="PD"),
    ]
    assert facts(keep, "presence, stage, plain_name", pkh=rows) == [
        ("MD", "2", "H SITI AMINAH"),
        (None, "", None),
        ("PD", "", None),
    ]


def test_every_list_with_a_nik_is_there_under_its_name(keep: Keep) -> None:
    named = [source for source in FIXED if source.names_people]
    lists = {source.table: [person(number)] for number, source in enumerate(named, 1)}
    lists["pkh"] = [person(100)]
    lists["disbursements"][0] |= {"programme": "pkh", "status": "SUKSES SALUR"}
    found = facts(keep, "list, may_repeat, programme, status", **lists)
    paid = {"disbursements": "pkh", "pkh": "pkh"}
    status = {"civil_status": "AKTIF"}  # a payment's status is no presence
    often = {source.name for source in named if source.may_repeat}
    assert found == [
        (name, name in often, paid.get(name), status.get(name)) for name in [*(s.name for s in named), "pkh"]
    ]
    assert {"civil_status", "disbursements", "complaints"} <= often
    assert not often & {"registry", "proposals"}


def test_a_month_older_than_the_table_is_read_all_the_same(keep: Keep) -> None:
    partition = keep("2021-10", "1401", registry=[person(1, name="SITI", family_card_number=CARD)])
    now = kept(keep, registry=[person(1, name="TONO")])
    with now.connect(threads=1) as con:
        see_person_rows(con, "former_rows", partition, load_policy())
        assert con.sql("select plain_name, usable_card from former_rows").fetchall() == [("SITI", CARD)]
        assert con.sql("select plain_name from person_rows").fetchall() == [("TONO",)]
        assert con.sql("select name from registry").fetchall() == [("TONO",)]
