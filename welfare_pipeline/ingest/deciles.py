"""Texts -> the lowest and the highest decile they say, or that there is none.

`6-10`, `Desil 5 s/d Desil 10`, `D3` and `6 ke atas` are deciles; `Belum diperingkat(kan)` and `TIDAK DITEMUKAN` say
that the family is not ranked. Anything else stays null, and is counted.
"""

import polars as pl

from welfare_pipeline.ingest.codes import upper

LOWEST, HIGHEST = 1, 10
_WORDS = ("SATU", "DUA", "TIGA", "EMPAT", "LIMA", "ENAM", "TUJUH", "DELAPAN", "SEMBILAN", "SEPULUH")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_NUMBERS = {f" {word} ": f" {number} " for words in (_WORDS, _ROMAN) for number, word in enumerate(words, LOWEST)}
_DECILE = r"(?:DESIL|DECILE)(?: NASIONAL)?(?: KE)?"
# What is rewritten, in this order; a label such as (SANGAT MISKIN) behind the number says nothing more.
_REWRITTEN = (
    (r"[\u{2010}-\u{2015}\u{2212}~]", "-"),
    (r"\((?:[A-Z /-]*\b)?(?:BELUM|TIDAK|BUKAN|BLM|TDK)\b[^)]*\)", "?"),
    (r"^(.*[0-9IVX].*?) *\([^0-9()?]*\)$", "$1"),
    (r"[()\[\]\x22']", " "),
    (r"\b([0-9]+)[.,]0+\b", "$1"),
    (r"\bS ?[/.] ?D\b\.?|\bSD\b|\bSAMPAI(?: DENGAN| KE)?\b|\bHINGGA\b|\bTO\b", "-"),
    (r"\b(?:LEBIH DARI|DI ?ATAS|LEBIH BESAR DARI)\b", ">"),
    (r"\b(?:KURANG DARI|DI ?BAWAH|LEBIH KECIL DARI)\b", "<"),
    (r" *(?:\bKE ?ATAS\b|\b(?:ATAU|DAN) LEBIH\b|\+)", "- 10"),
    (r" *(?:\bKE ?BAWAH\b|\bATAU KURANG\b)", "<="),
    (r"\u{2265}", ">="),
    (r"\u{2264}", "<="),
    (rf"{_DECILE} *[:=._-]?", " "),
    (r"\bD[ .-]?([0-9])", "$1"),
    (r"\b0+([1-9])", "$1"),
    (r"(>=?|<=?|-)", " $1 "),
)
_ONE = r"^([1-9]|10)$"
_RANGE = r"^([1-9]|10) - ([1-9]|10)$"
_FROM, _ABOVE = r"^>= ([1-9]|10)$", r"^> ([1-9])$"
_UP_TO, _BELOW = r"^(?:<= ([1-9]|10)|([1-9]|10) <=)$", r"^< ([2-9]|10)$"

_RANK = r"PERINGKAT|RANKING|RANGKING|RANGKIN|RANKED|RANK|DESIL"
_NONE = (
    r"^(?:(?:DATA|NIK|STATUS|DESIL|NASIONAL|PERINGKAT|KELUARGA|MASIH|NILAI) )*"
    r"(?:BELUM|BLM|TIDAK|TDK|TAK)"
    rf"(?: (?:ADA|MEMILIKI|PUNYA|MEMPUNYAI|MENDAPAT(?:KAN)?|MEMPEROLEH|MASUK|TERMASUK)(?: {_RANK}| NILAI| DATA)*"
    rf"| (?:DI|TER|BER)? ?(?:{_RANK})(?: ?KAN)?"
    r"| (?:DITEMUKAN|KETEMU|TERDAPAT|TERSEDIA|TERDAFTAR|TERDATA|DITETAPKAN|DITENTUKAN|DIHITUNG|TERBIT|MUNCUL|KELUAR))"
    r"(?: (?:DESIL|DESILNYA|PERINGKAT|PERINGKATNYA|NASIONAL|DATA|DI|DALAM|PADA|DTSEN|OLEH|BPS))*$"
    r"|^(?:TANPA (?:DESIL|PERINGKAT|RANKING)|UNRANKED|NOT RANKED|NOT FOUND|NO DECILE|NON DESIL)$"
)

DTYPE = pl.Struct({"decile": pl.Int64, "decile_lowest": pl.Int64, "decile_highest": pl.Int64, "unranked": pl.Boolean})


def read_deciles(texts: pl.Series) -> pl.Series:
    """A struct of `decile` (where it is one), `decile_lowest`, `decile_highest` and `unranked`; null if unreadable.

    In steps: within one expression what is rewritten would be rewritten anew wherever it is named.
    """
    rows = texts.to_frame("text").with_columns(told=_rewritten(pl.col("text")))
    rows = rows.with_columns(lowest=_lowest(pl.col("told")), highest=_highest(pl.col("told")))
    return rows.select(_ranks(pl.col("lowest"), pl.col("highest"), _unranked(pl.col("text")))).to_series()


def _ranks(lowest: pl.Expr, highest: pl.Expr, unranked: pl.Expr) -> pl.Expr:
    ranked = lowest <= highest
    read = pl.struct(
        decile=pl.when(lowest == highest).then(lowest),
        decile_lowest=pl.when(ranked).then(lowest),
        decile_highest=pl.when(ranked).then(highest),
        unranked=~ranked.fill_null(value=False),
    )
    return pl.when(ranked.fill_null(value=False) | unranked.fill_null(value=False)).then(read).cast(DTYPE)


def _rewritten(text: pl.Expr) -> pl.Expr:
    told = upper(text)
    for pattern, written in _REWRITTEN:
        told = told.str.replace_all(pattern, written)
    apart = pl.concat_str(pl.lit(" "), told.str.replace_all(r"\s+", "  "), pl.lit(" "))
    return apart.str.replace_many(_NUMBERS).str.replace_all(r" +", " ").str.strip_chars(" ")


def _lowest(told: pl.Expr) -> pl.Expr:
    to_its_end = pl.when(told.str.contains(_UP_TO) | told.str.contains(_BELOW)).then(LOWEST)
    named = pl.coalesce(told.str.extract(pattern) for pattern in (_ONE, _RANGE, _FROM)).cast(pl.Int64)
    return pl.coalesce(named, told.str.extract(_ABOVE).cast(pl.Int64) + 1, to_its_end)


def _highest(told: pl.Expr) -> pl.Expr:
    to_its_end = pl.when(told.str.contains(_FROM) | told.str.contains(_ABOVE)).then(HIGHEST)
    named = pl.coalesce(
        told.str.extract(_ONE), told.str.extract(_RANGE, 2), told.str.extract(_UP_TO, 1), told.str.extract(_UP_TO, 2)
    )
    return pl.coalesce(named.cast(pl.Int64), told.str.extract(_BELOW).cast(pl.Int64) - 1, to_its_end)


def _unranked(text: pl.Expr) -> pl.Expr:
    words = upper(text).str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars(" ")
    return words.str.contains(_NONE)
