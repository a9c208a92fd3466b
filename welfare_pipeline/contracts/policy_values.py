"""The kinds of values a policy has, each with the words for what is allowed and the advice for usual slips.

Which entries there are stands in `policy_entries.py`; what contradicts what, in `policy_contradictions.py`.
"""

import datetime as dt
import difflib
import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WrapValidator
from pydantic_core import PydanticCustomError

from welfare_pipeline.contracts.period import is_period
from welfare_pipeline.contracts.vocabulary import RegistryDemand, Unit

OLDEST = 150  # years; nobody is older
NOT_ALLOWED = "not_allowed"
_LONGEST_SHOWN = 80
_PERCENT = 100
_DECEMBER = 12
_OF_MONTHS = re.compile(r"([0-9]{4})[-/. ]?([0-9]{1,2})([-/. ][0-9]{1,2})?|([0-9]{1,2})[-/. ]([0-9]{4})")

Advice = Callable[[Any], str]


class Entry(BaseModel):
    """A table of the file; a key that it does not know is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def shown(value: object, *, depth: int = 4) -> str:
    """The value as TOML would have it, cut if it is long or deep; what a terminal would act on is written out."""
    if isinstance(value, dict | list | tuple) and value and not depth:
        text = "..."
    elif isinstance(value, dict):
        pairs = ", ".join(f"{key_shown(name)} = {shown(item, depth=depth - 1)}" for name, item in value.items())
        text = f"{{ {pairs} }}" if pairs else "{}"
    elif isinstance(value, list | tuple):
        text = f"[{', '.join(shown(item, depth=depth - 1) for item in value)}]"
    elif isinstance(value, str | bool):
        text = "".join(map(_printable, json.dumps(value, ensure_ascii=False)))
    else:
        text = str(value)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}..."


def key_shown(key: str) -> str:
    """A key as TOML would have it."""
    return key if re.fullmatch("[A-Za-z0-9_-]{1,80}", key) else shown(key)


def _printable(letter: str) -> str:
    return letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known word that was most likely meant."""
    plain = {_plain(name): name for name in known}
    found = difflib.get_close_matches(_plain(str(word)), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower())


def not_allowed(allowed: str, advice: str = "") -> PydanticCustomError:
    """The error of a value, with what is allowed in its place."""
    words = f"must be {allowed}{f'; {advice}' if advice else ''}"
    return PydanticCustomError(NOT_ALLOWED, "{words}", {"words": words})


def _said(allowed: str, advice: Advice) -> WrapValidator:
    def check(value: Any, handler: Callable[[Any], Any]) -> Any:  # noqa: ANN401  whatever stands in the file
        try:
            return handler(value)
        except ValidationError:
            raise not_allowed(allowed, advice(value)) from None

    return WrapValidator(check)


def _number_in(value: object) -> float | None:
    """The number that a text seems to hold: 0,30 and 30 % and 1.500.000 are typed where numbers belong."""
    if not isinstance(value, str):
        return None
    text = value.strip().removeprefix("Rp").removesuffix("%").strip()
    if re.fullmatch(r"[0-9]{1,3}([.,][0-9]{3})+", text):
        return float(re.sub("[.,]", "", text))
    text = text.replace(",", ".")
    return float(text) if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else None


def _share_advice(value: object) -> str:
    number = _number_in(value) if isinstance(value, str) else value
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= _PERCENT:
        return ""
    percent = number > 1 or (isinstance(value, str) and value.strip().endswith("%"))
    share = f"{number / _PERCENT if percent else number:.6f}".rstrip("0")
    return f"write {share.ljust(share.index('.') + 3, '0')}{f' for {number:g} percent' if percent else ''}"


def _count_advice(value: object) -> str:
    number = _number_in(value) if isinstance(value, str) else value
    if isinstance(number, float) and number.is_integer() and number >= 0:
        return f"write {int(number)}"
    return ""


def _month_advice(value: object) -> str:
    if isinstance(value, dt.date):  # and a datetime, which is one
        return f'write "{value:%Y-%m}", in quotes and without a day'
    parts = _OF_MONTHS.fullmatch(str(value).strip())
    if parts is None or isinstance(value, bool | float):
        return 'write a year and a month in quotes, such as "2025-04"'
    year, month = parts[1] or parts[5], int(parts[2] or parts[4])
    written = f"{year}-{month:02d}"
    if is_period(written):
        return f'write "{written}"'
    return "years go from 1900 to 2099" if 1 <= month <= _DECEMBER else "a year has the months 01 to 12"


