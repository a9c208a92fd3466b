"""November's worklist is filled in, saved by LibreOffice, landed in December, and decides. All people are made up."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.months import DISTRICT, run
from tests.worklists import fill, table
from welfare_pipeline.contracts.worklists import SHEETS
from welfare_pipeline.defs.recording import Recorder
from welfare_pipeline.lake import DataRoot
from welfare_pipeline.publish.worklists.folder import publish_worklists

VILLAGE = "1401012001"
NOVEMBER, DECEMBER = "2021-11", "2021-12"
DECEMBER_10 = 44540  # how a spreadsheet counts 10 December 2021
SITI = "1401015708900001"
LISTS = {
    "population.csv": "kode;nama;kecamatan;jumlah\n1401012001;BATU BELAH;KAMPAR;2.101\n1401012002;TARAI;KAMPAR;900\n",
    "registry.csv": (
        "nik;nama;nokk;tgl_lahir;jk;kode_desa\n"
        "1401010512850003;BUDI SANTOSO;1401012005100007;05/12/1985;L;1401012001\n"
        "1401014507880004;RINI WULANDARI;1401012005100008;05/07/1988;P;1401012001\n"
    ),
    "pkh.csv": (
        "nik;nama;nokk;tgl_lahir;jk;alamat;kode_desa\n"
        f"{SITI};SITI AMINAH;1401012005100009;17/08/1990;P;JL MERDEKA 4;1401012001\n"
    ),
    "pbi_jkn.csv": (
        "nik;nama;tgl_lahir;jk;kode_desa\n"  # Rini's number beside another name and birth date: a conflict
        "1401014507880004;TONO SIREGAR;01/01/1970;L;1401012001\n"
    ),
}


@pytest.fixture(scope="module")
def soffice() -> str:
    """LibreOffice, without which this is only skipped where nobody relies on it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found:
        return found
    reason = "LibreOffice (soffice) is not installed: apt-get install libreoffice-calc"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def november(tmp_path_factory: pytest.TempPathFactory) -> DataRoot:
    """A data root with November decided and its worklists published."""
    root = DataRoot(tmp_path_factory.mktemp("november"))
    _land(root, NOVEMBER)
    run(root, NOVEMBER, root.deployment_secret())
    publish_worklists(root, NOVEMBER, DISTRICT)
    return root


def _land(root: DataRoot, period: str) -> Path:
    folder = root.landing(period, DISTRICT)
    folder.mkdir(parents=True)
    for name, text in LISTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _saved_by(soffice: str, path: Path, kind: str, folder: Path) -> Path:
    """The workbook opened and saved as another kind by LibreOffice."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / kind), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / kind / f"{path.stem}.{kind}"


def _select(root: DataRoot, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(root.published / "districts" / f"{DISTRICT}.duckdb", read_only=True) as con:
        return con.sql(query).fetchall()


def _filled(root: DataRoot, folder: Path) -> Path:
    """November's workbook with Siti judged not eligible and the pair answered; of Tono nothing is decided yet."""
    path = folder / f"{VILLAGE}.xlsx"
    shutil.copy(root.worklists(NOVEMBER, DISTRICT) / path.name, path)
    assert [row["Nama"] for row in table(path, "Penerima")] == ["SITI AMINAH", "TONO SIREGAR"]
    fill(path, "Penerima", 1, Hasil="TIDAK LAYAK", Tanggal=DECEMBER_10, No_BA="12/BA/2021")
    assert [row["Nama pada Daftar"] for row in table(path, "Pasangan")] == ["TONO SIREGAR"]
    fill(path, "Pasangan", 1, Jawaban="BEDA", Tanggal=DECEMBER_10, Jabatan="KEPALA DESA")
    return path


def test_libreoffice_changes_no_cell(november: DataRoot, soffice: str, tmp_path: Path) -> None:
    filled = _filled(november, tmp_path)
    saved = _saved_by(soffice, filled, "xlsx", tmp_path)
    for sheet in SHEETS:
        assert _as_text(table(saved, sheet.name)) == _as_text(table(filled, sheet.name))


def _as_text(rows: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Cells as people read them: some programs leave out empty ones, and the time of a day."""
    return [{heading: (cell or "").removesuffix(" 00:00:00") for heading, cell in row.items()} for row in rows]


def test_answers_saved_as_ods_and_back_decide_in_december(november: DataRoot, soffice: str, tmp_path: Path) -> None:
    opened = _saved_by(soffice, _filled(november, tmp_path), "ods", tmp_path)
    saved = _saved_by(soffice, opened, "xlsx", tmp_path)
    root = DataRoot(tmp_path / "data")
    shutil.copytree(november.path, root.path)
    shutil.copy(saved, _land(root, DECEMBER) / f"worklist.{VILLAGE}.xlsx")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("WELFARE_DATA", str(root.path))
        assert Recorder(root).reconcile(DECEMBER, DISTRICT).reason == ""

    reasons = "select name, reasons, evidence from off_target_recipients where period = '2021-12' and programme = 'pkh'"
    evidence = f"JUDGED_INELIGIBLE: decision TIDAK LAYAK: worklist.{VILLAGE}.xlsx row 1, 2021-12-10"
    [(name, found, told)] = _select(root, reasons)
    assert (name, "JUDGED_INELIGIBLE" in found, evidence in told) == ("SITI AMINAH", True, True)
    answers = "select answer, decided_on::varchar, decided_by_role from review_answers where period = '2021-12'"
    assert _select(root, answers) == [("DIFFERENT", "2021-12-10", "KEPALA DESA")]
    landed = (
        "select source, rows_landed, rows_accepted, rows_rejected, rows_unanswered from landed_files "
        "where source_file like 'worklist%' order by source"
    )
    unanswered = sum(len(table(saved, sheet)) for sheet in ("Penerima", "Usulan", "Identitas", "Rekam e-KTP")) - 1
    assert _select(root, landed) == [("eligibility_decisions", 1, 1, 0, unanswered), ("review_answers", 1, 1, 0, 0)]
    odd = f"select finding, sheet, source_row from delivery_findings where source_file = 'worklist.{VILLAGE}.xlsx'"
    assert _select(root, odd) == []
    progress = "select worklist_rows, worklist_answered from village_readiness where period = '2021-12'"
    assert (2, 1) in _select(root, progress)
    asked_again = "select count(*) from review_pairs where period = '2021-12'"
    assert _select(root, asked_again) == [(0,)]
