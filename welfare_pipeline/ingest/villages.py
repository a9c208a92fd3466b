"""Which village of this district a row means: by its code, or by its names where there is no code to believe.

Area codes of BPS and Kemendagri collide (a BPS code can be the Kemendagri code of another district): a code that
contradicts the row's own names, or lies in another district, is not believed. The decision itself is `villages.sql`.
"""

from dataclasses import dataclass
from importlib.resources import files

import polars as pl

from welfare_pipeline.lake import own_connection

_ALIKE = 0.85  # Jaro-Winkler similarity above which two village names may be one name spelt in two ways
_LONGEST = 100  # letters of a name that are compared: the time grows with their square
_SLIPS = 1  # letters by which the name of a sub-district may be misspelt
_PREFIX = r"^(?:(?:DESA|DS|KELURAHAN|KEL|KECAMATAN|KEC|NAGARI|PEMERINTAH)\b[. /]*)+"
_SHORT_WORDS = {
    r"\bSEI\b|\bSI\.": "SUNGAI ",
    r"\b(?:TJ|TJG|TG)\b": "TANJUNG ",
    r"\b(?:KP|KAMP)\b": "KAMPUNG ",
}
VILLAGE_CODE = "village_code"
_PLACE = (VILLAGE_CODE, "village_name", "subdistrict_name")
_KEYS = {"village_code": pl.String, "village_key": pl.String, "subdistrict_key": pl.String}


@dataclass(frozen=True)
class Villages:
    """The villages of a district, from its population list (empty if that did not arrive): code and name keys."""

    district: str
    listed: pl.DataFrame

    @classmethod
    def none_of(cls, district: str) -> "Villages":
        """No list: codes of the district are taken as they are."""
        return cls(district, pl.DataFrame(schema=_KEYS))

    @classmethod
    def of(cls, district: str, population: pl.DataFrame) -> "Villages":
        """Those of the accepted rows of the population list."""
        return cls(district, _keyed(population))


def name_key(name: pl.Expr) -> pl.Expr:
    """How names of places are compared: without DESA, KEL., KEC., punctuation and spaces; SEI is SUNGAI."""
    key = name.str.to_uppercase().str.replace(_PREFIX, "")
    for short, long in _SHORT_WORDS.items():
        key = key.str.replace_all(short, long)
    key = key.str.replace_all(r"[^\p{L}\p{N}]", "").str.slice(0, _LONGEST)
    return pl.when(key != "").then(key)


def with_subdistricts(population: pl.DataFrame) -> pl.DataFrame:
    """The population rows, a blank sub-district filled from the row above whose village code is of the same one.

    That is how a merged cell comes out of a CSV; a code begins with the six digits of its sub-district.
    """
    subdistrict, own = pl.col("subdistrict_name"), pl.col(VILLAGE_CODE).str.slice(0, 6)
    named = pl.when(subdistrict.is_not_null()).then(own.fill_null("")).forward_fill().over("source_file")
    above = subdistrict.forward_fill().over("source_file")
    return population.with_columns(pl.coalesce(subdistrict, pl.when(named == own).then(above)))


def _keyed(places: pl.DataFrame) -> pl.DataFrame:
    return places.select(
        "village_code",
        village_key=name_key(pl.col("village_name")),
        subdistrict_key=name_key(pl.col("subdistrict_name")),
    )


def with_villages(rows: pl.DataFrame, villages: Villages, *, keep_unlisted: bool) -> pl.DataFrame:
    """The rows with `village_code` resolved (null: not known) and `is_foreign` (the row belongs to another district).

    `keep_unlisted`: a code of this district that the list lacks stays, as in lists that are about villages.
    """
    missing = [pl.lit(None, pl.String).alias(name) for name in _PLACE if name not in rows.columns]
    places = rows.with_columns(missing).select(_PLACE).unique(maintain_order=True).with_row_index("place_id")
    resolved = _resolved(places, villages, keep_unlisted=keep_unlisted or villages.listed.is_empty())
    known = places.join(resolved, on="place_id", how="left", maintain_order="left").drop("place_id")
    on = [name for name in _PLACE if name in rows.columns]
    joined = rows.join(known, on=on, how="left", nulls_equal=True, maintain_order="left", suffix="_resolved")
    return joined.drop("village_code").rename({"resolved_code": "village_code"}).select(*rows.columns, "is_foreign")


def _resolved(places: pl.DataFrame, villages: Villages, *, keep_unlisted: bool) -> pl.DataFrame:
    keyed = _keyed(places).with_columns(places["place_id"])
    query = files("welfare_pipeline.ingest").joinpath("villages.sql").read_text("utf-8")
    values = {"district": villages.district, "alike": _ALIKE, "slips": _SLIPS, "keep_unlisted": keep_unlisted}
    with own_connection(little=True) as con:
        con.register("places", keyed.to_arrow())
        con.register("population_villages", villages.listed.to_arrow())
        resolved = con.execute(query, values).pl()
    return resolved.rename({"village_code": "resolved_code"}).cast({"place_id": pl.UInt32})
