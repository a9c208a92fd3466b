"""How applications write a value: dates, codes, figures. One function a way of writing, named as in `files.toml`.

Which file uses which stands in `files.toml`.
"""

from collections.abc import Callable
from datetime import date

import polars as pl

from welfare_pipeline.contracts.words import MONTHS

_EXCEL_DAY_0 = date(1899, 12, 30)
_UNRANKED, _NO_DECILE, _NOT_FOUND = "BELUM DIPERINGKAT", "BELUM ADA DESIL", "TIDAK DITEMUKAN"
_UPPER_CLASS, _UPPER_HALF, _LAST_SHOWN = "6-10", "Desil 5 s/d 10", 5
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_KAMPAR, _KAMPAR_AT_BPS = "1401", "1406"
_WORDS = {
    "sex": {"L": "LAKI-LAKI", "P": "PEREMPUAN"},
    "status": {"AKTIF": "HIDUP", "MD": "MENINGGAL", "PD": "PINDAH", "TT": "TIDAK DITEMUKAN"},
    "pregnant": {"YA": "HAMIL"},
    "disability": {"PDFSK": "FISIK", "PDINT": "INTELEKTUAL", "PDMTL": "MENTAL", "PDSNS": "SENSORIK"},
    "programme": {"pkh": "PKH", "sembako": "BPNT", "bst": "BST"},
    "kind": {
        "EXCLUDED": "MISKIN TIDAK DAPAT",
        "INCLUDED": "TIDAK LAYAK DAPAT",
        "PRICE": "HARGA",
        "OTHER": "LAINNYA",
    },
    "received_confirmed": {"KPM": "LANGSUNG", "BELUM": "BELUM DIKONFIRMASI"},
    "card_holder": {"KPM": "KELUARGA", "E-WARONG": "AGEN"},
    "relationship": {
        "1": "KEPALA KELUARGA",
        "2": "SUAMI",
        "3": "ISTRI",
        "4": "ANAK",
        "5": "MENANTU",
        "6": "CUCU",
        "7": "ORANG TUA",
        "8": "MERTUA",
        "9": "FAMILI LAIN",
    },
}
_BANK = {
    "SUKSES SALUR": "BERHASIL SALUR",
    "SALDO KOSONG": "SALDO NOL",
    "KKS RUSAK/HILANG": "KARTU HILANG",
    "KPM MENINGGAL": "MENINGGAL DUNIA",
    "PINDAH/TIDAK DITEMUKAN": "TIDAK DITEMUKAN",
    "GAGAL SALUR": "RETUR",
}
_ILLNESS_WORDS = {"KRONIS": "PENYAKIT KRONIS", "KATASTROPIK": "KATASTROFIK", "DARURAT": "GAWAT DARURAT"}
_CODED = {"sex": {"L": "1", "P": "2"}, "status": {"AKTIF": "1", "MD": "2", "PD": "3", "TT": "6"}}
_MEASURES = {
    "population": "JUMLAH PENDUDUK",
    "registry_persons": "DTKS",
    "pkh": "PKH",
    "sembako": "BPNT",
    "pbi_jkn": "JKN-KIS",
    "susenas_poverty_rate": "PERSENTASE PENDUDUK MISKIN",
}
_MEASURES_OF_DTSEN = _MEASURES | {"registry_persons": "DTSEN"}

Writing = Callable[[str], pl.Expr]


def _text(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.String)


