"""The spellings that most files keep to throughout: such a column is read in one step. All others: `values.py`.

What is read here is read the same there; a column with one other text in it is left to the readers of every spelling.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from welfare_pipeline.contracts.column import Kind
from welfare_pipeline.ingest.dates import end_of_half, plausible
from welfare_pipeline.ingest.deciles import DTYPE

_Reader = Callable[[pl.Expr], pl.Expr]


@dataclass(frozen=True)
class Usual:
    """A spelling, as a pattern that the whole text matches, and how it is read."""

    pattern: str
    read: _Reader


def _day(spelled: str) -> _Reader:
    return lambda text: plausible(text.str.to_date(spelled, strict=False))


def _half(spelled: str) -> _Reader:
    return lambda text: end_of_half(_day(spelled)(text))


def _decile(text: pl.Expr) -> pl.Expr:
    number = text.cast(pl.Int64)
    ranked = pl.struct(decile=number, decile_lowest=number, decile_highest=number, unranked=pl.lit(value=False))
    return pl.when(number.is_not_null()).then(ranked).cast(DTYPE)


_DAYS = {
    r"^[0-9]{2}/[0-9]{2}/[0-9]{4}$": "%d/%m/%Y",
    r"^[0-9]{2}-[0-9]{2}-[0-9]{4}$": "%d-%m-%Y",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "%Y-%m-%d",
}
_WHOLE = Usual(r"^[0-9]{1,15}$", lambda text: text.cast(pl.Int64))
_USUAL: dict[Kind, tuple[Usual, ...]] = {
    Kind.DATE: tuple(Usual(pattern, _day(spelled)) for pattern, spelled in _DAYS.items()),
    Kind.SEMESTER: tuple(Usual(pattern, _half(spelled)) for pattern, spelled in _DAYS.items()),
    Kind.SNAPSHOT: (Usual(r"^20[0-9]{2}-Q[1-4]$", lambda text: text),),
    Kind.INTEGER: (_WHOLE,),
    Kind.MONEY: (_WHOLE,),
    Kind.DECILE: (Usual(r"^(?:[1-9]|10)$", _decile),),
    Kind.STAGE: (Usual(r"^(?:[1-9]|1[0-2])$", lambda text: text),),
}


def usual_reader(text: pl.Series, kind: Kind) -> _Reader | None:
    """How a tidied column is read whose texts all are of one usual spelling; `None`: they are not."""
    first = text.drop_nulls().head(1)
    found = (usual for usual in _USUAL.get(kind, ()) if first.is_empty() or first.str.contains(usual.pattern)[0])
    usual = next(found, None)
    if usual is None:
        return None
    return usual.read if first.is_empty() or text.str.contains(usual.pattern).all() else None
