"""What registers and lists do to the truth: rates of each kind of error, and the errors put into a frame of rows.

The spoiling itself stands in `name_noise.py` and `number_noise.py`.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum

import numpy as np
import polars as pl

from welfare_pipeline.sample.dice import Dice, Flags, Ints


class Injected(StrEnum):
    """The kinds of error put into rows on purpose; the truth columns name them."""

    NIK_DIGIT = "nik_digit"
    NIK_TRANSPOSED = "nik_transposed"
    NIK_BLANK = "nik_blank"
    NIK_PLACEHOLDER = "nik_placeholder"
    NIK_TEMPORARY = "nik_temporary"
    NIK_IS_CARD = "nik_is_card"
    NIK_SCIENTIFIC = "nik_scientific"
    NIK_SHORT = "nik_short"
    NIK_OF_RELATIVE = "nik_of_relative"
    NIK_REISSUED = "nik_reissued"
    NIK_ROUNDED = "nik_rounded"
    NIK_FORMATTED = "nik_formatted"
    NAME_VARIANT = "name_variant"
    NAME_OLD_SPELLING = "name_old_spelling"
    NAME_TITLE = "name_title"
    NAME_PATRONYMIC = "name_patronymic"
    NAME_CUT = "name_cut"
    NAME_SWAPPED = "name_swapped"
    NAME_TOKEN_MISSING = "name_token_missing"  # noqa: S105 - a part of a name
    NAME_JOINED = "name_joined"
    NAME_INITIAL = "name_initial"
    NAME_TYPO = "name_typo"
    NAME_BLANK = "name_blank"
    BIRTH_DAY_MONTH = "birth_day_month"
    BIRTH_YEAR = "birth_year"
    BIRTH_FIRST_JANUARY = "birth_first_january"
    BIRTH_BLANK = "birth_blank"
    BIRTH_TODAY = "birth_today"
    CARD_OLD = "card_old"
    CARD_BLANK = "card_blank"
    CARD_DIGIT = "card_digit"
    MOTHER_NAME = "mother_name"
    MOTHER_BLANK = "mother_blank"
    VILLAGE_MOVED = "village_moved"
    SEX_WRONG = "sex_wrong"


@dataclass(frozen=True)
class NoiseRates:
    """Shares of a list's rows with an error of each kind; the defaults are those the audits report.

    `registry`: how noisy the registry itself is against the lists (1: as noisy). `corrected`: share of rows
    typed anew each month (their errors go, new ones come).
    """

    nik: float = 0.08
    name: float = 0.10
    birth_date: float = 0.03
    card: float = 0.06
    mother_name: float = 0.05
    village: float = 0.02
    sex: float = 0.003
    name_blank: float = 0.001
    nik_formatted: float = 0.02
    registry: float = 0.3
    corrected: float = 0.1

    def times(self, factor: float) -> "NoiseRates":
        """Every error `factor` times as frequent; how often rows are corrected stays."""
        kept = {"registry", "corrected"}
        return replace(self, **{f.name: getattr(self, f.name) * factor for f in fields(self) if f.name not in kept})

    def of_registry(self) -> "NoiseRates":
        """The rates of the registry's own rows."""
        return self.times(self.registry)


@dataclass(frozen=True)
class Draws:
    """The dice of one list in one month: a row keeps its errors from month to month until it is typed anew."""

    dice: Dice
    source: str
    ids: Ints

    @classmethod
    def of(cls, dice: Dice, source: str, keys: pl.Series, month: int, corrected: float) -> "Draws":
        """The draws for rows with these stable keys, `month` months after the first."""
        ids = keys.to_numpy()
        times_corrected = (dice.uniform(ids, f"{source} corrected") + corrected * month).astype(np.int64)
        return cls(dice, source, ids * 64 + times_corrected)

    def chance(self, question: str, share: float) -> Flags:
        """True for about `share` of the rows."""
        return self.dice.chance(self.ids, f"{self.source} {question}", share)

    def below(self, question: str, limit: int, name: str = "place") -> pl.Series:
        """A whole number from 0 to `limit` - 1 a row, as a column of that name."""
        return pl.Series(name, self.dice.below(self.ids, f"{self.source} {question}", limit))

    def kind(self, question: str, share: float, kinds: dict[Injected, float]) -> pl.Series:
        """For about `share` of the rows one of `kinds`, each as often as it weighs; else null."""
        drawn = self.dice.choice(self.ids, f"{self.source} kind of {question}", list(kinds.values()))
        chosen = pl.Series([str(kind) for kind in kinds]).gather(drawn)
        wanted = pl.Series(self.chance(question, share))
        return pl.select(pl.when(wanted).then(chosen).otherwise(None).alias(question)).to_series()


def record(frame: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """Gather the kinds of error in `columns` (null: none) into the list column `injected`."""
    kinds = frame.select(columns).with_row_index("row")
    wrong = kinds.filter(pl.any_horizontal(pl.col(columns).is_not_null()))
    listed = wrong.select("row", injected=pl.concat_list(columns).list.drop_nulls())
    gathered = kinds.select("row").join(listed, on="row", how="left", maintain_order="left")
    none = pl.lit([], dtype=pl.List(pl.String))
    return frame.drop(columns).with_columns(gathered.select(pl.col("injected").fill_null(none)).to_series())
