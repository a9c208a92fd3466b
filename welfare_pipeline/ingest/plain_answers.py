"""Answers in a village's own words -> the answer they plainly mean, or nothing.

Not plain: words for two answers, a doubt, a denial of one of them, or none of the words below. The codes themselves
and their usual spellings stand in `contracts/code_lists.py`.
"""

from dataclasses import dataclass

import polars as pl

from welfare_pipeline.contracts.column import CodeList
from welfare_pipeline.contracts.sources import FIXED_BY_NAME
from welfare_pipeline.contracts.worklists import ANSWERS
from welfare_pipeline.ingest.codes import read_codes

_NOT = r"(?:TIDAK|TDK|TAK|TDAK|GAK|NGGAK|ENGGAK|BUKAN)"


@dataclass(frozen=True)
class _Words:
    """What says one answer; `over`: other answers whose words may stand beside it, as the reason for it."""

    code: str
    pattern: str
    over: tuple[str, ...] = ()


# In this order: the words of an earlier answer are taken out before the later ones are looked for.
_SPOKEN: dict[str, tuple[_Words, ...]] = {
    "eligibility_decisions": (
        _Words("TT", rf"\b{_NOT} (?:DI ?TEMUKAN|DI ?KENAL|DI ?KETAHUI|KETEMU|ADA ORANGNYA)\b"),
        _Words("TIDAK LAYAK", rf"\b{_NOT} (?:LAGI )?LAYAK\b", ("SUDAH MAMPU",)),
        _Words("MD", r"\b(?:MENINGGAL|WAFAT|ALMARHUM(?:AH)?|ALM|ALMH|TUTUP USIA|MENGGAL)\b"),
        _Words("PD", r"\b(?:PINDAH|BERPINDAH)\b"),
        _Words("MM", r"\b(?:MENOLAK|MENGUNDURKAN DIRI|MUNDUR)\b"),
        _Words("SUDAH MAMPU", r"\b(?:SUDAH|SDH|TELAH|UDAH) MAMPU\b|^MAMPU$"),
        _Words("LAYAK", r"\bLAYAK\b"),
    ),
    "review_answers": (
        _Words(
            "DIFFERENT", rf"\b{_NOT} (?:ORANG (?:YANG )?)?SAMA\b|\bBEDA\b|\bBERBEDA\b|\bORANG LAIN\b|\bLAIN ORANG\b"
        ),
        _Words("SAME", r"\bSAMA\b|\bSATU ORANG\b|\bORANGNYA SATU\b"),
    ),
}
# What makes words doubtful: a question, a denial, a wish, a relative; and what was not taken out as an answer's words.
_RELATIVE = "SUAMI|ISTRI|ISTERI|ANAK|AYAH|IBU|BAPAK|ORANG TUA|ORTU|MERTUA|KAKEK|NENEK|SAUDARA|KAKAK|ADIK|KEMBAR"
_DOUBTFUL = (
    r"\?|\b(?:BELUM|BLM|BLUM|MUNGKIN|RAGU|KURANG|HAMPIR|AKAN|MAU|INGIN|RENCANA|KATANYA|INFO|BATAL|JIKA|KALAU|KALO|"
    r"ATAU|TETAPI|TAPI|NAMUN|KECUALI|PERLU|HARUS|TUNGGU|MENUNGGU|CEK|DICEK|TANYA|MASIH HIDUP|MASIH ADA)\b"
    rf"|\b{_NOT}\b|\b(?:{_RELATIVE})(?:NYA|NY)?\b|CORET|HAPUS|KELUARKAN|DIGANTI"
)
_ABOUT_SOMETHING_ELSE: dict[str, str] = {
    "eligibility_decisions": (
        r"\bPINDAH(?:AN)? (?:DARI|KK|KARTU|AGAMA|KERJA|SEKOLAH|KELAS|BANK|PROGRAM|RUMAH|ALAMAT)\b"
        r"|\b(?:SATU|SAMA|DALAM|DLM|ANTAR|SE) ?(?:DESA|KELURAHAN|DUSUN|RT|RW)\b"
        r"|\b(?:DESA|KELURAHAN|DUSUN) (?:YANG )?SAMA\b"
    ),
    "review_answers": r"\b(?:NAMA|NIK|KK|KARTU|NOMOR|NO|ALAMAT|TANGGAL|TGL|LAHIR|KELUARGA|DESA|RT)(?:NYA)?\b",
}


def plain_answer(text: pl.Expr, source: str) -> pl.Expr:
    """The code that the text plainly means; null for anything else."""
    known = pl.when(~text.str.contains(r"\?")).then(read_codes(text, _codes(source)))
    words = text.str.to_uppercase().str.replace_all(r"[^\p{L}\p{N}?]+", " ").str.strip_chars(" ")
    found: list[pl.Expr] = []
    rest = words
    for spoken in _SPOKEN[source]:
        found.append(pl.when(rest.str.contains(spoken.pattern)).then(pl.lit(spoken.code)))
        rest = rest.str.replace_all(spoken.pattern, " ")
    said = pl.concat_list(found).list.drop_nulls()
    first = said.list.first()
    alone = said.list.len() == 1
    for spoken in _SPOKEN[source]:
        for reason in spoken.over:
            alone |= (said.list.len() == 2) & (first == spoken.code) & said.list.contains(reason)  # noqa: PLR2004
    elsewhere = words.str.contains(_ABOUT_SOMETHING_ELSE[source])
    return pl.coalesce(known, pl.when(alone & ~elsewhere & ~rest.str.contains(_DOUBTFUL)).then(first))


def with_plain_answers(rows: pl.DataFrame, source: str) -> pl.DataFrame:
    """Landed rows with the code in place of words that plainly mean it; other words are kept, a question as one."""
    column = ANSWERS.get(source)
    if column is None or column not in rows.columns:
        return rows
    text = pl.col(column)
    asked = pl.when(text.str.contains(r"\?")).then(pl.lit("TIDAK JELAS: ") + text)  # no code list reads that
    return rows.with_columns(pl.coalesce(plain_answer(text, source), asked, text).alias(column))


def _codes(source: str) -> CodeList:
    codes = FIXED_BY_NAME[source].column(ANSWERS[source]).codes
    return CodeList(source, {}) if codes is None else codes