def _day_first(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%d/%m/%Y")


def _iso(column: str) -> pl.Expr:
    return pl.col(column).dt.strftime("%Y-%m-%d")


def _month_name(column: str) -> pl.Expr:
    month = pl.lit(pl.Series(MONTHS)).gather(pl.col(column).dt.month().cast(pl.Int64).fill_null(1) - 1)
    return pl.col(column).dt.strftime("%d ") + month + pl.col(column).dt.strftime(" %Y")


def _serial(column: str) -> pl.Expr:
    return (pl.col(column) - pl.lit(_EXCEL_DAY_0)).dt.total_days()


def _thousands(column: str) -> pl.Expr:
    """24.355 for 24355."""
    digits = pl.col(column).cast(pl.String)
    return digits.str.reverse().str.replace_all(r"(\d{3})", "$1.").str.reverse().str.strip_prefix(".")


def _rupiah(column: str) -> pl.Expr:
    return pl.lit("Rp") + _thousands(column) + pl.lit(",00")


def _dotted(column: str) -> pl.Expr:
    code = pl.col(column)
    return pl.concat_str(
        code.str.slice(0, 2), code.str.slice(2, 2), code.str.slice(4, 2), code.str.slice(6), separator="."
    )


def _bps(column: str) -> pl.Expr:
    """The village code of the statistics office: other district number, three digits each for the rest."""
    code = pl.col(column)
    there = pl.lit(_KAMPAR_AT_BPS + "0") + code.str.slice(4, 2) + code.str.slice(7, 3)
    return pl.when(code.str.starts_with(_KAMPAR)).then(there).otherwise(code)


def _ranked(column: str) -> pl.Expr:
    return pl.coalesce(pl.col(column).cast(pl.String), pl.when("unranked").then(pl.lit(_UNRANKED)))


def _without_rank(column: str) -> pl.Expr:
    """As `ranked`, in the words of another application for those who have no rank."""
    return pl.coalesce(pl.col(column).cast(pl.String), pl.when("unranked").then(pl.lit(_NO_DECILE)))


def _looked_up(column: str) -> pl.Expr:
    """As the public look-up shows it: the upper five deciles are one class."""
    return pl.when(pl.col(column) > _LAST_SHOWN).then(pl.lit(_UPPER_CLASS)).otherwise(_ranked(column))


def _classes(column: str) -> pl.Expr:
    """Each decile that may receive, and one class for all the others."""
    single = pl.lit("Desil ") + pl.col(column).cast(pl.String)
    not_found = pl.when("unranked").then(pl.lit(_NOT_FOUND))
    return pl.when(pl.col(column) >= _LAST_SHOWN).then(pl.lit(_UPPER_HALF)).otherwise(pl.coalesce(single, not_found))


def _quarter(column: str) -> pl.Expr:
    return pl.col(column).str.slice(6, 1)


def _year(column: str) -> pl.Expr:
    return pl.col(column).str.slice(0, 4)


WRITINGS: dict[str, Writing] = {
    "text": _text,
    "text_cell": _text,
    "number": pl.col,
    "date": pl.col,
    "day_first": _day_first,
    "iso": _iso,
    "month_name": _month_name,
    "serial": _serial,
    "thousands": _thousands,
    "rupiah": _rupiah,
    "dotted": _dotted,
    "bps": _bps,
    "ranked": _ranked,
    "without_rank": _without_rank,
    "looked_up": _looked_up,
    "classes": _classes,
    "quarter": lambda column: pl.lit("TW ") + _quarter(column).replace(_ROMAN) + pl.lit(" ") + _year(column),
    "quarter_words": lambda column: pl.lit("Triwulan ") + _quarter(column) + pl.lit(" ") + _year(column),
    "apostrophe": lambda column: pl.lit("'") + pl.col(column),
    "degree": lambda column: pl.col(column).str.replace("NO.", "N\N{DEGREE SIGN}", literal=True),
    "words": lambda column: pl.col(column).cast(pl.String).replace(_WORDS[column]),
    "digit": lambda column: pl.col(column).cast(pl.String).replace(_CODED[column]),
    "illness_words": lambda column: pl.col(column).replace(_ILLNESS_WORDS),
    "bank_words": lambda column: pl.col(column).replace(_BANK),
    "measure_words": lambda column: pl.col(column).replace(_MEASURES),
    "measure_words_of_dtsen": lambda column: pl.col(column).replace(_MEASURES_OF_DTSEN),
}


def written(columns: dict[str, str]) -> list[pl.Expr]:
    """The expressions of a file's columns from `HEADER -> column|writing`."""
    expressions = []
    for header, entry in columns.items():
        column, _, writing = entry.partition("|")
        expressions.append(WRITINGS[writing or "text"](column).alias(header))
    return expressions
