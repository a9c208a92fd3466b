"""Texts -> payment stages: `Tahap 3 Tahun 2021`, `Tahap III`, `T3`, `TW3`, `III/2021` and `3.0` are stage `3`.

A text that names no stage, or several, stays what it is, in capitals, with digits and without punctuation:
`JANUARI 2021`, `TAHAP 1 DAN 2`.
"""

import polars as pl

from welfare_pipeline.ingest.codes import upper

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_CARDINAL = (
    "SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN", "SEPULUH", "SEBELAS",
    "DUA BELAS",
)  # fmt: skip
_SPELLED = {
    **{word: number for words in (_ROMAN, _CARDINAL) for number, word in enumerate(words, 1)},
    **{f"KE{word}": number for number, word in enumerate(_CARDINAL[:10], 1)},
    "PERTAMA": 1,
}
_STAGE = (
    "PENYALURAN|PENCAIRAN|SALUR|PERIODE|TAHAPAN|TAHAP|THP|TRIWULAN|TRI WULAN|TRIW|TWL|TW|TERMIN|KUARTAL|KWARTAL|"
    "KUARTER|QUARTER|STAGE|T|Q"
)
_YEAR = r"(?:\b(?:TAHUN ANGGARAN|TAHUN|THN|TH|TA|T A) )?\b20[0-9]{2}\b"
_NAMED = rf"\b(?:{_STAGE}) (?:KE )?([0-9]{{1,2}})\b"
# Beside a stage these words make another payment of it, or leave open which it is.
_ANOTHER = r"\b(?:[A-Z]|[0-9]+|SUSULAN|TAMBAHAN|ULANG|LANJUTAN|PERPANJANGAN|GELOMBANG|TERMIN|BULAN|SEMESTER)\b"


def read_stages(text: pl.Expr) -> pl.Expr:
    """The number of the stage, without leading zeros; else the text in capitals and digits, one space between words."""
    plain = _plain(text.str.replace(r"^\s*([0-9]+)[.,]0+\s*$", "$1"))
    numbered = _plain_numbers(plain)
    dated = numbered.str.replace_all(_YEAR, " ").str.replace_all(r" +", " ").str.strip_chars(" ")
    rest = dated.str.replace(_NAMED, " ").str.replace_all(r"\bS D\b", " ")
    single = pl.when(~rest.str.contains(_ANOTHER)).then(dated.str.extract(_NAMED))
    number = pl.coalesce(dated.str.extract(r"^([0-9]{1,4})$"), single).cast(pl.Int64)
    return pl.coalesce(pl.when(number > 0).then(number).cast(pl.String), pl.when(numbered != "").then(numbered), text)


def _plain(text: pl.Expr) -> pl.Expr:
    apart = upper(text).str.replace_all(r"([\p{L}])([0-9])", "$1 $2").str.replace_all(r"([0-9])([\p{L}])", "$1 $2")
    return apart.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars(" ")


def _plain_numbers(plain: pl.Expr) -> pl.Expr:
    """With digits for Roman and spelled numbers, and no leading zeros."""
    apart = pl.concat_str(pl.lit(" "), plain.str.replace_all(" ", "  "), pl.lit(" "))
    spelled = {f" {word.replace(' ', '  ')} ": f" {number} " for word, number in _SPELLED.items()}
    told = apart.str.replace_many(spelled, leftmost=True).str.replace_all(r" +", " ").str.strip_chars(" ")
    return told.str.replace_all(r"\b0+([1-9][0-9]?)\b", "$1")
