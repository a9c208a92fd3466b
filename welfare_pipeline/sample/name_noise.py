"""How registers misspell a name: variants, old spelling, titles, cuts, lost and swapped tokens, typing errors.

One function a kind: a name expression in, the misspelt one out. Where a kind changes nothing, a letter is mistyped.
"""

from collections.abc import Callable

import polars as pl

from welfare_pipeline.sample.noise import Draws, Injected

KINDS: dict[Injected, float] = {
    Injected.NAME_VARIANT: 0.34,
    Injected.NAME_OLD_SPELLING: 0.05,
    Injected.NAME_TITLE: 0.08,
    Injected.NAME_PATRONYMIC: 0.06,
    Injected.NAME_CUT: 0.08,
    Injected.NAME_SWAPPED: 0.07,
    Injected.NAME_TOKEN_MISSING: 0.12,
    Injected.NAME_JOINED: 0.05,
    Injected.NAME_INITIAL: 0.05,
    Injected.NAME_TYPO: 0.10,
}
_VARIANTS = (
    {"MUHAMMAD": "MOH.", "SITI": "ST.", "ABDUL": "ABD.", "NUR": "NOOR", "AHMAD": "ACHMAD", "SY": "S", "DI": "DY"},
    {"MUHAMMAD": "MUHAMAD", "SITI": "ST", "ABDUL": "ABDOEL", "NUR": "NOER", "AHMAD": "AKHMAD", "Z": "J", "TA": "THA"},
    {"MUHAMMAD": "MUH.", "SITI": "SITTI", "ABDUL": "ABD", "NUR": "NUR ", "AHMAD": "AMAD", "DD": "D", "RI": "RIE"},
    {"MUHAMMAD": "MOHAMMAD", "SITI": "SITI ", "ABDUL": "ABDUL ", "NUR": "NOR", "AHMAD": "A.", "TH": "T", "MA": "MMA"},
    {"MUHAMMAD": "MHD", "SITI": "S.", "ABDUL": "A.", "NUR": "NR", "AHMAD": "AHMED", "FI": "VI", "WI": "WIE"},
    {"MUHAMMAD": "M.", "SITI": "CITI", "ABDUL": "ABDULL", "NUR": "NUHR", "AHMAD": "AHMAT", "I": "Y"},
)
_OLD_SPELLING = {"U": "OE", "J": "DJ", "C": "TJ"}
_TITLES_BEFORE = (("H. ", "HJ. "), ("DRS. ", "DRA. "), ("IR. ", "IR. "), ("", ""))
_LETTERS = "AEIOUNRSTMLKHDYBG"
_CUT_AT = (20, 22, 25)


def _one_of(draw: pl.Expr, choices: list[pl.Expr]) -> pl.Expr:
    chosen = choices[-1]
    for number, choice in enumerate(choices[:-1]):
        chosen = pl.when(draw == number).then(choice).otherwise(chosen)
    return chosen


def _variant(name: pl.Expr) -> pl.Expr:
    spelt = [name.str.replace_many(list(table), list(table.values())) for table in _VARIANTS]
    return _one_of(pl.col("place") % len(_VARIANTS), spelt).str.replace_all("  +", " ").str.strip_chars()


def _old_spelling(name: pl.Expr) -> pl.Expr:
    return name.str.replace_many(list(_OLD_SPELLING), list(_OLD_SPELLING.values()))


def _title(name: pl.Expr) -> pl.Expr:
    woman = pl.col("female")
    titled = [pl.when(woman).then(pl.lit(hers)).otherwise(pl.lit(his)) + name for his, hers in _TITLES_BEFORE[:-1]]
    return _one_of(pl.col("place") % len(_TITLES_BEFORE), [*titled, name + pl.lit(", S.PD")])


def _patronymic(name: pl.Expr) -> pl.Expr:
    return name + pl.when("female").then(pl.lit(" BINTI ")).otherwise(pl.lit(" BIN ")) + pl.col("father_name")


