"""Readers of dates, numbers, NIKs and file names: whatever the text, no error, and what was written is read again."""

import re
import signal
import subprocess
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from welfare_pipeline.contracts.column import Kind
from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.contracts.sources import POPULATION
from welfare_pipeline.contracts.vocabulary import CardStatus, NikStatus
from welfare_pipeline.ingest import guarded_process
from welfare_pipeline.ingest.cells import tidied
from welfare_pipeline.ingest.dates import read_dates, read_semesters
from welfare_pipeline.ingest.file_error import FileRejectedError
from welfare_pipeline.ingest.header import find_header, normalised
from welfare_pipeline.ingest.identity_numbers import FileRules, cleaned_numbers, with_card_status, with_nik_status
from welfare_pipeline.ingest.kept_rows import KeptRows
from welfare_pipeline.ingest.landing_folder import landed_in
from welfare_pipeline.ingest.limits import Limits
from welfare_pipeline.ingest.numbers import read_integers, read_money
from welfare_pipeline.ingest.plain import placed_column
from welfare_pipeline.ingest.shown import printable, visible
from welfare_pipeline.ingest.text_encoding import as_utf8
from welfare_pipeline.ingest.values import read_values

NEWEST = 2031
BIRTHS = st.dates(date(1932, 1, 1), date(NEWEST, 12, 31))
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
RULES = FileRules(placeholder_names=4, rounded_share=0.3)
DIGITS = st.text("0123456789", min_size=1, max_size=20)
NEARLY_NUMBERS = st.text("0123456789.,-+eE'()Rp \u00a0\uff11\u0661", max_size=25)
TEXTS = st.lists(st.one_of(st.text(max_size=30), NEARLY_NUMBERS), min_size=1, max_size=20)
ENDINGS = st.sampled_from(["csv", "csv.gz", "xlsx", "parquet", "xls", "txt", ""])
NAMES = st.binary(min_size=1, max_size=40).filter(
    lambda name: not set(b"/\0") & set(name) and name not in {b".", b".."}
)
settings.register_profile("steady", deadline=None, max_examples=25, derandomize=True)
settings.load_profile("steady")


@given(BIRTHS)
def test_a_date_is_read_in_every_way_it_is_written(day: date) -> None:
    written = [
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day.year}",
        f"{day:%Y%m%d}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year}",
        f"{day:%Y-%m-%d} 00:00:00",
        str((day - date(1899, 12, 30)).days),
        f"{day:%d/%m/%y}",
    ]
    read = pl.DataFrame({"text": written}).select(read_dates(pl.col("text"), NEWEST)).to_series().to_list()
    assert read == [day] * len(written)


@given(TEXTS)
def test_any_text_is_a_possible_date_or_none(texts: list[str]) -> None:
    frame = pl.DataFrame({"text": texts})
    for reader in (read_dates, read_semesters):
        read = frame.select(reader(pl.col("text"), NEWEST)).to_series()
        assert read.len() == len(texts)
        assert all(date(1900, 1, 1) <= day <= date(2100, 12, 31) for day in read.drop_nulls())


@given(st.integers(-(10**12), 10**12))
def test_a_number_is_read_in_every_way_it_is_written(number: int) -> None:
    grouped = f"{number:,}"
    written = [str(number), f"{number}.0", f"{number},00", grouped, grouped.replace(",", "."), f" {number} "]
    read = pl.DataFrame({"text": written}).select(read_integers(pl.col("text"))).to_series().to_list()
    assert read == [number] * len(written)
    money = [f"Rp{abs(number)}", f"Rp. {abs(number):,}".replace(",", ".") + ",00"]
    read = pl.DataFrame({"text": money}).select(read_money(pl.col("text"))).to_series().to_list()
    assert read == [abs(number)] * len(money)


@given(TEXTS)
def test_any_text_is_a_number_or_none(texts: list[str]) -> None:
    frame = pl.DataFrame({"text": texts})
    for reader in (read_integers, read_money):
        read = frame.select(reader(pl.col("text"))).to_series()
        assert read.dtype == pl.Int64
        for text, number in zip(texts, read, strict=True):
            assert number is None or re.search(r"\d", text)


@given(TEXTS)
def test_any_text_of_any_kind_is_read_or_none(texts: list[str]) -> None:
    for column in {column.kind: column for source in load_policy().sources.lists for column in source.columns}.values():
        tidy = tidied(pl.Series("text", texts), column.kind)
        if column.kind in {Kind.NIK, Kind.CARD}:
            continue
        read = read_values(tidy, column, NEWEST)
        assert read.len() == len(texts)
        assert not (tidy.is_null() & read.is_not_null()).any()


