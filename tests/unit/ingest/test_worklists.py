"""A worklist that a village filled in, as it is read: answers only, whatever the file is called."""

from pathlib import Path

import polars as pl
import pytest

from tests.unit.ingest.landing import BUDI, DISTRICT, PERIOD, SITI, VILLAGES, Landed, land, read
from tests.worklists import fill
from welfare_pipeline.contracts.worklists import SHEETS
from welfare_pipeline.publish.worklists.cells import lines_of
from welfare_pipeline.publish.worklists.workbook import Heading, write_workbook

VILLAGE = "1401012001"
FIELDS = [column.field for sheet in SHEETS for column in sheet.columns]
REGISTRY = f"nik;nama\n{BUDI};BUDI SANTOSO\n"


@pytest.fixture
def worklist(tmp_path: Path) -> Path:
    """October's worklist: Siti and Budi to be judged, one pair to settle; nothing is answered."""
    siti = {"number": "1", "name": "SITI AMINAH", "nik": SITI, "programme": "PKH", "key": "key of Siti"}
    budi = {"number": "2", "name": "BUDI SANTOSO", "nik": BUDI, "programme": "Sembako", "key": "key of Budi"}
    pair = {"number": "1", "name": "TONO", "registry_name": "TONO SIREGAR", "pair_id": "pair 1", "key": "pair 1"}
    rows = {"Penerima": [siti, budi], "Pasangan": [pair]}
    everything = dict.fromkeys([*FIELDS, "key"], pl.String)
    frames = ((sheet, pl.DataFrame(rows.get(sheet.name, []), schema=everything)) for sheet in SHEETS)
    lines = {sheet.name: lines_of(sheet, frame) for sheet, frame in frames}
    path = tmp_path / f"{VILLAGE}.xlsx"
    write_workbook(path, Heading("KAMPAR", "2021-10", "BATU BELAH"), lines, PERIOD)
    return path


def landed_as(worklist: Path, name: str) -> Landed:
    folder = worklist.parent
    land(folder, population_csv=VILLAGES, registry_csv=REGISTRY)
    (folder / "landing" / PERIOD / DISTRICT / name).write_bytes(worklist.read_bytes())
    return read(folder)


def counts(landed: Landed) -> dict[str, tuple[int, int, int, int | None]]:
    return {
        file.source: (file.rows_landed, file.rows_accepted, file.rows_rejected, file.rows_unanswered)
        for file in landed.delivery.files
        if file.rows_unanswered is not None
    }


def test_an_answered_row_is_a_decision_and_a_blank_one_is_counted(worklist: Path) -> None:
    fill(worklist, "Penerima", 2, Hasil="TIDAK LAYAK", Tanggal="10/11/2021", No_BA="3/BA")
    landed = landed_as(worklist, f"worklist.{VILLAGE}.xlsx")
    [decision] = landed.rows("eligibility_decisions")
    read_back = [decision[name] for name in ("nik", "name", "programme", "outcome", "minutes_number")]
    assert read_back == [BUDI, "BUDI SANTOSO", "sembako", "TIDAK LAYAK", "3/BA"]
    assert (decision["decided_on"].isoformat(), decision["source_row"]) == ("2021-11-10", 2)
    assert counts(landed) == {"eligibility_decisions": (1, 1, 0, 1), "review_answers": (0, 0, 0, 1)}
    assert landed.rows("rejected_rows") == []


def test_an_answered_pair_is_an_answer(worklist: Path) -> None:
    fill(worklist, "Pasangan", 1, Jawaban="SAMA", Tanggal=44510, Jabatan="KEPALA DESA")
    landed = landed_as(worklist, f"worklist.{VILLAGE}.xlsx")
    [answer] = landed.rows("review_answers")
    assert [answer[name] for name in ("pair_id", "answer", "decided_by_role")] == ["pair 1", "SAME", "KEPALA DESA"]
    assert answer["decided_on"].isoformat() == "2021-11-10"


@pytest.mark.parametrize(("source", "rows"), [("eligibility_decisions", 1), ("review_answers", 1)])
def test_under_the_name_of_one_list_it_has_that_lists_answers(worklist: Path, source: str, rows: int) -> None:
    fill(worklist, "Penerima", 1, Hasil="LAYAK")
    fill(worklist, "Pasangan", 1, Jawaban="BEDA")
    landed = landed_as(worklist, f"{source}.{VILLAGE}.xlsx")
    assert {name for name in landed.tables if name in {"eligibility_decisions", "review_answers"}} == {source}
    assert len(landed.rows(source)) == rows
    assert landed.file(f"{source}.{VILLAGE}.xlsx").error is None


def test_one_that_nobody_filled_in_is_accepted_without_rows(worklist: Path) -> None:
    landed = landed_as(worklist, f"worklist.{VILLAGE}.xlsx")
    assert counts(landed) == {"eligibility_decisions": (0, 0, 0, 2), "review_answers": (0, 0, 0, 1)}
    assert landed.rows("eligibility_decisions") == []
    assert landed.delivery.rejected_files == ()


def test_an_answer_nobody_knows_is_rejected_with_its_number(worklist: Path) -> None:
    fill(worklist, "Penerima", 2, Hasil="NANTI SAJA")
    name = f"worklist.{VILLAGE}.xlsx"
    landed = landed_as(worklist, name)
    assert landed.rejections() == [(name, 2, "UNREADABLE_VALUE", "outcome")]
    assert counts(landed)["eligibility_decisions"] == (1, 0, 1, 1)


def test_it_is_no_list_of_recipients(worklist: Path) -> None:
    fill(worklist, "Penerima", 1, Hasil="LAYAK")
    landed = landed_as(worklist, "pkh.xlsx")
    assert "it is a worklist; land it as worklist.<village>.xlsx" in landed.error("pkh.xlsx")


def test_a_workbook_that_is_no_worklist_is_refused_as_one(worklist: Path, tmp_path: Path) -> None:
    fill(worklist, "Penerima", 1, Hasil="LAYAK")
    (tmp_path / "landing" / PERIOD / DISTRICT).mkdir(parents=True)
    landed = land(tmp_path, population_csv=VILLAGES, worklist__a_csv="nik;hasil\n1;LAYAK\n")
    assert "it is no worklist" in landed.error("worklist.a.csv")


def test_the_same_answers_landed_twice_count_once(worklist: Path) -> None:
    fill(worklist, "Penerima", 1, Hasil="LAYAK")
    landed_as(worklist, f"eligibility_decisions.{VILLAGE}.xlsx")
    landed = landed_as(worklist, f"worklist.{VILLAGE}.xlsx")
    assert len(landed.rows("eligibility_decisions")) == 1
    [rejected] = landed.delivery.rejected_files
    assert f"it has the same content as eligibility_decisions.{VILLAGE}.xlsx" in str(rejected.error)