def _cut(name: pl.Expr) -> pl.Expr:
    long = pl.when(name.str.len_chars() > _CUT_AT[0]).then(name).otherwise(_patronymic(name))
    return _one_of(pl.col("place") % len(_CUT_AT), [long.str.slice(0, n) for n in _CUT_AT]).str.strip_chars()


def _swapped(name: pl.Expr) -> pl.Expr:
    return name.str.replace(r"^(\S+) (.+)$", "$2 $1")


def _token_missing(name: pl.Expr) -> pl.Expr:
    first, last = name.str.replace(r"^\S+ ", ""), name.str.replace(r" \S+$", "")
    return pl.when(pl.col("place") % 3 == 0).then(first).otherwise(last)


def _joined(name: pl.Expr) -> pl.Expr:
    return name.str.replace(" ", "", literal=True)


def _initial(name: pl.Expr) -> pl.Expr:
    return name.str.replace(r" (\S)\S+$", " $1.")


def _typo(name: pl.Expr) -> pl.Expr:
    """A letter replaced, dropped or doubled; never the first."""
    at = 1 + pl.col("place") % (name.str.len_chars().cast(pl.Int64) - 1).clip(1)
    before, here, after = name.str.slice(0, at), name.str.slice(at, 1), name.str.slice(at + 1)
    letter = pl.lit(pl.Series(list(_LETTERS))).gather(pl.col("letter"))
    other = pl.when(letter == here).then(pl.lit("E")).otherwise(letter)
    how = pl.col("letter") % 3
    return _one_of(how, [before + other + after, before + after, before + here + here + after]).str.strip_chars()


SPOIL: dict[Injected, Callable[[pl.Expr], pl.Expr]] = {
    Injected.NAME_VARIANT: _variant,
    Injected.NAME_OLD_SPELLING: _old_spelling,
    Injected.NAME_TITLE: _title,
    Injected.NAME_PATRONYMIC: _patronymic,
    Injected.NAME_CUT: _cut,
    Injected.NAME_SWAPPED: _swapped,
    Injected.NAME_TOKEN_MISSING: _token_missing,
    Injected.NAME_JOINED: _joined,
    Injected.NAME_INITIAL: _initial,
    Injected.NAME_TYPO: _typo,
}


def misspell(frame: pl.DataFrame, column: str, share: float, draws: Draws) -> pl.DataFrame:
    """Misspell `column` in about `share` of the rows and add `<column>_error`, the kind.

    Needs the columns female and father_name.
    """
    error = f"{column}_error"
    names = (
        frame.select(column, "female", "father_name")
        .with_row_index("row")
        .with_columns(
            draws.kind(error, share, KINDS),
            draws.below(f"{column} place", 2520),
            draws.below(f"{column} letter", len(_LETTERS), "letter"),
        )
    )
    wrong = names.filter(pl.col(error).is_not_null()).partition_by(error, as_dict=True)
    spoilt = [_spoilt(part, column, Injected(str(kind))) for (kind, *_), part in wrong.items()]
    sound = names.filter(pl.col(error).is_null())
    settled = pl.concat([sound, *spoilt]).sort("row")
    return frame.with_columns(settled[column], settled[error])


def _spoilt(rows: pl.DataFrame, column: str, kind: Injected) -> pl.DataFrame:
    """The rows with that error; where it changed nothing, with a typing error."""
    name = pl.col(column)
    return (
        rows.with_columns(tried=SPOIL[kind](name))
        .with_columns(same=pl.col("tried") == name)
        .with_columns(
            pl.when("same").then(_typo(name)).otherwise("tried").alias(column),
            pl.when("same").then(pl.lit(str(Injected.NAME_TYPO))).otherwise(f"{column}_error").alias(f"{column}_error"),
        )
        .drop("tried", "same")
    )
