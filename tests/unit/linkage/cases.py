"""Linkage stories of one shape as data: a registry, a landed row, and how that row has to be linked.

A story is a `Case` here; `test_cases.py` links them all in one district, each in a place of its own, so that no two
of them meet. What needs several rows to be looked at, or a registry of its own, is told in a test instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.unit.linkage.people import CARD, JOKO, OTHER_CARD, SITI

Person = Mapping[str, Any]
FAR_VILLAGE = "1401022003"


@dataclass(frozen=True)
class Case:
    """One row and whom it has to be linked to.

    `registry`: the registered people, numbered from 1. `row`: the landed row, of the list `source`. `person`: the
    number of the registry person, None for nobody. `beside`: other rows of lists, by list. `namesakes`: the name of
    people in another village who make a name say little. `apart`: linked in a district of its own.
    `guard`: that decided, None for none.
    """

    story: str
    registry: Sequence[Person]
    row: Person
    band: str
    person: int | None
    source: str = "pkh"
    method: str | None = None
    guard: str | None = None
    beside: Mapping[str, Sequence[Person]] = field(default_factory=dict)
    namesakes: str | None = None
    apart: bool = False


FAIZ = {"name": "FAIZ RAMADHAN", "nik": "1401011203080001", "birth_date": date(2008, 3, 12), "sex": "L"}
TUTI = {
    "name": "TUTI ALAWIYAH", "nik": "1401015205700001", "birth_date": date(1970, 5, 12), "sex": "P",
    "family_card_number": "1401011203080001", "village_code": FAR_VILLAGE,
}  # fmt: skip
NURHAYATI = {
    "name": "NURHAYATI KHADIJAH", "nik": "1401014907840002", "birth_date": date(1984, 7, 9), "sex": "P",
    "family_card_number": CARD,
}  # fmt: skip
DEDI = {**JOKO, "name": "DEDI KURNIADI", "nik": "1401010505900003", "birth_date": date(1990, 5, 5)}
DODI = {**DEDI, "name": "DODI KURNIADI", "nik": "1401010505910003", "birth_date": date(1991, 5, 5)}
RINA = {
    **JOKO, "name": "RINA BASRI", "mother_name": "SITI AMINAH", "nik": "1401014104110001",
    "birth_date": date(2011, 4, 1), "sex": "P",
}  # fmt: skip
HASAN = {**JOKO, "name": "HASAN BASRI", "nik": "1401010105100001", "birth_date": date(2010, 5, 1)}
SULIS = {
    "name": "SULIS HANDAYANI", "nik": "1401016202870001", "birth_date": date(1987, 2, 22), "sex": "P",
    "mother_name": "SUPARTI", "family_card_number": CARD,
}  # fmt: skip
BARE = {"nik": None, "nik_status": "missing"}

RULES_FOUND_WRONG = [
    Case(
        "Faiz, whose own number is the card of a family somewhere else",
        [{**FAIZ, "nik": None, "nik_status": "missing", "family_card_number": OTHER_CARD}, TUTI],
        {**FAIZ, "family_card_number": OTHER_CARD}, "same", 1,
    ),
    Case(
        "Tuti, who has her card in the column of the NIK",
        [TUTI],
        {**TUTI, "nik": TUTI["family_card_number"], "family_card_number": None, "name": "TUTI ALAWIAH"}, "same", 1,
    ),
    Case(
        "two valid numbers of one day and place are more than name and village",
        [{**RINA, "birth_date": None, "family_card_number": None}],
        {"name": "RINA BASRI", "nik": "1401014104110057", "sex": "P"}, "same", 1,
    ),
    Case(
        "a name and a village beside a contradicting number",
        [{**RINA, "birth_date": None, "family_card_number": None}],
        {"name": "RINA BASRI", "nik": "1401016611020057", "sex": "P"}, "different", None,
    ),
    Case(
        "Rina with a slip of name and serial five numbers on is no twin of herself",
        [RINA],
        {**RINA, "name": "RINI BASRI", "nik": "1401014104110006"}, "same", 1,
    ),
    Case(
        "Rini, a twin two numbers on, is a question",
        [RINA],
        {**RINA, "name": "RINI BASRI", "nik": "1401014104110003", "sex": None}, "review", 1, guard="twins",
    ),
    Case(
        "a stranger under Siti's number, with a weak namesake in another village, is a conflict of that number",
        [SITI, {"name": "TARMIZI", "village_code": FAR_VILLAGE, "sex": "L"}],
        {"name": "TARMIZI", "nik": SITI["nik"], "birth_date": date(1999, 1, 30), "sex": "L"}, "review", 1,
        guard="number_conflict", namesakes="TARMIZI",
    ),
    Case(
        "a slip of the number that is Siti's, beside his own card and birth date, does not make him a question",
        [SITI, {**JOKO, "family_card_number": OTHER_CARD}],
        {**JOKO, "family_card_number": OTHER_CARD, "nik": SITI["nik"]}, "same", 2,
    ),
    Case(
        "Handayani under the number and birth date of Nurhayati Khadijah, on another card in her village",
        [NURHAYATI],
        {**NURHAYATI, "name": "HANDAYANI", "family_card_number": OTHER_CARD}, "review", 1, guard="number_alone",
    ),
    Case(
        "Nurhayati with two slips in her name under her number and birth date",
        [NURHAYATI],
        {**NURHAYATI, "name": "NURHYATI KHADIJA", "family_card_number": OTHER_CARD}, "same", 1, method="nik",
    ),
    Case(
        "Dodi, a year younger than Dedi; a digit parts their numbers, and each number has his own year",
        [DEDI],
        DODI, "different", None,
    ),
    Case(
        "Dedi with the year put right in number and birth date is a question",
        [DEDI],
        {**DODI, "name": DEDI["name"]}, "review", 1, guard="two_birth_years",
    ),
    Case(
        "Dedi with a slip in the year of his number alone",
        [DEDI],
        {**DEDI, "nik": DODI["nik"]}, "same", 1,
    ),
    Case(
        "Joko's unregistered son of his name on his card, whose number cannot be read",
        [JOKO],
        {**JOKO, "nik": "1401019911040001", "nik_status": "bad_birth_date", "birth_date": date(2004, 11, 9),
         "mother_name": None}, "review", 1, guard="family_namesake",
    ),
    Case(
        "Hasan's unregistered twin Husin without a number",
        [HASAN],
        {**HASAN, **BARE, "name": "HUSIN BASRI"}, "review", 1,
    ),
    Case(
        "Joko's unregistered twin: another name and the next number of the day",
        [JOKO],
        {**JOKO, "name": "WAHYU HIDAYAT", "nik": "1401010507760003"}, "different", None,
    ),
]  # fmt: skip

GUARDED = [
    Case(
        "Hasan on his card and birth date, of his name one word",
        [HASAN],
        {**HASAN, "nik": "1401010105109431", "mother_name": None, "name": "HASAN"}, "same", 1,
    ),
    Case(
        "Sulis under the number she was issued anew",
        [SULIS],
        {**SULIS, "nik": "1401016202879431", "family_card_number": OTHER_CARD, "mother_name": None}, "same", 1,
        namesakes="SULIS HANDAYANI",
    ),
    Case(
        "a namesake of Siti's of the same day with number, card and village of her own",
        [SITI],
        {**SITI, "nik": "1401015203800009", "family_card_number": OTHER_CARD, "village_code": FAR_VILLAGE}, "review", 1,
        guard="elsewhere",
    ),
    Case(
        "the husband's row under the name of a brother, on his card",
        [JOKO],
        {**JOKO, **BARE, "name": "AGUS WAHYUDI"}, "review", 1,
    ),
    Case(
        "a rare name in her village, and nothing else known",
        [{"name": "ZULEKHA PURNAMASARI", "sex": "P"}],
        {"name": "ZULEKHA PURNAMASARI", "sex": "P", "birth_date": date(1990, 4, 4)}, "review", 1,
        guard="only_name_and_village",
    ),
    Case(
        "Tri, whose short name is misread beside a slip in her number",
        [{**RINA, "name": "TRI"}],
        {**RINA, "name": "UTO", "nik": "1401014104112001"}, "review", 1,
    ),
    Case("a name and nothing else", [], {"name": "HARTATI"}, "review", None, guard="name_only"),
]  # fmt: skip

CASES = [*RULES_FOUND_WRONG, *GUARDED]
