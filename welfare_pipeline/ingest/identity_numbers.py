"""What a NIK and a family card number are worth, from the number itself, its row and its file (contract section 2).

A NIK is PPKKCC (place of first registration), DDMMYY (women: day + 40), serial. Whether somebody with that number
exists is not known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from welfare_pipeline.contracts.areas import province_codes
from welfare_pipeline.contracts.policy import Policy
from welfare_pipeline.contracts.vocabulary import CardStatus, NikStatus, NikWarning

NIK, CARD, NAME = "nik", "family_card_number", "name"
_LENGTH = 16
_FEWEST_NUMBERS = 30  # of a file whose share of numbers that end in 0 says something
_SEPARATORS = r"[\s\u{200b}-\u{200f}\u{2060}\u{feff}.'`´‘’\"=‐-―−-]"
_SCIENTIFIC = r"^[0-9]+(?:[.,][0-9]+)?[eE]\+?[0-9]{1,2}$"
_NO_DIGIT = r"[^0-9]"
_REPEATS = "^(?:" + "|".join(f"{digit}+" for digit in range(10)) + ")$"
_COUNTS = tuple(("1234567890" * 4)[:length] for length in range(4, 41))
_WOMAN = 40


@dataclass(frozen=True)
class FileRules:
    """What the other rows of a file say about a number."""

    placeholder_names: int
    rounded_share: float

    @classmethod
    def of(cls, policy: Policy) -> "FileRules":
        """As the policy sets them."""
        return cls(int(policy.thresholds["placeholder_names"]), policy.thresholds["rounded_share"])


@dataclass(frozen=True)
class FileNumbers:
    """What a whole file says about the numbers in a part of it: NIKs that are placeholders, columns of rounded numbers.

    `placeholders` has all NIKs of the file that are one, those that are so by themselves included.
    """

    placeholders: pl.Series
    rounded: frozenset[str]

    @classmethod
    def of(cls, rows: pl.DataFrame, rules: FileRules) -> "FileNumbers":
        """Of all rows of one file: `nik`, `family_card_number` (both cleaned) and `name`, as far as it has them."""
        rows = rows.with_columns(source_file=pl.lit(""))
        placeholders, rounded = pl.Series([], dtype=pl.String), set[str]()
        if NIK in rows.columns:
            marked = rows.with_columns(placeholder=_counts_or_repeats(pl.col(NIK))).pipe(_with_shared, rules)
            placeholders = marked.filter("placeholder")[NIK].unique()
            rounded |= {NIK for _ in _rounded_files(marked, NIK, rules)}
        if CARD in rows.columns:
            marked = rows.with_columns(placeholder=_counts_or_repeats(pl.col(CARD)))
            rounded |= {CARD for _ in _rounded_files(marked, CARD, rules)}
        return cls(placeholders, frozenset(rounded))


def cleaned_numbers(landed: pl.Series) -> pl.Series:
    """The digits without separators and a trailing `.0`; what is no number stays as landed, what is empty null."""
    marred = landed.str.contains(_NO_DIGIT).fill_null(value=False)
    if not marred.any():
        return landed
    cleaned = landed.filter(marred).to_frame("number").select(_cleaned(pl.col("number"))).to_series()
    return landed.scatter(marred.arg_true(), cleaned)


def _cleaned(landed: pl.Expr) -> pl.Expr:
    whole = landed.str.replace(r"^([0-9]+)[.,]0+$", "$1").str.replace(r"\.0$", "")
    digits = whole.str.replace_all(_SEPARATORS, "")
    return pl.when(digits.str.contains(r"^[0-9]+$")).then(digits).when(digits != "").then(landed)


def with_nik_status(rows: pl.DataFrame, rules: FileRules, whole: FileNumbers | None = None) -> pl.DataFrame:
    """The rows with `nik_status`. Needs `nik` (cleaned), `source_file`; uses `name`, `family_card_number` if there.

    `whole`: what the file says that the rows are a part of; without it they are all rows of their files.
    """
    nik = pl.col(NIK)
    equals_card = nik == pl.col(CARD) if CARD in rows.columns else pl.lit(value=False)
    faults = {
        str(NikStatus.TEMPORARY): nik.str.starts_with("0"),
        str(NikStatus.FAMILY_CARD_NUMBER): equals_card,
        str(NikStatus.BAD_BIRTH_DATE): ~_has_a_birth_day(nik),
        str(NikStatus.BAD_REGION): ~_known_province(nik),
    }
    marked = rows.with_columns(placeholder=_counts_or_repeats(nik)).pipe(_with_shared, rules, whole)
    status = _first_fault(NikStatus, _shape_faults(NIK) | faults)
    judged = _with_rounded(marked, NIK, rules, whole).with_columns(nik_status=status)
    return judged.drop("placeholder", "rounded")


def with_card_status(rows: pl.DataFrame, rules: FileRules, whole: FileNumbers | None = None) -> pl.DataFrame:
    """The rows with `card_status`. Needs `family_card_number` (cleaned) and `source_file`; `whole`: as above."""
    faults = _shape_faults(CARD) | {str(CardStatus.BAD_REGION): ~_known_province(pl.col(CARD))}
    marked = rows.with_columns(placeholder=_counts_or_repeats(pl.col(CARD))).pipe(_with_rounded, CARD, rules, whole)
    status = _first_fault(CardStatus, faults)
    return marked.with_columns(card_status=status).drop("placeholder", "rounded")


def _shape_faults(number: str) -> dict[str, pl.Expr]:
    """The faults that a NIK and a card can have alike."""
    digits = pl.col(number).str.contains(r"^[0-9]+$")
    return {
        str(NikStatus.MISSING): pl.col(number).is_null(),
        str(NikStatus.PLACEHOLDER): pl.col("placeholder"),
        str(NikStatus.PRECISION_LOST): pl.col(number).str.contains(_SCIENTIFIC) | pl.col("rounded"),
        str(NikStatus.NOT_NUMERIC): ~digits,
        str(NikStatus.WRONG_LENGTH): pl.col(number).str.len_bytes() != _LENGTH,
    }


def _first_fault(statuses: type[NikStatus] | type[CardStatus], faults: Mapping[str, pl.Expr]) -> pl.Expr:
    """The first status, in the order of the vocabulary, whose fault the row has; else `valid`."""
    *faulty, sound = statuses
    return pl.coalesce(*(pl.when(faults[status]).then(pl.lit(str(status))) for status in faulty), pl.lit(str(sound)))


def _counts_or_repeats(number: pl.Expr) -> pl.Expr:
    return (number.str.contains(_REPEATS) | number.is_in(_COUNTS)).fill_null(value=False)


def _with_shared(rows: pl.DataFrame, rules: FileRules, whole: FileNumbers | None = None) -> pl.DataFrame:
    """A number under which a file lists several names is a placeholder, too."""
    if whole is not None:
        return rows.with_columns(placeholder=pl.col(NIK).is_in(whole.placeholders.implode()).fill_null(value=False))
    if NAME not in rows.columns:
        return rows
    again = rows[NIK].is_duplicated() & rows[NIK].str.contains(r"^[0-9]+$").fill_null(value=False)
    letters = pl.col(NAME).str.to_uppercase().str.replace_all(r"\P{L}", "")
    several = pl.when(letters != "").then(letters).drop_nulls().n_unique().over("source_file", NIK)
    shared = rows.filter(again).select(several >= rules.placeholder_names).to_series()
    return rows.with_columns(rows["placeholder"].scatter(again.arg_true(), rows["placeholder"].filter(again) | shared))


def _with_rounded(rows: pl.DataFrame, number: str, rules: FileRules, whole: FileNumbers | None = None) -> pl.DataFrame:
    """Excel keeps 15 digits: where too many different numbers of a file end in 0, none of those that do is trusted."""
    if whole is None:
        of_file = pl.col("source_file").is_in(_rounded_files(rows, number, rules))
    else:
        of_file = pl.lit(number in whole.rounded)
    rounded = _is_whole(number) & pl.col(number).str.ends_with("0") & of_file
    return rows.with_columns(rounded=rounded.fill_null(value=False))


def _rounded_files(rows: pl.DataFrame, number: str, rules: FileRules) -> list[str]:
    """The files whose numbers were rounded."""
    whole = rows.lazy().filter(_is_whole(number)).select("source_file", number).unique().group_by("source_file")
    rounded = whole.agg(count=pl.len(), share=pl.col(number).str.ends_with("0").mean()).filter(
        (pl.col("share") > rules.rounded_share) & (pl.col("count") >= _FEWEST_NUMBERS)
    )
    return rounded.collect()["source_file"].to_list()


def _is_whole(number: str) -> pl.Expr:
    return pl.col(number).str.contains(rf"^[0-9]{{{_LENGTH}}}$") & ~pl.col("placeholder")


def _known_province(number: pl.Expr) -> pl.Expr:
    return number.str.slice(0, 2).is_in(sorted(province_codes()))


def _part(nik: pl.Expr, start: int) -> pl.Expr:
    return nik.str.slice(start, 2).cast(pl.Int16, strict=False)


def _birth_day(nik: pl.Expr) -> pl.Expr:
    day = _part(nik, 6)
    return pl.when(day > _WOMAN).then(day - _WOMAN).otherwise(day)


def _has_a_birth_day(nik: pl.Expr) -> pl.Expr:
    month, leap = _part(nik, 8), _part(nik, 10) % 4 == 0  # 1900 was no leap year, but 2000 was
    lengths = dict.fromkeys((1, 3, 5, 7, 8, 10, 12), 31) | dict.fromkeys((4, 6, 9, 11), 30)
    february = pl.when(leap).then(29).otherwise(28)
    longest = pl.when(month == 2).then(february).otherwise(month.replace_strict(lengths, default=0))  # noqa: PLR2004
    return _birth_day(nik).is_between(1, longest).fill_null(value=False)


def nik_warnings(columns: set[str]) -> pl.Expr:
    """What a valid NIK contradicts in its own row (`columns`: those there): a list of `NikWarning`, mostly empty."""
    nik, warnings = pl.col(NIK), []
    if "sex" in columns:
        woman = _part(nik, 6) > _WOMAN
        warnings.append(pl.when(woman != (pl.col("sex") == "P")).then(pl.lit(str(NikWarning.SEX_MISMATCH))))
    if "birth_date" in columns:
        stated = pl.concat_str(_birth_day(nik).cast(pl.String).str.zfill(2), nik.str.slice(8, 4))
        differs = stated != pl.col("birth_date").dt.strftime("%d%m%y")
        warnings.append(pl.when(differs).then(pl.lit(str(NikWarning.BIRTH_DATE_MISMATCH))))
    none = pl.lit([], dtype=pl.List(pl.String))
    if not warnings:
        return none
    return (
        pl.when(pl.col("nik_status") == NikStatus.VALID)
        .then(pl.concat_list(warnings).list.drop_nulls())
        .otherwise(none)
    )
