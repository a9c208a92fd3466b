"""Kinds of evidence as a family may read of them: which list, never whose row. Words for offices: `words.toml`."""

import duckdb
import polars as pl

from welfare_pipeline.contracts.words import CATALOGUE

_REGISTRY = "data terpadu kesejahteraan sosial"
_OTHERWISE = "data pemerintah lain"
_OF_KIND: dict[str, str] = {
    "civil_registry": "catatan kependudukan (Dukcapil)",
    "decision": "keputusan musyawarah desa atau kelurahan",
    "judgement": "keputusan musyawarah desa atau kelurahan",
    "programme_list": "daftar penerima program",
    "same_person": "baris lain pada daftar ini",
    "same_family": "baris lain pada daftar ini",
    "other_programme": "daftar penerima program lain",
    "other_district": "daftar kabupaten atau kota lain",
    "not_transacted": "data penyaluran",
    "payment_failed": "data penyaluran",
    "minimum_wage": "ketentuan upah minimum",
    "age": "tanggal lahir menurut data",
    "age_range": "ketentuan umur program",
    "minimum_age": "ketentuan umur program",
    "maximum_age": "ketentuan umur program",
    "decile_limit": "ketentuan desil program",
    "verify_limit": "ketentuan desil program",
    "certain_from": "ketentuan desil program",
    **dict.fromkeys(
        (
            "registry", "not_active", "not_registered", "active_members", "family_member", "decile", "snapshot",
            "above_since", "unranked",
        ),
        _REGISTRY,
    ),
}  # fmt: skip
_OF_LIST: dict[str, str] = {
    "public_employees": "daftar pegawai",
    "formal_workers": "daftar pekerja dan upahnya",
    "company_officers": "daftar pengurus perusahaan",
}


def make_letter_words(con: duckdb.DuckDBPyConnection) -> None:
    """The table `letter_words`: kind of an evidence item, list it stands in (empty: any), words."""
    rows = [(kind, "", _OF_KIND.get(kind, _OTHERWISE)) for kind in CATALOGUE.evidence]
    rows += [(kind, source, words) for kind in ("listed", "listed_relative") for source, words in _OF_LIST.items()]
    con.register("letter_rows", pl.DataFrame(rows, ["kind", "source", "words"], orient="row"))
    con.execute("create temp table letter_words as from letter_rows")
    con.unregister("letter_rows")
