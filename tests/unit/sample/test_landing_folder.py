"""What `welfare sample` writes: the same every time, of the promised size, readable by the contract's headers."""

import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.sample import SampleReport, truth, write_sample
from welfare_pipeline.sample.delivery import write_delivery
from welfare_pipeline.sample.files import files_of, landing_files
from welfare_pipeline.sample.formats import WRITINGS, written
from welfare_pipeline.sample.profile import DTSEN_PERIODS, FIRST_PERIOD, PERIODS, district_codes, profile
from welfare_pipeline.sample.programmes import Programme
from welfare_pipeline.sample.truth import GeneratedDistrict

SMALL = 0.004
LANDED = (FIRST_PERIOD, DTSEN_PERIODS[1])
SOURCES = load_policy().sources
NOT_IN_THE_CONTRACT = {"row_number", "officer_note"}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> SampleReport:
    folder = tmp_path_factory.mktemp("first")
    return write_sample(DataRoot(folder / "data"), SMALL, truth=folder / "truth", periods=LANDED)


def contents(report: SampleReport) -> dict[str, bytes]:
    return {str(file.path.relative_to(report.folder)): file.path.read_bytes() for file in report.files}


@pytest.mark.parametrize("code", ["1401", "7501"])
def test_the_same_seed_and_scale_give_the_same_bytes(code: str, first: SampleReport, tmp_path: Path) -> None:
    anew = write_delivery(generated_from_scratch(code), tmp_path)
    written = contents(first)
    assert all(file.path.read_bytes() == written[f"{FIRST_PERIOD}/{code}/{file.path.name}"] for file in anew)


def generated_from_scratch(code: str) -> GeneratedDistrict:
    truth.populated.cache_clear()
    return truth.generate_district(code, FIRST_PERIOD, SMALL)


def test_every_district_lands_every_list_in_every_month_that_has_it(first: SampleReport) -> None:
    landed = {(file.period, file.district, file.path.name.split(".")[0]) for file in first.files}
    without = {source.name for source in SOURCES.programmes} - {str(programme) for programme in Programme}
    not_yet = {"review_answers", "objections", "audit_answers"}  # nobody has asked, told or drawn a sample
    lists = {source.name for source in SOURCES.lists} - not_yet - without
    everything = {(p, d, source) for p in LANDED for d in district_codes() for source in lists}
    never = {(LANDED[0], "reactivation_requests"), (LANDED[1], "bst")}
    assert landed == {(p, d, source) for p, d, source in everything if (p, source) not in never}


def test_who_is_who_does_not_lie_in_the_landing_folder(first: SampleReport) -> None:
    assert not [file for file in first.folder.rglob("*") if "truth" in str(file.relative_to(first.folder))]
    kept = first.folder.parent.parent / "truth"
    assert len(list(kept.glob("*.parquet"))) == len(LANDED) * len(district_codes())
    for table in ("misranked_poor_households", "pbi_departures"):
        assert {file.stem for file in (kept / table).iterdir()} == {f"{LANDED[1]}-{code}" for code in district_codes()}


def test_the_report_counts_data_rows_without_header(first: SampleReport) -> None:
    totals = next(file for file in first.files if file.path.name == "control_totals.csv")
    assert totals.rows == len(totals.path.read_text("utf-8").splitlines()) - 1
    assert first.rows == sum(file.rows for file in first.files)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("code", district_codes())
def test_every_header_is_known_to_the_contract(code: str, period: str) -> None:
    for file in landing_files(code, period):
        for header, entry in file.columns.items():
            column, _, writing = entry.partition("|")
            if column not in NOT_IN_THE_CONTRACT:
                declared = SOURCES[file.source].column(column)
                assert plain(header) in {plain(name) for name in (column, *declared.aliases, *declared.stand_ins)}, (
                    file.name
                )
            assert writing in {"", *WRITINGS}


def plain(header: str) -> str:
    return re.sub("[^a-z0-9]", "", header.lower())


