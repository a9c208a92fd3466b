"""From persons to the rows of a list: its columns with the errors its typists made, and the truth beside them.

Who is on a list stands in `lists.py` and `facts.py`, rows that cannot be used in `rejects.py`, files in `landing.py`.
"""

from datetime import timedelta

import polars as pl

from welfare_pipeline.contracts.period import last_day
from welfare_pipeline.sample import name_noise, number_noise
from welfare_pipeline.sample.noise import Draws, Injected, NoiseRates, record
from welfare_pipeline.sample.payments import amount_of, stage_of
from welfare_pipeline.sample.people import World, active_in
from welfare_pipeline.sample.profile import month_number
from welfare_pipeline.sample.programmes import Programme

TRUTH = ("true_person_id", "true_family_id", "true_birth_date", "registered", "injected", "expected_rejection")
PERSON_COLUMNS = (
    "registry_id",
    "family_card_number",
    "nik",
    "name",
    "birth_date",
    "birth_place",
    "sex",
    "mother_name",
    "relationship",
    "village_code",
    "village_name",
    "subdistrict_name",
    "address",
    "rt",
    "rw",
    "disability",
    "pregnant",
    "school_level",
    "occupation",
    "decile",
    "unranked",
)
_EXPORTED_BEFORE_END = timedelta(days=3)
_MEMBER_SPACE = 10**13
_ERRORS = (
    "name_error",
    "nik_error",
    "format_error",
    "card_error",
    "birth_error",
    "mother_error",
    "village_error",
    "sex_error",
    "blank_error",
)


def rows_of_people(world: World, source: str, people: pl.DataFrame, period: str, rates: NoiseRates) -> pl.DataFrame:
    """The list's rows with errors put in, in the order of `people`, plus the truth columns and `village`.

    `people` are persons of the world with a stable `row_key` and perhaps columns of the list's own, which stay.
    """
    month = month_number(period)
    draws = Draws.of(world.dice, source, people["row_key"], month, rates.corrected)
    own = [name for name in people.columns if name not in world.people.columns]
    rows = people.with_columns(
        family_card_number="card",
        sex=pl.when("female").then(pl.lit("P")).otherwise(pl.lit("L")),
        true_person_id="person_id",
        true_family_id="family_id",
        true_birth_date="birth_date",
        true_card="card",
        registered=active_in(month),
        expected_rejection=pl.lit(None, dtype=pl.String),
    )
    today = pl.lit(last_day(period) - _EXPORTED_BEFORE_END)
    rows = _with_numbers_spoilt(rows, draws, rates)
    rows = number_noise.spoil_birth_dates(rows, rates.birth_date, draws, today)
    rows = _with_places_spoilt(_with_names_spoilt(rows, draws, rates), world, draws, rates)
    return record(rows, *_ERRORS).select(*PERSON_COLUMNS, *own, *TRUTH, "true_card", "village", "known_family")


def _with_numbers_spoilt(rows: pl.DataFrame, draws: Draws, rates: NoiseRates) -> pl.DataFrame:
    rows = number_noise.spoil_cards(rows, rates.card, draws)
    if "copy" in rows.columns:
        reissued = pl.when(pl.col("copy") > 0).then(pl.lit(str(Injected.NIK_REISSUED)))
        serial = (9000 + draws.below("other serial", 999)).cast(pl.String)
        rows = rows.with_columns(nik_error=reissued, other_nik=pl.col("nik").str.slice(0, 12) + serial)
    else:
        rows = rows.with_columns(other_nik="nik")
    return number_noise.reformat_niks(number_noise.spoil_niks(rows, rates.nik, draws), rates.nik_formatted, draws)


def _with_names_spoilt(rows: pl.DataFrame, draws: Draws, rates: NoiseRates) -> pl.DataFrame:
    rows = name_noise.misspell(
        name_noise.misspell(rows, "name", rates.name, draws), "mother_name", rates.mother_name, draws
    )
    blank = pl.Series(draws.chance("name blank", rates.name_blank)) & (pl.col("nik_error").is_null())
    no_mother = pl.Series(draws.chance("mother blank", rates.mother_name / 2))
    return rows.with_columns(
        name=pl.when(~blank).then("name"),
        blank_error=pl.when(blank).then(pl.lit(str(Injected.NAME_BLANK))),
        mother_name=pl.when(~no_mother).then("mother_name"),
        mother_error=pl.when(no_mother)
        .then(pl.lit(str(Injected.MOTHER_BLANK)))
        .when(pl.col("mother_name_error").is_not_null())
        .then(pl.lit(str(Injected.MOTHER_NAME))),
    )


def _with_places_spoilt(rows: pl.DataFrame, world: World, draws: Draws, rates: NoiseRates) -> pl.DataFrame:
    """The village of a former or later address, and the other sex."""
    moved = pl.Series(draws.chance("moved village", rates.village))
    wrong_sex = pl.Series(draws.chance("wrong sex", rates.sex))
    count = len(world.villages)
    elsewhere = (rows["village"] + 1 + draws.below("other village", count - 1)) % count
    there = {
        name: world.villages[name].gather(elsewhere) for name in ("village_code", "village_name", "subdistrict_name")
    }
    return rows.with_columns(
        **{name: pl.when(moved).then(values).otherwise(name) for name, values in there.items()},
        village_error=pl.when(moved).then(pl.lit(str(Injected.VILLAGE_MOVED))),
        sex=pl.when(wrong_sex).then(pl.col("sex").replace({"L": "P", "P": "L"})).otherwise("sex"),
        sex_error=pl.when(wrong_sex).then(pl.lit(str(Injected.SEX_WRONG))),
    )


def with_payment(rows: pl.DataFrame, programme: Programme, period: str) -> pl.DataFrame:
    """Add member_id, stage, amount, paid_on, component and segment of a recipient list."""
    number = (pl.col("row_key") * 7919 + 104_729) % _MEMBER_SPACE
    return rows.with_columns(
        member_id=number.cast(pl.String).str.zfill(13),
        stage=pl.lit(stage_of(programme, period)),
        amount=pl.lit(amount_of(programme), dtype=pl.Int64),
        paid_on=pl.lit(last_day(period) - timedelta(days=12)),
        component=pl.lit("ANAK SEKOLAH"),
        segment=pl.lit("PBI APBN"),
    )
