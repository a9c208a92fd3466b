"""Linkage stories of one shape as data: a registry, a landed row, and how that row has to be linked.

A story is a `Case` here; `test_cases.py` links them all in one district, each in a place of its own, so that no two
of them meet. What needs several rows to be looked at, or a registry of its own, is told in a test instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.unit.linkage.people import CARD, JOKO, NEXT_VILLAGE, OTHER_CARD, SITI

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
    "mother_name": "SUPARTI",
}  # fmt: skip
BONAR = {
    "name": "BONAR NASUTION", "nik": "1401010207670001", "birth_date": date(1967, 7, 2), "sex": "L",
    "family_card_number": CARD, "mother_name": "TIURMA",
}  # fmt: skip
TIAMSAH = {"name": "TIAMSAH HUTAGALUNG", "nik": "1401016707670003", "birth_date": date(1967, 7, 27), "sex": "P"}
TWIN = {"birth_date": date(2016, 9, 16), "sex": "P", "mother_name": "YULIARNI GUSTI"}
RUSLAN = {"name": "RUSLAN TAMBUNAN", "nik": "1401010809630001", "birth_date": date(1963, 9, 8), "sex": "L"}
SON = {**JOKO, "nik": "1401010911040001", "birth_date": date(2004, 11, 9), "mother_name": "SITI AMINAH"}
SUHARTINI = {
    "name": "SUHARTINI", "nik": "1401016707670004", "birth_date": date(1967, 7, 27), "sex": "P",
    "family_card_number": CARD,
}  # fmt: skip
SUMIATI = {**SUHARTINI, "name": "SUMIATI", "nik": "1401015909710004", "birth_date": date(1971, 9, 19)}
BARE = {"nik": None, "nik_status": "missing"}
SLIP_OF_CARD = CARD[:9] + str((int(CARD[9]) + 1) % 10) + CARD[10:]

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
        "Rukmini, born on the day of Siti, whose number is hers by a slip, with card and village of her own",
        [SITI],
        {"name": "RUKMINI", "nik": SITI["nik"], "birth_date": SITI["birth_date"], "sex": "P",
         "family_card_number": OTHER_CARD, "village_code": FAR_VILLAGE}, "review", 1, guard="number_conflict",
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
        {**HASAN, **BARE, "name": "HUSIN BASRI"}, "review", 1, guard="twin_without_number",
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
        [{**SULIS, "family_card_number": CARD}],
        {**SULIS, "nik": "1401016202879431", "family_card_number": OTHER_CARD, "mother_name": None}, "same", 1,
        namesakes="SULIS HANDAYANI",
    ),
    Case(
        "a namesake of Bonar's of the same day with number, card and village of his own",
        [BONAR],
        {**BONAR, "nik": "1401010207670009", "family_card_number": OTHER_CARD, "village_code": FAR_VILLAGE}, "review",
        1, guard="elsewhere",
    ),
    Case(
        "a name without its last word in her village, born that day, on another card and without a number",
        [{**SULIS, "family_card_number": CARD}],
        {**SULIS, **BARE, "name": "SULIS", "family_card_number": OTHER_CARD, "mother_name": None}, "same", 1,
        guard="nobody_else", namesakes="SULIS HANDAYANI",
    ),
    Case(
        "the same in another village",
        [{**SULIS, "family_card_number": CARD}],
        {**SULIS, **BARE, "name": "SULIS", "family_card_number": OTHER_CARD, "mother_name": None,
         "village_code": FAR_VILLAGE}, "different", None, namesakes="SULIS HANDAYANI",
    ),
    Case(
        "Rina, whose name many bear, mistyped beside a number two numbers on is no twin",
        [RINA],
        {**RINA, "name": "RNIA BASRI", "nik": "1401014104110003"}, "same", 1, namesakes="RINA BASRI",
        apart=True,
    ),
    Case(
        "a namesake registered right after Rina, of whom nothing else is known",
        [{**RINA, "birth_date": None, "family_card_number": None}],
        {"name": "RINA BASRI", "nik": "1401014104110002", "sex": "P"}, "review", 1, guard="only_name_and_village",
    ),
    Case(
        "a namesake of Sulis' on her own card, a digit off her number, without birth date, beside Sulis on the list",
        [{**SULIS, "family_card_number": CARD}],
        {"name": SULIS["name"], "nik": "1401016202820001", "family_card_number": OTHER_CARD}, "review", 1,
        beside={"pkh": [{**SULIS, "family_card_number": CARD}]},
    ),
    Case(
        "a payment to a namesake of Siti's under a number of its own, with a card a digit off Siti's",
        [SITI],
        {"name": SITI["name"], "nik": "1401014809910003", "family_card_number": SLIP_OF_CARD}, "different", None,
        source="disbursements",
    ),
    Case(
        "a namesake of Siti's born on another day of her month, as her number says, with a card a digit off Siti's",
        [SITI],
        {**SITI, "nik": SITI["nik"].replace("520380", "530380"), "birth_date": date(1980, 3, 13), "mother_name": None,
         "family_card_number": SLIP_OF_CARD}, "different", None,
    ),
    Case(
        "Siti under another's number, with her birth date and a slip in her card",
        [SITI],
        {**SITI, "nik": "1401014809910003", "family_card_number": SLIP_OF_CARD}, "same", 1,
    ),
    Case(
        "a payment to a namesake of Sulis' whose number, a digit off, another list knows with the birth date in it",
        [SULIS],
        {"name": SULIS["name"], "nik": "1401016202770001"}, "different", None, source="disbursements",
        beside={"pbi_jkn": [{"name": SULIS["name"], "nik": "1401016202770001", "birth_date": date(1977, 2, 22)}]},
    ),
    Case(
        "a payment under that number, which no other list knows",
        [SULIS],
        {"name": SULIS["name"], "nik": "1401016202770001"}, "same", 1, source="disbursements",
    ),
    Case(
        "a name, beside an old card that nobody in the registry has",
        [{**SULIS, "family_card_number": CARD}],
        {"name": "HARTATI", "family_card_number": OTHER_CARD, **BARE}, "review", None, guard="name_only",
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
    Case(
        "a complaint about Ngadimin, whose name is mistyped and whose village is all else that it tells",
        [{"name": "NGADIMIN PURNOMO", "nik": "3512053005751001", "birth_date": date(1975, 5, 30)}],
        {"name": "NGADIMIN PMRNOMO", **BARE}, "review", 1,
    ),
    Case(
        "of one word, too",
        [{"name": "SULAIDIMAN", "nik": "3512053005751002", "birth_date": date(1975, 5, 30)}],
        {"name": "SULAIDMIAN", **BARE}, "review", 1,
    ),
    Case(
        "a namesake of Tiamsah's of the same day without a number, with card and village of her own",
        [{**TIAMSAH, "family_card_number": CARD}],
        {**TIAMSAH, **BARE, "family_card_number": OTHER_CARD, "village_code": FAR_VILLAGE}, "review", 1,
        guard="elsewhere",
    ),
    Case(
        "Suhartini without a number, on another card far from her village, on a list that does not name her otherwise",
        [SUHARTINI],
        {**SUHARTINI, **BARE, "family_card_number": OTHER_CARD, "village_code": FAR_VILLAGE}, "review", 1,
        namesakes="SUHARTINI",
    ),
    Case(
        "a namesake of Sumiati's of the same day, on a list that names Sumiati under her number already",
        [SUMIATI],
        {**SUMIATI, **BARE, "family_card_number": OTHER_CARD, "village_code": FAR_VILLAGE}, "different", None,
        beside={"pkh": [SUMIATI]}, namesakes="SUMIATI",
    ),
    Case(
        "Sulis by one word of her name under her husband's number, on another card in her village",
        [{**SULIS, "family_card_number": CARD}],
        {**SULIS, "nik": "1401010507760009", "name": "SULIS", "family_card_number": OTHER_CARD, "mother_name": None},
        "same", 1, guard="nobody_else", namesakes="SULIS HANDAYANI",
    ),
    Case(
        "another Sulis of the village, born that day, under a number of her own",
        [{**SULIS, "family_card_number": CARD}],
        {**SULIS, "nik": "3512056202870009", "name": "SULIS", "family_card_number": OTHER_CARD, "mother_name": None},
        "review", 1, namesakes="SULIS HANDAYANI",
    ),
    Case(
        "a payment without a number on Joko's new card, under which another list has him by his number",
        [JOKO],
        {**BARE, "name": JOKO["name"], "family_card_number": OTHER_CARD}, "same", 1, source="disbursements",
        method="family_card", beside={"pbi_jkn": [{**JOKO, "family_card_number": OTHER_CARD}]},
    ),
    Case(
        "a payment under that card and the number of another family member",
        [JOKO, {**SITI, "family_card_number": OTHER_CARD}],
        {"nik": SITI["nik"], "name": JOKO["name"], "family_card_number": OTHER_CARD, "village_code": FAR_VILLAGE},
        "review", 2, source="disbursements", guard="number_conflict",
        beside={"pbi_jkn": [{**JOKO, "family_card_number": OTHER_CARD}]},
    ),
    Case(
        "a payment without a number to one of two of Joko's name on that card: his son has a number of his own",
        [JOKO],
        {**BARE, "name": JOKO["name"], "family_card_number": OTHER_CARD}, "review", 1, source="disbursements",
        beside={"pbi_jkn": [{**JOKO, "family_card_number": OTHER_CARD}, {**SON, "family_card_number": OTHER_CARD}]},
    ),
    Case(
        "an officer with a slip in his name under the number that the registry has mistyped and a list has right",
        [{**RUSLAN, "nik": "1401010209630001"}],
        {"name": "RUSLAN TAMBUNNA", "nik": RUSLAN["nik"]}, "same", 1, source="company_officers",
        beside={"pbi_jkn": [RUSLAN]},
    ),
    Case(
        "an officer of another name under that number",
        [{**RUSLAN, "nik": "1401010209630001"}],
        {"name": "MONANG PAKPAHAN", "nik": RUSLAN["nik"]}, "different", None, source="company_officers",
        beside={"pbi_jkn": [RUSLAN]},
    ),
    Case(
        "another's name with a word of Ngadirun's",
        [{"name": "NGADIRUN PURNOMO", "nik": "3512053005751003", "birth_date": date(1975, 5, 30)}],
        {"name": "HASBULLAH PURNOMO", **BARE}, "review", None, guard="name_only",
    ),
]  # fmt: skip

KNOWN_MISSES = [  # what is decided wrongly, and would need a guard that serves nobody else (docs/linkage.md)
    Case(
        "Vanesa, proposed without the card on which her twin is registered, each under her own number, is missed",
        [{**TWIN, "name": "DIAN KHAIRIYAH", "nik": "3512055609161001", "family_card_number": CARD}],
        {**TWIN, "name": "VANESA KHAIRIYAH", "nik": "1401165609160001"}, "same", 1,
    ),
]  # fmt: skip

EMI = {"name": "SITI EMI", "nik": "1401014303820003", "birth_date": date(1982, 3, 3), "sex": "P"}
ABBAS = {
    "name": "ABBAS", "nik": "1401010404700004", "birth_date": date(1970, 4, 4), "sex": "L",
    "family_card_number": OTHER_CARD,
}  # fmt: skip
ISMET = {
    "name": "ISMET BAKARI", "nik": "1401012105180001", "birth_date": date(2018, 5, 21), "sex": "L",
    "family_card_number": OTHER_CARD, "mother_name": "HAWA SAFITRI",
}  # fmt: skip
HOTMAN = {**ISMET, "birth_date": date(1958, 12, 10), "name": "HOTMAN SIREGAR"}
INDAH = {
    "name": "INDAH OKTARINA", "nik": "1401154607020001", "birth_date": date(2002, 7, 6), "sex": "P",
    "family_card_number": CARD,
}  # fmt: skip
MELATI = {
    **INDAH, "name": "MELATI OKTARINA", "nik": "1401114607020001", "family_card_number": OTHER_CARD,
    "village_code": FAR_VILLAGE,
}  # fmt: skip
CINDY = {
    "name": "CINDY ELVIRA", "nik": "1401046704090001", "birth_date": date(2009, 4, 27), "sex": "P",
    "family_card_number": "1401043012160002", "village_code": "1401042012",
}  # fmt: skip
BASARIA = {
    "name": "BASARIA SITUMORANG", "nik": "1401145903700002", "birth_date": date(1970, 3, 19),
    "family_card_number": CARD,
}  # fmt: skip
RUKIA = {**ABBAS, "name": "RUKIA MOHAMAD", "nik": "1401014906320001", "birth_date": date(1932, 6, 9), "sex": "P"}
WINDA = {"name": "WINDA", "birth_date": date(1990, 8, 22), "sex": "P", "family_card_number": CARD}
RIO = {
    "name": "RIO LUMBANTORUAN", "nik": "1401011211090018", "birth_date": date(2009, 11, 12), "sex": "L",
    "family_card_number": CARD,
}  # fmt: skip
ZALEHA = {"name": "SITI ZALEHA JULIANA", "nik": "1403105803830006", "birth_date": date(1983, 3, 18), "sex": "P"}
LOST = "precision_lost"

RIGHT_PERSON = [
    Case("Siti under her own NIK", [SITI, JOKO], SITI, "same", 1, method="nik"),
    Case("Siti with a name cut short", [SITI, JOKO], {**SITI, "name": "SITI AMI"}, "same", 1, method="nik"),
    Case(
        "Siti with little left of her name, under her NIK and birth date on another card", [SITI, JOKO],
        {**SITI, "name": "STI AM", "family_card_number": OTHER_CARD, "village_code": NEXT_VILLAGE}, "same", 1,
        method="nik",
    ),
    Case("Siti with words swapped", [SITI, JOKO], {**SITI, "name": "AMINAH SITI"}, "same", 1, method="nik"),
    Case(
        "Siti under a mistyped NIK", [SITI, JOKO], {**SITI, "nik": "1401015203800007"}, "same", 1, method="family_card"
    ),
    Case("Siti without a NIK", [SITI, JOKO], {**SITI, **BARE}, "same", 1, method="family_card"),
    Case(
        "Siti rounded by Excel, no card", [SITI, JOKO],
        {**SITI, "nik": "1401015203800000", "nik_status": LOST, "family_card_number": None}, "same", 1,
        method="probabilistic",
    ),
    Case("Siti by NIK only", [SITI, JOKO], {"name": None, "nik": SITI["nik"]}, "same", 1, method="nik"),
    Case(
        "a stranger who uses Siti's NIK", [SITI, JOKO],
        {"name": "BUDI HARTONO", "nik": SITI["nik"], "birth_date": date(1999, 1, 30), "sex": "L"}, "review", 1,
        method="nik", guard="number_conflict",
    ),
    Case(
        "a stranger of half Siti's name who uses her NIK", [SITI, JOKO],
        {"name": "RUKAYAH AMINAH", "nik": SITI["nik"], "birth_date": date(1999, 1, 30), "sex": "P"}, "review", 1,
        method="nik", guard="number_conflict",
    ),
    Case(
        "Siti's daughter, not registered", [SITI, JOKO],
        {**SITI, "name": "RINA AMINAH", "nik": "1401014502050001", "birth_date": date(2005, 2, 5),
         "mother_name": "SITI AMINAH"}, "different", None,
    ),
    Case(
        "a neighbour of her name", [SITI, JOKO],
        {**SITI, "nik": "1401014809910003", "family_card_number": OTHER_CARD, "birth_date": date(1991, 9, 8),
         "mother_name": "WATI"}, "different", None,
    ),
    Case("Joko's son of his name", [SITI, JOKO], SON, "different", None),
]  # fmt: skip

BROKEN_NUMBERS_AND_NAMES = [
    Case("Emi under her NIK, spelt another way", [EMI], {"name": "SYTY EMY", "nik": EMI["nik"]}, "same", 1),
    Case(
        "Abbas with a letter and a digit of his NIK mistyped", [ABBAS],
        {**ABBAS, "name": "ABBS", "nik": "1401010404700014"}, "same", 1,
    ),
    Case(
        "another son of Abbas' family", [ABBAS],
        {**ABBAS, "name": "RUSLI", "nik": "1401010404000014", "birth_date": date(2000, 4, 4)}, "different", None,
    ),
    Case(
        "a neighbour ten years older, one digit apart", [SULIS],
        {**SULIS, "nik": "1401016202770001", "birth_date": date(1977, 2, 22), "mother_name": "MARSINAH"},
        "different", None,
    ),
    Case(
        "a neighbour of another day", [SULIS],
        {**SULIS, "nik": "1401015404870001", "birth_date": date(1987, 4, 14), "mother_name": "MARSINAH"},
        "different", None,
    ),
    Case(
        "the wife's number in the registry contradicts the birth date beside it: it does not make him a stranger",
        [{**HOTMAN, "nik": "1401015711620001"}],
        {**HOTMAN, "name": "HOTMAN SIOEGAR", "nik": "1401011012580001"}, "same", 1,
    ),
    Case("y for i", [ISMET], {**ISMET, "name": "YSMET BAKARY", "nik": "1401012105181001"}, "same", 1),
    Case("a father cut off", [ISMET], {**ISMET, "name": "ISMET BAKARI BINT", "nik": "1401012105181001"}, "same", 1),
    Case(
        "a slip that makes the number of another born that day does not make Indah of Melati", [INDAH, MELATI],
        {**INDAH, "nik": MELATI["nik"]}, "same", 1,
    ),
    Case("a misspelt name under number, birth date and card", [INDAH], {**INDAH, "name": "INDSH OKTRNA"}, "same", 1),
    Case(
        "a birth in the month itself is a blank that became the day of export", [SULIS],
        {**SULIS, **BARE, "birth_date": date(2021, 11, 27)}, "same", 1, namesakes="SULIS HANDAYANI",
    ),
    Case(
        "a newborn of her name, whose number says so", [SULIS],
        {**SULIS, "nik": "1401012711210001", "birth_date": date(2021, 11, 27), "mother_name": SULIS["name"]},
        "different", None, namesakes="SULIS HANDAYANI",
    ),
    Case(
        "a card number in the column of the NIK is a card", [ABBAS],
        {**ABBAS, "name": "ABAS", "nik": OTHER_CARD, "family_card_number": None, "birth_date": None}, "same", 1,
    ),
    Case(
        "numbers that differ in their date alone are one number beside one birth date",
        [SULIS],
        {**SULIS, "nik": "1401015202870001", "village_code": NEXT_VILLAGE, "mother_name": None},
        "same", 1, namesakes="SULIS HANDAYANI",
    ),
    Case(
        "a slip in a name that has many spellings", [RUKIA],
        {**RUKIA, "name": "RUKIA MOHAMD", "nik": "1401014906328806"}, "same", 1,
    ),
    Case(
        "the date in her number tells who Winda is where the birth date beside it is wrong", [WINDA],
        {**WINDA, "nik": "1401016208900033", "birth_date": date(2000, 8, 22), "family_card_number": None}, "same", 1,
        namesakes="WINDA",
    ),
    Case(
        "Rio's number and birth date under the clan's name", [RIO],
        {**RIO, "name": "LUMBANTORUAN", "family_card_number": OTHER_CARD}, "same", 1,
    ),
    Case(
        "Rio's number under the clan's name and another birth date", [RIO],
        {**RIO, "name": "LUMBANTORUAN", "birth_date": date(2012, 12, 17), "family_card_number": OTHER_CARD}, "review",
        1, guard="number_conflict",
    ),
    Case(
        "two numbers that DuckDB's hash() gives one value are two numbers", [ZALEHA],
        {"name": "SITI JURIAH SARI", "nik": "1403105303830001", "birth_date": date(1983, 3, 13), "sex": "P"},
        "different", None,
    ),
]  # fmt: skip

CASES = [*RULES_FOUND_WRONG, *GUARDED, *KNOWN_MISSES, *RIGHT_PERSON, *BROKEN_NUMBERS_AND_NAMES]
