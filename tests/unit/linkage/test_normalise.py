"""Each step of the name list, on the spellings it is there for."""

from collections.abc import Callable

import polars as pl
import pytest

from welfare_pipeline.linkage import normalise

STEPS = [
    (normalise.upper_case, " siti ", "SITI"),
    (normalise.without_accents, "RENÉ", "RENE"),
    (normalise.without_remarks, "SITI (ALM)", "SITI  "),
    (normalise.digits_as_letters, "S1TI R0HANI", "SITI ROHANI"),
    (normalise.without_degrees, "RINA SARI, S.PD", "RINA SARI"),
    (normalise.without_degrees, "RINA S.KOM", "RINA"),
    (normalise.without_degrees, "SITI, AMINAH", "SITI, AMINAH"),
    (normalise.joined_apostrophes, "NUR'AINI", "NURAINI"),
    (normalise.letters_only, "MOH.ALI-2", "MOH ALI"),
    (normalise.without_leading_titles, "H DRS ABDUL", "ABDUL"),
    (normalise.without_leading_titles, "H", "H"),
    (normalise.leading_m_as_muhammad, "M RIZKI", "MUHAMMAD RIZKI"),
    (normalise.leading_m_as_muhammad, "M", "M"),
    (normalise.without_father, "ALI BIN UMAR", "ALI"),
    (normalise.without_father, "SITI BINTI UMAR", "SITI"),
    (normalise.without_father, "BINTANG", "BINTANG"),
    (normalise.modern_spelling, "SOEKARNO", "SUKARNO"),
    (normalise.modern_spelling, "DJOKO", "JOKO"),
    (normalise.modern_spelling, "TJIPTO", "CIPTO"),
    (normalise.modern_spelling, "ACHMAD", "AKHMAD"),
    (normalise.full_forms, "MHD", "MUHAMAD"),
    (normalise.full_forms, "ST", "SITI"),
    (normalise.full_forms, "ABD", "ABDUL"),
    (normalise.full_forms, "NOOR", "NUR"),
    (normalise.nur_in_front, "NOORHAYATI", "NURHAYATI"),
    (normalise.single_letters, "ANNISA", "ANISA"),
    (normalise.without_dropped_words, "HJ", None),
    (normalise.without_dropped_words, "HJAH", "HJAH"),
    (normalise.sound, "FAUZI", "PAUJI"),
    (normalise.sound, "ZAENAB", "JAINAB"),
    (normalise.sound, "SYARIF", "SARIP"),
    (normalise.sound, "SYTI", "SITI"),
]


@pytest.mark.parametrize(("step", "landed", "expected"), STEPS)
def test_each_step(step: Callable[[pl.Expr], pl.Expr], landed: str, expected: str | None) -> None:
    assert pl.DataFrame({"name": [landed]}).select(step(pl.col("name"))).item() == expected


SAME = [
    ("H. Moh. Ali bin Umar", "MUHAMMAD ALI"),
    ("Hj. St. Noorhayati, S.Pd.I", "SITI NURHAYATI"),
    ("DRS. M. YUSUF (ALM)", "Muhamad Yusuf"),
    ("ACH. DJOEMADI", "AHMAD JUMADI"),
    ("ABD. RAHMAN", "ABDUL  RAHMAN"),
]


@pytest.mark.parametrize(("landed", "usual"), SAME)
def test_the_whole_list_brings_variants_together(landed: str, usual: str) -> None:
    spellings = normalise.normalised_names(pl.Series([landed, usual]))["spelling"]
    assert spellings[0] == spellings[1]


def test_a_name_without_a_letter_is_no_name() -> None:
    assert normalise.normalised_names(pl.Series(["--", None, "X"]))["spelling"].to_list() == ["X"]