@given(BIRTHS, st.booleans(), st.integers(1, 9998))
def test_a_number_made_as_the_civil_registry_makes_it_is_valid(day: date, woman: bool, serial: int) -> None:  # noqa: FBT001
    nik = f"140101{day.day + 40 * woman:02}{day:%m%y}{serial:04}"
    for written in (nik, f"'{nik}", f"{nik[:6]}-{nik[6:12]}-{nik[12:]}", f"{nik}.0", " ".join(nik), f'="{nik}"'):
        assert nik_status(written) == (nik, NikStatus.VALID)


@given(st.one_of(DIGITS, NEARLY_NUMBERS, st.text(max_size=30)))
def test_any_number_has_exactly_one_status(text: str) -> None:
    cleaned, status = nik_status(text)
    assert status in set(NikStatus)
    assert (status == NikStatus.MISSING) == (cleaned is None)
    if status == NikStatus.VALID:
        assert re.fullmatch(r"[0-9]{16}", str(cleaned))
        assert str(cleaned) in re.sub(r"[^0-9]", "", text)


def nik_status(text: str) -> tuple[str | None, str]:
    """The number as cleaned, and what it is worth."""
    numbers = cleaned_numbers(tidied(pl.Series("nik", [text]), Kind.NIK))
    rows = pl.DataFrame({"nik": numbers, "name": ["SITI"], "family_card_number": numbers, "source_file": ["a.csv"]})
    assert with_card_status(rows, RULES)["card_status"].item() in set(CardStatus)
    judged = with_nik_status(rows.with_columns(family_card_number=pl.lit(None, pl.String)), RULES)
    return judged["nik"].item(), judged["nik_status"].item()


@given(st.binary(max_size=300))
def test_any_bytes_become_text_or_are_refused(content: bytes) -> None:
    try:
        text = as_utf8(content)
    except FileRejectedError:
        return
    text.decode("utf-8")
    assert b"\r" not in text
    assert b"\0" not in text


@given(st.lists(st.lists(st.text(max_size=15), max_size=6), max_size=8))
def test_any_rows_have_a_header_or_none(rows: list[list[str]]) -> None:
    for source in load_policy().sources.lists[:3]:
        header = find_header(rows, source)
        if header is not None:
            known = {normalised(word) for c in source.columns for word in (c.name, *c.aliases, *c.stand_ins)}
            assert any(normalised(text) in known for text in header.texts)
            assert all(placed_column(text, i).isprintable() for i, text in header.unknown().items())


@given(st.text(max_size=50))
def test_what_is_shown_fits_a_terminal(text: str) -> None:
    assert visible(text).isprintable()


@given(st.sets(NAMES, min_size=2, max_size=6))
def test_two_file_names_never_look_the_same(names: set[bytes]) -> None:
    shown = {printable(name.decode("utf-8", "surrogateescape")) for name in names}
    assert len(shown) == len(names)
    assert all(name.isprintable() for name in shown)


@given(st.sets(st.tuples(st.sampled_from(["pkh", "PKH", "registry", "x", "~$pkh"]), NAMES, ENDINGS), max_size=5))
def test_every_file_is_listed_or_named(
    tmp_path_factory: pytest.TempPathFactory, names: set[tuple[str, bytes, str]]
) -> None:
    folder = tmp_path_factory.mktemp("landing")
    for source, part, ending in names:
        (folder / f"{source}.{part.decode('utf-8', 'surrogateescape')}.{ending}").write_bytes(b"x")
    landing = landed_in(folder, load_policy().sources)
    listed = {file.name for file in landing.files} | set(landing.unknown)
    assert len(listed) == len(list(folder.iterdir()))


def test_a_run_that_is_interrupted_does_not_wait_for_the_reader_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    readers: list[subprocess.Popen[bytes]] = []

    def start(command: Sequence[str], **how: Any) -> subprocess.Popen[bytes]:
        readers.append(subprocess.Popen(command, **how))
        return readers[0]

    def interrupted(*_: object) -> bytes:
        raise KeyboardInterrupt

    pipes = {"PIPE": subprocess.PIPE, "DEVNULL": subprocess.DEVNULL}
    monkeypatch.setattr(guarded_process, "subprocess", SimpleNamespace(Popen=start, **pipes))
    monkeypatch.setattr(guarded_process, "_SERVE", "import sys, time; sys.stdin.buffer.read(); time.sleep(20)")
    monkeypatch.setattr(guarded_process, "_answer", interrupted)
    with pytest.raises(KeyboardInterrupt):
        guarded_process.read_guarded(
            b"PAR1", POPULATION, Limits.of(load_policy()), guarded_process.Kind.PARQUET, KeptRows()
        )
    assert [reader.returncode for reader in readers] == [-signal.SIGKILL]


def test_that_no_reader_can_be_started_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded_process, "subprocess", subprocess)
    monkeypatch.setattr(guarded_process, "_SERVE", "import a_package_that_is_missing")
    with pytest.raises(guarded_process.ReaderNotStartedError):
        guarded_process.read_guarded(
            b"PAR1", POPULATION, Limits.of(load_policy()), guarded_process.Kind.PARQUET, KeptRows()
        )
