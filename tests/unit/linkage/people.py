"""Named people for the linkage stories: everybody lives in one village unless the story says otherwise."""

from datetime import date
from typing import Any

VILLAGE = "1401012001"
NEXT_VILLAGE = "1401012002"
CARD = "1401010101100001"
OTHER_CARD = "1401010101100002"


def person(row_id: int, name: str | None, nik: str | None = None, **more: Any) -> dict[str, Any]:
    """A landed row; a NIK is valid unless `nik_status` says otherwise."""
    return {
        "row_id": row_id,
        "source_file": "list.csv",
        "source_row": row_id % 1000,
        "name": name,
        "nik": nik,
        "nik_status": "valid" if nik else "missing",
        "nik_warnings": [],
        "family_card_number": None,
        "card_status": "valid" if more.get("family_card_number") else "missing",
        "birth_date": None,
        "sex": None,
        "mother_name": None,
        "village_code": VILLAGE,
        **more,
    }


def registered(number: int, name: str | None, nik: str | None = None, **more: Any) -> dict[str, Any]:
    """A registry row."""
    return person(2_000_000_000 + number, name, nik, **more)


def recipient(number: int, name: str | None, nik: str | None = None, **more: Any) -> dict[str, Any]:
    """A PKH row."""
    return person(3_000_000_000 + number, name, nik, **more)


SITI = {
    "name": "SITI AMINAH", "nik": "1401015203800001", "family_card_number": CARD, "birth_date": date(1980, 3, 12),
    "sex": "P", "mother_name": "RUKIAH",
}  # fmt: skip
JOKO = {
    "name": "JOKO SUPRIYADI", "nik": "1401010507760002", "family_card_number": CARD, "birth_date": date(1976, 7, 5),
    "sex": "L", "mother_name": "PONIYEM",
}  # fmt: skip

FIRST_PLACE, APART = 2001, 11  # no two places differ in one digit, nor in two swapped ones


def placed(row: dict[str, Any], place: int) -> dict[str, Any]:
    """The row in a place of the country: its numbers, cards and villages begin with that place's code."""
    codes = {name: row.get(name) for name in ("nik", "family_card_number", "village_code")}
    own = {name: code for name, code in codes.items() if (code or "").startswith("1401")}
    return row | {name: f"{FIRST_PLACE + APART * place}{code[4:]}" for name, code in own.items()}


def others() -> list[dict[str, Any]]:
    """Fifteen hundred registered people whom no story knows, among whom its names are as rare as in a district."""
    return [_other(number) for number in range(1500)]


def _other(number: int) -> dict[str, Any]:
    letters = "".join("ABDEGIKLMN"[int(digit)] for digit in f"{number:04d}")
    return person(2_900_000_000 + number, f"WARGA {letters}", f"14010101019{number:05d}")
