"""Which village of this district a row means: by its code, or by its names where there is no code to believe.

Area codes of BPS and Kemendagri collide (a BPS code can be the Kemendagri code of another district): a code that
contradicts the row's own names, or lies in another district, is not believed. The decision itself is `villages.sql`.
"""

from dataclasses import dataclass, field
from importlib.resources import files
from threading import Lock

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
_Types = dict[str, type[pl.DataType]]
_KEYS: _Types = {"village_code": pl.String, "village_key": pl.String, "subdistrict_key": pl.String}
_MEANING: _Types = {"resolved_code": pl.String, "is_foreign": pl.Boolean}


@dataclass(frozen=True)
class Villages:
    """The villages of a district, from its population list (empty if that did not arrive): code and name keys.

    It remembers what places mean, most of which stand in every list of the district.
    """

    district: str
    listed: pl.DataFrame
    _meant: dict[bool, pl.DataFrame] = field(default_factory=dict, init=False, repr=False, compare=False)
    _one_asks: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    @classmethod
    def none_of(cls, district: str) -> "Villages":
        """No list: codes of the district are taken as they are."""
        return cls(district, pl.DataFrame(schema=_KEYS))

    @classmethod
    def of(cls, district: str, population: pl.DataFrame) -> "Villages":
        """Those of the accepted rows of the population list."""
        return cls(district, _keyed(population))

    def meaning_of(self, keyed: pl.DataFrame, *, keep_unlisted: bool) -> pl.DataFrame:
        """These places (code and name keys) and others, in any order, with `resolved_code` and `is_foreign` of each."""
        with self._one_asks:
            known = self._meant.get(keep_unlisted, pl.DataFrame(schema=_KEYS | _MEANING))
            unknown = keyed.select(list(_KEYS)).unique().join(known, on=list(_KEYS), how="anti", nulls_equal=True)
            if not unknown.is_empty():
                known = self._meant[keep_unlisted] = pl.concat([known, self._ask(unknown, keep_unlisted=keep_unlisted)])
            return known

    def _ask(self, places: pl.DataFrame, *, keep_unlisted: bool) -> pl.DataFrame:
        query = files("welfare_pipeline.ingest").joinpath("villages.sql").read_text("utf-8")
        values = {"district": self.district, "alike": _ALIKE, "slips": _SLIPS, "keep_unlisted": keep_unlisted}
        numbered = places.with_row_index("place_id")
        with own_connection(little=True) as con:
            con.register("places", numbered.to_arrow())
            con.register("population_villages", self.listed.to_arrow())
            resolved = con.execute(query, values).pl()
        return places.hstack(resolved.select(resolved_code="village_code", is_foreign="is_foreign"))


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
    places = rows.with_columns(missing).select(_PLACE).unique(maintain_order=True)
    keyed = _keyed(places)
    meant = villages.meaning_of(keyed, keep_unlisted=keep_unlisted or villages.listed.is_empty())
    resolved = keyed.join(meant, on=list(_KEYS), how="left", nulls_equal=True, maintain_order="left")
    known = places.hstack(resolved.select(list(_MEANING)))
    on = [name for name in _PLACE if name in rows.columns]
    joined = rows.join(known, on=on, how="left", nulls_equal=True, maintain_order="left", suffix="_resolved")
    return joined.drop("village_code").rename({"resolved_code": "village_code"}).select(*rows.columns, "is_foreign")
