"""One cell never stops a district: any text in any column of any list, from the landing folder to what people get."""

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.any_text import SOURCES, accounts, land, month_of
from tests.unit.ingest.landing import CARD, DISTRICT, PERIOD, SITI, VILLAGES
from tests.unit.ingest.landing import land as land_files
from welfare_pipeline.lake import DataRoot

ODD = (
    "14010157089О0001é", "１４０１０１５７０８９００００１", "1401\u200b0157\u00a00890\u202e0001\u0301",
    "=1+1", "1e999",
    "0000-00-00", "9999-12-31", "\ud800", "\x00\x1b[31m", "baris\nbaru\r\nlagi", "👩‍👩‍👧", "%s{x}$y'\"",
    "9" * 400, "Z" * 3_000, "9223372036854775807",
)  # fmt: skip
SCRIPTS = sorted({chr(i) for i in range(0x80, 0x110000) if unicodedata.decimal(chr(i), None) == 0})  # their zeros
ANY_TEXT = st.one_of(
    st.text(max_size=40),
    st.text(st.characters(codec=None), max_size=20),  # halves of pairs, too
    st.text("0123456789٣３५.,-/ eE+\u200b\u00a0\u0301О", min_size=10, max_size=20),
)


def check_month(texts: Sequence[str], seed: int, *, thorough: bool = False) -> None:
    """The month is done, every list is read, and no account is wrong; `thorough`: of the delivery, too."""
    with TemporaryDirectory() as folder:
        root = DataRoot(Path(folder))
        lists = land(root.landing(PERIOD, DISTRICT), texts, Random(seed))
        delivery, findings = month_of(root, thorough=thorough)
        assert [file.error for file in delivery.files if file.error] == []
        assert len(delivery.files) == lists
        assert [(finding.table, finding.check) for finding in accounts(findings) if finding.passed is False] == []


def test_odd_texts_in_every_column_of_every_list() -> None:
    check_month(ODD, 1, thorough=True)


@settings(max_examples=2, deadline=None, derandomize=True, database=None)
@given(st.lists(ANY_TEXT, min_size=3, max_size=3, unique=True), st.integers(0, 2**16))
def test_any_text_in_every_column_of_every_list(texts: list[str], seed: int) -> None:
    check_month(texts, seed)


def test_every_optional_list_may_be_empty(tmp_path: Path) -> None:
    root = DataRoot(tmp_path)
    folder = root.landing(PERIOD, DISTRICT)
    folder.mkdir(parents=True)
    people = f"nik,nama,kode_desa\n{SITI},SITI,1401012001\n"
    full = {"population": VILLAGES, "registry": people, "bst": people}
    for source in SOURCES:
        text = full.get(source.name, ",".join(column.name for column in source.columns) + "\n")
        (folder / f"{source.name}.csv").write_text(text)
    delivery, findings = month_of(root, thorough=True)
    assert [file.error for file in delivery.files if file.error] == []
    arrived = [finding for finding in findings if finding.check == "list_arrived"]
    assert len(arrived) == len(SOURCES)
    assert [finding.table for finding in arrived if not finding.passed] == []
    assert [finding.check for finding in accounts(findings) if finding.passed is False] == []


@pytest.mark.parametrize("column", ["nik", "no_kk"])
def test_digits_of_every_script_are_digits(tmp_path: Path, column: str) -> None:
    number, other = (SITI, "nik") if column == "nik" else (CARD, "family_card_number")
    written = ["".join(chr(ord(zero) + int(digit)) for digit in number) for zero in SCRIPTS]
    header = "nik,nama,no_kk" if column == "nik" else "no_kk,nama,nik"
    rows = "".join(f"{text},SITI,\n" for text in written)
    landed = land_files(tmp_path, pkh_csv=f"{header}\n{rows}")
    assert landed.column("pkh", other) == [number] * len(SCRIPTS)


@pytest.mark.parametrize(
    "nik", ["140101570890000é", "14010157089О0001", "1401015708900001\u0301", "140101570890000²", "１４０１O1570890001"]
)
def test_any_other_letter_among_sixteen_makes_no_number(tmp_path: Path, nik: str) -> None:
    assert land_files(tmp_path, pkh_csv=f"nik,nama\n{nik},SITI\n").column("pkh", "nik_status") == ["not_numeric"]


def test_other_numbers_and_dates_may_be_of_any_script_too(tmp_path: Path) -> None:
    people = "nik,nama,tgl_lahir,nominal,kode_desa\n" + f"{SITI},SITI,１７/٠٨/१९९०,६००.०００,１４.０１.０１.२००१\n"
    landed = land_files(tmp_path, population_csv=VILLAGES, pkh_csv=people)
    row = landed.rows("pkh")[0]
    assert (str(row["birth_date"]), row["amount"], row["village_code"]) == ("1990-08-17", 600_000, "1401012001")
