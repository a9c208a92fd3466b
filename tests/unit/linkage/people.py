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