def _text_advice(value: object) -> str:
    return f'write "{value}"' if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _month(value: str) -> str:
    if not is_period(value):
        message = "no month"
        raise ValueError(message)
    return value


def _filled(value: str) -> str:
    if not value.strip():
        message = "blank"
        raise ValueError(message)
    return value


def listed(example: str, *, filled: bool = False) -> BeforeValidator:
    """Refuses what is no list (or, `filled`, an empty one); a text is not taken apart into its letters."""

    def check(value: object) -> object:
        if isinstance(value, list) and (value or not filled):
            return value
        advice = f"write [{shown(value)}]" if isinstance(value, str | dict) and value else f"for example {example}"
        raise not_allowed("a list that is not empty" if filled else "a list", advice)

    return BeforeValidator(check)


@cache
def is_time_zone(name: str) -> bool:
    """Whether this machine knows a time zone of that name (to list all of them opens six hundred files)."""
    return name in available_timezones()


def _zone(name: str) -> str:
    if not is_time_zone(name):
        raise ValueError(name)
    return name


def _zone_advice(value: object) -> str:
    near = nearest(value, available_timezones()) if isinstance(value, str) else None
    return f'did you mean "{near}"?' if near else ""


def one_of(words: tuple[str, ...]) -> WrapValidator:
    """Refuses every other word."""

    def advice(value: object) -> str:
        near = nearest(value, words) if isinstance(value, str) else None
        return f'did you mean "{near}"?' if near else ""

    return _said(" or ".join(f'"{word}"' for word in words), advice)


def _whole(least: int, most: int, allowed: str) -> tuple[Any, WrapValidator]:
    return Field(strict=True, ge=least, le=most), _said(allowed, _count_advice)


def no_advice(_: object) -> str:
    """None."""
    return ""


Text = Annotated[str, Field(strict=True), AfterValidator(_filled), _said("a text that is not empty", _text_advice)]
Month = Annotated[str, Field(strict=True), AfterValidator(_month), _said("a month YYYY-MM", _month_advice)]
TimeZone = Annotated[
    str,
    Field(strict=True),
    AfterValidator(_zone),
    _said("a time zone, such as Asia/Jakarta, Asia/Makassar or Asia/Jayapura", _zone_advice),
]
Share = Annotated[
    float,
    Field(strict=True, ge=0, le=1, allow_inf_nan=False),
    _said("a share from 0 to 1, such as 0.30", _share_advice),
]
Part = Annotated[
    float,
    Field(strict=True, gt=0, lt=1, allow_inf_nan=False),
    _said("a share above 0 and below 1, such as 0.30", _share_advice),
]
Weight = Annotated[
    float, Field(strict=True, ge=0, le=100, allow_inf_nan=False), _said("a number from 0 to 100", _count_advice)
]
AgainstWeight = Annotated[
    float, Field(strict=True, ge=-100, le=0, allow_inf_nan=False), _said("a number from -100 to 0", no_advice)
]
Times = Annotated[
    float, Field(strict=True, ge=1, le=10**6, allow_inf_nan=False), _said("a number from 1 to 1000000", _count_advice)
]
Count = Annotated[int, *_whole(0, 10**9, "a whole number, 0 or more")]
Positive = Annotated[int, *_whole(1, 10**9, "a whole number, 1 or more")]
Several = Annotated[int, *_whole(2, 10**9, "a whole number, 2 or more")]
Days = Annotated[int, *_whole(0, 36500, "a whole number of days, 0 to 36500")]
Months = Annotated[int, *_whole(0, 1200, "a whole number of months, 0 to 1200")]
StageMonths = Annotated[int, *_whole(1, 12, "a whole number of months, 1 to 12")]
Bytes = Annotated[int, *_whole(1, 2**50, "a whole number of bytes, 1 or more")]
Rupiah = Annotated[int, *_whole(1, 10**12, "whole rupiah, such as 3500000")]
Age = Annotated[int, *_whole(0, OLDEST, f"an age in whole years, 0 to {OLDEST}")]
Letters = Annotated[int, *_whole(1, 100, "a whole number, 1 to 100")]
Serials = Annotated[int, *_whole(1, 9999, "a whole number, 1 to 9999")]
Day = Annotated[int, *_whole(1, 31, "a day of the month, 1 to 31")]
Decile = Annotated[int, *_whole(1, 10, "a decile, 1 to 10")]
UnitWord = Annotated[Unit, one_of(tuple(Unit))]
Registry = Annotated[RegistryDemand, one_of(tuple(RegistryDemand))]
Languages = Annotated[Literal["both", "id", "en"], one_of(("both", "id", "en"))]
