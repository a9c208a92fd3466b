"""People with their truth in the standard columns of linkage, whatever public set they come from."""

from dataclasses import dataclass

import polars as pl

COLUMNS = {
    "list": pl.String,
    "row_id": pl.Int64,
    "is_reference": pl.Boolean,
    "may_repeat": pl.Boolean,
    "registry_id": pl.String,
    "nik": pl.String,
    "nik_valid": pl.Boolean,
    "card": pl.String,
    "name": pl.String,
    "birth_date": pl.Date,
    "nik_birth_date": pl.Date,
    "nik_fits": pl.Boolean,
    "nik_year_fits": pl.Boolean,
    "sex": pl.String,
    "mother_name": pl.String,
    "village": pl.String,
    "subdistrict": pl.String,
}


@dataclass(frozen=True)
class People:
    """Rows in the columns of `landed_person`, and the person each row is (`truth`: row_id, person)."""

    rows: pl.DataFrame
    truth: pl.DataFrame


def with_truth(rows: pl.DataFrame, person: str) -> People:
    """The rows, whose column `person` tells who each is, in the standard columns; those they lack are empty."""
    missing = [pl.lit(None, kind).alias(name) for name, kind in COLUMNS.items() if name not in rows.columns]
    full = rows.with_columns(*missing).with_columns(may_repeat=pl.lit(value=False))
    return People(
        full.select(pl.col(n).cast(k) for n, k in COLUMNS.items()),
        full.select("row_id", person=pl.col(person)),
    )