def test_kampar_has_the_published_size_at_scale_1() -> None:
    kampar = profile("1401", 1.0)
    assert (kampar.population, kampar.registry_persons) == (798_421, 379_034)
    assert (kampar.lists["pkh"], kampar.lists["sembako"], kampar.lists["pbi_jkn"]) == (24_355, 42_780, 237_938)
    assert kampar.published["sembako"] == 2_780
    bengkalis = profile("1403", 1.0)
    assert bengkalis.lists["pkh"] + bengkalis.lists["sembako"] == 15_559


def test_since_dtsen_kampar_has_nearly_everybody_in_its_registry() -> None:
    kampar = profile("1401", 1.0, since_dtsen=True)
    assert 830_000 < kampar.registry_persons < kampar.population < 860_000
    assert kampar.lists == profile("1401", 1.0).lists


def headers(code: str, period: str) -> set[str]:
    return {header for file in files_of(code, period, "registry") for header in file.columns}


def test_the_registry_of_2025_has_ranks_of_a_quarter_in_place_of_the_old_number() -> None:
    ranks = {"ID_DTSEN", "DESIL_NASIONAL", "TRIWULAN", "TGL_UPDATE"}
    assert headers("1401", "2025-09") - headers("1401", "2021-11") == ranks
    assert headers("1401", "2021-11") - headers("1401", "2025-09") == {"ID_DTKS"}


@cache
def generated(code: str, period: str) -> GeneratedDistrict:
    return truth.generate_district(code, period, SMALL)


def written_ranks(code: str, period: str, decile: str) -> tuple[set[str], set[str]]:
    """What the first file of the registry says of deciles, and of the quarter."""
    month = generated(code, period)
    [file, *_] = [f for f in files_of(code, period, "registry") if decile in f.columns]
    rows = month.frames["registry"].filter(pl.col("source_file") == file.name)
    cells = rows.select(written(file.columns))
    snapshot = next(header for header, entry in file.columns.items() if entry.startswith("snapshot"))
    return set(cells[decile].drop_nulls()), set(cells[snapshot])


def test_files_write_ranks_and_quarters_as_their_applications_do() -> None:
    single = {str(decile) for decile in range(1, 11)}
    kampar, quarter = written_ranks("1401", "2025-09", "DESIL_NASIONAL")
    assert kampar == {"1", "2", "3", "4", "5", "6-10", "BELUM DIPERINGKAT"}
    assert quarter == {"TW III 2025"}
    assert written_ranks("7501", "2025-10", "desil_nasional") == ({*single, "BELUM ADA DESIL"}, {"Triwulan 4 2025"})
    talang, _ = written_ranks("1403", "2026-05", "DESIL_NASIONAL")
    assert {"Desil 4", "Desil 5 s/d 10"} <= talang
    assert written_ranks("1403", "2026-05", "DESIL")[1] == {"2026-Q1"}  # of the quarter before: it came late


def test_the_survey_s_poverty_rate_is_a_published_figure_with_decimals() -> None:
    totals = generated("1401", "2025-09").frames["control_totals"]
    assert totals.filter(pl.col("measure") == "susenas_poverty_rate")["value"].to_list() == ["6,83"]


def test_a_month_since_dtsen_lands_without_a_column_that_nobody_knows(first: SampleReport, tmp_path: Path) -> None:
    with DataRoot(tmp_path).partition(LANDED[1], "1401").draft() as draft:
        delivery = ingest_delivery(first.folder / LANDED[1] / "1401", load_policy(), draft)
        registry = pl.read_parquet(draft.path("registry"))
    assert {file.state for file in delivery.files} == {"accepted"}
    ignored = {column for file in delivery.files for column in file.headers_ignored}
    assert ignored <= {"NO", "KETERANGAN_PETUGAS"}  # written by officers for themselves
    assert set(registry["snapshot"]) == {"2025-Q4"}
    assert registry["updated_on"].null_count() < len(registry) / 20
