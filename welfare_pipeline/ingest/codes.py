"""Texts -> the codes of a closed list, in whatever way they are spelled.

The spellings stand in `contracts/code_lists.py`.
A text is a code only if all of its words say so: what a list does not know stays null, and is counted.
"""

from functools import cache

import polars as pl

from welfare_pipeline.contracts.code_lists import ABBREVIATIONS
from welfare_pipeline.contracts.column import CodeList

_Values = tuple[tuple[str, tuple[str, ...]], ...]


def read_codes(text: pl.Expr, codes: CodeList) -> pl.Expr:
    """The canonical code of a spelling. `3`, `03`, `3.0` and `3. ISTRI` are the same, `TDK. AKTIF` is `TIDAK AKTIF`."""
    plain = upper(text).str.replace(r"^([0-9]+)[.,]0+$", "$1").str.replace(r"^0+([0-9])", "$1")
    key = _letters(plain)
    letters, words = _tables(tuple(codes.values.items()), codes.fillers)
    return pl.coalesce(
        _looked_up(key, letters),
        _looked_up(key.str.replace(r"^[0-9]+", ""), letters),
        _looked_up(_words(plain, codes.fillers), words),
    )


def upper(text: pl.Expr) -> pl.Expr:
    """The text in capitals, full-width and accented letters as plain ones."""
    return text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_uppercase()


def _looked_up(key: pl.Expr, table: dict[str, str]) -> pl.Expr:
    return key.replace_strict(table, default=None, return_dtype=pl.String)


def _letters(text: pl.Expr) -> pl.Expr:
    """Letters and digits only. Letters of other scripts stay: they make it another word, not a shorter one."""
    return text.str.replace_all(r"[^\p{L}\p{N}]", "")


def _words(text: pl.Expr, fillers: tuple[str, ...]) -> pl.Expr:
    """The words that matter, written out."""
    apart = text.str.replace_all(r"[^\p{L}\p{N}]+", "  ")
    rewritten = {f" {short} ": f" {word} " for short, word in ABBREVIATIONS.items()}
    told = pl.concat_str(pl.lit(" "), apart, pl.lit(" ")).str.replace_many(rewritten)
    bare = told.str.replace_many({f" {word} ": " " for word in fillers})
    return bare.str.replace_all(r" +", " ").str.strip_chars(" ")


@cache
def _tables(values: _Values, fillers: tuple[str, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """Code by letters, and code by words."""
    spelled = _spellings(values)
    capitals = upper(pl.col("spelling"))
    return _table(spelled, _letters(capitals)), _table(spelled, _words(capitals, fillers))


def _spellings(values: _Values) -> list[tuple[str, str]]:
    """Code and spelling: those declared, those with the code beside it, and those with a short word in them."""
    declared = [(code, spelling) for code, known in values for spelling in (code, *known)]
    beside = [
        (code, both)
        for code, word in declared
        for both in (f"{code} {word}", f"{word} {code}")
        if not (code.isdigit() and word.isdigit())
    ]
    shortened = [
        (code, spelling.replace(word, short))
        for code, spelling in declared
        for short, word in ABBREVIATIONS.items()
        if word in spelling.split()
    ]
    return [*declared, *beside, *shortened]


def _table(spelled: list[tuple[str, str]], key: pl.Expr) -> dict[str, str]:
    frame = pl.DataFrame(spelled, schema=["code", "spelling"], orient="row").with_columns(key=key)
    told = frame.filter(pl.col("key") != "").unique("key", keep="first", maintain_order=True)
    return dict(told.select("key", "code").iter_rows())
