"""Public people of pseudopeople: the lists of a small town with the noise that real ones have, in the standard columns.

Only columns are mapped, as in `public_data.py`.
"""

import polars as pl
from public_people import People, with_truth

HOUSEHOLD_LIMIT = 25  # people at one address; above it the address is a dormitory and proves no household
DATES = ("%m/%d/%Y", "%d/%m/%Y", "%m%d%Y", "%Y%m%d", "%Y%d%m")  # a month above twelve is the day
DIGITS = {"|": "1", "I": "1", "L": "1", "O": "0", "Z": "2", "S": "5", "B": "8", "G": "6"}  # scanned as letters


def _read_date(text: pl.Expr) -> pl.Expr:
    digits = text.str.to_uppercase().str.replace_many(DIGITS)
    read = pl.coalesce(digits.str.to_date(form, strict=False) for form in DATES)
    return pl.when(read.dt.year().is_between(1900, 2100)).then(read)


def _pseudo(frame: pl.DataFrame, name: str, *, reference: bool, start: int) -> pl.DataFrame:
    """A data set of pseudopeople: given names, birth date, sex, and what else of it there is.

    The family name is told apart, like a mother's: it is the family's, and others of the household have it, too. An
    address is the household's card. Social security gives a number, mostly at birth: the day of that stands in for a
    birth date that is missing, like the date in a NIK.
    """
    texts = frame.with_columns(pl.selectors.categorical().cast(pl.String), pl.selectors.enum().cast(pl.String)).rename(
        {"middle_initial": "middle_name"}, strict=False
    )
    absent = ("ssn", "event_type", "event_date", "street_number", "street_name")
    texts = texts.with_columns(
        pl.lit(None, pl.String).alias(column) for column in absent if column not in texts.columns
    )
    names = pl.concat_str(["first_name", "middle_name"], separator=" ", ignore_nulls=True)
    return texts.select(
        list=pl.lit(name),
        is_reference=pl.lit(reference),
        row_id=pl.int_range(pl.len()) + start,
        person="simulant_id",
        name=pl.when(names == "").then(None).otherwise(names),
        mother_name="last_name",
        birth_date=_read_date(pl.col("date_of_birth")),
        nik_birth_date=pl.when(pl.col("event_type") == "creation").then(_read_date(pl.col("event_date"))),
        sex="sex",
        card=pl.concat_str(["street_number", "street_name"], separator=" ").str.to_uppercase(),
        nik="ssn",
        nik_valid=pl.col("ssn").is_not_null(),
    )


def _households(rows: pl.DataFrame) -> pl.DataFrame:
    crowd = pl.col("is_reference").sum().over("card") > HOUSEHOLD_LIMIT
    return rows.with_columns(card=pl.when(crowd).then(None).otherwise("card"))


def census_wic() -> People:
    """The 2020 census of a small town and everybody who was on WIC in any year, with pseudopeople's usual noise."""
    import pseudopeople

    census = pl.from_pandas(pseudopeople.generate_decennial_census(year=2020, seed=0))
    wic = pl.from_pandas(pseudopeople.generate_women_infants_and_children(year=None, seed=0))
    rows = [
        _pseudo(census, "registry", reference=True, start=2_000_000_000),
        _pseudo(wic, "wic", reference=False, start=3_000_000_000).with_columns(
            list=pl.format("wic {}", pl.Series(wic["year"].to_list()))
        ),
    ]
    return with_truth(_households(pl.concat(rows)), "person")


def census_social_security() -> People:
    """The 2020 census and the social security register up to that year."""
    import pseudopeople

    census = pl.from_pandas(pseudopeople.generate_decennial_census(year=2020, seed=0))
    register = pl.from_pandas(pseudopeople.generate_social_security(year=2020, seed=0))
    rows = [
        _pseudo(register, "registry", reference=True, start=2_000_000_000),
        _pseudo(census, "census", reference=False, start=3_000_000_000).with_columns(card=pl.lit(None, pl.String)),
    ]
    return with_truth(pl.concat(rows), "person")
